"""Shares of people: which cells have numbers, what they are compared with, Wilson's interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Reference: TypeAlias = float | Mapping[str, Any] | None
"""What is compared with: a share in pct., or a cell (`Atlas.national`) with its denominators."""


def has_numbers() -> pl.Expr:
    """Return whether a cell is shown with numerator and denominators (people)."""
    numbers = pl.all_horizontal(
        pl.col("numerator", "denominator_low", "denominator_high").is_not_null()
    )
    return (pl.col("status") == "shown") & numbers


def counts(cells: pl.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Return numerator, lowest and highest denominator (people) of cells that have numbers."""
    columns = ("numerator", "denominator_low", "denominator_high")
    numerator, low, high = (cells[name].cast(pl.Float64).to_numpy() for name in columns)
    return numerator, low, high


def reference_interval(reference: Reference) -> tuple[float, float] | None:
    """Return the lowest and highest share in pct. that the reference can stand for.

    A cell of a rounded share has an interval of denominators, and so one of shares; a number
    stands for itself. None where there is no number, or a hidden one. Raises ValueError for a
    share outside 0 to 100.
    """
    if isinstance(reference, Mapping):
        low_denominator, high_denominator = (
            reference.get("denominator_low"),
            reference.get("denominator_high"),
        )
        numerator = reference.get("numerator")
        if reference.get("status") != "shown":
            return None
        if numerator is None or low_denominator is None or high_denominator is None:
            return reference_interval(reference.get("share_pct"))
        low, high = 100 * numerator / high_denominator, 100 * numerator / low_denominator
    elif reference is None:
        return None
    else:
        low = high = float(reference)
    if not 0 <= low <= high <= 100:
        raise ValueError(f"a share must lie between 0 and 100 pct.: {reference!r}")
    return low, high


def wilson(
    numerator: ArrayLike, denominator: ArrayLike, *, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the lower and upper limit in pct. of Wilson's score interval (1927), elementwise.

    Without correction for continuity, as R's `prop.test(correct = FALSE)` and
    `binom::binom.wilson`. Denominators above 0, numerators from 0 to the denominator.
    """
    from scipy.special import ndtri

    x, n = np.asarray(numerator, np.float64), np.asarray(denominator, np.float64)
    z = float(ndtri((1 + confidence) / 2))
    share = x / n
    centre = share + z**2 / (2 * n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    scale = 100 / (1 + z**2 / n)
    low = np.where(x == 0, 0.0, scale * (centre - half))
    high = np.where(x == n, 100.0, scale * (centre + half))
    return low, high
