"""From the façade's series to lines, table rows and months: one reading for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from pages.figures.area_cells import table_row
from pages.figures.time_lines import Line
from queries import LAND


def monthly(series: pl.DataFrame) -> pl.DataFrame:
    """Return one row per area, month and whether made up, the best source's; adds `made_up`.

    Other periods than months are left out: they would stand among twelve of another kind.
    """
    return (
        series.filter(pl.col("period").str.contains(r"^\d{4}M\d{2}$"))
        .with_columns(made_up=pl.col("kind") == "synthetic")
        .unique(["area_id", "period", "made_up"], keep="first", maintain_order=True)
    )


def lines(months: pl.DataFrame) -> list[Line]:
    """Return one line per area and kind, the country first; hidden months are gaps in it."""
    found = []
    for (area_id, made_up), part in months.partition_by(
        ["area_id", "made_up"], as_dict=True, maintain_order=True
    ).items():
        shown = {
            row["period"]: row["share_pct"]
            for row in part.iter_rows(named=True)
            if row["share_pct"] is not None  # also a published share beside a hidden count
        }
        if not shown:
            continue
        every = months_between(min(shown), max(shown))
        found.append(
            Line(
                name=str(part["name"][0]).removeprefix("Jobcenter "),
                start=every[0],
                values=[shown.get(month) for month in every],
                made_up=bool(made_up),
                first=area_id == LAND,
                decimals=int(part["share_decimals"].drop_nulls()[0]),
            )
        )
    return sorted(found, key=lambda line: (not line.first, not line.made_up))


def table(months: pl.DataFrame, area_ids: Sequence[str]) -> list[tuple[str, bool, list[str]]]:
    """Return month, whether made up, and per area count, share and denominator as a table writes
    them; a dash where an area has no cell."""
    cells: dict[tuple[str, bool], dict[str, dict[str, Any]]] = {}
    for row in months.sort("period", "made_up").iter_rows(named=True):
        cells.setdefault((row["period"], row["made_up"]), {})[row["area_id"]] = row
    return [
        (
            period,
            made_up,
            [
                text
                for area in area_ids
                for text in (table_row(found[area]) if area in found else ("–", "–", "–"))
            ],
        )
        for (period, made_up), found in cells.items()
    ]


def months_between(first: str, last: str) -> list[str]:
    """Return every month from the first to the last: '2016M12', '2017M01', …"""
    start, end = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12}M{n % 12 + 1:02}" for n in range(start, end + 1)]
