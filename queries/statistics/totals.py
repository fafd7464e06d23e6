"""People behind shares: totals, gaps and what reaching a target would mean.

Whole people, computed in fractions: a share is never averaged, and a half is never lost in binary
numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from queries.statistics.shares import Reference, has_numbers, reference_interval


@dataclass(frozen=True)
class Total:
    """The shown cells as one: people, and the share recomputed from them."""

    numerator: int
    denominator_low: int
    denominator_high: int
    share_low_pct: float
    share_high_pct: float
    areas: int
    without: tuple[str, ...]
    """Names of the areas without numbers: the total is only of the others."""
    kinds: tuple[str, ...]
    """Kinds of the numbers; several may not be added without saying so."""


@dataclass(frozen=True)
class Gap:
    """From an area to a reference; above it is positive."""

    points: float
    points_low: float
    points_high: float
    """Pct.points: by the share as shown, and its lowest and highest possible value."""
    people_low: int
    people_high: int
    """How many people fewer would bring the area to the reference; negative: more."""


@dataclass(frozen=True)
class Potential:
    """What it would take to bring every area on the wrong side of a target to it."""

    people_low: int
    people_high: int
    areas: int
    """Areas with numbers that may have to move."""
    areas_low: int
    """Those that must, whatever their denominator is."""
    before: Total
    after_low_pct: float
    after_high_pct: float


def total(cells: pl.DataFrame) -> Total | None:
    """Return the sum of the cells with numbers; None where none has.

    Raises ValueError where an area occurs twice, or areas of several levels do: people would be
    counted twice.
    """
    if cells["area_id"].n_unique() < cells.height or cells["level"].n_unique() > 1:
        raise ValueError("people would be counted twice: one row per area, all of one level")
    shown = cells.filter(has_numbers())
    if shown.is_empty():
        return None
    numerator = int(shown["numerator"].sum())
    low, high = int(shown["denominator_low"].sum()), int(shown["denominator_high"].sum())
    return Total(
        numerator,
        low,
        high,
        100 * numerator / high,
        100 * numerator / low,
        shown.height,
        tuple(cells.filter(~has_numbers())["name"]),
        tuple(sorted(set(shown["kind"]))),
    )


def gap(cell: Mapping[str, Any], reference: Reference) -> Gap | None:
    """Return how far the cell is from a share in pct. or another cell; None without numbers.

    The people are the fewest that bring the area to the reference or past it, over all
    denominators and all shares that the reference can stand for.
    """
    area, other = reference_interval(cell), reference_interval(reference)
    if area is None or other is None or not has_people(cell):
        return None
    shown = reference["share_pct"] if isinstance(reference, Mapping) else reference
    x = int(cell["numerator"])
    low, high = exact(reference)
    return Gap(
        points=round(float(Fraction(str(cell["share_pct"])) - Fraction(str(shown))), 10),
        points_low=area[0] - other[1],
        points_high=area[1] - other[0],
        people_low=away(x - cell["denominator_high"] * high),
        people_high=away(x - cell["denominator_low"] * low),
    )


def has_people(cell: Mapping[str, Any]) -> bool:
    """Return whether a cell has numerator and denominators."""
    return None not in (cell["numerator"], cell["denominator_low"], cell["denominator_high"])


def exact(reference: Reference) -> tuple[Fraction, Fraction]:
    """Return the lowest and highest share of a reference as fractions of 1."""
    if isinstance(reference, Mapping) and has_people(reference):
        x = int(reference["numerator"])
        return Fraction(x, reference["denominator_high"]), Fraction(x, reference["denominator_low"])
    share = reference["share_pct"] if isinstance(reference, Mapping) else reference
    return (Fraction(str(share)) / 100,) * 2


def away(people: Fraction) -> int:
    """Return whole people, away from 0: part of a person is not enough."""
    return math.ceil(people) if people > 0 else math.floor(people)


def potential(cells: pl.DataFrame, target: Reference, *, lower_is_better: bool) -> Potential | None:
    """Return the people it would take if all areas on the wrong side of `target` came to it.

    With `lower_is_better` the areas above the target come down, otherwise those below it come up;
    in each, the fewest whole people that suffice. `target` is a share in pct. or a cell. None
    without numbers; raises ValueError as `total` does.
    """
    before = total(cells)
    if before is None or reference_interval(target) is None:
        return None
    low_share, high_share = exact(target)
    columns = ("numerator", "denominator_low", "denominator_high")
    rows = cells.filter(has_numbers()).select(columns).iter_rows()
    spans = []
    for x, low, high in rows:
        span = away(x - high * high_share), away(x - low * low_share)
        spans.append(span if lower_is_better else (-span[1], -span[0]))
    people_low = sum(max(0, low) for low, _ in spans)
    people_high = sum(max(0, high) for _, high in spans)
    least, most = (-people_high, -people_low) if lower_is_better else (people_low, people_high)
    return Potential(
        people_low,
        people_high,
        sum(high > 0 for _, high in spans),
        sum(low > 0 for low, _ in spans),
        before,
        100 * (before.numerator + least) / before.denominator_high,
        100 * (before.numerator + most) / before.denominator_low,
    )


def best_quarter(cells: pl.DataFrame, *, lower_is_better: bool) -> float | None:
    """Return the share in pct. that the best quarter of the areas with numbers reach, or better.

    The share of one of them: the least good of the best quarter (rounded up to whole areas). Each
    area counts the same. None where none has numbers.
    """
    shown = cells.filter(has_numbers() & pl.col("share_pct").is_not_null())
    shares = shown["share_pct"].sort(descending=not lower_is_better)
    return float(shares[math.ceil(len(shares) / 4) - 1]) if len(shares) else None
