"""What an indicator's file may allow to be told instead of hidden numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from queries.indicators.alternatives import Alternatives, CoarserGroup, parse_alternatives
from queries.indicators.definition import DefinitionError, files, load_indicators, parse

TIMES = ("tid_under_3", "tid_3_til_6", "tid_6_til_9", "tid_over_9")
GROUP_2 = "gruppe_2_over_9_maaneder"


def read(
    given: Mapping[str, Any], *, threshold: int = 3, zeros_are_shown: bool = False
) -> Alternatives:
    return parse_alternatives(
        "x.alternatives", given, TIMES, threshold=threshold, zeros_are_shown=zeros_are_shown
    )


def group(*of: str, title: str = "Nogle") -> dict[str, Any]:
    return {"coarser_groups": {"nogle": {"title": title, "of": list(of)}}}


def test_nothing_is_allowed_unless_it_is_named() -> None:
    assert read({}) == Alternatives(combined_areas=False, coarser_groups=(), round_to=0)
    assert read({}) == Alternatives()
    assert read({"combined_areas": False, "round_to": 0}) == Alternatives()


def test_what_is_named_is_read() -> None:
    given = {
        "combined_areas": True,
        "round_to": 20,
        "coarser_groups": {
            "kort": {"title": "Under 6 måneder", "of": ["tid_under_3", "tid_3_til_6"]},
            "lang": {"title": "Over 3 måneder", "of": list(TIMES[1:])},
        },
    }
    assert read(given) == Alternatives(
        combined_areas=True,
        coarser_groups=(
            CoarserGroup("kort", "Under 6 måneder", ("tid_under_3", "tid_3_til_6")),
            CoarserGroup("lang", "Over 3 måneder", ("tid_3_til_6", "tid_6_til_9", "tid_over_9")),
        ),
        round_to=20,
    )
    # What was given is as it was: a file may be read again.
    assert isinstance(given["coarser_groups"], dict)


@pytest.mark.parametrize(
    "given", [{"combined_areas": True}, {"round_to": 10}, group("tid_under_3", "tid_3_til_6")]
)
def test_one_way_is_enough_for_something_to_be_allowed(given: Mapping[str, Any]) -> None:
    assert read(given) != Alternatives()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"round": 10}, r"x.alternatives: unknown \['round'\]"),
        ({"combined_areas": "ja"}, "x.alternatives: combined_areas must be true or false"),
        ({"combined_areas": 1}, "x.alternatives: combined_areas must be true or false"),
        ({"round_to": 5}, "x.alternatives: round_to must be a whole number of at least 10"),
        ({"round_to": -10}, "round_to must be a whole number of at least 10"),
        ({"round_to": 10.0}, "round_to must be a whole number of at least 10"),
        ({"round_to": True}, "round_to must be a whole number of at least 10"),
        (
            {"coarser_groups": {"nogle": {"of": ["tid_under_3", "tid_3_til_6"]}}},
            r"x.alternatives.coarser_groups.nogle: missing \['title'\]",
        ),
        (group("tid_under_3", "tid_3_til_6", title=""), r"nogle: empty \['title'\]"),
        (group(), r"nogle: empty \['of'\]"),
        (
            {"coarser_groups": {"nogle": {"title": "N", "of": list(TIMES[:2]), "x": 1}}},
            r"nogle: unknown \['x'\]",
        ),
        (
            {"coarser_groups": {"tid_3_til_6": {"title": "N", "of": list(TIMES[:2])}}},
            "tid_3_til_6: the id is that of a breakdown",
        ),
    ],
)
def test_a_faulty_section_is_refused(given: Mapping[str, Any], told: str) -> None:
    with pytest.raises(DefinitionError, match=told):
        read(given)


@pytest.mark.parametrize(
    "of",
    [
        ("tid_under_3",),  # one is no group
        ("tid_under_3", "tid_6_til_9"),  # not next to each other
        ("tid_3_til_6", "tid_under_3"),  # not in order
        ("tid_over_9", "tid_over_9"),
        ("tid_over_9", "tid_over_12"),
        TIMES,  # that is everybody
    ],
)
def test_a_group_is_of_some_breakdowns_in_a_row(of: tuple[str, ...]) -> None:
    with pytest.raises(DefinitionError, match="nogle: a coarser group is of some breakdowns"):
        read(group(*of))


def test_breakdowns_that_do_not_add_up_have_no_groups() -> None:
    with pytest.raises(DefinitionError, match="breakdowns that add up"):
        parse_alternatives(
            "x", group("tid_under_3", "tid_3_til_6"), (), threshold=3, zeros_are_shown=False
        )


@pytest.mark.parametrize(
    ("threshold", "least"),
    # Every number that the rule hides, and the first that it shows, must be printed as 0:
    # to the nearest 5 that is 0 to 2, to the nearest 10 0 to 4, to the nearest 20 0 to 9.
    [(2, 5), (3, 10), (4, 10), (5, 20), (9, 20), (10, 50)],
)
@pytest.mark.parametrize("zeros_are_shown", [False, True])
def test_a_printed_zero_tells_no_more_than_a_hidden_number(
    threshold: int, least: int, zeros_are_shown: bool
) -> None:
    found = read({"round_to": least}, threshold=threshold, zeros_are_shown=zeros_are_shown)
    assert found.round_to == least
    with pytest.raises(DefinitionError, match=f"at least {least}$"):
        read({"round_to": least - 1}, threshold=threshold, zeros_are_shown=zeros_are_shown)


def test_what_the_shipped_files_allow() -> None:
    counted = {name: one for name, one in load_indicators().items() if one.register}
    allowed = {name: one.disclosure.alternatives for name, one in counted.items()}
    assert all(one.combined_areas for one in allowed.values())
    assert {name for name, one in allowed.items() if one.round_to} == {
        "passive_dagpenge",
        "passive_jobafklaringsforloeb",
        "passive_ledighedsydelse",
        "passive_sygedagpenge",
    }
    assert {one.round_to for one in allowed.values()} == {0, 10}
    assert {name for name, one in allowed.items() if one.coarser_groups} == {GROUP_2}
    assert {one.group_id: one.of for one in allowed[GROUP_2].coarser_groups} == {
        "tid_under_6": TIMES[:2],
        "tid_3_til_9": TIMES[1:3],
        "tid_over_6": TIMES[2:],
        "tid_under_9": TIMES[:3],
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("combined_areas = true", "combined = true", r"disclosure.alternatives: unknown"),
        ("combined_areas = true", "round_to = 4", "disclosure.alternatives: round_to must"),
        ('"tid_6_til_9", "tid_over_9"]', '"tid_over_9"]', "tid_over_6: a coarser group is of"),
        ("coarser_groups.tid_over_6]", "coarser_groups.tid_over_9]", "the id is that of"),
        ("breakdowns_add_up = true", "breakdowns_add_up = false", "breakdowns that add up"),
    ],
)
def test_the_section_is_checked_with_its_file(old: str, new: str, told: str) -> None:
    text = next(path for path in files() if path.stem == GROUP_2).read_text("utf-8")
    assert text.count(old) == 1
    with pytest.raises(DefinitionError, match=told):
        parse("x", text.replace(old, new))
