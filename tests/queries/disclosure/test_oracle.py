"""The oracle itself, on cases small enough to work out by hand."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from queries.disclosure.publication import (
    Cell,
    Criterion,
    Publication,
    Relation,
    at_most,
    equal,
    total,
)
from tests.oracles import disclosure as oracle


def hidden(name: str, value: int | None = None, high: int | None = None, low: int = 0) -> Cell:
    return Cell(name, value, low=low, high=high, hidden=True)


def shown(name: str, value: int) -> Cell:
    return Cell(name, value)


SQUARE = Publication(
    (
        *(hidden(name, value) for name, value in zip("abcd", (1, 2, 1, 3), strict=True)),
        *(shown(name, value) for name, value in (("ab", 3), ("cd", 4), ("ac", 2), ("bd", 5))),
    ),
    (total("ab", "ab"), total("cd", "cd"), total("ac", "ac"), total("bd", "bd")),
)
"""a b | 3
   c d | 4
   2 5: a is 0, 1 or 2; b = 3 - a, c = 2 - a, d = 2 + a."""


def test_a_square_has_one_solution_for_each_value_of_its_corner() -> None:
    found = [tuple(one[name] for name in "abcd") for one in oracle.solutions(SQUARE)]
    assert sorted(found) == [(0, 3, 2, 2), (1, 2, 1, 3), (2, 1, 0, 4)]
    assert oracle.intervals(SQUARE) == {"a": (0, 2), "b": (1, 3), "c": (0, 2), "d": (2, 4)}
    assert oracle.number_of_solutions(SQUARE, at_most=3) == 3
    assert oracle.number_of_solutions(SQUARE, at_most=2) is None


def test_a_square_is_broken_by_the_rule_in_the_cells_that_cannot_be_0_or_cannot_be_2() -> None:
    assert oracle.broken(SQUARE, Criterion.EXACT) == {}
    assert oracle.broken(SQUARE, Criterion.RULE) == {"b": "narrowed", "d": "narrowed"}
    assert set(oracle.broken(SQUARE, Criterion.STRICT)) == set("abcd")


def test_whoever_knows_a_corner_of_a_square_knows_it_all() -> None:
    assert oracle.told(SQUARE, "a", 1) == set("bcd")
    assert oracle.told(SQUARE, "a", 3) == set()
    assert oracle.insiders(SQUARE) == set("abcd")
    assert oracle.valid(SQUARE, Criterion.EXACT, insiders=False)
    assert not oracle.valid(SQUARE, Criterion.EXACT, insiders=True)


def test_three_under_three_that_add_up_to_three_have_seven_solutions() -> None:
    publication = Publication(
        (*(hidden(name, high=2) for name in "abc"), shown("all", 3)), (total("all", "abc"),)
    )
    assert oracle.number_of_solutions(publication, at_most=100) == 7
    assert set(oracle.intervals(publication).values()) == {(0, 2)}
    assert oracle.broken(publication, Criterion.RULE) == {}
    # Values 1, 1, 1: whoever is behind one of them still cannot tell 0 + 2 from 1 + 1.
    assert oracle.insiders(publication) == frozenset()


def test_a_share_of_17_beside_a_hidden_count_leaves_1_of_6_and_2_of_12() -> None:
    publication = Publication(
        (hidden("count", 1, high=2), hidden("group", 6)),
        (
            at_most("count", "group"),
            Relation((("count", 200), ("group", -33)), 0, None, "17 pct. is at least 16,5"),
            Relation((("group", 35), ("count", -200)), 0, None, "17 pct. is at most 17,5"),
            Relation((("group", 1),), 1, None, "somebody is in the group"),
        ),
    )
    assert list(oracle.solutions(publication)) == [
        {"count": 1, "group": 6},
        {"count": 2, "group": 12},
    ]
    reader = oracle.Reader(publication)
    assert reader.interval("group") == (6, 12)
    assert reader.possibilities("group") == 2
    assert oracle.broken(publication, Criterion.RULE) == {"count": "narrowed"}


def test_what_grows_with_the_box_has_no_upper_bound() -> None:
    publication = Publication(
        (hidden("part", 1), hidden("all", 8), shown("rest", 7)),
        (total("all", ("part", "rest")),),
    )
    assert oracle.intervals(publication) == {"part": (0, None), "all": (7, None)}
    assert oracle.number_of_solutions(publication, at_most=500) is None
    # The total is never a small number, and the part may be any.
    assert oracle.broken(publication, Criterion.STRICT) == {}


def test_a_hidden_total_that_may_be_three_but_not_zero_is_narrowed() -> None:
    publication = Publication(
        (hidden("part", 1), hidden("all", 2), shown("rest", 1)),
        (total("all", ("part", "rest")),),
    )
    assert oracle.broken(publication, Criterion.STRICT) == {"all": "narrowed"}
    with_zeros = replace(
        publication, cells=tuple(replace(cell, zeros_are_shown=True) for cell in publication.cells)
    )
    assert oracle.broken(with_zeros, Criterion.STRICT) == {}


def test_the_same_number_under_two_names_is_not_told_by_itself() -> None:
    publication = Publication(
        (hidden("kommune", 1), hidden("jobcenter", 1), hidden("b", 4), hidden("c", 3)),
        (
            equal("kommune", "jobcenter"),
            Relation((("kommune", 1), ("b", 1), ("c", 1)), 8, 8),
        ),
    )
    assert oracle.told(publication, "kommune", 1) == frozenset()
    two_left = Publication(
        (hidden("kommune", 1), hidden("jobcenter", 1), hidden("b", 4)),
        (equal("kommune", "jobcenter"), Relation((("kommune", 1), ("b", 1)), 5, 5)),
    )
    assert oracle.told(two_left, "jobcenter", 1) == {"b"}


def test_what_everybody_can_compute_is_told_by_nobody() -> None:
    publication = Publication(
        (hidden("a", 1), hidden("b", 4), hidden("c", 2)),
        (
            Relation((("a", 1),), 1, 1),
            Relation((("b", 1), ("c", 1)), 6, 6),
        ),
    )
    assert oracle.broken(publication, Criterion.EXACT) == {"a": "computable"}
    assert oracle.told(publication, "a", 1) == frozenset()
    assert oracle.told(publication, "c", 2) == {"b"}


GRID = Publication(
    (
        Cell("a1", 1, hidden=True, secret=True),
        *(
            Cell(name, value, weight=value)
            for name, value in {
                "a2": 5, "a3": 6, "b1": 7, "b2": 4, "b3": 9, "c1": 9, "c2": 9, "c3": 3,
            }.items()
        ),
        *(
            Cell(name, value, fixed=True)
            for name, value in {"a": 12, "b": 20, "c": 21, "1": 17, "2": 18, "3": 18}.items()
        ),
    ),
    (
        *(total(row, [f"{row}{column}" for column in "123"]) for row in "abc"),
        *(total(column, [f"{row}{column}" for row in "abc"]) for column in "123"),
    ),
)  # fmt: skip
"""1 5 6
   7 4 9
   9 9 3: only a1 is small, and rows and columns are published."""


def test_the_cheapest_protection_of_one_cell_is_its_cheapest_rectangle() -> None:
    # Rectangles with a1: with b2 5 + 7 + 4 = 16, b3 6 + 7 + 9 = 22, c2 5 + 9 + 9 = 23, c3 18.
    assert oracle.cheapest(GRID, Criterion.EXACT) == (16, frozenset({"a2", "b1", "b2"}))
    # With b2 the row leaves a1 0..6, but b2 is 3..: a1 + 3, never 0, and judged as small as it is.
    by_rule = oracle.cheapest(GRID, Criterion.RULE)
    assert by_rule is not None
    # a1 is 0..5: a2 = 6 - a1 is 1..6 and may be small, so it must be 0, 1 and 2, which it is not.
    assert by_rule[0] > 16
    protected = oracle.with_hidden(GRID, by_rule[1])
    assert oracle.broken(protected, Criterion.RULE) == {}


def test_groups_and_what_follows_are_hidden_together_and_fixed_cells_never() -> None:
    cells = tuple(
        replace(cell, group="together" if cell.name in {"a2", "b1"} else "") for cell in GRID.cells
    )
    grouped = replace(GRID, cells=cells, follows=(("b2", "c3"),))
    assert not oracle.may_be_hidden(grouped, {"a2", "b2", "c3"})
    assert not oracle.may_be_hidden(grouped, {"a2", "b1", "b2"})
    assert oracle.may_be_hidden(grouped, {"a2", "b1", "b2", "c3"})
    assert not oracle.may_be_hidden(grouped, {"a", "c3"})
    # The cheapest rectangle now drags c3 (3) along, which stands alone in its row and column; of
    # the others the one with c3 (5 + 9 ... no: a3, c1, c3) costs 18 and needs no group.
    assert oracle.cheapest(grouped, Criterion.EXACT) == (18, frozenset({"a3", "c1", "c3"}))


def test_nothing_valid_is_said_plainly() -> None:
    publication = Publication(
        (Cell("a", 1, hidden=True), Cell("all", 3, fixed=True), Cell("b", 2)),
        (total("all", "ab"), Relation((("b", 1),), 1, None)),
    )
    # a is 0, 1 or 2, b is 1, 2 or 3.
    assert oracle.cheapest(publication, Criterion.EXACT) == (1, frozenset("b"))
    assert oracle.cheapest(publication, Criterion.RULE) is None
    assert oracle.cheapest(publication, Criterion.EXACT, insiders=True) is None


@pytest.mark.parametrize("seed", range(60))
def test_the_search_finds_exactly_what_trying_all_combinations_finds(seed: int) -> None:
    chance = random.Random(seed)
    names = "abcde"[: chance.randint(2, 5)]
    truth = {name: chance.randint(0, 4) for name in names}
    cells = tuple(
        hidden(name, truth[name], high=chance.randint(4, 5))
        if chance.random() < 0.8
        else shown(name, truth[name])
        for name in names
    )
    relations = []
    for _ in range(chance.randint(1, 3)):
        terms = [(name, chance.choice((-3, -1, 1, 1, 2))) for name in names]
        terms = chance.sample(terms, chance.randint(1, len(terms)))
        true_sum = sum(factor * truth[name] for name, factor in terms)
        low = chance.choice((None, true_sum, true_sum, true_sum - chance.randint(0, 3)))
        high = chance.choice((None, true_sum, true_sum, true_sum + chance.randint(0, 3)))
        relations.append(Relation(tuple(terms), low, high))
    publication = Publication(cells, tuple(relations))

    secret = sorted(publication.hidden)
    tried = []
    for values in itertools.product(
        *(range(publication.by_name[name].high + 1) for name in secret)  # type: ignore[operator]
    ):
        point = {**truth, **dict(zip(secret, values, strict=True))}
        if all(
            (relation.low is None or relation.low <= reached)
            and (relation.high is None or reached <= relation.high)
            for relation in relations
            for reached in [sum(factor * point[name] for name, factor in relation.terms)]
        ):
            tried.append(values)
    found = [tuple(one[name] for name in secret) for one in oracle.solutions(publication)]
    assert sorted(found) == sorted(tried)
    assert oracle.intervals(publication) == {
        name: (min(v[at] for v in tried), max(v[at] for v in tried))
        for at, name in enumerate(secret)
    }
