"""Courses of ressourceforløb: how many begin when and where, how long they last, who counts.

A course is three segments of weeks. A gap of 0 between two of them leaves them touching, 1 to 4
weeks do not break the course (default choices), more do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queries.register.synthetic.choosing import chance
from queries.register.synthetic.columns import Columns
from queries.register.synthetic.passive_plan import PassivePlan
from queries.register.synthetic.process import Episodes
from queries.register.synthetic.time_axis import (
    JUNE_2017,
    JUNE_2017_WEEKS,
    YEAR_DAYS,
    Bools,
    Floats,
    Ints,
    day,
    week,
)

FIRST_WEEK = week(2013, 1, 7)  # the reform of 2013
LAST_WEEK = week(2019, 12, 31)
YEAR_WEEKS = 52
LONGEST_GAP = 4
_LONGEST = 7 * YEAR_WEEKS


@dataclass(frozen=True)
class Courses(Columns):
    """One course a row: place of the kommune, first and last week of each segment [n, 3]."""

    home: Ints
    first: Ints
    last: Ints


def survival() -> Floats:
    """Return the share of courses that last more than so many weeks."""
    weeks = np.arange(_LONGEST)
    years = weeks / YEAR_WEEKS
    hazard = np.select([years < 1, years < 3, years < 5], [0.12, 0.30, 0.60], 2.5) / YEAR_WEEKS
    kept: Floats = np.exp(-np.cumsum(hazard) + hazard[0])
    return kept


def inflow(rng: np.random.Generator, plan: PassivePlan) -> Floats:
    """Return the courses that begin in each kommune and week [98, weeks].

    Chosen so that the people with at least a year build up after 2014 and then grow slowly, at a
    pace of the kommune's own, through the number of June 2017.
    """
    lasting = survival()
    weeks = LAST_WEEK - FIRST_WEEK + 1
    days = 7.0 * (FIRST_WEEK + YEAR_WEEKS + np.arange(weeks))
    growth = rng.normal(0.025, 0.025, len(plan.people))
    built = 1 - np.exp(-(days - day(2014, 1, 6)) / YEAR_DAYS / 0.6)
    since = (days - JUNE_2017[1]) / YEAR_DAYS
    people = plan.people[:, None] * built * np.exp(growth[:, None] * since)
    begun = np.zeros((len(plan.people), weeks))
    for w in range(weeks):
        earlier = begun[:, max(0, w - _LONGEST + YEAR_WEEKS + 1) : w]
        kept = lasting[YEAR_WEEKS + 1 : YEAR_WEEKS + 1 + earlier.shape[1]][::-1]
        begun[:, w] = np.maximum(people[:, w] - earlier @ kept, 0) / lasting[YEAR_WEEKS]
    return begun


def draw_courses(rng: np.random.Generator, home: Ints, first: Ints) -> Courses:
    """Draw length and interruptions of courses that begin in week `first`."""
    number = len(home)
    length = np.searchsorted(-survival(), -rng.random(number), side="left")
    long = length >= 30
    early = first + np.floor(length * rng.uniform(0.1, 0.45, number)).astype(np.int64)
    late = first + np.floor(length * rng.uniform(0.55, 0.9, number)).astype(np.int64)
    gaps = [_gap(rng, long, share) for share in (0.16, 0.10)]
    last = first + length - 1
    # Short courses have empty later segments: first > last.
    early, late = np.where(long, early, last + 1), np.where(long, late, last + 1)
    starts = np.stack([first, early + gaps[0], late + gaps[1]], axis=1)
    ends = np.stack([early - 1, late - 1, last], axis=1)
    return Courses(home, starts, ends)


def _gap(rng: np.random.Generator, possible: Bools, share: float) -> Ints:
    number = len(possible)
    short = rng.integers(1, LONGEST_GAP + 1, number)
    broken = rng.integers(LONGEST_GAP + 1, 16, number)
    gap = np.where(chance(rng, number, 0.12), broken, short)
    # Never so long that it eats the next segment, a tenth of at least 30 weeks or more.
    gap = np.where(possible & chance(rng, number, share), gap, 0)
    return gap.astype(np.int64)


def in_june_2017(courses: Courses) -> Bools:
    """Return who has a week in June 2017 and at least 52 benefit weeks by the last of them."""
    opens, closes = JUNE_2017_WEEKS
    there = courses.first <= courses.last
    reached = np.where(there & (courses.first <= closes), np.minimum(courses.last, closes), 0)
    read = reached.max(axis=1)
    weeks = np.zeros(len(read), np.int64)
    before = np.full(len(read), -(10**6))
    for k in range(courses.first.shape[1]):
        first, last = courses.first[:, k], np.minimum(courses.last[:, k], read)
        counts = there[:, k] & (first <= last)
        kept = np.where(first - before - 1 <= LONGEST_GAP, weeks, 0)
        weeks = np.where(counts, kept + last - first + 1, weeks)
        before = np.where(counts, last, before)
    enough: Bools = (read >= opens) & (weeks >= YEAR_WEEKS)
    return enough


def passive_in_june_2017(episodes: Episodes) -> Bools:
    """Return who has no activity in the year that ends with June 2017."""
    return ~episodes.overlap(day(2016, 7, 1), JUNE_2017[1])
