"""What a published count and its rounded share say about the number behind them.

A share of s pct. with d decimals was rounded from 100·count/denominator, so the true value lies
within half a unit of the last decimal. Whether a half is rounded up or to even is not known:
both ends are admitted. All arithmetic is exact.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor


def denominator_interval(count: int, share_pct: str | Decimal | int) -> tuple[int, int] | None:
    """Return the smallest and the largest whole denominator that fit a count and a share.

    `share_pct` is as printed, in percent ('21', '21,4' or Decimal('21.40')): its written decimals
    decide how far it was rounded. None means that there is no largest one, because the share may
    have been rounded down to 0. ValueError when no whole denominator fits at all.
    """
    bounds = denominator_bounds(count, share_pct)
    if bounds is None:
        raise ValueError(f"no whole denominator gives {count} a share of {share_pct} pct.")
    low, high = bounds
    return None if high is None else (low, high)


def denominator_bounds(count: int, share_pct: str | Decimal | int) -> tuple[int, int | None] | None:
    """As `denominator_interval`, but (low, None) when unbounded and None when nothing fits."""
    if count < 0:
        raise ValueError(f"a count cannot be negative: {count}")
    lowest, highest = share_bounds(share_pct)
    low = max(count, 1, ceil(100 * count / highest))
    if lowest <= 0:
        return low, None
    high = floor(100 * count / lowest)
    return (low, high) if low <= high else None


def share_bounds(share_pct: str | Decimal | int) -> tuple[Fraction, Fraction]:
    """Return the smallest and the largest percentage that round to `share_pct`."""
    share = as_decimal(share_pct)
    if share < 0:
        raise ValueError(f"a share cannot be negative: {share_pct}")
    half_unit = Fraction(1, 2 * 10 ** decimals_of(share))
    return Fraction(share) - half_unit, Fraction(share) + half_unit


def as_decimal(share_pct: str | Decimal | int) -> Decimal:
    """Read a share as written, with a decimal comma or point, keeping trailing zeros."""
    return Decimal(share_pct.replace(",", ".") if isinstance(share_pct, str) else share_pct)


def decimals_of(share: Decimal) -> int:
    """Return the number of decimals a share is written with."""
    exponent = share.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"not a number: {share}")
    return max(0, -exponent)
