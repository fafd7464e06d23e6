"""Numbers that real sources do not agree on: they are shown side by side, never resolved here."""

from __future__ import annotations

import polars as pl

from queries.reading.voices import DESCENDING, ORDER, newest

KEY = ["indicator_id", "period", "breakdown", "area_id"]
NUMBERS = ["numerator", "denominator_low", "denominator_high", "share_pct", "share_decimals"]
TOLD = [*NUMBERS, "source_id", "kind", "recorded_at"]
OTHER = "other_"


def conflicts(cells: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of numbers that cannot both be right, one row each: KEY, TOLD, and both again.

    `cells` are those of real sources, as `voices.known` returns them. Of each family only what
    stands now is asked: a number that was corrected, renewed or withdrawn is no conflict. The first
    of a pair is the one that is shown; the other's columns begin with `other_`. Counts that differ
    are a conflict, as are shares and denominators that no rounding explains.
    """
    shown = newest(cells, KEY).filter(pl.col("status") == "shown")
    standing = shown.sort(ORDER, descending=DESCENDING).with_columns(
        place=pl.int_range(pl.len()).over(KEY)
    )
    mine = standing.select(*KEY, *TOLD, "place")
    others = mine.rename({name: OTHER + name for name in (*TOLD, "place")})
    pairs = mine.join(others, on=KEY).filter(pl.col("place") < pl.col("other_place"))
    return pairs.filter(_differ()).sort(*KEY, "place", "other_place").drop("place", "other_place")


def _differ() -> pl.Expr:
    half = 0.5 * (
        pl.lit(10.0).pow(-pl.col("share_decimals").cast(pl.Float64))
        + pl.lit(10.0).pow(-pl.col("other_share_decimals").cast(pl.Float64))
    )
    return pl.any_horizontal(
        (pl.col("numerator") != pl.col("other_numerator")).fill_null(value=False),
        ((pl.col("share_pct") - pl.col("other_share_pct")).abs() > half + 1e-9).fill_null(
            value=False
        ),
        (
            (pl.col("denominator_low") > pl.col("other_denominator_high"))
            | (pl.col("other_denominator_low") > pl.col("denominator_high"))
        ).fill_null(value=False),
    )
