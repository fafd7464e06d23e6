"""Rows that are a network, and the exchanges between unknowns that keep all its sums.

Each row is a node and each unknown an arc between the two rows it stands in (or one row and the
ground). One more here and one less there along a cycle leaves every sum as it is; from one whole
point, an unknown can change exactly where such a cycle of arcs with room runs through it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from queries.disclosure.system import Row

GROUND = -1


class Indexed(Protocol):
    """Anything with a whole number per place."""

    def __getitem__(self, index: int, /) -> int: ...


def turned(rows: Sequence[Row]) -> list[int] | None:
    """Return 1 or -1 per row so that each unknown has opposite signs in its two rows.

    None where the rows are no network: a factor other than 1 and -1, an unknown in more than two
    rows, or no such choice. Of a network all corners of the linear program are whole.
    """
    stands: dict[int, list[tuple[int, int]]] = {}
    for number, row in enumerate(rows):
        for variable, factor in row.terms:
            if abs(factor) != 1:
                return None
            stands.setdefault(variable, []).append((number, factor))
    neighbours: list[list[tuple[int, int]]] = [[] for _ in rows]
    for places in stands.values():
        if len(places) > 2:
            return None
        if len(places) == 2:
            (one, sign), (other, opposite) = places
            neighbours[one].append((other, -sign * opposite))
            neighbours[other].append((one, -sign * opposite))
    signs = [0] * len(rows)
    for first in range(len(rows)):
        if signs[first]:
            continue
        signs[first] = 1
        waiting = [first]
        while waiting:
            node = waiting.pop()
            for other, factor in neighbours[node]:
                if not signs[other]:
                    signs[other] = signs[node] * factor
                    waiting.append(other)
                elif signs[other] != signs[node] * factor:
                    return None
    return signs


def network(rows: Sequence[Row]) -> tuple[list[Row], list[int]] | None:
    """Return rows that say as much as `rows` and are a network, with their signs; None: not found.

    Levels of areas with breakdowns are a network only without the sums that follow from others (a
    landsdel's classes add up because those of its kommuner do), so these are left out if need be.
    """
    found = turned(rows)
    if found is not None:
        return list(rows), found
    if any(abs(factor) != 1 for row in rows for _, factor in row.terms):
        return None
    degree = Counter(variable for row in rows for variable, _ in row.terms)
    crowded = [sum(degree[variable] > 2 for variable, _ in row.terms) for row in rows]
    # Rows with the most crowded unknowns come last: they are left out if they follow from others.
    order = sorted(range(len(rows)), key=lambda number: (crowded[number], number))
    reduced: dict[int, dict[int, int]] = {}
    kept: list[Row] = []
    for number in order:
        row = rows[number]
        if row.low != row.high or _independent(dict(row.terms), reduced):
            kept.append(row)
    found = turned(kept)
    return None if found is None else (kept, found)


PRIME = 2**61 - 1
"""Rows of factors 1 and -1 that depend on each other modulo so large a prime do so altogether."""


def _independent(row: dict[int, int], reduced: dict[int, dict[int, int]]) -> bool:
    """Return whether a row does not follow from those before; keep what is new, by its pivot."""
    while row:
        pivot = min(row)
        if pivot not in reduced:
            inverse = pow(row[pivot], -1, PRIME)
            reduced[pivot] = {variable: f * inverse % PRIME for variable, f in row.items()}
            return True
        factor = row[pivot]
        for variable, other in reduced[pivot].items():
            value = (row.get(variable, 0) - factor * other) % PRIME
            if value:
                row[variable] = value
            else:
                row.pop(variable, None)
    return False


class Cycles:
    """The exchanges of one network. `signs` are those of `turned`."""

    def __init__(
        self,
        rows: Sequence[Row],
        signs: Sequence[int],
        low: Sequence[int],
        high: Sequence[int | None],
    ) -> None:
        count = len(low)
        tails, heads = [GROUND] * count, [GROUND] * count
        for number, row in enumerate(rows):
            for variable, factor in row.terms:
                # An unknown with + flows out of its row, with - into it.
                (tails if factor * signs[number] > 0 else heads)[variable] = number
        self._low: list[int | None] = list(low)
        self._high = list(high)
        # What a row with two different bounds leaves free flows to the ground.
        self._slack = [row for row in rows if row.low != row.high]
        for number, row in enumerate(rows):
            if row.low != row.high:
                # With the slack the row is sum - slack = 0.
                tails.append(GROUND if signs[number] > 0 else number)
                heads.append(number if signs[number] > 0 else GROUND)
                self._low.append(row.low)
                self._high.append(row.high)
        self._ends = list(zip(tails, heads, strict=True))
        self._arcs: dict[int, list[tuple[int, int, int]]] = {
            node: [] for node in range(GROUND, len(rows))
        }
        for arc, (tail, head) in enumerate(self._ends):
            self._arcs[tail].append((head, arc, 1))
            self._arcs[head].append((tail, arc, -1))

    def room(self, point: Sequence[int]) -> list[tuple[bool, bool]]:
        """Return per arc whether it can be one less and one more than in a whole point."""
        values = list(point)
        values += [sum(f * point[v] for v, f in row.terms) for row in self._slack]
        return [
            (low is None or value > low, high is None or value < high)
            for value, low, high in zip(values, self._low, self._high, strict=True)
        ]

    def through(
        self, arc: int, room: Sequence[tuple[bool, bool]], without: int
    ) -> dict[int, int] | None:
        """Return an exchange (arc: 1 or -1) that changes an arc and not another; None: none.

        `room` is of a whole point; the point plus the exchange is a whole point too.
        """
        tail, head = self._ends[arc]
        for direction, start, goal in ((1, head, tail), (-1, tail, head)):
            if room[arc][direction > 0]:
                way = self._way(start, goal, room, (arc, without))
                if way is not None:
                    return way | {arc: direction}
        return None

    def _way(
        self, start: int, goal: int, room: Sequence[tuple[bool, bool]], without: tuple[int, int]
    ) -> dict[int, int] | None:
        """Return the arcs of a shortest way between two nodes along arcs with room."""
        came: dict[int, tuple[int, int, int]] = {start: (start, -1, 0)}
        border = [start]
        while border and goal not in came:
            following = []
            for node in border:
                for other, arc, direction in self._arcs[node]:
                    if other not in came and room[arc][direction > 0] and arc not in without:
                        came[other] = node, arc, direction
                        following.append(other)
            border = following
        if goal not in came:
            return None
        way: dict[int, int] = {}
        node = goal
        while node != start:
            node, arc, direction = came[node]
            way[arc] = direction
        return way
