"""Rounding to a base and merging cells, each audited as a publication."""

from __future__ import annotations

import pytest

from queries.disclosure.alternatives import (
    least_base,
    merged,
    round_to,
    rounded,
    rounded_bounds,
)
from queries.disclosure.attack import intervals
from queries.disclosure.audit import audit
from queries.disclosure.publication import Cell, Criterion, Publication, equal, total


@pytest.mark.parametrize("base", [1, 2, 3, 5, 10, 20, 100])
def test_the_bounds_of_a_rounded_number_are_exactly_what_rounds_to_it(base: int) -> None:
    for value in range(3 * base + 2):
        printed = round_to(value, base)
        low, high = rounded_bounds(printed, base)
        assert [each for each in range(5 * base) if round_to(each, base) == printed] == list(
            range(low, high + 1)
        )


@pytest.mark.parametrize(
    ("value", "base", "printed"),
    [(2, 5, 0), (3, 5, 5), (5, 10, 10), (4, 10, 0), (1, 3, 0), (2, 3, 3)],
)
def test_to_the_nearest_and_a_half_up(value: int, base: int, printed: int) -> None:
    assert round_to(value, base) == printed


@pytest.mark.parametrize(
    ("criterion", "threshold", "base"),
    [
        (Criterion.EXACT, 3, 3),
        (Criterion.RULE, 3, 5),
        (Criterion.STRICT, 3, 10),
        (Criterion.RULE, 5, 10),
        (Criterion.STRICT, 5, 20),
        (Criterion.STRICT, 10, 50),
        (Criterion.STRICT, 50, 200),
        (Criterion.STRICT, 100, 300),
    ],
)
def test_the_least_base_lets_the_demand_be_zero(
    criterion: Criterion, threshold: int, base: int
) -> None:
    found = least_base(criterion, threshold, zeros_are_shown=False)
    assert found == base
    demand = criterion.demand(threshold, zeros_are_shown=False)
    assert demand is None or rounded_bounds(0, found)[1] >= demand[1]


def row(*values: int) -> Publication:
    parts = [Cell(f"p{i}", value) for i, value in enumerate(values)]
    whole = Cell("t", sum(values), fixed=True)
    return Publication((*parts, whole), (total("t", [cell.name for cell in parts], "t er summen"),))


def test_a_reader_of_rounded_numbers_knows_what_rounds_and_what_adds_up() -> None:
    """2 + 2 + 2 is printed 0 + 0 + 0 = 5: at least 3 of at most 6, so each is 0 to 2."""
    found = rounded(row(2, 2, 2), 5)
    assert intervals(found) == {"p0": (0, 2), "p1": (0, 2), "p2": (0, 2), "t": (3, 6)}


def test_rounding_on_its_own_may_tell() -> None:
    """0 + 0 printed 5 would leave 3 or 4: with 2 + 2 neither part is nobody."""
    found = rounded(row(2, 2), 5)
    assert intervals(found)["p0"] == (1, 2)
    assert not audit(found, Criterion.RULE, insiders=False).protected
    assert audit(rounded(row(2, 8), 5), Criterion.RULE, insiders=False).protected


def test_exact_and_hidden_cells_stay() -> None:
    publication = row(2, 8)
    found = rounded(publication, 5, exact=["t"])
    assert found.by_name["t"] == publication.by_name["t"]
    assert intervals(found)["p0"] == (0, 2)


def test_merged_cells_are_their_sum_and_relations_follow() -> None:
    publication = row(1, 2, 7)
    found = merged(publication, {"m": ("p0", "p1")})
    assert (found.by_name["m"].value, found.by_name["m"].hidden) == (3, False)
    assert found.relations == (total("t", ["p2", "m"], "t er summen"),) or set(
        found.relations[0].terms
    ) == {("p2", 1), ("m", 1), ("t", -1)}
    assert audit(found, Criterion.STRICT).protected
    assert found.hidden == frozenset()


def test_a_merged_cell_that_is_small_or_unknown_is_hidden() -> None:
    assert merged(row(1, 1, 7), {"m": ("p0", "p1")}).hidden == {"m"}
    cells = (Cell("a", None, hidden=True, high=2), Cell("b", 9))
    found = merged(Publication(cells, ()), {"m": ("a", "b")})
    assert (found.by_name["m"].value, found.by_name["m"].low, found.by_name["m"].high) == (
        None,
        0,
        None,
    )


def test_relations_that_hold_only_some_of_a_group_are_no_longer_printed() -> None:
    publication = Publication((Cell("a", 4), Cell("b", 5), Cell("c", 4)), (equal("a", "c", "ens"),))
    assert merged(publication, {"m": ("a", "b")}).relations == ()


def test_a_cell_is_in_one_group() -> None:
    with pytest.raises(ValueError, match="two groups"):
        merged(row(1, 2, 3), {"m": ("p0", "p1"), "n": ("p1", "p2")})
