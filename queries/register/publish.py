"""From exact counts to disclosed cells: the gate between the restricted and the published zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import polars as pl

from queries.cells import CELL_SCHEMA, cells, exact_share
from queries.disclosure.primary import hide_small, is_small
from queries.errors import UserError
from queries.indicators.definition import Breakdown, Indicator, Register, load_indicators
from queries.register.cell_file import read_cells, synthetic_source, write_cells
from queries.register.levels import UNKNOWN_KOMMUNE as UNKNOWN
from queries.register.levels import all_levels
from queries.register.limited import limited_levels
from queries.register.suppression import WHOLE, Count, Month, hidden_areas, places
from queries.sources.facts import LAND

__all__ = ["disclosed_cells", "read_cells", "synthetic_source", "write_cells"]

NOBODY = "Ingen borgere i nævneren i nogen måned"
NOR_DERIVED = "og heller ikke tal, som de kunne regnes ud fra"


def disclosed_cells(
    counts: pl.DataFrame,
    *,
    source_id: str,
    recorded_at: dt.date,
    published_elsewhere: pl.DataFrame | None = None,
    indicators: Mapping[str, Indicator] | None = None,
) -> pl.DataFrame:
    """Return what may be shown of a register's exact counts, as cells of CELL_SCHEMA.

    `counts` is the result of a run, see `levels.all_levels`. Every area of every level has a cell
    in every month in which the country's own number may be shown; other months are left out. So
    are a month's breakdowns where the country's may not be shown (all of them, where they add up);
    those limited to some levels are left out where they would give a small number away.
    An area that the matter does not concern is 'not_collected'; nobody in the denominator is
    otherwise a small number like any other. `published_elsewhere` holds cells that another source
    has published: in those months no land, region or landsdel is given, since a new total would
    narrow what that source hides, and no number hides behind one that it shows. Raises UserError
    where the counts lack a breakdown that the indicator is defined by.
    """
    known = indicators if indicators is not None else load_indicators()
    parts = [
        _of_indicator(indicator, counts, published_elsewhere)
        for indicator in known.values()
        if indicator.register and indicator.register.measure in counts["measure"]
    ]
    return (
        pl.concat([cells([]), *parts], how="diagonal_relaxed")
        .with_columns(source_id=pl.lit(source_id), recorded_at=pl.lit(recorded_at))
        .select(pl.col(name).cast(kind) for name, kind in CELL_SCHEMA.items())
        .sort("indicator_id", "period", "breakdown", "area_id")
    )


def _of_indicator(
    indicator: Indicator, counts: pl.DataFrame, published: pl.DataFrame | None
) -> pl.DataFrame:
    exact = _exact(indicator, counts)
    if published is None:
        published = cells([])
    published = published.filter(pl.col("indicator_id") == indicator.indicator_id)
    concerned = _concerned(indicator, exact)
    frames = [
        _of_month(indicator, month, concerned, published.filter(pl.col("period") == period))
        for (period,), month in sorted(exact.partition_by("period", as_dict=True).items())
    ]
    return pl.concat([cells([]), *frames], how="diagonal_relaxed")


def _exact(indicator: Indicator, counts: pl.DataFrame) -> pl.DataFrame:
    """Return the indicator's exact numbers: breakdown, period, area_id, level, small and counts."""
    register = indicator.register
    if register is None:
        raise ValueError(f"{indicator.indicator_id} is not counted from a register")
    wanted = {WHOLE: register.breakdown}
    wanted |= {part.breakdown_id: part.counted_as for part in register.breakdowns}
    mine = counts.filter(pl.col("measure") == register.measure)
    if register.optional and register.breakdown not in mine["breakdown"]:
        mine = mine.clear()
    elif missing := sorted(set(wanted.values()) - set(mine["breakdown"])):
        raise UserError(
            f"Optællingen har ikke {', '.join(missing)} for {indicator.title!r} og kan ikke vises "
            "som den indikator. Kør optællingen med de valg, indikatoren er defineret ved."
        )
    levels = all_levels(mine.filter(pl.col("breakdown").is_in(list(wanted.values()))))
    names = pl.DataFrame({"known_as": list(wanted), "breakdown": list(wanted.values())})
    rule = indicator.disclosure
    numbers = (
        _with_unknown(levels)
        .join(names, on="breakdown")
        .with_columns(
            breakdown="known_as",
            status=pl.lit("shown"),
            note=pl.lit(""),
            denominator_low="denominator",
            denominator_high="denominator",
            share_pct=pl.lit(None, pl.Float64),
            share_decimals=pl.lit(None, pl.Int8),
        )
    )
    small = (hide_small(numbers, rule)["status"] == "suppressed").alias("small")
    return numbers.select(
        "breakdown", "period", "area_id", "level", "numerator", "denominator"
    ).with_columns(small, small_denominator=is_small(pl.col("denominator"), rule))


def _with_unknown(levels: pl.DataFrame) -> pl.DataFrame:
    """Add the people without a known kommune, where there are any: in the country, nowhere else."""
    series = ["measure", "breakdown", "period"]
    land = pl.when(pl.col("level") == "land").then(1).when(pl.col("level") == "region").then(-1)
    rest = (
        levels.with_columns(sign=land.otherwise(0))
        .group_by(series)
        .agg((pl.col("numerator", "denominator") * pl.col("sign")).sum())
        .filter(pl.col("denominator") > 0)
        .with_columns(area_id=pl.lit(UNKNOWN), level=pl.lit(UNKNOWN))
    )
    return pl.concat([levels, rest.select(levels.columns)])


def _concerned(indicator: Indicator, exact: pl.DataFrame) -> frozenset[str]:
    everywhere = indicator.register and indicator.register.participation == "every_kommune"
    peopled = exact if everywhere else exact.filter(pl.col("denominator") > 0)
    return frozenset(peopled["area_id"])


def _of_month(
    indicator: Indicator, exact: pl.DataFrame, concerned: frozenset[str], published: pl.DataFrame
) -> pl.DataFrame:
    limited = pl.col("breakdown").is_in(list(indicator.limited))
    whole = _at_all_levels(indicator, exact.filter(~limited), concerned, published)
    if whole.is_empty():
        return whole
    shown = whole.filter(status="shown", breakdown=WHOLE)["area_id"]
    levels = limited_levels(indicator, exact, frozenset(shown))
    parts = exact.filter(limited & pl.col("level").is_in(levels))
    return pl.concat([whole, _as_cells(indicator, parts, {}, concerned).select(whole.columns)])


def _at_all_levels(
    indicator: Indicator, exact: pl.DataFrame, concerned: frozenset[str], published: pl.DataFrame
) -> pl.DataFrame:
    register = indicator.register
    shown_lands = exact.filter((pl.col("area_id") == LAND) & ~pl.col("small"))
    may_show = set(shown_lands["breakdown"])
    if WHOLE not in may_show or register is None:
        return cells([])
    unlimited = [part for part in register.breakdowns if not part.levels]
    itself = next((b.breakdown_id for b in unlimited if _is_itself(b, register)), None)
    if register.breakdowns_add_up and len(may_show) <= len(register.breakdowns):
        may_show = {WHOLE}
    totals = published.is_empty()
    exact = exact.filter(
        pl.col("breakdown").is_in(list(may_show))
        & (pl.lit(totals) | pl.col("level").is_in(["kommune", "jobcenter", UNKNOWN]))
    )
    columns = ("numerator", "denominator", "small", "small_denominator")
    month = Month(
        counts={
            name: {row[0]: Count(*row[1:]) for row in part.select("area_id", *columns).iter_rows()}
            for (name,), part in exact.partition_by("breakdown", as_dict=True).items()
        },
        concerned=concerned,
        elsewhere=frozenset(published.filter(pl.col("status") == "shown")["area_id"]),
        totals=totals,
        adding_up=itself if register.breakdowns_add_up and len(may_show) > 1 else None,
    )
    return _as_cells(indicator, exact, hidden_areas(month), month.concerned)


def _is_itself(breakdown: Breakdown, register: Register) -> bool:
    """Whether a breakdown is what the indicator as a whole is, under another name."""
    return breakdown.counted_as == register.breakdown


def _as_cells(
    indicator: Indicator,
    exact: pl.DataFrame,
    to_hide: Mapping[str, set[str]],
    concerned: frozenset[str],
) -> pl.DataFrame:
    """Remove the numbers of what is hidden; shares are computed from what is shown."""
    hidden = pl.DataFrame(
        [(name, area, True) for name, areas in to_hide.items() for area in areas],
        schema={"breakdown": pl.String, "area_id": pl.String, "hidden": pl.Boolean},
        orient="row",
    )
    known_empty = ~pl.col("area_id").is_in(list(concerned))
    status = (
        pl.when(known_empty)
        .then(pl.lit("not_collected"))
        .when(pl.col("hidden").fill_null(value=False))
        .then(pl.lit("suppressed"))
        .otherwise(pl.lit("shown"))
    )
    # One note for all that is hidden: which of them are small is nobody's business.
    note = (
        pl.when(pl.col("status") == "suppressed")
        .then(pl.lit(f"{indicator.disclosure.rule}, {NOR_DERIVED}"))
        .when(pl.col("status") == "not_collected")
        .then(pl.lit(NOBODY))
        .otherwise(pl.lit(""))
    )
    shown = pl.col("status") == "shown"
    counted = shown & (pl.col("denominator") > 0)
    return (
        exact.filter(pl.col("area_id") != UNKNOWN)
        .join(hidden, on=["breakdown", "area_id"], how="left")
        .with_columns(status=status)
        .with_columns(
            indicator_id=pl.lit(indicator.indicator_id),
            numerator=pl.when(shown).then("numerator"),
            denominator_low=pl.when(counted).then("denominator"),
            denominator_high=pl.when(counted).then("denominator"),
            share_decimals=pl.when(counted).then(pl.lit(indicator.format.share_decimals)),
            origin=pl.when(pl.col("area_id").is_in(list(places().same)))
            .then(pl.lit("same_area"))
            .otherwise(pl.lit("source")),
            note=note,
        )
        .with_columns(share_pct=exact_share())
        .drop("denominator", "small", "small_denominator", "level", "hidden")
    )
