"""Movements of hidden cells where the relations form a network.

Each relation is a node, each cell an arc between the two relations it stands in (or between one and
the ground). The hidden cells can be exchanged exactly along directed cycles of hidden arcs: one
person more here, one fewer there, and every number shown stays as it is. How far a cell can move is
a maximum flow, what keeps it from moving a minimum cut.

Method: cell suppression in network tables, e.g. Kelly, Golden and Assad (1992).
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from queries.disclosure.problem import Problem, Wish
from queries.disclosure.wishes import Cut, merged, weighed

GROUND = 0
_EPS = 1e-7


def arcs(problem: Problem) -> list[tuple[int, int]] | None:
    """Return (tail, head) of every variable; None where the rows are no network."""
    stands: list[list[tuple[int, int]]] = [[] for _ in problem.names]
    for number, row in enumerate(problem.rows, start=1):
        unit = {abs(factor) for _, factor in row}
        if len(unit) > 1:
            return None
        for variable, factor in row:
            stands[variable].append((number, 1 if factor > 0 else -1))
    if any(len(places) > 2 for places in stands):
        return None
    neighbours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for places in stands:
        if len(places) == 2:
            (one, sign), (other, opposite) = places
            neighbours[one].append((other, -sign * opposite))
            neighbours[other].append((one, -sign * opposite))
    turned = _turned(len(problem.rows), neighbours)
    if turned is None:
        return None
    found = []
    for places in stands:
        by_sign = {sign * turned[number]: number for number, sign in places}
        found.append((by_sign.get(1, GROUND), by_sign.get(-1, GROUND)))
    return found


def _turned(rows: int, neighbours: Mapping[int, list[tuple[int, int]]]) -> list[int] | None:
    """Return 1 or -1 per row so that all cells have opposite signs in their two; else None."""
    turned = [0] * (rows + 1)
    for first in range(1, len(turned)):
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
                    return None
    return turned


class Flows:
    """What a reader can move in a network, given what is hidden (`show` and `hide` change it)."""

    def __init__(self, problem: Problem, ends: list[tuple[int, int]]) -> None:
        self.problem = problem
        self.ends = ends
        nodes = len(problem.rows) + 1
        # Node -> variable -> (other node, direction of the variable along this step).
        self.open: list[dict[int, tuple[int, int]]] = [{} for _ in range(nodes)]
        self.all: list[list[tuple[int, int, int]]] = [[] for _ in range(nodes)]
        for variable, (tail, head) in enumerate(ends):
            if tail != head:
                self.all[tail].append((variable, head, 1))
                self.all[head].append((variable, tail, -1))
            if problem.group[variable] < 0:
                self.hide(variable)

    def hide(self, variable: int) -> None:
        """Let a variable move."""
        tail, head = self.ends[variable]
        if tail != head:
            self.open[tail][variable] = (head, 1)
            self.open[head][variable] = (tail, -1)

    def show(self, variable: int) -> None:
        """Hold a variable."""
        tail, head = self.ends[variable]
        self.open[tail].pop(variable, None)
        self.open[head].pop(variable, None)

    def between(self, wish: Wish) -> tuple[int, int, int]:
        """Return where the others must lead from and to for a wish, and how far it can go."""
        tail, head = self.ends[wish.variable]
        if wish.sign > 0:
            return head, tail, self.problem.up[wish.variable]
        return tail, head, self.problem.down[wish.variable]

    def move(self, wish: Wish) -> dict[int, int] | None:
        """Return a movement that fulfils a wish (amount per variable), None where none does."""
        source, sink, room = self.between(wish)
        if room < wish.amount:
            return None
        if source == sink:
            return {wish.variable: wish.sign * wish.amount}
        flow: dict[int, int] = {}
        left = wish.amount
        while left:
            way = self._way(source, sink, wish, flow)
            if way is None:
                return None
            step = min(left, *(self._room(variable, sign, flow) for variable, sign in way))
            for variable, sign in way:
                flow[variable] = flow.get(variable, 0) + sign * step
            left -= step
        flow[wish.variable] = wish.sign * wish.amount
        return {variable: amount for variable, amount in flow.items() if amount}

    def _room(self, variable: int, sign: int, flow: dict[int, int]) -> int:
        if sign > 0:
            return self.problem.up[variable] - flow.get(variable, 0)
        return self.problem.down[variable] + flow.get(variable, 0)

    def _way(
        self, source: int, sink: int, wish: Wish, flow: dict[int, int]
    ) -> list[tuple[int, int]] | None:
        """Return the shortest way with room from source to sink: (variable, direction)."""
        up, down, skip, without = self.problem.up, self.problem.down, wish.variable, wish.without
        before: dict[int, tuple[int, int, int]] = {source: (-1, -1, 0)}
        waiting = deque([source])
        while waiting:
            node = waiting.popleft()
            for variable, (other, sign) in self.open[node].items():
                if other in before or variable in (skip, without):
                    continue
                moved = flow.get(variable, 0)
                if (up[variable] - moved if sign > 0 else down[variable] + moved) <= 0:
                    continue
                before[other] = (node, variable, sign)
                if other == sink:
                    return _traced(before, sink)
                waiting.append(other)
        return None

    def around(self, inside: set[int], wish: Wish) -> Cut:
        """Return the cut of what leads out of a set of nodes."""
        up, down = self.problem.up, self.problem.down
        weights: dict[int, float] = {}
        for node in inside:
            for variable, other, sign in self.all[node]:
                if other not in inside and variable not in (wish.variable, wish.without):
                    room = up[variable] if sign > 0 else down[variable]
                    if room > 0:
                        weights[variable] = room
        return weighed(self.problem, wish, weights)

    def cheapest(self, wish: Wish, price: Sequence[float]) -> set[int] | None:
        """Return the groups to hide so that a wish is fulfilled, cheaply; None where none will do.

        `price` per group, 0 where it is hidden already, infinite where it cannot be.
        """
        source, sink, room = self.between(wish)
        problem = self.problem
        if room < wish.amount:
            return None
        flow: dict[int, int] = {}
        bought: set[int] = set()
        left = wish.amount
        while left:
            way = self._cheapest_way(
                source, sink, wish=wish, flow=flow, price=price, bought=bought, left=left
            )
            if way is None:
                return None
            step = min(left, *(self._room(variable, sign, flow) for variable, sign in way))
            for variable, sign in way:
                flow[variable] = flow.get(variable, 0) + sign * step
                if problem.group[variable] >= 0 and price[problem.group[variable]] > 0:
                    bought.add(problem.group[variable])
            left -= step
        return bought

    def _cheapest_way(
        self,
        source: int,
        sink: int,
        *,
        wish: Wish,
        flow: dict[int, int],
        price: Sequence[float],
        bought: set[int],
        left: int,
    ) -> list[tuple[int, int]] | None:
        group = self.problem.group
        done: dict[int, tuple[int, int, int]] = {}
        best: dict[int, float] = {source: 0.0}
        waiting: list[tuple[float, int, int, int, int]] = [(0.0, source, -1, -1, 0)]
        while waiting:
            cost, node, origin, by, along = heapq.heappop(waiting)
            if node in done:
                continue
            done[node] = (origin, by, along)
            if node == sink:
                return _traced(done, sink)
            for variable, other, sign in self.all[node]:
                if other in done or variable in (wish.variable, wish.without):
                    continue
                room = self._room(variable, sign, flow)
                if room <= 0:
                    continue
                one = group[variable]
                more = 0.0 if one < 0 or one in bought else price[one]
                if more == float("inf"):
                    continue
                # Small steps cost more: several of them are needed. And of equals the shortest.
                reach = cost + more * left / min(room, left) + 1e-6
                if reach < best.get(other, float("inf")):
                    best[other] = reach
                    heapq.heappush(waiting, (reach, other, node, variable, sign))
        return None


def _traced(before: dict[int, tuple[int, int, int]], sink: int) -> list[tuple[int, int]]:
    way: list[tuple[int, int]] = []
    node = sink
    while True:
        origin, variable, sign = before[node]
        if origin < 0:
            return way
        way.append((variable, sign))
        node = origin


class Shares:
    """Cuts that a fractional choice violates, in a network."""

    def __init__(self, flows: Flows, shares: Sequence[float]) -> None:
        """`shares` are how far each variable is hidden: 0 to 1."""
        self.flows, self.shares = flows, shares
        self.open = [[arc for arc in around if shares[arc[0]] > _EPS] for around in flows.all]
        self._rooms: dict[int, tuple[list[float], list[float]]] = {}

    def rooms(self, amount: int) -> tuple[list[float], list[float]]:
        """Return how far each variable can move; no way needs one of them further than `amount`."""
        if amount not in self._rooms:
            problem = self.flows.problem
            up, down = (
                [min(room, amount) * share for room, share in zip(rooms, self.shares, strict=True)]
                for rooms in (problem.up, problem.down)
            )
            self._rooms[amount] = up, down
        return self._rooms[amount]

    def violated(self, wishes: Sequence[Wish], level: float) -> tuple[list[Cut], dict[int, float]]:
        """Return cuts that are violated where one of the wishes must be fulfilled by `level`.

        And the flow that was found where none is.
        """
        problem = self.flows.problem
        sides: list[list[Cut]] = []
        flow: dict[int, float] = {}
        for wish in wishes:
            room = (problem.up if wish.sign > 0 else problem.down)[wish.variable]
            if room < wish.amount:
                sides.append([Cut((), 1)])
                continue
            value, flow, inside, outside = self._flow(wish, wish.amount * level)
            if value >= wish.amount * level - 1e-4:
                return [], flow
            cuts = [self.flows.around(inside, wish)]
            if outside != inside:
                cuts.append(self.flows.around(outside, wish))
            sides.append(cuts)
        if len(sides) == 1:
            return sides[0], flow
        return [merged(one, other) for one, other in zip(*sides, strict=False)], flow

    def _flow(self, wish: Wish, limit: float) -> tuple[float, dict[int, float], set[int], set[int]]:
        """Return a flow up to `limit`, what it reaches, and all that does not lead to its end."""
        up, down = self.rooms(wish.amount)
        source, sink, _ = self.flows.between(wish)
        skip, without, arcs = wish.variable, wish.without, self.open
        flow: dict[int, float] = {}
        value = 0.0
        if source == sink:
            return limit, flow, set(), set()
        while value < limit - _EPS:
            before: dict[int, tuple[int, int, int]] = {source: (-1, -1, 0)}
            waiting = [source]
            for node in waiting:
                for variable, other, sign in arcs[node]:
                    if other in before or variable in (skip, without):
                        continue
                    moved = flow.get(variable, 0.0)
                    if (up[variable] - moved if sign > 0 else down[variable] + moved) > _EPS:
                        before[other] = (node, variable, sign)
                        waiting.append(other)
                if sink in before:
                    break
            if sink not in before:
                return value, flow, set(before), self._apart(sink, wish, flow)
            way = _traced(before, sink)
            step = limit - value
            for variable, sign in way:
                moved = flow.get(variable, 0.0)
                step = min(step, up[variable] - moved if sign > 0 else down[variable] + moved)
            for variable, sign in way:
                flow[variable] = flow.get(variable, 0.0) + sign * step
            value += step
        return value, flow, set(), set()

    def _apart(self, sink: int, wish: Wish, flow: dict[int, float]) -> set[int]:
        up, down = self.rooms(wish.amount)
        found, waiting = {sink}, [sink]
        for node in waiting:
            for variable, other, sign in self.open[node]:
                if other in found or variable in (wish.variable, wish.without):
                    continue
                moved = flow.get(variable, 0.0)
                if (down[variable] + moved if sign > 0 else up[variable] - moved) > _EPS:
                    found.add(other)
                    waiting.append(other)
        return set(range(len(self.open))) - found
