"""A number and its rest beside a shown whole are one unknown; nothing else changes."""

from __future__ import annotations

import random

import pytest

from queries.disclosure.audit import audit
from queries.disclosure.mirrors import folded
from queries.disclosure.problem import problems
from queries.disclosure.protect import protect
from queries.disclosure.publication import Cell, Criterion, Publication, total


def made(seed: int, areas: int = 6) -> Publication:
    """A column of numbers with rests beside shown wholes, and a shown sum."""
    draw = random.Random(seed)
    cells, relations = [], []
    for area in range(areas):
        n, r = draw.choice([0, 1, 2, 4, 9]), draw.choice([1, 2, 5, 12])
        small = {"n": n < 3, "r": r < 3}
        for kind, value in (("n", n), ("r", r)):
            name = f"{kind}{area}"
            cells.append(Cell(name, value, secret=small[kind], group=f"g{area}"))
        cells.append(Cell(f"p{area}", n + r, fixed=True))
        relations.append(total(f"p{area}", (f"n{area}", f"r{area}")))
    values = {cell.name: cell.value or 0 for cell in cells}
    everyone = [f"n{area}" for area in range(areas)]
    cells.append(Cell("all", sum(values[name] for name in everyone), fixed=True))
    relations.append(total("all", everyone))
    return Publication(tuple(cells), tuple(relations))


@pytest.mark.parametrize("seed", range(20))
def test_a_rest_is_taken_into_its_number(seed: int) -> None:
    publication = made(seed)
    for part in problems(publication, Criterion.STRICT, by_number=False, nominal=lambda _: {}):
        small = folded(part)
        assert len(small.names) <= len(part.names)
        assert sorted(n for names in small.names for n in names) == sorted(
            n for names in part.names for n in names
        )
        assert all(len(row) != 2 for row in small.rows)
        sizes = {len(getattr(small, name)) for name in ("up", "down", "group", "wishes", "falls")}
        assert sizes == {len(small.names)}


@pytest.mark.parametrize("seed", range(20))
def test_what_is_chosen_keeps_number_and_rest(seed: int) -> None:
    found = protect(made(seed), Criterion.STRICT, insiders=False)
    judged = audit(found.publication, Criterion.STRICT, insiders=False)
    assert {finding.name for finding in judged.findings} <= {
        name for exposed in found.exposed for name in (exposed, _mirror(exposed))
    }
    for area in range(6):
        assert (f"n{area}" in found.publication.hidden) == (f"r{area}" in found.publication.hidden)


def _mirror(name: str) -> str:
    return {"n": "r", "r": "n"}[name[0]] + name[1:]
