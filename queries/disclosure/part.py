"""Smallest and largest whole values within one component, by as few solves as possible.

Every whole point that turns up is kept: what has been seen needs no solve. What has not is asked
of the linear program first, whose bound is right and whose corner is whole where the rows are a
network; an integer program is asked only where they leave a gap. Points are checked in whole
numbers before they count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from math import ceil

import numpy as np
from numpy.typing import NDArray

from queries.disclosure.cycles import Cycles, network
from queries.disclosure.solver import Answer, Program, SolverError, Status
from queries.disclosure.system import Component, Contradiction, Row

SECONDS = 60.0
"""Longest time for one solve; what is not decided then is an error, never protection."""
TOLERANCE = 1e-6
SMALL = 8
"""Values below this are remembered of all points, also those that are not kept."""
WHOLE_EFFORT = 10
"""What an integer program counts for, in linear ones."""
MAX_POINTS = 2000
"""Points kept for single values; smallest and largest values seen are kept of all."""


class Part:
    """One component with the points found so far.

    Unknowns are numbered within the component, as in `variables`. `effort` counts the unknowns and
    rows of all programs solved so far. Raises Contradiction from any
    question where it has no whole point, SolverError where that cannot be decided.
    """

    def __init__(
        self, component: Component, low: Sequence[int], high: Sequence[int | None]
    ) -> None:
        self.variables = component.variables
        place = {variable: index for index, variable in enumerate(component.variables)}
        self.rows = [
            Row(tuple((place[v], f) for v, f in row.terms), row.low, row.high)
            for row in component.rows
        ]
        self.low = [low[v] for v in component.variables]
        self.high = [high[v] for v in component.variables]
        self.closed = len(self.rows) == 1 and all(abs(f) == 1 for _, f in self.rows[0].terms)
        self._network = network(self.rows)
        self.network = self._network is not None
        self._programs: dict[bool, Program] = {}
        self.effort = 0
        self._starts = np.cumsum([0, *(len(row.terms) for row in self.rows)])[:-1]
        self._columns = np.array([v for row in self.rows for v, _ in row.terms], dtype=np.intp)
        self._factors = np.array([f for row in self.rows for _, f in row.terms], dtype=np.int64)
        far = 2**62
        self._row_low = np.array([-far if r.low is None else r.low for r in self.rows])
        self._row_high = np.array([far if r.high is None else r.high for r in self.rows])
        self._low = np.array(self.low, dtype=np.int64)
        self._high = np.array([far if h is None else h for h in self.high], dtype=np.int64)
        self.count = 0
        self._taken = np.zeros((len(self.low), SMALL), dtype=np.bool_)
        self._points = np.empty(
            (min(MAX_POINTS, 1 + 4_000_000 // len(self.low)), len(self.low)), dtype=np.int64
        )
        self.least_seen = self._low.copy()
        self.most_seen = self._low.copy()
        self._extremes: dict[tuple[int, int], int | None] = {}

    def offer(self, values: NDArray[np.float64]) -> NDArray[np.int64] | None:
        """Return the point as whole numbers and keep it; None where it is not whole or not one."""
        whole = np.rint(values)
        if np.abs(values - whole).max(initial=0.0) > 1e-4 or np.abs(whole).max(initial=0.0) > 2**52:
            return None
        point = whole.astype(np.int64)
        return point if self.keep(point) else None

    @property
    def points(self) -> NDArray[np.int64]:
        """The first points found, one a row."""
        return self._points[: self.count]

    def seen_with(self, index: int, value: int) -> NDArray[np.int64]:
        """Return the points in which an unknown has a value."""
        points: NDArray[np.int64] = self.points[self.points[:, index] == value]
        return points

    def keep(self, point: NDArray[np.int64]) -> bool:
        """Keep a point if it fits all rows and bounds; return whether it does."""
        if (point < self._low).any() or (point > self._high).any():
            return False
        sums = np.add.reduceat(point[self._columns] * self._factors, self._starts)
        if (sums < self._row_low).any() or (sums > self._row_high).any():
            return False
        small = np.flatnonzero((point >= 0) & (point < SMALL))
        self._taken[small, point[small]] = True
        if self.count < len(self._points):
            self._points[self.count] = point
        self.count += 1
        if self.count == 1:
            self.least_seen, self.most_seen = point.copy(), point.copy()
        else:
            np.minimum(self.least_seen, point, out=self.least_seen)
            np.maximum(self.most_seen, point, out=self.most_seen)
        return True

    def program(self, *, whole: bool) -> Program:
        """Return the component's program, made when first asked for."""
        if whole not in self._programs:
            program = Program(self.low, self.high, whole=whole, seconds=SECONDS)
            for row in self.rows:
                program.add_row(row.terms, row.low, row.high)
            self._programs[whole] = program
        return self._programs[whole]

    def _solve(self, *, whole: bool) -> Answer:
        self.effort += (len(self.low) + len(self.rows)) * (WHOLE_EFFORT if whole else 1)
        return self.program(whole=whole).solve()

    def minimise(
        self, costs: Sequence[float] | NDArray[np.float64]
    ) -> tuple[Answer, NDArray[np.int64] | None]:
        """Solve the linear program for an objective; return its corner too if it is a whole point.

        Raises Contradiction where there is no point at all.
        """
        program = self.program(whole=False)
        program.cost(costs)
        answer = self._solve(whole=False)
        if answer.status is Status.INFEASIBLE:
            raise Contradiction
        if answer.status is Status.OPTIMAL:
            return answer, self.offer(answer.values)
        return answer, None

    @contextmanager
    def fixed(self, index: int, value: int, *, most: int | None = None) -> Iterator[None]:
        """Hold an unknown at a value in the linear program.

        With `most` unknowns without an end go so far beyond what was seen, at most.
        """
        program = self.program(whole=False)
        endless = [] if most is None else [i for i, top in enumerate(self.high) if top is None]
        for other in endless:
            program.bound(other, self.low[other], int(self.most_seen[other]) + (most or 0))
        program.bound(index, value, value)
        try:
            yield
        finally:
            for other in {*endless, index}:
                program.bound(other, self.low[other], self.high[other])

    @cached_property
    def cycles(self) -> Cycles:
        """The exchanges between unknowns; only of a network."""
        assert self._network is not None
        return Cycles(*self._network, self.low, self.high)

    def start(self) -> None:
        """Make sure that there is a point."""
        if self.count or self.closed:
            return
        self.minimise([0.0] * len(self.low))
        if not self.count and not self._whole(None, 0):
            raise Contradiction

    def _whole(self, index: int | None, sign: int) -> bool:
        """Solve the integer program, least sign x unknown; False where there is no point."""
        return self._whole_point({} if index is None else {index: sign}) is not None

    def _whole_point(self, costs: Mapping[int, int]) -> NDArray[np.int64] | None:
        """Return a whole point with the least sum of cost x unknown; None where there is none."""
        program = self.program(whole=True)
        program.cost([float(costs.get(index, 0)) for index in range(len(self.low))])
        answer = self._solve(whole=True)
        if answer.status is Status.INFEASIBLE:
            return None
        if answer.status is not Status.OPTIMAL:
            raise SolverError("an integer program without an end")
        point = self.offer(answer.values)
        if point is None:
            raise SolverError("a point that does not hold in whole numbers")
        reached = sum(cost * int(point[index]) for index, cost in costs.items())
        if costs and ceil(answer.bound - TOLERANCE) != reached:
            raise SolverError("a bound that does not meet its point")
        return point

    def differ(self, one: int, other: int) -> bool:
        """Return whether two unknowns are different numbers in some whole point."""
        if self.closed:
            return True
        self.start()
        if (self.points[:, one] != self.points[:, other]).any():
            return True
        for sign in (1, -1):
            costs = [0.0] * len(self.low)
            costs[one], costs[other] = float(sign), float(-sign)
            answer, point = self.minimise(costs)
            if answer.status is Status.UNBOUNDED:
                return True
            assert answer.objective is not None
            if ceil(answer.objective - TOLERANCE * max(1.0, abs(answer.objective))) >= 0:
                continue
            if point is None:
                point = self._whole_point({one: sign, other: -sign})
            if point is None or point[one] != point[other]:
                return True
        return False

    def least(self, index: int) -> int:
        """Return the smallest whole value that an unknown can have."""
        found = self._extreme(index, 1)
        assert found is not None
        return found

    def most(self, index: int) -> int | None:
        """Return the largest whole value that an unknown can have; None where there is none."""
        return self._extreme(index, -1)

    def _extreme(self, index: int, sign: int) -> int | None:
        if self.closed:
            return self.low[index] if sign > 0 else self.high[index]
        key = index, sign
        if key not in self._extremes:
            self.start()
            self._extremes[key] = self._solve_extreme(index, sign)
        return self._extremes[key]

    def _seen(self, index: int, sign: int) -> int:
        return int(self.least_seen[index] if sign > 0 else self.most_seen[index])

    def _solve_extreme(self, index: int, sign: int) -> int | None:
        limit = self.low[index] if sign > 0 else self.high[index]
        if self._seen(index, sign) == limit:
            return limit
        costs = [0.0] * len(self.low)
        costs[index] = float(sign)
        answer, _ = self.minimise(costs)
        if answer.status is Status.UNBOUNDED:
            # There is a whole point, and factors are whole: whole points go on without end too.
            return None
        assert answer.objective is not None
        slack = TOLERANCE * max(1.0, abs(answer.objective))
        if sign * self._seen(index, sign) <= ceil(answer.objective - slack):
            return self._seen(index, sign)
        if not self._whole(index, sign):
            raise Contradiction
        return self._seen(index, sign)

    def varies(self, index: int) -> bool:
        """Return whether an unknown can have more than one value."""
        if self.least_seen[index] < self.most_seen[index]:
            return True
        return self.least(index) != self.most(index)

    def seen(self, index: int) -> int:
        """Return how many values of an unknown are known to be possible without a solve."""
        top = self.high[index]
        if self.closed:
            return 1 if top is None else top - self.low[index] + 1
        if not self.count:
            return 1
        if self.network:
            return int(self.most_seen[index] - self.least_seen[index]) + 1
        return len(np.unique(self.points[:, index]))

    def possible(self, index: int, value: int) -> bool:
        """Return whether a whole point gives the unknown this value."""
        top = self.high[index]
        if value < self.low[index] or (top is not None and value > top):
            return False
        if self.closed:
            return True
        self.start()
        if self.network:
            return self._within(index, value)
        if 0 <= value < SMALL and self._taken[index, value]:
            return True
        return value in self.points[:, index] or self.point_with(index, value) is not None

    def _within(self, index: int, value: int) -> bool:
        """Return whether a value lies between smallest and largest, asking only where unseen."""
        if value < self.least_seen[index]:
            return self.least(index) <= value
        if value > self.most_seen[index]:
            most = self.most(index)
            return most is None or value <= most
        return True

    def point_with(self, index: int, value: int) -> NDArray[np.int64] | None:
        """Return a new whole point with this value by the solver; None where there is none."""
        for whole in (False, True):
            program = self.program(whole=whole)
            program.bound(index, value, value)
            program.cost([0.0] * len(self.low))
            answer = self._solve(whole=whole)
            program.bound(index, self.low[index], self.high[index])
            if answer.status is Status.INFEASIBLE:
                return None
            if answer.status is not Status.OPTIMAL:
                raise SolverError("a question without an end")
            point = self.offer(answer.values)
            if point is not None and point[index] == value:
                return point
        raise SolverError("a point that does not hold in whole numbers")
