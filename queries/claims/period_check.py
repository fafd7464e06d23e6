"""Whether a claim's time is that of the published number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from queries.claims.asks import Ask
from queries.claims.outcome import Fix
from queries.claims.periods import Time, period_in_words


@dataclass(frozen=True)
class Period:
    """The published period that a claim is held against; `other` where it names another time."""

    period: str
    caveat: str = ""
    other: Time | None = None
    is_said: bool = True


def period_of(ask: Ask, periods: Sequence[str]) -> Period:
    """Return which of the published periods (newest first, at least one) a claim is about."""
    time, newest = ask.time, periods[0]
    if time is None:
        said = period_in_words(newest)
        return Period(newest, f"Perioden er ikke nævnt; tallet er fra {said}.", is_said=False)
    for period in periods:
        if time.is_exactly(period):
            return Period(period)
    for period in periods:
        if time.covers(period) and time.last - time.first < 12:
            said = period_in_words(period)
            return Period(
                period, f"Tallet er et nedslag i {said} og dækker ikke hele »{time.text}«."
            )
    return Period(newest, other=time)


def period_fix(time: Time, period: str) -> Fix:
    """Return the words that put the right period in the sentence."""
    words = period_in_words(period)
    if time.text.startswith(("pr.", "per", "den ")):
        words = f"i {words}"
    return Fix(time.start, time.end, words)
