"""The cells of the sources that speak, made once per version of the warehouse and kept ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from queries import questions
from queries.cells import WHOLE
from queries.reading import voices
from queries.reading.asked import Level, SourceKind
from queries.warehouse.connection import Warehouse

REMEMBERED_MONTHS = 64
"""Months kept joined and ready; one of all levels is about 60 kB."""
REMEMBERED_LEVELS = 4
"""Whole levels kept ready; one of 98 kommuner and 240 months is about 5 MB."""
_RANK = pl.when(pl.col("status") == "shown").then("share_pct").rank("min", descending=True)


@dataclass(frozen=True)
class Asked:
    """Whose numbers are asked for: of one kind of source, and known by a day, where given."""

    indicator_id: str
    breakdown: str = WHOLE
    kind: SourceKind | None = None
    as_of: dt.date | None = None


class Speaking:
    """What the sources of a warehouse say, one cell per area; see `voices` for which one speaks.

    `areas` returns the areas as `Atlas.areas` does. Every question names the version it is asked
    of. Frames are shared: who hands one on clones it.
    """

    def __init__(self, warehouse: Warehouse, areas: Callable[[], pl.DataFrame]) -> None:
        self._warehouse = warehouse
        self._areas = areas
        self.sources = lru_cache(maxsize=2)(self._sources)
        self.periods = lru_cache(maxsize=REMEMBERED_MONTHS)(self._periods)
        self.names = lru_cache(maxsize=2 * REMEMBERED_MONTHS)(self._names)
        self.month = lru_cache(maxsize=REMEMBERED_MONTHS)(self._month)
        self.level = lru_cache(maxsize=REMEMBERED_LEVELS)(self._level)

    def _sources(self, _version: str) -> pl.DataFrame:
        """Return `voices` of every source."""
        return voices.voices(self._warehouse.frame(questions.VOICES))

    def _periods(self, version: str, asked: Asked) -> pl.DataFrame:
        """Return period, kinds (of sources), standing (the best) and with_country, newest first.

        Where a real source speaks, the country of a made-up one does not count.
        """
        rows = self._warehouse.frame(questions.PERIODS, [asked.indicator_id, asked.breakdown])
        spoken = voices.known(rows, self.sources(version), as_of=asked.as_of)
        spoken = spoken.filter(~voices.MADE_UP | voices.MADE_UP.all().over("period")).join(
            spoken.group_by("period").agg(kinds="kind"), on="period"
        )
        found = spoken.group_by("period").agg(
            pl.col("kinds").first(),
            standing=pl.col("standing").min(),
            with_country=pl.col("with_country").any(),
        )
        return found.sort("period", descending=True)

    def _names(self, version: str, asked: Asked, *, with_country: bool = False) -> tuple[str, ...]:
        """Return the periods that are spoken of, newest first."""
        rows = self.periods(version, replace(asked, breakdown=WHOLE, kind=None))
        if asked.kind is not None:
            rows = rows.filter(pl.col("kinds").list.contains(asked.kind))
        elif with_country:
            rows = rows.filter("with_country")
        return tuple(rows["period"])

    def _month(self, version: str, asked: Asked, period: str) -> pl.DataFrame:
        """Return the cells of every level, one per area, in order of area_id."""
        given = [asked.indicator_id, period, asked.breakdown]
        cells = self._warehouse.frame(questions.CELLS, given)
        known = voices.known(cells, self.sources(version), asked.kind, asked.as_of)
        return self._in_place(voices.best(known, ["area_id"])).sort("area_id")

    def _level(self, version: str, asked: Asked, level: Level) -> pl.DataFrame:
        """Return the cells of every month of a level, in order of period and area_id, ranked."""
        given = [asked.indicator_id, asked.breakdown, level]
        cells = self._warehouse.frame(questions.MONTHS, given, remember=False)
        known = voices.known(cells, self.sources(version), asked.kind, asked.as_of)
        if asked.kind is None:  # a real source keeps made-up ones out at every level
            spoken = self.periods(
                version, Asked(asked.indicator_id, asked.breakdown, None, asked.as_of)
            )
            real = spoken.filter(pl.col("standing") < voices.STANDING["synthetic"])["period"]
            known = known.filter(~(voices.MADE_UP & pl.col("period").is_in(real.to_list())))
        best = self._in_place(voices.best(known, ["period", "area_id"]))
        return ranked(best.sort("period", "area_id"), over="period").drop("within")

    def _in_place(self, cells: pl.DataFrame) -> pl.DataFrame:
        areas = self._areas().select("area_id", "name", "level", "region", "landsdel", "within")
        return cells.join(areas, on="area_id")


def ranked(cells: pl.DataFrame, *, over: str | None = None) -> pl.DataFrame:
    """Return `cells` with rank: 1 for the highest share, ties share the best; null if not shown."""
    return cells.with_columns(rank=_RANK if over is None else _RANK.over(over))
