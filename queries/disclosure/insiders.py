"""What the people behind a small hidden number can compute about the others.

The person behind a hidden 1, or the pair behind a hidden 2, knows that number. Whoever looks from
outside does not know which hidden cells those are, so every hidden cell that could be 1 or 2 is
taken to be. What everybody can compute is nothing that they compute.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from queries.disclosure.exchanges import Exchanges
from queries.disclosure.part import Part
from queries.disclosure.solver import SolverError
from queries.disclosure.system import reduced

NUMBERS = (1, 2)
"""The values that the people behind them know."""
LOOKS = 4
"""Pairs of solves that look for points where the others differ; less where they do not help."""
TRIED = 5
"""Exchanges that are looked for by trying, before each of the others is asked for itself."""
MOST = 1_000
"""An unknown without an end is looked for at most so far beyond what was seen; then exactly."""
EFFORT = 4_000_000
"""What counting may take, in unknowns and rows of all programs that are solved."""


class OutOfEffort(Exception):  # noqa: N818 - it says what is so, not what is wrong
    """The question would take more solves than it is given."""


class Insiders:
    """The people behind the numbers of one part.

    `nested` says of two unknowns that the persons of one are among those of the other. Where they
    are the same number in every solution, as everybody can see, they are the same persons, and not
    others that these compute: 2 of 7 are the rest beside a 5.
    """

    def __init__(self, part: Part, nested: Callable[[int, int], bool] | None = None) -> None:
        self.part, self._nested = part, nested
        self._rest = 0
        self._different: dict[tuple[int, int], bool] = {}
        self._limit: int | None = None

    @property
    def _effort(self) -> int:
        """What has been solved for the part, and for what is left of it when one cell is known."""
        return self.part.effort + self._rest

    def allow(self, effort: int) -> None:
        """Bound what is solved from now on: beyond it a question raises OutOfEffort.

        `effort` counts the unknowns and rows of all programs.
        """
        self._limit = self._effort + effort

    def left(self) -> int:
        """Return what is left of what was allowed."""
        assert self._limit is not None
        return self._limit - self._effort

    @cached_property
    def open(self) -> NDArray[np.bool_]:
        """The unknowns that a reader cannot compute."""
        return np.array([self.part.varies(i) for i in range(len(self.part.low))], dtype=np.bool_)

    @cached_property
    def _exchanges(self) -> Exchanges:
        return Exchanges(self.part.rows, self.part.low, self.part.high)

    def reveals(self, index: int, value: int, others: NDArray[np.bool_] | None = None) -> bool:
        """Return whether knowing that an unknown has this value fixes another of the open ones.

        Only those in `others`, where given. False where the value is not possible. Raises
        SolverError where it cannot be decided.
        """
        self._check()
        if not self.part.possible(index, value):
            return False
        asked = self.open.copy() if others is None else self.open & others
        asked[index] = False
        if not self._tells(index, value, asked):
            return False
        if self._nested is None:
            return True
        there = [int(other) for other in np.flatnonzero(asked)]
        same = [o for o in there if self._nested(index, o) and not self._differ(index, o)]
        asked[same] = False
        return not same or self._tells(index, value, asked)

    def _differ(self, one: int, other: int) -> bool:
        pair = min(one, other), max(one, other)
        if pair not in self._different:
            self._different[pair] = self.part.differ(one, other)
        return self._different[pair]

    def _tells(self, index: int, value: int, asked: NDArray[np.bool_]) -> bool:
        part = self.part
        if not asked.any():
            return False
        if part.network and not part.closed:
            return self._fixes_in_network(index, value, asked)
        return self._fixes(index, value, asked)

    def _check(self) -> None:
        if self._limit is not None and self._effort > self._limit:
            raise OutOfEffort

    def _fixes(self, index: int, value: int, others: NDArray[np.bool_]) -> bool:
        """Return whether one of the others has one value only, by asking for more."""
        part = self.part
        # A single row's bounds are exact; else only what is not seen to move is asked for.
        left = others if part.closed else self._unmoved(index, value, others)
        if not left.any():
            return False
        low, high = list(part.low), list(part.high)
        low[index] = high[index] = value
        components = reduced(low, high, part.rows)
        if any(low[i] == high[i] for i in np.flatnonzero(left)):
            return True
        if part.closed:
            return False
        for component in components:
            asked = [i for i, variable in enumerate(component.variables) if left[variable]]
            rest = Part(component, low, high) if asked else None
            for i in asked:
                assert rest is not None
                self._check()
                before = rest.effort
                varies = rest.varies(i)
                self._rest += rest.effort - before
                if not varies:
                    return True
        return False

    def _unmoved(self, index: int, value: int, others: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which of the others have one value only in all points that are easily found."""
        part = self.part
        left = self._stuck(index, value, others)
        points = part.seen_with(index, value)
        first = points[0] if len(points) else part.point_with(index, value)
        if first is None:
            raise SolverError("a value that is possible and then is not")
        for point in points[:2]:
            self._exchanges.settle(point, index, left, tries=0)
        self._look_aside(index, value, first, left)
        self._exchanges.settle(first, index, left, tries=TRIED)
        return left

    def _look_aside(
        self, index: int, value: int, first: NDArray[np.int64], left: NDArray[np.bool_]
    ) -> None:
        """Take out of `left` what differs from a point in corners where it would."""
        part = self.part
        chance = np.random.default_rng(index)
        with part.fixed(index, value, most=MOST):
            for _ in range(LOOKS):
                before = int(left.sum())
                if not before:
                    return
                signs = np.where(left, chance.choice((-1.0, 1.0), len(left)), 0.0)
                for costs in (signs, -signs):
                    point = part.minimise(costs)[1]
                    if point is not None:
                        left &= first == point
                if 2 * int(left.sum()) > before:
                    return

    def _fixes_in_network(self, index: int, value: int, others: NDArray[np.bool_]) -> bool:
        """Return whether one of the others is in no exchange that leaves the known one alone."""
        part = self.part
        points = part.seen_with(index, value)
        if not len(points):
            with part.fixed(index, value):
                point = part.minimise(np.zeros(len(part.low)))[1]
            if point is None:
                raise SolverError("the corner of a network that is not whole")
            points = point[np.newaxis]
        room = part.cycles.room(points[0].tolist())
        left = set(np.flatnonzero(self._stuck(index, value, others)).tolist())
        while left:
            exchange = part.cycles.through(min(left), room, index)
            if exchange is None:
                return True
            left.difference_update(exchange)
        return False

    def _stuck(self, index: int, value: int, others: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which of the others have one value only in all points seen with this value."""
        points = self.part.seen_with(index, value)
        if not len(points):
            return others.copy()
        same: NDArray[np.bool_] = points.min(axis=0) == points.max(axis=0)
        return others & same
