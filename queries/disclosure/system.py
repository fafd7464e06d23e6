"""The hidden cells of a publication as whole unknowns under rows, made as small as it gets.

Shown values are put in, cells that are equal become one unknown, bounds are tightened until
nothing moves, rows that say nothing more are dropped, and what hangs together is split apart. All
in whole numbers: nothing here is approximate, and no solution is lost or added.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd

from queries.disclosure.publication import Publication


class Contradiction(ValueError):  # noqa: N818 - it says what is wrong, as the caller reads it
    """No whole numbers fit what is published.

    `relations` are the titles of relations that cannot all hold: a smallest set where it could be
    found.
    """

    def __init__(self, relations: tuple[str, ...] = ()) -> None:
        super().__init__("no whole numbers fit: " + "; ".join(relations))
        self.relations = relations


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of factor x unknown <= high; each unknown once, no factor zero."""

    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Component:
    """Unknowns that hang together by rows. `variables` numbers them in the system."""

    variables: tuple[int, ...]
    rows: tuple[Row, ...]


class System:
    """The unknowns of a publication.

    `variable` gives each hidden cell's unknown (equal cells share one), `low` and `high` the
    tightened bounds per unknown (high None: none), `components` what is left to solve. Unknowns
    in no component take every value within their bounds, independently. `known` adds what an
    attacker knows beyond what is printed. Raises Contradiction where the bounds alone rule out
    every solution (not always: some contradictions only a solver sees).
    """

    def __init__(self, publication: Publication, known: Mapping[str, int] | None = None) -> None:
        values: dict[str, int] = {}
        for cell in publication.cells:
            if not cell.hidden:
                assert cell.value is not None
                values[cell.name] = cell.value
        for name, value in (known or {}).items():
            if values.setdefault(name, value) != value:
                raise Contradiction
            if not _within(value, publication.by_name[name].low, publication.by_name[name].high):
                raise Contradiction
        unknown = [cell for cell in publication.cells if cell.name not in values]
        number = {cell.name: place for place, cell in enumerate(unknown)}
        rows: list[Row] = []
        for relation in publication.relations:
            shown = 0
            terms: list[tuple[int, int]] = []
            for name, factor in relation.terms:
                if name in number:
                    terms.append((number[name], factor))
                else:
                    shown += factor * values[name]
            low = None if relation.low is None else relation.low - shown
            high = None if relation.high is None else relation.high - shown
            rows.append(Row(tuple(terms), low, high))
        same = _merged(len(unknown), rows)
        place = {root: index for index, root in enumerate(sorted(set(same)))}
        self.variable = {cell.name: place[same[number[cell.name]]] for cell in unknown}
        self.low = [0] * len(place)
        self.high: list[int | None] = [None] * len(place)
        first = [True] * len(place)
        for cell in unknown:
            index = self.variable[cell.name]
            self.low[index] = cell.low if first[index] else max(self.low[index], cell.low)
            self.high[index] = _smaller(self.high[index], cell.high)
            first[index] = False
        for low_one, high_one in zip(self.low, self.high, strict=True):
            if high_one is not None and high_one < low_one:
                raise Contradiction
        renamed = [
            Row(tuple((place[same[v]], f) for v, f in row.terms), row.low, row.high) for row in rows
        ]
        self.components = reduced(self.low, self.high, renamed)


def _within(value: int, low: int, high: int | None) -> bool:
    return value >= low and (high is None or value <= high)


def _smaller(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _merged(count: int, rows: Sequence[Row]) -> list[int]:
    """Return the representative of each unknown: those that rows say are equal share one."""
    parent = list(range(count))

    def find(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    waiting = [row for row in rows if row.low == row.high == 0]
    moved = True
    while moved:
        moved, kept = False, []
        for row in waiting:
            sums: dict[int, int] = {}
            for variable, factor in row.terms:
                root = find(variable)
                sums[root] = sums.get(root, 0) + factor
            left = [(root, factor) for root, factor in sums.items() if factor]
            if len(left) == 2 and left[0][1] == -left[1][1]:
                parent[max(left[0][0], left[1][0])] = min(left[0][0], left[1][0])
                moved = True
            elif len(left) > 1:
                kept.append(row)
        waiting = kept
    return [find(node) for node in range(count)]


def reduced(low: list[int], high: list[int | None], rows: Sequence[Row]) -> tuple[Component, ...]:
    """Tighten `low` and `high` in place and return what is left to solve.

    Raises Contradiction where nothing fits.
    """
    current = _tidied(low, high, rows)
    while True:
        propagate(low, high, current)
        following = _tidied(
            low, high, [row for row in current if not _says_nothing(low, high, row)]
        )
        if following == current:
            break
        current = following
    return _split(current)


def _tidied(low: Sequence[int], high: Sequence[int | None], rows: Sequence[Row]) -> list[Row]:
    """Put in what is known, divide by common factors, and make one row of several alike."""
    found: dict[tuple[tuple[int, int], ...], tuple[int | None, int | None]] = {}
    for row in rows:
        sums: dict[int, int] = {}
        for variable, factor in row.terms:
            sums[variable] = sums.get(variable, 0) + factor
        shown = sum(factor * low[v] for v, factor in sums.items() if low[v] == high[v])
        terms = sorted((v, f) for v, f in sums.items() if f and low[v] != high[v])
        least = None if row.low is None else row.low - shown
        most = None if row.high is None else row.high - shown
        if not terms:
            if (least is not None and least > 0) or (most is not None and most < 0):
                raise Contradiction
            continue
        divisor = gcd(*(factor for _, factor in terms))
        if terms[0][1] < 0:
            least, most = None if most is None else -most, None if least is None else -least
            terms = [(v, -f) for v, f in terms]
        least = None if least is None else -(-least // divisor)
        most = None if most is None else most // divisor
        key = tuple((v, f // divisor) for v, f in terms)
        if key in found:
            other_least, other_most = found[key]
            if other_least is not None:
                least = other_least if least is None else max(least, other_least)
            most = _smaller(most, other_most)
        if least is not None and most is not None and least > most:
            raise Contradiction
        found[key] = least, most
    return [Row(key, least, most) for key, (least, most) in found.items()]


def _activity(
    low: Sequence[int], high: Sequence[int | None], row: Row
) -> tuple[int, int, int, int]:
    """Return the row's smallest and largest sum without infinite terms, and how many those are."""
    least = most = endless_down = endless_up = 0
    for variable, factor in row.terms:
        top = high[variable]
        if factor > 0:
            least += factor * low[variable]
            if top is None:
                endless_up += 1
            else:
                most += factor * top
        else:
            most += factor * low[variable]
            if top is None:
                endless_down += 1
            else:
                least += factor * top
    return least, most, endless_down, endless_up


def _says_nothing(low: Sequence[int], high: Sequence[int | None], row: Row) -> bool:
    least, most, endless_down, endless_up = _activity(low, high, row)
    return (row.low is None or (not endless_down and least >= row.low)) and (
        row.high is None or (not endless_up and most <= row.high)
    )


def propagate(low: list[int], high: list[int | None], rows: Sequence[Row]) -> None:
    """Tighten bounds in place until no row moves one. Raises Contradiction.

    Bounds that creep without end are left after a while: what is found is always right, and exact
    for a single row of factors 1 and -1.
    """
    rows_of: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        for variable, _ in row.terms:
            rows_of.setdefault(variable, []).append(number)
    waiting = deque(range(len(rows)))
    queued = [True] * len(rows)
    left = 1000 + 40 * len(rows)
    before, far = (list(low), list(high)), _far(low, high, rows)
    while waiting and left:
        left -= 1
        number = waiting.popleft()
        queued[number] = False
        moved = _tighten(low, high, rows[number])
        if any(low[v] > far or (high[v] or 0) > far for v in moved):
            # They grow without end: whether anything fits is for a solver to say.
            variables, numbers = _around(number, rows, rows_of)
            for variable in variables:
                low[variable], high[variable] = before[0][variable], before[1][variable]
            for other in numbers:
                queued[other] = True  # and never waiting again
            waiting = deque(other for other in waiting if other not in numbers)
            continue
        for variable in moved:
            for other in rows_of[variable]:
                if not queued[other]:
                    queued[other] = True
                    waiting.append(other)


def _far(low: Sequence[int], high: Sequence[int | None], rows: Sequence[Row]) -> int:
    """Return a number that no bound by a single row exceeds."""
    largest = 1 << 20
    for row in rows:
        for variable, factor in row.terms:
            largest = max(largest, abs(factor * low[variable]), abs(factor * (high[variable] or 0)))
        largest = max(largest, abs(row.low or 0), abs(row.high or 0))
    return largest << 20


def _tighten(low: list[int], high: list[int | None], row: Row) -> list[int]:
    """Tighten by one row; return the unknowns whose bounds moved."""
    moved: list[int] = []
    if row.high is not None:
        moved += _tighten_below(low, high, row.terms, row.high)
    if row.low is not None:
        turned = [(variable, -factor) for variable, factor in row.terms]
        moved += _tighten_below(low, high, turned, -row.low)
    return moved


def _tighten_below(
    low: list[int], high: list[int | None], terms: Sequence[tuple[int, int]], limit: int
) -> list[int]:
    """Tighten by sum of factor x unknown <= limit.

    What is tightened is always the end that does not count towards the smallest sum, so that one
    sum serves all terms.
    """
    ends: list[int | None] = []
    room, endless = limit, 0
    for variable, factor in terms:
        end = low[variable] if factor > 0 else high[variable]
        ends.append(None if end is None else factor * end)
        if end is None:
            endless += 1
        else:
            room -= factor * end
    if endless > 1:
        return []
    if not endless and room < 0:
        raise Contradiction
    moved: list[int] = []
    for (variable, factor), own in zip(terms, ends, strict=True):
        if endless and own is not None:
            continue
        space = room + (own or 0)
        bottom, top = low[variable], high[variable]
        if factor > 0:
            top = _smaller(top, space // factor)
        else:
            bottom = max(bottom, -(space // -factor))
        if top is not None and bottom > top:
            raise Contradiction
        if bottom != low[variable] or top != high[variable]:
            low[variable], high[variable] = bottom, top
            moved.append(variable)
    return moved


def _around(
    first: int, rows: Sequence[Row], rows_of: Mapping[int, Sequence[int]]
) -> tuple[set[int], set[int]]:
    """Return the unknowns and the rows that hang together with a row."""
    waiting, numbers = [first], {first}
    variables: set[int] = set()
    while waiting:
        for variable, _ in rows[waiting.pop()].terms:
            if variable in variables:
                continue
            variables.add(variable)
            for other in rows_of[variable]:
                if other not in numbers:
                    numbers.add(other)
                    waiting.append(other)
    return variables, numbers


def _split(rows: Sequence[Row]) -> tuple[Component, ...]:
    """Return the rows by what hangs together."""
    rows_of: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        for variable, _ in row.terms:
            rows_of.setdefault(variable, []).append(number)
    seen: set[int] = set()
    components: list[Component] = []
    for first in range(len(rows)):
        if first not in seen:
            variables, numbers = _around(first, rows, rows_of)
            seen |= numbers
            components.append(
                Component(tuple(sorted(variables)), tuple(rows[n] for n in sorted(numbers)))
            )
    return tuple(components)
