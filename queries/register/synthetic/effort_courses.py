"""When people enter and leave the company-oriented effort, and how: by person, in days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queries.register.synthetic import codes, histories
from queries.register.synthetic.choosing import apportion, chance, threshold
from queries.register.synthetic.columns import Columns, Records, Spells
from queries.register.synthetic.project_plan import FULL_EXIT, ProjectPlan
from queries.register.synthetic.referrals import in_two, wave
from queries.register.synthetic.time_axis import (
    AS_OF,
    DECEMBER_2018,
    DECEMBER_2018_WEEKS,
    NEVER,
    PROJECT_END,
    Bools,
    Floats,
    Ints,
    day,
    monday,
    week,
    week_of,
)

_TRICKLE = 90  # referred a month once the first wave is over
_FIRST_END, _FIRST_EXIT = 60, 45  # days after referral
_DECIDES = int(monday(np.array([DECEMBER_2018_WEEKS[0]]))[0])
_TO_GRUPPE_2 = 125  # referred on to gruppe 2 in 2019


@dataclass(frozen=True)
class EffortCourses(Columns):
    """Days by person: referred, record ends, leaves for a job, leaves the three benefits.

    silent: has a job without reported hours. to_gruppe_2: referred there when the record ends.
    """

    kommune: Ints
    referred: Ints
    ends: Ints
    exits: Ints
    changes: Ints
    silent: Bools
    to_gruppe_2: Bools


def draw_courses(rng: np.random.Generator, plan: ProjectPlan) -> EffortCourses:
    """Return the courses; those in force and those in a job at the end of 2018 as planned.

    Waiting times are exponential. The pace is put where exactly the planned number has waited
    long enough, so that December 2018 is like any other month.
    """
    first = plan.people - int(plan.early.sum() + plan.late.sum())
    newcomers = 8 * _TRICKLE
    referred = np.r_[
        wave(rng, first, DECEMBER_2018[1], 2.0, _TRICKLE),
        DECEMBER_2018[1] + 1 + np.arange(newcomers) * 240 // newcomers,
    ]
    weights = plan.size * rng.lognormal(0.0, 0.1, len(plan.size))
    kommune = np.r_[
        rng.permutation(np.repeat(plan.kommuner, apportion(first, weights, 3))),
        rng.choice(plan.kommuner, newcomers, p=weights / weights.sum()),
    ]
    ends = _ends(rng, plan, referred)
    silent = chance(rng, len(referred), 0.07)
    in_force = (referred <= DECEMBER_2018[1]) & (ends >= DECEMBER_2018[1])
    pace = by_kommune(rng, plan, kommune, 0.2)
    waits = rng.exponential(1.0, len(referred)) / pace
    exposed = np.maximum(_DECIDES - referred - _FIRST_EXIT, 1e-6)
    slow = threshold((waits / exposed)[in_force & ~silent], FULL_EXIT)
    exits = referred + _FIRST_EXIT + np.floor(waits / slow).astype(np.int64)
    exits = np.where(exits <= np.minimum(ends, AS_OF), exits, NEVER)
    ended = ends < PROJECT_END
    change_at_end = ended & chance(rng, len(ends), 0.4)
    pool = ended & ~change_at_end & (ends > DECEMBER_2018[1]) & (ends < day(2019, 8, 1))
    candidates = np.flatnonzero(pool & (exits == NEVER))
    to_gruppe_2 = np.zeros(len(referred), np.bool_)
    to_gruppe_2[rng.choice(candidates, _TO_GRUPPE_2, replace=False)] = True
    afterwards = ends + np.floor(rng.exponential(1500.0, len(ends))).astype(np.int64)
    changes = np.where(change_at_end, ends, np.where(to_gruppe_2, NEVER, afterwards + 7))
    return EffortCourses(kommune, referred, ends, exits, changes, silent, to_gruppe_2)


def _ends(rng: np.random.Generator, plan: ProjectPlan, referred: Ints) -> Ints:
    """Return when records end; exactly as many as planned are in force at the end of 2018."""
    counted = referred <= DECEMBER_2018[1]
    exposed = np.maximum(DECEMBER_2018[1] - referred - _FIRST_END, 1e-6)
    waits = rng.exponential(1.0, len(referred))
    slow = threshold((waits / exposed)[counted], int(counted.sum()) - plan.in_effort)
    ends = referred + _FIRST_END + np.floor(waits / slow).astype(np.int64)
    return np.minimum(ends, PROJECT_END)


def by_kommune(rng: np.random.Generator, plan: ProjectPlan, kommune: Ints, spread: float) -> Floats:
    """Return a factor per person that their kommune shares."""
    factor = rng.lognormal(0.0, spread, len(plan.kommuner))
    return factor[np.searchsorted(plan.kommuner, kommune)]


def in_force(courses: EffortCourses) -> Bools:
    """Return whose record is in force on the last day of 2018."""
    last = DECEMBER_2018[1]
    return (courses.referred <= last) & (courses.ends >= last)


def returns_to_kontanthjaelp(rng: np.random.Generator, courses: EffortCourses) -> Spells:
    """Return kontanthjælp again for a few of those who had got a job, from February 2019 on."""
    person = np.flatnonzero((courses.exits <= AS_OF) & chance(rng, len(courses.exits), 0.12))
    first = week_of(courses.exits[person]) + 20 + rng.integers(0, 80, len(person))
    keeps = first >= week(2019, 2, 4)
    person, first = person[keeps], first[keeps]
    benefit = np.full(len(person), codes.KONTANTHJAELP)
    length = histories.lengths(rng, benefit)
    variant = rng.integers(0, 2, len(person))
    kommune = courses.kommune[person]
    return Spells(person, kommune, benefit, variant, first, first + length - 1).begun()


def records(rng: np.random.Generator, courses: EffortCourses) -> Records:
    """Return the records, a few of them in two parts, and gruppe 2 after some of them."""
    number = len(courses.kommune)
    group = np.full(number, codes.INDSATSGRUPPE)
    records = Records(np.arange(number), courses.kommune, group, courses.referred, courses.ends)
    split = chance(rng, number, 0.02)
    records = in_two(rng, records, split, courses.kommune)
    person = np.flatnonzero(courses.to_gruppe_2)
    then = Records(
        person,
        courses.kommune[person],
        np.full(len(person), codes.GRUPPE_2),
        courses.ends[person] + 1,
        np.full(len(person), PROJECT_END),
    )
    return Records.concat([records, then])
