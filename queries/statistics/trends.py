"""Is there a trend? Only where a test that knows months hang together supports it.

A month's stock is mostly last month's people, so months are anything but independent. Six equal
parts of the series are compared instead: the five changes from part to part must agree in
direction more than chance lets them (Student's t). The means of a random walk's parts, the worst
that months can hang together, still lean on each other; the test allows for that, so it holds its
5 pct. there, and errs towards no marker elsewhere. Mann and Kendall's test as modified by Hamed
and Rao (1998) was tried first: on series without a trend it found one in 30 to 60 pct. of cases
where months hang together as stocks do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from queries.statistics.shares import Floats, has_numbers

PARTS = 6
FEWEST_MONTHS = 24
RISK = 0.05
METHOD = "ændringen mellem seks lige lange dele af perioden (t-test, der tåler samvariation)"
_APART = ("area_id", "breakdown", "kind")


@dataclass(frozen=True)
class Trend:
    """What a series of months says of its direction."""

    direction: Literal["stigende", "faldende"] | None
    """None where the test supports no direction at 5 pct."""
    p_value: float
    """Two-sided."""
    per_year: float
    """Pct.points a year (Theil and Sen's slope), also where no direction is supported."""
    months: int
    """Months with numbers."""
    method: str = METHOD


def trend(series: pl.DataFrame) -> Trend | None:
    """Return the trend of one area's months from one source; None where they are too few.

    Columns of `Atlas.series`, one row per period; vintages of one series, and what corrects them,
    are one source (column `family`, where it is there). Periods other than months are left aside.
    Months without numbers are left open, not filled: they are the ones with few people, so a trend
    across many of them would be one of the rest. It takes 24 months from first to last, and numbers
    in at least half of each sixth. Raises ValueError for several areas, breakdowns or sources, or a
    period twice.
    """
    source = "family" if "family" in series.columns else "source_id"
    for column in (*_APART, source):
        if column in series.columns and series[column].n_unique() > 1:
            raise ValueError(f"a trend is of one {column}")
    if series["period"].n_unique() < series.height:
        raise ValueError("a period occurs twice")
    shown = series.filter(has_numbers() & pl.col("period").str.contains("M")).sort("period")
    if shown.height < FEWEST_MONTHS // 2:
        return None
    year, month = shown["period"].str.slice(0, 4), shown["period"].str.slice(5, 2)
    at = (12 * year.cast(pl.Int64) + month.cast(pl.Int64)).to_numpy().astype(np.float64)
    middle = (shown["denominator_low"] + shown["denominator_high"]) / 2
    value = (100 * shown["numerator"] / middle).to_numpy().astype(np.float64)
    return _tested(at, value)


def _tested(at: Floats, value: Floats) -> Trend | None:
    from scipy.stats import theilslopes

    length = int(at[-1] - at[0] + 1) // PARTS
    means = part_means(at, value, length) if PARTS * length >= FEWEST_MONTHS else None
    if means is None:
        return None
    p_value = drift_chance(means, length)
    slope = float(theilslopes(value, at).slope)
    change = means[-1] - means[0]
    direction: Literal["stigende", "faldende"] | None = None
    if p_value < RISK and slope * change > 0:
        direction = "stigende" if change > 0 else "faldende"
    return Trend(direction, p_value, 12 * slope, value.size)


def part_means(at: Floats, value: Floats, length: int) -> Floats | None:
    """Return the mean of each sixth, `length` months long, up to the last month.

    The few months before the first whole sixth are left out. None where a sixth has numbers in
    less than half of its months.
    """
    part = (at - (at[-1] + 1 - PARTS * length)) // length
    inside = part >= 0
    index = part[inside].astype(np.int64)
    filled = np.bincount(index, minlength=PARTS)
    if 2 * filled.min() < length:
        return None
    return np.asarray(np.bincount(index, value[inside], minlength=PARTS) / filled, np.float64)


def drift_chance(means: Floats, length: int) -> float:
    """Return the two-sided chance of so steady a change between the means of successive parts.

    Student's t of the changes, divided by what it would be too large by if the months were a random
    walk: neighbouring changes of its means correlate by (m² - 1) / (2 (2m² + 1)) with m months in
    each (Working 1960), which makes the mean change vary more, and the spread seem less.
    """
    from scipy.special import stdtr

    changes = np.diff(means)
    count = changes.size
    spread = changes.std(ddof=1)
    if spread == 0:
        return 0.0 if changes[0] else 1.0
    correlation = (length**2 - 1) / (2 * (2 * length**2 + 1))
    mean_varies = 1 + 2 * correlation * (count - 1) / count
    spread_seems = count / (count - 1) * (1 - mean_varies / count)
    t = changes.mean() / (spread * np.sqrt(mean_varies / spread_seems / count))
    return float(2 * stdtr(count - 1, -abs(t)))
