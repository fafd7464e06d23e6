"""The benefits before and after the ones that matter: chains of spells forwards and backwards."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from queries.register.synthetic import codes
from queries.register.synthetic.choosing import chance, pick
from queries.register.synthetic.columns import Spells, cut
from queries.register.synthetic.time_axis import Ints, week

_UDDANNELSESHJAELP_FROM = week(2014, 1, 6)
_JOBAFKLARING_FROM = week(2014, 7, 7)
_INTEGRATION_FROM = week(2015, 9, 7)
_KONTANTHJAELP_CODE_CHANGES = (week(2014, 1, 6), week(2016, 12, 26))

BEFORE_RESSOURCEFORLOEB = {
    codes.KONTANTHJAELP: 0.50,
    codes.SYGEDAGPENGE: 0.17,
    codes.JOBAFKLARING: 0.13,
    codes.UDDANNELSESHJAELP: 0.14,
    codes.DAGPENGE: 0.06,
}
AFTER_RESSOURCEFORLOEB = {
    codes.FOERTIDSPENSION: 0.42,
    codes.LEDIGHEDSYDELSE: 0.22,
    codes.FLEKSJOB: 0.16,
    codes.KONTANTHJAELP: 0.06,
    codes.SYGEDAGPENGE: 0.02,
    codes.NO_BENEFIT: 0.12,
}
AFTER_GRUPPE_2 = {
    codes.FOERTIDSPENSION: 0.45,
    codes.LEDIGHEDSYDELSE: 0.20,
    codes.FLEKSJOB: 0.14,
    codes.RESSOURCEFORLOEB: 0.10,
    codes.SYGEDAGPENGE: 0.03,
    codes.NO_BENEFIT: 0.08,
}
AFTER_INDSATSGRUPPE = {
    codes.FLEKSJOB: 0.12,
    codes.LEDIGHEDSYDELSE: 0.12,
    codes.SYGEDAGPENGE: 0.10,
    codes.DAGPENGE: 0.16,
    codes.FOERTIDSPENSION: 0.10,
    codes.SU: 0.05,
    codes.BARSEL: 0.05,
    codes.EFTERLOEN: 0.05,
    codes.NO_BENEFIT: 0.25,
}


def existing(benefit: Ints, first: Ints) -> Ints:
    """Return the benefit that a spell begun in week `first` could have had: reforms came later."""
    late = np.where((benefit == codes.UDDANNELSESHJAELP) & (first < _UDDANNELSESHJAELP_FROM), 1, 0)
    late |= (benefit == codes.INTEGRATIONSYDELSE) & (first < _INTEGRATION_FROM)
    sick = (benefit == codes.JOBAFKLARING) & (first < _JOBAFKLARING_FROM)
    found = np.where(late == 1, codes.KONTANTHJAELP, benefit)
    return np.where(sick, codes.SYGEDAGPENGE, found)


def lengths(rng: np.random.Generator, benefit: Ints) -> Ints:
    """Draw how many weeks spells of each benefit last."""
    mean = codes.MEAN_WEEKS[benefit]
    return 2 + np.floor(rng.gamma(1.3, 1 / 1.3, len(benefit)) * mean).astype(np.int64)


def before(rng: np.random.Generator, kommune: Ints, first: Ints) -> Spells:
    """Return one to three spells before week `first` of each person (numbered in order)."""
    number = len(first)
    person = np.arange(number)
    parts = []
    upcoming = first
    for share in (0.93, 0.55, 0.35):
        person = person[chance(rng, len(person), share)]
        benefit = pick(rng, len(person), BEFORE_RESSOURCEFORLOEB)
        gap = np.where(chance(rng, len(person), 0.6), 0, rng.integers(1, 40, len(person)))
        last = upcoming[person] - 1 - gap
        begins = last - lengths(rng, benefit) + 1
        variant = rng.integers(0, 2, len(person))
        benefit = existing(benefit, begins)
        parts.append(Spells(person, kommune[person], benefit, variant, begins, last))
        upcoming = upcoming.copy()
        upcoming[person] = begins
    return Spells.concat(parts)


def after(
    rng: np.random.Generator, person: Ints, kommune: Ints, ended: Ints, options: dict[int, float]
) -> Spells:
    """Return what follows after week `ended`: a spell, and fleksjob after ledighedsydelse."""
    benefit = pick(rng, len(person), options)
    gap = np.where(chance(rng, len(person), 0.8), 0, rng.integers(1, 5, len(person)))
    first = ended + 1 + gap
    last = first + lengths(rng, np.maximum(benefit, 0)) - 1
    spells = Spells(person, kommune, benefit, rng.integers(0, 2, len(person)), first, last)
    spells = spells.take(benefit != codes.NO_BENEFIT)
    waited = spells.take(spells.benefit == codes.LEDIGHEDSYDELSE)
    follows = waited.last + 1
    fleksjob = np.full_like(follows, codes.FLEKSJOB)
    length = lengths(rng, fleksjob)
    then = replace(waited, benefit=fleksjob, first=follows, last=follows + length - 1)
    return Spells.concat([spells, then]).begun()


def long_kontanthjaelp(rng: np.random.Generator, kommune: Ints, last: Ints) -> tuple[Spells, Ints]:
    """Return the years in the kontanthjælp system up to week `last`, and the benefit at its end.

    Everyone has been there without a break of more than 4 weeks since before April 2012: more
    than five years before the project began. Some were moved to uddannelseshjælp in 2014, some to
    integrationsydelse in 2015-2016, each in a week of their own.
    """
    number = len(last)
    first = rng.integers(week(2002, 1, 7), week(2012, 3, 26), number)
    moved = pick(
        rng,
        number,
        {
            codes.KONTANTHJAELP: 0.82,
            codes.UDDANNELSESHJAELP: 0.10,
            codes.INTEGRATIONSYDELSE: 0.08,
        },
    )
    switch = np.select(
        [moved == codes.UDDANNELSESHJAELP, moved == codes.INTEGRATIONSYDELSE],
        [
            rng.integers(_UDDANNELSESHJAELP_FROM, _UDDANNELSESHJAELP_FROM + 26, number),
            rng.integers(_INTEGRATION_FROM, week(2016, 12, 26), number),
        ],
        last + 1,
    )
    person = np.arange(number)
    old = np.full(number, codes.KONTANTHJAELP)
    variant = rng.integers(0, 2, number)
    spells = Spells(person, kommune, old, variant, first, np.minimum(switch - 1, last))
    spells = Spells.concat([spells, Spells(person, kommune, moved, variant, switch, last)]).begun()
    for begins, ends in (
        (week(2012, 6, 4), week(2013, 12, 2)),
        (week(2015, 1, 5), week(2017, 5, 1)),
    ):
        at = rng.integers(begins, ends, number)
        interrupted = chance(rng, number, 0.22)
        gap = np.where(interrupted, rng.integers(1, 5, number), 0)
        # Without an interruption the cut leaves two touching spells; two thirds have no cut.
        at = np.where(interrupted | chance(rng, number, 0.15), at, 0)
        spells = cut(spells, at, gap, chance(rng, number, 0.5))
    return spells, moved
