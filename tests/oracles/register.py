"""A slow, obvious computation of every count from a register of persons.

A second implementation of the contract between register and counts, written to be checked against
its text rather than to be fast: plain Python, one person at a time, one month at a time, a set of
weeks for every question about weeks, all choices included. It shares nothing with the production
computation except `Choices`, whose values it reads (not its helpers). When the two disagree, one of
them misreads the contract.

Weeks are numbered from the Monday 1 January of year 1, so that "the week after" is plus one also
over new year and week 53. Kommuner are four digits of text; "uoplyst" sorts after all of them,
which is where the contract wants it.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from queries.register.choices import Choices

UNKNOWN = "uoplyst"
OTHER = "other"
"""The benefit of every code that the mapping does not list."""
THREE = ("kontanthjaelp", "uddannelseshjaelp", "integrationsydelse")
ACTIVE = ("virksomhedspraktik", "loentilskud", "nytteindsats", "vejledning_og_opkvalificering")
GROUP_2, EFFORT = "gruppe_2", "indsatsgruppe"
DAY = timedelta(days=1)

CountKey = tuple[str, str, str, str]
"""Measure, breakdown, period (2017M06), kommune."""
Counts = dict[CountKey, tuple[int, int]]
"""Numerator and denominator; the denominator is never 0."""

# --- what goes in -------------------------------------------------------------------------------


@dataclass(frozen=True)
class BenefitRow:
    """Weeks are ISO weeks as YYYYWW; no last week means still running."""

    person: int
    kommune: int
    benefit: str
    first_week: int
    last_week: int | None


@dataclass(frozen=True)
class OfferRow:
    person: int
    offer_type: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class MentorRow:
    person: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class MemberRow:
    """A record of Flere skal med."""

    person: int
    kommune: int
    group: str
    referred_on: date
    ended_on: date | None


@dataclass(frozen=True)
class HoursRow:
    """Ordinary hours in a month, YYYYMM."""

    person: int
    month: int
    hours: float


@dataclass(frozen=True)
class Register:
    benefits: Sequence[BenefitRow] = ()
    offers: Sequence[OfferRow] = ()
    mentors: Sequence[MentorRow] = ()
    flere_skal_med: Sequence[MemberRow] = ()
    hours: Sequence[HoursRow] = ()


@dataclass(frozen=True)
class Codes:
    """The mapping: what the register's codes mean. Benefits and their codes in precedence order."""

    benefits: dict[str, tuple[str, ...]]
    offers: dict[str, tuple[str, ...]]
    groups: dict[str, tuple[str, ...]]


# --- calendar -----------------------------------------------------------------------------------


def week_of(day: date) -> int:
    """The number of the week (Monday to Sunday) that contains a day."""
    return (day.toordinal() - 1) // 7


def sunday_of(week: int) -> date:
    return date.fromordinal(7 * week + 7)


@cache
def parse_week(yyyyww: int) -> int:
    """The number of an ISO week; ValueError when the year has no such week."""
    return week_of(date.fromisocalendar(yyyyww // 100, yyyyww % 100, 1))


def last_day_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@cache
def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    last = last_day_of_month(day.year + years, month + 1)
    return last.replace(day=min(day.day, last.day))


@dataclass(frozen=True)
class Month:
    """A month as the choices see it."""

    period: str
    yyyymm: int
    first_day: date
    last_day: date
    weeks: tuple[int, ...]
    reference_day: date
    offer_days: tuple[date, date]


@cache
def months_between(
    first_month: str, last_month: str, snapshot: str, week_month: str
) -> tuple[Month, ...]:
    """Every month from the first to the last, both given as 2017M06."""
    year, number = int(first_month[:4]), int(first_month[5:])
    months = []
    while f"{year}M{number:02}" <= last_month:
        months.append(_month(year, number, snapshot, week_month))
        year, number = (year, number + 1) if number < 12 else (year + 1, 1)
    return tuple(months)


def _month(year: int, number: int, snapshot: str, week_month: str) -> Month:
    first, last = date(year, number, 1), last_day_of_month(year, number)
    days = [first + n * DAY for n in range(last.day)]
    overlapping = {week_of(day) for day in days}
    if snapshot == "first_day":
        weeks = {week_of(first)}
    elif week_month == "overlap":
        weeks = overlapping
    elif week_month == "monday":
        weeks = {week_of(day) for day in days if day.isoweekday() == 1}
    elif week_month == "thursday":
        weeks = {week_of(day) for day in days if day.isoweekday() == 4}
    else:
        weeks = {w for w in overlapping if sum(week_of(day) == w for day in days) == 7}
    on_first_day = snapshot == "first_day"
    return Month(
        period=f"{year}M{number:02}",
        yyyymm=100 * year + number,
        first_day=first,
        last_day=last,
        weeks=tuple(sorted(weeks)),
        reference_day=first if on_first_day else last,
        offer_days=(first, first if on_first_day else last),
    )


# --- cleaning -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spell:
    """Weeks on a benefit, first to last. The codes of `OTHER` count as one, the empty code."""

    benefit: str
    code: str
    kommune: str
    first: int
    last: int

    @property
    def weeks(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class Days:
    """Something that lasts from one day to another, both included."""

    first: date
    last: date
    kind: str = ""

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and self.last >= first


@dataclass(frozen=True)
class Record:
    """A cleaned record of Flere skal med; one without an end lasts for ever."""

    group: str
    kommune: str
    referred_on: date
    ended_on: date

    def in_force(self, day: date) -> bool:
        return self.referred_on <= day <= self.ended_on


def name_of(code: str, mapping: Mapping[str, tuple[str, ...]]) -> str | None:
    """The id whose list has the code."""
    return next((name for name, listed in mapping.items() if code in listed), None)


def kommune_name(kommune: int, kommuner: Collection[int]) -> str:
    return f"{kommune:04}" if kommune in kommuner else UNKNOWN


def clean_benefits(
    rows: Iterable[BenefitRow], codes: Codes, as_of: date, kommuner: Collection[int]
) -> list[Spell]:
    now = week_of(as_of)
    spells = []
    for row in rows:
        first = parse_week(row.first_week)
        last = now if row.last_week is None else parse_week(row.last_week)
        if last < first or first > now:
            continue
        benefit = name_of(row.benefit, codes.benefits)
        code = row.benefit if benefit else ""
        kommune = kommune_name(row.kommune, kommuner)
        spells.append(Spell(benefit or OTHER, code, kommune, first, min(last, now)))
    return spells


def clean_days(starts_on: date, ends_on: date | None, as_of: date, kind: str) -> list[Days]:
    """One entry, or none when it ends before it starts or starts after the register's date."""
    last = as_of if ends_on is None else ends_on
    if last < starts_on or starts_on > as_of:
        return []
    return [Days(starts_on, min(last, as_of), kind)]


def clean_offers(rows: Iterable[OfferRow], codes: Codes, as_of: date) -> list[Days]:
    """The active offers, each with its kind."""
    offers = []
    for row in rows:
        kind = name_of(row.offer_type, codes.offers)
        if kind in ACTIVE:
            offers += clean_days(row.starts_on, row.ends_on, as_of, kind)
    return offers


def clean_mentors(rows: Iterable[MentorRow], as_of: date) -> list[Days]:
    return [days for r in rows for days in clean_days(r.starts_on, r.ends_on, as_of, "mentor")]


def clean_records(
    rows: Iterable[MemberRow], codes: Codes, as_of: date, kommuner: Collection[int]
) -> list[Record]:
    records = set()
    for row in rows:
        group = name_of(row.group, codes.groups)
        ended = date.max if row.ended_on is None else row.ended_on
        if group is None or ended < row.referred_on or row.referred_on > as_of:
            continue
        kommune = kommune_name(row.kommune, kommuner)
        records.add(Record(group, kommune, row.referred_on, ended))
    return list(records)


def months_with_hours(rows: Iterable[HoursRow], as_of: date) -> set[int]:
    total: dict[int, float] = defaultdict(float)
    for row in rows:
        if row.hours >= 0 and row.month <= 100 * as_of.year + as_of.month:
            total[row.month] += row.hours
    return {month for month, hours in total.items() if hours > 0}


# --- one person's benefits ----------------------------------------------------------------------


def runs(weeks: Iterable[int]) -> list[tuple[int, int]]:
    """The maximal runs of consecutive weeks, as first and last week."""
    found: list[tuple[int, int]] = []
    for week in sorted(weeks):
        if found and week == found[-1][1] + 1:
            found[-1] = (found[-1][0], week)
        else:
            found.append((week, week))
    return found


def merge_spells(spells: Iterable[Spell]) -> list[Spell]:
    """Join what has the same benefit, code and kommune and overlaps or touches."""
    weeks: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for spell in spells:
        weeks[spell.benefit, spell.code, spell.kommune].update(spell.weeks)
    return [Spell(*key, *run) for key, covered in weeks.items() for run in runs(covered)]


def apply_precedence(spells: Sequence[Spell], codes: Codes) -> list[Spell]:
    """Leave every week to the listed benefit that comes first; cut the other spells into runs."""
    taken: set[int] = set()
    left: list[Spell] = []
    for benefit in (*codes.benefits, OTHER):
        mine = [spell for spell in spells if spell.benefit == benefit]
        for spell in mine:
            free = set(spell.weeks) - taken
            left += [Spell(benefit, spell.code, spell.kommune, *run) for run in runs(free)]
        for spell in mine:
            taken.update(spell.weeks)
    return left


CourseKey = tuple[str, str, str]


def course_key(spell: Spell, choices: Choices) -> CourseKey:
    """What must stay the same for time on a benefit to be one course."""
    kommune = spell.kommune if choices.kommune_course == "restarts" else "any"
    code = spell.code if choices.codes == "separate" else "any"
    return (spell.benefit, kommune, code)


def seniority_by_week(weeks: Iterable[int], choices: Choices) -> dict[int, int]:
    """Seniority in every week of one course key."""
    allowed = choices.interruption_weeks
    if choices.interruption_limit == "breaks":
        allowed = max(allowed - 1, 0)
    seniority: dict[int, int] = {}
    previous = began = on_benefit = 0
    for week in sorted(weeks):
        weeks_between = week - previous - 1
        if not seniority or weeks_between > allowed:
            began, on_benefit = week, 0
        on_benefit += 1
        elapsed = week - began + 1
        seniority[week] = on_benefit if choices.seniority == "benefit_weeks" else elapsed
        previous = week
    return seniority


class Timeline:
    """One person's weeks on every benefit, after merging and precedence."""

    def __init__(self, spells: Sequence[Spell], codes: Codes, choices: Choices) -> None:
        merged = merge_spells(spells)
        if choices.overlap == "precedence":
            merged = apply_precedence(merged, codes)
        self._codes, self._choices = codes, choices
        self._spells: dict[str, list[Spell]] = defaultdict(list)
        self.weeks: dict[str, set[int]] = defaultdict(set)
        weeks_of_key: dict[CourseKey, set[int]] = defaultdict(set)
        for spell in merged:
            self._spells[spell.benefit].append(spell)
            self.weeks[spell.benefit].update(spell.weeks)
            weeks_of_key[course_key(spell, choices)].update(spell.weeks)
        self._seniority = {
            key: seniority_by_week(weeks, choices) for key, weeks in weeks_of_key.items()
        }

    def on_any(self, benefits: Iterable[str], month: Month) -> bool:
        """Whether the person is on one of the benefits in at least one week of the month."""
        return any(
            week in self.weeks[benefit]
            for benefit in benefits
            if benefit in self.weeks
            for week in month.weeks
        )

    def owner(self, benefit: str, week: int) -> Spell:
        """The spell that decides kommune, code and course in a week on the benefit."""
        order = self._codes.benefits[benefit]
        return min(
            (spell for spell in self._spells[benefit] if week in spell.weeks),
            key=lambda s: (-s.first, -s.last, s.kommune, order.index(s.code)),
        )

    def seniority(self, spell: Spell, week: int) -> int:
        return self._seniority[course_key(spell, self._choices)][week]


# --- passive ------------------------------------------------------------------------------------


@cache
def a_year_before(day: date, year_back: str, *, is_month_end: bool) -> date:
    """The day 'exactly a year ago'."""
    if year_back == "52_weeks":
        return day - 364 * DAY
    if year_back == "53_weeks":
        return day - 371 * DAY
    if is_month_end:
        return last_day_of_month(day.year - 1, day.month)
    return add_months(day, -12)


def year_until(month: Month, snapshot_week: int, choices: Choices) -> tuple[date, date]:
    """The first and last day of 'the last year'."""
    last = {
        "month_end": month.last_day,
        "month_start": month.first_day,
        "snapshot_week": sunday_of(snapshot_week),
    }[choices.year_anchor]
    ago = a_year_before(last, choices.year_back, is_month_end=choices.year_anchor == "month_end")
    return (ago if choices.year_far_end == "closed" else ago + DAY), last


# --- Flere skal med -----------------------------------------------------------------------------


def first_in_order(records: Iterable[Record]) -> Record | None:
    """The record that decides group and kommune when several could."""
    return min(
        records,
        key=lambda r: (
            -r.referred_on.toordinal(),
            -r.ended_on.toordinal(),
            r.kommune,
            r.group != GROUP_2,
        ),
        default=None,
    )


def stay_began(record: Record, records: Sequence[Record]) -> date:
    """When the stay in the group began that the record is part of."""
    began = record.referred_on
    while earlier := [
        r.referred_on
        for r in records
        if r.group == record.group and r.referred_on < began and r.ended_on >= began - DAY
    ]:
        began = min(earlier)
    return began


def boundary_passed(referred_on: date, day: date, months: int, choices: Choices) -> bool:
    """Whether somebody referred then has been in the group for more than the months that day.

    Days are rounded half to even: 8 months are 243.5 days, so 244; 24 months are 730.5, so 730.
    """
    if choices.group_2_time == "calendar":
        beyond = (day - add_months(referred_on, months)).days
    else:
        beyond = (day - referred_on).days - round(months * 365.25 / 12)
    return beyond >= 0 if choices.group_2_limit == "at_least" else beyond > 0


@cache
def time_classes(boundaries: tuple[int, ...]) -> tuple[str, ...]:
    between = [f"{low}_til_{high}" for low, high in pairwise(boundaries)]
    return (f"under_{boundaries[0]}", *between, f"over_{boundaries[-1]}")


# --- one person ---------------------------------------------------------------------------------


Finding = tuple[str, str, str, bool]
"""Measure, breakdown, kommune, and whether the person counts in the numerator too."""


@dataclass
class Person:
    """Everything known of one person, cleaned."""

    timeline: Timeline
    offers: list[Days]
    mentors: list[Days]
    records: list[Record]
    hours: set[int]

    def findings(self, month: Month, codes: Codes, choices: Choices) -> Iterable[Finding]:
        yield from self._passive(month, codes, choices)
        if self.records:
            yield from self._group_2(month, choices)
            yield from self._effort(month, codes, choices)

    def _passive(self, month: Month, codes: Codes, choices: Choices) -> Iterable[Finding]:
        for benefit in codes.benefits:
            on = [w for w in month.weeks if w in self.timeline.weeks.get(benefit, ())]
            if not on:
                continue
            week = on[-1] if choices.snapshot_week == "last" else on[0]
            owner = self.timeline.owner(benefit, week)
            if self.timeline.seniority(owner, week) < choices.seniority_weeks:
                continue
            year = year_until(month, week, choices)
            active = any(days.touches(*year) for days in self.offers + self.mentors)
            yield "passive", benefit, owner.kommune, not active

    def _group_2(self, month: Month, choices: Choices) -> Iterable[Finding]:
        day = month.reference_day
        on_the_three = self.timeline.on_any(THREE, month)
        owner = first_in_order(r for r in self.records if r.in_force(day))
        in_group_2 = owner if owner and owner.group == GROUP_2 else None

        if in_group_2 and on_the_three:
            referred_on = stay_began(in_group_2, self.records)
            boundaries = choices.group_2_boundaries
            passed = sum(boundary_passed(referred_on, day, n, choices) for n in boundaries)
            for number, name in enumerate(time_classes(boundaries)):
                yield "gruppe_2_tid", name, in_group_2.kommune, number == passed

            if choices.without_offer_over == "all_three" or self.timeline.on_any(
                ["kontanthjaelp"], month
            ):
                offered = any(offer.touches(*month.offer_days) for offer in self.offers)
                yield "gruppe_2_uden_tilbud", "alle", in_group_2.kommune, not offered

        still = choices.changed_over == "in_project"
        counted = in_group_2 if still else self._ever(GROUP_2, day)
        if counted:
            yield "gruppe_2_skiftet_ydelse", "alle", counted.kommune, not on_the_three

    def _effort(self, month: Month, codes: Codes, choices: Choices) -> Iterable[Finding]:
        day = month.reference_day
        if choices.effort_group == "in_force":
            counted = first_in_order(r for r in self.records if r.in_force(day))
            if counted and counted.group != EFFORT:
                counted = None
        else:
            counted = self._ever(EFFORT, day)
        if not counted:
            return
        kommune = counted.kommune

        kinds = {offer.kind for offer in self.offers if offer.touches(*month.offer_days)}
        practice, subsidy = "virksomhedspraktik" in kinds, "loentilskud" in kinds
        yield "virksomhedspraktik", "alle", kommune, practice or subsidy
        yield "virksomhedspraktik", "virksomhedspraktik", kommune, practice
        yield "virksomhedspraktik", "loentilskud", kommune, subsidy

        has_hours = month.yyyymm in self.hours
        yield "ordinaere_timer", "alle", kommune, has_hours
        ruled_out = {
            "all_benefits": (*codes.benefits, OTHER),
            "listed": tuple(codes.benefits),
            "three": THREE,
        }[choices.exit_rules_out]
        gone = has_hours and not self.timeline.on_any(ruled_out, month)
        yield "fuld_afgang", "alle", kommune, gone

    def _ever(self, group: str, day: date) -> Record | None:
        """The latest record of the group that began on or before the day, in force or not."""
        return first_in_order(r for r in self.records if r.group == group and r.referred_on <= day)


# --- everybody ----------------------------------------------------------------------------------


def oracle_counts(
    register: Register,
    codes: Codes,
    choices: Choices,
    first_month: str,
    last_month: str,
    as_of: date,
    kommuner: Collection[int],
) -> Counts:
    """Count everybody in every month from first to last (2017M06), as the register was on `as_of`.

    Raises ValueError for an ISO week that does not exist.
    """
    months = months_between(first_month, last_month, choices.snapshot, choices.week_month)
    numerators: dict[CountKey, int] = defaultdict(int)
    denominators: dict[CountKey, int] = defaultdict(int)
    for person in _everybody(register, codes, choices, as_of, kommuner):
        for month in months:
            for measure, breakdown, kommune, in_numerator in person.findings(month, codes, choices):
                key = (measure, breakdown, month.period, kommune)
                denominators[key] += 1
                numerators[key] += in_numerator
    return {key: (numerators[key], total) for key, total in denominators.items()}


def _everybody(
    register: Register, codes: Codes, choices: Choices, as_of: date, kommuner: Collection[int]
) -> Iterable[Person]:
    frames: tuple[Sequence[BenefitRow | OfferRow | MentorRow | MemberRow | HoursRow], ...]
    frames = (
        register.benefits,
        register.offers,
        register.mentors,
        register.flere_skal_med,
        register.hours,
    )
    for number in sorted({row.person for frame in frames for row in frame}):
        spells = clean_benefits(
            (r for r in register.benefits if r.person == number), codes, as_of, kommuner
        )
        yield Person(
            timeline=Timeline(spells, codes, choices),
            offers=clean_offers((r for r in register.offers if r.person == number), codes, as_of),
            mentors=clean_mentors((r for r in register.mentors if r.person == number), as_of),
            records=clean_records(
                (r for r in register.flere_skal_med if r.person == number),
                codes,
                as_of,
                kommuner,
            ),
            hours=months_with_hours((r for r in register.hours if r.person == number), as_of),
        )
