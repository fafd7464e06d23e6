"""Funnel, intervals and distribution as numbers: those that the screen's figures are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pages.exports.dataset import inside
from pages.figures.area_cells import in_order
from pages.figures.distribution import bins
from pages.language import danish
from pages.language.sentences import LEVEL_NOUNS
from pages.samraad.model import Bins, Chart, Limit, Points, Series, Span
from queries import statistics

if TYPE_CHECKING:
    from pages.samraad.content.areas import Areas

PEOPLE = "Borgere i nævneren (logaritmisk)"
LIMITS = {"95": "95 pct. grænse", "998": "99,8 pct. grænse"}
HOW = "Grænserne viser, hvor langt tilfældet alene bringer et område fra hele landet."
NEAREST = "Kendes nævneren kun som et interval, er det punkt tegnet, der ligger nærmest landet."
SPANS = "Streg: 95 pct. usikkerhed. Hul søjle: kan ikke skelnes fra hele landet."


def funnel(now: Areas) -> Chart | None:
    """Return the areas of the whole level as points within the limits that chance reaches.

    None without the country's share, or where no area has numbers.
    """
    known = now.judged.filter(pl.col("verdict").is_not_null())
    if now.national is None or known.is_empty():
        return None
    people = [int(n) for n in known["funnel_denominator"]]
    limits = statistics.funnel(
        now.national, round(1.2 * max(people)), smallest=min(people), also=people
    )
    beside = set(now.data.rows["omraadekode"])
    hedged = (known["denominator_low"] != known["denominator_high"]).any()
    outside = tuple(area not in beside for area in known["area_id"])
    faint = f"Lyse punkter: uden for {now.data.within_name}." if any(outside) else ""
    return Chart(
        form="points",
        categories=_names(known),
        series=(
            Series(
                now.what,
                tuple(round(share, 3) for share in known["funnel_share_pct"]),
                made_up=now.made_up,
            ),
        ),
        axis_title=f"{now.what}, {now.indicator.unit}",
        decimals=now.decimals,
        marked=_own(now, known),
        reference=now.reference,
        note=" ".join(text for text in (HOW, NEAREST if hedged else "", faint) if text),
        points=Points(
            title=PEOPLE,
            across=tuple(map(float, people)),
            groups=tuple(known["verdict"]),
            outside=outside,
            limits=tuple(_limit(limits, suffix) for suffix in LIMITS),
        ),
    )


def _limit(limits: pl.DataFrame, suffix: str) -> Limit:
    low, high = (
        tuple(round(value, 2) for value in limits[f"{side}_{suffix}"]) for side in ("low", "high")
    )
    return Limit(LIMITS[suffix], tuple(map(float, limits["denominator"])), low, high)


def intervals(now: Areas) -> Chart | None:
    """Return the areas inside the filter with their 95 pct. intervals, the highest share first.

    None without the country's share, or where no area has numbers.
    """
    among = list(now.data.rows["omraadekode"])
    ranked = in_order(now.judged.filter(pl.col("area_id").is_in(among)), "andel")
    known = ranked.filter(pl.col("rank_low").is_not_null())
    if now.national is None or known.is_empty():
        return None
    shares, spans = [], []
    for cell in known.iter_rows(named=True):
        low, high = cell["low_pct"], cell["high_pct"]
        shares.append(round(min(max(cell["share_pct"], low), high), 2))
        apart = cell["verdict"] in ("over", "under")
        spans.append(Span(round(low, 2), round(high, 2), apart))
    return Chart(
        form="bars",
        categories=_names(known),
        series=(Series(now.what, tuple(shares), made_up=now.made_up, spans=tuple(spans)),),
        axis_title=f"{now.what}, {now.indicator.unit}",
        decimals=now.decimals,
        marked=_own(now, known),
        reference=now.reference,
        note=SPANS,
    )


def spread(now: Areas) -> Chart | None:
    """Return how many areas inside the filter have their share in each of some equal bins.

    None without the country's share, or where no area has one.
    """
    shares = inside(now.data)["share_pct"].drop_nulls().to_list()
    starts, counts = bins(shares)
    if now.reference is None or not starts:
        return None
    step = starts[1] - starts[0] if len(starts) > 1 else 1.0
    own = now.data.everywhere.filter(area_id=now.request.selected or "").drop_nulls("share_pct")
    marks = (now.reference, *zip(_names(own), own["share_pct"], strict=True))
    ends = (starts[0], starts[-1] + step)
    beyond = [mark for mark in marks if not ends[0] <= mark[1] <= ends[1]]
    count_title = f"Antal {LEVEL_NOUNS[now.data.level][1]}"
    return Chart(
        form="columns",
        categories=tuple(f"{start:g}–{start + step:g}" for start in starts),
        series=(Series(count_title, tuple(map(float, counts)), made_up=now.made_up),),
        axis_title=count_title,
        note=" ".join(
            f"{name} ({danish.pct(share, now.decimals)}) ligger uden for diagrammet."
            for name, share in beyond
        ),
        bins=Bins(
            title=f"{now.what}, {now.indicator.unit}",
            first=starts[0],
            step=step,
            marks=tuple(mark for mark in marks if mark not in beyond),
            decimals=now.decimals,
        ),
    )


def _names(cells: pl.DataFrame) -> tuple[str, ...]:
    return tuple(name.removeprefix("Jobcenter ") for name in cells["name"])


def _own(now: Areas, known: pl.DataFrame) -> str | None:
    """Return the name of the reader's own area where it is among those drawn."""
    return next(iter(_names(known.filter(area_id=now.request.selected or ""))), None)
