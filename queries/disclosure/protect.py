"""Choose what to hide further, so that nothing hidden is given away by what is shown.

Every hidden cell is kept to the criterion (see `publication`), with the least loss that is found:
cutting planes from the reader's own linear programs (Fischetti and Salazar 2000), a heuristic that
starts from their fractional answers, and a proven lower bound beside the loss.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from queries.disclosure.attack import Attack
from queries.disclosure.cuts import Master, Separator
from queries.disclosure.flows import Flows, Shares, arcs
from queries.disclosure.heuristic import Choice, Key
from queries.disclosure.improve import improve
from queries.disclosure.mirrors import folded
from queries.disclosure.nominal import nominal
from queries.disclosure.polytope import Polytope, PolytopeShares
from queries.disclosure.problem import Problem, problems
from queries.disclosure.publication import Criterion, Publication
from queries.disclosure.repetition import without_repetition
from queries.disclosure.solver import SolverError
from queries.disclosure.verification import Verifier, choices, doubtful_in, hidden_in

_EPS = 1e-6
_FIRST, _AGAIN = 50, 2
"""Steps of improvement before whole programs are solved, and after each: so much more each time."""
_IMPROVE, _WHOLE = 0.1, 0.5
"""Part of the time left that the first of them may take, and one whole program."""
_GRACE = 10.0
"""Seconds that the first choice of a part may take even if time is up: the alternative is poor."""
_FEW = 40
"""Parts with no more groups are solved to the optimum, time permitting."""
_SLOW = 0.01
"""Five rounds of cuts that raise the bound by less, relative to the loss, are enough."""


@dataclass(frozen=True)
class Protection:
    """A publication in which enough is hidden.

    `publication` is the same with `hidden` set on the cells `further`. `cost` is their loss (sum of
    weights, or their number), `bound` what it must be at least, `gap` how far the loss can be above
    the least possible, relative to the loss; `optimal` says that nothing cheaper exists. `exposed`
    are hidden cells for which nothing was found that keeps them to the criterion (empty normally),
    `insiders` those that a person behind a hidden 1 or 2 can compute; both also where time ran out
    before it was decided.
    """

    publication: Publication
    further: frozenset[str]
    cost: int
    bound: float
    gap: float
    optimal: bool
    exposed: tuple[str, ...] = ()
    insiders: tuple[str, ...] = ()


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
    proven to be within `gap` of the least, or after about `seconds`, with what is valid by then: a
    first choice is always looked for; where even that takes too long, all that may be hidden is.
    Raises ValueError where the values contradict a relation.
    """
    end = time.monotonic() + seconds
    by_number = objective_by == "number"
    made = problems(publication, criterion, by_number=by_number, nominal=nominal)
    parts = [folded(part) for part in made]
    searches: list[_Search] = []
    for number, part in enumerate(parts):
        now = time.monotonic()
        until = now + max(0.0, end - now) / (len(parts) - number)
        searches.append(_Search(part, insiders=insiders, gap=gap, until=until).run())
    verifier = Verifier(publication, criterion)
    for search in searches:
        _settle(verifier, search, insiders=insiders, end=end)
    hidden = set().union(*(search.hidden() for search in searches))
    protected = _hide(publication, hidden - publication.hidden)
    cost = sum(search.best.cost for search in searches)
    bound = sum(min(search.bound, search.best.cost) for search in searches)
    unkept = [search.told for search in searches]
    # Hidden, but the same number as a fixed cell: nothing keeps it.
    asked = {cell.name for cell in publication.cells if cell.hidden and not cell.free}
    told = asked.difference(*(search.names() for search in searches))
    return Protection(
        publication=protected,
        further=protected.hidden - publication.hidden,
        cost=cost,
        bound=bound,
        gap=(cost - bound) / cost if cost else 0.0,
        optimal=cost - bound < _EPS,
        exposed=_ordered(publication, told.union(*(names for names, _ in unkept))),
        insiders=_ordered(publication, set().union(*(names for _, names in unkept))),
    )


def _settle(verifier: Verifier, search: _Search, *, insiders: bool, end: float) -> None:
    """Attack what was found in a part, and hide better until the attack finds nothing new.

    Where the relations are no network, some movements are not possible in whole numbers. Ends
    near `end` with what is then not kept said.
    """
    names = search.names()
    part = verifier.part(names)
    latest = max(end, time.monotonic() + _GRACE)

    def judged(
        chosen: set[str], doubtful: Set[str], *, first: bool = False
    ) -> tuple[set[str], set[str]]:
        attack = Attack(hidden_in(part, names, chosen))
        exposed = verifier.exposed(attack, names, first=first)
        if not insiders or (first and exposed):
            return exposed, set()
        return exposed, verifier.told(attack, doubtful, latest, first=first)

    def new() -> set[str]:
        exposed, told = judged(search.hidden(), doubtful_in(search.best) if insiders else set())
        known = search.names_unkept()
        search.told = (exposed | known[0], told | known[1])
        return (exposed - known[0]) | (told - known[1])

    broken = new()
    if search.ends is None and (any(search.told) or not (search.proven() or search.unit)):
        tried = choices(search.part)
        for groups in tried:
            if time.monotonic() > end:
                break
            if not any(judged(search.names_of(groups), names, first=True)):
                search.choose(groups)
                return
        else:
            if tried:  # nothing keeps all
                return
    while broken and time.monotonic() <= latest and search.harden(broken, latest):
        broken = new()
    if broken:
        everything = search.names_of(g for g, may in enumerate(search.part.may) if may)
        if not any(judged(everything, names, first=True)):
            search.choose({g for g, may in enumerate(search.part.may) if may}, proven=False)


def _hide(publication: Publication, further: set[str]) -> Publication:
    cells = tuple(
        replace(cell, hidden=True) if cell.name in further else cell for cell in publication.cells
    )
    return replace(publication, cells=cells)


def _ordered(publication: Publication, names: Set[str]) -> tuple[str, ...]:
    return tuple(cell.name for cell in publication.cells if cell.name in names)


class _Search:
    """The search for the cheapest choice in one part."""

    def __init__(self, part: Problem, *, insiders: bool, gap: float, until: float) -> None:
        self.part, self.insiders, self.until = part, insiders, until
        self.gap = gap if len(part.groups) > _FEW else 0.0
        self.forced: set[int] = set()
        self.banned: set[int] = set()
        self.told: tuple[set[str], set[str]] = set(), set()
        """The cells that are not kept to the criterion, and those that an insider can compute."""
        self.steps = 0
        self.unit = all(abs(factor) == 1 for row in part.rows for _, factor in row)
        self.ends = arcs(part)
        if self.ends is None:
            part.rows = without_repetition(part.rows)
            self.ends = arcs(part)
        self.best = self._choice()
        latest = max(until, time.monotonic() + _GRACE)
        if not self.best.repair([float(cost) for cost in part.cost], latest):
            # No time to choose: everything that may be hidden is.
            self.best.hide(group for group, may in enumerate(part.may) if may)
        self.impossible = {key for key in self.best.unkept if self._impossible(key)}
        if self.best.unkept <= self.impossible:
            self.best.clean(self._dearest_first(self.best), until)
        self.bound = 0.0

    def _impossible(self, key: Key) -> bool:
        """Return whether a demand on what must be hidden cannot be met by hiding everything."""
        part, (kind, variable, who) = self.part, key
        concerned = (variable, who) if kind == "insider" else (variable,)
        if kind == "fall" or not all(part.must[part.group[one]] for one in concerned):
            return False
        reader = self._reader()
        for one, group in enumerate(part.group):
            if group >= 0 and part.may[group]:
                reader.hide(one)
        return all(reader.move(wish) is None for wish in self.best.wishes(key))

    def _worth(self, choice: Choice) -> tuple[int, int]:
        return len(choice.unkept - self.impossible), choice.cost

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

    def done(self) -> bool:
        """Whether what was found is good enough, or time is up."""
        unkept, cost = self._worth(self.best)
        if unkept:
            return time.monotonic() > self.until
        least = cost - self.bound
        return least <= max(self.gap * cost, _EPS) or time.monotonic() > self.until

    def run(self) -> _Search:
        """Search until done."""
        if not self.done():
            master = Master(
                self.part,
                self._separator,
                insiders=self.insiders,
                unkept=self.impossible,
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
        rounds, bounds = 0, []
        while not self.done():
            shares = master.relax(self.until)
            self._raise(master)
            if self.done():
                return
            added = master.separate(shares, self.until) or master.separate(
                shares, self.until, all_=True
            )
            rounds += 1
            bounds.append(master.bound)
            slow = rounds >= 8 and bounds[-1] < bounds[-6] + _SLOW * self.best.cost
            if not added or slow or rounds % 4 == 0:
                self._try(shares)
            if not added or slow:
                return
        master.relax(self.until)  # costs next to nothing, and the first cuts say the most
        self._raise(master)

    def _try(self, shares: Sequence[float]) -> None:
        """Look for a better choice from a fractional one."""
        choice = self._choice(self.impossible)
        price = [
            cost * (1.001 - share) for cost, share in zip(self.part.cost, shares, strict=False)
        ]
        choice.hide(group for group, share in enumerate(shares[: len(price)]) if share > 0.9)
        if choice.repair(price, self.until):
            choice.clean(self._dearest_first(choice, shares), self.until)
            self._offer(choice)

    def _offer(self, choice: Choice) -> None:
        if self._worth(choice) < self._worth(self.best):
            self.best = choice

    def _improve(self, seconds: float, most: int = 1500) -> None:
        if self.best.unkept <= self.impossible:
            until = min(self.until, time.monotonic() + seconds)
            self.steps += improve(self.best, until, seed=self.steps, most=most)

    def _wholes(self, master: Master) -> None:
        large, rounds = len(self.part.groups) > _FEW, 0
        if not self.done():
            self._improve(_IMPROVE * (self.until - time.monotonic()), _FIRST if large else 1500)
        while not self.done():
            left = self.until - time.monotonic()
            shares = master.whole(max(0.1, _WHOLE * left), self.gap / 2)
            self._raise(master)
            rounds += 1
            if not self.done() and large:
                # By steps, not by the time the master took: the same numbers, the same choice.
                self._improve(self.until - time.monotonic(), _AGAIN * rounds)
            added = 0
            if shares is not None and not self.done():
                added = master.separate(shares, self.until, all_=True)
                choice = self._choice(self.impossible)
                choice.hide(g for g in range(len(self.part.groups)) if shares[g] > 0.5)
                added += master.falling(choice, shares, self.until)
                if choice.repair([float(cost) for cost in self.part.cost], self.until):
                    choice.clean(self._dearest_first(choice), self.until)
                    self._offer(choice)
            if not added and not master.stopped:
                return

    # Afterwards ------------------------------------------------------------------------------

    def names(self) -> set[str]:
        """The cells of the part."""
        return {name for names in self.part.names for name in names}

    def hidden(self) -> set[str]:
        """The cells that are hidden."""
        return {name for one in self.best.hidden() for name in self.part.names[one]}

    def names_unkept(self) -> tuple[set[str], set[str]]:
        """The cells that are not kept to the criterion, and those that an insider can compute."""
        names = self.part.names
        others = {one for kind, one, _ in self.best.unkept if kind == "insider"}
        return (
            {name for one in self.best.exposed for name in names[one]},
            {name for one in others for name in names[one]},
        )

    def harden(self, broken: Set[str], until: float) -> bool:
        """Hide more, or show, because of cells that an attack has found; False: nothing new."""
        part, group = self.part, self.part.group
        bad = [one for one in self.best.hidden() if set(part.names[one]) & broken]
        first = part.leading(group[bad[0]])
        if any(part.must[one] for one in first) or first & (self.forced | self.banned):
            near = self._near(bad)
            fresh = set() if near is None else part.closure(near) - self.banned - self.forced
            if not fresh:
                return False
            self.forced |= fresh
        else:
            self.banned |= first
        choice = self._choice(self.impossible)
        choice.never |= self.banned
        choice.barred = [out or one in self.banned for one, out in enumerate(choice.barred)]
        choice.hide(sorted(self.forced))
        choice.repair([float(cost) for cost in part.cost], until)
        clean = (one for one in self._dearest_first(choice) if one not in self.forced)
        choice.clean(clean, until)
        self.best = choice
        return True

    # Few choices -----------------------------------------------------------------------------

    def proven(self) -> bool:
        """Whether nothing cheaper exists."""
        return self.best.cost - self.bound < _EPS

    def names_of(self, groups: Iterable[int]) -> set[str]:
        """The cells of some groups and of those that are always hidden."""
        on = {*groups, *(g for g, must in enumerate(self.part.must) if must)}
        return {name for g in on for one in self.part.groups[g] for name in self.part.names[one]}

    def choose(self, groups: Set[int], *, proven: bool = True) -> None:
        """Take a choice that an attack found nothing wrong with."""
        self.best = self._choice()
        self.best.hide(sorted(groups))
        self.told = set(), set()
        if proven:
            self.bound = float(self.best.cost)

    def _near(self, variables: Iterable[int]) -> int | None:
        """Return the group to hide next to some variables: the nearest, of these the cheapest."""
        part, seen = self.part, set(variables)
        while True:
            around = {v for row in part.rows if seen & {v for v, _ in row} for v, _ in row} | seen
            open_ = {
                part.group[v]
                for v in around
                if part.group[v] >= 0 and not self.best.on[part.group[v]]
            } - self.banned
            if open_:
                return min(open_, key=lambda one: (part.cost[one], one))
            if around == seen:
                return None
            seen = around
