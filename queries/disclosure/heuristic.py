"""Find a good choice of what to hide: cheapest ways one after the other, then taking back.

A choice is valid where every wish of every hidden variable has a movement that fulfils it. The
movements found are kept, so that hiding or showing one group asks again only where it matters.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from queries.disclosure.problem import Problem, Wish

Key = tuple[str, int, int]
"""A demand: ('wish', variable, number), ('fall', variable, number), ('insider', variable, who)."""

Movement = dict[int, int] | dict[int, float]


class Reader(Protocol):
    """What can be moved, given what is hidden: `Flows` or `Polytope`."""

    def hide(self, variable: int) -> None:
        """Let a variable move."""
        ...

    def show(self, variable: int) -> None:
        """Hold a variable."""
        ...

    def move(self, wish: Wish) -> Movement | None:
        """Return a movement that fulfils a wish, None where none does."""
        ...

    def cheapest(self, wish: Wish, price: Sequence[float]) -> set[int] | None:
        """Return the groups to hide for a wish, None where none will do."""
        ...


@dataclass(frozen=True)
class State:
    """A choice as it was."""

    on: list[bool]
    barred: list[bool]
    never: set[int]
    freed: set[int]
    unkept: set[Key]
    movements: dict[Key, Movement]


class Choice:
    """What is hidden of a problem, and the movements that keep it safe."""

    def __init__(
        self,
        problem: Problem,
        reader: Reader,
        *,
        insiders: bool,
        unkept: Iterable[Key] = (),
    ) -> None:
        self.problem, self.reader, self.insiders = problem, reader, insiders
        self.on = [False] * len(problem.groups)
        self.barred = [not may for may in problem.may]
        self.movements: dict[Key, Movement] = {}
        self.uses: dict[int, set[Key]] = defaultdict(set)
        self.own: dict[int, set[Key]] = defaultdict(set)
        self.open: dict[Key, None] = {}
        self.never = {group for group, may in enumerate(problem.may) if not may}
        self.freed: set[int] = set()
        self.unkept: set[Key] = set(unkept)
        """Demands that cannot be met even with everything hidden."""
        self.twins = problem.twins() if insiders else []
        self._touched: set[Key] | None = None
        """The demands whose movement has changed, while that is noted."""
        self.hide(group for group, must in enumerate(problem.must) if must)

    # What is hidden -------------------------------------------------------------------------

    @property
    def cost(self) -> int:
        """The loss of all that is hidden further."""
        return sum(c for c, on in zip(self.problem.cost, self.on, strict=True) if on)

    @property
    def exposed(self) -> set[int]:
        """The variables that are not kept to the criterion."""
        return {variable for kind, variable, _ in self.unkept if kind != "insider"}

    def hidden(self) -> list[int]:
        """The hidden variables."""
        return [v for v, g in enumerate(self.problem.group) if g >= 0 and self.on[g]]

    def hide(self, groups: Iterable[int]) -> None:
        """Hide groups, and those that follow; their demands are open."""
        for first in groups:
            for group in self.problem.closure(first):
                if self.on[group]:
                    continue
                self.on[group] = True
                for variable in self.problem.groups[group]:
                    self.reader.hide(variable)
                    for key in self._keys(variable):
                        self.open[key] = None

    def _keys(self, variable: int) -> Iterable[Key]:
        for number in range(len(self.problem.wishes[variable])):
            yield "wish", variable, number
        for number in range(len(self.problem.falls[variable])):
            yield "fall", variable, number

    def show(self, groups: Iterable[int]) -> list[Key]:
        """Show groups; return the demands of others that must be asked again."""
        asked: dict[Key, None] = {}
        for group in groups:
            self.on[group] = False
            for variable in self.problem.groups[group]:
                self.reader.show(variable)
                for key in sorted(self.uses.pop(variable, ())):
                    asked[key] = None
        for key in asked:
            self._forget(key)
        for group in groups:
            for variable in self.problem.groups[group]:
                for key in self.own.pop(variable, ()):
                    self._forget(key)
        for key in [key for key in self.open if not self._concerned(key)]:
            del self.open[key]
        return [key for key in asked if self._concerned(key)]

    def _concerned(self, key: Key) -> bool:
        kind, variable, who = key
        group = self.problem.group
        return self.on[group[variable]] and (kind != "insider" or self.on[group[who]])

    def _forget(self, key: Key) -> None:
        if self._touched is not None:
            self._touched.add(key)
        for variable in self.movements.pop(key, ()):
            if variable in self.uses:
                self.uses[variable].discard(key)

    def state(self) -> State:
        """Return what `restore` needs to come back here; nothing may be open."""
        return State(
            list(self.on),
            list(self.barred),
            set(self.never),
            set(self.freed),
            set(self.unkept),
            dict(self.movements),
        )

    def restore(self, state: State) -> None:
        """Go back to an earlier state."""
        self.open.clear()
        self.barred, self.never = list(state.barred), set(state.never)
        self.freed, self.unkept = set(state.freed), set(state.unkept)
        self.show([g for g, on in enumerate(self.on) if on and not state.on[g]])
        self._back([g for g, on in enumerate(state.on) if on and not self.on[g]], state.movements)

    # Demands --------------------------------------------------------------------------------

    def wishes(self, key: Key) -> list[Wish]:
        """Return the wishes one of which must be fulfilled."""
        kind, variable, number = key
        if kind == "wish":
            return self.problem.wishes[variable][number]
        if kind == "fall":
            return [self.problem.falls[variable][number][1]]
        return [Wish(variable, 1, 1, number), Wish(variable, -1, 1, number)]

    def met(self, key: Key) -> bool:
        """Ask the reader about a demand, and keep what it finds."""
        self._forget(key)
        self.open.pop(key, None)
        if key in self.unkept:
            return True
        kind, variable, number = key
        if kind == "fall" and self.reader.move(self.problem.falls[variable][number][0]) is None:
            return True
        for wish in self.wishes(key):
            found = self.reader.move(wish)
            if found is not None:
                self._keep(key, found)
                if kind == "wish" and number == 0:
                    self._watch(variable, found)
                return True
        return kind == "insider" and self.same(variable, number)

    def same(self, one: int, other: int) -> bool:
        """Return whether two hidden variables are one number, given what is shown."""
        group = self.problem.group
        known: dict[int, set[int]] = {}
        for first, second, rest in self.twins:
            both = self.on[group[first]] and self.on[group[second]]
            if both and not any(group[v] < 0 or self.on[group[v]] for v in rest):
                joined = known.get(first, {first}) | known.get(second, {second})
                for variable in joined:
                    known[variable] = joined
        return other in known.get(one, ())

    def _keep(self, key: Key, found: Movement) -> None:
        self.movements[key] = found
        for used in found:
            self.uses[used].add(key)
        kind, variable, who = key
        self.own[variable].add(key)
        if kind == "insider":
            self.own[who].add(key)

    def _watch(self, variable: int, found: Movement) -> None:
        """Open the demands against those who know a cell that the movement needs."""
        if not (self.insiders and self.problem.small[variable]):
            return
        for who in found:
            if who != variable and self.problem.known[who]:
                key = ("insider", variable, who)
                if key not in self.movements:
                    self.open[key] = None

    # Making it valid ------------------------------------------------------------------------

    def repair(self, price: Sequence[float], until: float = float("inf")) -> bool:
        """Hide further, and show what cannot be kept, until all demands are met.

        `price` per group. Returns False where time (`until`, monotonic) ran out before.
        """
        while True:
            if time.monotonic() > until:
                return False
            while self.open:
                if time.monotonic() > until:
                    return False
                key = next(iter(self.open))
                if not self.met(key):
                    self._buy(key, price)
            # More may fall below the threshold now that more is hidden.
            self.open = {
                ("fall", variable, number): None
                for variable in self.hidden()
                for number in range(len(self.problem.falls[variable]))
                if ("fall", variable, number) not in self.movements
            }
            for variable in self.hidden() if self.twins else ():
                self._watch(variable, self.movements.get(("wish", variable, 0), {}))
            broken = [key for key in list(self.open) if not self.met(key)]
            if not broken:
                if not self.open:
                    return True
                continue
            for key in broken:
                if self._concerned(key) and not self.met(key):
                    self._buy(key, price)

    def _buy(self, key: Key, price: Sequence[float]) -> None:
        """Hide what a demand needs at the least price, or give up what cannot be kept."""
        best: set[int] | None = None
        asked = self._asked(price)
        for wish in self.wishes(key):
            found = self.reader.cheapest(wish, asked)
            if found is not None and (
                best is None or sum(price[g] for g in found) < sum(price[g] for g in best)
            ):
                best = found
        if best:
            self.hide(sorted(best))
            self.open[key] = None
        else:
            self._give_up(key)

    def _asked(self, price: Sequence[float]) -> list[float]:
        return [
            0.0 if on else float("inf") if barred else max(cost, 1e-3)
            for on, barred, cost in zip(self.on, self.barred, price, strict=True)
        ]

    def _give_up(self, key: Key) -> None:
        """Show the group of a demand that nothing meets; where it must be hidden, let it be."""
        kind, variable, who = key
        for one in (variable, who) if kind == "insider" else (variable,):
            leading = self.problem.leading(self.problem.group[one])
            if any(self.problem.must[group] for group in leading):
                continue
            if kind == "wish" and not self._soft():
                self.never |= leading  # even all the others do not keep it
            elif leading & self.freed:
                continue
            for group in leading:
                self.barred[group] = True
            for again in self.show([group for group in leading if self.on[group]]):
                self.open[again] = None
            return
        barred = self._soft()
        if kind != "fall" and barred - self.freed:
            # What was shown for less is needed after all.
            fresh = barred - self.freed
            self.freed |= fresh
            for group in fresh:
                self.barred[group] = False
            self.open[key] = None
            return
        self.unkept.add(key)
        if kind == "wish":
            self._settle(key)

    def _soft(self) -> set[int]:
        """Return the groups that are shown although they could be hidden."""
        return {group for group, out in enumerate(self.barred) if out} - self.never

    def _settle(self, key: Key) -> None:
        """Ask for as much as is possible where not all is."""
        _, variable, number = key
        wishes = self.problem.wishes[variable][number]
        if len(wishes) == 1:
            everything = [
                float("inf") if group in self.never else 0.0 for group in range(len(self.on))
            ]
            amount = wishes[0].amount
            while (
                amount
                and self.reader.cheapest(replace(wishes[0], amount=amount), everything) is None
            ):
                amount -= 1
            if amount:
                self.problem.wishes[variable].append([replace(wishes[0], amount=amount)])
                self.open["wish", variable, len(self.problem.wishes[variable]) - 1] = None

    # Taking back ----------------------------------------------------------------------------

    def clean(self, order: Iterable[int], until: float = float("inf")) -> None:
        """Show again what is not needed, in the order given."""
        for group in order:
            if time.monotonic() > until:
                return
            if self.on[group] and not self.problem.must[group]:
                leading = {one for one in self.problem.leading(group) if self.on[one]}
                if not any(self.problem.must[one] for one in leading):
                    self._try_without(sorted(leading))

    def _try_without(self, groups: list[int]) -> None:
        kept = dict(self.movements)
        self._touched = set()
        asked = self.show(groups)
        asked.sort(key=lambda key: key[0] != "insider")  # those last, see `_stale`
        while asked or self.open:
            key = asked.pop() if asked else next(iter(self.open))
            if not (self._stale(key) or self.met(key)):
                touched, self._touched = self._touched, None
                self.open.clear()
                self._back(groups, kept, sorted(touched))
                return
        self._touched = None

    def _stale(self, key: Key) -> bool:
        """Return whether a demand against an insider no longer matters (it may come back)."""
        kind, variable, who = key
        if kind == "insider" and who not in self.movements.get(("wish", variable, 0), ()):
            self.open.pop(key, None)
            return True
        return False

    def _back(
        self, groups: list[int], kept: dict[Key, Movement], touched: Iterable[Key] | None = None
    ) -> None:
        """Hide groups again with the movements that were kept; `touched` are all that changed."""
        for group in groups:
            self.on[group] = True
            for variable in self.problem.groups[group]:
                self.reader.hide(variable)
        changed = [
            key
            for key in (list(self.movements) if touched is None else touched)
            if kept.get(key) is not self.movements.get(key)
        ]
        for key in changed:
            self._forget(key)
        for key in kept if touched is None else changed:
            if key in kept and key not in self.movements:
                self._keep(key, kept[key])
