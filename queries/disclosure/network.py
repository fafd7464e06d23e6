"""A published table as a network: what can be computed, and what must be hidden to prevent it.

Each relation 'a total is the sum of its parts' is a node, each cell an arc between the two
relations it stands in (or between one and the ground). The values of the hidden cells can then be
exchanged exactly along directed cycles of hidden arcs: one person more here, one fewer there, and
every number shown stays as it is. A hidden cell on no such cycle can be computed by anyone. A cell
that holds nobody can only gain, so the test sees what follows from counts never being negative,
which plain linear algebra does not: where the hidden parts of a shown total are all zero, they
are known.

Method: cell suppression in network tables, e.g. Kelly, Golden and Assad (1992).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

GROUND = -1


@dataclass(frozen=True)
class Relation:
    """One equation: the cell `total` is the sum of the cells `parts`."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Arc:
    """A cell in the network: one person more flows from `tail` to `head`, one fewer back."""

    tail: int
    head: int
    may_gain: bool
    may_lose: bool
    cost: int

    def steps(self) -> Iterable[tuple[int, int]]:
        """Yield the directed steps that the cell allows."""
        if self.may_gain:
            yield self.tail, self.head
        if self.may_lose:
            yield self.head, self.tail


def ends(relations: Sequence[Relation]) -> dict[str, tuple[int, int]]:
    """Return (tail, head) of every cell that stands in a relation.

    Raises ValueError where the relations are no network: a cell in more than two of them, or signs
    that cannot be made opposite by writing some relations the other way round.
    """
    stands: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, relation in enumerate(relations):
        stands[relation.total].append((number, 1))
        for part in relation.parts:
            stands[part].append((number, -1))
    neighbours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for cell, places in stands.items():
        if len(places) > 2:
            raise ValueError(f"cell {cell} stands in {len(places)} relations")
        if len(places) == 2:
            (one, sign), (other, opposite) = places
            neighbours[one].append((other, -sign * opposite))
            neighbours[other].append((one, -sign * opposite))
    turned = _turned(len(relations), neighbours)
    found: dict[str, tuple[int, int]] = {}
    for cell, places in stands.items():
        by_sign = {sign * turned[number]: number for number, sign in places}
        found[cell] = (by_sign.get(1, GROUND), by_sign.get(-1, GROUND))
    return found


def _turned(count: int, neighbours: Mapping[int, list[tuple[int, int]]]) -> list[int]:
    """Return +1 or -1 per relation so that every cell has opposite signs in its two relations."""
    turned = [0] * count
    for first in range(count):
        if turned[first]:
            continue
        turned[first] = 1
        waiting = [first]
        while waiting:
            node = waiting.pop()
            for other, factor in neighbours[node]:
                if not turned[other]:
                    turned[other] = turned[node] * factor
                    waiting.append(other)
                elif turned[other] != turned[node] * factor:
                    raise ValueError("the relations are no network")
    return turned


def fixed(arcs: Mapping[str, Arc], hidden: set[str], asked: Iterable[str]) -> list[str]:
    """Return the cells of `asked` (all hidden) whose value the shown cells determine."""
    # Two arcs for one step are enough: one of them may be the cell that is asked about.
    steps: dict[int, dict[int, list[str]]] = defaultdict(dict)
    for cell in hidden:
        for tail, head in arcs[cell].steps():
            known = steps[tail].setdefault(head, [])
            if len(known) < 2:
                known.append(cell)
    return [cell for cell in asked if not _moves(arcs[cell], cell, steps)]


def _moves(arc: Arc, cell: str, steps: Mapping[int, Mapping[int, list[str]]]) -> bool:
    return (arc.may_gain and _leads(arc.head, arc.tail, cell, steps)) or (
        arc.may_lose and _leads(arc.tail, arc.head, cell, steps)
    )


def _leads(
    start: int, goal: int, without: str, steps: Mapping[int, Mapping[int, list[str]]]
) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        onward = steps.get(node, {})
        if goal in onward and onward[goal] != [without]:
            return True
        for other, cells in onward.items():
            if other not in seen and cells != [without]:
                seen.add(other)
                waiting.append(other)
    return False


def cheapest_cover(arcs: Mapping[str, Arc], hidden: set[str], cell: str) -> set[str] | None:
    """Return the cells to hide so that `cell` moves, at the least cost; None where none can.

    `arcs` holds the cells that are hidden (they cost nothing) and those that may be.
    """
    arc = arcs[cell]
    outward: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for name, other in arcs.items():
        if name != cell:
            for tail, head in other.steps():
                outward[tail].append((0 if name in hidden else other.cost, head, name))
    ways = []
    if arc.may_gain:
        ways.append(_cheapest_way(arc.head, arc.tail, outward))
    if arc.may_lose:
        ways.append(_cheapest_way(arc.tail, arc.head, outward))
    found = [way for way in ways if way is not None]
    return set(min(found)[1]) - hidden if found else None


def _cheapest_way(
    start: int, goal: int, outward: Mapping[int, list[tuple[int, int, str]]]
) -> tuple[int, list[str]] | None:
    reached: dict[int, tuple[int, int, str]] = {}
    waiting = [(0, start, start, "")]
    while waiting:
        cost, node, before, by = heapq.heappop(waiting)
        if node in reached:
            continue
        reached[node] = (cost, before, by)
        if node == goal:
            break
        for more, other, name in outward.get(node, ()):
            if other not in reached:
                heapq.heappush(waiting, (cost + more, other, node, name))
    if goal not in reached:
        return None
    way, node = [], goal
    while node != start:
        _, node, name = reached[node]
        way.append(name)
    return reached[goal][0], sorted(way)
