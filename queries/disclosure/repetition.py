"""Leave out relations that follow from others, so that what remains is a network where it can be.

Levels of areas say many things twice: that a region's classes add up follows from its kommuner's.
What a reader can compute is the same without the repetitions, but a cell then stands in fewer rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

Row = list[tuple[int, int]]

_PRIME = 2**61 - 1
_MOST = 4000
"""Rows beyond which nothing is left out: it would take too long."""


def without_repetition(rows: Sequence[Row]) -> list[Row]:
    """Return rows that say the same, without those that stand in the way of a network.

    Of the rows that follow from others those go first whose cells stand in most rows.
    """
    if len(rows) > _MOST:
        return list(rows)
    repeated = _dependencies(rows)
    stands = Counter(variable for row in rows for variable, _ in row)
    wholes: Counter[int] = Counter()
    for row in rows:
        wholes.update(_whole(row))
    kept = dict(enumerate(rows))
    while repeated:
        worst = max(
            {number for one in repeated for number in one},
            key=lambda number: (
                sum(max(0, stands[v] - 2) for v, _ in rows[number]),
                sum(wholes[v] for v, _ in rows[number]) - len(_whole(rows[number])),
                -number,
            ),
        )
        if all(stands[variable] <= 2 for variable, _ in rows[worst]):
            break
        pivot = min((one for one in repeated if worst in one), key=len)
        repeated = [
            left for one in repeated if one is not pivot and (left := _without(one, worst, pivot))
        ]
        stands.subtract(variable for variable, _ in rows[worst])
        wholes.subtract(_whole(rows[worst]))
        del kept[worst]
    return list(kept.values())


def _whole(row: Row) -> list[int]:
    """Return the one variable whose sign differs from all others."""
    above = [variable for variable, factor in row if factor > 0]
    below = [variable for variable, factor in row if factor < 0]
    return min((one for one in (above, below) if len(one) == 1), default=[], key=len)


def _without(one: dict[int, int], row: int, pivot: dict[int, int]) -> dict[int, int]:
    if row not in one:
        return one
    factor = one[row] * pow(pivot[row], -1, _PRIME) % _PRIME
    left = dict(one)
    _subtract(left, factor, pivot)
    return left


def _subtract(left: dict[int, int], factor: int, other: dict[int, int]) -> None:
    for key, value in other.items():
        now = (left.get(key, 0) - factor * value) % _PRIME
        if now:
            left[key] = now
        else:
            left.pop(key, None)


def _dependencies(rows: Sequence[Row]) -> list[dict[int, int]]:
    """Return independent combinations of rows that give nothing (row -> factor), modulo a prime."""
    pivots: dict[int, tuple[dict[int, int], dict[int, int]]] = {}
    found = []
    uses: dict[int, set[int]] = defaultdict(set)
    for number in sorted(range(len(rows)), key=lambda number: len(rows[number])):
        left = {variable: factor % _PRIME for variable, factor in rows[number]}
        made = {number: 1}
        while True:
            variable = next((v for v in left if v in pivots), None)
            if variable is None:
                break
            factor = left[variable]
            _subtract(left, factor, pivots[variable][0])
            _subtract(made, factor, pivots[variable][1])
        if not left:
            found.append(made)
            continue
        first = next(iter(left))
        turn = pow(left[first], -1, _PRIME)
        pivots[first] = (
            {v: factor * turn % _PRIME for v, factor in left.items()},
            {r: factor * turn % _PRIME for r, factor in made.items()},
        )
        # Keep the pivots free of each other: then one pass reduces any row.
        for other in list(uses.pop(first, ())):
            if first in pivots[other][0]:
                factor = pivots[other][0][first]
                _subtract(pivots[other][0], factor, pivots[first][0])
                _subtract(pivots[other][1], factor, pivots[first][1])
                for v in pivots[other][0]:
                    uses[v].add(other)
        for v in pivots[first][0]:
            uses[v].add(first)
    return found
