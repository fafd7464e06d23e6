"""Check what was chosen by an attack on it, and try every choice where there are only a few.

What `protect` looks for moves in fractions where the relations are no network. What it returns
is therefore judged here in whole numbers, part by part, also for those who know a hidden 1 or 2.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

import numpy as np

from queries.disclosure.attack import Attack
from queries.disclosure.heuristic import Choice, Movement
from queries.disclosure.insiders import NUMBERS, Insiders
from queries.disclosure.problem import Problem
from queries.disclosure.publication import Cell, Criterion, Publication
from queries.disclosure.solver import SolverError

_EPS = 1e-6
_TRIED = 10
"""Parts with no more free groups can be tried in every way, ..."""
_SMALL = 60
"""... if they have no more variables."""


class Verifier:
    """Attacks on parts of a publication with other choices of what is hidden."""

    def __init__(self, publication: Publication, criterion: Criterion) -> None:
        self.publication, self.criterion = publication, criterion
        self._stands: dict[str, list[int]] = {}
        for number, relation in enumerate(publication.relations):
            for name, _ in relation.terms:
                self._stands.setdefault(name, []).append(number)

    def part(self, names: Set[str]) -> Publication:
        """Return the cells of a part with all that a reader can hold together with them."""
        known, waiting = set(names), sorted(names)
        relations: set[int] = set()
        inside = set(names)
        while waiting:
            for number in self._stands.get(waiting.pop(), ()):
                if number in relations:
                    continue
                relations.add(number)
                for name, _ in self.publication.relations[number].terms:
                    inside.add(name)
                    if self.publication.by_name[name].hidden and name not in known:
                        known.add(name)
                        waiting.append(name)
        return Publication(
            tuple(self.publication.by_name[name] for name in sorted(inside)),
            tuple(self.publication.relations[number] for number in sorted(relations)),
        )

    def exposed(self, attack: Attack, names: Set[str], *, first: bool = False) -> set[str]:
        """Return the hidden cells of `names` that are not kept, or the first one found."""
        found: set[str] = set()
        for cell in attack.publication.cells:
            asked = cell.hidden and cell.name in names and not cell.free
            if asked and not self._kept(attack, cell):
                found.add(cell.name)
                if first:
                    break
        return found

    def _kept(self, attack: Attack, cell: Cell) -> bool:
        """Return whether a hidden cell is kept to the criterion; not where that is undecided."""
        demand = self.criterion.demand(cell.threshold, zeros_are_shown=cell.zeros_are_shown)
        try:
            if not attack.varies(cell.name):
                return False
            if demand is None or attack.bounds(cell.name)[0] >= cell.threshold:
                return True
            small = range(demand[0], demand[1] + 1)
            if all(attack.possible(cell.name, value) for value in small):
                return True
            return attack.interval(cell.name)[0] >= cell.threshold
        except SolverError:
            return False

    @staticmethod
    def told(attack: Attack, asked: Set[str], until: float, *, first: bool = False) -> set[str]:
        """Return the secret or small cells of `asked` that those behind a 1 or 2 can compute.

        Also those of which that is not decided, by the solver or before `until` (monotonic).
        """
        variable = attack.system.variable
        names: dict[int, set[str]] = {}
        true: dict[int, int] = {}
        for cell in attack.publication.cells:
            if not cell.hidden:
                continue
            small = cell.value is not None and cell.value < cell.threshold
            worth = cell.secret or (small and (cell.value != 0 or not cell.zeros_are_shown))
            if worth and cell.name in asked and not cell.free:
                names.setdefault(variable[cell.name], set()).add(cell.name)
            if cell.value is not None and cell.value in NUMBERS:
                true[variable[cell.name]] = cell.value
        found: set[int] = set()
        for part in attack.parts:
            people = Insiders(part)
            left = {i for i, number in enumerate(part.variables) if number in names}
            for index, number in enumerate(part.variables):
                if number not in true or (first and found):
                    continue
                if time.monotonic() > until:
                    found |= {part.variables[i] for i in left}
                    break
                told = _told_by(people, index, true[number], left)
                left -= told
                found |= {part.variables[i] for i in told}
        return {name for number in found for name in names[number]}


def _told_by(people: Insiders, index: int, value: int, asked: Set[int]) -> set[int]:
    """Return which of the asked unknowns those who know one can compute."""

    def reveals(some: Iterable[int]) -> bool:
        others = np.zeros(len(people.part.low), dtype=np.bool_)
        others[list(some)] = True
        try:
            return people.reveals(index, value, others)
        except SolverError:
            return True

    try:
        if not people.open[index] or not asked or not reveals(asked):
            return set()
    except SolverError:
        return set(asked) - {index}
    return {one for one in asked if one != index and reveals([one])}


def doubtful_in(choice: Choice) -> set[str]:
    """Return the cells of which no whole movement says that those behind another cannot tell."""
    problem, exposed = choice.problem, choice.exposed
    found: set[str] = set()
    for one in choice.hidden():
        if not problem.small[one] or one in exposed:
            continue
        movement = choice.movements.get(("wish", one, 0))
        sure = movement is not None and _is_whole(movement)
        for who in movement or ():
            if sure and who != one and problem.known[who]:
                key = "insider", one, who
                aside = choice.movements.get(key)
                sure = key in choice.unkept or (
                    choice.same(one, who) if aside is None else _is_whole(aside)
                )
        if not sure:
            found.update(problem.names[one])
    return found


def _is_whole(movement: Movement) -> bool:
    return all(abs(amount - round(amount)) < _EPS for amount in movement.values())


def hidden_in(part: Publication, names: Set[str], chosen: Set[str]) -> Publication:
    """Return a part in which of `names` those chosen are hidden and the others are not."""
    return replace(
        part,
        cells=tuple(
            replace(cell, hidden=cell.name in chosen)
            if cell.name in names and cell.value is not None
            else cell
            for cell in part.cells
        ),
    )


def choices(problem: Problem) -> Sequence[set[int]]:
    """Return all choices of groups beyond those always hidden, the cheapest first.

    Empty where there are too many.
    """
    must = problem.must
    free = [g for g, may in enumerate(problem.may) if may and not must[g]]
    if len(free) > _TRIED or len(problem.names) > _SMALL:
        return []
    some = itertools.chain.from_iterable(
        itertools.combinations(free, size) for size in range(len(free) + 1)
    )
    closed = [
        set(one)
        for one in some
        if all(must[g] or g in one for first in one for g in problem.closure(first))
    ]
    return sorted(closed, key=lambda one: (sum(problem.cost[g] for g in one), len(one)))
