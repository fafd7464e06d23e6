"""How often activities begin in each kommune, so that June 2017 comes out as table 1 says.

A person is passive when a gap between activities covers a whole year. With rate r, average length
m and everyone alike that share is exp(-r) / (1 + r·m); people differ, by a gamma factor, and more
so where many are passive. Rates drift over the years, at a pace of the kommune's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queries.register.synthetic.passive_plan import PassivePlan
from queries.register.synthetic.process import Episodes, Process
from queries.register.synthetic.time_axis import AS_OF, NEVER, YEAR_DAYS, Floats, Ints, day

CENTRE = day(2016, 12, 30)  # the middle of the year before the end of June 2017
MOST_EPISODES = 32
_SAMPLE = 1500


@dataclass(frozen=True)
class PassiveRates:
    """By kommune: beginnings a year, growth a year (log), length in years, shape of the factor."""

    rate: Floats
    growth: Floats
    length_years: Floats
    shape: Floats


def draw_rates(rng: np.random.Generator, plan: PassivePlan) -> PassiveRates:
    """Return the rates that give each kommune its share on average; the drift is drawn."""
    share = np.clip((plan.passive + 0.3) / (plan.people + 0.6), 0.002, 0.9)
    length = 0.33 + 0.5 * np.exp(-share / 0.08)
    shape = 2.0 + 0.4 / share
    factor = rng.gamma(shape[:, None], 1 / shape[:, None], (len(share), _SAMPLE))
    low, high = np.full(len(share), 1e-3), np.full(len(share), 60.0)
    for _ in range(30):
        rate = np.sqrt(low * high)
        own = rate[:, None] * factor
        passive = (np.exp(-own) / (1 + own * length[:, None])).mean(axis=1)
        low, high = np.where(passive > share, rate, low), np.where(passive > share, high, rate)
    growth = np.clip(rng.normal(0.11, 0.07, len(share)), -0.08, 0.30)
    return PassiveRates(np.sqrt(low * high), growth, length, shape)


def run_activity(
    rng: np.random.Generator, rates: PassiveRates, home: Ints, begins: Ints, ends: Ints
) -> Episodes:
    """Return the episodes of persons by place of their kommune, from day `begins` to `ends`."""
    number = len(home)
    shape = rates.shape[home]
    own = rates.rate[home] * rng.gamma(shape, 1 / shape)
    process = Process(
        begins=begins.astype(np.float64),
        ends=np.minimum(ends, AS_OF + 400).astype(np.float64),
        before=own,
        after=own,
        changes=np.full(number, -float(NEVER)),
        growth=rates.growth[home],
        centre=np.full(number, float(CENTRE)),
        mean_days=rates.length_years[home] * YEAR_DAYS,
    )
    return process.run(process.draw(rng, MOST_EPISODES))
