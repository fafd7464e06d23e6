"""What if: people behind a gap, in plain Danish."""

from __future__ import annotations

from pages.language import danish
from pages.language.sentences import LEVEL_NOUNS
from queries import statistics


def sentence(
    found: statistics.Potential, *, lower_is_better: bool, level: str, target: str, people_who: str
) -> str:
    """Return 'Hvis alle kommuner over … kom ned på det, ville 70 færre borgere …'."""
    nouns = LEVEL_NOUNS[level][1]
    side, to, count = ("over", "ned", "færre") if lower_is_better else ("under", "op", "flere")
    if found.people_high == 0:
        return f"Ingen viste {nouns} ligger {side} {target}."
    people = danish.interval(found.people_low, found.people_high)
    noun = "borger" if found.people_high == 1 else "borgere"
    return (
        f"Hvis alle {nouns} {side} {target} kom {to} på det, ville {people} {count} {noun} "
        f"{people_who}."
    )


def gap_sentence(name: str, gap: statistics.Gap, *, lower_is_better: bool, target: str) -> str:
    """Return '70 borgere færre ville bringe Holbæk på landets gennemsnit'; empty at the target."""
    low, high = sorted((abs(gap.people_low), abs(gap.people_high)))
    if gap.people_low <= 0 <= gap.people_high:
        return f"{name} ligger på {target} inden for nævnerens usikkerhed."
    above = gap.people_low > 0
    word = "færre" if above else "flere"
    people = danish.interval(low, high)
    noun = "borger" if high == 1 else "borgere"
    if above == lower_is_better:
        return f"{people} {noun} {word} ville bringe {name} på {target}."
    return f"{name} ligger på den gode side af {target} med {people} {noun}."


def moved(found: statistics.Potential) -> str:
    """Return how many areas would have to move: '47', or '48–53' where denominators leave it."""
    return danish.interval(found.areas_low, found.areas)


def change(found: statistics.Potential, decimals: int) -> str:
    """Return the share of the shown areas as one, before and after."""
    before = _span(found.before.share_low_pct, found.before.share_high_pct, decimals)
    return f"{before} → {_span(found.after_low_pct, found.after_high_pct, decimals)}"


def _span(low: float, high: float, decimals: int) -> str:
    first, last = danish.number(low, decimals), danish.number(high, decimals)
    return danish.pct(low, decimals) if first == last else f"{first}–{last}\N{NO-BREAK SPACE}pct."
