"""The map as a file: the same drawing as on the screen, with title, legend and source."""

from __future__ import annotations

import geodata
from pages.exports.dataset import Dataset
from pages.figures import area_cells
from pages.figures.legend import share_legend
from pages.figures.map_svg import map_svg
from pages.figures.png import svg_to_png_apart
from pages.language import synthetic
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
    documents = "; ".join(f"{s.publisher}, {s.document_id}" for s in data.sources)
    status = "Berigtiget svar. " if any(s.is_correction for s in data.sources) else ""
    warning = f"{synthetic.WARNING}. " if data.synthetic else ""
    of_whom = data.indicator.short_title
    if data.breakdown_title:
        of_whom = f"Andel: {data.breakdown_title}"
    period = synthetic.period(data.period, made_up=data.synthetic)
    return map_svg(
        geodata.load_map(),
        level=data.level,
        cells=cells,
        legend=share_legend(
            of_whom,
            cells,
            data.indicator.format.class_breaks,
            whole=data.indicator.format.share_decimals == 0,
        ),
        selected=selected,
        title=data.heading,
        subtitle=f"{period.capitalize()} · {data.within_name}",
        source=f"{warning}Kilde: {documents}. {status}Dataversion {data.version}.",
        note=geodata.load_map().source.attribution,
        badge=synthetic.BADGE if data.synthetic else None,
    )
