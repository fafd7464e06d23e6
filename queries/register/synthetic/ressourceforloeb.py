"""Persons in ressourceforløb: their courses, moves, offers and mentors, and what lay around."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from queries.register.synthetic import codes, histories
from queries.register.synthetic.activity_rows import beside, not_active, offers_and_mentors
from queries.register.synthetic.choosing import chance
from queries.register.synthetic.columns import (
    Mentors,
    Offers,
    People,
    Spells,
    cut,
    no_hours,
    no_records,
)
from queries.register.synthetic.courses import Courses
from queries.register.synthetic.passive_plan import PassivePlan
from queries.register.synthetic.passive_rates import PassiveRates
from queries.register.synthetic.selection import select
from queries.register.synthetic.time_axis import (
    AS_OF,
    JUNE_2017_WEEKS,
    Ints,
    monday,
)

_MOVERS = 0.04


def ressourceforloeb(rng: np.random.Generator, plan: PassivePlan, rates: PassiveRates) -> People:
    """Return everyone who begins ressourceforløb in 2013-2019, except from Flere skal med."""
    chosen = select(rng, plan, rates)
    number = len(chosen.home)
    kommune = plan.kommuner[chosen.home]
    first = chosen.first.min(axis=1)
    last = _last_week(chosen.courses)
    spells = _moved(rng, plan, _course_spells(rng, chosen.courses, kommune), first, last)
    earlier = histories.before(rng, kommune, first)
    ended = np.flatnonzero(chance(rng, number, 0.95))
    options = histories.AFTER_RESSOURCEFORLOEB
    later = histories.after(rng, ended, kommune[ended], last[ended], options)
    offers, mentors = offers_and_mentors(rng, chosen.episodes)
    begins, ends = monday(first), np.minimum(monday(last) + 6, AS_OF)
    others = not_active(rng, np.arange(number), begins - 200, ends)
    return People(
        number,
        Spells.concat([spells, _overlapping(rng, earlier), later]).begun(),
        Offers.concat([offers, beside(rng, offers), others]).begun(),
        Mentors.concat([mentors]).begun(),
        no_records(),
        no_hours(),
    )


def _last_week(courses: Courses) -> Ints:
    ends = np.where(courses.first <= courses.last, courses.last, 0)
    found: Ints = ends.max(axis=1)
    return found


def _course_spells(rng: np.random.Generator, courses: Courses, kommune: Ints) -> Spells:
    """Return the segments as rows; touching ones become one row or stay two, often of two codes."""
    number = len(kommune)
    first, last = courses.first.copy(), courses.last.copy()
    for k in (1, 2):
        joins = (first[:, k] == last[:, k - 1] + 1) & (first[:, k] <= last[:, k])
        joins &= (first[:, k - 1] <= last[:, k - 1]) & chance(rng, number, 0.7)
        first[:, k] = np.where(joins, first[:, k - 1], first[:, k])
        last[:, k - 1] = np.where(joins, first[:, k - 1] - 1, last[:, k - 1])
    person = np.repeat(np.arange(number), 3)
    variant = (rng.random((number, 3)) < 0.3).ravel().astype(np.int64)
    benefit = np.full(3 * number, codes.RESSOURCEFORLOEB)
    spells = Spells(person, kommune[person], benefit, variant, first.ravel(), last.ravel())
    return spells.begun()


def _moved(
    rng: np.random.Generator, plan: PassivePlan, spells: Spells, first: Ints, last: Ints
) -> Spells:
    """Let a few persons move: away after June 2017, or to their kommune before it.

    Some are paid by both kommuner for a week or two: the new one counts, so nothing shifts.
    """
    number = len(first)
    opens, closes = JUNE_2017_WEEKS
    span = np.maximum(last - first, 1)
    at = first + 1 + np.floor(rng.random(number) * span).astype(np.int64)
    at = np.where((at >= opens) & (at <= closes), closes + 1, at)
    moves = chance(rng, number, _MOVERS)
    at = np.where(moves, at, 0)
    other = rng.choice(plan.kommuner, number, p=plan.people / plan.people.sum())
    zero = np.zeros(number, np.int64)
    spells = cut(spells, at, zero, np.zeros(number, np.bool_))
    when = at[spells.person]
    leaves = when > closes
    elsewhere = moves[spells.person] & np.where(leaves, spells.first >= when, spells.last < when)
    spells = replace(spells, kommune=np.where(elsewhere, other[spells.person], spells.kommune))
    paid_twice = (spells.last == when - 1) & chance(rng, len(when), 0.3)
    covered = np.zeros(number, np.int64)
    new = spells.first == when
    covered[spells.person[new]] = spells.last[new]
    longer = np.minimum(spells.last + rng.integers(1, 3, len(when)), covered[spells.person])
    return replace(spells, last=np.where(paid_twice, np.maximum(longer, spells.last), spells.last))


def _overlapping(rng: np.random.Generator, earlier: Spells) -> Spells:
    """Let a few earlier benefits run on for some weeks beside the next one."""
    runs_on = chance(rng, len(earlier.person), 0.03)
    weeks = np.where(runs_on, rng.integers(1, 7, len(runs_on)), 0)
    return replace(earlier, last=earlier.last + weeks)
