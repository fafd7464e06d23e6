"""The least loss that is possible: a program over what to hide, and the cuts it must satisfy.

Fischetti and Salazar (2000): hiding is a yes or no per group; that a hidden cell can move far
enough is a linear program of the reader's, and every dual answer of it a cut. They are found as
they are violated, first by fractional choices (the bound), then by whole ones (the optimum).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Protocol

from queries.disclosure.heuristic import Choice, Key
from queries.disclosure.problem import Problem, Wish
from queries.disclosure.solver import Program, SolverError, Status
from queries.disclosure.wishes import Cut

_EPS = 1e-6
_MORE = 0.02
"""How much more is taken for hidden where cuts of few groups are looked for."""
_MOST = 400
"""Cuts added in one round."""


class Separator(Protocol):
    """Finds violated cuts of one fractional choice: `Shares` or `PolytopeShares`."""

    def violated(self, wishes: Sequence[Wish], level: float) -> tuple[list[Cut], dict[int, float]]:
        """Return violated cuts, or the movement that fulfils a wish."""
        ...


class _Sparse:
    """Finds cuts of few groups: those that are violated even where all is hidden a little more.

    Of all the cuts that a choice violates as much, that leaves the ones which lead across fewest
    variables. They are satisfied by fewer choices, so that far fewer of them say as much.
    """

    def __init__(
        self, separator: Callable[[Sequence[float]], Separator], shares: Sequence[float]
    ) -> None:
        self._separator, self._shares = separator, shares
        self._asked = separator(shares)

    @cached_property
    def _harder(self) -> Separator:
        return self._separator([min(1.0, share + _MORE) for share in self._shares])

    def violated(self, wishes: Sequence[Wish], level: float) -> tuple[list[Cut], dict[int, float]]:
        """Return violated cuts, or the movement that fulfils a wish."""
        cuts, movement = self._asked.violated(wishes, level)
        if cuts:
            cuts = self._harder.violated(wishes, level)[0] or cuts
        return cuts, movement


class Master:
    """The program over groups; `bound` is a proven lower bound of the loss."""

    def __init__(
        self,
        problem: Problem,
        separator: Callable[[Sequence[float]], Separator],
        *,
        insiders: bool,
        unkept: set[Key],
    ) -> None:
        self.problem, self.separator = problem, separator
        self.insiders, self.unkept = insiders, unkept
        self.falls = [
            (variable, number)
            for variable, group in enumerate(problem.group)
            if group >= 0
            for number in range(len(problem.falls[variable]))
        ]
        self.column = {fall: len(problem.groups) + n for n, fall in enumerate(self.falls)}
        self.rows: dict[tuple[tuple[tuple[int, float], ...], float], None] = {}
        self.bound = 0.0
        self.stopped = False
        """Whether time ran out in the last whole program."""
        self.program = self._program(whole=False)
        for one, other in problem.follows:
            self._row({other: 1.0, one: -1.0}, 0.0)
        self.twins: dict[frozenset[int], tuple[int, ...]] = {}
        self.kin = list(range(len(problem.names)))
        for one, other, rest in problem.twins() if insiders else ():
            self.twins[frozenset((one, other))] = rest
            self.kin = [self.kin[one] if kin == self.kin[other] else kin for kin in self.kin]
        self._quiet: dict[Key, int] = {}

    def _program(self, *, whole: bool, gap: float = 0.0) -> Program:
        problem, more = self.problem, len(self.falls)
        lows = [1.0 if must else 0.0 for must in problem.must] + [0.0] * more
        costs = [float(cost) for cost in problem.cost] + [0.0] * more
        return Program(lows, [1.0] * len(lows), costs, whole=whole, gap=gap)

    def _row(self, terms: dict[int, float], low: float) -> bool:
        row = tuple(sorted((column, factor) for column, factor in terms.items() if factor)), low
        if row in self.rows:
            return False
        self.rows[row] = None
        self.program.add_row(row[0], low, None)
        return True

    def add(self, cut: Cut, where: Iterable[int]) -> bool:
        """Add a cut that counts where all columns `where` are 1; return whether it is new."""
        terms = dict(cut.weights)
        low = cut.need
        for column in {c for c in where if c >= len(self.problem.must) or not self.problem.must[c]}:
            terms[column] = terms.get(column, 0.0) - cut.need
            low -= cut.need
        return self._row(terms, low)

    def relax(self, until: float) -> list[float]:
        """Solve the relaxation, raise the bound, and return the share of each column.

        Raises SolverError where time (`until`, monotonic) runs out.
        """
        answer = self.program.solve(seconds=max(0.1, until - time.monotonic()))
        if answer.status is not Status.OPTIMAL or answer.objective is None:
            raise SolverError(f"hiding everything is always possible, not {answer.status}")
        self.bound = max(self.bound, answer.objective)
        return [min(1.0, max(0.0, float(value))) for value in answer.values]

    def separate(self, shares: Sequence[float], until: float, *, all_: bool = False) -> int:
        """Add cuts that a choice violates; return how many."""
        problem = self.problem
        by_variable = [1.0 if group < 0 else shares[group] for group in problem.group]
        asked = _Sparse(self.separator, by_variable)
        added = 0
        for key, wishes, where, level in self._demands(shares):
            if added >= _MOST or time.monotonic() > until:
                break
            if not all_ and self._quiet.get(key, 0) > 0:
                self._quiet[key] -= 1
                continue
            new = self._violated(asked, wishes=wishes, where=where, level=level, shares=shares)
            added += new[0]
            if not new[0]:
                self._quiet[key] = 2
                if key[0] == "wish" and key[2] == 0:
                    added += self._insiders(
                        asked,
                        variable=key[1],
                        wishes=wishes,
                        movement=new[1],
                        level=level,
                        shares=shares,
                    )
        return added

    def _demands(
        self, shares: Sequence[float]
    ) -> Iterable[tuple[Key, list[Wish], tuple[int, ...], float]]:
        problem = self.problem
        for variable, group in enumerate(problem.group):
            if group < 0 or shares[group] < 0.01:
                continue
            for number, wishes in enumerate(problem.wishes[variable]):
                key: Key = ("wish", variable, number)
                if key not in self.unkept:
                    yield key, wishes, (group,), shares[group]
        for (variable, number), column in self.column.items():
            if shares[column] > 0.01:
                wish = problem.falls[variable][number][1]
                yield ("fall", variable, number), [wish], (column,), shares[column]

    def _violated(
        self,
        asked: Separator,
        *,
        wishes: list[Wish],
        where: tuple[int, ...],
        level: float,
        shares: Sequence[float],
    ) -> tuple[int, dict[int, float]]:
        cuts, movement = asked.violated(wishes, level)
        added = 0
        for cut in cuts:
            found = sum(weight * shares[group] for group, weight in cut.weights)
            if found < cut.need * level - _EPS * max(1.0, cut.need):
                added += self.add(cut, where)
        return added, movement

    def _insiders(
        self,
        asked: Separator,
        *,
        variable: int,
        wishes: list[Wish],
        movement: dict[int, float],
        level: float,
        shares: Sequence[float],
    ) -> int:
        """Add cuts against those who know a cell that the movement leans on."""
        problem = self.problem
        if not (self.insiders and problem.small[variable]):
            return 0
        added = 0
        spare = max(wish.amount for wish in wishes) * level - 1
        for who, amount in movement.items():
            if who == variable or not problem.known[who] or abs(amount) <= spare + _EPS:
                continue
            if ("insider", variable, who) in self.unkept:
                continue
            two = [Wish(variable, 1, 1, who), Wish(variable, -1, 1, who)]
            for where in self._unless_same(variable, who):
                both = sum(shares[group] for group in where) - len(where) + 1
                if both > 0.01:
                    added += self._violated(
                        asked, wishes=two, where=where, level=both, shares=shares
                    )[0]
        return added

    def _unless_same(self, one: int, other: int) -> Iterable[tuple[int, ...]]:
        """Yield groups that, where all hidden, mean that two variables are not one number."""
        group = self.problem.group
        both = {group[one], group[other]}
        if self.kin[one] != self.kin[other]:
            yield tuple(both)
        for variable in self.twins.get(frozenset((one, other)), ()):
            if group[variable] >= 0:
                yield tuple(both | {group[variable]})
            else:
                yield tuple(both)

    def whole(self, seconds: float, gap: float) -> list[float] | None:
        """Solve the program in whole numbers with the cuts so far; raise the bound.

        Returns the columns of the best choice, not proven where time ran out; None where there is
        none.
        """
        program = self._program(whole=True, gap=gap)
        for terms, low in self.rows:
            program.add_row(terms, low, None)
        answer = program.solve(seconds=seconds, may_stop=True)
        self.bound = max(self.bound, answer.bound)
        self.stopped = answer.status is Status.STOPPED
        if answer.objective is None:
            return None
        return [float(round(value)) for value in answer.values]

    def falling(self, choice: Choice, shares: Sequence[float], until: float) -> int:
        """Say of what is hidden that it can fall below the threshold; return how many are new.

        `choice` holds what is hidden by `shares`. Ends at `until` (monotonic).
        """
        added = 0
        for (variable, number), column in self.column.items():
            if time.monotonic() > until:
                break
            group = self.problem.group[variable]
            if not choice.on[group] or ("fall", variable, number) in self.unkept:
                continue
            if shares[column] > 0.5:
                continue
            movement = choice.reader.move(self.problem.falls[variable][number][0])
            if movement is None or any(abs(x - round(x)) > _EPS for x in movement.values()):
                continue
            terms = {column: 1.0}
            low = 1.0
            used = {self.problem.group[v] for v in (variable, *movement)}
            for one in used:
                if one >= 0 and not self.problem.must[one]:
                    terms[one] = -1.0
                    low -= 1.0
            added += self._row(terms, low)
        return added
