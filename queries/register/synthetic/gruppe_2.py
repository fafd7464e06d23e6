"""Persons referred to gruppe 2 by the end of 2018: how long they wait, and what comes after.

Each kommune has a pace at which people change benefit, found so that exactly as many of the early
ones as planned are still on the three benefits in December 2018.
"""

from __future__ import annotations

import numpy as np

from queries.register.synthetic import codes, histories
from queries.register.synthetic.activity_rows import (
    MIXED,
    beside,
    not_active,
    offers_and_mentors,
    offers_only,
)
from queries.register.synthetic.choosing import chance, quantile_days, threshold
from queries.register.synthetic.columns import (
    Mentors,
    Offers,
    People,
    Records,
    Spells,
    no_hours,
)
from queries.register.synthetic.passive_plan import PassivePlan
from queries.register.synthetic.passive_rates import PassiveRates, run_activity
from queries.register.synthetic.process import Process, run_to_target
from queries.register.synthetic.project_plan import ProjectPlan
from queries.register.synthetic.referrals import in_two, wave
from queries.register.synthetic.time_axis import (
    AS_OF,
    DECEMBER_2018,
    DECEMBER_2018_WEEKS,
    PROJECT_END,
    PROJECT_START,
    Floats,
    Ints,
    day,
    monday,
    month_end,
    week_of,
)

EARLY_UNTIL = day(2018, 3, 30)  # nine months later is before the last day of December 2018
_DELAY = 42  # nobody changes benefit in the first six weeks
_OFFER_RUNS_ON = 35  # an offer does not end on the day the benefit changes
_DECIDES = int(monday(np.array([DECEMBER_2018_WEEKS[0]]))[0])  # changed before: not in December
_ACTIVITY_FROM = day(2014, 1, 1)


def gruppe_2(
    rng: np.random.Generator, plan: ProjectPlan, passive: PassivePlan, rates: PassiveRates
) -> People:
    """Return the persons with every benefit, offer and record."""
    kommune, referred, changes = _waiting(rng, plan)
    number = len(kommune)
    last = week_of(changes)
    spells, benefit = histories.long_kontanthjaelp(rng, kommune, last)
    changed = np.flatnonzero(changes <= AS_OF)
    later = histories.after(rng, changed, kommune[changed], last[changed], histories.AFTER_GRUPPE_2)
    offers = _offers(rng, plan, referred, changes, benefit)
    new_offers, new_mentors = _in_ressourceforloeb(rng, passive, rates, later)
    person = np.arange(number)
    begins = np.full(number, _ACTIVITY_FROM)
    others = not_active(rng, person, begins, np.minimum(changes, AS_OF))
    return People(
        number,
        Spells.concat([spells, later]).begun(),
        Offers.concat([offers, new_offers, beside(rng, new_offers), others]).begun(),
        Mentors.concat([_mentors(rng, referred, changes), new_mentors]).begun(),
        _records(rng, plan, kommune, referred, changes),
        no_hours(),
    )


def _waiting(rng: np.random.Generator, plan: ProjectPlan) -> tuple[Ints, Ints, Ints]:
    """Return kommune, day of referral and day of changing benefit."""
    places = np.arange(len(plan.kommuner))
    early_home = np.repeat(places, plan.early)
    trickle = 1.45 * plan.late.sum() / 9  # as `_late` begins
    early = wave(rng, len(early_home), EARLY_UNTIL, 1.05, trickle)
    waits = rng.exponential(1.0, len(early_home))
    exposed = (_DECIDES - early - _DELAY) / waits
    pace = np.array(
        [
            1 / threshold(exposed[early_home == k], int(still))
            for k, still in zip(places, plan.early_still, strict=True)
        ]
    )
    late_home, late, late_changes = _late(rng, plan, pace)
    home = np.r_[early_home, late_home]
    early_changes = early + _DELAY + np.floor(waits / pace[early_home]).astype(np.int64)
    return plan.kommuner[home], np.r_[early, late], np.r_[early_changes, late_changes]


def _late(rng: np.random.Generator, plan: ProjectPlan, pace: Floats) -> tuple[Ints, Ints, Ints]:
    """Return place of kommune, referral and change of those referred later: each as planned."""
    places = np.arange(len(plan.kommuner))
    still = np.repeat(places, plan.late_still)
    gone = np.repeat(places, plan.late - plan.late_still)
    number = len(still) + len(gone)
    days = np.arange(EARLY_UNTIL + 1, DECEMBER_2018[1] + 1)
    fading = 1 - 0.65 * np.arange(len(days)) / len(days)
    referred = days[quantile_days(fading, number, 0.5)]
    exposed = np.maximum(_DECIDES - referred - _DELAY, 0)
    left = 1 - np.exp(-pace.mean() * exposed)
    chosen = rng.choice(number, len(gone), replace=False, p=left / left.sum())
    staying = np.setdiff1d(np.arange(number), chosen)
    home = np.empty(number, np.int64)
    home[chosen], home[staying] = rng.permutation(gone), rng.permutation(still)
    # Waiting times given on which side of December they fall.
    uniform, rate = rng.random(number), pace[home]
    within = -np.log1p(-uniform * -np.expm1(-rate * exposed)) / rate
    beyond = exposed - np.log1p(-uniform) / rate
    waited = np.where(np.isin(np.arange(number), chosen), within, beyond)
    return home, referred, referred + _DELAY + np.floor(waited).astype(np.int64)


def _offers(
    rng: np.random.Generator, plan: ProjectPlan, referred: Ints, changes: Ints, benefit: Ints
) -> Offers:
    """Return offers until the change of benefit; in December 2018 as many lack one as planned."""
    number = len(referred)
    still = changes >= _DECIDES
    on_kontanthjaelp = benefit == codes.KONTANTHJAELP
    groups = np.where(still, np.where(on_kontanthjaelp, 0, 1), -1)
    sizes = [int((groups == g).sum()) for g in (0, 1)]
    with_offer = tuple(
        size - round(size * pct / 100)
        for size, pct in zip(sizes, plan.without_offer_pct, strict=True)
    )
    process = Process(
        begins=np.full(number, float(_ACTIVITY_FROM)),
        ends=np.minimum(changes + _OFFER_RUNS_ON, AS_OF + 400).astype(np.float64),
        before=np.full(number, 0.5),
        after=rng.gamma(3.0, 0.5, number),
        changes=referred.astype(np.float64),
        growth=np.full(number, 0.25),
        centre=np.full(number, float(DECEMBER_2018[1])),
        mean_days=np.full(number, 105.0),
    )
    episodes = run_to_target(
        rng, process, 20, groups=groups, targets=with_offer, days=DECEMBER_2018
    )
    return offers_only(rng, episodes, MIXED)


def _mentors(rng: np.random.Generator, referred: Ints, changes: Ints) -> Mentors:
    """Return mentor support: a third have one for some months, in the project or before."""
    person = np.flatnonzero(chance(rng, len(referred), 0.35))
    starts = referred[person] + rng.integers(-500, 200, len(person))
    ends = starts + rng.integers(40, 300, len(person))
    return Mentors(person, starts, np.minimum(ends, changes[person]))


def _in_ressourceforloeb(
    rng: np.random.Generator, passive: PassivePlan, rates: PassiveRates, later: Spells
) -> tuple[Offers, Mentors]:
    """Return activity of those who went to ressourceforløb, as usual in their kommune."""
    spells = later.take(later.benefit == codes.RESSOURCEFORLOEB)
    home = np.searchsorted(passive.kommuner, spells.kommune)
    # Not in the month of the change: there the offers of gruppe 2 decide.
    begins = month_end(monday(spells.first)) + 1
    episodes = run_activity(rng, rates, home, begins, monday(spells.last) + 6)
    offers, mentors = offers_and_mentors(rng, episodes)
    return (
        Offers(spells.person[offers.person], offers.kind, offers.starts, offers.ends),
        Mentors(spells.person[mentors.person], mentors.starts, mentors.ends),
    )


def _records(
    rng: np.random.Generator, plan: ProjectPlan, kommune: Ints, referred: Ints, changes: Ints
) -> Records:
    """Return records in gruppe 2, and the indsatsgruppe that some came from.

    A record is closed when the month is over in which the benefit changed, or later.
    """
    number = len(kommune)
    person = np.arange(number)
    lag = np.where(chance(rng, number, 0.5), 0, np.floor(rng.exponential(40.0, number)))
    ended = month_end(monday(week_of(changes)) + 6) + lag.astype(np.int64)
    ended = np.minimum(ended, PROJECT_END)
    group = np.full(number, codes.GRUPPE_2)
    records = Records(person, kommune, group, referred, ended)
    split = chance(rng, number, 0.03) & (referred < EARLY_UNTIL)
    moved = chance(rng, number, 0.4) & ~np.isin(kommune, plan.kommuner[plan.early_still < 3])
    large = rng.choice(plan.kommuner, number, p=plan.size / plan.size.sum())
    records = in_two(rng, records, split, np.where(moved, large, kommune))
    from_effort = (referred > EARLY_UNTIL) | (
        (referred > day(2017, 11, 1)) & chance(rng, number, 0.15)
    )
    came = np.flatnonzero(from_effort)
    room = np.maximum(referred[came] - 30 - PROJECT_START, 1)
    before = PROJECT_START + np.floor(rng.random(len(came)) * room).astype(np.int64)
    overlaps = np.where(chance(rng, len(came), 0.3), rng.integers(0, 21, len(came)), -1)
    until = np.minimum(referred[came] + overlaps, ended[came])
    effort = np.full(len(came), codes.INDSATSGRUPPE)
    return Records.concat([records, Records(came, kommune[came], effort, before, until)])
