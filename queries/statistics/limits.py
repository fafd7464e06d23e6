"""Funnel limits: how far from the country's share chance alone takes a small area.

Exact binomial limits with the interpolation of Spiegelhalter (Funnel plots for comparing
institutional performance, Statistics in Medicine 24, 2005, appendix A.1.1). He interpolates the
distribution function in both tails, which puts the upper limit up to one person too low: an area
at it is then met by chance more often than the limit says. Here the upper limit is the mirror of
the lower one (the people not counted), so that an area lies outside a limit exactly when a result
as extreme as its own, or more, has at most half the limit's risk (2,5 or 0,1 pct.).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from queries.statistics.shares import Floats, Reference, reference_interval

TAILS = {"95": 0.025, "998": 0.001}
"""Chance outside each of a pair of limits, by the pair's name in columns."""
POINTS = 80


def lower_count(denominator: ArrayLike, share: ArrayLike, tail: float) -> Floats:
    """Return the interpolated count (people) below which chance falls with probability `tail`.

    `share` as a fraction. Below 0 where not even no one at all would be so unlikely.
    """
    from scipy.stats import binom

    n, p = np.asarray(denominator, np.float64), np.asarray(share, np.float64)
    first = np.asarray(binom.ppf(tail, n, p), np.float64)
    reached, before = binom.cdf(first, n, p), binom.cdf(first - 1, n, p)
    return np.asarray(first - (reached - tail) / (reached - before), np.float64)


def limits(denominator: ArrayLike, low_pct: float, high_pct: float) -> dict[str, Floats]:
    """Return low_95, high_95, low_998 and high_998 in pct. at each denominator.

    The country's share is somewhere from `low_pct` to `high_pct`: the lower limits are those of
    the lowest share, the upper ones those of the highest.
    """
    n = np.asarray(denominator, np.float64)
    found: dict[str, Floats] = {}
    for name, tail in TAILS.items():
        low = np.clip(lower_count(n, low_pct / 100, tail), 0, n)
        high = n - np.clip(lower_count(n, 1 - high_pct / 100, tail), 0, n)
        found |= {f"low_{name}": 100 * low / n, f"high_{name}": 100 * high / n}
    return found


def tail_chances(numerator: Floats, denominator: Floats, share: float) -> tuple[Floats, Floats]:
    """Return the chance of at most, and of at least, the count where `share` (fraction) rules."""
    from scipy.stats import binom

    at_most = np.asarray(binom.cdf(numerator, denominator, share), np.float64)
    at_least = np.asarray(binom.sf(numerator - 1, denominator, share), np.float64)
    return at_most, at_least


def funnel(
    national: Reference, largest: int, *, smallest: int = 1, also: Iterable[int] = ()
) -> pl.DataFrame:
    """Return the limits to draw: denominator (people), low_95, high_95, low_998, high_998 (pct.).

    From denominator `smallest` to `largest` in about 80 steps that grow with the denominator, and
    at each of `also`, for instance the areas' own. `national` is the country's share in pct. or
    its cell; with a cell the limits take in all shares it can stand for, as `judged` does. Empty
    where the country has no number. Raises ValueError unless 1 <= smallest <= largest.
    """
    if not 1 <= smallest <= largest:
        raise ValueError(f"denominators from {smallest} to {largest}")
    shares = reference_interval(national)
    steps = np.geomspace(smallest, largest, POINTS).round().astype(np.int64)
    inside = [n for n in also if smallest <= n <= largest]
    denominator = np.unique(np.concatenate([steps, np.asarray(inside, np.int64)]))
    if shares is None:
        denominator = denominator[:0]
    found = limits(denominator, *(shares or (0.0, 0.0)))
    return pl.DataFrame({"denominator": denominator, **found})
