"""What a reader can compute: the smallest and largest value that each hidden cell can still have.

The attacker knows everything that is printed, every relation, which cells are hidden and what is
known beforehand of each, not which of them are secret. All answers are exact in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from queries.disclosure.part import Part
from queries.disclosure.publication import Publication, Relation
from queries.disclosure.system import Component, Contradiction, System, reduced

__all__ = ["Attack", "Contradiction", "intervals", "possible", "solutions"]

WIDE = 50
"""Intervals up to this width are counted value by value."""


class Attack:
    """One attack on a publication; what is found is kept for the next question.

    `known` adds hidden cells whose value the attacker knows. Raises Contradiction (naming the
    relations) where no whole numbers fit, SolverError where a question cannot be decided.
    """

    def __init__(self, publication: Publication, known: Mapping[str, int] | None = None) -> None:
        self.publication = publication
        self.known = dict(known or {})
        try:
            self.system = System(publication, self.known)
        except Contradiction:
            raise self._blamed() from None
        self.parts = [
            Part(component, self.system.low, self.system.high)
            for component in self.system.components
        ]
        self._place = {
            variable: (part, index)
            for part in self.parts
            for index, variable in enumerate(part.variables)
        }

    def place(self, name: str) -> tuple[Part, int] | None:
        """Return the part and the number in it of a hidden cell; None where bounds say it all."""
        return self._place.get(self.system.variable[name])

    def interval(self, name: str) -> tuple[int, int | None]:
        """Return the smallest and largest possible value of a cell; None: no largest."""
        if name not in self.system.variable:
            value = self._shown(name)
            return value, value
        place = self.place(name)
        if place is None:
            variable = self.system.variable[name]
            return self.system.low[variable], self.system.high[variable]
        part, index = place
        try:
            return part.least(index), part.most(index)
        except Contradiction:
            raise self._blamed() from None

    def possible(self, name: str, value: int) -> bool:
        """Return whether a cell can have a value."""
        if name not in self.system.variable:
            return value == self._shown(name)
        place = self.place(name)
        if place is None:
            variable = self.system.variable[name]
            top = self.system.high[variable]
            return value >= self.system.low[variable] and (top is None or value <= top)
        part, index = place
        try:
            return part.possible(index, value)
        except Contradiction:
            raise self._blamed() from None

    def bounds(self, name: str) -> tuple[int, int | None]:
        """Return bounds of a hidden cell that cost no solve: the interval lies within them."""
        variable = self.system.variable[name]
        return self.system.low[variable], self.system.high[variable]

    def varies(self, name: str) -> bool:
        """Return whether a hidden cell can have more than one value."""
        place = self.place(name)
        if place is None:
            low, high = self.bounds(name)
            return low != high
        part, index = place
        try:
            return part.varies(index)
        except Contradiction:
            raise self._blamed() from None

    def possibilities(self, name: str) -> int | None:
        """Return how many values a hidden cell can have; None: no end.

        Where rows are no network and the interval is wide, values between its ends that are not
        possible are counted too.
        """
        low, high = self.interval(name)
        if high is None:
            return None
        place = self.place(name)
        if place is None or place[0].network or high - low > WIDE:
            return high - low + 1
        return sum(self.possible(name, value) for value in range(low, high + 1))

    def at_least(self, name: str) -> int:
        """Return a number of possibilities of a hidden cell that is known without a solve."""
        place = self.place(name)
        if place is not None:
            return place[0].seen(place[1])
        low, high = self.bounds(name)
        return 1 if high is None else high - low + 1

    def through(self, name: str) -> tuple[str, ...]:
        """Return the titles of a smallest set of relations that tells as much about a cell.

        Relations near the cell are tried first; none of those returned can be left out.
        """
        told = self._told(name)
        near: dict[int, None] = {}
        reached, border = {name}, [name]

        def enough(relations: Sequence[Relation]) -> bool:
            named = {cell for relation in relations for cell, _ in relation.terms} | {name}
            cells = tuple(self.publication.by_name[cell] for cell in sorted(named))
            known = {cell: value for cell, value in self.known.items() if cell in named}
            return Attack(Publication(cells, tuple(relations)), known)._told(name) == told

        while True:
            relations = [self.publication.relations[number] for number in sorted(near)]
            if not border or enough(relations):
                return titles(smallest(relations, enough))
            near |= dict.fromkeys(
                number for cell in border for number in self._stands.get(cell, ())
            )
            beyond = {
                cell
                for number in near
                for cell, _ in self.publication.relations[number].terms
                if cell in self.system.variable
            }
            border = sorted(beyond - reached)
            reached |= beyond

    @cached_property
    def _stands(self) -> dict[str, list[int]]:
        """The relations that each hidden cell stands in, by number."""
        stands: dict[str, list[int]] = {}
        for number, relation in enumerate(self.publication.relations):
            for cell, _ in relation.terms:
                if cell in self.system.variable:
                    stands.setdefault(cell, []).append(number)
        return stands

    def _told(self, name: str) -> tuple[object, ...]:
        """Return what an attack tells: a cell's ends, and which small values it can have."""
        low, high = self.interval(name)
        last = self.publication.by_name[name].threshold
        return low, high, *(self.possible(name, value) for value in range(last + 1))

    def _shown(self, name: str) -> int:
        value = self.publication.by_name[name].value
        found = self.known.get(name, value)
        assert found is not None
        return found

    def _blamed(self) -> Contradiction:
        """Return the contradiction with a smallest set of relations that cannot all hold."""

        def contradicts(relations: Sequence[Relation]) -> bool:
            try:
                system = System(replace(self.publication, relations=tuple(relations)), self.known)
                for component in system.components:
                    Part(component, system.low, system.high).start()
            except Contradiction:
                return True
            return False

        return Contradiction(titles(smallest(self.publication.relations, contradicts)))


def titles(relations: Iterable[Relation]) -> tuple[str, ...]:
    """Return what relations are called, each once, in their order."""
    return tuple(
        dict.fromkeys(
            relation.title or " + ".join(name for name, _ in relation.terms)
            for relation in relations
        )
    )


def smallest(
    relations: Sequence[Relation], holds: Callable[[Sequence[Relation]], bool]
) -> tuple[Relation, ...]:
    """Return a subset of relations for which `holds` is true and for no part of it.

    `holds` must be true of all relations and of every set that includes one it is true of.
    """
    kept = list(relations)
    size = max(1, len(kept) // 2)
    while True:
        start = 0
        while start < len(kept):
            fewer = kept[:start] + kept[start + size :]
            if holds(fewer):
                kept = fewer
            else:
                start += size
        if size == 1:
            return tuple(kept)
        size = max(1, min(size // 2, len(kept) // 2))


def intervals(
    publication: Publication,
    *,
    cells: Iterable[str] | None = None,
    known: Mapping[str, int] | None = None,
) -> dict[str, tuple[int, int | None]]:
    """Return each cell's smallest and largest possible value (None: no largest).

    All hidden cells, or those of `cells`. `known` adds cells whose value the attacker knows.
    Raises Contradiction where no whole numbers fit, SolverError where it cannot be decided.
    """
    attack = Attack(publication, known)
    asked = [c.name for c in publication.cells if c.hidden] if cells is None else cells
    return {name: attack.interval(name) for name in asked}


def possible(
    publication: Publication, name: str, value: int, known: Mapping[str, int] | None = None
) -> bool:
    """Return whether a cell can have a value, given all that is published and `known`."""
    return Attack(publication, known).possible(name, value)


def solutions(publication: Publication, *, at_most: int) -> int | None:
    """Return how many whole solutions there are for all hidden cells together.

    None where there are more than `at_most`. Raises Contradiction where there is none.
    """
    attack = Attack(publication)
    for part in attack.parts:
        part.start()
    system = attack.system
    bound = {v for component in system.components for v in component.variables}
    number = 1
    for variable in set(range(len(system.low))) - bound:
        top = system.high[variable]
        if top is None:
            return None
        number *= top - system.low[variable] + 1
    for component in system.components:
        if number > at_most:
            return None
        found = _count(component, system.low, system.high, at_most // number)
        if found is None:
            return None
        number *= found
    return number if number <= at_most else None


def _count(
    component: Component, low: Sequence[int], high: Sequence[int | None], at_most: int
) -> int | None:
    """Count the whole points of a component; None where there are more than `at_most`."""
    part = Part(component, low, high)
    widths = []
    for index, variable in enumerate(component.variables):
        least, most = part.least(index), part.most(index)
        if most is None:
            return None
        widths.append((most - least, variable, least, most))
    _, chosen, least, most = min(widths)
    number = 0
    for value in range(least, most + 1):
        lows, highs = list(low), list(high)
        lows[chosen] = highs[chosen] = value
        try:
            components = reduced(lows, highs, component.rows)
            rest = 1
            inside = {v for each in components for v in each.variables}
            for variable in set(component.variables) - inside:
                top = highs[variable]
                if top is None:
                    return None
                rest *= top - lows[variable] + 1
            for each in components:
                # A part without any point makes the others' number irrelevant.
                Part(each, lows, highs).start()
            for each in components:
                if number + rest > at_most:
                    return None
                found = _count(each, lows, highs, (at_most - number) // rest)
                if found is None:
                    return None
                rest *= found
        except Contradiction:
            continue
        number += rest
        if number > at_most:
            return None
    return number
