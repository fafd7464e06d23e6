"""From the façade's cells to what map, bars and table draw: one reading for all three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

import polars as pl

from pages.figures.bars import Bar
from pages.figures.legend import Fill, MapCell
from pages.figures.palette import classify
from pages.language import danish, sentences
from queries import Indicator

Cell = Mapping[str, Any]
NBSP = "\N{NO-BREAK SPACE}"


def in_order(cells: pl.DataFrame, sort: str) -> pl.DataFrame:
    """Return cells in one of the orders of `pages.frame.address.SORTS`; no value goes last."""
    alphabetical = pl.col("name").map_elements(danish.sort_key, return_dtype=pl.String)
    share, count = pl.col("share_pct"), pl.col("numerator")
    keys: dict[str, tuple[list[pl.Expr], list[bool]]] = {
        # The answer is sorted by rounded share and then by kommunekode.
        "svaret": ([share, pl.col("area_id")], [True, False]),
        "andel": ([share, alphabetical], [True, False]),
        "andel_op": ([share, alphabetical], [False, False]),
        "antal": ([count, alphabetical], [True, False]),
        "navn": ([alphabetical], [False]),
    }
    by, descending = keys[sort]
    return cells.sort(by, descending=descending, nulls_last=True)


def fill(cell: Cell, indicator: Indicator, breaks: Sequence[float] | None = None) -> Fill:
    """Return the colour class of a shown share, or the status that takes its place.

    Classes are the indicator's own unless `breaks` are given.
    """
    if cell["status"] == "shown" and cell["share_pct"] is not None:
        chosen = indicator.format.class_breaks if breaks is None else breaks
        return classify(cell["share_pct"], chosen)
    return "not_collected" if cell["status"] == "shown" else cell["status"]


def map_cells(
    cells: pl.DataFrame,
    indicator: Indicator,
    inside: Set[str],
    breaks: Sequence[float] | None = None,
) -> list[MapCell]:
    """Return one map cell per area; areas not `inside` the filter are dimmed."""
    return [
        MapCell(
            cell["area_id"],
            cell["name"],
            sentences.value(cell),
            fill(cell, indicator, breaks) if cell["area_id"] in inside else "outside",
        )
        for cell in cells.iter_rows(named=True)
    ]


def bars(
    cells: pl.DataFrame,
    indicator: Indicator,
    *,
    people: bool = False,
    counts: bool = False,
    breaks: Sequence[float] | None = None,
) -> list[Bar]:
    """Return one bar per area, in the frame's order; `people` adds the denominator to names.

    `counts` adds the count to labels, for bars that stand in its order.
    """
    return [
        Bar(
            cell["area_id"],
            _bar_name(cell, people=people),
            cell["share_pct"],
            # Nothing wraps in a drawing, and a plain space is a sixth of the other's bytes.
            _bar_label(cell, counts=counts).replace(NBSP, " "),
            sentences.value(cell).replace(NBSP, " "),
            fill(cell, indicator, breaks),
        )
        for cell in cells.iter_rows(named=True)
    ]


def _bar_name(cell: Cell, *, people: bool) -> str:
    name: str = cell["name"].removeprefix("Jobcenter ")
    if not people or cell["denominator_low"] is None:
        return name
    return f"{name} ({danish.interval(cell['denominator_low'], cell['denominator_high'])})"


def _bar_label(cell: Cell, *, counts: bool) -> str:
    if cell["status"] == "shown" and cell["share_pct"] is not None:
        share = danish.pct(cell["share_pct"], cell["share_decimals"])
        return f"{share} ({danish.number(cell['numerator'])})" if counts else share
    return sentences.value(cell)


def table_row(cell: Cell) -> tuple[str, str, str]:
    """Return count, share and denominator as a table writes them; a word where there is none."""
    words = {"suppressed": "skjult", "left_out": "udeladt", "not_collected": "ikke opgjort"}
    word = words.get(cell["status"], "–")
    count, base, share = word, "–", word
    if cell["numerator"] is not None:
        count = danish.number(cell["numerator"])
    if cell["denominator_low"] is not None:
        base = danish.interval(cell["denominator_low"], cell["denominator_high"])
    if cell["share_pct"] is not None:
        share = danish.pct(cell["share_pct"], cell["share_decimals"])
    return count, share, base
