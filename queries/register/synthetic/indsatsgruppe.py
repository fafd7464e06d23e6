"""Persons in the company-oriented effort: placements, ordinary hours, and those who get a job."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from queries.register.synthetic import codes, histories
from queries.register.synthetic.activity_rows import (
    PLACEMENTS,
    not_active,
    offers_and_mentors,
    offers_only,
)
from queries.register.synthetic.columns import (
    Mentors,
    Offers,
    People,
    Spells,
)
from queries.register.synthetic.effort_courses import (
    EffortCourses,
    by_kommune,
    draw_courses,
    in_force,
    records,
    returns_to_kontanthjaelp,
)
from queries.register.synthetic.ordinary_hours import hours_rows
from queries.register.synthetic.process import Episodes, Process, run_to_target
from queries.register.synthetic.project_plan import IN_HOURS, ProjectPlan
from queries.register.synthetic.time_axis import (
    AS_OF,
    DECEMBER_2018,
    Floats,
    Ints,
    day,
    monday,
    month_of,
    week_of,
)

_ACTIVITY_FROM = day(2014, 1, 1)


def indsatsgruppe(rng: np.random.Generator, plan: ProjectPlan) -> People:
    """Return the persons with every benefit, offer, record and hour."""
    courses = draw_courses(rng, plan)
    number = len(courses.kommune)
    leaves = np.minimum(courses.exits, courses.changes)
    last = week_of(leaves)
    spells, _ = histories.long_kontanthjaelp(rng, courses.kommune, last)
    changed = np.flatnonzero((courses.changes < courses.exits) & (courses.changes <= AS_OF))
    later = histories.after(
        rng, changed, courses.kommune[changed], last[changed], histories.AFTER_INDSATSGRUPPE
    )
    returns = returns_to_kontanthjaelp(rng, courses)
    pace = by_kommune(rng, plan, courses.kommune, 0.2)
    placements = _placements(rng, plan, courses, pace)
    other = _other_activity(rng, courses, leaves)
    offers, mentors = offers_and_mentors(rng, other)
    # From the month of referral on, placements are those drawn to plan: the others change kind.
    kind = np.where(
        np.isin(offers.kind, list(PLACEMENTS))
        & (month_of(offers.ends) >= month_of(courses.referred)[offers.person]),
        codes.VEJLEDNING,
        offers.kind,
    )
    begins = np.full(number, _ACTIVITY_FROM)
    return People(
        number,
        Spells.concat([spells, later, returns]).begun(),
        Offers.concat(
            [
                offers_only(rng, placements, PLACEMENTS),
                replace(offers, kind=kind),
                not_active(rng, np.arange(number), begins, np.minimum(leaves, AS_OF)),
            ]
        ).begun(),
        Mentors.concat([mentors]).begun(),
        records(rng, courses),
        hours_rows(rng, _partial_hours(rng, plan, courses), _job_hours(courses, returns)),
    )


def _placements(
    rng: np.random.Generator, plan: ProjectPlan, courses: EffortCourses, pace: Floats
) -> Episodes:
    """Return virksomhedspraktik and løntilskud, more and more of it as the project goes on."""
    number = len(courses.kommune)
    process = Process(
        begins=np.full(number, float(_ACTIVITY_FROM)),
        ends=np.minimum(np.minimum(courses.exits, courses.changes), AS_OF + 300).astype(float),
        before=np.full(number, 0.12),
        after=rng.gamma(2.0, 0.4, number) * pace,
        changes=courses.referred.astype(np.float64),
        growth=np.full(number, 0.45),
        centre=np.full(number, float(DECEMBER_2018[1])),
        mean_days=np.full(number, 100.0),
    )
    groups = np.where(in_force(courses), 0, -1)
    return run_to_target(
        rng, process, 20, groups=groups, targets=(plan.in_placement,), days=DECEMBER_2018
    )


def _partial_hours(rng: np.random.Generator, plan: ProjectPlan, courses: EffortCourses) -> Episodes:
    """Return the months with a few ordinary hours beside the benefit."""
    number = len(courses.kommune)
    in_job = (courses.exits <= DECEMBER_2018[1]) & ~courses.silent
    counted = in_force(courses)
    process = Process(
        begins=(courses.referred - 300).astype(np.float64),
        ends=np.minimum(np.minimum(courses.exits - 1, courses.changes), AS_OF).astype(np.float64),
        before=np.full(number, 0.02),
        after=rng.gamma(1.5, 0.07, number) * by_kommune(rng, plan, courses.kommune, 0.2),
        changes=(courses.referred + 30).astype(np.float64),
        growth=np.full(number, 0.2),
        centre=np.full(number, float(DECEMBER_2018[1])),
        mean_days=np.full(number, 330.0),
    )
    target = IN_HOURS - int((in_job & counted).sum())
    groups = np.where(counted & ~in_job, 0, -1)
    return run_to_target(rng, process, 10, groups=groups, targets=(target,), days=DECEMBER_2018)


def _job_hours(courses: EffortCourses, returns: Spells) -> tuple[Ints, Ints, Ints]:
    """Return person, first and last day of each job."""
    last = np.full(len(courses.kommune), AS_OF)
    last[returns.person] = monday(returns.first) - 1
    person = np.flatnonzero((courses.exits <= AS_OF) & ~courses.silent)
    return person, courses.exits[person], last[person]


def _other_activity(rng: np.random.Generator, courses: EffortCourses, leaves: Ints) -> Episodes:
    """Return offers and mentors beside the placements."""
    number = len(leaves)
    process = Process(
        begins=np.full(number, float(_ACTIVITY_FROM)),
        ends=np.minimum(leaves, AS_OF + 300).astype(np.float64),
        before=np.full(number, 0.35),
        after=np.full(number, 0.6),
        changes=courses.referred.astype(np.float64),
        growth=np.zeros(number),
        centre=np.full(number, float(DECEMBER_2018[1])),
        mean_days=np.full(number, 100.0),
    )
    return process.run(process.draw(rng, 20))
