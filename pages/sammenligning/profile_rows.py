"""The numbers of a profile: one kommune, every indicator, each judged among all and its peers."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pages.figures import series_cells
from pages.figures.time_lines import Line
from pages.sammenligning import peers
from pages.sammenligning.comparison import Cell, Judged, everything
from pages.sammenligning.gaps import Row, gaps
from queries import LAND, Atlas, statistics


@dataclass(frozen=True, eq=False)
class ProfileRow:
    """One indicator of a kommune: its cell, gaps, peers' total, and its series of the same kind.

    `areas` is how many areas have a rank. `line` and `country` are None where the kind of the
    shown number has no series.
    """

    one: Judged
    row: Row
    areas: int
    peers: statistics.Total | None
    line: Line | None
    country: Line | None
    trend: statistics.Trend | None

    @property
    def cell(self) -> Cell:
        """The kommune's cell with its uncertainty, verdict and range of ranks."""
        return self.row.cell


def profile_rows(
    atlas: Atlas, code: str, rule: str, *, published: bool = False
) -> list[ProfileRow]:
    """Return one row per indicator of kommune `code`, peers by `rule`, in the menu's order.

    With `published`, only indicators whose numbers are.
    """
    return [
        _row(atlas, one, row, rule)
        for one in everything(atlas, "kommune", published=published)
        for row in gaps(atlas, one, (code,), rule)
    ]


def _row(atlas: Atlas, one: Judged, row: Row, rule: str) -> ProfileRow:
    code = row.cell["area_id"]
    found = peers.group(atlas, atlas.version, code, one.level, rule)
    months = _months(atlas, one, code)
    mine = months.filter(area_id=code)
    enough = mine.height > 1
    return ProfileRow(
        one=one,
        row=row,
        areas=one.cells["rank_low"].drop_nulls().len(),
        peers=statistics.total(one.some(found.area_ids)) if found.area_ids else None,
        line=_line(mine) if enough else None,
        country=_line(months.filter(area_id=LAND)) if enough else None,
        trend=statistics.trend(mine) if enough else None,
    )


def _months(atlas: Atlas, one: Judged, code: str) -> pl.DataFrame:
    """Return the months of the shown number's own source: kinds are never joined to one line."""
    series = atlas.series(one.subject.indicator.indicator_id, [LAND, code])
    own = pl.col("source_id") == one.source.source_id
    return series_cells.monthly(series.filter(own))


def _line(months: pl.DataFrame) -> Line | None:
    found = series_cells.lines(months)
    return found[0] if found else None
