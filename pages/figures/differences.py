"""Differences between two maps: from one period to another, or between one area and the others."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

import polars as pl

from pages.figures.classes import classify_difference, step_of
from pages.figures.legend import Fill, MapCell
from pages.language import danish
from queries import Indicator

Cell = Mapping[str, Any]
WORDS = {"suppressed": "skjult", "left_out": "udeladt", "not_collected": "ikke opgjort"}
_NO_DIFFERENCE: Fill = "no_difference"
NONE = "ingen forskel kan beregnes"


def points_between(cell: Cell | None, other: Cell | None) -> float | None:
    """Return how many percentage points `cell` lies above `other`.

    None where either has no shown share: a hidden number takes part in no arithmetic.
    """
    if cell is None or other is None:
        return None
    shown = all(one["status"] == "shown" and one["share_pct"] is not None for one in (cell, other))
    return round(cell["share_pct"] - other["share_pct"], 6) if shown else None


def between_periods(
    cells: pl.DataFrame,
    earlier: pl.DataFrame,
    indicator: Indicator,
    inside: Set[str],
    words: tuple[str, str],
) -> list[MapCell]:
    """Return a map cell per area: its share minus its share in `earlier`.

    `words` name both periods, that of `cells` first.
    """
    others = {cell["area_id"]: cell for cell in earlier.iter_rows(named=True)}
    return [
        _cell(cell, others.get(cell["area_id"]), indicator, inside, words)
        for cell in cells.iter_rows(named=True)
    ]


def from_area(
    cells: pl.DataFrame, chosen: Cell | None, indicator: Indicator, inside: Set[str]
) -> list[MapCell]:
    """Return a map cell per area: its share minus that of the area `chosen`."""
    name = chosen["name"] if chosen else ""
    drawn = []
    for cell in cells.iter_rows(named=True):
        if chosen and cell["area_id"] == chosen["area_id"] and cell["area_id"] in inside:
            points = points_between(cell, chosen)
            fill = _NO_DIFFERENCE if points is None else _class(0.0, indicator)
            said = f"{_share(cell)}, det valgte område"
            drawn.append(MapCell(cell["area_id"], cell["name"], said, fill))
        else:
            drawn.append(_cell(cell, chosen, indicator, inside, ("her", name)))
    return drawn


def _cell(
    cell: Cell, other: Cell | None, indicator: Indicator, inside: Set[str], words: tuple[str, str]
) -> MapCell:
    points = points_between(cell, other)
    here, there = words
    values = f"{here} {_share(cell)}, {there} {_share(other)}"
    said, fill = f"{NONE} ({values})", _NO_DIFFERENCE
    if points is not None:
        decimals = max(cell["share_decimals"] or 0, (other or {})["share_decimals"] or 0)
        said = f"{signed(points, decimals)} procentpoint ({values})"
        fill = _class(points, indicator)
    name, area_id = cell["name"], cell["area_id"]
    return MapCell(area_id, name, said, fill if area_id in inside else "outside")


def _class(points: float, indicator: Indicator) -> int:
    return classify_difference(points, step_of(indicator))


def signed(points: float, decimals: int) -> str:
    """Return a difference with its sign: '+3', '−2,5', '0'."""
    text = danish.number(abs(points), decimals)
    if not round(abs(points), decimals):
        return text
    return ("+" if points > 0 else "\N{MINUS SIGN}") + text


def _share(cell: Cell | None) -> str:
    if cell is None:
        return WORDS["not_collected"]
    if cell["status"] == "shown" and cell["share_pct"] is not None:
        return danish.pct(cell["share_pct"], cell["share_decimals"])
    return WORDS.get(cell["status"], WORDS["not_collected"])
