"""What is told instead of hidden numbers: sums of them, or roughly what they are. Pure.

A reader learns a relation more. It is told only where every hidden cell is kept all the same; where
one is not, less is told in its place, and at last nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from queries.disclosure.attack import Attack
from queries.disclosure.audit import Nested, is_held, what_is_wrong
from queries.disclosure.publication import Criterion, Publication, Relation
from queries.disclosure.solver import SolverError


@dataclass(frozen=True)
class Instead:
    """Something that is told: `name` is the asker's, `learned` what every reader then knows."""

    name: tuple[str | int | None, ...]
    learned: tuple[Relation, ...]

    @property
    def cells(self) -> frozenset[str]:
        """The hidden cells that it tells of."""
        return frozenset(name for relation in self.learned for name, _ in relation.terms)


Choice = Sequence[tuple[Instead, ...]]
"""Ways to tell of some cells, the one that tells most first; after the last, nothing is told."""


def with_told(publication: Publication, told: Iterable[Instead]) -> Publication:
    """Return the publication as a reader knows it who is told this too."""
    more = tuple(relation for one in told for relation in one.learned)
    return replace(publication, relations=(*publication.relations, *more))


def kept(
    publication: Publication,
    choices: Sequence[Choice],
    criterion: Criterion,
    nested: Nested | None = None,
) -> tuple[Instead, ...]:
    """Return what may be told, one way of each choice at most, with every hidden cell kept.

    Nothing where that cannot be decided. Insiders are asked too, see `holds`.
    """
    try:
        return _kept(publication, choices, criterion, nested)
    except SolverError:
        return ()


def _kept(
    publication: Publication,
    choices: Sequence[Choice],
    criterion: Criterion,
    nested: Nested | None,
) -> tuple[Instead, ...]:
    place = [0] * len(choices)
    while True:
        ways = [
            choice[at] if at < len(choice) else ()
            for choice, at in zip(choices, place, strict=True)
        ]
        told = tuple(one for way in ways for one in way)
        if not told:
            return ()
        whole = with_told(publication, told)
        attack = Attack(whole)
        exposed = _exposed(attack, criterion)
        if not exposed and is_held(attack, criterion, nested):
            return told
        cells = [frozenset[str]().union(*(one.cells for one in way)) for way in ways]
        near = _near(publication, exposed)
        blamed = [at for at, there in enumerate(cells) if there & exposed]
        blamed = blamed or [at for at, there in enumerate(cells) if there & near]
        for at in blamed or range(len(choices)):
            place[at] += 1


def _exposed(attack: Attack, criterion: Criterion) -> frozenset[str]:
    hidden = (cell for cell in attack.publication.cells if cell.hidden and not cell.free)
    return frozenset(cell.name for cell in hidden if what_is_wrong(attack, cell, criterion))


def _near(publication: Publication, cells: frozenset[str]) -> frozenset[str]:
    """Return the cells that stand in one relation with some of these."""
    found = set(cells)
    for relation in publication.relations:
        names = {name for name, _ in relation.terms}
        if names & cells:
            found |= names
    return frozenset(found)
