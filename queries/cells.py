"""The shape of a cell: one number (or the lack of one) for an area and a period."""

from __future__ import annotations

import polars as pl

WHOLE = "alle"
"""The breakdown that is the whole indicator."""
CELL_SCHEMA = pl.Schema(
    {
        "indicator_id": pl.String,
        "area_id": pl.String,
        "period": pl.String,
        "breakdown": pl.String,
        "source_id": pl.String,
        "recorded_at": pl.Date,
        "status": pl.String,
        "numerator": pl.Int64,
        "denominator_low": pl.Int64,
        "denominator_high": pl.Int64,
        "share_pct": pl.Float64,
        "share_decimals": pl.Int8,
        "origin": pl.String,
        "note": pl.String,
        "source_row": pl.Int32,
        "source_line": pl.Int32,
    }
)
"""Columns of table `observation`: numerator and denominator in people, share in pct."""


def cells(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Return rows as a frame of CELL_SCHEMA; a key that a row leaves out becomes null."""
    return pl.DataFrame(rows, schema=CELL_SCHEMA)


def exact_share() -> pl.Expr:
    """Return the share in pct. of an exact count, rounded half up to column `share_decimals`.

    Reads numerator and denominator_low (people); in whole numbers, so that a half is a half.
    """
    scale = pl.lit(10, pl.Int64).pow(pl.col("share_decimals").cast(pl.Int64))
    doubled = 2 * pl.col("denominator_low").cast(pl.Int64)
    whole = (200 * scale * pl.col("numerator") + pl.col("denominator_low")) // doubled
    # Polars divides by one number for all rows by its reciprocal; rounding gives the same double.
    return (whole / scale).round(4)


INSTEAD = ("combined", "coarser", "rounded")
"""Statuses of rows that are no cell of an area: what is told instead of numbers that are hidden.

combined: neighbouring kommuner together, `area_id` is their codes with '+' between. coarser: some
breakdowns together, `breakdown` is the group's id. rounded: the number rounded, without people.
"""


def is_instead() -> pl.Expr:
    """Return whether a row tells something instead of hidden numbers."""
    return pl.col("status").is_in(INSTEAD)
