"""Movements of hidden cells where the relations are no network, by linear programming.

Looks for movements in fractions, so what it finds is checked in whole numbers afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from queries.disclosure.problem import Problem, Wish
from queries.disclosure.solver import Program, SolverError, Status
from queries.disclosure.wishes import Cut, merged, weighed

_FAR = 1e7
_EPS = 1e-6
_DUAL = 1e-7
"""Duals and scales below are taken for zero."""


class Polytope:
    """What a reader can move, given what is hidden (`show` and `hide` change it)."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.size = len(problem.names)
        self.up = [min(float(room), _FAR) for room in problem.up]
        self.down = [min(float(room), _FAR) for room in problem.down]
        self.hidden = [group < 0 for group in problem.group]
        # Both directions apart, each at a price: movements that involve few, whole ones mostly.
        costs = [0.01 if group < 0 else 1.0 for group in problem.group]
        self._moves = Program([0.0] * (2 * self.size), [0.0] * (2 * self.size), costs * 2)
        self._buys = Program([0.0] * (2 * self.size), [*self.up, *self.down])
        for row in problem.rows:
            back = [(self.size + variable, -factor) for variable, factor in row]
            self._moves.add_row([*row, *back], 0, 0)
            self._buys.add_row([*row, *back], 0, 0)
        for variable, hidden in enumerate(self.hidden):
            if hidden:
                self.hide(variable)

    def hide(self, variable: int) -> None:
        """Let a variable move."""
        self.hidden[variable] = True
        self._let(variable, self.up[variable], self.down[variable])

    def show(self, variable: int) -> None:
        """Hold a variable."""
        self.hidden[variable] = False
        self._let(variable, 0, 0)

    def _let(self, variable: int, up: float, down: float) -> None:
        self._moves.bound(variable, 0, up)
        self._moves.bound(self.size + variable, 0, down)

    def _restore(self, variable: int) -> None:
        if self.hidden[variable]:
            self.hide(variable)
        else:
            self.show(variable)

    def _room(self, wish: Wish) -> float:
        return (self.up if wish.sign > 0 else self.down)[wish.variable]

    def move(self, wish: Wish) -> dict[int, float] | None:
        """Return a movement that fulfils a wish (amount per variable), None where none does."""
        if self._room(wish) < wish.amount:
            return None
        own = wish.variable + (0 if wish.sign > 0 else self.size)
        self._let(wish.variable, 0, 0)
        self._moves.bound(own, wish.amount, wish.amount)
        if wish.without >= 0:
            self._let(wish.without, 0, 0)
        try:
            answer = self._moves.solve()
        finally:
            self._restore(wish.variable)
            if wish.without >= 0:
                self._restore(wish.without)
        if answer.status is not Status.OPTIMAL:
            return None
        return _moved(answer.values[: self.size] - answer.values[self.size :])

    def cheapest(self, wish: Wish, price: Sequence[float]) -> set[int] | None:
        """Return the groups to hide so that a wish is fulfilled, cheaply; None where none will do.

        `price` per group, 0 where it is hidden already, infinite where it cannot be.
        """
        if self._room(wish) < wish.amount:
            return None
        costs = [0.0] * (2 * self.size)
        closed = []
        for variable, group in enumerate(self.problem.group):
            one = 0.0 if group < 0 else price[group]
            if one == float("inf") or variable == wish.without:
                closed.append(variable)
            for column, room in (
                (variable, self.up[variable]),
                (self.size + variable, self.down[variable]),
            ):
                costs[column] = 1e-6 + (one / min(room, wish.amount) if one and room else 0.0)
                if costs[column] == float("inf"):
                    costs[column] = 0.0
        own = wish.variable + (0 if wish.sign > 0 else self.size)
        other = wish.variable + (self.size if wish.sign > 0 else 0)
        for variable in closed:
            self._buys.bound(variable, 0, 0)
            self._buys.bound(self.size + variable, 0, 0)
        self._buys.bound(own, wish.amount, wish.amount)
        self._buys.bound(other, 0, 0)
        costs[own] = costs[other] = 0.0
        self._buys.cost(costs)
        try:
            answer = self._buys.solve()
        finally:
            for variable in {*closed, wish.variable}:
                self._buys.bound(variable, 0, self.up[variable])
                self._buys.bound(self.size + variable, 0, self.down[variable])
        if answer.status is not Status.OPTIMAL:
            return None
        bought = set()
        for column, amount in enumerate(answer.values):
            group = self.problem.group[column % self.size]
            if amount > _EPS and group >= 0 and price[group] > 0:
                bought.add(group)
        return bought


class PolytopeShares:
    """Cuts that a fractional choice violates, by the duals of the reader's linear programs."""

    def __init__(self, polytope: Polytope, shares: Sequence[float]) -> None:
        """`shares` are how far each variable is hidden: 0 to 1."""
        self.polytope, self.shares = polytope, shares
        self.problem = polytope.problem
        self._program = Program([0.0] * polytope.size, [0.0] * polytope.size)
        for row in polytope.problem.rows:
            self._program.add_row(row, 0, 0)
        self._amount = 0

    def _let(self, variable: int) -> None:
        share, amount = self.shares[variable], self._amount
        group = self.problem.group[variable]
        up, down = self.problem.up[variable], self.problem.down[variable]
        if share < _EPS:
            share = 0.0
        elif group >= 0 and share < 1 - _EPS:
            # A part of what it would be needed for, not of all that it could do.
            up, down = min(up, amount), min(down, amount)
        self._program.bound(variable, -min(down, _FAR) * share, min(up, _FAR) * share)

    def violated(self, wishes: Sequence[Wish], level: float) -> tuple[list[Cut], dict[int, float]]:
        """Return cuts that are violated where one of the wishes must be fulfilled by `level`.

        And the movement that was found where none is.
        """
        sides: list[Cut] = []
        movement: dict[int, float] = {}
        for wish in wishes:
            room = (self.problem.up if wish.sign > 0 else self.problem.down)[wish.variable]
            if room < wish.amount:
                sides.append(Cut((), 1))
                continue
            cut, movement = self._one(wish, level)
            if cut is None:
                return [], movement
            sides.append(cut)
        return [sides[0] if len(sides) == 1 else merged(*sides)], movement

    def _one(self, wish: Wish, level: float) -> tuple[Cut | None, dict[int, float]]:
        program = self._program
        if self._amount != wish.amount:
            self._amount = wish.amount
            for variable in range(self.polytope.size):
                self._let(variable)
        program.bound(wish.variable, *sorted((0, wish.sign * wish.amount * level)))
        if wish.without >= 0:
            program.bound(wish.without, 0, 0)
        costs = np.zeros(self.polytope.size)
        costs[wish.variable] = -wish.sign
        program.cost(costs)
        try:
            answer = program.solve()
        finally:
            self._let(wish.variable)
            if wish.without >= 0:
                self._let(wish.without)
        if answer.status is not Status.OPTIMAL:
            raise SolverError(f"a movement is always possible, not {answer.status}")
        values = _moved(answer.values)
        if abs(values.get(wish.variable, 0.0)) >= wish.amount * level - 1e-4:
            return None, values
        weights: dict[int, float] = {}
        scale = 1.0
        duals = answer.column_duals
        for variable in np.flatnonzero(np.abs(duals) >= _DUAL).tolist():
            dual = float(duals[variable])
            if variable == wish.without:
                continue
            if variable == wish.variable:
                # Its movement is -sum of dual x movement of the others, over 1 + its own dual.
                scale += wish.sign * dual
                continue
            room = self.problem.up[variable] if dual < 0 else self.problem.down[variable]
            if room > 0:
                weights[variable] = round(abs(dual), 9) * room
        if scale < _DUAL:
            return None, values
        return weighed(self.problem, wish, weights, wish.amount * scale), values


def _moved(values: NDArray[np.float64]) -> dict[int, float]:
    """The variables that move, in their order, with how far."""
    where = np.flatnonzero(np.abs(values) > _EPS)
    return dict(zip(where.tolist(), values[where].tolist(), strict=True))
