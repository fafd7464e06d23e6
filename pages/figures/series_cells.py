"""From the façade's series to lines, table rows and months: one reading for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pages.figures.area_cells import table_row
from pages.figures.time_lines import Line
from queries import LAND, Source, statistics

WORDS = {
    "published": "offentliggjort",
    "api": "hentet",
    "file": "fra fil",
    "synthetic": "syntetisk",
}
COUNTED = "talt op"
ARROWS = {"stigende": " ↗", "faldende": " ↘"}
Key = tuple[str, str]
"""An area's id, and the word for what its numbers are."""


def monthly(series: pl.DataFrame) -> pl.DataFrame:
    """Return one row per area, month and word, the best source's; adds `made_up` and `word`.

    `word` says what a number is: offentliggjort, hentet (from an open source), fra fil, talt op (of
    a register) or syntetisk. Other periods than months are left out: they would stand among twelve
    of another kind.
    """
    return (
        series.filter(pl.col("period").str.contains(r"^\d{4}M\d{2}$"))
        .with_columns(
            made_up=pl.col("kind") == "synthetic",
            word=pl.col("kind").replace_strict(WORDS, default=COUNTED, return_dtype=pl.String),
        )
        .unique(["area_id", "period", "word"], keep="first", maintain_order=True)
    )


def used_sources(months: pl.DataFrame, sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """Return the sources whose numbers `months` has, the one of the newest month first."""
    newest = months.sort("period", descending=True, maintain_order=True)
    return tuple(sources[key] for key in newest["source_id"].unique(maintain_order=True))


def lines(
    months: pl.DataFrame, *, between: str | None = None, trends: Mapping[Key, str] | None = None
) -> list[Line]:
    """Return one line per area and word, the country first; hidden months are gaps in it.

    `between` is the region beside a chosen area; `trends` the marks of `trend_marks`.
    """
    found = []
    for (area_id, word), part in months.partition_by(
        ["area_id", "word"], as_dict=True, maintain_order=True
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
                made_up=word == WORDS["synthetic"],
                word=str(word),
                first=area_id == LAND,
                between=area_id == between,
                trend=(trends or {}).get((str(area_id), str(word)), ""),
                decimals=int(part["share_decimals"].drop_nulls()[0]),
            )
        )
    return sorted(found, key=lambda line: (not line.first, not line.made_up))


def trends(months: pl.DataFrame) -> dict[Key, statistics.Trend | None]:
    """Return the trend of each area and word, None where its months are too few to test.

    Numbers from several sources are no series, and are not tested; vintages of one are.
    """
    parts = months.partition_by(["area_id", "word"], as_dict=True, maintain_order=True)
    return {
        (str(area_id), str(word)): statistics.trend(part)
        for (area_id, word), part in parts.items()
        if part["family"].n_unique() == 1
    }


def trend_marks(found: Mapping[Key, statistics.Trend | None]) -> dict[Key, str]:
    """Return an arrow for each line that has a direction."""
    return {key: ARROWS[one.direction] for key, one in found.items() if one and one.direction}


def table(months: pl.DataFrame, area_ids: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """Return month, what its numbers are, and per area count, share and denominator in words.

    A dash stands where an area has no cell.
    """
    cells: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for row in months.sort("period", "made_up", maintain_order=True).iter_rows(named=True):
        cells.setdefault((row["period"], row["word"]), {})[row["area_id"]] = row
    return [
        (
            period,
            word,
            [
                text
                for area in area_ids
                for text in (table_row(found[area]) if area in found else ("–", "–", "–"))
            ],
        )
        for (period, word), found in cells.items()
    ]


def months_between(first: str, last: str) -> list[str]:
    """Return every month from the first to the last: '2016M12', '2017M01', …"""
    start, end = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12}M{n % 12 + 1:02}" for n in range(start, end + 1)]
