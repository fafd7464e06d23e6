"""The map of areas on screen: reached by keyboard, named for screen readers, reporting choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.components.browser_modules import loader
from pages.components.packing import joined
from pages.figures.legend import Legend, MapCell

__all__ = ["MapCell", "area_map"]

_STATUS_CODES = {"suppressed": "s", "left_out": "l", "not_collected": "n", "outside": "o"}

_component = st.components.v2.component(
    "area_map",
    # Space for the map while it is fetched, so that the page does not jump.
    html='<div data-root style="min-height:min(80vh,100vw)"></div>',
    js=loader("map.js"),
)


def area_map(
    *,
    asset_url: str,
    level: str,
    cells: Sequence[MapCell],
    legend: Legend,
    selected: str | None,
    title: str,
    description: str,
    badge: str | None,
    key: str,
    on_select: Callable[[str], None],
) -> None:
    """Draw the map of `level` ('kommune', 'jobcenter') from the asset at `asset_url`.

    `title` stands above the map and names it; `description` (the figure's sentence) is read to
    screen readers. `badge` is written on the map itself, so that a picture of it keeps it.
    `on_select` is called with an area id, or with "" when the reader removes the choice, before the
    script runs again; the page answers by passing `selected`. Areas with the fill 'outside' and
    areas without a cell are dimmed and cannot be chosen.
    """
    _component(
        key=key,
        data=map_message(
            asset_url=asset_url,
            level=level,
            cells=cells,
            legend=legend,
            selected=selected,
            title=title,
            description=description,
            badge=badge,
        ),
        on_select_change=lambda: on_select(st.session_state[key].select or ""),
    )


def map_message(
    *,
    asset_url: str,
    level: str,
    cells: Sequence[MapCell],
    legend: Legend,
    selected: str | None,
    title: str,
    description: str,
    badge: str | None,
) -> dict[str, object]:
    """What goes to the browser at every change: one string per column, under 5 kB for 98 areas."""
    return {
        "a": asset_url,
        "l": level,
        "i": joined([cell.area_id for cell in cells], " "),
        "n": joined([cell.name for cell in cells], "|"),
        "v": joined([cell.value_text for cell in cells], "|"),
        "f": "".join(_code(cell) for cell in cells),
        "g": {
            "t": legend.heading,
            "c": [label for _, _, label in legend.classes],
            "s": list(legend.statuses_present),
        },
        "s": selected,
        "t": title,
        "d": description,
        "b": badge,
    }


def _code(cell: MapCell) -> str:
    return str(cell.fill) if isinstance(cell.fill, int) else _STATUS_CODES[cell.fill]
