"""Registers of a few persons, each on one boundary, with the counts worked out by hand.

The counts follow from the note under table 1 of BEU alm. del spm. 554, the letter of 7 May 2019 and
a calendar; no computation was asked. Each person stands in a kommune of their own, so that a wrong
count says who was misjudged.

The calendar behind most of them:

* 2017: W18 is 1–7 May, W22 is 29 May–4 June, W26 is 26 June–2 July, W31 is 31 July–6 August. June
  is W22–W26 by overlap and by Thursday, W23–W26 by Monday, W23–W25 within; 1 June is in W22.
* 201627–201726 is 26 + 26 = 52 weeks; 2016 has 52 weeks, its W52 is 26 December–1 January.
* 2015 has 53 weeks, W53 is 28 December–3 January.

Counts are written `[measure breakdown] period kommune numerator/denominator`, where a line without
a measure is 'passive ressourceforloeb'. What is not listed must not be counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from queries.register.choices import Choices
from tests.oracles.register import (
    BenefitRow,
    Counts,
    HoursRow,
    MemberRow,
    MentorRow,
    OfferRow,
    Register,
)

# --- compact constructors -----------------------------------------------------------------------

RESSOURCEFORLOEB, RESSOURCEFORLOEB_TOO = "811", "810"  # in the order of the mapping
SYGEDAGPENGE, KONTANTHJAELP, UDDANNELSESHJAELP, UNLISTED = "890", "730", "740", "997"
GROUP_2, EFFORT = "2", "1"
RUNNING = None


def on(
    person: int, kommune: int, first: int, last: int | None, code: str = RESSOURCEFORLOEB
) -> BenefitRow:
    return BenefitRow(person, kommune, code, first, last)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def offer(person: int, starts: str, ends: str = "", offer_type: str = "praktik") -> OfferRow:
    return OfferRow(person, offer_type, date.fromisoformat(starts), _day(ends))


def mentor(person: int, starts: str, ends: str = "") -> MentorRow:
    return MentorRow(person, date.fromisoformat(starts), _day(ends))


def member(
    person: int, kommune: int, referred: str, ended: str = "", group: str = GROUP_2
) -> MemberRow:
    return MemberRow(person, kommune, group, date.fromisoformat(referred), _day(ended))


@dataclass(frozen=True)
class Case:
    """What must come out under some choices; the rest of them are the defaults."""

    expected: Counts
    choices: Choices
    first_month: str = ""
    last_month: str = ""

    @property
    def changed(self) -> str:
        default = Choices().as_dict()
        differs = [f"{k}={v}" for k, v in self.choices.as_dict().items() if v != default[k]]
        return " ".join([*differs, self.first_month]) if differs else self.first_month or "default"


@dataclass(frozen=True)
class Scenario:
    """A register, the boundary it stands on, and what must come out.

    Only the measures named are compared; with none named, all are.
    """

    name: str
    boundary: str
    register: Register
    cases: tuple[Case, ...]
    first_month: str = "2017M06"
    last_month: str = "2017M06"
    as_of: date = date(2017, 12, 31)
    measures: tuple[str, ...] = ()


def case(*lines: str, months: str = "", **changed: Any) -> Case:
    """What must come out, a line per count, under the changed choices (and in other months)."""
    expected: Counts = {}
    for line in lines:
        *key, share = line.split()
        measure, breakdown, period, kommune = ["passive", "ressourceforloeb", *key][-4:]
        numerator, denominator = (int(part) for part in share.split("/"))
        expected[measure, breakdown, period, kommune] = (numerator, denominator)
    first, _, last = months.partition("-")
    return Case(expected, replace(Choices(), **changed), first, last or first)


def _rows(measure: str, breakdowns: str, where: str, shares: str) -> list[str]:
    pairs = zip(breakdowns.split(), shares.split(), strict=True)
    return [f"{measure} {breakdown} {where} {share}" for breakdown, share in pairs]


def tid(where: str, shares: str) -> list[str]:
    """Time in gruppe 2: the shares under 3, 3 to 6, 6 to 9 and over 9 months."""
    return _rows("gruppe_2_tid", "under_3 3_til_6 6_til_9 over_9", where, shares)


def practice(where: str, shares: str) -> list[str]:
    """Virksomhedspraktik or løntilskud, the first of them, the second of them."""
    return _rows("virksomhedspraktik", "alle virksomhedspraktik loentilskud", where, shares)


# --- seniority ----------------------------------------------------------------------------------

FIFTY_TWO_WEEKS = Scenario(
    "fifty_two_weeks",
    "52 weeks are enough and 51 are not; the last of them, W26, is June's as well as July's.",
    Register([on(1, 101, 201627, 201726), on(2, 147, 201628, 201726)]),
    (
        case("2017M06 0101 1/1", "2017M07 0101 1/1"),
        case(
            *("2017M06 0101 1/1", "2017M06 0147 1/1", "2017M07 0101 1/1", "2017M07 0147 1/1"),
            seniority_weeks=51,
        ),
        case(seniority_weeks=53),
        case("2017M06 0101 1/1", week_month="monday"),
        case("2017M06 0101 1/1", week_month="thursday"),
        case(week_month="within"),  # June ends with W25: 51 weeks
        case("2017M07 0101 1/1", snapshot_week="first"),  # in W22 it is 48 weeks
        case("2017M07 0101 1/1", snapshot="first_day"),  # 1 July is in W26
    ),
    last_month="2017M07",
)

GAP_OF_3 = Scenario(
    "gap_of_3_weeks",
    "An interruption of 3 weeks (W41–W43) does not break the course: 17 + 35 weeks, and 16 + 35.",
    Register(
        [
            *(on(1, 101, 201624, 201640), on(1, 101, 201644, 201726)),
            *(on(2, 147, 201625, 201640), on(2, 147, 201644, 201726)),
        ]
    ),
    (
        case("2017M06 0101 1/1"),
        case("2017M06 0101 1/1", interruption_limit="breaks"),
        case("2017M06 0101 1/1", interruption_weeks=3),
        case(interruption_weeks=3, interruption_limit="breaks"),
        case(interruption_weeks=2),
        case("2017M06 0101 1/1", "2017M06 0147 1/1", seniority="elapsed"),
    ),
)

GAP_OF_4 = Scenario(
    "gap_of_4_weeks",
    "An interruption of exactly 4 weeks (W41–W44) is the open point: 18 + 34 weeks, and 17 + 34.",
    Register(
        [
            *(on(1, 101, 201623, 201640), on(1, 101, 201645, 201726)),
            *(on(2, 147, 201624, 201640), on(2, 147, 201645, 201726)),
        ]
    ),
    (
        case("2017M06 0101 1/1"),
        case(interruption_limit="breaks"),
        case("2017M06 0101 1/1", interruption_weeks=5, interruption_limit="breaks"),
        case(interruption_weeks=3),
    ),
)

GAP_OF_5 = Scenario(
    "gap_of_5_weeks",
    "An interruption of 5 weeks (W41–W45) breaks the course: 33 weeks are left of 19 + 33.",
    Register([on(1, 101, 201622, 201640), on(1, 101, 201646, 201726)]),
    (
        case(),
        case(seniority="elapsed"),
        case("2017M06 0101 1/1", interruption_weeks=5),
        case(interruption_weeks=5, interruption_limit="breaks"),
        case("2017M06 0101 1/1", seniority_weeks=33),
        case(seniority_weeks=34),
    ),
)

ELAPSED = Scenario(
    "weeks_elapsed",
    "52 and 51 weeks after the course began, but 4 of them without the benefit: 14 + 34, 13 + 34.",
    Register(
        [
            *(on(1, 101, 201627, 201640), on(1, 101, 201645, 201726)),
            *(on(2, 147, 201628, 201640), on(2, 147, 201645, 201726)),
        ]
    ),
    (
        case(),
        case("2017M06 0101 1/1", seniority="elapsed"),
        case(seniority="elapsed", interruption_limit="breaks"),
    ),
)

TWO_GAPS = Scenario(
    "two_gaps_of_4_weeks",
    "Each interruption is judged by itself: 9 + 16 + 34 weeks with 4 + 4 between; 50 are too few.",
    Register(
        [
            *(on(1, 101, 201612, 201620), on(1, 101, 201625, 201640), on(1, 101, 201645, 201726)),
            *(on(2, 147, 201625, 201640), on(2, 147, 201645, 201726)),
        ]
    ),
    (case("2017M06 0101 1/1"), case(interruption_limit="breaks")),
)

NO_INTERRUPTION = Scenario(
    "no_interruption_allowed",
    "With no interruption allowed, weeks that touch still hang together, whatever the limit does.",
    Register(
        [
            *(on(1, 101, 201627, 201650), on(1, 147, 201651, 201726)),
            *(on(2, 155, 201626, 201650), on(2, 155, 201652, 201726)),
        ]
    ),
    (
        case("2017M06 0147 1/1", interruption_weeks=0),
        case("2017M06 0147 1/1", interruption_weeks=0, interruption_limit="breaks"),
        case("2017M06 0147 1/1", interruption_weeks=1, interruption_limit="breaks"),
        case("2017M06 0147 1/1", "2017M06 0155 1/1", interruption_weeks=1),
    ),
)

OVERLAPPING_SPELLS = Scenario(
    "spells_that_repeat_nest_and_touch",
    "A week counts once however many spells cover it: 51 weeks four times over, and 52 in pieces.",
    Register(
        [
            *(on(1, 101, 201628, 201726), on(1, 101, 201628, 201726)),
            *(on(1, 101, 201640, 201645), on(1, 101, 201628, 201630), on(1, 101, 201720, 201726)),
            *(on(2, 147, 201627, 201640), on(2, 147, 201630, 201650), on(2, 147, 201651, 201726)),
        ]
    ),
    (case("2017M06 0147 1/1"),),
)

WEEK_53 = Scenario(
    "week_53",
    "2015 has 53 weeks: W02–W53 is 52 weeks, W03–W53 is 51; W53 is December's and January's.",
    Register([on(1, 101, 201502, 201553), on(2, 147, 201503, 201553)]),
    (
        case("2015M12 0101 1/1", "2016M01 0101 1/1"),
        case("2015M12 0101 1/1", week_month="monday"),
        case("2015M12 0101 1/1", week_month="thursday"),
        case("2016M01 0101 1/1", snapshot="first_day"),
        case(week_month="within"),
    ),
    first_month="2015M12",
    last_month="2016M01",
)

GAP_OVER_WEEK_53 = Scenario(
    "gap_over_week_53",
    "From W51 to W03 is 4 weeks (52, 53, 1, 2), to W04 it is 5: 28 + 24 weeks, and 29 + 23.",
    Register(
        [
            *(on(1, 101, 201524, 201551), on(1, 101, 201603, 201626)),
            *(on(2, 147, 201523, 201551), on(2, 147, 201604, 201626)),
        ]
    ),
    (
        case("2016M06 0101 1/1"),
        case(interruption_limit="breaks"),
        case("2016M06 0101 1/1", "2016M06 0147 1/1", interruption_weeks=5),
    ),
    first_month="2016M06",
    last_month="2016M06",
)

NEW_YEAR = Scenario(
    "over_new_year",
    "W52 of 2016 ends on Sunday 1 January 2017; one ends with it, one reaches 52 weeks in W01.",
    Register([on(1, 101, 201601, 201652), on(2, 147, 201602, 201701)]),
    (
        case("2016M12 0101 1/1", "2017M01 0101 1/1", "2017M01 0147 1/1"),
        case("2016M12 0101 1/1", "2017M01 0147 1/1", week_month="monday"),
        case("2016M12 0101 1/1", "2017M01 0147 1/1", week_month="thursday"),
        case("2017M01 0147 1/1", week_month="within"),
        case("2017M01 0101 1/1", snapshot="first_day"),
    ),
    first_month="2016M12",
    last_month="2017M01",
)

# --- the month, and the ends of the data --------------------------------------------------------

SHARED_WEEKS = Scenario(
    "a_month_shares_a_week_with_the_next",
    "W22 is May's and June's, W26 is June's and July's, W23 is June's alone.",
    Register([on(1, 101, 201601, 201722), on(2, 147, 201726, 201726), on(3, 155, 201723, 201723)]),
    (
        case(
            *("2017M05 0101 1/1", "2017M06 0101 1/1"),
            *("2017M06 0147 1/1", "2017M07 0147 1/1", "2017M06 0155 1/1"),
            seniority_weeks=1,
        ),
        case(
            *("2017M05 0101 1/1", "2017M06 0147 1/1", "2017M06 0155 1/1"),
            seniority_weeks=1,
            week_month="monday",
        ),
        case(
            *("2017M05 0101 1/1", "2017M06 0101 1/1", "2017M06 0147 1/1", "2017M06 0155 1/1"),
            seniority_weeks=1,
            week_month="thursday",
        ),
        case("2017M05 0101 1/1", "2017M06 0155 1/1", seniority_weeks=1, week_month="within"),
        case(
            *("2017M05 0101 1/1", "2017M06 0101 1/1", "2017M07 0147 1/1"),
            seniority_weeks=1,
            snapshot="first_day",
        ),
    ),
    first_month="2017M05",
    last_month="2017M07",
)

FIRST_AND_LAST_MONTH = Scenario(
    "first_and_last_month_of_the_data",
    "The data begin with W01 and end with W26: nothing before, nothing begins after.",
    Register(
        [on(1, 101, 201701, RUNNING), on(2, 147, 201726, 201730), on(3, 155, 201727, RUNNING)]
    ),
    (
        case(
            *("2017M01 0101 1/1", "2017M02 0101 1/1", "2017M03 0101 1/1", "2017M04 0101 1/1"),
            *("2017M05 0101 1/1", "2017M06 0101 1/1", "2017M06 0147 1/1"),
            seniority_weeks=1,
        ),
        case("2017M06 0101 1/1", seniority_weeks=26),
        case(seniority_weeks=27),
    ),
    first_month="2016M12",
    as_of=date(2017, 6, 30),
)

DATA_END_INSIDE_THE_MONTH = Scenario(
    "data_end_inside_the_month",
    "The register is of 14 June (W24): running spells reach 52 and 51 weeks there, W25 never came.",
    Register(
        [
            *(on(1, 101, 201625, RUNNING), on(2, 147, 201626, RUNNING)),
            *(on(3, 155, 201625, 201752), on(4, 185, 201626, 201752)),
            *(on(5, 316, 201725, 201752), on(6, 400, 201724, RUNNING)),
        ]
    ),
    (
        case("2017M06 0101 1/1", "2017M06 0155 1/1"),
        case(
            *("2017M06 0101 1/1", "2017M06 0147 1/1", "2017M06 0155 1/1"),
            *("2017M06 0185 1/1", "2017M06 0400 1/1"),
            seniority_weeks=1,
        ),
    ),
    as_of=date(2017, 6, 14),
)

FAULTY_ROWS = Scenario(
    "faulty_rows",
    "Backwards: dropped. Code not listed: no indicator. Unknown kommuner: one, called uoplyst.",
    Register(
        [
            *(on(1, 101, 201726, 201601), on(2, 147, 201601, 201726, UNLISTED)),
            *(on(3, 999, 201601, 201726), on(4, 411, 201601, 201726)),
            *(on(5, 999, 201627, 201650), on(5, 411, 201651, 201726)),
        ]
    ),
    (
        case("2017M06 uoplyst 3/3"),
        case("2017M06 uoplyst 3/3", kommune_course="restarts"),
    ),
)

# --- the last year ------------------------------------------------------------------------------

THREE_LONG_COURSES = [
    on(person, kommune, 201601, RUNNING) for person, kommune in ((1, 101), (2, 147), (3, 155))
]

ENDED_A_YEAR_AGO = Scenario(
    "offer_ended_exactly_a_year_ago",
    "Offers that ended on 30 June 2016, a year before the month's end, a day later, a day earlier.",
    Register(
        THREE_LONG_COURSES,
        [
            *(offer(1, "2016-06-03", "2016-06-30"), offer(2, "2016-06-03", "2016-07-01")),
            offer(3, "2016-06-03", "2016-06-29"),
        ],
    ),
    (
        case("2017M06 0101 1/1", "2017M06 0147 0/1", "2017M06 0155 1/1"),
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1", "2017M06 0155 1/1"),
            year_far_end="closed",
        ),
        # 52 weeks before 30 June 2017 is 1 July 2016.
        case(
            *("2017M06 0101 1/1", "2017M06 0147 1/1", "2017M06 0155 1/1"),
            year_back="52_weeks",
        ),
        case(
            *("2017M06 0101 1/1", "2017M06 0147 0/1", "2017M06 0155 1/1"),
            year_back="52_weeks",
            year_far_end="closed",
        ),
        # 53 weeks before it is 24 June 2016.
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1", "2017M06 0155 0/1"),
            year_back="53_weeks",
        ),
        # The year from 1 June.
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1", "2017M06 0155 0/1"),
            year_anchor="month_start",
        ),
        # The year from Sunday 2 July.
        case(
            *("2017M06 0101 1/1", "2017M06 0147 1/1", "2017M06 0155 1/1"),
            year_anchor="snapshot_week",
        ),
    ),
)

ENDED_53_WEEKS_AGO = Scenario(
    "offer_ended_exactly_53_weeks_ago",
    "53 weeks before Friday 30 June 2017 is Friday 24 June 2016; a day later, a day earlier.",
    Register(
        THREE_LONG_COURSES,
        [
            *(offer(1, "2016-06-03", "2016-06-24"), offer(2, "2016-06-03", "2016-06-25")),
            offer(3, "2016-06-03", "2016-06-23"),
        ],
    ),
    (
        case(
            *("2017M06 0101 1/1", "2017M06 0147 0/1", "2017M06 0155 1/1"),
            year_back="53_weeks",
        ),
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1", "2017M06 0155 1/1"),
            year_back="53_weeks",
            year_far_end="closed",
        ),
    ),
)

ENDED_A_YEAR_BEFORE_THE_MONTH = Scenario(
    "offer_ended_a_year_before_the_month_began",
    "Offers that ended on 1 June 2016, a year before the month's first day, or a day off it.",
    Register(
        THREE_LONG_COURSES,
        [
            *(offer(1, "2016-05-03", "2016-06-01"), offer(2, "2016-05-03", "2016-06-02")),
            offer(3, "2016-05-03", "2016-05-31"),
        ],
    ),
    (
        case(
            *("2017M06 0101 1/1", "2017M06 0147 0/1", "2017M06 0155 1/1"),
            year_anchor="month_start",
        ),
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1", "2017M06 0155 1/1"),
            year_anchor="month_start",
            year_far_end="closed",
        ),
        # 52 weeks before 1 June 2017 is 2 June 2016.
        case(
            *("2017M06 0101 1/1", "2017M06 0147 1/1", "2017M06 0155 1/1"),
            year_anchor="month_start",
            year_back="52_weeks",
        ),
    ),
)

ENDED_A_YEAR_BEFORE_SUNDAY = Scenario(
    "offer_ended_a_year_before_the_snapshot_week",
    "Offers that ended on 2 and 3 July 2016: Sunday of W26 is 2 July 2017, of W22 it is 4 June.",
    Register(
        [on(1, 101, 201601, RUNNING), on(2, 147, 201601, RUNNING)],
        [offer(1, "2016-07-02", "2016-07-02"), offer(2, "2016-07-03", "2016-07-03")],
    ),
    (
        case("2017M06 0101 1/1", "2017M06 0147 0/1", year_anchor="snapshot_week"),
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1"),
            year_anchor="snapshot_week",
            year_far_end="closed",
        ),
        # 52 weeks before 2 July 2017 is Sunday 3 July 2016.
        case(
            *("2017M06 0101 1/1", "2017M06 0147 1/1"),
            year_anchor="snapshot_week",
            year_back="52_weeks",
        ),
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1"),
            year_anchor="snapshot_week",
            snapshot_week="first",
        ),
    ),
)

BEGINS_AFTERWARDS = Scenario(
    "offer_begins_on_the_last_day_or_after",
    "Offers that begin on 30 June, on 1 July and on 2 June: the year ends with its anchor.",
    Register(
        THREE_LONG_COURSES,
        [
            *(offer(1, "2017-06-30", "2017-08-31"), offer(2, "2017-07-01", "2017-08-31")),
            offer(3, "2017-06-02"),
        ],
    ),
    (
        case("2017M06 0101 0/1", "2017M06 0147 1/1", "2017M06 0155 0/1"),
        case(
            *("2017M06 0101 1/1", "2017M06 0147 1/1", "2017M06 0155 1/1"),
            year_anchor="month_start",
        ),
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1", "2017M06 0155 0/1"),
            year_anchor="snapshot_week",
        ),
        case(
            *("2017M06 0101 1/1", "2017M06 0147 1/1", "2017M06 0155 0/1"),
            year_anchor="snapshot_week",
            snapshot_week="first",
        ),
    ),
)

ONE_DAY = Scenario(
    "offer_one_day_long",
    "One day is an offer: the year's first day, its last day, the day before it, the day after it.",
    Register(
        [*THREE_LONG_COURSES, on(4, 185, 201601, RUNNING)],
        [
            *(offer(1, "2016-07-01", "2016-07-01"), offer(2, "2017-06-30", "2017-06-30")),
            *(offer(3, "2016-06-30", "2016-06-30"), offer(4, "2017-07-01", "2017-07-01")),
        ],
    ),
    (
        case("2017M06 0101 0/1", "2017M06 0147 0/1", "2017M06 0155 1/1", "2017M06 0185 1/1"),
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1", "2017M06 0155 0/1", "2017M06 0185 1/1"),
            year_far_end="closed",
        ),
    ),
)

MENTOR_ONLY = Scenario(
    "mentor_only",
    "A mentor for a day is not passive; one that ended a year ago, or a mere talk, is.",
    Register(
        [*THREE_LONG_COURSES, on(4, 185, 201601, RUNNING), on(5, 316, 201601, RUNNING)],
        [
            offer(3, "2017-01-02", offer_type="samtale"),
            offer(4, "2017-01-02", offer_type="not in the mapping"),
            offer(5, "2017-01-31", "2017-01-30"),
        ],
        [
            *(mentor(1, "2017-01-10", "2017-01-10"), mentor(2, "2016-01-04", "2016-06-30")),
            mentor(5, "2018-01-01"),
        ],
    ),
    (
        case(
            *("2017M06 0101 0/1", "2017M06 0147 1/1", "2017M06 0155 1/1"),
            *("2017M06 0185 1/1", "2017M06 0316 1/1"),
        ),
        case(
            *("2017M06 0101 0/1", "2017M06 0147 0/1", "2017M06 0155 1/1"),
            *("2017M06 0185 1/1", "2017M06 0316 1/1"),
            year_far_end="closed",
        ),
    ),
)

LEAP_DAY = Scenario(
    "leap_day",
    "A year before the end of February 2017 is 29 February 2016; before that, 28 February.",
    Register(
        [on(1, 101, 201501, RUNNING), on(2, 147, 201501, RUNNING), on(3, 155, 201501, RUNNING)],
        [
            *(offer(1, "2016-02-29", "2016-02-29"), offer(2, "2015-02-28", "2015-02-28")),
            offer(3, "2016-02-28", "2016-02-28"),
        ],
    ),
    (
        case(
            *("2017M02 0101 1/1", "2017M02 0147 1/1", "2017M02 0155 1/1"),
            months="2017M02",
        ),
        case(
            *("2017M02 0101 0/1", "2017M02 0147 1/1", "2017M02 0155 1/1"),
            months="2017M02",
            year_far_end="closed",
        ),
        case(
            *("2016M02 0101 0/1", "2016M02 0147 1/1", "2016M02 0155 0/1"),
            months="2016M02",
        ),
        case(
            *("2016M02 0101 0/1", "2016M02 0147 0/1", "2016M02 0155 0/1"),
            months="2016M02",
            year_far_end="closed",
        ),
    ),
)

LEAP_SUNDAY = Scenario(
    "leap_day_on_a_sunday",
    "W09 of 2004 ends on Sunday 29 February; a year before is 28 February 2003.",
    Register(
        [on(1, 101, 200201, RUNNING), on(2, 147, 200201, RUNNING)],
        [offer(1, "2003-02-28", "2003-02-28"), offer(2, "2003-03-01", "2003-03-01")],
    ),
    (
        case("2004M02 0101 1/1", "2004M02 0147 0/1", year_anchor="snapshot_week"),
        case(
            *("2004M02 0101 0/1", "2004M02 0147 0/1"),
            year_anchor="snapshot_week",
            year_far_end="closed",
        ),
    ),
    first_month="2004M02",
    last_month="2004M02",
    as_of=date(2004, 12, 31),
)

# --- kommuner, codes and other benefits ---------------------------------------------------------

MOVE_IN_THE_MIDDLE = Scenario(
    "move_in_the_middle_of_the_course",
    "24 weeks before the move and 28 after it; 23 and 55; 26 and exactly 52.",
    Register(
        [
            *(on(1, 101, 201627, 201650), on(1, 147, 201651, 201726)),
            *(on(2, 155, 201601, 201623), on(2, 185, 201624, 201726)),
            *(on(3, 316, 201601, 201626), on(3, 400, 201627, 201726)),
        ]
    ),
    (
        case("2017M06 0147 1/1", "2017M06 0185 1/1", "2017M06 0400 1/1"),
        case("2017M06 0185 1/1", "2017M06 0400 1/1", kommune_course="restarts"),
        case("2017M06 0185 1/1", kommune_course="restarts", seniority_weeks=53),
    ),
)

MOVE_INSIDE_THE_MONTH = Scenario(
    "move_inside_the_month_and_back",
    "Away in W24 only, or for good from W25: the week that is read decides the kommune.",
    Register(
        [
            *(on(1, 101, 201601, 201723), on(1, 147, 201724, 201724), on(1, 101, 201725, 201726)),
            *(on(2, 155, 201601, 201724), on(2, 185, 201725, 201726)),
        ]
    ),
    (
        case("2017M06 0101 1/1", "2017M06 0185 1/1"),
        case("2017M06 0101 1/1", "2017M06 0155 1/1", snapshot_week="first"),
        case("2017M06 0101 1/1", "2017M06 0155 1/1", snapshot="first_day"),
        case("2017M06 0101 1/1", kommune_course="restarts"),
        # A week away is an interruption when the course belongs to the kommune.
        case("2017M06 0101 1/1", kommune_course="restarts", interruption_weeks=1),
        case(kommune_course="restarts", interruption_weeks=0),
    ),
)

TWO_KOMMUNER = Scenario(
    "two_kommuner_in_one_week",
    "The latest to begin decides, then the latest to end, then the lowest kommune, "
    "uoplyst at last, whatever the code.",
    Register(
        [
            *(on(1, 101, 201601, 201726), on(1, 147, 201726, 201730)),
            *(on(2, 185, 201601, 201727), on(2, 155, 201601, 201726)),
            *(on(3, 400, 201601, 201726), on(3, 316, 201601, 201726)),
            *(on(4, 999, 201601, 201726), on(4, 825, 201601, 201726)),
            on(5, 400, 201601, 201726, RESSOURCEFORLOEB_TOO),
            on(5, 563, 201601, 201726),
        ]
    ),
    (
        case(
            *("2017M06 0147 1/1", "2017M06 0185 1/1", "2017M06 0316 1/1", "2017M06 0825 1/1"),
            "2017M06 0400 1/1",
        ),
        case(
            *("2017M06 0185 1/1", "2017M06 0316 1/1", "2017M06 0825 1/1", "2017M06 0400 1/1"),
            kommune_course="restarts",
        ),
    ),
)

SPELLS_THAT_TOUCH = Scenario(
    "touching_spells_are_one",
    "Two spells in 0101 that touch began with the first of them, so 0147 was the latest to begin; "
    "two with a week between did not.",
    Register(
        [
            *(on(1, 101, 201601, 201650), on(1, 101, 201651, 201726), on(1, 147, 201640, 201726)),
            *(on(2, 155, 201601, 201650), on(2, 155, 201652, 201726), on(2, 185, 201640, 201726)),
        ]
    ),
    (case("2017M06 0147 1/1", "2017M06 0155 1/1"),),
)

TWO_CODES = Scenario(
    "two_codes_of_one_benefit",
    "One code after the other, across it, beside it, and one with a past that the other has not.",
    Register(
        [
            on(1, 101, 201627, 201650),
            on(1, 101, 201651, 201726, RESSOURCEFORLOEB_TOO),
            on(2, 147, 201601, 201726),
            on(2, 147, 201724, 201726, RESSOURCEFORLOEB_TOO),
            on(3, 155, 201601, 201726),
            on(3, 155, 201601, 201726, RESSOURCEFORLOEB_TOO),
            *(on(4, 185, 201601, 201720), on(4, 185, 201722, 201726)),
            on(4, 185, 201722, 201726, RESSOURCEFORLOEB_TOO),
        ]
    ),
    (
        case("2017M06 0101 1/1", "2017M06 0147 1/1", "2017M06 0155 1/1", "2017M06 0185 1/1"),
        case("2017M06 0155 1/1", "2017M06 0185 1/1", codes="separate"),
        case(
            *("2017M06 0147 1/1", "2017M06 0155 1/1", "2017M06 0185 1/1"),
            codes="separate",
            snapshot_week="first",
        ),
    ),
)

TWO_BENEFITS = Scenario(
    "two_benefits_at_once",
    "Kontanthjælp cut by a benefit that goes before it: into a gap of 5, to 51 weeks, to nothing, "
    "and into two spells that begin together where they did not before.",
    Register(
        [
            *(on(1, 101, 201601, 201726, KONTANTHJAELP), on(1, 101, 201720, 201724)),
            on(2, 147, 201627, 201726, KONTANTHJAELP),
            on(2, 147, 201710, 201710, SYGEDAGPENGE),
            *(on(3, 155, 201601, 201726, KONTANTHJAELP), on(3, 155, 201601, 201726)),
            on(4, 185, 201601, 201726, KONTANTHJAELP),
            on(4, 316, 201650, 201726, KONTANTHJAELP),
            on(4, 185, 201720, 201720),
        ]
    ),
    (
        case(
            "passive kontanthjaelp 2017M06 0101 1/1",
            "passive kontanthjaelp 2017M06 0147 1/1",
            "passive kontanthjaelp 2017M06 0155 1/1",
            "passive ressourceforloeb 2017M06 0155 1/1",
            "passive kontanthjaelp 2017M06 0316 1/1",
        ),
        case(
            "passive ressourceforloeb 2017M06 0155 1/1",
            "passive kontanthjaelp 2017M06 0185 1/1",
            overlap="precedence",
        ),
    ),
)

# --- Flere skal med: gruppe 2 -------------------------------------------------------------------


def on_kontanthjaelp(*kommuner: int) -> list[BenefitRow]:
    """Person 1, 2, … in these kommuner, on kontanthjælp January to July 2017."""
    return [
        on(person, kommune, 201701, 201730, KONTANTHJAELP)
        for person, kommune in enumerate(kommuner, start=1)
    ]


NINE_MONTHS = Scenario(
    "exactly_nine_months_in_gruppe_2",
    "Referred on 30 September, nine months before 30 June; a day earlier; a day later.",
    Register(
        on_kontanthjaelp(101, 147, 155),
        flere_skal_med=[
            *(member(1, 101, "2016-09-30"), member(2, 147, "2016-09-29")),
            member(3, 155, "2016-10-01"),
        ],
    ),
    (
        case(
            *tid("2017M06 0101", "0/1 0/1 1/1 0/1"),
            *tid("2017M06 0147", "0/1 0/1 0/1 1/1"),
            *tid("2017M06 0155", "0/1 0/1 1/1 0/1"),
        ),
        case(
            *tid("2017M06 0101", "0/1 0/1 0/1 1/1"),
            *tid("2017M06 0147", "0/1 0/1 0/1 1/1"),
            *tid("2017M06 0155", "0/1 0/1 1/1 0/1"),
            group_2_limit="at_least",
        ),
        # Nine months are 273.9 days, rounded 274; they have been there 273, 274 and 272.
        case(
            *tid("2017M06 0101", "0/1 0/1 1/1 0/1"),
            *tid("2017M06 0147", "0/1 0/1 1/1 0/1"),
            *tid("2017M06 0155", "0/1 0/1 1/1 0/1"),
            group_2_time="days",
        ),
        case(
            *tid("2017M06 0101", "0/1 0/1 1/1 0/1"),
            *tid("2017M06 0147", "0/1 0/1 0/1 1/1"),
            *tid("2017M06 0155", "0/1 0/1 1/1 0/1"),
            group_2_time="days",
            group_2_limit="at_least",
        ),
        case(
            *("gruppe_2_tid under_9 2017M06 0101 1/1", "gruppe_2_tid over_9 2017M06 0101 0/1"),
            *("gruppe_2_tid under_9 2017M06 0147 0/1", "gruppe_2_tid over_9 2017M06 0147 1/1"),
            *("gruppe_2_tid under_9 2017M06 0155 1/1", "gruppe_2_tid over_9 2017M06 0155 0/1"),
            group_2_boundaries=(9,),
        ),
        # On 1 June it is eight months for all of them.
        case(
            *tid("2017M06 0101", "0/1 0/1 1/1 0/1"),
            *tid("2017M06 0147", "0/1 0/1 1/1 0/1"),
            *tid("2017M06 0155", "0/1 0/1 1/1 0/1"),
            snapshot="first_day",
        ),
    ),
    measures=("gruppe_2_tid",),
)

THREE_AND_SIX_MONTHS = Scenario(
    "exactly_three_and_six_months_in_gruppe_2",
    "Three months before 30 June is 30 March, and 31 March as well; six months is 30 December.",
    Register(
        on_kontanthjaelp(101, 147, 155, 185, 316),
        flere_skal_med=[
            *(member(1, 101, "2017-03-30"), member(2, 147, "2017-03-29")),
            *(member(3, 155, "2016-12-30"), member(4, 185, "2016-12-29")),
            member(5, 316, "2017-03-31"),
        ],
    ),
    (
        case(
            *tid("2017M06 0101", "1/1 0/1 0/1 0/1"),
            *tid("2017M06 0147", "0/1 1/1 0/1 0/1"),
            *tid("2017M06 0155", "0/1 1/1 0/1 0/1"),
            *tid("2017M06 0185", "0/1 0/1 1/1 0/1"),
            *tid("2017M06 0316", "1/1 0/1 0/1 0/1"),
        ),
        case(
            *tid("2017M06 0101", "0/1 1/1 0/1 0/1"),
            *tid("2017M06 0147", "0/1 1/1 0/1 0/1"),
            *tid("2017M06 0155", "0/1 0/1 1/1 0/1"),
            *tid("2017M06 0185", "0/1 0/1 1/1 0/1"),
            *tid("2017M06 0316", "0/1 1/1 0/1 0/1"),
            group_2_limit="at_least",
        ),
    ),
    measures=("gruppe_2_tid",),
)

FEBRUARY = Scenario(
    "months_that_end_in_february",
    "Six months after 31 and 28 August is 28 February, after 27 August the 27th; 9 after 31 May.",
    Register(
        on_kontanthjaelp(101, 147, 155, 185),
        flere_skal_med=[
            *(member(1, 101, "2016-08-31"), member(2, 147, "2016-08-28")),
            *(member(3, 155, "2016-08-27"), member(4, 185, "2016-05-31")),
        ],
    ),
    (
        case(
            *tid("2017M02 0101", "0/1 1/1 0/1 0/1"),
            *tid("2017M02 0147", "0/1 1/1 0/1 0/1"),
            *tid("2017M02 0155", "0/1 0/1 1/1 0/1"),
            *tid("2017M02 0185", "0/1 0/1 1/1 0/1"),
        ),
        case(
            *tid("2017M02 0101", "0/1 0/1 1/1 0/1"),
            *tid("2017M02 0147", "0/1 0/1 1/1 0/1"),
            *tid("2017M02 0155", "0/1 0/1 1/1 0/1"),
            *tid("2017M02 0185", "0/1 0/1 0/1 1/1"),
            group_2_limit="at_least",
        ),
    ),
    first_month="2017M02",
    last_month="2017M02",
    measures=("gruppe_2_tid",),
)

REFERENCE_DAY = Scenario(
    "referred_or_ended_on_the_reference_day",
    "Referred on 30 June or 1 July; ended on 30 June or 29 June.",
    Register(
        on_kontanthjaelp(101, 147, 155, 185),
        flere_skal_med=[
            *(member(1, 101, "2017-06-30"), member(2, 147, "2017-07-01")),
            *(
                member(3, 155, "2017-05-01", "2017-06-30"),
                member(4, 185, "2017-05-01", "2017-06-29"),
            ),
        ],
    ),
    (
        case(
            *tid("2017M06 0101", "1/1 0/1 0/1 0/1"),
            *tid("2017M06 0155", "1/1 0/1 0/1 0/1"),
            "gruppe_2_skiftet_ydelse alle 2017M06 0101 0/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0155 0/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0185 0/1",
        ),
        case(
            *tid("2017M06 0101", "1/1 0/1 0/1 0/1"),
            *tid("2017M06 0155", "1/1 0/1 0/1 0/1"),
            "gruppe_2_skiftet_ydelse alle 2017M06 0101 0/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0155 0/1",
            changed_over="in_project",
        ),
    ),
    measures=("gruppe_2_tid", "gruppe_2_skiftet_ydelse"),
)

BROKEN_STAYS = Scenario(
    "records_that_touch_or_do_not",
    "Ended 31 January and referred anew on 1 February: one stay, also in another kommune. On the "
    "2nd, or with a month in the other group between: two. A short record inside a long one: one.",
    Register(
        on_kontanthjaelp(101, 155, 185, 316),
        flere_skal_med=[
            *(member(1, 101, "2016-09-01", "2017-01-31"), member(1, 147, "2017-02-01")),
            *(member(2, 155, "2016-09-01", "2017-01-31"), member(2, 155, "2017-02-02")),
            *(member(3, 185, "2016-09-01", "2017-01-31"), member(3, 185, "2017-03-01")),
            member(3, 185, "2017-02-01", "2017-02-28", EFFORT),
            *(member(4, 316, "2016-09-01", "2017-03-31"), member(4, 316, "2017-04-01")),
            member(4, 316, "2016-10-01", "2016-10-31"),
        ],
    ),
    (
        case(
            *tid("2017M06 0147", "0/1 0/1 0/1 1/1"),
            *tid("2017M06 0155", "0/1 1/1 0/1 0/1"),
            *tid("2017M06 0185", "0/1 1/1 0/1 0/1"),
            *tid("2017M06 0316", "0/1 0/1 0/1 1/1"),
        ),
    ),
    measures=("gruppe_2_tid",),
)

WITHOUT_OFFER = Scenario(
    "without_an_offer_in_the_month",
    "An offer on the month's last or first day counts; one that ended on 31 May or begins on 1 "
    "July does not, and neither does a mentor or a talk. One is on uddannelseshjælp.",
    Register(
        [
            *on_kontanthjaelp(101, 147, 155, 185),
            on(5, 316, 201701, 201730, UDDANNELSESHJAELP),
            *(on(6, 400, 201701, 201730, KONTANTHJAELP), on(7, 563, 201701, 201730, KONTANTHJAELP)),
        ],
        [
            *(offer(1, "2017-06-30", "2017-06-30"), offer(2, "2017-01-02", "2017-05-31")),
            offer(4, "2017-01-02", "2017-07-30", "samtale"),
            *(offer(6, "2017-07-01", "2017-07-31"), offer(7, "2017-06-01", "2017-06-01")),
        ],
        [mentor(3, "2017-01-02")],
        [
            member(person, kommune, "2017-01-02")
            for person, kommune in enumerate((101, 147, 155, 185, 316, 400, 563), start=1)
        ],
    ),
    (
        case(
            "gruppe_2_uden_tilbud alle 2017M06 0101 0/1",
            "gruppe_2_uden_tilbud alle 2017M06 0147 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0155 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0185 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0316 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0400 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0563 0/1",
        ),
        case(
            "gruppe_2_uden_tilbud alle 2017M06 0101 0/1",
            "gruppe_2_uden_tilbud alle 2017M06 0147 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0155 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0185 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0400 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0563 0/1",
            without_offer_over="kontanthjaelp",
        ),
        case(
            "gruppe_2_uden_tilbud alle 2017M06 0101 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0147 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0155 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0185 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0316 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0400 1/1",
            "gruppe_2_uden_tilbud alle 2017M06 0563 0/1",
            snapshot="first_day",
        ),
    ),
    measures=("gruppe_2_uden_tilbud",),
)

CHANGED_BENEFIT = Scenario(
    "changed_benefit",
    "On ressourceforløb since May; on kontanthjælp until W22, which May shares with June; on "
    "nothing; out of the project; moved to another kommune; on both benefits at once.",
    Register(
        [
            *(on(1, 101, 201701, 201717, KONTANTHJAELP), on(1, 101, 201718, 201730)),
            on(2, 147, 201701, 201722, KONTANTHJAELP),
            on(5, 316, 201701, 201730, SYGEDAGPENGE),
            *(on(6, 400, 201701, 201730, KONTANTHJAELP), on(6, 400, 201701, 201730)),
        ],
        flere_skal_med=[
            *(member(1, 101, "2016-08-01"), member(2, 147, "2016-08-01")),
            *(member(3, 155, "2016-08-01"), member(4, 185, "2016-08-01", "2017-01-31")),
            *(member(5, 563, "2016-08-01", "2016-12-31"), member(5, 316, "2017-01-01")),
            member(6, 400, "2016-08-01"),
        ],
    ),
    (
        case(
            "gruppe_2_skiftet_ydelse alle 2017M06 0101 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0147 0/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0155 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0185 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0316 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0400 0/1",
        ),
        case(
            "gruppe_2_skiftet_ydelse alle 2017M06 0101 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0147 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0155 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0185 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0316 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0400 0/1",
            week_month="monday",
        ),
        case(
            "gruppe_2_skiftet_ydelse alle 2017M06 0101 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0147 0/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0155 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0316 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0400 0/1",
            changed_over="in_project",
        ),
        case(
            "gruppe_2_skiftet_ydelse alle 2017M06 0101 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0147 0/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0155 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0185 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0316 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0400 1/1",
            overlap="precedence",
        ),
    ),
    measures=("gruppe_2_skiftet_ydelse",),
)

BOTH_GROUPS = Scenario(
    "in_both_groups_at_once",
    "The latest referred decides, then the latest ended, then the lowest kommune, then gruppe 2.",
    Register(
        flere_skal_med=[
            *(member(1, 101, "2016-08-01"), member(1, 147, "2017-01-01", "", EFFORT)),
            *(member(2, 155, "2016-08-01", "", EFFORT), member(2, 155, "2016-08-01")),
            *(member(3, 185, "2016-08-01", "2017-12-31"), member(3, 316, "2016-08-01", "", EFFORT)),
            *(member(4, 563, "2016-08-01"), member(4, 400, "2016-08-01", "", EFFORT)),
            *(member(5, 999, "2016-08-01"), member(5, 825, "2016-08-01", "", EFFORT)),
        ],
    ),
    (
        case(
            "gruppe_2_skiftet_ydelse alle 2017M06 0101 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0155 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0185 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0563 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 uoplyst 1/1",
            "ordinaere_timer alle 2017M06 0147 0/1",
            "ordinaere_timer alle 2017M06 0316 0/1",
            "ordinaere_timer alle 2017M06 0400 0/1",
            "ordinaere_timer alle 2017M06 0825 0/1",
        ),
        case(
            "gruppe_2_skiftet_ydelse alle 2017M06 0155 1/1",
            "ordinaere_timer alle 2017M06 0147 0/1",
            "ordinaere_timer alle 2017M06 0155 0/1",
            "ordinaere_timer alle 2017M06 0316 0/1",
            "ordinaere_timer alle 2017M06 0400 0/1",
            "ordinaere_timer alle 2017M06 0825 0/1",
            changed_over="in_project",
            effort_group="ever",
        ),
    ),
    measures=("gruppe_2_skiftet_ydelse", "ordinaere_timer"),
)

# --- Flere skal med: the indsatsgruppe ----------------------------------------------------------


def in_effort(*kommuner: int) -> list[MemberRow]:
    """Person 1, 2, … in the indsatsgruppe of these kommuner since August 2016."""
    return [
        member(person, kommune, "2016-08-01", "", EFFORT)
        for person, kommune in enumerate(kommuner, start=1)
    ]


PRACTICE = Scenario(
    "virksomhedspraktik",
    "Praktik for a day at the end; løntilskud until the first day; both in turn; nytteindsats; "
    "praktik until 31 May; praktik all June but out of the group on the 29th.",
    Register(
        offers=[
            offer(1, "2017-06-30", "2017-06-30"),
            offer(2, "2017-01-02", "2017-06-01", "løntilskud privat"),
            offer(3, "2017-06-15", "2017-06-20", "praktik for unge"),
            offer(3, "2017-06-21", "2017-06-30", "løntilskud offentlig"),
            offer(4, "2017-01-02", "2017-07-31", "nytteindsats"),
            *(offer(5, "2017-01-02", "2017-05-31"), offer(6, "2017-06-01", "2017-06-30")),
        ],
        flere_skal_med=[
            *in_effort(101, 147, 155, 185, 316),
            member(6, 400, "2016-08-01", "2017-06-29", EFFORT),
        ],
    ),
    (
        case(
            *practice("2017M06 0101", "1/1 1/1 0/1"),
            *practice("2017M06 0147", "1/1 0/1 1/1"),
            *practice("2017M06 0155", "1/1 1/1 1/1"),
            *practice("2017M06 0185", "0/1 0/1 0/1"),
            *practice("2017M06 0316", "0/1 0/1 0/1"),
        ),
        case(
            *practice("2017M06 0101", "1/1 1/1 0/1"),
            *practice("2017M06 0147", "1/1 0/1 1/1"),
            *practice("2017M06 0155", "1/1 1/1 1/1"),
            *practice("2017M06 0185", "0/1 0/1 0/1"),
            *practice("2017M06 0316", "0/1 0/1 0/1"),
            *practice("2017M06 0400", "1/1 1/1 0/1"),
            effort_group="ever",
        ),
        case(
            *practice("2017M06 0101", "0/1 0/1 0/1"),
            *practice("2017M06 0147", "1/1 0/1 1/1"),
            *practice("2017M06 0155", "0/1 0/1 0/1"),
            *practice("2017M06 0185", "0/1 0/1 0/1"),
            *practice("2017M06 0316", "0/1 0/1 0/1"),
            *practice("2017M06 0400", "1/1 1/1 0/1"),
            snapshot="first_day",
        ),
    ),
    measures=("virksomhedspraktik",),
)

ORDINARY_HOURS = Scenario(
    "ordinary_hours",
    "A negative row is dropped and takes nothing away; nought twice is none; half an hour is some; "
    "May is not June; an unknown kommune keeps its people.",
    Register(
        flere_skal_med=in_effort(101, 147, 155, 185, 316, 999),
        hours=[
            *(HoursRow(1, 201706, 5.0), HoursRow(1, 201706, -5.0)),
            *(HoursRow(2, 201706, 0.0), HoursRow(2, 201706, 0.0)),
            HoursRow(3, 201706, -3.0),
            *(HoursRow(4, 201706, 0.0), HoursRow(4, 201706, 0.5)),
            *(HoursRow(5, 201705, 20.0), HoursRow(5, 201707, 20.0)),
            HoursRow(6, 201706, 20.0),
        ],
    ),
    (
        case(
            "ordinaere_timer alle 2017M06 0101 1/1",
            "ordinaere_timer alle 2017M06 0147 0/1",
            "ordinaere_timer alle 2017M06 0155 0/1",
            "ordinaere_timer alle 2017M06 0185 1/1",
            "ordinaere_timer alle 2017M06 0316 0/1",
            "ordinaere_timer alle 2017M06 uoplyst 1/1",
        ),
    ),
    measures=("ordinaere_timer",),
)

FULL_EXIT = Scenario(
    "full_exit",
    "Hours, and no benefit, a benefit not listed, sygedagpenge, kontanthjælp, or kontanthjælp "
    "until W22, which May shares with June; and no benefit but no hours either.",
    Register(
        [
            *(on(2, 147, 201701, 201730, UNLISTED), on(3, 155, 201701, 201730, SYGEDAGPENGE)),
            on(4, 185, 201701, 201730, KONTANTHJAELP),
            on(5, 316, 201701, 201722, KONTANTHJAELP),
        ],
        flere_skal_med=in_effort(101, 147, 155, 185, 316, 400),
        hours=[HoursRow(person, 201706, 20.0) for person in (1, 2, 3, 4, 5)],
    ),
    (
        case(
            *("fuld_afgang alle 2017M06 0101 1/1", "fuld_afgang alle 2017M06 0147 0/1"),
            *("fuld_afgang alle 2017M06 0155 0/1", "fuld_afgang alle 2017M06 0185 0/1"),
            *("fuld_afgang alle 2017M06 0316 0/1", "fuld_afgang alle 2017M06 0400 0/1"),
        ),
        case(
            *("fuld_afgang alle 2017M06 0101 1/1", "fuld_afgang alle 2017M06 0147 1/1"),
            *("fuld_afgang alle 2017M06 0155 0/1", "fuld_afgang alle 2017M06 0185 0/1"),
            *("fuld_afgang alle 2017M06 0316 0/1", "fuld_afgang alle 2017M06 0400 0/1"),
            exit_rules_out="listed",
        ),
        case(
            *("fuld_afgang alle 2017M06 0101 1/1", "fuld_afgang alle 2017M06 0147 1/1"),
            *("fuld_afgang alle 2017M06 0155 1/1", "fuld_afgang alle 2017M06 0185 0/1"),
            *("fuld_afgang alle 2017M06 0316 0/1", "fuld_afgang alle 2017M06 0400 0/1"),
            exit_rules_out="three",
        ),
        case(
            *("fuld_afgang alle 2017M06 0101 1/1", "fuld_afgang alle 2017M06 0147 0/1"),
            *("fuld_afgang alle 2017M06 0155 0/1", "fuld_afgang alle 2017M06 0185 0/1"),
            *("fuld_afgang alle 2017M06 0316 1/1", "fuld_afgang alle 2017M06 0400 0/1"),
            week_month="monday",
        ),
    ),
    measures=("fuld_afgang",),
)

GROUP_CHANGES = Scenario(
    "from_one_group_to_the_other",
    "Moved from the indsatsgruppe to gruppe 2 on 15 June: June is gruppe 2's, all its measures.",
    Register(
        on_kontanthjaelp(101),
        flere_skal_med=[
            member(1, 101, "2017-01-01", "2017-06-14", EFFORT),
            member(1, 101, "2017-06-15"),
        ],
    ),
    (
        case(
            *practice("2017M05 0101", "0/1 0/1 0/1"),
            "ordinaere_timer alle 2017M05 0101 0/1",
            "fuld_afgang alle 2017M05 0101 0/1",
            *tid("2017M06 0101", "1/1 0/1 0/1 0/1"),
            "gruppe_2_uden_tilbud alle 2017M06 0101 1/1",
            "gruppe_2_skiftet_ydelse alle 2017M06 0101 0/1",
        ),
        case(
            *practice("2017M05 0101", "0/1 0/1 0/1"),
            "ordinaere_timer alle 2017M05 0101 0/1",
            "fuld_afgang alle 2017M05 0101 0/1",
            *practice("2017M06 0101", "0/1 0/1 0/1"),
            "ordinaere_timer alle 2017M06 0101 0/1",
            "fuld_afgang alle 2017M06 0101 0/1",
            snapshot="first_day",
        ),
    ),
    first_month="2017M05",
)

PROJECT_AT_THE_END_OF_THE_DATA = Scenario(
    "project_at_the_end_of_the_data",
    "The register is of 14 June: who was referred, began an offer or worked by then counts. What "
    "is dated the 15th, ends before it begins or is of a group not listed does not.",
    Register(
        offers=[offer(1, "2017-06-14", "2017-06-14"), offer(3, "2017-06-15", "2017-06-30")],
        flere_skal_med=[
            *(member(1, 101, "2017-06-14", "", EFFORT), member(2, 147, "2017-06-15", "", EFFORT)),
            *(member(3, 155, "2017-06-01", "", EFFORT), member(4, 185, "2017-06-30", "", EFFORT)),
            member(5, 316, "2017-06-02", "2017-06-01", EFFORT),
            member(6, 400, "2017-06-01", "", "3"),
            member(7, 563, "2017-06-14", "2017-06-14", EFFORT),
        ],
        hours=[HoursRow(1, 201706, 20.0), HoursRow(3, 201707, 20.0)],
    ),
    (
        case(
            *practice("2017M06 0101", "1/1 1/1 0/1"),
            *practice("2017M06 0155", "0/1 0/1 0/1"),
            "ordinaere_timer alle 2017M06 0101 1/1",
            "ordinaere_timer alle 2017M06 0155 0/1",
        ),
        case(
            *practice("2017M06 0101", "1/1 1/1 0/1"),
            *practice("2017M06 0155", "0/1 0/1 0/1"),
            *practice("2017M06 0563", "0/1 0/1 0/1"),
            "ordinaere_timer alle 2017M06 0101 1/1",
            "ordinaere_timer alle 2017M06 0155 0/1",
            "ordinaere_timer alle 2017M06 0563 0/1",
            effort_group="ever",
        ),
    ),
    as_of=date(2017, 6, 14),
    measures=("virksomhedspraktik", "ordinaere_timer"),
)

SCENARIOS: tuple[Scenario, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Scenario)
)
"""All of them, in the order of this file."""
