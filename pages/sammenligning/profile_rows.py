"""The numbers of a profile: one kommune, every indicator, each judged among all and its peers."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pages.figures import series_cells
from pages.figures.time_lines import Line
from pages.sammenligning import peers
from pages.sammenligning.comparison import Cell, Judged, everything
from pages.sammenligning.gaps import Row, gaps
from queries import LAND, Atlas, Source, statistics


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
    line_sources: tuple[Source, ...] = ()
    """The sources of line, country and trend."""

    @property
    def cell(self) -> Cell:
        """The kommune's cell with its uncertainty, verdict and range of ranks."""
        return self.row.cell


def profile_rows(
    atlas: Atlas, code: str, rule: str, *, published: bool = False, over_time: bool = True
) -> list[ProfileRow]:
    """Return one row per indicator of kommune `code`, peers by `rule`, in the menu's order.

    With `published`, only indicators whose numbers are; without `over_time` rows have no series.
    """
    return [
        _row(atlas, one, row, rule, over_time=over_time)
        for one in everything(atlas, "kommune", published=published)
        for row in gaps(atlas, one, (code,), rule)
    ]


def _row(atlas: Atlas, one: Judged, row: Row, rule: str, *, over_time: bool) -> ProfileRow:
    code = row.cell["area_id"]
    found = peers.group(atlas, atlas.version, code, one.level, rule)
    months = _months(atlas, one, code) if over_time else pl.DataFrame(schema=["area_id"])
    mine = months.filter(area_id=code) if over_time else months
    enough = mine.height > 1
    return ProfileRow(
        one=one,
        row=row,
        areas=one.cells["rank_low"].drop_nulls().len(),
        peers=statistics.total(one.some(found.area_ids)) if found.area_ids else None,
        line=_line(mine) if enough else None,
        country=_line(months.filter(area_id=LAND)) if enough else None,
        trend=statistics.trend(mine) if enough else None,
        line_sources=series_cells.used_sources(months, atlas.sources()) if enough else (),
    )


def _months(atlas: Atlas, one: Judged, code: str) -> pl.DataFrame:
    """Return the months of the shown number's own source, and of what it renews or corrects.

    Kinds are never joined to one line.
    """
    series = atlas.series(one.subject.indicator.indicator_id, [LAND, code])
    own = series.filter(pl.col("source_id") == one.source.source_id)
    alike = pl.col("family").is_in(own["family"].unique().to_list())
    return series_cells.monthly(series.filter(alike, kind=one.source.kind))


def _line(months: pl.DataFrame) -> Line | None:
    found = series_cells.lines(months)
    return found[0] if found else None
