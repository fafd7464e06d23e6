"""The map as a file: the same drawing as on the screen, with title, legend and source."""

from __future__ import annotations

import geodata
from pages.exports.dataset import Dataset
from pages.figures import area_cells
from pages.figures.legend import share_legend
from pages.figures.map_svg import map_svg
from pages.figures.png import svg_to_png_apart
from pages.language import danish
from queries import UserError

PNG_WIDTH = 1800
MAPPED = ("kommune", "jobcenter")


def as_svg(data: Dataset, selected: str | None) -> bytes:
    """Return the map of a dataset as an SVG document; areas outside its filter are dimmed.

    Raises UserError for a level that is not drawn as areas.
    """
    return _svg(data, selected).encode()


def as_png(data: Dataset, selected: str | None) -> bytes:
    """Return the same map as a PNG of 1800 pixels' width, drawn in a process of its own."""
    return svg_to_png_apart(_svg(data, selected), width=PNG_WIDTH)


def _svg(data: Dataset, selected: str | None) -> str:
    if data.level not in MAPPED:
        raise UserError(
            f"Der er intet kort for niveauet {data.level}. Vælg {' eller '.join(MAPPED)}."
        )
    inside = set(data.rows["omraadekode"])
    cells = area_cells.map_cells(data.everywhere, data.indicator, inside)
    source = data.sources[0]
    status = "Berigtiget svar. " if source.is_correction else ""
    return map_svg(
        geodata.load_map(),
        level=data.level,
        cells=cells,
        legend=share_legend(
            data.indicator.short_title,
            cells,
            data.indicator.format.class_breaks,
            whole=data.indicator.format.share_decimals == 0,
        ),
        selected=selected,
        title=data.indicator.title,
        subtitle=f"{danish.period(data.period).capitalize()} · {data.within_name}",
        source=f"Kilde: {source.publisher}, {source.document_id}. {status}"
        f"Dataversion {data.version}.",
        note=geodata.load_map().source.attribution,
        badge="SYNTETISKE TAL" if data.synthetic else None,
    )
