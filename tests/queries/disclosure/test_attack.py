"""What a reader can compute, against counting every solution and against hand-made leaks."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from queries.disclosure.attack import Attack, Contradiction, intervals, possible, solutions
from queries.disclosure.cycles import network, turned
from queries.disclosure.part import Part
from queries.disclosure.publication import (
    Cell,
    Publication,
    Relation,
    at_most,
    equal,
    total,
)
from queries.disclosure.system import Component, Row


def hidden(name: str, high: int | None = None, low: int = 0) -> Cell:
    return Cell(name, None, hidden=True, low=low, high=high)


def every_solution(publication: Publication) -> list[dict[str, int]]:
    """All whole solutions by trying them all; every hidden cell needs a high bound."""
    unknown = [cell for cell in publication.cells if cell.hidden]
    ranges = []
    for cell in unknown:
        assert cell.high is not None
        ranges.append(range(cell.low, cell.high + 1))
    shown = {c.name: c.value or 0 for c in publication.cells if not c.hidden}
    found = []
    for values in itertools.product(*ranges):
        all_values = shown | dict(zip((c.name for c in unknown), values, strict=True))
        for relation in publication.relations:
            together = sum(f * all_values[n] for n, f in relation.terms)
            if (relation.low is not None and together < relation.low) or (
                relation.high is not None and together > relation.high
            ):
                break
        else:
            found.append({c.name: v for c, v in zip(unknown, values, strict=True)})
    return found


def random_publication(source: random.Random) -> Publication:
    """A consistent publication of any shape: sums, limits, rounded shares, odd factors."""
    count = source.randint(2, 7)
    values = {f"c{i}": source.choice([0, 0, 1, 1, 2, 3, 4]) for i in range(count)}
    cells = []
    for name, value in values.items():
        is_hidden = source.random() < 0.75
        low = source.choice([0, 0, 0, min(1, value)])
        cells.append(Cell(name, value, low=low, high=4, hidden=is_hidden))
    relations = []
    for number in range(source.randint(1, 4)):
        names = source.sample(sorted(values), source.randint(1, min(5, count)))
        kind = source.random()
        if kind < 0.4:
            factors = [source.choice([1, 1, -1]) for _ in names]
        elif kind < 0.7:
            factors = [source.choice([1, 1, 1, -1, 2, -3]) for _ in names]
        else:
            factors = [source.choice([200, -33, 7, -5, 1]) for _ in names]
        now = sum(f * values[n] for n, f in zip(names, factors, strict=True))
        least = source.choice([now, now, now - source.randint(0, 3), None])
        most = source.choice([now, now, now + source.randint(0, 3), None])
        terms = tuple(zip(names, factors, strict=True))
        relations.append(Relation(terms, least, most, f"r{number}"))
    return Publication(tuple(cells), tuple(relations))


@pytest.mark.parametrize("seed", range(20))
def test_every_interval_is_exact_on_small_publications_of_any_shape(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(15):
        publication = random_publication(source)
        every = every_solution(publication)
        assert every
        found = intervals(publication)
        assert found == {
            name: (min(s[name] for s in every), max(s[name] for s in every))
            for name in publication.hidden
        }, publication
        attack = Attack(publication)
        for name in publication.hidden:
            taken = {s[name] for s in every}
            assert {v for v in range(-1, 6) if attack.possible(name, v)} == taken, publication
        assert solutions(publication, at_most=len(every)) == len(every)
        assert solutions(publication, at_most=len(every) - 1) is None


def test_a_single_hidden_part_is_the_difference() -> None:
    cells = (Cell("a", 5), hidden("b"), Cell("t", 7))
    publication = Publication(cells, (total("t", ["a", "b"]),))
    assert intervals(publication) == {"b": (2, 2)}


def test_a_cell_without_a_largest_value_has_none() -> None:
    publication = Publication((hidden("a"), hidden("b")), (at_most("a", "b"),))
    assert intervals(publication) == {"a": (0, None), "b": (0, None)}
    assert possible(publication, "a", 10**9)
    assert solutions(publication, at_most=1000) is None


def test_unbounded_cells_in_a_component_of_several_relations() -> None:
    cells = (hidden("a"), hidden("b"), hidden("c"), hidden("t"), Cell("k", 4))
    relations = (total("t", ["a", "b"]), total("k", ["b", "c"]), at_most("c", "a"))
    found = intervals(Publication(cells, relations))
    assert found == {"a": (0, None), "b": (0, 4), "c": (0, 4), "t": (4, None)}


def test_a_rounded_share_beside_a_hidden_count_narrows_both() -> None:
    """17 pct. (16,5 to 17,5) of at most 12: one of six or two of twelve."""
    cells = (hidden("n", 2), hidden("d", 12))
    share = (
        Relation((("n", 1000), ("d", -165)), 0, None, "andelen"),
        Relation((("n", 1000), ("d", -175)), None, 0, "andelen"),
    )
    publication = Publication(cells, (*share, Relation((("d", 1),), 1, None)))
    assert intervals(publication) == {"n": (1, 2), "d": (6, 12)}
    assert [v for v in range(13) if possible(publication, "d", v)] == [6, 12]
    assert solutions(publication, at_most=10) == 2


def test_equal_cells_are_one_unknown() -> None:
    cells = (hidden("a"), hidden("b"), hidden("c"), Cell("t", 3))
    relations = (equal("a", "b"), equal("b", "c"), total("t", ["a", "b", "c"]))
    publication = Publication(cells, relations)
    attack = Attack(publication)
    assert len(set(attack.system.variable.values())) == 1
    assert intervals(publication) == {"a": (1, 1), "b": (1, 1), "c": (1, 1)}


def test_what_an_attacker_knows_besides_narrows() -> None:
    cells = (hidden("a"), hidden("b"), hidden("c"), Cell("t", 3))
    publication = Publication(cells, (total("t", ["a", "b", "c"]),))
    assert intervals(publication, cells=["b"]) == {"b": (0, 3)}
    assert intervals(publication, cells=["b", "t"], known={"a": 2}) == {"b": (0, 1), "t": (3, 3)}
    assert intervals(publication, cells=["a"], known={"a": 2}) == {"a": (2, 2)}
    assert not possible(publication, "b", 2, {"a": 2})
    assert possible(publication, "t", 3)
    assert not possible(publication, "t", 4)


def test_parity_shows_only_in_whole_numbers() -> None:
    """x + y even and x - y = 1 fit fractions, no whole numbers."""
    cells = (hidden("x", 9), hidden("y", 9), hidden("k", 9))
    relations = (
        Relation((("x", 1), ("y", 1), ("k", -2)), 0, 0, "summen er lige"),
        Relation((("x", 1), ("y", -1)), 1, 1, "forskellen er en"),
        Relation((("x", 1), ("k", 1)), 1, None, "uden betydning"),
    )
    with pytest.raises(Contradiction) as caught:
        intervals(Publication(cells, relations))
    assert set(caught.value.relations) == {"summen er lige", "forskellen er en"}


def test_a_contradiction_names_the_relations_that_cannot_all_hold() -> None:
    cells = (Cell("a", 5), hidden("b"), hidden("c"), Cell("t", 3), Cell("u", 9))
    relations = (
        total("t", ["a", "b"], "t er summen"),
        total("u", ["a", "c"], "u er summen"),
        at_most("b", "c", "b er højst c"),
    )
    with pytest.raises(Contradiction) as caught:
        Attack(Publication(cells, relations))
    assert caught.value.relations == ("t er summen",)
    assert isinstance(caught.value, ValueError)
    with pytest.raises(Contradiction):
        solutions(Publication(cells, relations), at_most=5)


def test_what_is_known_besides_can_contradict() -> None:
    publication = Publication((hidden("a", 3), Cell("b", 1)), ())
    with pytest.raises(Contradiction):
        Attack(publication, {"a": 4})
    with pytest.raises(Contradiction):
        Attack(publication, {"b": 2})


def test_networks_are_told_from_other_rows() -> None:
    two_way = [Row(((0, 1), (1, 1)), 1, 1), Row(((0, 1), (2, 1)), 1, 1)]
    assert turned(two_way) == [1, -1]
    assert turned([*two_way, Row(((1, 1), (2, -1)), 0, 0)]) == [1, -1, -1]
    assert turned([*two_way, Row(((1, 1), (2, 1)), 2, 2)]) is None, "an odd ring"
    assert turned([*two_way, Row(((1, 1), (3, 1)), 2, 2)]) == [1, -1, -1]
    assert turned([Row(((0, 2), (1, 1)), 1, 1)]) is None
    assert turned([*two_way, Row(((0, 1), (3, 1)), 2, 2)]) is None, "three rows"


def test_levels_with_a_breakdown_are_a_network_without_the_sums_that_follow() -> None:
    """Two kommuner, two classes, their landsdel: its classes add up because the kommuner's do."""
    a, b, c, d, a_all, b_all, one, other, whole, rest = range(10)
    rows = [
        Row(((one, 1), (other, 1), (whole, -1)), 0, 0),
        Row(((a, 1), (b, 1), (a_all, -1)), 0, 0),
        Row(((c, 1), (d, 1), (b_all, -1)), 0, 0),
        Row(((a, 1), (c, 1), (one, -1)), 0, 0),
        Row(((b, 1), (d, 1), (other, -1)), 0, 0),
        Row(((a_all, 1), (b_all, 1), (whole, -1)), 0, 0),
        Row(((whole, 1), (rest, 1)), 9, 9),
    ]
    assert turned(rows) is None
    found = network(rows)
    assert found is not None
    assert set(rows) - set(found[0]) == {rows[5]}
    assert turned(found[0]) == found[1]
    # Where it does not follow, it stays, and then this is no network.
    assert network([*rows[:-2], Row(((a_all, 1), (whole, -1)), 0, 0), rows[-1]]) is None


def test_a_point_counts_only_when_it_holds_in_whole_numbers() -> None:
    part = Part(Component((4, 7), (Row(((4, 3), (7, 2)), 12, 12),)), [0] * 8, [9] * 8)
    import numpy as np

    assert part.offer(np.array([4.0, 0.0])) is not None
    assert part.offer(np.array([1.0, 4.5])) is None
    assert part.offer(np.array([1.0, 4.0])) is None
    assert part.offer(np.array([-2.0, 9.0])) is None
    assert (part.least(0), part.most(0)) == (0, 4)
    assert [v for v in range(10) if part.possible(1, v)] == [0, 3, 6]


def test_two_way_table_as_in_the_literature() -> None:
    """Nine hidden cells with all margins shown: bounds by Fréchet."""
    names = [f"{i}{j}" for i in range(3) for j in range(3)]
    rows, columns = [3, 5, 9], [2, 7, 8]
    cells = [hidden(n) for n in names]
    cells += [Cell(f"r{i}", rows[i]) for i in range(3)]
    cells += [Cell(f"k{j}", columns[j]) for j in range(3)]
    relations = [total(f"r{i}", [f"{i}{j}" for j in range(3)]) for i in range(3)]
    relations += [total(f"k{j}", [f"{i}{j}" for i in range(3)]) for j in range(3)]
    publication = Publication(tuple(cells), tuple(relations))
    found = intervals(publication)
    for i, j in itertools.product(range(3), repeat=2):
        low = max(0, rows[i] + columns[j] - 17)
        assert found[f"{i}{j}"] == (low, min(rows[i], columns[j]))
    open_again = replace(
        publication, cells=tuple(replace(c, high=1) if c.hidden else c for c in cells)
    )
    with pytest.raises(Contradiction):
        intervals(open_again)


def test_bounds_that_grow_without_end_are_a_contradiction_or_none() -> None:
    """Each doubles the other; what fits is small, or nothing does."""
    cells = tuple(Cell(name, None, low=low, hidden=True) for name, low in (("a", 0), ("b", 0)))
    twice = Relation((("a", 1), ("b", -2)), 0, None, "a er mindst det dobbelte af b")
    more = Relation((("b", 1), ("a", -2)), 1, None, "b er mere end det dobbelte af a")
    with pytest.raises(Contradiction) as caught:
        intervals(Publication(cells, (twice, more)))
    assert set(caught.value.relations) == {twice.title, more.title}
    back = replace(more, low=0)
    assert intervals(Publication(cells, (twice, back))) == {"a": (0, 0), "b": (0, 0)}


def test_large_numbers_are_exact() -> None:
    trillion = 10**12
    cells = (
        Cell("a", None, hidden=True),
        Cell("b", None, high=5, hidden=True),
        Cell("c", 3 * trillion),
    )
    found = intervals(Publication(cells, (total("c", ["a", "b"]),)))
    assert found == {"a": (3 * trillion - 5, 3 * trillion), "b": (0, 5)}
