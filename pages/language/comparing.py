"""Comparisons in plain Danish: verdicts, gaps in people, ranges of ranks, trends."""

from __future__ import annotations

from pages.language import danish
from queries import statistics

VERDICTS = {
    "over": "over {}",
    "under": "under {}",
    "alike": "kan ikke skelnes fra {}",
}


def verdict(word: str | None, reference: str) -> str:
    """Return 'over landet', 'under dem', 'kan ikke skelnes fra landet', or a dash."""
    return VERDICTS[word].format(reference) if word else "–"


def points(value: float, decimals: int) -> str:
    """Return a difference of shares with its sign: '+31 pct.point', '−2,5 pct.point'."""
    rounded = round(value, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return f"{sign}{danish.number(abs(rounded), decimals)}\N{NO-BREAK SPACE}pct.point"


def people_change(low: int, high: int) -> str:
    """Return what would bring an area to a reference: '69–72 færre', '2 færre til 3 flere'.

    `low` and `high` are people fewer; below zero they are people more.
    """
    if low == high == 0:
        return "ingen"
    if low >= 0:
        return f"{danish.interval(low, high)} færre"
    if high <= 0:
        return f"{danish.interval(-high, -low)} flere"
    return f"{danish.number(high)} færre til {danish.number(-low)} flere"


def people_apart(low: int, high: int) -> str:
    """Return how many people a gap is, without direction: '69–72 borgere', 'højst 3 borgere'."""
    least, most = sorted((abs(low), abs(high)))
    if low < 0 < high:
        return f"højst {danish.number(most)} borgere"
    return f"{danish.interval(least, most)} {'borger' if most == 1 else 'borgere'}"


def gap_sentence(
    name: str,
    gap: statistics.Gap,
    word: str | None,
    reference: str,
    *,
    lower_is_better: bool | None,
) -> str:
    """Return the gap as a sentence: '70 borgere færre ville bringe Holbæk på landsgennemsnittet.'

    An area that chance may have put where it is gets no number of people. One beyond the
    reference has nothing to be brought to. `lower_is_better` is None where neither way is.
    """
    if word == "alike" or gap.people_low <= 0 <= gap.people_high:
        return f"{name} kan ikke skelnes fra {reference}."
    change = people_change(gap.people_low, gap.people_high)
    amount, _, direction = change.rpartition(" ")
    noun = "borger" if amount == "1" else "borgere"
    wanted = "færre" if lower_is_better else "flere"
    if lower_is_better is None or direction != wanted:
        side = "over" if direction == "færre" else "under"
        aim = "lavere" if lower_is_better else "højere"
        told = "" if lower_is_better is None else f", hvor {aim} er målet"
        return (
            f"{name} ligger {side} {reference}{told}: {amount} {noun} {direction} ville svare til "
            "landets andel."
        )
    return f"{amount} {noun} {direction} ville bringe {name} på {reference}."


def rank_range(low: int | None, high: int | None, areas: int) -> str:
    """Return the places an area may have: 'nr. 3–11 af 92', or a dash."""
    if low is None or high is None:
        return "–"
    place = f"{low}" if low == high else f"{low}–{high}"
    return f"nr. {place} af {areas}"


def trend(found: statistics.Trend | None) -> str:
    """Return a direction only where a test supports one: 'stigende, +1,2 pct.point om året'."""
    if found is None:
        return "for få viste måneder"
    if found.direction is None:
        return "ingen sikker udvikling"
    arrow = "↗" if found.direction == "stigende" else "↘"
    return f"{arrow} {found.direction}, {points(found.per_year, 1)} om året"


def total_name(shown: int, asked: int) -> str:
    """Return what a total is of: 'I alt', or 'I alt for de 3 viste' where some are hidden."""
    return "I alt" if shown == asked else f"I alt for de {shown} viste"


def total_share(total: statistics.Total, decimals: int) -> str:
    """Return a recomputed share, as an interval where the denominators are: '34–36 pct.'"""
    low = danish.number(total.share_low_pct, decimals)
    high = danish.number(total.share_high_pct, decimals)
    share = low if low == high else f"{low}–{high}"
    return f"{share}\N{NO-BREAK SPACE}pct."
