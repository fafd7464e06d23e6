"""Vintages of one series of numbers: what each adds to those before it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

MONTH = ("indicator_id", "period", "breakdown")
"""What is repeated as a whole, or not at all."""
TOLD = (
    "area_id",
    "status",
    "numerator",
    "denominator_low",
    "denominator_high",
    "share_pct",
    "share_decimals",
)
"""What of a cell is compared: where it stands in the source and how it is worded may change."""


def folded(vintages: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return the cells of all vintages, oldest first, without the months that tell nothing new.

    Each has CELL_SCHEMA. A month (of an indicator and breakdown) whose cells are all those of the
    newest vintage before it that has the month is left out, so that it keeps the source and the
    `recorded_at` of the earlier one; with any difference all of it is kept. A month that a newer
    vintage does not have stays as it was.
    """
    first, *newer = vintages
    standing, kept = first, [first]
    for vintage in newer:
        months = vintage.select(MONTH).unique()
        before = standing.join(months, on=MONTH, how="semi")
        differing = pl.concat([_beyond(vintage, before), _beyond(before, vintage)]).unique()
        more = vintage.join(differing, on=MONTH, how="semi")
        standing = pl.concat([standing.join(differing, on=MONTH, how="anti"), more])
        kept.append(more)
    return pl.concat(kept)


def _beyond(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Return the months in which one has a cell that the other has not, or has otherwise."""
    return one.join(other, on=[*MONTH, *TOLD], how="anti", nulls_equal=True).select(MONTH)
