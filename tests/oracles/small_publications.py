"""Small random publications of every shape that the atlas publishes, for the enumerating oracle.

Each is drawn from a seed, consistent with true values, and small enough to enumerate: at most some
twenty cells, most of them small numbers. `KINDS` names the shapes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from queries.disclosure.publication import (
    Cell,
    Publication,
    Relation,
    at_most,
    equal,
    total,
)

SMALL = (0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 9)
SMALLER = (0, 1, 1, 2, 3, 4, 7)


@dataclass
class Draft:
    """True numbers and what binds them, before it is decided what is hidden."""

    values: dict[str, int] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    follows: list[tuple[str, str]] = field(default_factory=list)
    tops: set[str] = field(default_factory=set)
    """Totals that may be fixed."""

    def sum_of(self, whole: str, parts: Sequence[str]) -> str:
        self.values[whole] = sum(self.values[part] for part in parts)
        self.bind(total(whole, parts))
        return whole

    def bind(self, relation: Relation) -> None:
        title = f"sum {len(self.relations) + 1}"
        self.relations.append(Relation(relation.terms, relation.low, relation.high, title))


Kind = Callable[[random.Random], Draft]


def plain(chance: random.Random) -> Draft:
    """Rows by columns with the totals that happen to be printed."""
    draft = Draft()
    rows, columns = chance.choice(((2, 2), (2, 3), (2, 3), (3, 3), (2, 4), (1, 4)))
    names = [[f"r{row}c{column}" for column in range(columns)] for row in range(rows)]
    for name in (name for row in names for name in row):
        draft.values[name] = chance.choice(SMALL)
    by_rows = chance.random() < 0.9
    by_columns = chance.random() < 0.8
    if by_rows:
        sums = [draft.sum_of(f"r{row}", names[row]) for row in range(rows)]
        draft.tops.update(sums)
    if by_columns:
        sums = [
            draft.sum_of(f"c{column}", [row[column] for row in names]) for column in range(columns)
        ]
        draft.tops.update(sums)
    if chance.random() < 0.7:
        if by_rows and rows > 1:
            draft.tops.add(draft.sum_of("all", [f"r{row}" for row in range(rows)]))
        if by_columns and ("all" not in draft.values or chance.random() < 0.8):
            draft.tops.add(draft.sum_of("all", [f"c{column}" for column in range(columns)]))
    return draft


def _tree(draft: Draft, chance: random.Random, mark: str, leaves: Sequence[int]) -> list[str]:
    """Add a country of regions of kommuner; return the kommuner."""
    kommuner: list[str] = []
    regions = []
    for region, size in enumerate(leaves):
        here = [f"{mark}k{region}{at}" for at in range(size)]
        for name in here:
            if name not in draft.values:
                draft.values[name] = chance.choice(SMALL)
        regions.append(draft.sum_of(f"{mark}region{region}", here))
        kommuner += here
    draft.tops.add(draft.sum_of(f"{mark}land", regions))
    return kommuner


def levels(chance: random.Random) -> Draft:
    """Kommune, region, country, and sometimes two classes that add up at every level."""
    draft = Draft()
    if chance.random() < 0.5:
        _tree(draft, chance, "", [chance.randint(1, 4) for _ in range(chance.randint(2, 3))])
        return draft
    leaves = [chance.randint(1, 2) for _ in range(2)]
    one = _tree(draft, chance, "a", leaves)
    _tree(draft, chance, "b", leaves)
    ends = [name[1:] for name in one] + ["region0", "region1"][: len(leaves)]
    for end in ends:
        draft.sum_of(end, [f"a{end}", f"b{end}"])
    if chance.random() < 0.6:
        draft.tops.add(draft.sum_of("land", ["aland", "bland"]))
    return draft


def twins(chance: random.Random) -> Draft:
    """Kommuner in regions and in jobcentres, of which most are the same number again."""
    draft = Draft()
    kommuner = _tree(draft, chance, "", [chance.randint(1, 3), chance.randint(1, 2)])
    shared = chance.sample(kommuner, 2) if len(kommuner) > 3 and chance.random() < 0.6 else []
    for name in kommuner:
        if name not in shared and chance.random() < 0.6:
            draft.values[f"j{name}"] = draft.values[name]
            draft.bind(
                equal(name, f"j{name}") if chance.random() < 0.5 else equal(f"j{name}", name)
            )
    if shared:
        draft.sum_of("jshared", shared)
    return draft


def parts(chance: random.Random) -> Draft:
    """Counts and the groups they are counted in: each count is at most its group."""
    draft = Draft()
    leaves = [chance.randint(1, 2), chance.randint(1, 2)]
    groups = _tree(draft, chance, "g", leaves)
    for group in groups:
        draft.values["n" + group[1:]] = chance.randint(0, draft.values[group])
    _tree(draft, chance, "n", leaves)
    for name in list(draft.values):
        if name.startswith("n"):
            draft.bind(at_most(name, "g" + name[1:]))
            if chance.random() < 0.4:
                draft.groups[name] = draft.groups["g" + name[1:]] = name[1:]
            elif chance.random() < 0.3:
                draft.follows.append(("g" + name[1:], name))
    return draft


def shares(chance: random.Random) -> Draft:
    """Counts, groups and rounded shares that are printed although one of the two is not."""
    draft = Draft()
    rows = chance.randint(1, 2)
    for row in range(rows):
        draft.values[f"g{row}"] = group = chance.randint(1, 14)
        draft.values[f"n{row}"] = chance.choice((0, 1, 1, 2, 2, 3, group)) if group > 3 else 1
    if rows > 1:
        for mark in "gn":
            if chance.random() < 0.8:
                draft.tops.add(draft.sum_of(f"{mark}all", [f"{mark}{row}" for row in range(rows)]))
    for name in [name for name in draft.values if name.startswith("n")]:
        group_name = "g" + name[1:]
        if group_name not in draft.values:
            continue
        draft.bind(at_most(name, group_name))
        draft.bind(Relation(((group_name, 1),), 1, None))
        if chance.random() < 0.8:
            share = round(100 * draft.values[name] / draft.values[group_name])
            draft.bind(Relation(((name, 200), (group_name, -(2 * share - 1))), 0, None))
            draft.bind(Relation(((group_name, 2 * share + 1), (name, -200)), 0, None))
    return draft


def vintages(chance: random.Random) -> Draft:
    """One small table twice: most cells are the same cell, one is corrected."""
    draft = Draft()
    size = chance.randint(3, 5)
    names = [f"k{at}" for at in range(size)]
    for name in names:
        draft.values[name] = chance.choice(SMALL)
    corrected = chance.choice(names)
    draft.tops.add(draft.sum_of("land", names))
    draft.values[f"new {corrected}"] = max(0, draft.values[corrected] + chance.choice((-1, 1, 2)))
    again = [f"new {name}" if name == corrected else name for name in names]
    if chance.random() < 0.4:
        other = chance.choice([name for name in names if name != corrected])
        draft.values[f"new {other}"] = draft.values[other]
        draft.bind(equal(other, f"new {other}"))
        again = [f"new {name}" if name == other else name for name in again]
    draft.tops.add(draft.sum_of("new land", again))
    if size > 3 and chance.random() < 0.5:
        draft.sum_of("region", names[:2])
        draft.sum_of("new region", again[:2])
    return draft


def rolling(chance: random.Random) -> Draft:
    """Months, and rolling sums of them."""
    draft = Draft()
    months = [f"m{at}" for at in range(chance.randint(4, 6))]
    for month in months:
        draft.values[month] = chance.choice(SMALL)
    width = chance.randint(2, 3)
    for first in range(len(months) - width + 1):
        draft.sum_of(f"to {months[first + width - 1]}", months[first : first + width])
    if chance.random() < 0.4:
        for one, other in pairwise(months):
            if draft.values[one] <= draft.values[other]:
                draft.bind(at_most(one, other))
                break
    return draft


def factors(chance: random.Random) -> Draft:
    """Sums with factors, so that what a fraction allows and what is whole are not the same."""
    draft = Draft()
    names = [f"x{at}" for at in range(chance.randint(2, 4))]
    for name in names:
        draft.values[name] = chance.choice(SMALLER)
    for _ in range(chance.randint(1, 3)):
        some = chance.sample(names, chance.randint(2, len(names)))
        terms = tuple((name, chance.choice((1, 1, 2, 3, 5, -1, -2))) for name in some)
        reached = sum(factor * draft.values[name] for name, factor in terms)
        kind = chance.random()
        low = reached if kind < 0.6 else reached - chance.randint(0, 4)
        high = reached if kind < 0.5 else reached + chance.randint(0, 4)
        draft.bind(Relation(terms, low, high))
    # Nothing is without bound: factors of both signs would take the search far.
    draft.bind(Relation(tuple((name, 1) for name in names), None, sum(draft.values.values()) + 9))
    return draft


KINDS: dict[str, Kind] = {
    "plain": plain,
    "levels": levels,
    "twins": twins,
    "parts": parts,
    "shares": shares,
    "vintages": vintages,
    "rolling": rolling,
    "factors": factors,
}


def publication(
    kind: str, seed: int, *, hide_more: float = 0.0, bounds: bool = True, fixed: bool = True
) -> Publication:
    """Return the publication of a kind and a seed.

    What is small by its threshold (2 to 5) is hidden; of the rest, each group with the chance
    `hide_more`. `bounds`: some hidden cells have bounds that every reader knows. `fixed`: some
    totals may not be hidden.
    """
    chance = random.Random(f"{kind} {seed}")
    draft = KINDS[kind](chance)
    thresholds = [chance.choice((2, 3, 3, 3, 4, 5))] * 2
    if chance.random() < 0.2:
        thresholds[1] = chance.choice((2, 3, 4, 5))
    zeros_are_shown = chance.random() < 0.35
    tell_apart = bounds and chance.random() < 0.15
    known_bounds = 0.15 if bounds and chance.random() < 0.3 else 0.0
    weigh = chance.choice(("one", "people", "random"))
    fix = chance.choice((0.0, 0.3, 1.0)) if fixed else 0.0

    def limit(name: str) -> int:
        return thresholds[name.startswith(("n", "b"))]

    def small(name: str) -> bool:
        value = draft.values[name]
        return value < limit(name) and (value > 0 or not zeros_are_shown)

    def group(name: str) -> str:
        return draft.groups.get(name, name)

    hidden_groups = {group(name) for name in draft.values if small(name)}
    fixed_names = {
        name
        for name in sorted(draft.tops)
        if group(name) not in hidden_groups and name not in draft.groups and chance.random() < fix
    }
    for name in draft.values:
        if name not in fixed_names and chance.random() < hide_more:
            hidden_groups.add(group(name))
    changed = True
    while changed:
        changed = False
        for one, other in draft.follows:
            if group(one) in hidden_groups and group(other) not in hidden_groups:
                hidden_groups.add(group(other))
                changed = True
    cells = []
    for name, value in draft.values.items():
        secret = small(name)
        low = 1 if zeros_are_shown and value > 0 else 0
        high = None
        if tell_apart and secret:
            high = limit(name) - 1
        elif chance.random() < known_bounds:
            low, high = max(0, value - chance.randint(0, 4)), value + chance.randint(0, 5)
        cells.append(
            Cell(
                name,
                value,
                low=low,
                high=high,
                hidden=group(name) in hidden_groups,
                secret=secret,
                fixed=name in fixed_names and group(name) not in hidden_groups,
                group=draft.groups.get(name, ""),
                weight={"one": 1, "people": value + 1, "random": chance.randint(1, 9)}[weigh],
                threshold=limit(name),
                zeros_are_shown=zeros_are_shown,
            )
        )
    follows = tuple((group(one), group(other)) for one, other in draft.follows)
    return Publication(tuple(cells), tuple(draft.relations), follows, title=f"{kind} {seed}")
