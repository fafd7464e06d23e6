"""Episodes of activity as rows: offers and mentors that together cover exactly their days."""

from __future__ import annotations

import numpy as np

from queries.register.synthetic.choosing import chance, pick
from queries.register.synthetic.codes import (
    HELHED,
    NYTTEINDSATS,
    OFFENTLIG,
    OPKVALIFICERING,
    PRAKTIK,
    PRIVAT,
    SAMTALE,
    VEJLEDNING,
)
from queries.register.synthetic.columns import Mentors, Offers
from queries.register.synthetic.process import Episodes
from queries.register.synthetic.time_axis import NEVER, Ints

MIXED = {
    VEJLEDNING: 0.30,
    OPKVALIFICERING: 0.24,
    PRAKTIK: 0.33,
    NYTTEINDSATS: 0.07,
    PRIVAT: 0.03,
    OFFENTLIG: 0.03,
}
"""Active offers as they are used outside the company-oriented effort."""
PLACEMENTS = {PRAKTIK: 0.86, PRIVAT: 0.09, OFFENTLIG: 0.05}
_MENTOR_ALONE, _MENTOR_BESIDE = 0.14, 0.16  # about a third of the active have a mentor
_NOT_ACTIVE = 0.04  # conversations and assessments per person and year, roughly


def flat(episodes: Episodes) -> tuple[Ints, Ints, Ints]:
    """Return person, first and last day of every episode that exists."""
    person, k = np.nonzero(episodes.starts < NEVER)
    return person, episodes.starts[person, k], episodes.ends[person, k]


def offers_only(rng: np.random.Generator, episodes: Episodes, mix: dict[int, float]) -> Offers:
    """Return an offer for each episode; a long one is sometimes two touching offers."""
    person, starts, ends = flat(episodes)
    offers = Offers(person, pick(rng, len(person), mix), starts, ends)
    return _in_two(rng, offers, mix)


def offers_and_mentors(rng: np.random.Generator, episodes: Episodes) -> tuple[Offers, Mentors]:
    """Return mixed offers and mentors; together they cover each episode and nothing else."""
    person, starts, ends = flat(episodes)
    number = len(person)
    which = rng.random(number)
    mentor = which < _MENTOR_ALONE + _MENTOR_BESIDE
    offers = Offers(person, pick(rng, number, MIXED), starts, ends).take(which >= _MENTOR_ALONE)
    mentors = Mentors(person, starts, ends).take(mentor)
    return _in_two(rng, offers, MIXED), mentors


def beside(rng: np.random.Generator, offers: Offers) -> Offers:
    """Return a few more offers inside given ones, so that some overlap."""
    chosen = offers.take(chance(rng, len(offers.person), 0.06))
    length = chosen.ends - chosen.starts
    number = len(chosen.person)
    starts = chosen.starts + np.floor(length * rng.random(number) * 0.5).astype(np.int64)
    ends = chosen.ends - np.floor(length * rng.random(number) * 0.4).astype(np.int64)
    return Offers(chosen.person, pick(rng, number, MIXED), starts, np.maximum(starts, ends))


def not_active(rng: np.random.Generator, person: Ints, begins: Ints, ends: Ints) -> Offers:
    """Return conversations and assessments: listed in the register, but no active offers."""
    number = rng.poisson(_NOT_ACTIVE * np.clip(ends - begins, 0, 3000) / 365)
    rows = np.repeat(np.arange(len(person)), number)
    starts = begins[rows] + np.floor((ends - begins)[rows] * rng.random(len(rows))).astype(np.int64)
    kind = pick(rng, len(rows), {SAMTALE: 0.8, HELHED: 0.2})
    return Offers(person[rows], kind, starts, starts + rng.integers(0, 30, len(rows)))


def _in_two(rng: np.random.Generator, offers: Offers, mix: dict[int, float]) -> Offers:
    length = offers.ends - offers.starts
    split = (length > 90) & chance(rng, len(length), 0.2)
    middle = offers.starts + length // 2
    early = Offers(offers.person, offers.kind, offers.starts, np.where(split, middle, offers.ends))
    kind = pick(rng, int(split.sum()), mix)
    late = Offers(offers.person[split], kind, middle[split] + 1, offers.ends[split])
    return Offers.concat([early, late])
