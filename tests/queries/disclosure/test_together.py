"""What is told of the same people in a month, as one publication."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queries.disclosure.attack import intervals
from queries.disclosure.audit import audit
from queries.disclosure.nested import nested_in
from queries.disclosure.places import UNKNOWN, places
from queries.disclosure.publication import Criterion
from queries.disclosure.together import Count, Month, Series, people_alone, publication, series_of
from queries.indicators.definition import DisclosureRule
from queries.sources.facts import LAND

HIDES_ZERO = DisclosureRule(3, zeros_are_shown=False, rule="Færre end 3 borgere vises ikke")
SHOWS_ZERO = DisclosureRule(3, zeros_are_shown=True, rule="1 eller 2 borgere vises ikke")
TREE = {LAND: ("1081", "1085"), "1081": ("0810", "0813")}


def series(key: str, counts: dict[str, Count], rule: DisclosureRule = HIDES_ZERO) -> Series:
    return Series(key, key, rule, counts)


def shown(numerator: int, people: int) -> Count:
    return Count(numerator, people)


HIDDEN = Count(None, None, hidden=True)
COUNTS = {
    LAND: shown(60, 300),
    "1081": shown(30, 150),
    "1085": shown(30, 150),
    "0810": shown(28, 90),
    "0813": shown(2, 60),
}


def test_a_series_alone_hides_its_people_with_its_number() -> None:
    month = Month("t", (series("a", COUNTS),), TREE)
    made = publication(month)
    assert {cell.name for cell in made.cells} == {
        f"{kind}/a/{area}" for kind in "nr" for area in COUNTS
    }
    secret = {cell.name for cell in made.cells if cell.secret}
    assert secret == {"n/a/0813"}
    assert made.by_name["r/a/0813"].group == made.by_name["n/a/0813"].group == "a/0813"
    assert made.by_name["n/a/000"].fixed
    # No relation between numerator and rest: how many there are is hidden too.
    kinds = [{name[0] for name, _ in relation.terms} for relation in made.relations]
    assert kinds == [{"n"}, {"n"}, {"r"}, {"r"}]


def test_the_people_of_two_series_are_known_beside_a_hidden_number() -> None:
    month = Month("t", (series("a", COUNTS), series("b", COUNTS)), TREE)
    made = publication(month)
    assert made.by_name["p/0813"].fixed
    assert made.by_name["n/a/0813"].high == 60
    found = [relation for relation in made.relations if ("p/0813", -1) in relation.terms]
    assert len(found) == 2  # the number and rest of each


def test_a_hidden_number_is_at_least_one_where_zeros_are_shown() -> None:
    both = (series("a", COUNTS, SHOWS_ZERO), series("b", COUNTS, SHOWS_ZERO))
    made = publication(Month("t", both, TREE))
    assert made.by_name["n/a/0813"].low == made.by_name["r/a/0813"].low == 1
    hide = tuple(replace(one, zeros_hide=True) for one in both)
    assert publication(Month("t", hide, TREE)).by_name["n/a/0813"].low == 0
    unknown = Month("t", both, TREE, people_hidden=frozenset({"0813"}))
    assert publication(unknown).by_name["n/a/0813"].low == 0


def test_a_shown_zero_is_never_hidden_beside_shown_people() -> None:
    zero = COUNTS | {"0813": shown(0, 60), "0810": shown(30, 90)}
    both = (series("a", zero, SHOWS_ZERO), series("b", zero, SHOWS_ZERO))
    assert publication(Month("t", both, TREE)).by_name["n/a/0813"].fixed
    alone = publication(Month("t", both[:1], TREE)).by_name["n/a/0813"]
    assert (alone.fixed, alone.hidden, alone.secret) == (False, False, False)


def test_few_people_are_secret_before_any_number_is_looked_at() -> None:
    few = COUNTS | {"0813": shown(1, 2), "0810": shown(29, 148)}
    month = Month("t", (series("a", few), series("b", few)), TREE)
    assert {cell.name for cell in people_alone(month).cells if cell.secret} == {"p/0813"}


@pytest.mark.parametrize(("unknown", "cells"), [((10, 20), 0), ((2, 20), 2), ((0, 0), 0)])
def test_people_without_a_kommune_are_a_cell_where_they_are_few(
    unknown: tuple[int, int], cells: int
) -> None:
    counts = COUNTS | {UNKNOWN: shown(*unknown)}
    counts[LAND] = shown(60 + unknown[0], 300 + unknown[1])
    made = publication(Month("t", (series("a", counts),), TREE))
    assert sum(cell.name.endswith(UNKNOWN) for cell in made.cells) == cells
    land = made.relations[0]
    assert land.high == (0 if cells else None)  # else what is left over


def test_classes_bind_each_other() -> None:
    one = COUNTS | {"0813": HIDDEN}
    rest = {
        area: shown((count.people or 0) - (count.numerator or 0), count.people or 0)
        for area, count in COUNTS.items()
    }
    month = Month("t", (series("a", one), series("b", rest)), TREE, divide=("a", "b"))
    assert intervals(publication(month), cells=["n/a/0813"]) == {"n/a/0813": (2, 2)}


def test_the_part_of_another_series_is_no_larger() -> None:
    region = {"1081": HIDDEN, "0810": HIDDEN, "0813": HIDDEN}
    part = series("a", COUNTS | region)
    whole = series("b", COUNTS)
    month = Month("t", (part, whole), {"1081": TREE["1081"]}, within=(("a", "b"),))
    assert intervals(publication(month), cells=["n/a/0813"]) == {"n/a/0813": (0, 2)}


def test_a_shown_zero_of_the_country_tells_every_hidden_number() -> None:
    counts = dict.fromkeys(COUNTS, HIDDEN) | {LAND: shown(0, 300)}
    found = audit(publication(Month("t", (series("a", counts, SHOWS_ZERO),), TREE)), Criterion.RULE)
    assert not found.protected
    assert {finding.name for finding in found.findings} >= {"n/a/0813", "n/a/0810"}


def test_the_tree_knows_each_area_once() -> None:
    tree = places()
    assert len(tree.same) == 90
    assert tree.children["DK014"] == ("0400",)
    assert tree.children["1081"] == ("DK050",)
    parts = [part for parts in tree.children.values() for part in parts]
    assert len(parts) == len(set(parts)) == 98 + 4 + 11 + 5
    assert tree.sentence("1081", ("DK050",)) == (
        "Region Nordjylland og Landsdel Nordjylland er de samme borgere"
    )
    assert tree.sentence("000", tree.children["000"]) == "Hele landet er summen af sine regioner"


def test_cells_name_their_series() -> None:
    assert series_of(["n/a|alle/0101", "r/b|x/000", "p/0101"]) == {"a|alle", "b|x"}


def waiting_and_changed(*, related: bool) -> Month:
    """Everyone who waits, in two series, is outside the numerator of a third: as many as it has."""
    own = COUNTS | {"0810": HIDDEN, "0813": HIDDEN}
    changed = {
        area: shown(20, 20 + (count.people or 0))
        for area, count in COUNTS.items()
        if area in {"0810", "0813"}
    }
    changed["1081"], changed["1085"] = shown(40, 190), shown(20, 170)
    changed[LAND] = shown(60, 360)
    three = (series("a", own), series("b", own), series("c", changed))
    if related:
        return Month("t", three, TREE, rest=("c",))
    return Month("t", three[:2], TREE)


def test_people_who_are_all_outside_another_numerator_are_no_more_than_those() -> None:
    """The country has as many of both, so that every area has: what one shows the other tells."""
    apart = intervals(publication(waiting_and_changed(related=False)), cells=["p/0813"])
    assert apart == {"p/0813": (0, 150)}
    told = intervals(publication(waiting_and_changed(related=True)), cells=["p/0813", "p/0810"])
    assert told == {"p/0813": (60, 60), "p/0810": (90, 90)}


def test_a_rest_that_holds_many_known_people_is_no_small_number() -> None:
    own = (series("a", COUNTS), series("b", COUNTS))
    hide = dict.fromkeys(COUNTS, HIDDEN) | {LAND: shown(60, 360)}
    made = publication(Month("t", (*own, series("c", hide)), TREE, rest=("c",)))
    assert made.by_name["r/c/0813"].free
    assert not made.by_name["n/c/0813"].free
    found = audit(made, Criterion.STRICT, insiders=False)
    assert not [f for f in found.findings if f.name.startswith("r/c/")]


def test_persons_of_one_area_are_nested_by_what_their_numbers_are() -> None:
    month = Month(
        "t",
        tuple(series(key, COUNTS) for key in ("young", "old", "job", "hours", "other")),
        TREE,
        divide=("young", "old"),
        within=(("job", "hours"),),
        rest=("other",),
    )
    nested = nested_in(month)
    for one, other, told in (
        ("n/young/0813", "r/old/0813", True),  # the young are among those who are not old
        ("n/young/0813", "r/young/0813", False),
        ("n/young/0813", "n/old/0813", False),
        ("n/young/0813", "r/old/0810", False),
        ("n/job/0813", "n/hours/0813", True),
        ("r/hours/0813", "r/job/0813", True),
        ("n/job/0813", "r/hours/0813", False),
        ("n/job/0813", "p/0813", True),
        ("r/job/0813", "p/0813", True),
        ("n/other/0813", "p/0813", False),
        ("p/0813", "r/other/0813", True),
        ("p/0813", "p/0810", False),
        ("p/0813", "p/1081", True),
        ("r/job/0813", "r/job/1081", True),
        ("n/young/0813", "r/old/1081", True),
        ("n/young/1085", "r/old/1081", False),
    ):
        assert nested(one, other) is told, (one, other)
        assert nested(other, one) is told, (other, one)


def test_so_few_people_that_two_small_numbers_make_them_are_hidden_first() -> None:
    counts = {area: shown(2, 4) if area == "0813" else count for area, count in COUNTS.items()}
    few = people_alone(Month("t", (series("a", counts), series("b", counts)), TREE))
    hidden = {cell.name: cell.secret for cell in few.cells if cell.hidden}
    assert hidden == {"p/0813": False}
    counts["0813"] = shown(2, 5)
    assert not people_alone(Month("t", (series("a", counts), series("b", counts)), TREE)).hidden
