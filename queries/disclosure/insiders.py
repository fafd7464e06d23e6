"""What the people behind a small hidden number can compute about the others.

The person behind a hidden 1, or the pair behind a hidden 2, knows that number. Whoever looks from
outside does not know which hidden cells those are, so every hidden cell that could be 1 or 2 is
taken to be.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from queries.disclosure.part import Part
from queries.disclosure.solver import SolverError
from queries.disclosure.system import reduced

NUMBERS = (1, 2)
"""The values that the people behind them know."""


TRIES = 4
"""Solves that look for two points where the others differ, before each is asked for itself."""


def reveals(part: Part, index: int, value: int) -> bool:
    """Return whether knowing that an unknown has this value fixes another that is else not fixed.

    False where the value is not possible. Raises SolverError where it cannot be decided.
    """
    if not part.possible(index, value):
        return False
    others = np.array([part.varies(i) for i in range(len(part.low))])
    others[index] = False
    if part.network and not part.closed:
        return _fixes_in_network(part, index, value, others)
    return _fixes(part, index, value, others)


def _fixes(part: Part, index: int, value: int, others: NDArray[np.bool_]) -> bool:
    """Return whether one of the others has one value only, by asking for more."""
    low, high = list(part.low), list(part.high)
    low[index] = high[index] = value
    components = reduced(low, high, part.rows)
    if any(low[i] == high[i] for i in np.flatnonzero(others)):
        return True
    # A single row's bounds are exact.
    if part.closed or not _moved(part, index, value, others).any():
        return False
    parts = [Part(component, low, high) for component in components]
    return not all(rest.varies(i) for rest in parts for i in range(len(rest.low)))


def _fixes_in_network(part: Part, index: int, value: int, others: NDArray[np.bool_]) -> bool:
    """Return whether one of the others is in no exchange that leaves the known unknown alone."""
    points = part.seen_with(index, value)
    if not len(points):
        with part.fixed(index, value):
            point = part.minimise(np.zeros(len(part.low)))[1]
        if point is None:
            raise SolverError("the corner of a network that is not whole")
        points = point[np.newaxis]
    room = part.cycles.room(points[0].tolist())
    left = set(np.flatnonzero(_stuck(part, index, value, others)).tolist())
    while left:
        exchange = part.cycles.through(min(left), room, index)
        if exchange is None:
            return True
        left.difference_update(exchange)
    return False


def _stuck(part: Part, index: int, value: int, others: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the others have one value only in all points seen with this value."""
    points = part.seen_with(index, value)
    if not len(points):
        return others
    same: NDArray[np.bool_] = points.min(axis=0) == points.max(axis=0)
    return others & same


def _moved(part: Part, index: int, value: int, others: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the others still have one value only after looking for more points."""
    chance = np.random.default_rng(index)
    stuck = _stuck(part, index, value, others)
    first = part.seen_with(index, value)[:1]
    with part.fixed(index, value):
        for turn in range(TRIES):
            if not stuck.any():
                break
            if turn % 2 == 0:
                signs = np.where(stuck, chance.choice((-1.0, 1.0), len(stuck)), 0.0)
            point = part.minimise(signs if turn % 2 else -signs)[1]
            if point is not None:
                if not len(first):
                    first = point[np.newaxis]
                stuck &= first[0] == point
    return stuck
