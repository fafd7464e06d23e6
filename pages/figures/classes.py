"""The boundaries between a map's classes: fixed, by the reader, or by all months of a series."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pages.figures.map_choices import MapChoices
from pages.figures.palette import CLASS_FILLS
from queries import Indicator

_CLASSES = len(CLASS_FILLS)


def breaks_of(choices: MapChoices, indicator: Indicator, shares: pl.Series) -> tuple[float, ...]:
    """Return the ascending boundaries, at most four.

    `shares` are all shown shares (pct.) of every month of the series, so that a colour means the
    same in each of them; only the rules 'kvantiler' and 'lige' ask for them. Where shares are too
    few or too alike for five classes, there are fewer.
    """
    if choices.rule == "egne" and choices.breaks:
        return choices.breaks
    shares = shares.drop_nulls()
    if choices.rule in ("faste", "egne") or shares.is_empty():
        return tuple(float(one) for one in indicator.format.class_breaks)
    parts = [step / _CLASSES for step in range(1, _CLASSES)]
    lowest, highest = _span(shares)
    if choices.rule == "kvantiler":
        found = [shares.quantile(part, "nearest") for part in parts]
    else:
        found = [lowest + (highest - lowest) * part for part in parts]
    decimals = indicator.format.share_decimals
    rounded = sorted({round(float(one), decimals) for one in found if one is not None})
    # A boundary at the lowest share would leave the first class empty.
    kept = [one for one in rounded if one > lowest]
    return tuple(kept) or tuple(float(one) for one in indicator.format.class_breaks)


def _span(shares: pl.Series) -> tuple[float, float]:
    values = shares.sort()
    return float(values[0]), float(values[-1])


def how_made(choices: MapChoices, kind_word: str) -> str:
    """Return how the classes came about, for the key; `kind_word` says of which numbers."""
    if choices.rule == "kvantiler":
        return f"Klasser med lige mange områder og måneder i hver, over alle {kind_word}."
    if choices.rule == "lige":
        return f"Lige brede klasser fra laveste til højeste af alle {kind_word}."
    if choices.rule == "egne" and choices.breaks:
        return "Egne grænser."
    return "Faste klasser, de samme i alle måneder."


def step_of(indicator: Indicator) -> tuple[float, float, float]:
    """Return the boundaries of differences in percentage points, from how wide the classes are."""
    low, high = indicator.format.class_breaks[:2]
    width = high - low
    return (round(width * 0.2, 2), round(width * 0.5, 2), float(width))


def classify_difference(points: float, boundaries: Sequence[float]) -> int:
    """Return the class of a difference: the middle one is none, lower ones below, higher above.

    A boundary belongs to the class that lies further from none.
    """
    reached = sum(abs(points) >= one for one in boundaries)
    return len(boundaries) + (reached if points > 0 else -reached)
