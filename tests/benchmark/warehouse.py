"""The query behind a page, in a warehouse of 98 kommuner, 240 months and 30 indicators.

The numbers are made up, from a source of kind `synthetic`, and written by the production build.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from queries import LAND, Atlas
from queries.warehouse.build import build
from queries.warehouse.content import Content, shipped_content
from tests.benchmark.report import Row, median, number, p95
from tests.benchmark.views import INDICATOR

MONTHS, INDICATORS, SOURCE = 240, 30, "syntetisk-maaling"
QUERY_MS, ALL_MONTHS_MS, ASKED = 5, 40, 100


def measure(folder: Path) -> list[Row]:
    """Build the large warehouse and ask what the map page asks, remembered and not."""
    path = folder / "stort.duckdb"
    began = time.perf_counter()
    content = large_content()
    build(content, path)
    seconds = time.perf_counter() - began
    atlas = Atlas(path)
    months = atlas.periods(INDICATOR)

    def forget() -> None:
        made = atlas._speaking
        caches = (atlas._places, made.periods, made.names, made.month, made.level)
        for cache in (atlas._warehouse._answers, *caches):
            cache.cache_clear()

    def ask(turn: int) -> None:
        atlas.cells(INDICATOR, months[turn % len(months)], "kommune")

    def ask_land(turn: int) -> None:
        atlas.national(INDICATOR, months[turn % len(months)])

    def ask_again(turn: int) -> None:
        ask(turn % 2)

    cells = number(content.tables["observation"].height)
    rows = [
        Row("  bygning af det store lager", seconds, "s", note=f"{cells} celler, syntetiske"),
        _row("cells(), alt glemt (fem forespørgsler)", ask, forget),
        _row("national(), alt glemt", ask_land, forget),
    ]
    forget()  # areas and periods are asked for once, and then every month is new
    rows.append(_row("cells(), en måned for første gang", ask, None))
    rows.append(_row("cells(), husket", ask_again, None))

    def ask_all(_turn: int) -> None:
        atlas.months(INDICATOR, "kommune")

    all_months = "months(), alle måneder for første gang"
    return [*rows, _row(all_months, ask_all, atlas._speaking.level.cache_clear, ALL_MONTHS_MS)]


def _row(
    what: str,
    ask: Callable[[int], None],
    before: Callable[[], None] | None,
    budget: float = QUERY_MS,
) -> Row:
    times = []
    for turn in range(ASKED + 2):
        if before is not None:
            before()
        began = time.perf_counter()
        ask(turn)
        times.append((time.perf_counter() - began) * 1000)
    times = times[2:]  # the first ones open the file
    note = f"median af {ASKED}; p95 {number(p95(times))} ms"
    return Row(what, median(times), "ms", budget, note=note)


def large_content() -> Content:
    """Return what the repository ships, with its numbers replaced by many synthetic ones."""
    shipped = shipped_content()
    tables = dict(shipped.tables)
    # Rows of the real tables, changed: whatever columns they have or get stay filled.
    known = tables["indicator"].filter(indicator_id=INDICATOR)
    more = [
        known.with_columns(indicator_id=pl.lit(f"syntetisk_{n:02}"), title=pl.lit(f"Syntetisk {n}"))
        for n in range(1, INDICATORS)
    ]
    tables["indicator"] = pl.concat([known, *more])
    source = (
        tables["source"]
        .head(1)
        .with_columns(
            source_id=pl.lit(SOURCE),
            kind=pl.lit("synthetic"),
            publisher=pl.lit("Indsatsatlas"),
            title=pl.lit("Syntetiske tal til måling"),
            corrects=pl.lit(None, pl.String),
        )
    )
    tables["source"] = pl.concat([tables["source"], source])
    indicators = tables["indicator"]["indicator_id"].to_list()
    tables["observation"] = _observations(tables["area"], indicators, tables["observation"])
    return Content(tables, shipped.inputs_hash)


def _observations(areas: pl.DataFrame, indicators: list[str], like: pl.DataFrame) -> pl.DataFrame:
    months = [f"{2000 + n // 12}M{n % 12 + 1:02}" for n in range(MONTHS)]
    series = pl.DataFrame({"indicator_id": indicators}).join(
        pl.DataFrame({"period": months}), how="cross"
    )
    kommuner = series.join(areas.filter(level="kommune").select("area_id"), how="cross")
    chance = pl.int_range(pl.len(), dtype=pl.UInt64).hash(seed=554)
    base = (chance % 5000 + 50).cast(pl.Int64)
    kommuner = kommuner.with_columns(
        denominator_low=base, numerator=(chance // 5000).cast(pl.Int64, strict=False) % base
    )
    keys = ["indicator_id", "period"]
    land = kommuner.group_by(keys).agg(pl.col("denominator_low", "numerator").sum())
    shown = pl.concat(
        [kommuner, land.with_columns(area_id=pl.lit(LAND))], how="diagonal"
    ).with_columns(
        share_pct=(100 * pl.col("numerator") / pl.col("denominator_low")).round(0),
        share_decimals=pl.lit(0, pl.Int8),
        denominator_high="denominator_low",
        status=pl.lit("shown"),
        note=pl.lit(""),
    )
    # The build wants a cell for every jobcenter too.
    jobcentres = series.join(areas.filter(level="jobcenter").select("area_id"), how="cross")
    absent = jobcentres.with_columns(status=pl.lit("not_collected"), note=pl.lit("Ikke opgjort"))
    return (
        pl.concat([shown, absent], how="diagonal")
        .with_columns(
            breakdown=pl.lit("alle"),
            source_id=pl.lit(SOURCE),
            recorded_at=pl.date(2026, 1, 1),
            origin=pl.lit("source"),
        )
        .pipe(lambda frame: pl.concat([like.clear(), frame], how="diagonal"))
        .sort("indicator_id", "period", "breakdown", "area_id")
    )
