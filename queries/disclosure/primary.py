"""The primary rule: which numbers may be shown, looked at one by one.

A threshold for counts, with or without zero; the rest that a shown whole gives away; a share that
gives a count away; dominance where amounts come in. Pure: frames and numbers in, frames and
answers out. Secondary suppression works on what this leaves.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import polars as pl

from queries.indicators.definition import DisclosureRule
from queries.sources.rounding import denominator_bounds

HIDDEN_NUMBERS = ("numerator", "denominator_low", "denominator_high", "share_pct", "share_decimals")


def hide_small(cells: pl.DataFrame, rule: DisclosureRule) -> pl.DataFrame:
    """Return `cells` with every number of a small cell removed and its status 'suppressed'.

    `cells` holds counted, not yet disclosed cells: numerator (people, exact), denominator_low and
    denominator_high (people), share_pct, share_decimals, status, note. A cell is small when its
    numerator, or the complement that its denominator gives away, is below the threshold; zero
    counts as small unless the rule shows zeros. Cells that are not 'shown' pass unchanged.
    """
    small = is_small(pl.col("numerator"), rule) | is_small(
        # The complement is known as closely as the denominator: hide if any possible one is small.
        (pl.col("denominator_low") - pl.col("numerator")).clip(lower_bound=0),
        rule,
    ).fill_null(value=False)
    hide = (pl.col("status") == "shown") & small
    return cells.with_columns(
        *(pl.when(hide).then(None).otherwise(pl.col(name)).alias(name) for name in HIDDEN_NUMBERS),
        pl.when(hide).then(pl.lit("suppressed")).otherwise(pl.col("status")).alias("status"),
        pl.when(hide).then(pl.lit(rule.rule)).otherwise(pl.col("note")).alias("note"),
    )


def is_small(people: pl.Expr, rule: DisclosureRule) -> pl.Expr:
    """Return whether a number of people is too small to be shown."""
    below = people < rule.threshold
    return below & (people > 0) if rule.zeros_are_shown else below


def already_published(cells: pl.DataFrame) -> pl.DataFrame:
    """Return cells that a source has published, with the source's own hiding respected.

    A published number stays as it was printed, also where our own rule would hide it: hiding it
    here protects nobody. What the source hid carries no count and no denominator, since a
    denominator beside a rounded share would narrow the hidden count further. The printed share
    stays: it is public, and the audit says that it leaks.
    """
    hidden = pl.col("status") != "shown"
    leaks = cells.filter(hidden & pl.col("numerator").is_not_null())
    if not leaks.is_empty():
        areas = leaks["area_id"].to_list()
        raise ValueError(f"cells marked as hidden by their source carry a count: {areas}")
    return cells.with_columns(
        pl.when(hidden).then(None).otherwise(pl.col(name)).alias(name)
        for name in ("denominator_low", "denominator_high")
    )


def small(people: int, *, threshold: int, zeros_are_shown: bool) -> bool:
    """Return whether one number of people is too small to be shown, as `is_small` has it."""
    return people < threshold and not (people == 0 and zeros_are_shown)


def complement_is_small(part: int, whole: int, *, threshold: int, zeros_are_shown: bool) -> bool:
    """Return whether showing a part and its whole shows a small rest: 10 of 12 tells of 2.

    A rest of nobody is as telling as a part of nobody: small unless zeros are shown. ValueError
    where the part is larger than the whole.
    """
    if part > whole:
        raise ValueError("a part cannot be larger than its whole")
    return small(whole - part, threshold=threshold, zeros_are_shown=zeros_are_shown)


def share_narrows(
    share_pct: str | Decimal | int,
    demand: tuple[int, int],
    *,
    whole: tuple[int, int | None] = (1, None),
) -> bool:
    """Return whether a share beside a hidden count rules out a count of the demand.

    `share_pct` is as printed (its decimals count), `demand` the smallest and largest count that
    must stay possible (`Criterion.demand`), `whole` what is known of the denominator in people
    (None: no largest). 17 pct. rules out 0, 0 pct. of an unknown whole rules out nothing.
    """
    low, high = whole
    return not all(
        _some_whole_fits(count, share_pct, max(low, 1), high)
        for count in range(demand[0], demand[1] + 1)
    )


def _some_whole_fits(
    count: int, share_pct: str | Decimal | int, low: int, high: int | None
) -> bool:
    bounds = denominator_bounds(count, share_pct)
    if bounds is None:
        return False
    first, last = max(bounds[0], low), bounds[1]
    return (last is None or first <= last) and (high is None or first <= high)


def dominates(contributions: Iterable[int | Decimal], *, n: int, k_pct: int | Decimal) -> bool:
    """Return whether an amount is unsafe by the (n,k) rule.

    It is where the `n` largest contributors together have more than `k_pct` percent of it: exactly
    k percent is allowed. With n or fewer contributors it always is, unless they give nothing.
    ValueError for a negative contribution, n below 1, or k outside 0 to 100.
    """
    if n < 1 or not 0 <= k_pct <= 100:
        raise ValueError("n must be at least 1 and k a percentage")
    amounts = _largest_first(contributions)
    whole = sum(amounts)
    return len(amounts) > 0 and (
        (len(amounts) <= n and whole > 0) or 100 * sum(amounts[:n]) > Fraction(k_pct) * whole
    )


def known_within(contributions: Iterable[int | Decimal], *, p_pct: int | Decimal) -> bool:
    """Return whether an amount is unsafe by the p percent rule.

    It is where the second largest contributor, who knows its own amount, can estimate the largest
    to less than `p_pct` percent: what all others have is less than that share of the largest.
    Exactly p percent is allowed. ValueError for a negative contribution or a negative p.
    """
    if p_pct < 0:
        raise ValueError("p cannot be negative")
    amounts = _largest_first(contributions)
    if not amounts or not amounts[0]:
        return False
    return 100 * sum(amounts[2:]) < Fraction(p_pct) * amounts[0]


def _largest_first(contributions: Iterable[int | Decimal]) -> list[Fraction]:
    amounts = sorted(map(Fraction, contributions), reverse=True)
    if amounts and amounts[-1] < 0:
        raise ValueError("a contribution cannot be negative")
    return amounts
