"""The map of an indicator page: what it is told for one view."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pages.components.area_map import area_map
from pages.figures import area_cells
from pages.figures.legend import Legend, MapCell, share_legend
from pages.frame.routes import map_address
from pages.indicator.scene import Scene


def map_part(now: Scene, summary: str, on_select: Callable[[str], None]) -> None:
    """Draw the map of a view; `summary` is its sentence for those who do not see it."""
    level = now.map_level
    cells, legend = _map(now)
    area_map(
        asset_url=map_address(),
        level=level,
        cells=cells,
        legend=legend,
        selected=now.map_selected,
        title=now.title,
        description=summary,
        badge=now.badge,
        key=f"kort_{level}",
        on_select=on_select,
    )


@lru_cache(maxsize=128)
def _map(now: Scene) -> tuple[list[MapCell], Legend]:
    cells = area_cells.map_cells(now.mapped, now.indicator, now.map_inside)
    form = now.indicator.format
    whole = form.share_decimals == 0
    return cells, share_legend(now.indicator.short_title, cells, form.class_breaks, whole=whole)
