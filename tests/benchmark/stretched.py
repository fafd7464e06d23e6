"""The atlas with all series loaded: every indicator shipped has a cell in each of 240 months.

The shipped months are repeated in time, numerators and denominators multiplied by whole numbers of
each repetition's own: sums still add up, what is hidden stays hidden, and no text repeats another,
which compression would find. The added cells stay of the synthetic source, whose title says so.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from queries import LAND
from queries.cells import exact_share
from queries.warehouse.build import build
from queries.warehouse.content import Content, shipped_content

MONTHS = [f"{2000 + n // 12}M{n % 12 + 1:02}" for n in range(240)]
KEPT_APART = ["indicator_id", "breakdown", "source_id"]


def build_stretched(folder: Path) -> int:
    """Build the long warehouse in `folder` and return its number of cells."""
    content = stretched_content()
    build(content, folder / "atlas.duckdb")
    return content.tables["observation"].height


def stretched_content() -> Content:
    """Return what the repository ships, its synthetic series repeated to 240 months."""
    shipped = shipped_content()
    sources = shipped.tables["source"]
    made_up = sources.filter(kind="synthetic")["source_id"].implode()
    cells = shipped.tables["observation"]
    series = cells.filter(pl.col("source_id").is_in(made_up)).partition_by(KEPT_APART)
    longer = pl.concat([cells, *(_more(one) for one in series)])
    told = pl.format("{}; måneder gentaget i tid til måling", pl.col("title"))
    title = pl.when(kind="synthetic").then(told).otherwise("title").alias("title")
    order = ["indicator_id", "period", "breakdown", "area_id", "source_id"]
    tables = shipped.tables | {
        "source": sources.with_columns(title),
        "observation": longer.sort(order),
    }
    return Content(tables, shipped.inputs_hash)


def _more(one: pl.DataFrame) -> pl.DataFrame:
    """Return the months that a series lacks, each after a month in which the country has a cell.

    Months in which another source speaks for the country have no cell of it here.
    """
    known = set(one["period"])
    whole = sorted(one.filter(area_id=LAND)["period"])
    lacking = [(n, month) for n, month in enumerate(MONTHS) if month not in known]
    pairs = pl.DataFrame(
        {
            "period": [whole[n % len(whole)] for n, _ in lacking],
            "month": [month for _, month in lacking],
            "times": [n // len(whole) + 2 for n, _ in lacking],
        }
    )
    bases = ("denominator_low", "denominator_high")
    return (
        one.join(pairs, on="period")
        .with_columns(
            *((pl.col(name) * (pl.col("times") + 1)).cast(one.schema[name]) for name in bases),
            numerator=(pl.col("numerator") * pl.col("times")).cast(one.schema["numerator"]),
            period="month",
        )
        .with_columns(share_pct=exact_share())
        .select(one.columns)
    )
