"""Rows that are not as they should be: each has a rule, is counted, and is shown as an example."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from queries.register.choices import Choices
from queries.register.reading.files import open_folder
from queries.register.rules import ACTIVITIES, EXAMPLES, HOURS, MEMBERS, SPELLS, Tally
from queries.register.run import run
from tests.oracles.register import (
    BenefitRow,
    HoursRow,
    MemberRow,
    MentorRow,
    OfferRow,
    Register,
)
from tests.queries.register.as_frames import fast, plan_for, slow, write_register

AS_OF = dt.date(2017, 9, 20)  # in week 38
PLAN = plan_for(Choices(), "2016M01", "2017M09", AS_OF)
D = dt.date

SPELL_ROWS = [
    BenefitRow(1, 316, "811", 201501, 201605),  # 1 as it should be
    BenefitRow(1, 316, "811", 201606, 201620),  # 2 touches the one before
    BenefitRow(1, 147, "811", 201623, 201630),  # 3 after an interruption of two weeks, moved
    BenefitRow(1, 147, "811", 201640, 201650),  # 4 after nine weeks: another course
    BenefitRow(2, 316, "811", 201601, None),  # 5 no end
    BenefitRow(3, 316, "811", 201610, 201609),  # 6 ends before it starts
    BenefitRow(4, 316, "811", 201739, 201740),  # 7 after the day it is read
    BenefitRow(5, 316, "811", 201701, 201801),  # 8 ends after it
    BenefitRow(6, 999, "811", 201501, 201652),  # 9 unknown kommune
    BenefitRow(7, 316, "x", 201501, 201652),  # 10 unlisted code
    BenefitRow(8, 316, "811", 201501, 201652),  # 11
    BenefitRow(8, 316, "811", 201501, 201652),  # 12 the same again
    BenefitRow(9, 316, "811", 201501, 201652),  # 13
    BenefitRow(9, 316, "811", 201551, 201710),  # 14 overlaps
    BenefitRow(10, 316, "811", 201501, 201652),  # 15
    BenefitRow(10, 316, "730", 201601, 201604),  # 16 another benefit in the same weeks
]
APPLIED = {
    "open_end": (1, [5]),
    "ends_before_start": (1, [6]),
    "future": (1, [7]),
    "future_end": (1, [8]),
    "unknown_kommune": (1, [9]),
    "unlisted_code": (1, [10]),
    "repeated": (1, [11]),
    "overlapping": (1, [13]),
    "touching": (1, [2]),
    "bridged": (1, [3]),
    "moved": (1, [3]),
    "two_benefits": (1, [15]),
}
ACTIVITY_ROWS = [
    OfferRow(1, "praktik", D(2016, 3, 1), None),
    OfferRow(1, "praktik", D(2016, 3, 1), D(2016, 2, 1)),
    OfferRow(1, "praktik", D(2017, 9, 21), None),
    OfferRow(1, "praktik", D(2017, 9, 1), D(2017, 12, 1)),
    OfferRow(1, "ukendt", D(2016, 3, 1), D(2016, 4, 1)),
    OfferRow(99, "praktik", D(2016, 3, 1), D(2016, 4, 1)),
]


def report(register: Register, tmp_path: Path) -> dict[str, dict[str, tuple[object, object]]]:
    folder = write_register(register, tmp_path / "r")
    rules = run(open_folder(folder), PLAN, tmp_path / "work").report.rules
    return {
        stem: {str(line["name"]): (line["count"], line["example_rows"]) for line in lines}
        for stem, lines in rules.items()
    }


def test_every_rule_for_spells_is_counted_once(tmp_path: Path) -> None:
    register = Register(SPELL_ROWS)
    assert set(APPLIED) == {rule.name for rule in SPELLS}
    assert report(register, tmp_path) == {"benefits": APPLIED}
    assert fast(register, PLAN) == slow(register, PLAN)


def test_rules_for_offers_and_mentors(tmp_path: Path) -> None:
    offers = [replace(row, offer_type=row.offer_type) for row in ACTIVITY_ROWS]
    mentors = [MentorRow(row.person, row.starts_on, row.ends_on) for row in ACTIVITY_ROWS]
    found = report(Register(SPELL_ROWS[:1], offers, mentors), tmp_path)
    # An open end that begins after the day is both; the other rules are told apart.
    assert found["offers"] == {
        "open_end": (2, [1, 3]),
        "ends_before_start": (1, [2]),
        "future": (1, [3]),
        "future_end": (1, [4]),
        "unlisted_code": (1, [5]),
        "no_benefit": (1, [6]),
    }
    assert {rule.name for rule in ACTIVITIES} == set(found["offers"])
    assert found["mentors"] == {k: v for k, v in found["offers"].items() if k != "unlisted_code"}


def test_rules_for_the_project_and_for_hours(tmp_path: Path) -> None:
    members = [
        MemberRow(1, 316, "i", D(2016, 1, 1), D(2015, 12, 31)),
        MemberRow(1, 316, "i", D(2017, 9, 21), None),
        MemberRow(2, 999, "i", D(2016, 1, 1), D(2016, 3, 1)),
        MemberRow(3, 316, "?", D(2016, 1, 1), None),
        MemberRow(4, 316, "i", D(2016, 1, 1), D(2016, 3, 1)),
        MemberRow(4, 316, "i", D(2016, 1, 1), D(2016, 3, 1)),
        MemberRow(4, 147, "i", D(2016, 3, 2), D(2016, 5, 1)),
        MemberRow(4, 147, "g", D(2016, 4, 1), None),
    ]
    from tests.oracles.registers import CODES

    names = {"i": CODES.groups["indsatsgruppe"][0], "g": CODES.groups["gruppe_2"][0]}
    members = [replace(row, group=names.get(row.group, row.group)) for row in members]
    hours = [
        HoursRow(1, 201601, -1.0),
        HoursRow(1, 201710, 5.0),
        HoursRow(1, 201602, 5.0),
        HoursRow(1, 201602, 5.0),
    ]
    found = report(Register((), (), (), members, hours), tmp_path)
    assert found["flere_skal_med"] == {
        "ends_before_start": (1, [1]),
        "future": (1, [2]),
        "unknown_kommune": (1, [3]),
        "unlisted_code": (1, [4]),
        "repeated": (1, [6]),
        "touching": (1, [7]),
        "two_groups": (1, [8]),
    }
    assert {rule.name for rule in MEMBERS} == set(found["flere_skal_med"])
    assert found["hours"] == {"negative": (1, [1]), "future": (1, [2]), "repeated": (1, [4])}
    assert {rule.name for rule in HOURS} == set(found["hours"])


def test_many_rows_give_the_first_as_examples(tmp_path: Path) -> None:
    rows = [BenefitRow(n, 999, "811", 201501, 201652) for n in range(1, 40)]
    folder = write_register(Register(rows), tmp_path / "r")
    outcome = run(open_folder(folder), PLAN, tmp_path / "work", batch_rows=4)
    (line,) = outcome.report.rules["benefits"]
    assert (line["count"], line["example_rows"]) == (39, [1, 2, 3, 4, 5])


def test_tallies_of_parts_add_up_to_that_of_the_whole() -> None:
    whole, parts = Tally(SPELLS), [Tally(SPELLS), Tally(SPELLS)]
    rows = np.random.default_rng(1).permutation(20) + 1
    for place, row in enumerate(sorted(rows)):
        whole.note("future", [int(row)])
        parts[place % 2].note("future", [int(row)])
    parts[0].add(parts[1])
    assert parts[0].lines() == whole.lines()
    (line,) = whole.lines()
    assert len(line["example_rows"]) == EXAMPLES  # type: ignore[arg-type]


@pytest.mark.parametrize("rules", [SPELLS, ACTIVITIES, MEMBERS, HOURS])
def test_rules_have_names_of_their_own_and_say_what_is_done(rules: tuple[object, ...]) -> None:
    names = [rule.name for rule in rules]  # type: ignore[attr-defined]
    assert len(set(names)) == len(names)
    assert all(": " in rule.text for rule in rules)  # type: ignore[attr-defined]
