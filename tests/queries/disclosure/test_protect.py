"""What `protect` chooses: kept to the criterion, near the least loss, and never by mistake."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from queries.disclosure.attack import intervals
from queries.disclosure.audit import audit
from queries.disclosure.protect import Protection, protect
from queries.disclosure.publication import (
    Cell,
    Criterion,
    Publication,
    Relation,
    at_most,
    equal,
    total,
)

STRICT, RULE, EXACT = Criterion.STRICT, Criterion.RULE, Criterion.EXACT


def table(rows: int, columns: int, seed: int, *, small: float, most: int = 60) -> Publication:
    """A table with margins; the grand total is fixed, small counts are hidden."""
    chance = random.Random(seed)
    values: dict[tuple[int, int], int] = {}
    for place in itertools.product(range(rows), range(columns)):
        little = chance.random() < small
        number = chance.randint(0, 2) if little else chance.randint(3, most)
        row, column = place
        for one in (place, (row, columns), (rows, column), (rows, columns)):
            values[one] = values.get(one, 0) + number
    return Publication(
        tuple(
            Cell(
                f"{row},{column}",
                value,
                hidden=value < 3,
                secret=value < 3,
                fixed=(row, column) == (rows, columns),
                weight=max(1, value),
            )
            for (row, column), value in values.items()
        ),
        (
            *(
                total(f"{row},{columns}", [f"{row},{column}" for column in range(columns)])
                for row in range(rows + 1)
            ),
            *(
                total(f"{rows},{column}", [f"{row},{column}" for row in range(rows)])
                for column in range(columns + 1)
            ),
        ),
    )


def line(*values: int, hidden: int = 1, fixed: bool = False) -> Publication:
    """Counts and their sum; the first `hidden` are secret."""
    parts = [
        Cell(f"c{number}", value, hidden=number < hidden, secret=number < hidden, weight=value)
        for number, value in enumerate(values)
    ]
    names = [cell.name for cell in parts]
    return Publication((*parts, Cell("sum", sum(values), fixed=fixed)), (total("sum", names),))


def changed(publication: Publication, **changes: Mapping[str, object]) -> Publication:
    """The publication with other properties of some cells."""
    return replace(
        publication,
        cells=tuple(replace(c, **changes.get(c.name, {})) for c in publication.cells),  # type: ignore[arg-type]
    )


def checked(
    publication: Publication, criterion: Criterion = STRICT, *, insiders: bool = False
) -> Protection:
    """Protect, and check all that must hold whatever was chosen."""
    found = protect(publication, criterion, insiders=insiders)
    before = publication.by_name
    for cell in found.publication.cells:
        assert replace(cell, hidden=before[cell.name].hidden) == before[cell.name]
        assert cell.hidden >= before[cell.name].hidden
        assert not (cell.fixed and cell.hidden)
        assert cell.hidden or not cell.secret or cell.fixed
    assert found.further == found.publication.hidden - publication.hidden
    assert found.cost == sum(before[name].weight for name in found.further)
    assert found.bound <= found.cost + 1e-6
    assert found.optimal == (found.cost - found.bound < 1e-6)
    if not found.exposed:
        report = audit(found.publication, criterion, insiders=False, counts=False)
        assert report.findings == ()
    return found


def test_nothing_is_hidden_where_nothing_must_be() -> None:
    found = checked(line(5, 7, 9, hidden=0))
    assert (found.further, found.cost, found.bound, found.gap, found.optimal) == (
        frozenset(),
        0,
        0,
        0,
        True,
    )


def test_the_cheapest_other_part_is_hidden() -> None:
    found = checked(line(2, 30, 7, 9, fixed=True))
    assert found.further == {"c2"}
    assert (found.cost, found.bound, found.optimal) == (7, 7.0, True)


def test_the_whole_is_hidden_where_it_costs_less_and_may_be() -> None:
    cheap = changed(line(2, 30, 70), sum={"weight": 5})
    assert checked(cheap).further == {"sum"}
    assert checked(changed(cheap, sum={"fixed": True})).further == {"c1"}


@pytest.mark.parametrize(("criterion", "further"), [(EXACT, {"c1"}), (RULE, {"c2"})])
def test_a_small_neighbour_is_enough_only_for_the_exact_criterion(
    criterion: Criterion, further: set[str]
) -> None:
    # 1 + 3: the hidden 3 could be 1 to 4 at most, and then it is itself a small number.
    one = changed(line(0, 3, 9, fixed=True), c1={"high": 3}, c0={"high": 3})
    one = changed(one, c1={"low": 2})
    assert checked(one, criterion).further == further


def test_a_neighbour_that_could_only_be_small_or_not_is_not_enough() -> None:
    # 1 + 4 hidden, 4 known to be at least 1: a reader sees 1 to 5, no zero: not told from a small.
    one = changed(line(1, 4, 9, fixed=True), c1={"low": 1})
    assert checked(one).further == {"c2"}


def test_by_number_counts_cells_and_by_weight_people() -> None:
    cells = (
        Cell("a", 1, hidden=True, secret=True),
        Cell("b", 50, weight=50),
        Cell("c", 6, weight=6, group="pair"),
        Cell("d", 8, weight=8, group="pair"),
        Cell("sum", 57, fixed=True),
    )
    one = Publication(cells, (total("sum", ["a", "b", "c"]),))
    assert protect(one, STRICT, objective_by="weight").further == {"c", "d"}
    assert protect(one, STRICT, objective_by="number").further == {"b"}


def test_a_group_is_hidden_together_and_what_follows_too() -> None:
    one = changed(line(2, 30, 7, fixed=True), c2={"group": "g"})
    more = Cell("beside", 40, group="g", weight=1)
    after = Cell("after", 11, weight=2)
    one = Publication((*one.cells, more, after), one.relations, follows=(("g", "after"),))
    found = checked(one)
    assert found.further == {"c2", "beside", "after"}
    assert found.cost == 10


def test_a_group_with_a_fixed_cell_is_never_hidden() -> None:
    one = changed(line(2, 30, 7, fixed=True), c2={"group": "g"})
    one = replace(one, cells=(*one.cells, Cell("beside", 40, group="g", fixed=True)))
    assert checked(one).further == {"c1"}


def test_what_would_have_to_follow_but_is_fixed_keeps_its_leader_shown() -> None:
    one = line(2, 30, 7, fixed=True)
    one = replace(
        one, cells=(*one.cells, Cell("x", 40, fixed=True)), follows=(("c2", "x"), ("gone", "c1"))
    )
    assert checked(one).further == {"c1"}


def test_equal_cells_are_hidden_together() -> None:
    one = line(2, 30, 7, fixed=True)
    cells = (*one.cells, Cell("jobcenter", 7, weight=1))
    found = checked(Publication(cells, (*one.relations, equal("c2", "jobcenter"))))
    assert found.further == {"c2", "jobcenter"}
    assert found.cost == 8


def test_what_cannot_be_kept_is_exposed_and_as_much_as_possible_hidden() -> None:
    alone = changed(line(2, 30, 7), c1={"fixed": True}, c2={"fixed": True}, sum={"fixed": True})
    assert checked(alone).exposed == ("c0",)
    told = replace(alone, cells=(*alone.cells, Cell("twin", 2, fixed=True)))
    told = replace(told, relations=(equal("c0", "twin"),))
    assert checked(told).exposed == ("c0",)
    # At most 2 together: 3 is out of reach, 0 to 2 are kept.
    little = changed(line(1, 1, 9, hidden=2, fixed=True), c2={"fixed": True})
    found = checked(little)
    assert set(found.exposed) == {"c0", "c1"}
    assert intervals(found.publication)["c0"] == (0, 2)


def test_bounds_known_beforehand_count() -> None:
    one = changed(line(2, 30, 7, fixed=True), c2={"low": 6})
    # A seven that everybody knows to be at least six lets the other be at most three: enough.
    assert checked(one).further == {"c2"}
    one = changed(line(2, 30, 7, fixed=True), c2={"low": 7})
    assert checked(one).further == {"c1"}


def test_shares_and_wholes_that_are_no_network_are_kept_too() -> None:
    cells = (
        Cell("part", 2, hidden=True, secret=True),
        Cell("other", 20, weight=20),
        Cell("whole", 40, weight=1),
        Cell("all", 22, fixed=True),
    )
    share = Relation((("other", 200), ("whole", -99)), 0, None)  # 50 pct. and not less
    one = Publication(cells, (total("all", ["part", "other"]), at_most("part", "whole"), share))
    found = checked(one)
    assert found.further == {"other", "whole"}
    assert found.exposed == ()


def test_unknown_values_are_taken_from_any_solution() -> None:
    one = line(2, 30, 7, fixed=True)
    one = changed(one, c0={"value": None, "hidden": True})
    assert checked(one).further == {"c2"}
    with pytest.raises(ValueError, match="no values"):
        protect(changed(one, c0={"value": None, "low": 5}), STRICT)


def test_values_that_contradict_a_relation_are_an_error() -> None:
    one = line(2, 30, 7)
    wrong = replace(one, relations=(total("sum", ["c0", "c1"], "Landet er summen af to"),))
    with pytest.raises(ValueError, match="Landet er summen af to"):
        protect(wrong, STRICT)


def test_protected_once_nothing_more_is_hidden() -> None:
    found = checked(table(8, 5, 3, small=0.2))
    assert found.further
    assert checked(found.publication).further == frozenset()


@pytest.mark.parametrize("seed", range(6))
def test_the_criteria_cost_more_the_more_they_ask(seed: int) -> None:
    one = table(5, 4, seed, small=0.2, most=20)
    costs = [checked(one, criterion).cost for criterion in (EXACT, RULE, STRICT)]
    assert costs == sorted(costs)
    assert checked(one, insiders=True).cost >= costs[-1]


@pytest.mark.parametrize("seed", range(8))
def test_people_behind_a_one_or_a_two_compute_no_small_number(seed: int) -> None:
    one = table(4, 4, seed, small=0.3, most=9)
    found = checked(one, insiders=True)
    secret = {cell.name for cell in one.cells if cell.secret}
    for cell in found.publication.cells:
        if cell.hidden and cell.value in {1, 2}:
            left = intervals(found.publication, known={cell.name: cell.value})
            fixed = {n for n in secret - {cell.name} if left[n][0] == left[n][1]}
            same = {n for n in fixed if one.by_name[n].value == cell.value}
            assert fixed - same - set(found.insiders) == set()


def least(publication: Publication, criterion: Criterion) -> int:
    """The least loss, by trying all choices from the cheapest on."""
    free = [cell for cell in publication.cells if not cell.hidden and not cell.fixed]
    choices = itertools.chain.from_iterable(
        itertools.combinations(free, size) for size in range(len(free) + 1)
    )
    for cost, names in sorted(
        (sum(c.weight for c in choice), sorted(c.name for c in choice)) for choice in choices
    ):
        one = changed(publication, **{name: {"hidden": True} for name in names})
        if audit(one, criterion, insiders=False, counts=False).findings == ():
            return cost
    raise AssertionError("nothing protects")


@pytest.mark.parametrize("criterion", Criterion)
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("zeros_are_shown", [False, True])
def test_small_tables_cost_the_least_possible(
    seed: int, criterion: Criterion, zeros_are_shown: bool
) -> None:
    one = table(3, 2, seed, small=0.3, most=9)
    cells = tuple(
        replace(
            cell,
            zeros_are_shown=zeros_are_shown,
            hidden=cell.hidden and not (zeros_are_shown and cell.value == 0),
            secret=cell.secret and not (zeros_are_shown and cell.value == 0),
        )
        for cell in one.cells
    )
    one = replace(one, cells=cells)
    found = checked(one, criterion)
    assert found.exposed == ()
    assert found.cost == least(one, criterion)
    assert found.optimal


@pytest.mark.parametrize(
    ("rows", "columns", "small"), [(12, 8, 0.15), (40, 12, 0.1), (44, 44, 0.1), (220, 9, 0.2)]
)
def test_large_tables_lose_at_most_a_tenth_more_than_they_must(
    rows: int, columns: int, small: float
) -> None:
    found = checked(table(rows, columns, 1, small=small))
    assert found.exposed == ()
    assert 0 < found.cost <= 1.10 * found.bound


def areas(seed: int) -> Publication:
    """Kommuner in landsdele, regions and the land, by four classes; some share a jobcenter."""
    chance = random.Random(seed)
    names = [f"k{number}" for number in range(24)]
    above = {
        "jobcenter": {"j0": names[:2], "j5": names[10:12]},
        "landsdel": {f"l{n}": names[4 * n : 4 * n + 4] for n in range(6)},
        "region": {f"r{n}": names[8 * n : 8 * n + 8] for n in range(3)},
    }
    above["land"] = {"land": names}
    inside = {name: [name] for name in names} | {
        area: below for level in above.values() for area, below in level.items()
    }
    counts = {(name, at): chance.choice([0, 1, 2, 5, 9, 20, 40]) for name in names for at in "abcd"}
    counts |= {(name, "sum"): sum(counts[name, at] for at in "abcd") for name in names}
    value = {
        (area, at): sum(counts[name, at] for name in below)
        for area, below in inside.items()
        for at in ("a", "b", "c", "d", "sum")
    }
    steps = [*above["jobcenter"].items(), *above["landsdel"].items()]
    steps += [(f"r{n}", [f"l{2 * n}", f"l{2 * n + 1}"]) for n in range(3)]
    # The same twice: kommuner, and jobcentre with the other kommuner.
    steps += [("l0", ["j0", *names[2:4]]), ("land", ["r0", "r1", "r2"])]
    relations = [
        total(f"{area} {at}", [f"{one} {at}" for one in below])
        for area, below in steps
        for at in ("a", "b", "c", "d", "sum")
    ]
    relations += [total(f"{area} sum", [f"{area} {at}" for at in "abcd"]) for area in inside]
    return Publication(
        tuple(
            Cell(
                f"{area} {at}",
                number,
                hidden=number < 3,
                secret=number < 3,
                fixed=area == "land",
                weight=max(1, number),
            )
            for (area, at), number in value.items()
        ),
        tuple(relations),
    )


@pytest.mark.parametrize("seed", range(3))
def test_levels_of_areas_by_classes_are_kept_together(seed: int) -> None:
    found = checked(areas(seed))
    assert found.exposed == ()
    assert 0 < found.cost <= 1.10 * found.bound
