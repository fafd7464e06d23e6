"""A person's activities over time: gaps and episodes in turn, at a rate that drifts slowly.

The published numbers are single months of such processes. They are met by choosing the rate so
that the month comes out right under given random draws; the one or two persons that remain are
drawn anew until they fit. So the months before and after follow the same smooth course.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from queries.register.synthetic.columns import Columns
from queries.register.synthetic.time_axis import NEVER, YEAR_DAYS, Bools, Floats, Ints

_BISECTIONS = 40
_MOST_REDRAWS = 2000


class Draws(NamedTuple):
    """Random numbers of n persons and k episodes: uniform [n], exponential and gamma [n, k]."""

    state: Floats
    gaps: Floats
    lengths: Floats


class Episodes(NamedTuple):
    """First and last day of each episode, [n, k]; an absent one begins at NEVER."""

    starts: Ints
    ends: Ints

    def overlap(self, first: int, last: int) -> Bools:
        """Return for each person whether any episode has a day in first..last."""
        inside: Bools = (self.starts <= last) & (self.ends >= first)
        return np.asarray(inside.any(axis=1))


class Redraw(NamedTuple):
    """Persons who shall have an episode in the days first..last, or none."""

    persons: Ints
    wanted: bool
    days: tuple[int, int]


@dataclass(frozen=True)
class Process(Columns):
    """Per person: when it runs, how often an episode begins, how long it lasts.

    begins, ends: days. before, after: beginnings a year before and after the day `changes`; the
    rate `after` grows by the factor exp(growth) a year and is as given on the day `centre`.
    mean_days: the average length of an episode.
    """

    begins: Floats
    ends: Floats
    before: Floats
    after: Floats
    changes: Floats
    growth: Floats
    centre: Floats
    mean_days: Floats

    def draw(self, rng: np.random.Generator, most: int) -> Draws:
        """Return fresh random numbers for at most so many episodes a person."""
        shape = (len(self.begins), most)
        lengths = rng.gamma(1.5, 1 / 1.5, shape)
        return Draws(rng.random(shape[0]), rng.exponential(1.0, shape), lengths)

    def scaled(self, scale: float) -> Process:
        """Return the process with the rates `after` multiplied."""
        return replace(self, after=self.after * scale)

    def run(self, draws: Draws) -> Episodes:
        """Return the episodes; what runs past `ends` is cut there."""
        now = self.begins.copy()
        busy = self._rate(now) * self.mean_days
        active = draws.state < busy / (1 + busy)
        starts = np.full(draws.gaps.shape, NEVER, np.int64)
        ends = np.full(draws.gaps.shape, NEVER - 1, np.int64)
        for k in range(draws.gaps.shape[1]):
            waited = self._next(now, draws.gaps[:, k])
            start = np.where(active, now, waited) if k == 0 else waited
            now = start + draws.lengths[:, k] * self.mean_days
            first = np.floor(np.minimum(start, NEVER - 2)) + 1
            last = np.minimum(np.maximum(np.floor(np.minimum(now, NEVER)), first), self.ends)
            there = first <= self.ends
            starts[:, k] = np.where(there, first, NEVER)
            ends[:, k] = np.where(there, last, NEVER - 1)
            if not there.any():
                break
        return Episodes(starts, ends)

    def _rate(self, now: Floats) -> Floats:
        grown = self.after * np.exp(self.growth * (now - self.centre) / YEAR_DAYS)
        rate: Floats = np.where(now < self.changes, self.before, grown) / YEAR_DAYS
        return rate

    def _next(self, now: Floats, waits: Floats) -> Floats:
        """Return when the summed rate since `now` reaches `waits` (exponential)."""
        before = np.maximum(self.before, 1e-9) / YEAR_DAYS
        after = np.maximum(self.after, 1e-9) / YEAR_DAYS
        used = np.maximum(self.changes - now, 0) * before
        left = np.maximum(waits - used, 0)
        origin = np.maximum(now, self.changes) - self.centre
        growth = np.where(np.abs(self.growth) < 1e-6, 1e-6, self.growth) / YEAR_DAYS
        inside = np.exp(growth * np.minimum(origin, NEVER)) + left * growth / after
        with np.errstate(divide="ignore", invalid="ignore"):
            later = np.where(inside > 0, np.log(inside) / growth, NEVER)
        reached: Floats = np.where(used >= waits, now + waits / before, self.centre + later)
        return np.minimum(reached, float(NEVER))


def run_to_target(
    rng: np.random.Generator,
    process: Process,
    most: int,
    *,
    groups: Ints,
    targets: tuple[int, ...],
    days: tuple[int, int],
) -> Episodes:
    """Return episodes of which exactly targets[g] persons of group g have one in `days`.

    most: episodes a person. groups: a number per person, -1 for those that do not count.
    """
    draws = process.draw(rng, most)
    counted = groups >= 0
    low, high = 0.02, 50.0
    for _ in range(_BISECTIONS):
        scale = float(np.sqrt(low * high))
        found = process.scaled(scale).run(draws).overlap(*days)
        low, high = (scale, high) if (found & counted).sum() < sum(targets) else (low, scale)
    process = process.scaled(high)
    episodes = process.run(draws)
    active = episodes.overlap(*days)
    for group, target in enumerate(targets):
        surplus = int((active & (groups == group)).sum()) - target
        if surplus:
            pool = np.flatnonzero((groups == group) & (active == (surplus > 0)))
            chosen = rng.choice(pool, abs(surplus), replace=False)
            part = Redraw(chosen, wanted=surplus < 0, days=days)
            _redraw(rng, process, most, episodes, part)
    return episodes


def _redraw(
    rng: np.random.Generator,
    process: Process,
    most: int,
    episodes: Episodes,
    redraw: Redraw,
) -> None:
    """Draw persons anew, in place, until each has the wanted status."""
    persons = redraw.persons
    for _ in range(_MOST_REDRAWS):
        part = process.take(persons)
        again = part.run(part.draw(rng, most))
        episodes.starts[persons], episodes.ends[persons] = again
        persons = persons[again.overlap(*redraw.days) != redraw.wanted]
        if not len(persons):
            return
    raise AssertionError(f"{len(persons)} persons never got the status {redraw.wanted}")
