"""The persons in ressourceforløb: drawn freely, and kept so that June 2017 is as planned.

Far more persons fit than are wanted. Those who do not count in June 2017 are all kept; of those
who do, each kommune keeps as many passive and active ones as planned, and draws more where it
has too few. The rates are set so that few are too many or too few.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queries.register.synthetic.choosing import rank_within
from queries.register.synthetic.columns import Columns
from queries.register.synthetic.courses import (
    FIRST_WEEK,
    Courses,
    draw_courses,
    in_june_2017,
    inflow,
    passive_in_june_2017,
)
from queries.register.synthetic.passive_plan import PassivePlan
from queries.register.synthetic.passive_rates import PassiveRates, run_activity
from queries.register.synthetic.process import Episodes
from queries.register.synthetic.time_axis import Bools, Floats, Ints, monday

_ROUNDS = 300
_NOT_COUNTED = -1


@dataclass(frozen=True)
class Candidates(Columns):
    """Persons with a course and its activity; `cell` is 2·kommune + passive, -1: not counted."""

    home: Ints
    first: Ints
    last: Ints
    starts: Ints
    ends: Ints
    cell: Ints

    @property
    def courses(self) -> Courses:
        """The courses alone."""
        return Courses(self.home, self.first, self.last)

    @property
    def episodes(self) -> Episodes:
        """The activity alone."""
        return Episodes(self.starts, self.ends)


def select(rng: np.random.Generator, plan: PassivePlan, rates: PassiveRates) -> Candidates:
    """Return persons whose counts in June 2017 are exactly as planned, in every kommune."""
    begun = inflow(rng, plan)
    begun *= plan.people.sum() / _expected(rng, begun)
    wanted = np.stack([plan.people - plan.passive, plan.passive], axis=1).ravel()
    weeks = begun.shape[1]
    points = np.arange(rng.random(), begun.sum(), 1.0)
    places = np.searchsorted(np.cumsum(begun.ravel()), points, side="right")
    home, first = np.divmod(np.minimum(places, begun.size - 1), weeks)
    drawn = _candidates(rng, rates, home, FIRST_WEEK + first)
    kept = [drawn.take(_within(rng, drawn.cell, wanted, keep_others=True))]
    missing = wanted - np.bincount(kept[0].cell[kept[0].cell >= 0], minlength=len(wanted))
    cumulative = np.cumsum(begun, axis=1)
    for _ in range(_ROUNDS):
        if not missing.any():
            return Candidates.concat(kept)
        home = np.repeat(np.flatnonzero(missing > 0) // 2, 20 + 4 * missing[missing > 0])
        first = _weeks(rng, cumulative, home)
        drawn = _candidates(rng, rates, home, FIRST_WEEK + first)
        kept.append(drawn.take(_within(rng, drawn.cell, missing, keep_others=False)))
        missing = missing - np.bincount(kept[-1].cell, minlength=len(wanted))
    raise AssertionError(f"{int(missing.sum())} persons could not be drawn")


def _expected(rng: np.random.Generator, begun: Floats) -> float:
    """Return how many would count in June 2017 if so many began."""
    weeks = begun.sum(axis=0)
    first = np.repeat(np.arange(len(weeks)), 100)
    counted = in_june_2017(draw_courses(rng, np.zeros_like(first), FIRST_WEEK + first))
    return float((counted.reshape(-1, 100).mean(axis=1) * weeks).sum())


def _candidates(
    rng: np.random.Generator, rates: PassiveRates, home: Ints, first: Ints
) -> Candidates:
    courses = draw_courses(rng, home, first)
    last = courses.last.max(axis=1)
    activity = run_activity(rng, rates, home, monday(first), monday(last) + 6)
    cell = 2 * home + passive_in_june_2017(activity)
    cell = np.where(in_june_2017(courses), cell, _NOT_COUNTED)
    return Candidates(home, courses.first, courses.last, *activity, cell)


def _within(rng: np.random.Generator, cell: Ints, wanted: Ints, *, keep_others: bool) -> Bools:
    """Return which to keep: at random, no more than wanted in each cell."""
    place = rank_within(cell, rng.random(len(cell)))
    counted = cell != _NOT_COUNTED
    kept: Bools = np.where(counted, place < wanted[cell], keep_others)
    return kept


def _weeks(rng: np.random.Generator, cumulative: Floats, home: Ints) -> Ints:
    """Draw the week in which each course begins, as often as its kommune's courses do."""
    weeks = cumulative.shape[1]
    totals = cumulative[:, -1]
    offsets = np.r_[0.0, np.cumsum(totals)[:-1]]
    flat = (cumulative + offsets[:, None]).ravel()
    points = offsets[home] + rng.random(len(home)) * totals[home]
    places = np.searchsorted(flat, points, side="right") - home * weeks
    found: Ints = np.clip(places, 0, weeks - 1)
    return found
