"""A second, plain way to ask whether a month's cells give a hidden number away: linear algebra.

Every count and denominator of every area is an unknown, every sum an equation, every shown number
known. A hidden number leaks where it is a combination of equations. Ranks are taken modulo a large
prime, with no shortcut that the suppression itself takes.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.sources import facts

PRIME = 2_147_483_629
NOWHERE = "uoplyst"
Unknown = tuple[str, str]  # area, and breakdown or 'people'


def leaks(
    cells: pl.DataFrame, exact: pl.DataFrame, *, adding_up: tuple[str, ...] = (), threshold: int = 3
) -> set[tuple[str, str, str]]:
    """Return (area, breakdown, what) of hidden numbers that the shown ones give away.

    `cells` are one month's disclosed cells of one indicator, or of several over the same people
    (their breakdowns then have different names); `exact` has the true denominator of every area.
    """
    shown = cells.filter(pl.col("status") == "shown")
    known: set[Unknown] = set(shown.select("area_id", "breakdown").rows())
    known |= {(area, "people") for area in shown["area_id"]}
    empty = set(cells.filter(pl.col("status") == "not_collected")["area_id"])
    breakdowns = sorted(set(cells["breakdown"]))
    known |= {(area, name) for area in empty for name in (*breakdowns, "people")}
    areas = set(cells["area_id"])
    unknown = [
        (area, name)
        for area in sorted({*areas, NOWHERE})
        for name in (*breakdowns, "people")
        if (area, name) not in known
    ]
    space = _RowSpace(_equations(areas, breakdowns, adding_up), unknown)
    found = set()
    people = dict(exact.select("area_id", "denominator").rows())
    for area, name in (
        cells.filter(pl.col("status") == "suppressed").select("area_id", "breakdown").rows()
    ):
        if space.holds({(area, name): 1}):
            found.add((area, name, "count"))
        if space.holds({(area, name): -1, (area, "people"): 1}):
            found.add((area, name, "rest"))
        if people[area] < threshold and space.holds({(area, "people"): 1}):
            found.add((area, name, "people"))
    return found


def _equations(
    areas: set[str], breakdowns: list[str], adding_up: tuple[str, ...]
) -> list[dict[Unknown, int]]:
    links = facts.area_parents()
    level = dict(facts.areas().select("area_id", "level").rows())
    sums: dict[str, list[str]] = {}
    for area, parent in links.iter_rows():
        if level[area] != "jobcenter" and area in areas and parent in areas:
            sums.setdefault(parent, []).append(area)
    if facts.LAND not in sums:  # no totals between kommune and country
        sums[facts.LAND] = [area for area in areas if level[area] == "kommune"]
    sums[facts.LAND].append(NOWHERE)
    found = [
        {(parent, name): -1} | {(part, name): 1 for part in parts}
        for parent, parts in sums.items()
        for name in (*breakdowns, "people")
    ]
    if adding_up:
        found += [
            {(area, "people"): -1} | {(area, name): 1 for name in adding_up}
            for area in (*areas, NOWHERE)
        ]
    if "alle" in breakdowns and "tid_over_9" in breakdowns:
        found += [{(area, "alle"): 1, (area, "tid_over_9"): -1} for area in (*areas, NOWHERE)]
    return found


class _RowSpace:
    """Which combinations of the unknowns the equations determine."""

    def __init__(self, equations: list[dict[Unknown, int]], unknown: list[Unknown]) -> None:
        self._column = {name: number for number, name in enumerate(unknown)}
        rows = np.zeros((len(equations), len(unknown)), np.int64)
        for row, equation in zip(rows, equations, strict=True):
            self._fill(row, equation)
        self._reduced: list[tuple[int, NDArray[np.int64]]] = []
        for row in rows[np.any(rows != 0, axis=1)]:
            rest = self._rest(row % PRIME)
            if rest.any():
                pivot = int(np.flatnonzero(rest)[0])
                self._reduced.append((pivot, rest * pow(int(rest[pivot]), -1, PRIME) % PRIME))

    def holds(self, combination: dict[Unknown, int]) -> bool:
        row = np.zeros(len(self._column), np.int64)
        self._fill(row, combination)
        return not self._rest(row % PRIME).any()

    def _fill(self, row: NDArray[np.int64], combination: dict[Unknown, int]) -> None:
        for name, factor in combination.items():
            if name in self._column:
                row[self._column[name]] += factor

    def _rest(self, row: NDArray[np.int64]) -> NDArray[np.int64]:
        for pivot, reduced in self._reduced:
            if row[pivot]:
                row = (row - row[pivot] * reduced) % PRIME
        return row
