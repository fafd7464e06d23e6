"""The primary rule: which counted cells may be shown, cell by cell.

Pure: frames in, frames out. Secondary suppression works on what this leaves.
"""

from __future__ import annotations

import polars as pl

from queries.indicators.definition import DisclosureRule

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
