"""What `protect` must solve: parts of a publication that have nothing to do with each other.

Equal cells become one variable, cells that are hidden together one group. What a reader cannot
tell apart is a movement: how much each hidden variable differs from its nominal value (the true
one, or any possible one where it is not known) while all relations stay fulfilled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from queries.disclosure.publication import Cell, Criterion, Publication, Relation

FREE = 1 << 40
"""How far a variable without a bound can move."""


@dataclass(frozen=True)
class Keep:
    """What must stay possible of a hidden variable, by one cell's primary rule.

    A nominal value below `below` must be able to reach `low` and `high`; one from `below` on must
    be able to move, and if it can fall below `below`, it must be able to reach `low` (a reader
    could not tell it from a small number). `below` 0: it must only be able to move.
    """

    low: int
    high: int
    below: int


@dataclass(frozen=True, slots=True)
class Wish:
    """That `variable` can move by `amount` (> 0) in direction `sign`; `without` is held."""

    variable: int
    sign: int
    amount: int
    without: int = -1


@dataclass
class Problem:
    """One part: variables 0..n-1, the last of them slacks of inequalities (group -1).

    `names` are the cells of each variable; `up` and `down` how far it can move when hidden. `rows`
    (variable, factor) sum to zero over every movement. `groups` are the variables of each group,
    `cost` the loss of hiding it, `must` whether it is hidden whatever happens, `may` whether it can
    be. `follows`: where the first group is hidden the second must be. `known` are variables that
    someone knows (a true value of 1 or 2), `small` those that nobody may compute from that.
    """

    names: list[tuple[str, ...]] = field(default_factory=list)
    value: list[int] = field(default_factory=list)
    up: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    groups: list[list[int]] = field(default_factory=list)
    group_names: list[tuple[str, ...]] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    must: list[bool] = field(default_factory=list)
    may: list[bool] = field(default_factory=list)
    follows: list[tuple[int, int]] = field(default_factory=list)
    known: list[bool] = field(default_factory=list)
    small: list[bool] = field(default_factory=list)

    wishes: list[list[list[Wish]]] = field(default_factory=list)
    """Per variable what must be possible where it is hidden, each as wishes that may take turns."""
    falls: list[list[tuple[Wish, Wish]]] = field(default_factory=list)
    """Per variable pairs of wishes: where the first is possible the second must be."""
    after: dict[int, list[int]] = field(default_factory=dict)
    """Per group the groups that directly follow."""

    def closure(self, group: int) -> set[int]:
        """Return the groups that are hidden where one is."""
        found, waiting = {group}, [group]
        while waiting:
            for other in self.after.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    def leading(self, group: int) -> set[int]:
        """Return a group and all that cannot be hidden without it."""
        found, changed = {group}, True
        while changed:
            more = {one for one, other in self.follows if other in found} - found
            found |= more
            changed = bool(more)
        return found

    def twins(self) -> list[tuple[int, int, tuple[int, ...]]]:
        """Return pairs that are one number while certain others are shown: (one, other, others).

        A whole and its part where the rest is nothing: knowing one is no news about the other.
        """
        found = []
        for row in self.rows:
            signs: dict[tuple[int, int], list[int]] = {}
            for variable, factor in row:
                if self.group[variable] >= 0 and self.value[variable] in (1, 2):
                    signs.setdefault((self.value[variable], factor), []).append(variable)
            for (value, factor), ones in signs.items():
                for other in signs.get((value, -factor), ()) if factor > 0 else ():
                    for one in ones:
                        rest = tuple(v for v, _ in row if v not in (one, other))
                        found.append((one, other, rest))
        return found

    def demand(self, keeps: Iterable[Keep]) -> None:
        """Say what the latest variable is kept to."""
        variable, value = len(self.wishes), self.value[len(self.wishes)]
        wishes: dict[tuple[Wish, ...], None] = {}
        falls: dict[tuple[Wish, Wish], None] = {}
        for keep in keeps:
            if value < keep.below:
                if keep.high > value:
                    wishes[(Wish(variable, 1, keep.high - value),)] = None
                if keep.low < value:
                    wishes[(Wish(variable, -1, value - keep.low),)] = None
            elif keep.low < keep.below - 1:
                least = Wish(variable, -1, value - keep.below + 1)
                falls[(least, Wish(variable, -1, value - keep.low))] = None
        if not wishes:
            wishes[(Wish(variable, 1, 1), Wish(variable, -1, 1))] = None
        self.wishes.append([list(one) for one in wishes])
        self.falls.append(list(falls))


class Sets:
    """Disjoint sets of things, joined as it goes."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, one: str) -> str:
        """Return the thing that stands for the set of `one`."""
        above = self._above
        root = one
        while above.get(root, root) != root:
            root = above[root]
        while above.get(one, one) != root:
            above[one], one = root, above[one]
        return root

    def join(self, one: str, other: str) -> None:
        """Make one set of two; the smaller name stands for it, so that order never matters."""
        low, high = sorted((self.find(one), self.find(other)))
        self._above[high] = low


def is_equality(relation: Relation) -> bool:
    """Return whether a relation says that two cells are the same number."""
    return (
        len(relation.terms) == 2
        and relation.low == relation.high == 0
        and sorted(factor for _, factor in relation.terms) == [-1, 1]
    )


def problems(
    publication: Publication,
    criterion: Criterion,
    *,
    by_number: bool,
    nominal: Callable[[Publication], dict[str, int]],
) -> list[Problem]:
    """Return the parts of a publication in which something is hidden.

    `nominal` gives a possible value of every cell whose value is None. Raises ValueError where the
    values contradict a relation.
    """
    values = {cell.name: cell.value for cell in publication.cells if cell.value is not None}
    if len(values) < len(publication.cells):
        values |= nominal(publication)
    return _Maker(publication, criterion, by_number, values).parts()


class _Maker:
    def __init__(
        self,
        publication: Publication,
        criterion: Criterion,
        by_number: bool,
        values: dict[str, int],
    ) -> None:
        self.publication, self.criterion = publication, criterion
        self.by_number, self.values = by_number, values
        self.same, self.together = Sets(), Sets()
        for relation in publication.relations:
            if is_equality(relation):
                self.same.join(*(name for name, _ in relation.terms))
        self.variables: dict[str, list[Cell]] = defaultdict(list)
        for cell in publication.cells:
            self.variables[self.same.find(cell.name)].append(cell)
        for cells in self.variables.values():
            for cell in cells[1:]:
                self.together.join(_group(cells[0]), _group(cell))
        self.members: dict[str, list[str]] = defaultdict(list)  # group -> variables
        for name, cells in self.variables.items():
            self.members[self.together.find(_group(cells[0]))].append(name)
        self.follows = sorted(
            {
                (self.together.find(one), self.together.find(other))
                for one, other in publication.follows
                if self.together.find(one) != self.together.find(other)
                and self.together.find(one) in self.members
                and self.together.find(other) in self.members
            }
        )
        self.must, self.may = self._marks()

    def _marks(self) -> tuple[set[str], set[str]]:
        """Return the groups that are hidden in any case, and those that can be."""
        cells = {
            group: [cell for name in names for cell in self.variables[name]]
            for group, names in self.members.items()
        }
        must = {
            group
            for group, inside in cells.items()
            if any(cell.hidden or (cell.secret and not cell.fixed) for cell in inside)
        }
        may = {group for group, inside in cells.items() if not any(c.fixed for c in inside)} | must
        changed = True
        while changed:
            before = len(must), len(may)
            for one, other in self.follows:
                if one in must:
                    must.add(other)
                    may.add(other)
                if other not in may:
                    may.discard(one)
            changed = (len(must), len(may)) != before
        return must, may

    def parts(self) -> list[Problem]:
        live = {
            name
            for group in self.may
            for name in self.members[group]
            if not any(cell.fixed for cell in self.variables[name])
        }
        connected = Sets()
        rows: dict[tuple[object, ...], tuple[dict[str, int], int | None, int | None]] = {}
        for relation in self.publication.relations:
            terms: dict[str, int] = defaultdict(int)
            here = 0
            for name, factor in relation.terms:
                here += factor * self.values[name]
                variable = self.same.find(name)
                if variable in live:
                    terms[variable] += factor
            low = None if relation.low is None else relation.low - here
            high = None if relation.high is None else relation.high - here
            if (low is not None and low > 0) or (high is not None and high < 0):
                raise ValueError(f"the values contradict the relation: {relation.title}")
            terms = {name: factor for name, factor in terms.items() if factor}
            if terms:
                # Equal cells are one: what is said of each of them is the same.
                rows[tuple(sorted(terms.items())), low, high] = (terms, low, high)
                _join_all(connected, [f"v{name}" for name in terms])
        for group in self.may:
            inside = [name for name in self.members[group] if name in live]
            _join_all(connected, [f"g{group}", *(f"v{name}" for name in inside)])
        for one, other in self.follows:
            if one in self.may and other in self.may:
                connected.join(f"g{one}", f"g{other}")
        return self._made(live, rows.values(), connected)

    def _made(
        self,
        live: set[str],
        rows: Iterable[tuple[dict[str, int], int | None, int | None]],
        connected: Sets,
    ) -> list[Problem]:
        wanted = {connected.find(f"g{group}") for group in self.must}
        parts = {root: Problem() for root in sorted(wanted)}
        place: dict[str, int] = {}
        number: dict[str, int] = {}
        for group in self.members:
            if group in self.may and (root := connected.find(f"g{group}")) in parts:
                part = parts[root]
                number[group] = len(part.groups)
                inside = [name for name in self.members[group] if name in live]
                part.groups.append([])
                part.group_names.append(
                    tuple(c.name for name in inside for c in self.variables[name])
                )
                part.must.append(group in self.must)
                part.may.append(True)
                cells = [c for name in inside for c in self.variables[name] if not c.hidden]
                part.cost.append(len(cells) if self.by_number else sum(c.weight for c in cells))
                for name in inside:
                    place[name] = len(part.names)
                    part.groups[-1].append(place[name])
                    self._add(part, name, number[group])
        for one, other in self.follows:
            if one in number and other in number:
                part = parts[connected.find(f"g{one}")]
                part.follows.append((number[one], number[other]))
                part.after.setdefault(number[one], []).append(number[other])
        for terms, low, high in rows:
            root = connected.find(f"v{next(iter(terms))}")
            if root not in parts:
                continue
            part = parts[root]
            row = [(place[name], factor) for name, factor in terms.items()]
            if low != 0 or high != 0:
                row.append((len(part.names), -1))
                _slack(part, low, high)
            part.rows.append(row)
        return list(parts.values())

    def _add(self, part: Problem, name: str, group: int) -> None:
        cells = self.variables[name]
        value = self.values[cells[0].name]
        highs = [cell.high for cell in cells if cell.high is not None]
        part.names.append(tuple(cell.name for cell in cells))
        part.value.append(value)
        part.up.append(min(highs) - value if highs else FREE)
        part.down.append(value - max(cell.low for cell in cells))
        part.group.append(group)
        if asked := [cell for cell in cells if not cell.free]:
            part.demand(self._keep(cell) for cell in asked)
        else:
            part.wishes.append([])
            part.falls.append([])
        part.small.append(any(self._small(cell, value) for cell in cells))
        part.known.append(value in (1, 2) and any(cell.value is not None for cell in cells))

    @staticmethod
    def _small(cell: Cell, value: int) -> bool:
        if cell.free:
            return False
        below = value < cell.threshold and not (value == 0 and cell.zeros_are_shown)
        return cell.secret or (cell.value is not None and below)

    def _keep(self, cell: Cell) -> Keep:
        demand = self.criterion.demand(cell.threshold, zeros_are_shown=cell.zeros_are_shown)
        return Keep(0, 0, 0) if demand is None else Keep(*demand, cell.threshold)


def _group(cell: Cell) -> str:
    return cell.group or cell.name


def _join_all(sets: Sets, names: list[str]) -> None:
    for name in names[1:]:
        sets.join(names[0], name)


def _slack(part: Problem, low: int | None, high: int | None) -> None:
    part.names.append(())
    part.value.append(0)
    part.up.append(FREE if high is None else high)
    part.down.append(FREE if low is None else -low)
    part.group.append(-1)
    part.wishes.append([])
    part.falls.append([])
    part.known.append(False)
    part.small.append(False)
