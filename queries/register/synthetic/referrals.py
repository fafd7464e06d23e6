"""When people are referred to Flere skal med: a wave at the start, then an even trickle."""

from __future__ import annotations

import numpy as np

from queries.register.synthetic.choosing import quantile_days
from queries.register.synthetic.columns import Records
from queries.register.synthetic.time_axis import PROJECT_START, Bools, Ints

_MONTH_DAYS = 30.4


def wave(
    rng: np.random.Generator, number: int, last: int, scale_months: float, trickle: float
) -> Ints:
    """Return `number` days from the project's start to `last`, in random order.

    scale_months: the wave is highest then. trickle: how many a month come evenly beside it.
    """
    days = np.arange(last - PROJECT_START + 1)
    t = days / (_MONTH_DAYS * scale_months)
    shape = t * np.exp(-t)
    even = trickle / _MONTH_DAYS
    density = shape / shape.sum() * max(number - even * len(days), 0) + even
    return PROJECT_START + rng.permutation(quantile_days(density, number, rng.random()))


def in_two(rng: np.random.Generator, records: Records, chosen: Bools, other: Ints) -> Records:
    """Split chosen records into two that touch: one stay. The first is in kommune `other`.

    Both parts lie in the first half of the record, so that the later one decides from early on.
    """
    length = records.ended - records.referred
    split = chosen & (length > 20)
    share = rng.uniform(0.1, 0.5, len(length))
    middle = records.referred + np.floor(length * share).astype(np.int64)
    early = Records(records.person, other, records.group, records.referred, middle).take(split)
    start = np.where(split, middle + 1, records.referred)
    late = Records(records.person, records.kommune, records.group, start, records.ended)
    return Records.concat([early, late])
