"""From what each measure says to cells with one status."""

from __future__ import annotations

import polars as pl

from queries.indicators.definition import Indicator
from queries.sources.spreadsheet.about import About
from queries.sources.spreadsheet.findings import Findings
from queries.sources.spreadsheet.mapping import WHOLE, SheetMapping

EMPTY_NOTE = "Tom celle i kilden"
NOBODY_NOTE = "Ingen borgere i nævneren (0 af 0)"
_NOTES = {
    "suppressed": "Skjult i kilden",
    "left_out": "Oplyses ikke i kilden",
    "not_collected": "Ikke opgjort for området",
}


def as_cells(
    table: pl.DataFrame,
    mapping: SheetMapping,
    about: About,
    indicator: Indicator,
    findings: Findings,
) -> pl.DataFrame:
    """Return the cells of kommuner and jobcentre, and of the country where it is published.

    The columns are those of `IncomingCells` and `at`, the column of the sheet that decides. Where a
    denominator is not given it is the interval that count and rounded share leave.
    """
    kept = pl.col("kind") == "own"
    if about.is_published:
        kept |= pl.col("kind") == "land"
    rows = table.filter(kept).with_columns(n=_zeroed("n", "count"), d=_zeroed("d", "count"))
    rows = rows.with_columns(status=_status())
    shown = pl.col("status") == "shown"
    beside = pl.col("status").is_in(["shown", "suppressed"])
    share = pl.when(beside).then(_zeroed("s", "value"))
    cells = rows.select(
        pl.lit(mapping.indicator_id).alias("indicator_id"),
        "area_id",
        "period",
        "breakdown",
        "status",
        pl.when(shown).then("n").alias("numerator"),
        pl.when(shown & pl.col("n").is_not_null() & (pl.col("d") > 0)).then("d").alias("d"),
        share.alias("share_pct"),
        pl.when(share.is_not_null())
        .then(pl.col("s_decimals").fill_null(0))
        .alias("share_decimals"),
        _note().alias("note"),
        pl.col("row").alias("source_row"),
        pl.coalesce("n_at", "s_at").alias("at"),
    )
    cells = with_intervals(cells)
    return _with_itself(cells, indicator, findings)


def with_parts(table: pl.DataFrame) -> pl.DataFrame:
    """Give totals of a part of the rows the kind 'part'.

    They are called 'I alt', and another 'I alt' follows or 'Hele landet' stands elsewhere.
    """
    land = table.filter(pl.col("kind") == "land").select("row", "said", "period", "breakdown")
    same = ["period", "breakdown"]
    in_words = pl.col("said") == "total"
    last = pl.col("row").filter(in_words).max().over(same)
    explicit = (~in_words).any().over(same)
    parts = land.filter(in_words & (explicit | (pl.col("row") < last)))["row"].unique()
    if not len(parts):
        return table
    part = (pl.col("kind") == "land") & pl.col("row").is_in(parts.to_list())
    return table.with_columns(kind=pl.when(part).then(pl.lit("part")).otherwise("kind"))


def _zeroed(key: str, what: str) -> pl.Expr:
    zero = pl.lit(0, pl.Int64) if what == "count" else pl.lit(0.0)
    return (
        pl.when(pl.col(f"{key}_status") == "number")
        .then(pl.col(f"{key}_{what}"))
        .when(pl.col(f"{key}_status") == "zero")
        .then(zero)
    )


def _status() -> pl.Expr:
    count, share = pl.col("n_status"), pl.col("s_status")
    first = pl.when(count == "absent").then(share).otherwise(count)
    number = pl.col("n").is_not_null() | (
        share.is_in(["number", "zero"]) & count.is_in(["absent", "empty", "left_out"])
    )
    return (
        pl.when(number)
        .then(pl.lit("shown"))
        .when(first.is_in(["suppressed", "left_out", "not_collected"]))
        .then(first)
        .otherwise(pl.lit("left_out"))
    )


def _note() -> pl.Expr:
    first = pl.when(pl.col("n_status") == "absent").then(pl.lit("s")).otherwise(pl.lit("n"))
    text = pl.when(first == "s").then("s_text").otherwise("n_text")
    status = pl.when(first == "s").then("s_status").otherwise("n_status")
    quoted = pl.when(text.fill_null("") != "").then(pl.format(": »{}«", text)).otherwise(pl.lit(""))
    nobody = (pl.col("n") == 0) & (pl.col("d") == 0)
    return (
        pl.when((pl.col("status") == "shown") & nobody)
        .then(pl.lit(NOBODY_NOTE))
        .when(pl.col("status") == "shown")
        .then(pl.lit(""))
        .when(status == "empty")
        .then(pl.lit(EMPTY_NOTE))
        .otherwise(
            pl.concat_str(
                pl.col("status").replace_strict(_NOTES, default="", return_dtype=pl.String), quoted
            )
        )
    )


def with_intervals(cells: pl.DataFrame) -> pl.DataFrame:
    """Add the denominator as both ends: the point `d`, else what count and rounded share leave.

    As `queries.sources.rounding.denominator_interval`, for all rows at once.
    """
    unit, digits = _unit(), _digits()
    count = pl.col("numerator")
    follows = (
        pl.col("d").is_null()
        & count.is_not_null()
        & (count > 0)
        & (digits > 0)
        & (pl.col("note") != NOBODY_NOTE)
    )
    low = _ceil(2 * unit * count, 2 * digits + 1)
    low = pl.max_horizontal(low, count, pl.lit(1))
    high = (2 * unit * count) // (2 * digits - 1)
    return cells.with_columns(
        exact=pl.col("d").is_not_null(),
        denominator_low=pl.when(follows & (low <= high)).then(low).otherwise("d"),
        denominator_high=pl.when(follows & (low <= high)).then(high).otherwise("d"),
    ).drop("d")


def _unit() -> pl.Expr:
    return 100 * pl.lit(10).pow(pl.col("share_decimals").cast(pl.Int64)).cast(pl.Int64)


def _digits() -> pl.Expr:
    return (pl.col("share_pct") * _unit() / 100).round().cast(pl.Int64)


def _ceil(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    return (a + b - 1) // b


def _with_itself(cells: pl.DataFrame, indicator: Indicator, findings: Findings) -> pl.DataFrame:
    """Give the class that is the whole indicator under another name as the whole too."""
    itself = indicator.register.itself if indicator.register else None
    if itself is None:
        return cells
    own = cells.filter(pl.col("breakdown") == itself.breakdown_id)
    there = cells.filter(pl.col("breakdown") == WHOLE).select("area_id", "period")
    more = own.join(there, on=["area_id", "period"], how="anti").with_columns(
        breakdown=pl.lit(WHOLE)
    )
    if not more.height:
        return cells
    findings.add(
        "note",
        "class_is_whole",
        f"Klassen »{itself.title}« er indikatoren selv og er også læst som »{WHOLE}«.",
    )
    return pl.concat([cells, more])
