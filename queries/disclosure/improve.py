"""Improve a valid choice: take some neighbours back, protect at other prices, keep what gains."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Sequence

from queries.disclosure.heuristic import Choice

_TAKEN = 5
"""Groups that are taken back in one step, at most."""
_DEARER = 3.0
"""How much dearer they are then: something else shall do."""
_AGAIN = 12
"""Hidden groups beside the new ones that may not be needed any more."""


def improve(choice: Choice, until: float, *, seed: int = 0, most: int = 1500) -> int:
    """Improve a valid choice in place; return the number of steps taken.

    Ends at `until` (monotonic seconds), after `most` steps, or after a while without gain that is
    as long as the choice is large. The same seed gives the same steps.
    """
    problem = choice.problem
    chance = random.Random(seed)
    near = _near(choice)
    cost, gained = choice.cost, 0
    for step in range(most):
        free = [g for g, on in enumerate(choice.on) if on and not problem.must[g]]
        if not free or time.monotonic() > until or step > gained + 3 * len(free):
            return step
        taken = _taken(choice, near, chance.choice(free), chance)
        kept = choice.state()
        price = [c * chance.uniform(0.8, 1.25) for c in problem.cost]
        for group in taken:
            price[group] *= _DEARER
        for key in choice.show(taken):
            choice.open[key] = None
        if choice.repair(price, until) and choice.unkept == kept.unkept:
            fresh = [g for g in free if choice.on[g]]
            again = chance.sample(fresh, min(_AGAIN, len(fresh)))
            again += [g for g, on in enumerate(choice.on) if on and not kept.on[g]]
            choice.clean(sorted(again, key=lambda g: (-problem.cost[g], g)), until)
            if choice.cost <= cost:
                gained = step if choice.cost < cost else gained
                cost = choice.cost
                continue
        choice.restore(kept)
    return most


def _near(choice: Choice) -> dict[int, list[int]]:
    """Return per group the groups that stand in a row with it."""
    problem = choice.problem
    near: dict[int, set[int]] = defaultdict(set)
    for row in problem.rows:
        groups = {problem.group[v] for v, _ in row if problem.group[v] >= 0}
        for group in groups:
            near[group] |= groups
    return {group: sorted(others - {group}) for group, others in near.items()}


def _taken(
    choice: Choice, near: dict[int, list[int]], first: int, chance: random.Random
) -> Sequence[int]:
    """Return a hidden group and some hidden ones around it, with all that cannot do without."""
    problem = choice.problem
    found = {first}
    size = chance.randint(1, _TAKEN)
    at = first
    for _ in range(3 * size):
        around = near.get(at, [])
        if len(found) >= size or not around:
            break
        at = chance.choice(around)
        if choice.on[at] and not problem.must[at]:
            found.add(at)
    led = {one for group in found for one in problem.leading(group) if choice.on[one]}
    return sorted(one for one in led if not problem.must[one])
