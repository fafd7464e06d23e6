"""Everyone else: people who come and go between the other benefits, with some offers."""

from __future__ import annotations

import numpy as np

from queries.register.synthetic import codes, histories
from queries.register.synthetic.activity_rows import not_active, offers_and_mentors
from queries.register.synthetic.choosing import chance, pick
from queries.register.synthetic.columns import (
    Mentors,
    Offers,
    People,
    Spells,
    cut,
    no_hours,
    no_records,
)
from queries.register.synthetic.passive_plan import PassivePlan
from queries.register.synthetic.process import Process
from queries.register.synthetic.time_axis import AS_OF, NEVER, Floats, Ints, monday, week

PEOPLE = 126_000
_FROM = week(2004, 1, 5)
_UNTIL = week(2019, 12, 23)
_SPELLS = 9
_FIRST = {
    codes.DAGPENGE: 0.30,
    codes.SYGEDAGPENGE: 0.24,
    codes.KONTANTHJAELP: 0.26,
    codes.UDDANNELSESHJAELP: 0.10,
    codes.INTEGRATIONSYDELSE: 0.04,
    codes.SU: 0.07,
    codes.BARSEL: 0.07,
}
_NEXT = {
    codes.DAGPENGE: 0.22,
    codes.SYGEDAGPENGE: 0.24,
    codes.JOBAFKLARING: 0.06,
    codes.KONTANTHJAELP: 0.24,
    codes.UDDANNELSESHJAELP: 0.07,
    codes.INTEGRATIONSYDELSE: 0.03,
    codes.LEDIGHEDSYDELSE: 0.04,
    codes.FLEKSJOB: 0.05,
    codes.FOERTIDSPENSION: 0.03,
    codes.SU: 0.03,
    codes.BARSEL: 0.04,
    codes.EFTERLOEN: 0.02,
}


def background(rng: np.random.Generator, plan: PassivePlan) -> People:
    """Return persons who are never in ressourceforløb nor in Flere skal med."""
    weights = plan.people / plan.people.sum()
    home = rng.choice(plan.kommuner, PEOPLE, p=weights)
    spells = _chain(rng, plan, home, weights)
    first = np.full(PEOPLE, NEVER, np.int64)
    last = np.zeros(PEOPLE, np.int64)
    np.minimum.at(first, spells.person, spells.first)
    np.maximum.at(last, spells.person, spells.last)
    begins, ends = monday(first), np.minimum(monday(last) + 6, AS_OF)
    process = Process(
        begins=np.maximum(begins, monday(np.full(PEOPLE, week(2012, 1, 2)))).astype(np.float64),
        ends=ends.astype(np.float64),
        before=rng.gamma(1.5, 0.06, PEOPLE),
        after=np.zeros(PEOPLE),
        changes=np.full(PEOPLE, float(NEVER)),
        growth=np.zeros(PEOPLE),
        centre=np.zeros(PEOPLE),
        mean_days=np.full(PEOPLE, 90.0),
    )
    offers, mentors = offers_and_mentors(rng, process.run(process.draw(rng, 14)))
    others = not_active(rng, np.arange(PEOPLE), begins, ends)
    return People(
        PEOPLE,
        spells,
        Offers.concat([offers, others]).begun(),
        Mentors.concat([mentors]).begun(),
        no_records(),
        no_hours(),
    )


def _chain(rng: np.random.Generator, plan: PassivePlan, home: Ints, weights: Floats) -> Spells:
    """Return one to five spells after each other, with gaps of every length, and a few moves."""
    person, kommune = np.arange(PEOPLE), home
    first = rng.integers(_FROM, _UNTIL, PEOPLE)
    parts = []
    for k in range(_SPELLS):
        benefit = histories.existing(pick(rng, len(person), _NEXT if k else _FIRST), first)
        last = first + histories.lengths(rng, benefit) - 1
        variant = rng.integers(0, 2, len(person))
        parts.append(Spells(person, kommune, benefit, variant, first, last))
        stays = chance(rng, len(person), 0.85) & (benefit != codes.FOERTIDSPENSION)
        stays &= last < _UNTIL
        person, kommune, last = person[stays], kommune[stays], last[stays]
        moves = chance(rng, len(person), 0.05)
        kommune = np.where(moves, rng.choice(plan.kommuner, len(person), p=weights), kommune)
        touching, short = chance(rng, len(person), 0.45), chance(rng, len(person), 0.35)
        gap = np.where(short, rng.integers(1, 5, len(person)), rng.integers(5, 90, len(person)))
        first = last + 1 + np.where(touching, 0, gap)
    spells = Spells.concat(parts).begun()
    split = np.where(chance(rng, PEOPLE, 0.15), rng.integers(_FROM, _UNTIL, PEOPLE), 0)
    zero = np.zeros(PEOPLE, np.int64)
    return cut(spells, split, zero, chance(rng, PEOPLE, 0.3))
