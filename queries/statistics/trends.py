"""Is there a trend? Only where a test that knows months hang together supports it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from queries.statistics.shares import Floats, has_numbers

FEWEST_MONTHS = 24
RISK = 0.05
METHOD = "Mann-Kendall, ændret efter Hamed og Rao"


@dataclass(frozen=True)
class Trend:
    """What a series of months says of its direction."""

    direction: Literal["stigende", "faldende"] | None
    """None where no test supports a direction."""
    p_value: float
    per_year: float
    """Pct.points a year (Theil and Sen's slope), also where no direction is supported."""
    months: int
    method: str = METHOD


def trend(series: pl.DataFrame) -> Trend | None:
    """Return the trend of one area's months from one source; None where they are too few.

    Columns of `Atlas.series`, one row per period. Months without numbers are left open, not
    filled. Raises ValueError for several areas, breakdowns or sources, or a period twice.
    """
    for column in ("area_id", "breakdown", "source_id"):
        if column in series.columns and series[column].n_unique() > 1:
            raise ValueError(f"a trend is of one {column}")
    if series["period"].n_unique() < series.height:
        raise ValueError("a period occurs twice")
    monthly = pl.col("period").str.contains(r"^\d{4}M\d{2}$")
    shown = series.filter(has_numbers() & monthly).sort("period")
    if shown.height < FEWEST_MONTHS:
        return None
    year, month = shown["period"].str.slice(0, 4), shown["period"].str.slice(5, 2)
    at = (12 * year.cast(pl.Int64) + month.cast(pl.Int64)).to_numpy().astype(np.float64)
    middle = (shown["denominator_low"] + shown["denominator_high"]) / 2
    value = (100 * shown["numerator"] / middle).to_numpy().astype(np.float64)
    return _judged(at, value)


def _judged(at: Floats, value: Floats) -> Trend:
    from scipy.stats import theilslopes

    slope = float(theilslopes(value, at).slope)
    p_value = hamed_rao(at, value, slope)
    direction: Literal["stigende", "faldende"] | None = None
    if p_value < RISK and slope:
        direction = "stigende" if slope > 0 else "faldende"
    return Trend(direction, p_value, 12 * slope, value.size)


def hamed_rao(at: Floats, value: Floats, slope: float) -> float:
    """Return the two-sided p-value of Mann and Kendall's test, modified by Hamed and Rao (1998)."""
    from scipy.special import ndtr
    from scipy.stats import rankdata

    n = value.size
    score = np.sign(value[None, :] - value[:, None])[np.triu_indices(n, 1)].sum()
    _, ties = np.unique(value, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    ranks = rankdata(value - slope * at)
    centred = ranks - ranks.mean()
    scale = (centred**2).sum()
    if variance <= 0 or scale <= 0:
        return 1.0
    lags = np.arange(1, n)
    rho = np.array([(centred[lag:] * centred[:-lag]).sum() / scale for lag in lags])
    rho = np.where(np.abs(rho) > 1.959964 / np.sqrt(n), rho, 0.0)
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    variance *= 1 + 2 / (n * (n - 1) * (n - 2)) * (weights * rho).sum()
    if variance <= 0:
        return 1.0
    z = (abs(score) - 1) / np.sqrt(variance) if score else 0.0
    return float(2 * ndtr(-z))
