"""Over, under or alike: what may be said of an area beside the country."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.statistics.limits import limits, tail_chances
from queries.statistics.ranks import rank_ranges
from queries.statistics.shares import (
    Floats,
    Reference,
    counts,
    has_numbers,
    reference_interval,
    wilson,
)

FALSE_DISCOVERIES = 0.05
_ROW = "__row"
_PCT = [
    "low_pct",
    "high_pct",
    "limit_low_95",
    "limit_high_95",
    "limit_low_998",
    "limit_high_998",
    "funnel_denominator",
    "funnel_share_pct",
    "p_value",
]
_VERDICTS = ["verdict", "verdict_998", "verdict_adjusted"]
_RANKS = ["rank_low", "rank_high"]


def judged(cells: pl.DataFrame, national: Reference) -> pl.DataFrame:
    """Return the cells with what may be said of each; null where a cell has no numbers.

    `national` is the country's cell (`Atlas.national`) or its share in pct. Added columns:
    low_pct, high_pct: Wilson's 95 pct. interval, from the highest and the lowest denominator that
    the cell can have. verdict, verdict_998: 'over', 'under' or 'alike' by the 95 and 99,8 pct.
    funnel limits, 'alike' unless every denominator, and every share that the country's own
    rounding leaves, gives the same. verdict_adjusted: the same at 5 pct. false ones among those
    that stand out (Benjamini and Hochberg 1995) over the areas of the frame; without it, about one
    in twenty areas just like the country would stand out by chance. p_value: two-sided, worst
    case. funnel_denominator, funnel_share_pct: the point of the area's possible ones that is
    nearest to the country's share; draw this, and it is outside the limits exactly when the
    verdict says so. limit_low_95 … limit_high_998: the limits at funnel_denominator, in pct.
    rank_low, rank_high: see `ranks.rank_ranges`, over the areas of the frame, so give it a whole
    level and filter afterwards.

    The country contains the area itself, which draws the country's share towards it: a large area
    stands out a little less than it would from the rest of the country. The rest is not computed,
    as subtracting parts from totals reveals what is hidden. Whatever is compared with is taken as
    known: beside a few small peers, their own chance comes on top, and verdicts say too much; see
    `ranks.apart`.
    """
    rows = cells.with_row_index(_ROW)
    shown = rows.filter(has_numbers())
    x, low, high = counts(shown)
    found: dict[str, Floats | list[str | None]] = {}
    found["low_pct"], found["high_pct"] = wilson(x, high)[0], wilson(x, low)[1]
    best, worst = rank_ranges(x, low, high)
    if (shares := reference_interval(national)) is not None:
        found |= _beside(x, low, high, shares)
    answer = pl.DataFrame({_ROW: shown[_ROW], **found, "rank_low": best, "rank_high": worst})
    missing = dict.fromkeys(_PCT, pl.Float64()) | dict.fromkeys(_VERDICTS, pl.String())
    answer = answer.with_columns(
        pl.lit(None, dtype).alias(name)
        for name, dtype in missing.items()
        if name not in answer.columns
    ).select(_ROW, *_PCT, *_VERDICTS, *_RANKS)
    # Where no cell has numbers, their kind is not known from them.
    answer = answer.with_columns(
        pl.col("funnel_denominator").cast(pl.Int64), pl.col(*_VERDICTS).cast(pl.String)
    )
    return rows.join(answer, on=_ROW, how="left", maintain_order="left").drop(_ROW)


def _beside(
    x: Floats, low: Floats, high: Floats, shares: tuple[float, float]
) -> dict[str, Floats | list[str | None]]:
    above, below = 100 * x / high > shares[1], 100 * x / low < shares[0]
    # Between the two: the denominator that brings the area to the middle of the country's shares.
    middle = max(sum(shares) / 2, 1e-9)
    near = np.select([above, below], [high, low], np.clip(np.rint(100 * x / middle), low, high))
    drawn = 100 * x / near
    drawn_limits = limits(near, *shares)
    chance = chances(x, low, high, shares)
    adjusted = adjusted_chances(chance)
    found: dict[str, Floats | list[str | None]] = {f"limit_{k}": v for k, v in drawn_limits.items()}
    for name, suffix in (("verdict", "95"), ("verdict_998", "998")):
        found[name] = _words(
            above & (drawn > drawn_limits[f"high_{suffix}"]),
            below & (drawn < drawn_limits[f"low_{suffix}"]),
        )
    clear = adjusted <= FALSE_DISCOVERIES
    found["verdict_adjusted"] = _words(above & clear, below & clear)
    return found | {"funnel_denominator": near, "funnel_share_pct": drawn, "p_value": chance}


def chances(x: Floats, low: Floats, high: Floats, shares: tuple[float, float]) -> Floats:
    """Return the two-sided chance of so extreme a count, each direction where it is likeliest.

    Twice the smaller tail of the exact binomial, at most 1: the upper tail for the highest
    denominator and share of the country, the lower one for the lowest; `shares` in pct.
    """
    _, at_least = tail_chances(x, high, shares[1] / 100)
    at_most, _ = tail_chances(x, low, shares[0] / 100)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(at_least, at_most)), np.float64)


def adjusted_chances(chance: Floats) -> Floats:
    """Return the chances adjusted for their number by Benjamini and Hochberg."""
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(chance), np.float64) if chance.size else chance


def _words(over: NDArray[np.bool_], under: NDArray[np.bool_]) -> list[str | None]:
    words: list[str | None] = np.select([over, under], ["over", "under"], "alike").tolist()
    return words


@dataclass(frozen=True)
class Dispersion:
    """How much more the areas differ than chance explains."""

    phi: float
    """Mean squared z-score, 10 pct. winsorised: about 1 where chance explains the spread."""
    areas: int
    p_value: float

    @property
    def more_than_chance(self) -> bool:
        """Whether the spread is larger than chance explains, at 5 pct."""
        return self.p_value < 0.05


def dispersion(cells: pl.DataFrame, national: Reference) -> Dispersion | None:
    """Return Spiegelhalter's phi (2005, appendix A.2.1); None under 10 areas with numbers.

    z = (y - p) / sqrt(p (1 - p) / n) with the share y and denominator n nearest to the country's
    share p; the 10 pct. largest and smallest are pulled in to the 90th and 10th percentile. Its
    p-value takes phi times the number of areas as chi-squared; pulling in only makes it larger.
    """
    shares = reference_interval(national)
    x, low, high = counts(cells.filter(has_numbers()))
    if shares is None or x.size < 10 or not 0 < shares[0] <= shares[1] < 100:
        return None
    from scipy.stats import chi2

    z = _z_scores(x, low, high, shares)
    phi = float(np.mean(np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2))
    return Dispersion(phi, x.size, float(chi2.sf(phi * x.size, x.size)))


def _z_scores(x: Floats, low: Floats, high: Floats, shares: tuple[float, float]) -> Floats:
    def z(n: Floats, pct: float) -> Floats:
        p = pct / 100
        return np.asarray((x / n - p) / np.sqrt(p * (1 - p) / n), np.float64)

    return np.maximum(z(high, shares[1]), 0) + np.minimum(z(low, shares[0]), 0)
