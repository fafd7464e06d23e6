"""Ordinary hours by person and month."""

from __future__ import annotations

import numpy as np

from queries.register.synthetic.activity_rows import flat
from queries.register.synthetic.choosing import chance
from queries.register.synthetic.columns import Hours
from queries.register.synthetic.process import Episodes
from queries.register.synthetic.time_axis import Floats, Ints, month_of

_TWO_EMPLOYERS = 0.08


def hours_rows(rng: np.random.Generator, partial: Episodes, jobs: tuple[Ints, Ints, Ints]) -> Hours:
    """Return a row for each month that an episode or a job touches.

    Beside a benefit 2 to 70 hours a month, in a job 80 to 160. Some have two employers: two rows.
    A month of both, where a job begins, has two rows as well.
    """
    few = _months(*flat(partial))
    many = _months(*jobs)
    person, month = np.concatenate([few, many], axis=1)
    hours: Floats = np.r_[
        np.clip(rng.gamma(2.0, 12.0, few.shape[1]), 2, 70), rng.uniform(80, 160, many.shape[1])
    ]
    second = chance(rng, len(person), _TWO_EMPLOYERS)
    share = np.where(second, rng.uniform(0.2, 0.8, len(person)), 1.0)
    rest = (hours * (1 - share))[second]
    return Hours(
        np.r_[person, person[second]],
        np.r_[month, month[second]],
        np.maximum(np.round(np.r_[hours * share, rest], 1), 0.1),
    )


def _months(person: Ints, starts: Ints, ends: Ints) -> Ints:
    """Return person and month [2, rows] of every month with a day in starts..ends."""
    first, last = month_of(starts), month_of(ends)
    number = np.maximum(last - first + 1, 0)
    rows = np.repeat(np.arange(len(person)), number)
    offset = np.arange(len(rows)) - np.repeat(np.cumsum(number) - number, number)
    found: Ints = np.stack([person[rows], first[rows] + offset])
    return found
