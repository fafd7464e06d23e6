"""The kommuner of a programme and all others, each added up from the cells that are shown.

A total is only of the shown kommuner, and can be added up by anyone from them; it is never set
against a published total, which would give away what the hidden ones hold together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import polars as pl

from pages.figures import area_cells
from pages.language import danish
from queries import Atlas, Indicator, SourceKind, statistics

PUBLISHED_HERE = "passive_ressourceforloeb"
"""The one indicator with published numbers for single kommuner."""

HEADS = ("Kommuner med tal", "Antal", "Nævner", "Andel", "95 pct.-interval", "Laveste og højeste")


@dataclass(frozen=True, eq=False)
class Group:
    """One indicator and period: every kommune, and those of the programme apart from the rest."""

    indicator: Indicator
    period: str
    everywhere: pl.DataFrame
    inside: pl.DataFrame
    outside: pl.DataFrame

    @property
    def parts(self) -> dict[str, pl.DataFrame]:
        """Both groups' cells by the groups' names."""
        return dict(zip(names(self.inside.height), (self.inside, self.outside), strict=True))


def names(members: int) -> tuple[str, str]:
    """Return what the two groups are called."""
    return f"De {members} navngivne kommuner", "De øvrige kommuner"


@lru_cache(maxsize=16)
def published(atlas: Atlas, _version: str, members: tuple[str, ...]) -> Group:
    """Return the published cells of a programme's kommuner and of the others."""
    period = atlas.default_period(PUBLISHED_HERE)
    return grouped(atlas, PUBLISHED_HERE, period, members, "published")


@lru_cache(maxsize=8)
def judged_members(atlas: Atlas, version: str, members: tuple[str, ...]) -> pl.DataFrame:
    """Return the named kommuner as `statistics.judged` has them among all, highest share first."""
    group = published(atlas, version, members)
    national = atlas.national(group.indicator.indicator_id, group.period, source_kind="published")
    judged = statistics.judged(group.everywhere, national)
    return area_cells.in_order(judged.filter(pl.col("area_id").is_in(members)), "andel")


def grouped(
    atlas: Atlas, indicator_id: str, period: str, members: tuple[str, ...], kind: SourceKind
) -> Group:
    """Return the cells of kommuner from sources of one kind, parted by `members`."""
    cells = atlas.cells(indicator_id, period, source_kind=kind)
    own = pl.col("area_id").is_in(members)
    inside, outside = cells.filter(own), cells.filter(~own)
    return Group(atlas.indicator(indicator_id), period, cells, inside, outside)


def monthly(
    atlas: Atlas, indicator_id: str, members: tuple[str, ...], kind: SourceKind
) -> dict[str, tuple[statistics.Total | None, statistics.Total | None]]:
    """Return the totals of the programme's kommuner and of the others by period, oldest first."""
    rows = atlas.months(indicator_id, "kommune", source_kind=kind)
    rows = rows.with_columns(own=pl.col("area_id").is_in(members))
    found = {}
    for (period,), month in sorted(rows.partition_by("period", as_dict=True).items()):
        found[str(period)] = (
            statistics.total(month.filter("own")),
            statistics.total(month.filter(~pl.col("own"))),
        )
    return found


def share(total: statistics.Total) -> str:
    """Return a total's share: '22,1 pct.', or '22,1–22,9 pct.' where only an interval is known."""
    low, high = danish.number(total.share_low_pct, 1), danish.number(total.share_high_pct, 1)
    span = low if low == high else f"{low}–{high}"
    return f"{span}\N{NO-BREAK SPACE}pct."


def middle(total: statistics.Total | None) -> float | None:
    """Return the share in pct. in the middle of what the denominator leaves open."""
    return None if total is None else (total.share_low_pct + total.share_high_pct) / 2


def row(cells: pl.DataFrame) -> list[str]:
    """Return one group as the table writes it, in the order of HEADS."""
    total = statistics.total(cells)
    if total is None:
        return ["0", *["–"] * (len(HEADS) - 1)]
    low, high = interval(total)
    shown = cells.filter(pl.col("status") == "shown", pl.col("share_pct").is_not_null())
    least, most = shown["share_pct"].min(), shown["share_pct"].max()
    decimals = int(shown["share_decimals"].max())  # type: ignore[arg-type]  # there are some
    ends = (danish.number(float(end), decimals) for end in (least, most))  # type: ignore[arg-type]
    return [
        f"{total.areas} af {cells.height}",
        danish.number(total.numerator),
        danish.interval(total.denominator_low, total.denominator_high),
        share(total),
        f"{danish.number(low, 1)}–{danish.number(high, 1)}\N{NO-BREAK SPACE}pct.",
        f"{'–'.join(ends)}\N{NO-BREAK SPACE}pct.",
    ]


def interval(total: statistics.Total) -> tuple[float, float]:
    """Return Wilson's 95 pct. interval in pct., from the highest to the lowest denominator."""
    low, _ = statistics.wilson(total.numerator, total.denominator_high)
    _, high = statistics.wilson(total.numerator, total.denominator_low)
    return float(low), float(high)


def left_out(parts: Mapping[str, pl.DataFrame]) -> str:
    """Return which kommuner of each group have no number and are not in its total, as HTML."""
    told = []
    for name, cells in parts.items():
        total = statistics.total(cells)
        without = list(total.without) if total else cells["name"].to_list()
        if without:
            ordered = danish.listing(sorted(without, key=danish.sort_key))
            told.append(f"{name}: {ordered} er ikke med, fordi tallet er skjult eller udeladt.")
    return escape(" ".join(told))
