"""A slow, obvious reader who tries every whole number that a hidden cell may hold.

A second implementation of what `queries.disclosure` promises, written to be checked against its
text rather than to be fast: no linear programming and no solver, only a search that gives one cell
after the other a value and stops where a sum no longer fits. It shares nothing with the production
code except `Publication` and `Criterion.demand`.

A cell without an upper bound is tried up to a box. What grows with the box has no upper bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from queries.disclosure.publication import Cell, Criterion, Publication, Relation

BOX = 60
"""What a cell without an upper bound is tried up to, beyond the largest number in the table."""
WIDE_BOX = 2600
"""The same where a rounded share binds two cells: 0 pct. may be 2 of 401."""

Bounds = dict[str, tuple[int, int]]
Solution = dict[str, int]


def box_of(publication: Publication) -> int:
    """Return the box that is wide enough for a publication's numbers and factors."""
    factor = max((abs(f) for r in publication.relations for _, f in r.terms), default=1)
    number = max((cell.value or 0 for cell in publication.cells), default=0)
    return number + (BOX if factor < 20 else WIDE_BOX)


# --- all whole solutions ------------------------------------------------------------------------


@dataclass(frozen=True)
class Sum:
    """What a relation leaves for its hidden cells: low <= sum of factor x cell <= high."""

    terms: tuple[tuple[str, int], ...]
    low: int | None
    high: int | None


class Puzzle:
    """The hidden cells of a publication and the sums that bind them, as a reader sees them."""

    def __init__(
        self,
        publication: Publication,
        *,
        known: Mapping[str, int] | None = None,
        box: int | None = None,
    ) -> None:
        known = known or {}
        box = box_of(publication) if box is None else box
        self.bounds: Bounds = {}
        for cell in publication.cells:
            if cell.hidden:
                low, high = cell.low, box if cell.high is None else cell.high
                if cell.name in known:
                    low, high = max(low, known[cell.name]), min(high, known[cell.name])
                self.bounds[cell.name] = (low, high)
        self.sums = [self._seen(publication, relation) for relation in publication.relations]
        # What one sum alone forbids is taken away at once; where nothing is left, all is kept and
        # no solution will be found.
        self.bounds = self._narrowed(dict(self.bounds)) or self.bounds

    @staticmethod
    def _seen(publication: Publication, relation: Relation) -> Sum:
        shown = 0
        terms = []
        for name, factor in relation.terms:
            cell = publication.by_name[name]
            if cell.hidden:
                terms.append((name, factor))
            else:
                assert cell.value is not None
                shown += factor * cell.value
        return Sum(
            tuple(terms),
            None if relation.low is None else relation.low - shown,
            None if relation.high is None else relation.high - shown,
        )

    def solutions(self, bounds: Bounds | None = None) -> Iterator[Solution]:
        """Give every way of filling the hidden cells that agrees with every sum."""
        bounds = self._narrowed(dict(self.bounds if bounds is None else bounds))
        if bounds is None:
            return
        open_cells = [name for name, (low, high) in bounds.items() if low < high]
        if not open_cells:
            yield {name: low for name, (low, _) in bounds.items()}
            return
        cell = min(open_cells, key=lambda name: bounds[name][1] - bounds[name][0])
        for value in range(bounds[cell][0], bounds[cell][1] + 1):
            yield from self.solutions({**bounds, cell: (value, value)})

    def solution_with(self, name: str, low: int, high: int) -> Solution | None:
        """Return a solution in which the cell lies between low and high; None: there is none."""
        lowest, highest = self.bounds[name]
        bounds = {**self.bounds, name: (max(low, lowest), min(high, highest))}
        return next(self.solutions(bounds), None)

    def _narrowed(self, bounds: Bounds) -> Bounds | None:
        """Take away values that one sum alone forbids, until nothing changes; None: no solution."""
        if any(low > high for low, high in bounds.values()):
            return None
        changed = True
        while changed:
            changed = False
            for one in self.sums:
                least = [min(f * bounds[n][0], f * bounds[n][1]) for n, f in one.terms]
                most = [max(f * bounds[n][0], f * bounds[n][1]) for n, f in one.terms]
                sum_least, sum_most = sum(least), sum(most)
                if one.high is not None and sum_least > one.high:
                    return None
                if one.low is not None and sum_most < one.low:
                    return None
                for (name, factor), smallest, largest in zip(one.terms, least, most, strict=True):
                    low, high = bounds[name]
                    # factor x cell lies between `at_least` and `at_most`.
                    at_most = None if one.high is None else one.high - (sum_least - smallest)
                    at_least = None if one.low is None else one.low - (sum_most - largest)
                    if factor < 0:
                        at_most, at_least = (
                            None if at_least is None else -at_least,
                            None if at_most is None else -at_most,
                        )
                    size = abs(factor)
                    new_low = low if at_least is None else max(low, -(-at_least // size))
                    new_high = high if at_most is None else min(high, at_most // size)
                    if new_low > new_high:
                        return None
                    if (new_low, new_high) != (low, high):
                        bounds[name] = (new_low, new_high)
                        changed = True
                        # This sum's least and most are out of date: it is looked at again.
                        break
        return bounds


def solutions(
    publication: Publication, *, known: Mapping[str, int] | None = None, box: int | None = None
) -> Iterator[Solution]:
    """Give every whole solution for all hidden cells together."""
    return Puzzle(publication, known=known, box=box).solutions()


def number_of_solutions(publication: Publication, *, at_most: int) -> int | None:
    """Return how many whole solutions there are; None where there are more than `at_most`."""
    boxes = (box_of(publication), box_of(publication) * 2 + 2 * (at_most + 1))
    found, wider = (
        len(list(islice(solutions(publication, box=box), at_most + 1))) for box in boxes
    )
    return None if found < wider or found > at_most else found


# --- what is possible for one cell --------------------------------------------------------------


class Reader:
    """What one reader finds possible for each hidden cell. Remembers the solutions it has met."""

    def __init__(
        self,
        publication: Publication,
        *,
        known: Mapping[str, int] | None = None,
        box: int | None = None,
    ) -> None:
        box = box_of(publication) if box is None else box
        self.puzzle = Puzzle(publication, known=known, box=box)
        self.met: dict[str, set[int]] = {name: set() for name in self.puzzle.bounds}
        self._wide: Reader | None = None
        self._publication, self._known, self._box = publication, known, box

    def some(self, name: str, low: int, high: int) -> bool:
        """Say whether the cell can lie between low and high (both included)."""
        if any(low <= value <= high for value in self.met[name]):
            return True
        solution = self.puzzle.solution_with(name, low, high)
        for cell, value in (solution or {}).items():
            self.met[cell].add(value)
        return solution is not None

    def smallest(self, name: str) -> int:
        """Return the smallest value: halve what is left until one value is."""
        low, high = self.puzzle.bounds[name]
        if not self.some(name, low, high):
            raise ValueError("no whole number agrees with what is published")
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.some(name, low, middle) else (middle + 1, high)
        return low

    def _largest_in_box(self, name: str) -> int:
        low, high = self.puzzle.bounds[name]
        if not self.some(name, low, high):
            raise ValueError("no whole number agrees with what is published")
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.some(name, middle, high) else (low, middle - 1)
        return low

    def largest(self, name: str) -> int | None:
        """Return the largest value; None where it grows with the box."""
        if self._wide is None:
            self._wide = Reader(self._publication, known=self._known, box=2 * self._box)
        inside = self._largest_in_box(name)
        if self._wide.some(name, inside + 1, self._wide.puzzle.bounds[name][1]):
            return None
        return inside

    def interval(self, name: str) -> tuple[int, int | None]:
        return self.smallest(name), self.largest(name)

    def possibilities(self, name: str) -> int | None:
        """Return how many values the cell may have; None where there is no end to them."""
        low, high = self.interval(name)
        if high is None:
            return None
        return sum(self.some(name, value, value) for value in range(low, high + 1))

    def computable(self, name: str) -> bool:
        """Say whether only one value is left."""
        low = self.smallest(name)
        return not self.some(name, low + 1, self.puzzle.bounds[name][1])


def intervals(
    publication: Publication, *, known: Mapping[str, int] | None = None
) -> dict[str, tuple[int, int | None]]:
    """Return the smallest and the largest value of every hidden cell (None: no upper bound)."""
    reader = Reader(publication, known=known)
    return {name: reader.interval(name) for name in publication.hidden}


# --- judging ------------------------------------------------------------------------------------


def protected(publication: Publication, name: str, criterion: Criterion, reader: Reader) -> bool:
    """Say whether one hidden cell is kept.

    It can have more than one value; and either no small value is possible at all, or all the
    values that the criterion demands are.
    """
    cell = publication.by_name[name]
    if reader.computable(name):
        return False
    demand = criterion.demand(cell.threshold, zeros_are_shown=cell.zeros_are_shown)
    if demand is None or not reader.some(name, cell.low, cell.threshold - 1):
        return True
    return all(reader.some(name, value, value) for value in range(demand[0], demand[1] + 1))


def broken(publication: Publication, criterion: Criterion) -> dict[str, str]:
    """Return the hidden cells that are not kept: 'computable' or 'narrowed'."""
    reader = Reader(publication)
    return {
        name: "computable" if reader.computable(name) else "narrowed"
        for name in publication.hidden
        if not protected(publication, name, criterion, reader)
    }


def _same_number(publication: Publication) -> dict[str, frozenset[str]]:
    """Return for each hidden cell the cells that everybody sees to be the same number.

    By an equality, or as a sum of which all other parts are shown and are nothing together.
    """
    same: dict[str, set[str]] = {name: {name} for name in publication.hidden}
    for one in Puzzle(publication).sums:
        factors = [factor for _, factor in one.terms]
        if one.low == one.high == 0 and len(factors) == 2 and sum(factors) == 0:
            first, second = (name for name, _ in one.terms)
            union = same[first] | same[second]
            for name in union:
                same[name] = union
    return {name: frozenset(names) for name, names in same.items()}


def told(publication: Publication, name: str, value: int) -> frozenset[str]:
    """Return the other hidden cells that whoever knows this one can compute and others cannot.

    Empty where the cell cannot have the value. The same number under another name is not another.
    """
    reader = Reader(publication)
    if not reader.some(name, value, value):
        return frozenset()
    insider = Reader(publication, known={name: value})
    same = _same_number(publication)[name]
    return frozenset(
        other
        for other in publication.hidden - same
        if insider.computable(other) and not reader.computable(other)
    )


def insiders(publication: Publication) -> frozenset[str]:
    """Return the hidden cells that, were they 1 or 2, would tell those behind them another."""
    return frozenset(
        name
        for name in publication.hidden
        if any(told(publication, name, value) for value in (1, 2))
    )


def worth_telling(cell: Cell) -> bool:
    """Say whether a cell is somebody's small number: secret, or small by its own rule."""
    small = cell.value is not None and cell.value < cell.threshold
    return cell.secret or (small and (cell.value != 0 or not cell.zeros_are_shown))


def told_in_truth(publication: Publication) -> frozenset[str]:
    """Return the hidden cells that those behind a true 1 or 2 can compute and others cannot."""
    found: frozenset[str] = frozenset()
    for cell in publication.cells:
        if cell.hidden and cell.value in {1, 2}:
            found |= told(publication, cell.name, cell.value)
    return found


def valid(publication: Publication, criterion: Criterion, *, insiders: bool) -> bool:
    """Say whether every hidden cell is kept.

    With `insiders` also from those behind a true 1 or 2: they compute nobody's small number.
    """
    if _alone_in_a_sum(publication) or broken(publication, criterion):
        return False
    if not insiders:
        return True
    return not any(worth_telling(publication.by_name[name]) for name in told_in_truth(publication))


def _alone_in_a_sum(publication: Publication) -> bool:
    """Say whether some sum has one hidden cell only: it can be computed by subtraction."""
    return any(
        relation.low is not None
        and relation.low == relation.high
        and sum(name in publication.hidden for name, _ in relation.terms) == 1
        for relation in publication.relations
    )


# --- the cheapest protection --------------------------------------------------------------------


def with_hidden(publication: Publication, further: Iterable[str]) -> Publication:
    """Return the publication with further cells hidden."""
    further = set(further)
    cells = tuple(
        replace(cell, hidden=True) if cell.name in further else cell for cell in publication.cells
    )
    return replace(publication, cells=cells)


def may_be_hidden(publication: Publication, further: Iterable[str]) -> bool:
    """Say whether a set of further cells respects groups, `follows` and what is fixed."""
    hidden = publication.hidden | set(further)
    groups: dict[str, list[Cell]] = {}
    for cell in publication.cells:
        groups.setdefault(cell.group or cell.name, []).append(cell)
    if any(cell.fixed and cell.name in hidden for cell in publication.cells):
        return False
    if any(len({cell.name in hidden for cell in group}) > 1 for group in groups.values()):
        return False
    gone = {name for name, group in groups.items() if group[0].name in hidden}
    return all(other in gone for one, other in publication.follows if one in gone)


def cost_of(publication: Publication, further: Iterable[str]) -> int:
    """Return the loss of hiding further cells: the sum of their weights."""
    return sum(publication.by_name[name].weight for name in set(further) - publication.hidden)


def cheapest(
    publication: Publication, criterion: Criterion, *, insiders: bool = False
) -> tuple[int, frozenset[str]] | None:
    """Return the least cost and one set of further cells that has it; None where none is valid.

    Every set of groups is tried, the cheapest first.
    """
    groups: dict[str, set[str]] = {}
    for cell in publication.cells:
        groups.setdefault(cell.group or cell.name, set()).add(cell.name)
    choices = [names - publication.hidden for names in groups.values()]
    choices = [names for names in choices if names and not any_fixed(publication, names)]
    subsets = sorted(
        (
            frozenset().union(*(names for at, names in enumerate(choices) if number >> at & 1))
            for number in range(1 << len(choices))
        ),
        key=lambda names: (cost_of(publication, names), len(names), sorted(names)),
    )
    for names in subsets:
        if not may_be_hidden(publication, names):
            continue
        if valid(with_hidden(publication, names), criterion, insiders=insiders):
            return cost_of(publication, names), names
    return None


def any_fixed(publication: Publication, names: Iterable[str]) -> bool:
    """Say whether one of the cells may not be hidden."""
    return any(publication.by_name[name].fixed for name in names)
