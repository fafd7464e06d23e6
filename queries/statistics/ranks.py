"""Ranks as ranges: which places in the row the numbers leave open to each area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.statistics.shares import Floats, counts, has_numbers

RISK = 0.05
_NEEDED = ("status", "numerator", "denominator_low", "denominator_high")


def pair_chances(numerator: Floats, low: Floats, high: Floats) -> Floats:
    """Return for each pair [i, j] the two-sided chance of i lying so far above j; 1 if it does not.

    The test of two shares with the correction for continuity (R's `prop.test`), at the worst
    denominators: the highest of i and the lowest of j.
    """
    from scipy.special import ndtr

    x_i, n_i = numerator[:, None], high[:, None]
    x_j, n_j = numerator[None, :], low[None, :]
    apart = x_i / n_i - x_j / n_j
    joint = (x_i + x_j) / (n_i + n_j)
    step = 1 / n_i + 1 / n_j
    error = np.sqrt(joint * (1 - joint) * step)
    left = np.maximum(apart - step / 2, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(left > 0, left / error, 0.0)
    return np.asarray(2 * ndtr(-z), np.float64)


def apart(cell: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two groups of people differ by more than the chance of both, at 5 pct.

    For groups that do not overlap, and a reference too small to be taken as known: `judged` tells
    what lies outside the area's own chance only. False where either has no numbers.
    """
    both = pl.DataFrame([{name: one[name] for name in _NEEDED} for one in (cell, other)])
    rows = both.filter(has_numbers())
    if rows.height < both.height:
        return False
    chances = pair_chances(*counts(rows))
    return float(min(chances[0, 1], chances[1, 0])) <= RISK


def holm(chances: Floats) -> Floats:
    """Return the chances adjusted for their number (Holm 1979), in the order given."""
    order = np.argsort(chances, kind="stable")
    steps = chances[order] * np.arange(chances.size, 0, -1)
    adjusted = np.empty_like(chances)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def rank_ranges(
    numerator: Floats, low: Floats, high: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the best and the worst rank that each area can have; 1 is the highest share.

    An area's best rank is 1 + the number of areas that lie above it, its worst the number of all
    less those below it, where only differences count that a test supports, with Holm's adjustment
    for the area's comparisons with all others: each range holds with 95 pct. certainty, as for a
    reader who asks of one area (the marginal form of Mogstad, Romano, Shaikh and Wilhelm,
    Inference for Ranks, Review of Economic Studies 2024). Of people `numerator`, with
    denominators from `low` to `high`.
    """
    chances = pair_chances(numerator, low, high)
    areas = numerator.size
    # Of the two directions of a pair at most one is below 1.
    either = np.minimum(chances, chances.T)
    np.fill_diagonal(either, np.inf)
    clear = np.array([_holm_of_others(row) for row in either]).reshape(areas, areas) <= RISK
    best = 1 + (clear & (chances > chances.T)).sum(axis=1)
    worst = areas - (clear & (chances < chances.T)).sum(axis=1)
    return best.astype(np.int64), worst.astype(np.int64)


def _holm_of_others(row: Floats) -> Floats:
    """Return one area's chances adjusted for their number; its own place is infinite and stays."""
    adjusted = np.full_like(row, np.inf)
    others = np.isfinite(row)
    adjusted[others] = holm(row[others])
    return adjusted
