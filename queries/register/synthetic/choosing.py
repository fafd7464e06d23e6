"""Exact draws: whole numbers that sum up, ranks within groups, thresholds with a given count."""

from __future__ import annotations

import numpy as np

from queries.register.synthetic.time_axis import Bools, Floats, Ints


def apportion(total: int, weights: Floats, least: Ints | int = 0) -> Ints:
    """Return whole numbers near `weights` in proportion, at least `least`, that sum to `total`."""
    floor = np.broadcast_to(np.asarray(least, np.int64), weights.shape)
    rest = total - int(floor.sum())
    if rest < 0:
        raise ValueError(f"{total} is too little for {len(weights)} parts")
    exact = np.maximum(weights / weights.sum() * total - floor, 0.0)
    exact = exact / exact.sum() * rest if exact.sum() > 0 else exact
    whole = np.floor(exact).astype(np.int64)
    short = rest - int(whole.sum())
    order = np.argsort(whole - exact, kind="stable")
    whole[order[:short]] += 1
    found: Ints = floor + whole
    return found


def draw_with_sum(rng: np.random.Generator, choices: list[Ints], total: int) -> list[int] | None:
    """Draw one value from each of `choices` so that they sum to `total`; None if impossible.

    Every combination that fits is equally likely: the ways to finish are counted backwards.
    """
    ways = [np.zeros(total + 1)]
    ways[0][total] = 1.0  # ways[i][s]: ways to choose the last i, given the sum s so far
    for values in reversed(choices):
        after = ways[-1]
        before = np.zeros(total + 1)
        for value in values.tolist():
            if value <= total:
                before[: total + 1 - value] += after[value:]
        ways.append(before / (before.max() or 1.0))
    drawn: list[int] = []
    so_far = 0
    if ways[-1][0] == 0:
        return None
    for values, after in zip(choices, reversed(ways[:-1]), strict=True):
        fits = values[values <= total - so_far]
        weights = after[so_far + fits]
        drawn.append(int(rng.choice(fits, p=weights / weights.sum())))
        so_far += drawn[-1]
    return drawn


def rank_within(group: Ints, key: Floats) -> Ints:
    """Return each element's place, from 0, within its group by rising key."""
    order = np.lexsort((key, group))
    ordered = group[order]
    starts = np.r_[True, ordered[1:] != ordered[:-1]]
    first = np.maximum.accumulate(np.where(starts, np.arange(len(group)), 0))
    place = np.empty(len(group), np.int64)
    place[order] = np.arange(len(group)) - first
    return place


def threshold(values: Floats, count: int) -> float:
    """Return a number that exactly `count` of the values are below, between two of them."""
    ordered = np.sort(values)
    if not 0 < count < len(ordered):
        raise ValueError(f"{count} of {len(ordered)} values")
    below, above = float(ordered[count - 1]), float(ordered[count])
    return (below + above) / 2 if np.isfinite(above) else below * 1.01


def quantile_days(density: Floats, number: int, shift: float) -> Ints:
    """Return `number` indices spread evenly over a density: the same share lies before each.

    shift: where the first stands, in 0..1 of one share.
    """
    cumulative = np.cumsum(density)
    points = (np.arange(number) + shift) / max(number, 1) * cumulative[-1]
    places: Ints = np.searchsorted(cumulative, points, side="right").astype(np.int64)
    return places


def pick(rng: np.random.Generator, number: int, options: dict[int, float]) -> Ints:
    """Return so many independent draws from options with their probabilities."""
    chances = np.array(list(options.values()))
    return rng.choice(np.array(list(options), np.int64), number, p=chances / chances.sum())


def chance(rng: np.random.Generator, number: int, share: float) -> Bools:
    """Return so many independent coins."""
    coins: Bools = rng.random(number) < share
    return coins
