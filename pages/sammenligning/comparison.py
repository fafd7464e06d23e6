"""The numbers of a comparison: each indicator's own month, the chosen areas judged among all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from pages.sammenligning.measures import Subject, subjects
from queries import Atlas, Level, Source, statistics

Cell = dict[str, Any]
NUMBERS = ("numerator", "denominator_low", "denominator_high", "share_pct")


@dataclass(frozen=True, eq=False)
class Judged:
    """One indicator's month on one level: every area with its uncertainty, and the country.

    One object per level and data version, shared by all readers: nothing in it may be changed.
    `kind` is the kind of the level's numbers: published, register, synthetic, …
    """

    subject: Subject
    level: Level
    cells: pl.DataFrame
    national: Cell
    source: Source
    kind: str

    @property
    def made_up(self) -> bool:
        """Whether the numbers are synthetic."""
        return self.kind == "synthetic"

    @property
    def shown(self) -> pl.DataFrame:
        """The areas with count and denominator: what may be added up."""
        return self.cells.filter(
            pl.col("status") == "shown", pl.all_horizontal(pl.col(*NUMBERS).is_not_null())
        )

    def rows(self, area_ids: Sequence[str]) -> list[Cell]:
        """Return the cells of some areas in the order given; areas without a cell are left out."""
        found = {row["area_id"]: row for row in self.some(area_ids).iter_rows(named=True)}
        return [found[area] for area in area_ids if area in found]

    def some(self, area_ids: Sequence[str]) -> pl.DataFrame:
        """Return the cells of some areas as a frame."""
        return self.cells.filter(pl.col("area_id").is_in(list(area_ids)))


@lru_cache(maxsize=64)
def judged(atlas: Atlas, _version: str, indicator_id: str, level: Level) -> Judged | None:
    """Return one indicator's cells of its month, None where the level has no numbers."""
    subject = subjects(atlas, atlas.version)[indicator_id]
    cells = atlas.cells(indicator_id, subject.period, level)
    if cells.is_empty():
        return None
    kinds = cells["kind"].unique().to_list()
    # A source speaks for whole levels. Were a level ever pieced together, it counts as made up.
    kind = "synthetic" if "synthetic" in kinds else str(min(kinds))
    national = atlas.national(indicator_id, subject.period)
    return Judged(
        subject=subject,
        level=level,
        cells=statistics.judged(cells, national),
        national=national,
        source=atlas.sources()[cells["source_id"][0]],
        kind=kind,
    )


def everything(atlas: Atlas, level: Level, *, published: bool = False) -> list[Judged]:
    """Return every indicator that the level has numbers for, in the menu's order.

    With `published`, only those whose numbers are.
    """
    found = (judged(atlas, atlas.version, one, level) for one in subjects(atlas, atlas.version))
    known = [one for one in found if one is not None]
    return [one for one in known if one.kind == "published"] if published else known


def by_kind(found: Sequence[Judged]) -> tuple[list[Judged], list[Judged]]:
    """Return the indicators with real numbers, and those with made-up ones: never mixed."""
    return [one for one in found if not one.made_up], [one for one in found if one.made_up]


def comparison_rows(atlas: Atlas, area_ids: Sequence[str], level: Level) -> pl.DataFrame:
    """Return the whole comparison as a frame, one row per indicator and area, for a file.

    Columns: indicator_id, title, period, area_id, name, status, numerator, denominator_low/high
    (people), share_pct, share_decimals, low_pct, high_pct (95 pct. uncertainty), verdict,
    rank_low, rank_high, national_share_pct, note, source_id, kind ('synthetic' for made-up rows:
    such a file must be labelled).
    """
    frames = [
        one.some(area_ids).select(
            pl.lit(one.subject.indicator.indicator_id).alias("indicator_id"),
            pl.lit(one.subject.label).alias("title"),
            "period",
            "area_id",
            "name",
            "status",
            "numerator",
            "denominator_low",
            "denominator_high",
            "share_pct",
            "share_decimals",
            "low_pct",
            "high_pct",
            "verdict",
            "rank_low",
            "rank_high",
            pl.lit(one.national["share_pct"]).alias("national_share_pct"),
            "note",
            "source_id",
            "kind",
        )
        for one in everything(atlas, level)
    ]
    return pl.concat(frames) if frames else pl.DataFrame()
