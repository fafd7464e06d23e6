"""From counts per kommune to exact counts of every area at every level. Not yet disclosed."""

from __future__ import annotations

import polars as pl

from queries.sources import facts

UNKNOWN_KOMMUNE = "uoplyst"
SERIES = ["measure", "breakdown", "period"]


def all_levels(counts: pl.DataFrame) -> pl.DataFrame:
    """Return one row per area and series: SERIES, area_id, level, numerator, denominator (people).

    `counts` has SERIES, kommune (four digits, or 'uoplyst'), numerator and denominator, one row per
    kommune with anyone in the denominator. Every area of every level is there for each series that
    has people at all; nobody is 0. Those without a known kommune count in the country only, so the
    regions may add up to less. Raises ValueError for a kommune that does not exist.
    """
    areas = facts.areas().select("area_id", "level")
    known = areas.filter(pl.col("level") == "kommune")["area_id"].to_list()
    if strange := sorted(set(counts["kommune"].unique()) - {*known, UNKNOWN_KOMMUNE}):
        raise ValueError(f"counts name kommuner that do not exist: {strange[:5]}")
    if counts.select(*SERIES, "kommune").is_duplicated().any():
        raise ValueError("counts name a kommune twice in one series")
    summed = (
        counts.join(_places(), on="kommune")
        .group_by(*SERIES, "area_id")
        .agg(pl.col("numerator", "denominator").sum().cast(pl.Int64))
    )
    peopled = counts.filter(pl.col("denominator") > 0).select(SERIES).unique()
    return (
        peopled.join(areas, how="cross")
        .join(summed, on=[*SERIES, "area_id"], how="left")
        .with_columns(pl.col("numerator", "denominator").fill_null(0))
        .sort(*SERIES, "area_id")
    )


def _places() -> pl.DataFrame:
    """Return every area that a kommune's people count in: kommune, area_id."""
    parents = facts.area_parents()
    above = parents.filter(pl.col("area_id").str.starts_with("0")).select(
        kommune="area_id", area_id="parent_id"
    )
    # A jobcenter's landsdel is its kommuner's, which lead there themselves.
    landsdele = above.filter(pl.col("area_id").str.starts_with("DK"))
    regions = landsdele.join(parents, on="area_id").select("kommune", area_id="parent_id")
    own = above.select("kommune", area_id="kommune").unique()
    land = pl.concat([own["kommune"], pl.Series([UNKNOWN_KOMMUNE])]).to_frame("kommune")
    return pl.concat([own, above, regions, land.with_columns(area_id=pl.lit(facts.LAND))])
