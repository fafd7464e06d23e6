"""Choose what to hide further, so that nothing hidden is given away by what is shown.

Every hidden cell is kept to the criterion (see `publication`), with the least loss that is found:
cutting planes from the reader's own linear programs (Fischetti and Salazar 2000), a heuristic that
starts from their fractional answers, and a proven lower bound beside the loss.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from queries.disclosure.cuts import Master, Separator
from queries.disclosure.flows import Flows, Shares, arcs
from queries.disclosure.heuristic import Choice, Key
from queries.disclosure.polytope import Polytope, PolytopeShares
from queries.disclosure.problem import Problem, problems
from queries.disclosure.publication import Criterion, Publication
from queries.disclosure.solver import Program, SolverError, Status

_EPS = 1e-6


@dataclass(frozen=True)
class Protection:
    """A publication in which enough is hidden.

    `publication` is the same with `hidden` set on the cells `further`. `cost` is their loss (sum of
    weights, or their number), `bound` what it must be at least, `gap` how far the loss can be above
    the least possible, relative to the loss; `optimal` says that nothing cheaper exists. `exposed`
    are hidden cells that cannot be kept to the criterion even with everything hidden that may be
    (empty normally); `insiders` those that a person behind a hidden 1 or 2 can compute in any case.
    """

    publication: Publication
    further: frozenset[str]
    cost: int
    bound: float
    gap: float
    optimal: bool
    exposed: tuple[str, ...] = ()
    insiders: tuple[str, ...] = ()


@dataclass
class _Part:
    further: set[str]
    cost: int
    bound: float
    exposed: set[str]
    insiders: set[str]


def protect(
    publication: Publication,
    criterion: Criterion = Criterion.STRICT,
    *,
    insiders: bool = True,
    objective_by: Literal["weight", "number"] = "weight",
    seconds: float = 60.0,
    gap: float = 0.02,
) -> Protection:
    """Return the publication with enough hidden that every hidden cell is kept to `criterion`.

    Hidden cells stay hidden, secret ones are hidden, fixed ones never. With `insiders` nobody who
    is behind a hidden 1 or 2 can compute another small or secret cell from it. `objective_by` says
    what is kept small: the sum of weights or the number of cells. The search ends when the loss is
    proven to be within `gap` of the least, or after `seconds`, with what is valid by then. Raises
    ValueError where the values contradict a relation.
    """
    end = time.monotonic() + seconds
    parts = problems(publication, criterion, by_number=objective_by == "number", nominal=_nominal)
    further: set[str] = set()
    exposed: set[str] = set()
    known: set[str] = set()
    cost, bound = 0, 0.0
    for number, part in enumerate(parts):
        now = time.monotonic()
        until = now + max(0.0, end - now) / (len(parts) - number)
        found = _solve(part, insiders=insiders, gap=gap, until=until)
        further |= found.further
        exposed |= found.exposed
        known |= found.insiders
        cost += found.cost
        bound += found.bound
    further -= publication.hidden
    return Protection(
        publication=_hide(publication, further),
        further=frozenset(further),
        cost=cost,
        bound=bound,
        gap=(cost - bound) / cost if cost else 0.0,
        optimal=cost - bound < 1e-6,
        exposed=_ordered(publication, exposed),
        insiders=_ordered(publication, known),
    )


def _hide(publication: Publication, further: set[str]) -> Publication:
    cells = tuple(
        replace(cell, hidden=True) if cell.name in further else cell for cell in publication.cells
    )
    return replace(publication, cells=cells)


def _ordered(publication: Publication, names: set[str]) -> tuple[str, ...]:
    return tuple(cell.name for cell in publication.cells if cell.name in names)


def _nominal(publication: Publication) -> dict[str, int]:
    """Return possible values of the cells whose value is not known. ValueError where none are."""
    asked = [cell for cell in publication.cells if cell.value is None]
    column = {cell.name: number for number, cell in enumerate(asked)}
    program = Program([c.low for c in asked], [c.high for c in asked], whole=True)
    for relation in publication.relations:
        terms = [(column[name], factor) for name, factor in relation.terms if name in column]
        if terms:
            known = sum(
                factor * (publication.by_name[name].value or 0)
                for name, factor in relation.terms
                if name not in column
            )
            program.add_row(
                terms,
                None if relation.low is None else relation.low - known,
                None if relation.high is None else relation.high - known,
            )
    answer = program.solve()
    if answer.status is not Status.OPTIMAL:
        raise ValueError("no values of the hidden cells fulfil the relations")
    return {cell.name: round(answer.values[column[cell.name]]) for cell in asked}


class _Search:
    """The search for the cheapest choice in one part."""

    def __init__(self, part: Problem, *, insiders: bool, gap: float, until: float) -> None:
        self.part, self.insiders, self.gap, self.until = part, insiders, gap, until
        self.ends = arcs(part)
        self.best = self._choice()
        self.best.repair([float(cost) for cost in part.cost])
        self.best.clean(self._dearest_first(self.best))
        self.bound = 0.0

    def _reader(self) -> Flows | Polytope:
        return Polytope(self.part) if self.ends is None else Flows(self.part, self.ends)

    def _choice(self, unkept: Iterable[Key] = ()) -> Choice:
        return Choice(self.part, self._reader(), insiders=self.insiders, unkept=unkept)

    def _separator(self, shares: Sequence[float]) -> Separator:
        reader = self._reader()
        return (
            Shares(reader, shares) if isinstance(reader, Flows) else PolytopeShares(reader, shares)
        )

    def _dearest_first(self, choice: Choice, shares: Sequence[float] = ()) -> list[int]:
        cost = self.part.cost
        some = [group for group, on in enumerate(choice.on) if on]
        if shares:
            return sorted(
                some, key=lambda group: (-cost[group] * (1 - shares[group]), -cost[group])
            )
        return sorted(some, key=lambda group: -cost[group])

    @property
    def done(self) -> bool:
        """Whether what was found is good enough, or time is up."""
        least = self.best.cost - self.bound
        return least <= max(self.gap * self.best.cost, _EPS) or time.monotonic() > self.until

    def run(self) -> _Search:
        """Search until done."""
        if self.best.cost:
            master = Master(
                self.part,
                self._separator,
                insiders=self.insiders,
                unkept=self.best.unkept,
            )
            try:
                self._fractions(master)
                self._wholes(master)
            except SolverError:
                pass  # what was found by then is valid, and the bound proven
        return self

    def _raise(self, master: Master) -> None:
        # Losses are whole numbers.
        self.bound = max(self.bound, float(math.ceil(master.bound - 1e-4)))

    def _fractions(self, master: Master) -> None:
        rounds = 0
        while not self.done:
            shares = master.relax()
            self._raise(master)
            if self.done:
                return
            added = master.separate(shares, self.until) or master.separate(
                shares, self.until, all_=True
            )
            rounds += 1
            if not added or rounds % 4 == 0:
                self._try(shares)
            if not added:
                return

    def _try(self, shares: Sequence[float]) -> None:
        """Look for a better choice from a fractional one."""
        choice = self._choice(self.best.unkept)
        price = [cost * (1.001 - share) for cost, share in zip(self.part.cost, shares)]
        choice.hide(group for group, share in enumerate(shares[: len(price)]) if share > 0.9)
        if choice.repair(price, self.until):
            choice.clean(self._dearest_first(choice, shares), self.until)
            self._offer(choice)

    def _offer(self, choice: Choice) -> None:
        if choice.unkept <= self.best.unkept and choice.cost < self.best.cost:
            self.best = choice

    def _wholes(self, master: Master) -> None:
        while not self.done:
            left = max(0.1, self.until - time.monotonic())
            shares, proven = master.whole(left, self.gap / 2)
            self._raise(master)
            if shares is None:
                return
            added = master.separate(shares, self.until, all_=True)
            choice = self._choice(self.best.unkept)
            choice.hide(g for g in range(len(self.part.groups)) if shares[g] > 0.5)
            added += master.falling(choice, shares)
            if choice.repair([float(cost) for cost in self.part.cost], self.until):
                choice.clean(self._dearest_first(choice), self.until)
                self._offer(choice)
            if not added:
                return


def _solve(part: Problem, *, insiders: bool, gap: float, until: float) -> _Part:
    search = _Search(part, insiders=insiders, gap=gap, until=until).run()
    choice = search.best
    return _Part(
        further={name for variable in choice.hidden() for name in part.names[variable]},
        cost=choice.cost,
        bound=min(search.bound, choice.cost),
        exposed={name for variable in choice.exposed for name in part.names[variable]},
        insiders={
            name
            for kind, variable, _ in choice.unkept
            if kind == "insider"
            for name in part.names[variable]
        },
    )
