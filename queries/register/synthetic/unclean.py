"""A few rows as registers have them: repeated, impossible, in the future or unknown.

Cleaning drops or repairs each of them, and no published number notices.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from queries.register.synthetic import codes
from queries.register.synthetic.columns import Hours, Mentors, Offers, People, Records, Spells
from queries.register.synthetic.time_axis import AS_OF, AS_OF_WEEK, Bools, Ints, month_of

UNKNOWN_KOMMUNE = 999
UNLISTED = 99
"""Stands for the unlisted benefit, offer type or group until the frames are made."""
_EACH = 12
_HARMLESS = (codes.SYGEDAGPENGE, codes.DAGPENGE, codes.FLEKSJOB)


def with_unclean_rows(rng: np.random.Generator, people: People) -> People:
    """Return the people with a dozen rows of each kind added or spoiled."""
    in_project = np.zeros(people.number, np.bool_)
    in_project[people.records.person] = True
    return replace(
        people,
        spells=_spells(rng, people.spells, in_project),
        offers=_offers(rng, people.offers),
        mentors=_mentors(rng, people.mentors),
        records=_records(rng, people.records),
        hours=_hours(rng, people.hours),
    )


def _some(rng: np.random.Generator, possible: Bools) -> Ints:
    return np.sort(rng.choice(np.flatnonzero(possible), _EACH, replace=False))


def _spells(rng: np.random.Generator, spells: Spells, in_project: Bools) -> Spells:
    everyone = np.ones(len(spells.person), np.bool_)
    harmless = np.isin(spells.benefit, _HARMLESS) & ~in_project[spells.person]
    spoiled = rng.permutation(_some_of(rng, harmless, 2 * _EACH))
    kommune, benefit = spells.kommune.copy(), spells.benefit.copy()
    kommune[spoiled[:_EACH]] = UNKNOWN_KOMMUNE
    benefit[spoiled[_EACH:]] = UNLISTED
    spells = replace(spells, kommune=kommune, benefit=benefit)
    repeated = spells.take(_some(rng, everyone))
    backwards = spells.take(_some(rng, everyone))
    backwards = replace(backwards, last=backwards.first - 1 - rng.integers(0, 9, _EACH))
    future = spells.take(_some(rng, harmless))
    first = AS_OF_WEEK + rng.integers(1, 20, _EACH)
    future = replace(future, first=first, last=first + rng.integers(0, 20, _EACH))
    return Spells.concat([spells, repeated, backwards, future])


def _some_of(rng: np.random.Generator, possible: Bools, number: int) -> Ints:
    return rng.choice(np.flatnonzero(possible), number, replace=False)


def _offers(rng: np.random.Generator, offers: Offers) -> Offers:
    everyone = np.ones(len(offers.person), np.bool_)
    kind = offers.kind.copy()
    kind[_some(rng, offers.kind >= codes.HELHED)] = UNLISTED
    offers = replace(offers, kind=kind)
    repeated = offers.take(_some(rng, everyone))
    backwards = offers.take(_some(rng, everyone))
    backwards = replace(backwards, ends=backwards.starts - 1 - rng.integers(0, 30, _EACH))
    future = offers.take(_some(rng, everyone))
    starts = AS_OF + rng.integers(1, 90, _EACH)
    future = replace(future, starts=starts, ends=starts + 60)
    return Offers.concat([offers, repeated, backwards, future])


def _mentors(rng: np.random.Generator, mentors: Mentors) -> Mentors:
    everyone = np.ones(len(mentors.person), np.bool_)
    repeated = mentors.take(_some(rng, everyone))
    backwards = mentors.take(_some(rng, everyone))
    backwards = replace(backwards, ends=backwards.starts - 1 - rng.integers(0, 30, _EACH))
    return Mentors.concat([mentors, repeated, backwards])


def _records(rng: np.random.Generator, records: Records) -> Records:
    everyone = np.ones(len(records.person), np.bool_)
    repeated = records.take(_some(rng, everyone))
    backwards = records.take(_some(rng, everyone))
    backwards = replace(backwards, ended=backwards.referred - 1 - rng.integers(0, 30, _EACH))
    unlisted = records.take(_some(rng, everyone))
    unlisted = replace(unlisted, group=np.full(_EACH, UNLISTED))
    future = records.take(_some(rng, everyone))
    referred = AS_OF + rng.integers(1, 90, _EACH)
    future = replace(future, referred=referred, ended=referred + 60)
    return Records.concat([records, repeated, backwards, unlisted, future])


def _hours(rng: np.random.Generator, hours: Hours) -> Hours:
    everyone = np.ones(len(hours.person), np.bool_)
    negative = hours.take(_some(rng, everyone))
    negative = replace(negative, hours=-negative.hours)
    future = hours.take(_some(rng, everyone))
    month = int(month_of(np.array([AS_OF]))[0]) + rng.integers(1, 6, _EACH)
    return Hours.concat([hours, negative, replace(future, month=month)])
