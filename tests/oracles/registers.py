"""Small random registers on the boundaries of every rule, to compare two computations.

A person is made by a few recipes. Each recipe takes a month of the period and puts something just
before, on or just after a day or week that matters in that month. All that is random comes from the
`Random` that is given, so a seed is a register.

One recipe per family of rules:

* `_course`: the seniority reached in a week of the month, made of pieces with short interruptions;
* `_tangle`: spells that nest, repeat, overlap or touch another, and other benefits across it;
* `_tie`: spells that begin together, so that something else decides;
* `_around_the_month`: single weeks that the month shares with its neighbours, moves inside it;
* `_new_year`: spells and gaps over week 52, 53 and 1;
* `_year_of_offers`: offers and mentors that end a year ago or begin about now;
* `_membership`, `_rejoined`: Flere skal med, with months in the group and breaks between records;
* `_hours`: none, some, cancelled, in several rows;
* `_faulty`: what cleaning must drop, cut or call unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from queries.register.choices import CHOICES, Choices
from tests.oracles.register import (
    ACTIVE,
    BenefitRow,
    Codes,
    HoursRow,
    MemberRow,
    MentorRow,
    OfferRow,
    Register,
    add_months,
    last_day_of_month,
    sunday_of,
    week_of,
)

CODES = Codes(
    benefits={
        # The first code listed is not the lowest one, and the order of the benefits is not that of
        # their names: precedence must come from the mapping. The codes are made up.
        "ressourceforloeb": ("811", "810"),
        "sygedagpenge": ("890",),
        "kontanthjaelp": ("730", "131"),
        "uddannelseshjaelp": ("740",),
        "integrationsydelse": ("750",),
    },
    offers={
        "virksomhedspraktik": ("praktik", "praktik for unge"),
        "loentilskud": ("løntilskud privat", "løntilskud offentlig"),
        "nytteindsats": ("nytteindsats",),
        "vejledning_og_opkvalificering": ("vejledning",),
        "ikke_aktivt": ("samtale",),
    },
    groups={"gruppe_2": ("2", "gruppe 2"), "indsatsgruppe": ("1",)},
)
KOMMUNER = frozenset({101, 147, 155, 185, 316, 400, 563, 825})
"""Real codes: 0155 and 0185 share a jobcenter, 0563 and 0825 are the smallest kommuner."""

UNKNOWN_KOMMUNER = (999, 0, 411)
UNLISTED_BENEFITS = ("997", "412")
UNLISTED_OFFERS = ("ukendt", "")
UNLISTED_GROUPS = ("3", "")

DAY = timedelta(days=1)
T = TypeVar("T")


def yyyyww(week: int) -> int:
    """The ISO week of a week number, as YYYYWW."""
    year, number, _ = sunday_of(week).isocalendar()
    return 100 * year + number


# --- the desk on which a register is made -------------------------------------------------------


@dataclass
class _Desk:
    """A register in the making, and one person's usual kommune and benefit."""

    rng: Random
    months: list[date]
    as_of: date
    person: int = 1
    kommune: int = 101
    benefit: str = "ressourceforloeb"
    benefits: list[BenefitRow] = field(default_factory=list)
    offers: list[OfferRow] = field(default_factory=list)
    mentors: list[MentorRow] = field(default_factory=list)
    members: list[MemberRow] = field(default_factory=list)
    hours: list[HoursRow] = field(default_factory=list)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def next_person(self, person: int) -> None:
        self.person = person
        self.kommune = self.some_kommune()
        self.benefit = self.rng.choice(["ressourceforloeb", *CODES.benefits])

    def some_kommune(self) -> int:
        if self.chance(0.05):
            return self.rng.choice(UNKNOWN_KOMMUNER)
        return self.rng.choice(sorted(KOMMUNER))

    def some_code(self, benefit: str) -> str:
        return self.rng.choice(CODES.benefits[benefit])

    def month(self) -> date:
        """The first day of a month, often the first or last of the period, or a February."""
        ends = [self.months[0], self.months[-1], self.as_of.replace(day=1)]
        special = ends + [month for month in self.months if month.month == 2]
        return self.rng.choice(special if self.chance(0.3) else self.months)

    def near(self, middle: int) -> int:
        return middle + self.rng.choice([-1, 0, 0, 0, 1])

    def near_day(self, middle: date) -> date:
        return middle + self.rng.choice([-1, 0, 0, 1]) * DAY

    def week_of_month(self, month: date) -> int:
        """A week with a day in the month, often the first or last one."""
        first, last = week_of(month), week_of(last_day(month))
        return self.rng.choice([first, last, self.rng.randint(first, last)])

    def spell(
        self, first: int, last: int, *, code: str | None = None, kommune: int | None = None
    ) -> BenefitRow:
        """Add a spell from one week number to another; a last week before the first is kept."""
        row = BenefitRow(
            self.person,
            self.kommune if kommune is None else kommune,
            code or CODES.benefits[self.benefit][0],
            yyyyww(first),
            yyyyww(last),
        )
        self.benefits.append(row)
        return row

    def offer(self, starts_on: date, ends_on: date | None) -> None:
        """Add an offer or a mentor."""
        if self.chance(0.25):
            self.mentors.append(MentorRow(self.person, starts_on, ends_on))
            return
        kind = self.rng.choice([*ACTIVE, *ACTIVE, "ikke_aktivt"])
        offer_type = self.rng.choice(CODES.offers[kind])
        self.offers.append(OfferRow(self.person, offer_type, starts_on, ends_on))

    def member(
        self, referred_on: date, ended_on: date | None, group: str, kommune: int | None = None
    ) -> None:
        record = MemberRow(
            self.person,
            self.kommune if kommune is None else kommune,
            self.rng.choice(CODES.groups[group]),
            referred_on,
            ended_on,
        )
        self.members.append(record)
        if self.chance(0.1):
            self.members.append(record)

    def register(self) -> Register:
        """What has been made, with the rows in any order."""
        return Register(
            self._shuffled(self.benefits),
            self._shuffled(self.offers),
            self._shuffled(self.mentors),
            self._shuffled(self.members),
            self._shuffled(self.hours),
        )

    def _shuffled(self, rows: list[T]) -> tuple[T, ...]:
        return tuple(self.rng.sample(rows, len(rows)))


def last_day(month: date) -> date:
    return last_day_of_month(month.year, month.month)


# --- recipes: benefits --------------------------------------------------------------------------


def _course(desk: _Desk) -> None:
    """Reach a seniority near a limit in a week of the month, in pieces with short gaps between."""
    rng = desk.rng
    week = desk.near(desk.week_of_month(desk.month()))
    wanted = rng.choice([1, 2, 13, 26, 51, 52, 52, 53, 104])
    pieces = _cut(rng, desk.near(wanted) if wanted > 2 else wanted)
    gaps = [rng.choice([0, 0, 1, 3, 4, 4, 5]) for _ in pieces[1:]]
    if desk.chance(0.4):  # the limit is reached in weeks elapsed
        pieces[0] = max(1, pieces[0] - sum(gaps))
    last = week
    kommune, code = desk.kommune, desk.some_code(desk.benefit)
    for number, length in enumerate(pieces):
        goes_on = rng.choice([0, 0, 1, 5, 30]) if number == 0 else 0
        row = desk.spell(last - length + 1, last + goes_on, code=code, kommune=kommune)
        if number == 0 and desk.chance(0.15):
            desk.benefits[-1] = replace(row, last_week=None)
        if number < len(gaps):
            last -= length + gaps[number]
        if desk.chance(0.3):
            kommune = desk.some_kommune()
        if desk.chance(0.3):
            code = desk.some_code(desk.benefit)


def _cut(rng: Random, weeks: int) -> list[int]:
    """Cut a number of weeks into one to four pieces, the latest first."""
    cuts = sorted(rng.sample(range(1, weeks), min(weeks - 1, rng.choice([0, 0, 1, 1, 2, 3]))))
    return [high - low for low, high in zip([0, *cuts], [*cuts, weeks], strict=True)]


def _tangle(desk: _Desk) -> None:
    """Lay one to three spells across a long one: every way in which two spells can meet."""
    rng = desk.rng
    last = desk.near(desk.week_of_month(desk.month()))
    first = last - rng.choice([3, 10, 50, 51, 52, 60])
    desk.spell(first, last, code=desk.some_code(desk.benefit))
    middle = rng.randint(first, last)
    shapes = [
        (first, last),  # identical
        (middle, middle),  # nested, one week
        (first, middle),  # same start
        (middle, last),  # same end
        (middle, last + rng.choice([1, 4, 20])),  # overlapping
        (first - rng.choice([1, 4, 20]), middle),
        (last + 1, last + rng.choice([1, 4, 20])),  # touching
        (first - rng.choice([1, 4, 20]), first - 1),
        (last + rng.choice([2, 4, 5, 6]), last + 8),  # a gap of 1, 3, 4 or 5 weeks
        (first - 3, last + 3),  # around it
    ]
    for start, end in rng.choices(shapes, k=rng.randint(1, 3)):
        benefit = desk.benefit if desk.chance(0.6) else rng.choice(list(CODES.benefits))
        kommune = desk.kommune if desk.chance(0.5) else desk.some_kommune()
        desk.spell(start, end, code=desk.some_code(benefit), kommune=kommune)


def _tie(desk: _Desk) -> None:
    """Spells of one benefit that begin together: what decides is the end, the kommune, the code."""
    rng = desk.rng
    last = desk.near(desk.week_of_month(desk.month()))
    first = last - rng.choice([0, 5, 40, 51, 52])
    kommuner = [desk.kommune, rng.choice(UNKNOWN_KOMMUNER), desk.some_kommune()]
    codes = CODES.benefits[desk.benefit]
    for _ in range(rng.randint(2, 3)):
        kommune = desk.kommune if desk.chance(0.4) else rng.choice(kommuner)
        code = rng.choice(codes)
        desk.spell(first, last + rng.choice([0, 0, 1, 3]), code=code, kommune=kommune)
        if desk.chance(0.4):  # a past that the others do not have
            pause = rng.choice([1, 4])
            desk.spell(first - 60, first - 1 - pause, code=code, kommune=kommune)


def _around_the_month(desk: _Desk) -> None:
    """Begin, end or move within a week of the month's first or last one."""
    rng = desk.rng
    month = desk.month()
    first, last = week_of(month), week_of(last_day(month))
    shape = rng.choice(["one week", "ends", "begins", "moves", "visits", "inside"])
    if shape == "one week":
        only = rng.choice([first - 1, first, last, last + 1])
        desk.spell(only, only)
    elif shape == "ends":
        desk.spell(first - 60, desk.near(first))
    elif shape == "begins":
        desk.spell(desk.near(last), last + rng.choice([0, 3, 60]))
    elif shape == "inside":
        start = rng.randint(first, last)
        desk.spell(start, rng.randint(start, last))
    else:
        moves_on = desk.near(rng.randint(first, last))
        elsewhere, overlap = desk.some_kommune(), rng.choice([0, 0, 1])
        code = desk.some_code(desk.benefit)
        desk.spell(moves_on - rng.choice([20, 51, 52, 60]), moves_on, code=code)
        if shape == "moves":
            desk.spell(moves_on + 1 - overlap, last + 20, code=code, kommune=elsewhere)
        else:
            back = moves_on + rng.choice([1, 2, 4, 5])
            desk.spell(moves_on + 1 - overlap, back, code=code, kommune=elsewhere)
            desk.spell(back + 1 - overlap, last + 20, code=code)


def _new_year(desk: _Desk) -> None:
    """End or pause about the last week of a year, be it week 52 or 53."""
    rng = desk.rng
    year = rng.choice([*{month.year for month in desk.months}, 2015, 2020])
    last = week_of(date(year, 12, 28))  # always in the year's last ISO week
    shape = rng.choice(["crosses", "ends", "begins", "pauses"])
    if shape == "crosses":
        desk.spell(desk.near(last - 26), desk.near(last + 26))
    elif shape == "ends":
        desk.spell(last - rng.choice([50, 51, 52]), desk.near(last))
    elif shape == "begins":
        desk.spell(desk.near(last + 1), last + rng.choice([51, 52, 53]))
    else:
        stops = last - rng.choice([0, 1, 2, 3, 4])
        desk.spell(stops - 30, stops)
        desk.spell(stops + rng.choice([4, 5, 6]), stops + 40)


# --- recipes: offers and mentors ----------------------------------------------------------------


def _year_of_offers(desk: _Desk) -> None:
    """Something that ends exactly a year ago, or begins or ends about the month, give or take."""
    rng = desk.rng
    month = desk.month()
    today = rng.choice([month, last_day(month), sunday_of(desk.week_of_month(month))])
    year_ago = add_months(today, -12)
    if today == last_day(month) and desk.chance(0.8):
        year_ago = last_day(year_ago)
    if desk.chance(0.7):
        week = desk.week_of_month(month)
        desk.spell(week - 60, week, code=desk.some_code(desk.benefit))
    for _ in range(rng.choice([1, 1, 1, 2])):  # a second one hides where the first stands
        back = rng.choice([year_ago, today - 364 * DAY, today - 371 * DAY])
        edge = desk.near_day(back if desk.chance(0.7) else today)
        length = rng.choice([0, 0, 1, 27, 200]) * DAY
        if desk.chance(0.5):
            desk.offer(edge - length, edge)
        else:
            desk.offer(edge, None if desk.chance(0.1) else edge + length)


def _offer_about(desk: _Desk, month: date) -> None:
    """An offer that touches the month's first or last day, or just does not."""
    edge = desk.near_day(desk.rng.choice([month, last_day(month)]))
    length = desk.rng.choice([0, 0, 1, 13]) * DAY
    desk.offer(*((edge - length, edge) if desk.chance(0.5) else (edge, edge + length)))


# --- recipes: Flere skal med --------------------------------------------------------------------


def _membership(desk: _Desk) -> None:
    """Referred a whole number of months before a reference day, give or take, on a benefit."""
    rng = desk.rng
    month = desk.month()
    today = rng.choice([month, last_day(month)])
    months = rng.choice([0, 1, 3, 6, 8, 9, 9, 12, 24])
    back = add_months(today, -months)
    if rng.random() < 0.3:
        back = today - timedelta(days=round(months * 365.25 / 12))
    elif rng.random() < 0.3:  # a day that the reference month does not have
        back = last_day(back)
    referred_on = desk.near_day(back)
    ended_on = rng.choice([None, None, today, today - DAY, today + DAY, referred_on])
    if ended_on is not None and ended_on < referred_on:
        ended_on = None
    desk.member(referred_on, ended_on, rng.choice(["gruppe_2", "gruppe_2", "indsatsgruppe"]))
    if desk.chance(0.6):
        desk.benefit = rng.choice(["kontanthjaelp", "uddannelseshjaelp", "integrationsydelse"])
        week = desk.near(desk.week_of_month(month))
        code = desk.some_code(desk.benefit)
        desk.spell(week - rng.choice([0, 10, 60]), week + rng.choice([0, 0, 3]), code=code)
    if desk.chance(0.6):
        _offer_about(desk, month)


def _rejoined(desk: _Desk) -> None:
    """Two or three records that touch, overlap, begin together or leave a day between."""
    rng = desk.rng
    today = last_day(desk.month())
    began = desk.near_day(add_months(today, -rng.choice([3, 6, 9, 12])))
    ended = began + rng.choice([0, 30, 100]) * DAY
    groups = ["gruppe_2", "gruppe_2", "indsatsgruppe"]
    group = rng.choice(groups)
    desk.member(began, ended, group)
    for _ in range(rng.randint(1, 2)):
        kommune = desk.kommune if desk.chance(0.5) else desk.some_kommune()
        starts = rng.choice([ended + DAY, ended + DAY, ended + 2 * DAY, ended, began])
        ends = rng.choice([None, today, starts + 100 * DAY, ended])
        if ends is not None and ends < starts:
            ends = starts
        desk.member(starts, ends, group if desk.chance(0.6) else rng.choice(groups), kommune)
        if desk.chance(0.25):  # the same days in another kommune, group or both
            desk.member(starts, ends, rng.choice(groups), desk.some_kommune())


def _hours(desk: _Desk) -> None:
    """Hours in a month, most often in the effort: some, none, cancelled, or in several rows."""
    month = desk.month()
    if desk.chance(0.7):
        desk.member(month, None, "indsatsgruppe")
    amounts = desk.rng.choice([[12.5], [0.0], [-3.0], [5.0, -5.0], [0.0, 0.25], [4.0, 4.0]])
    for hours in amounts:
        desk.hours.append(HoursRow(desk.person, 100 * month.year + month.month, hours))


def _hours_after_benefit(desk: _Desk) -> None:
    """In the effort, working, and perhaps just off every benefit."""
    rng = desk.rng
    month = desk.month()
    desk.member(add_months(month, -rng.choice([0, 1, 12])), None, "indsatsgruppe")
    desk.hours.append(HoursRow(desk.person, 100 * month.year + month.month, 20.0))
    benefit = rng.choice(list(CODES.benefits))
    code = rng.choice([*UNLISTED_BENEFITS, desk.some_code(benefit), desk.some_code(benefit)])
    last = desk.near(week_of(month)) - rng.choice([0, 0, 1])
    desk.spell(last - 20, last, code=code)


# --- recipes: faults ----------------------------------------------------------------------------


def _faulty(desk: _Desk) -> None:
    """Rows that cleaning drops, cuts or finds unknown."""
    rng = desk.rng
    month = desk.month()
    week, now = desk.week_of_month(month), week_of(desk.as_of)
    code = desk.some_code(desk.benefit)
    fault = rng.choice(["backwards", "future", "cut", "unknown", "unlisted", "open"])
    if fault == "backwards":
        desk.spell(week, week - rng.choice([1, 10]), code=code)
        desk.offer(month, month - DAY)
        desk.member(month, month - DAY, "gruppe_2")
    elif fault == "future":
        desk.spell(desk.near(now), now + 10, code=code)
        desk.offer(desk.near_day(desk.as_of), desk.as_of + 10 * DAY)
        desk.member(desk.near_day(desk.as_of), None, "gruppe_2")
        later = add_months(desk.as_of, rng.choice([0, 1]))
        desk.hours.append(HoursRow(desk.person, 100 * later.year + later.month, 8.0))
    elif fault == "cut":
        desk.spell(now - rng.choice([50, 51, 52]), now + 3, code=code)
        desk.offer(desk.as_of - 40 * DAY, desk.as_of + 40 * DAY)
    elif fault == "unknown":
        for kommune in rng.sample(UNKNOWN_KOMMUNER, 2):
            desk.spell(week - 30, week, code=code, kommune=kommune)
        desk.member(add_months(month, -9), None, "gruppe_2", UNKNOWN_KOMMUNER[0])
    elif fault == "unlisted":
        desk.spell(week - 3, week, code=rng.choice(UNLISTED_BENEFITS))
        offer_type, group = rng.choice(UNLISTED_OFFERS), rng.choice(UNLISTED_GROUPS)
        desk.offers.append(OfferRow(desk.person, offer_type, month, month))
        desk.members.append(MemberRow(desk.person, desk.kommune, group, month, None))
    else:
        row = desk.spell(week - rng.choice([0, 50, 51]), week, code=code)
        desk.benefits[-1] = replace(row, last_week=None)
        desk.offer(month, None)


_RECIPES: tuple[tuple[Callable[[_Desk], None], int], ...] = (
    (_course, 6),
    (_tangle, 3),
    (_tie, 2),
    (_around_the_month, 3),
    (_new_year, 2),
    (_year_of_offers, 6),
    (_membership, 4),
    (_rejoined, 2),
    (_hours, 2),
    (_hours_after_benefit, 2),
    (_faulty, 1),
)


def random_register(
    rng: Random, *, first_month: str, last_month: str, as_of: date, persons: int = 5
) -> Register:
    """Make a register of at most so many persons, numbered from 1, over a period of months."""
    desk = _Desk(rng, _months(first_month, last_month), as_of)
    recipes, weights = zip(*_RECIPES, strict=True)
    for person in range(1, rng.randint(1, persons) + 1):
        desk.next_person(person)
        for recipe in rng.choices(recipes, weights, k=rng.randint(1, 4)):
            recipe(desk)
    return desk.register()


def _months(first_month: str, last_month: str) -> list[date]:
    day = date(int(first_month[:4]), int(first_month[5:]), 1)
    last = date(int(last_month[:4]), int(last_month[5:]), 1)
    months = [day]
    while months[-1] < last:
        months.append(add_months(months[-1], 1))
    return months


# --- choices ------------------------------------------------------------------------------------


def random_choices(rng: Random) -> Choices:
    """Make choices: the default with one or two changes, or everything at random."""
    names = [choice.name for choice in fields(Choices)]
    if rng.random() < 0.5:
        names = rng.sample(names, rng.randint(0, 2))
    return replace(Choices(), **{name: _random_value(rng, name) for name in names})


def _random_value(rng: Random, name: str) -> Any:
    if name == "seniority_weeks":
        return rng.choice([1, 2, 13, 26, 51, 52, 53, 104])
    if name == "interruption_weeks":
        return rng.choice([0, 1, 3, 4, 5, 13])
    if name == "group_2_boundaries":
        return tuple(sorted(rng.sample([1, 2, 3, 6, 8, 9, 12, 24], rng.randint(1, 4))))
    return rng.choice(list(CHOICES[name].options))
