"""What a map shows by a reader's choices: one reading for the page's map and for its file."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl

from pages.figures import area_cells, differences
from pages.figures.classes import breaks_of, how_made, step_of
from pages.figures.legend import (
    Legend,
    MapCell,
    class_labels,
    difference_legend,
    share_legend,
)
from pages.figures.map_choices import AGAINST_KOMMUNE, MapChoices
from pages.language import danish, synthetic
from queries import Atlas, Indicator, Level, SourceKind

WHOLE = "alle"
KIND_WORDS = {
    "s": "syntetiske tal",
    "p": "offentliggjorte tal",
    "r": "hentede og optalte tal",
}
_KINDS: dict[str, tuple[SourceKind, ...]] = {
    "s": ("synthetic",),
    "p": ("published",),
    "r": ("api", "file", "register"),
}


@dataclass(frozen=True, eq=False)
class Subject:
    """The cells a map is of: `mapped` by the areas drawn, and how the façade was asked for them.

    `inside` are the areas that are not dimmed, `selected` the one that is outlined. Where a map
    draws regions as their kommuner, `mapped` has their ids in `above`. `heading` names the
    indicator and its breakdown.
    """

    indicator: Indicator
    heading: str
    short: str
    mapped: pl.DataFrame
    inside: Set[str]
    selected: str | None
    level: Level
    period: str
    breakdown: str = WHOLE
    kind: SourceKind | None = None


@dataclass(frozen=True)
class Scale:
    """Classes by boundaries (pct.), with their labels and how they came about."""

    breaks: tuple[float, ...]
    labels: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class MapDrawing:
    """Cells and key of a map, its title, its badge where any number is synthetic, and a note.

    `problems` are sentences on choices that cannot be met. `scales` are the classes of each kind
    of numbers by its letter ('p', 'r', 's'), or under '*' where all have the same; empty for
    differences, which cannot be moved in time. `other_source` is the document of the numbers that
    are subtracted, for a difference between periods.
    """

    title: str
    cells: list[MapCell]
    legend: Legend
    badge: str | None
    note: str = ""
    problems: tuple[str, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    other_source: str = ""


def kind_of(cells: pl.DataFrame) -> str:
    """Return the letter of the kind of numbers: 's' where any is synthetic, then 'p', else 'r'."""
    kinds = set(cells["kind"].drop_nulls())
    return "s" if "synthetic" in kinds else "p" if "published" in kinds else "r"


def drawn_areas(cells: pl.DataFrame, areas: pl.DataFrame, level: Level) -> pl.DataFrame:
    """Return the cells of a level by the areas that a map draws: a region's kommuner each have its.

    `areas` are those of `Atlas.areas`. The region's own id is then in `above`.
    """
    if level in ("kommune", "jobcenter"):
        return cells
    parts = areas.filter(level="kommune").select("name", part="area_id", area_id="within")
    found = parts.explode("area_id").join(cells, on="area_id", suffix="_of_area")
    return found.select(
        pl.exclude("part", "name", "name_of_area", "area_id"),
        area_id="part",
        above="area_id",
        name=pl.format("{}, {}", "name", "name_of_area"),
    ).sort("area_id")


def map_drawing(atlas: Atlas | None, choices: MapChoices, subject: Subject) -> MapDrawing:
    """Return what the map of `subject` shows; a comparison that is impossible is told and left.

    The façade is only asked for classes by a series, and for another period.
    """
    kind = kind_of(subject.mapped)
    if choices.against == AGAINST_KOMMUNE:
        if subject.selected in subject.inside:
            return _beside_area(subject, kind)
        problem = "Vælg en kommune for at sammenligne de andre med den på kortet."
        return _shares(atlas, choices, subject, kind, (problem,))
    if atlas and choices.against and choices.against != subject.period:
        if choices.against in atlas.periods(subject.indicator.indicator_id, subject.kind):
            return _beside_period(atlas, choices.against, subject, kind)
        problem = f"Der er ingen tal for {danish.period(choices.against)} at sammenligne med."
        return _shares(atlas, choices, subject, kind, (problem,))
    return _shares(atlas, choices, subject, kind, ())


def _shares(
    atlas: Atlas | None,
    choices: MapChoices,
    subject: Subject,
    kind: str,
    problems: tuple[str, ...],
) -> MapDrawing:
    if atlas and choices.rule in ("kvantiler", "lige"):
        scales = {
            letter: series_scale(
                atlas,
                atlas.version,
                choices,
                indicator_id=subject.indicator.indicator_id,
                level=subject.level,
                breakdown=subject.breakdown,
                kind=letter,
            )
            for letter in _KINDS
        }
    else:
        scales = {"*": _scale(choices, subject.indicator, pl.Series(dtype=pl.Float64), kind)}
    here = scales.get(kind) or scales["*"]
    cells = area_cells.map_cells(subject.mapped, subject.indicator, subject.inside, here.breaks)
    whole = subject.indicator.format.share_decimals == 0
    made_up = kind == "s"
    return MapDrawing(
        title=f"{subject.heading}, {synthetic.period(subject.period, made_up=made_up)}",
        cells=cells,
        legend=share_legend(subject.short, cells, here.breaks, whole=whole, note=here.note),
        badge=synthetic.BADGE if made_up else None,
        problems=problems,
        scales=scales,
    )


@lru_cache(maxsize=256)
def series_scale(
    atlas: Atlas,
    _version: str,
    choices: MapChoices,
    *,
    indicator_id: str,
    level: Level,
    breakdown: str,
    kind: str,
) -> Scale:
    """Return the classes of one kind of numbers, the same in every month of the series."""
    months = atlas.months(indicator_id, level, breakdown=breakdown)
    of_kind = pl.col("kind").is_in(_KINDS[kind])
    shares = months.filter(of_kind, pl.col("status") == "shown")["share_pct"]
    return _scale(choices, atlas.indicator(indicator_id), shares, kind)


def _scale(choices: MapChoices, indicator: Indicator, shares: pl.Series, kind: str) -> Scale:
    breaks = breaks_of(choices, indicator, shares)
    labels = class_labels(breaks, whole=indicator.format.share_decimals == 0)
    return Scale(breaks, tuple(labels), how_made(choices, KIND_WORDS[kind]))


def _beside_period(atlas: Atlas, against: str, subject: Subject, kind: str) -> MapDrawing:
    other = atlas.cells(
        subject.indicator.indicator_id,
        against,
        subject.level,
        breakdown=subject.breakdown,
        source_kind=subject.kind,
    )
    if "above" in subject.mapped.columns:
        drawn = subject.mapped.select("area_id", "above")
        other = drawn.join(other.rename({"area_id": "above"}), on="above")
    other_kind = kind_of(other) if other.height else kind
    here, there = danish.period(subject.period), danish.period(against)
    cells = differences.between_periods(
        subject.mapped, other, subject.indicator, subject.inside, (here, there)
    )
    titles = [
        synthetic.period(period, made_up=letter == "s")
        for period, letter in ((against, other_kind), (subject.period, kind))
    ]
    note, documents = "", _documents(atlas, other)
    if kind != other_kind:
        note = (
            f"To slags tal er trukket fra hinanden: {KIND_WORDS[kind]} for {here} og "
            f"{KIND_WORDS[other_kind]} for {there}. Forskellen siger intet om virkeligheden. "
            f"Kilde til {there}: {documents}."
        )
    return _difference(
        subject,
        f"{subject.heading}, forskel fra {titles[0]} til {titles[1]}",
        cells,
        made_up="s" in (kind, other_kind),
        note=note,
        other_source=documents,
    )


def _documents(atlas: Atlas, cells: pl.DataFrame) -> str:
    sources = atlas.sources()
    found = [sources[one] for one in sorted(cells["source_id"].drop_nulls().unique())]
    return "; ".join(f"{source.publisher}, {source.document_id}" for source in found)


def _beside_area(subject: Subject, kind: str) -> MapDrawing:
    rows = subject.mapped.filter(pl.col("area_id") == subject.selected)
    chosen: dict[str, Any] | None = None if rows.is_empty() else rows.row(0, named=True)
    cells = differences.from_area(subject.mapped, chosen, subject.indicator, subject.inside)
    name = chosen["name"] if chosen else "det valgte område"
    month = synthetic.period(subject.period, made_up=kind == "s")
    note = ""
    if differences.points_between(chosen, chosen) is None:
        note = f"{name} har ingen vist andel, så der kan ikke beregnes forskelle."
    title = f"{subject.heading}, forskel til {name}, {month}"
    return _difference(subject, title, cells, made_up=kind == "s", note=note)


def _difference(
    subject: Subject,
    title: str,
    cells: list[MapCell],
    *,
    made_up: bool,
    note: str,
    other_source: str = "",
) -> MapDrawing:
    legend = difference_legend("Forskel", cells, step_of(subject.indicator))
    badge = synthetic.BADGE if made_up else None
    return MapDrawing(title, cells, legend, badge, note, other_source=other_source)
