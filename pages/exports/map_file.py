"""The map as a file: the same drawing as on the screen, with title, legend and source."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import polars as pl

import geodata
from pages.exports.dataset import Dataset
from pages.exports.map_drawing import MapDrawing, Subject, drawn_areas, map_drawing
from pages.figures.map_choices import MapChoices, map_choices
from pages.figures.map_svg import map_svg
from pages.figures.png import svg_to_png_apart
from pages.language import synthetic
from queries import Atlas, Level, SourceKind, UserError

__all__ = ["MapDocument", "as_png", "as_svg", "map_choices", "map_document"]

PNG_WIDTH = 1800
MAPPED = ("kommune", "jobcenter")
USUAL = MapChoices()


@dataclass(frozen=True)
class MapDocument:
    """A map as SVG, what it shows, and its file's name, which says if any number is synthetic."""

    svg: str
    stem: str
    drawing: MapDrawing


def as_svg(data: Dataset, selected: str | None) -> bytes:
    """Return the usual map of a dataset as SVG; see `map_document`."""
    return map_document(None, data, selected).svg.encode()


def as_png(data: Dataset, selected: str | None) -> bytes:
    """Return the same map as a PNG of 1800 pixels' width, drawn in a process of its own."""
    return svg_to_png_apart(map_document(None, data, selected).svg, width=PNG_WIDTH)


def map_document(
    atlas: Atlas | None,
    data: Dataset,
    selected: str | None,
    choices: MapChoices = USUAL,
    kind: SourceKind | None = None,
    *,
    areas: pl.DataFrame | None = None,
) -> MapDocument:
    """Return the map of a dataset by a reader's choices; areas outside its filter are dimmed.

    The façade is asked for other months, of sources of `kind` where it is given. With `areas`, all
    of them, regions and landsdele are drawn as their kommuner; `selected` is then one of these.
    Raises UserError for a level that is not drawn as areas, and for a comparison that cannot be
    made.
    """
    mapped, inside, level = data.everywhere, set(data.rows["omraadekode"]), data.level
    if areas is not None and level in ("region", "landsdel"):
        mapped = drawn_areas(mapped, areas, level)
        inside = set(mapped.filter(pl.col("above").is_in(inside))["area_id"])
        level = "kommune"
    if level not in MAPPED:
        raise UserError(
            f"Der er intet kort for niveauet {data.level}. Vælg {' eller '.join(MAPPED)}."
        )
    subject = Subject(
        indicator=data.indicator,
        heading=data.heading,
        short=f"Andel: {data.breakdown_title}"
        if data.breakdown_title
        else data.indicator.short_title,
        mapped=mapped,
        inside=inside,
        selected=selected,
        level=data.level,
        period=data.period,
        breakdown=data.breakdown,
        kind=kind,
    )
    drawing = map_drawing(atlas, choices, subject)
    if drawing.problems:
        raise UserError(drawing.problems[0])
    if data.synthetic:
        drawing = replace(drawing, badge=synthetic.BADGE)
    svg = _svg(data, subject, drawing, choices, level)
    return MapDocument(svg, _stem(data, drawing, choices), drawing)


def _svg(
    data: Dataset, subject: Subject, drawing: MapDrawing, choices: MapChoices, level: Level
) -> str:
    asset = geodata.load_map()
    documents = "; ".join(f"{s.publisher}, {s.document_id}" for s in data.sources)
    if drawing.other_source and drawing.other_source not in documents:
        documents += f"; {drawing.other_source}"
    status = "Berigtiget svar. " if any(s.is_correction for s in data.sources) else ""
    warning = f"{synthetic.WARNING}. " if drawing.badge else ""
    shown = drawing.title.removeprefix(f"{data.heading}, ")
    return map_svg(
        asset,
        level=level,
        cells=drawing.cells,
        legend=drawing.legend,
        selected=subject.selected,
        title=data.heading,
        subtitle=f"{shown[:1].upper()}{shown[1:]} · {data.within_name}",
        source=f"{warning}Kilde: {documents}. {status}Dataversion {data.version}.",
        note=f"{drawing.note} {asset.source.attribution}".strip(),
        badge=drawing.badge,
        tiles=choices.form == "fliser",
    )


def _stem(data: Dataset, drawing: MapDrawing, choices: MapChoices) -> str:
    """Return the file's name: a difference may be made up where the dataset is not."""
    stem = data.file_stem.removesuffix(synthetic.FILE_LABEL)
    stem += f"_mod_{re.sub('[^A-Za-z0-9]', '', choices.against)}" if choices.against else ""
    stem += "_fliser" if choices.form == "fliser" else ""
    return stem + (synthetic.FILE_LABEL if drawing.badge else "")
