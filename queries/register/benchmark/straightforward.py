"""The straightforward version in SQL: what the fast one is compared with, in time and in result."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from queries.register.mapping import ACTIVE_OFFERS
from queries.register.plan import UNKNOWN_KOMMUNE, Plan
from queries.register.reading.files import Folder
from queries.register.reading.formats import BENEFITS, MENTORS, OFFERS
from queries.register.result import COUNT_SCHEMA, PASSIVE

SQL = Path(__file__).with_suffix(".sql")
MEMORY = "6GB"
"""What the database may hold before it writes to disk: it is not what is measured here."""
_NOWHERE = 9999  # as in the SQL


def passive_counts(folder: Folder, plan: Plan, work: Path, *, threads: int) -> pl.DataFrame:
    """Return numerator and denominator of all passive shares, as `counts_frame` does.

    For the default choices and Parquet files only. `work` is for what does not fit in memory.
    """
    with duckdb.connect() as database:
        database.execute("SET threads = ?", [threads])
        database.execute("SET memory_limit = ?", [MEMORY])
        database.execute("SET temp_directory = ?", [str(work)])
        for stem in (BENEFITS.stem, OFFERS.stem, MENTORS.stem):
            files = [str(path) for path in folder[stem].files]
            database.execute(f"SET VARIABLE {stem} = ?", [files])
        database.execute("SET VARIABLE as_of = ?", [plan.as_of])
        for name, table in _tables(plan).items():
            database.register("given", table)
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608  # our own names
            database.unregister("given")
        database.execute(SQL.read_text("utf-8"))
        counted = database.sql("SELECT * FROM counted").pl()
    return _named(counted, plan)


def _tables(plan: Plan) -> dict[str, pl.DataFrame]:
    codes = plan.code_list
    listed = [
        (code, benefit, place)
        for benefit, ids in enumerate(codes.benefits.values())
        for place, code in enumerate(ids)
    ]
    small = {"benefit": pl.Int16, "place": pl.Int16}
    active = [code for name in ACTIVE_OFFERS for code in codes.offers.get(name, ())]
    months = {
        "number": range(len(plan.months)),
        "first_day": [month.first_day for month in plan.months],
        "last_day": [month.last_day for month in plan.months],
    }
    return {
        "code_list": pl.DataFrame(listed, {"code": pl.String, **small}, orient="row"),
        "active_offer": pl.DataFrame({"offer_type": active}, {"offer_type": pl.String}),
        "kommune": pl.DataFrame({"code": [int(code) for code in plan.kommuner]}),
        "month": pl.DataFrame(months, schema_overrides={"number": pl.Int16}),
    }


def _named(counted: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    places = {int(code): code for code in plan.kommuner} | {_NOWHERE: UNKNOWN_KOMMUNE}
    names = dict(enumerate(plan.code_list.benefits))
    periods = {number: str(month) for number, month in enumerate(plan.months)}
    return (
        counted.select(
            measure=pl.lit(PASSIVE),
            breakdown=pl.col("benefit").replace_strict(names, return_dtype=pl.String),
            period=pl.col("month").replace_strict(periods, return_dtype=pl.String),
            kommune=pl.col("kommune").replace_strict(places, return_dtype=pl.String),
            numerator="numerator",
            denominator="denominator",
        )
        .cast(dict(COUNT_SCHEMA))  # type: ignore[arg-type]
        .sort("measure", "breakdown", "period", "kommune")
    )
