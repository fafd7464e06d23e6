"""Weeks, months and the calendar's choices, against dates worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from queries.errors import UserError
from queries.register.calendar import (
    FIRST_YEAR,
    NO_WEEK,
    Month,
    add_months,
    monday,
    month_range,
    parse_month,
    tables,
    week_code,
    week_codes,
    week_of,
    week_window,
    year_before,
)
from queries.register.choices import CHOICES, Choices, parse_choices


def codes(month: str, **choices: str) -> tuple[int, int]:
    first, last = week_window(parse_month(month), Choices(**choices))  # type: ignore[arg-type]
    return week_code(first), week_code(last)


@pytest.mark.parametrize(
    ("rule", "june", "january"),
    [
        # June 2017: Thursday 1st to Friday 30th. January 2016: Friday 1st, in week 53 of 2015.
        ("overlap", (201722, 201726), (201553, 201604)),
        ("monday", (201723, 201726), (201601, 201604)),
        ("thursday", (201722, 201726), (201601, 201604)),
        ("within", (201723, 201725), (201601, 201604)),
    ],
)
def test_weeks_of_a_month(rule: str, june: tuple[int, int], january: tuple[int, int]) -> None:
    assert codes("2017M06", week_month=rule) == june
    assert codes("2016M01", week_month=rule) == january


def test_the_first_day_is_one_week_whatever_the_rule() -> None:
    for rule in CHOICES["week_month"].options:
        assert codes("2017M06", snapshot="first_day", week_month=rule) == (201722, 201722)


def test_weeks_that_exist() -> None:
    table = week_codes()

    def exists(code: int) -> bool:
        return bool(table[code - 100 * FIRST_YEAR] != NO_WEEK)

    assert exists(201553)
    assert exists(202053)
    assert not exists(201753)
    assert not exists(201700)
    assert table[201601 - 197000] == table[201553 - 197000] + 1
    assert week_code(week_of(dt.date(2021, 1, 3))) == 202053
    assert monday(week_of(dt.date(2017, 6, 1))) == dt.date(2017, 5, 29)


@pytest.mark.parametrize(
    ("end", "choices", "first_day"),
    [
        (dt.date(2017, 6, 30), {}, dt.date(2016, 7, 1)),
        (dt.date(2017, 2, 28), {}, dt.date(2016, 3, 1)),  # whole months, a leap year or not
        (dt.date(2016, 2, 29), {}, dt.date(2015, 3, 1)),
        (dt.date(2017, 6, 30), {"year_far_end": "closed"}, dt.date(2016, 6, 30)),
        (dt.date(2017, 6, 30), {"year_back": "52_weeks"}, dt.date(2016, 7, 2)),
        (dt.date(2017, 6, 30), {"year_back": "53_weeks"}, dt.date(2016, 6, 25)),
        (dt.date(2017, 6, 1), {"year_anchor": "month_start"}, dt.date(2016, 6, 2)),
        (dt.date(2017, 7, 2), {"year_anchor": "snapshot_week"}, dt.date(2016, 7, 3)),
    ],
)
def test_the_last_year(end: dt.date, choices: dict[str, str], first_day: dt.date) -> None:
    assert year_before(end, Choices(**choices)) == first_day  # type: ignore[arg-type]


def test_nine_months_later() -> None:
    assert add_months(dt.date(2018, 3, 31), 9) == dt.date(2018, 12, 31)
    assert add_months(dt.date(2018, 5, 31), 9) == dt.date(2019, 2, 28)
    assert add_months(dt.date(2019, 2, 28), -12) == dt.date(2018, 2, 28)


def test_tables_turn_weeks_into_months() -> None:
    found = tables(month_range(Month(2017, 5), Month(2017, 7)), Choices())
    shared = week_of(dt.date(2017, 5, 31))  # Wednesday: the week belongs to May and June
    assert (found.month_from[shared], found.month_to[shared]) == (0, 1)
    before, after = week_of(dt.date(2017, 4, 1)), week_of(dt.date(2017, 9, 1))
    assert (found.month_from[before], found.month_to[before]) == (0, -1)
    assert (found.month_from[after], found.month_to[after]) == (3, 2)


@pytest.mark.parametrize("text", ["2017-06", "2017M13", "2017M00", "201706", "1969M01", "2017M6"])
def test_a_month_that_is_none(text: str) -> None:
    with pytest.raises(UserError):
        parse_month(text)


def test_a_period_that_ends_before_it_begins() -> None:
    with pytest.raises(UserError, match="slutter"):
        month_range(Month(2017, 6), Month(2017, 5))


def test_choices_from_text() -> None:
    found = parse_choices({"year_back": "52_weeks", "group_2_boundaries": "3,9"})
    assert (found.year_back, found.group_2_boundaries) == ("52_weeks", (3, 9))
    assert found.longest_gap == 4
    assert parse_choices({"interruption_limit": "breaks"}).longest_gap == 3


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"år": "52"}, "Ukendt valg: 'år'. Vælg mellem: seniority_weeks"),
        ({"year_back": "51_weeks"}, "Valget year_back kan ikke være '51_weeks'. Vælg mellem: 12"),
        ({"seniority_weeks": "0"}, "Valget seniority_weeks skal være hele tal fra 1 til 520"),
        ({"seniority_weeks": "et år"}, "Valget seniority_weeks skal være hele tal, men er"),
        ({"group_2_boundaries": "9,3"}, "i stigende orden"),
    ],
)
def test_wrong_choices_are_told(given: dict[str, str], told: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_choices(given)
    assert told in str(refused.value)


def test_every_choice_has_a_question_and_meanings() -> None:
    assert set(CHOICES) == set(Choices().as_dict())
    for choice in CHOICES.values():
        assert choice.question
        assert choice.options or 0 <= choice.low < choice.high
        assert all(choice.options.values())
