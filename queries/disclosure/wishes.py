"""What must be hidden so that hidden cells can move.

A wish asks that a variable can move by an amount; a cut is what every choice that fulfils it must
satisfy: sum of weight x hidden(group) >= need, where all of `where` are hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from queries.disclosure.problem import Problem, Wish


@dataclass(frozen=True, slots=True)
class Cut:
    """Sum of weight x hidden(group) >= need; `weights` are sorted, of groups not always hidden."""

    weights: tuple[tuple[int, float], ...]
    need: float


def weighed(problem: Problem, wish: Wish, weights: Mapping[int, float], amount: float = 0) -> Cut:
    """Return the cut of a wish from the room that each variable gives where it is hidden.

    What is always hidden counts as given; no group counts for more than what is needed.
    """
    need = amount or wish.amount
    by_group: dict[int, float] = {}
    for variable, room in weights.items():
        group = problem.group[variable]
        if group < 0 or problem.must[group]:
            need -= room
        elif problem.may[group]:
            by_group[group] = by_group.get(group, 0) + room
    return clipped(by_group, need)


def clipped(by_group: Mapping[int, float], need: float) -> Cut:
    """Return a cut in which no group counts for more than what is needed."""
    return Cut(tuple(sorted((group, min(room, need)) for group, room in by_group.items())), need)


def merged(one: Cut, other: Cut) -> Cut:
    """Return the cut for 'one or the other wish'."""
    if one.need <= 0 or other.need <= 0:
        return Cut((), 0)
    weights: dict[int, float] = {}
    for cut in (one, other):
        for group, weight in cut.weights:
            weights[group] = max(weights.get(group, 0), weight / cut.need)
    return clipped(weights, 1)
