"""Jobcenter cells from kommune cells: added up where that reveals nothing, else hidden."""

from __future__ import annotations

import polars as pl

from queries.cells import CELL_SCHEMA

ONLY_SHARES = "Kilden giver andele for jobcentrets kommuner, og andele kan ikke lægges sammen"


def jobcentre_cells(kommune_cells: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return one cell per jobcenter, indicator, period, breakdown and source.

    `kommune_cells` has CELL_SCHEMA and has passed the disclosure gate; `members` has area_id
    (kommune), parent_id (jobcenter) and name (of the kommune). A jobcenter that is one kommune
    repeats its cell. A shared one is the sum when every kommune is shown; otherwise it is hidden:
    a total beside the shown kommune would give the hidden one away. The share of a sum is count
    over the middle of the denominator interval, in whole pct., and only where every denominator
    in the interval rounds to the same. Shares without counts cannot be added: the jobcenter is
    then 'left_out', as it is where each of its kommuner is. It is 'not_collected' where one of them
    is and none is hidden.
    """
    joined = kommune_cells.join(members, on="area_id").sort("area_id")
    key = ["indicator_id", "parent_id", "period", "breakdown", "source_id"]
    hidden = pl.col("status") != "shown"
    grouped = joined.group_by(key, maintain_order=True).agg(
        kommuner=pl.len(),
        hidden=hidden.sum(),
        left_out=(pl.col("status") == "left_out").sum(),
        elsewhere=(pl.col("status") == "not_collected").sum(),
        elsewhere_note=pl.col("note").filter(pl.col("status") == "not_collected").first(),
        counted=pl.col("numerator").is_not_null().all(),
        hidden_names=pl.col("name").filter(hidden).str.join(" og "),
        first=pl.struct(pl.all().exclude(key)).first(),
        sum_numerator=pl.col("numerator").sum(),
        # A null denominator must not pass for zero people.
        known=pl.col("denominator_low").is_not_null().all(),
        sum_low=pl.col("denominator_low").sum(),
        sum_high=pl.col("denominator_high").sum(),
    )
    alone = grouped.filter(pl.col("kommuner") == 1).select(
        *key, pl.col("first").struct.unnest(), origin_=pl.lit("same_area")
    )
    shared = grouped.filter(pl.col("kommuner") > 1).select(
        *key,
        pl.col("first").struct.field("recorded_at"),
        *_summed(),
        origin_=pl.lit("sum_of_kommuner"),
    )
    return (
        pl.concat([alone, shared], how="diagonal_relaxed")
        .with_columns(area_id="parent_id", origin="origin_")
        .select(pl.col(name).cast(kind) for name, kind in CELL_SCHEMA.items())
    )


def _summed() -> list[pl.Expr]:
    open_ = (pl.col("hidden") == 0) & pl.col("counted")
    only_shares = (pl.col("hidden") == 0) & ~pl.col("counted")
    left_out = (pl.col("left_out") > 0) & (pl.col("left_out") == pl.col("kommuner"))
    elsewhere = (pl.col("elsewhere") > 0) & (pl.col("elsewhere") == pl.col("hidden"))
    both = open_ & pl.col("known")
    # The largest denominator gives the smallest share; equal roundings leave no doubt.
    least = (100 * pl.col("sum_numerator") / pl.col("sum_high")).round(0)
    most = (100 * pl.col("sum_numerator") / pl.col("sum_low")).round(0)
    certain = both & (least == most)
    note = pl.format(
        "{} er ikke vist i kilden, og en sum for jobcentret ville afsløre tallet",
        pl.col("hidden_names"),
    )
    return [
        pl.when(open_)
        .then(pl.lit("shown"))
        .when(only_shares | left_out)
        .then(pl.lit("left_out"))
        .when(elsewhere)
        .then(pl.lit("not_collected"))
        .otherwise(pl.lit("suppressed"))
        .alias("status"),
        pl.when(open_).then("sum_numerator").alias("numerator"),
        pl.when(both).then("sum_low").alias("denominator_low"),
        pl.when(both).then("sum_high").alias("denominator_high"),
        pl.when(certain).then(least).alias("share_pct"),
        pl.when(certain).then(pl.lit(0)).alias("share_decimals"),
        pl.when(open_)
        .then(pl.lit(""))
        .when(only_shares)
        .then(pl.lit(ONLY_SHARES))
        .when(left_out)
        .then(pl.col("first").struct.field("note"))
        .when(elsewhere)
        .then("elsewhere_note")
        .otherwise(note)
        .alias("note"),
    ]
