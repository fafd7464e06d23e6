"""Changes to a register that must change nothing, or only what they say."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import TypeVar

import pytest

from queries.register.calendar import day_number, monday, week_of
from queries.register.choices import Choices
from tests.oracles import register as oracle
from tests.oracles.registers import random_choices, random_register
from tests.queries.register.as_frames import SCHEMAS, Key, fast, joined, plan_for

FIRST, LAST, AS_OF = "2015M06", "2017M09", dt.date(2017, 9, 20)
SEEDS = range(12)
Activity = TypeVar("Activity", oracle.OfferRow, oracle.MentorRow)
CYCLE_WEEKS = 1461
"""28 years: after that many weeks every date falls on the same weekday and week again."""


def registers(seed: int, count: int = 15) -> oracle.Register:
    rng = random.Random(seed)
    return joined(
        [
            random_register(rng, first_month=FIRST, last_month=LAST, as_of=AS_OF)
            for _ in range(count)
        ]
    )


def choices(seed: int) -> Choices:
    return random_choices(random.Random(seed)) if seed % 3 else Choices()


def counts(register: oracle.Register, seed: int) -> dict[Key, tuple[int, int]]:
    return fast(register, plan_for(choices(seed), FIRST, LAST, AS_OF))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows(seed: int) -> None:
    register, rng = registers(seed), random.Random(seed)
    mixed = oracle.Register(
        *(rng.sample(rows := list(getattr(register, stem)), len(rows)) for stem in SCHEMAS)
    )
    assert counts(mixed, seed) == counts(register, seed)


def _code(week: int) -> int:
    year, number, _ = monday(week).isocalendar()
    return 100 * year + number


def _week(code: int) -> int:
    return week_of(dt.date.fromisocalendar(code // 100, code % 100, 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_spell_split_in_two_that_touch(seed: int) -> None:
    register, rng = registers(seed), random.Random(seed)
    rows = []
    for row in register.benefits:
        first = _week(row.first_week)
        last = _week(row.last_week) if row.last_week else first
        if last <= first:
            rows.append(row)
            continue
        cut = rng.randint(first, last - 1)
        rows += [replace(row, last_week=_code(cut)), replace(row, first_week=_code(cut + 1))]
    assert len(rows) > len(register.benefits)
    assert counts(replace(register, benefits=rows), seed) == counts(register, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_activity_split_in_two_that_touch(seed: int) -> None:
    register = registers(seed)
    day = dt.timedelta(1)

    def halves(row: Activity) -> list[Activity]:
        if row.ends_on is None or row.ends_on <= row.starts_on:
            return [row]
        cut = row.starts_on + (row.ends_on - row.starts_on) // 2
        return [replace(row, ends_on=cut), replace(row, starts_on=cut + day)]

    split = replace(
        register,
        offers=[half for row in register.offers for half in halves(row)],
        mentors=[half for row in register.mentors for half in halves(row)],
    )
    # An end after the day the register is read is cut there, and so may be its second half.
    kept = replace(
        split, offers=[r for r in split.offers if r], mentors=[r for r in split.mentors if r]
    )
    assert counts(kept, seed) == counts(register, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_twice(seed: int) -> None:
    register = registers(seed)
    twice = oracle.Register(
        *(
            [row for row in getattr(register, stem) for _ in range(1 if stem == "hours" else 2)]
            for stem in SCHEMAS
        )
    )
    assert counts(twice, seed) == counts(register, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_people_without_relevance(seed: int) -> None:
    """Activities and hours of people without a benefit, unlisted benefits, the far past."""
    register = registers(seed)
    nobody, old = 10_000_000, 10_000_001
    more = oracle.Register(
        [
            *register.benefits,
            oracle.BenefitRow(old, 316, "811", 199001, 200452),
            oracle.BenefitRow(old + 1, 316, "ukendt", 201401, 201752),
        ],
        [*register.offers, oracle.OfferRow(nobody, "praktik", dt.date(2016, 1, 1), None)],
        [*register.mentors, oracle.MentorRow(nobody, dt.date(2016, 1, 1), None)],
        register.flere_skal_med,
        [*register.hours, oracle.HoursRow(nobody, 201606, 37.0)],
    )
    assert counts(more, seed) == counts(register, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_shifted_by_28_years(seed: int) -> None:
    register = registers(seed)

    def week(code: int) -> int:
        return _code(_week(code) + CYCLE_WEEKS)

    def day(date: dt.date) -> dt.date:
        return date + dt.timedelta(7 * CYCLE_WEEKS)

    def end(date: dt.date | None) -> dt.date | None:
        return date and day(date)

    assert day(dt.date(2016, 2, 29)) == dt.date(2044, 2, 29)
    shifted = oracle.Register(
        [
            replace(
                row,
                first_week=week(row.first_week),
                last_week=row.last_week and week(row.last_week),
            )
            for row in register.benefits
        ],
        [replace(r, starts_on=day(r.starts_on), ends_on=end(r.ends_on)) for r in register.offers],
        [replace(r, starts_on=day(r.starts_on), ends_on=end(r.ends_on)) for r in register.mentors],
        [
            replace(r, referred_on=day(r.referred_on), ended_on=end(r.ended_on))
            for r in register.flere_skal_med
        ],
        [replace(row, month=row.month + 2800) for row in register.hours],
    )
    as_of = day(AS_OF)
    later = fast(shifted, plan_for(choices(seed), "2043M06", "2045M09", as_of))
    moved = {
        (measure, breakdown, f"{int(period[:4]) - 28}{period[4:]}", kommune): value
        for (measure, breakdown, period, kommune), value in later.items()
    }
    assert moved == counts(register, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_months_asked_for_alone(seed: int) -> None:
    register = registers(seed)
    whole = counts(register, seed)
    for month in ("2015M12", "2016M01", "2017M06"):
        alone = fast(register, plan_for(choices(seed), month, month, AS_OF))
        assert alone == {key: value for key, value in whole.items() if key[2] == month}


@pytest.mark.parametrize("seed", SEEDS)
def test_two_registers_add_up(seed: int) -> None:
    one, other = registers(seed, 8), registers(seed + 100, 8)
    both = counts(joined([one, replace_ids(other)]), seed)
    parts = [counts(one, seed), counts(other, seed)]
    for key in both:
        assert both[key] == tuple(sum(part.get(key, (0, 0))[i] for part in parts) for i in (0, 1))


def replace_ids(register: oracle.Register) -> oracle.Register:
    """The same register with every person's number moved far away."""
    return oracle.Register(
        *(
            [replace(row, person=row.person + 50_000_000) for row in getattr(register, stem)]
            for stem in SCHEMAS
        )
    )


def test_one_more_week_of_seniority_never_adds_people() -> None:
    register = registers(3, 40)
    before = None
    for weeks in (1, 26, 51, 52, 53, 104):
        found = fast(register, plan_for(Choices(seniority_weeks=weeks), FIRST, LAST, AS_OF))
        people = sum(value[1] for key, value in found.items() if key[0] == "passive")
        assert before is None or people <= before
        before = people


def test_weeks_and_days_are_counted_as_the_calendar_does() -> None:
    for day in (dt.date(1970, 1, 1), dt.date(2015, 12, 31), dt.date(2021, 1, 3)):
        assert monday(week_of(day)) <= day <= monday(week_of(day)) + dt.timedelta(6)
        assert day_number(day) == (day - dt.date(1970, 1, 1)).days
