"""The statistics again, slow and plain: fractions, brute force, loops over every denominator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from statistics import NormalDist, mean, median

NORMAL = NormalDist()
Area = tuple[int, int, int]
"""Numerator, lowest and highest denominator."""


def mass(count: int, people: int, share: Fraction) -> Fraction:
    return math.comb(people, count) * share**count * (1 - share) ** (people - count)


def at_most(count: int, people: int, share: Fraction) -> Fraction:
    return sum((mass(k, people, share) for k in range(count + 1)), Fraction(0))


def at_least(count: int, people: int, share: Fraction) -> Fraction:
    return 1 - at_most(count - 1, people, share)


def is_over(count: int, people: int, share: Fraction, tail: Fraction) -> bool:
    """Whether so many people or more is less likely than `tail`."""
    return at_least(count, people, share) < tail


def is_under(count: int, people: int, share: Fraction, tail: Fraction) -> bool:
    return at_most(count, people, share) < tail


def verdict(area: Area, shares: Sequence[Fraction], tail: Fraction) -> str:
    """The word for an area, over each of its denominators and each of the country's shares."""
    count, low, high = area
    cases = [(people, share) for people in range(low, high + 1) for share in shares]
    if all(is_over(count, people, share, tail) for people, share in cases):
        return "over"
    if all(is_under(count, people, share, tail) for people, share in cases):
        return "under"
    return "alike"


def chance(area: Area, shares: Sequence[Fraction]) -> Fraction:
    """The two-sided chance of so extreme a count, where each direction is at its likeliest."""
    count, low, high = area
    cases = [(people, share) for people in range(low, high + 1) for share in shares]
    most = max(at_most(count, people, share) for people, share in cases)
    least = max(at_least(count, people, share) for people, share in cases)
    return min(Fraction(1), 2 * min(most, least))


def lower_limit(people: int, share: Fraction, tail: Fraction) -> Fraction:
    """Spiegelhalter's r - alpha, by walking up the distribution function."""
    below = Fraction(0)
    for count in range(people + 1):
        reached = below + mass(count, people, share)
        if reached > tail:
            return count - (reached - tail) / (reached - below)
        below = reached
    raise AssertionError("a distribution function ends at 1")


def wilson_by_halving(count: int, people: int, z: float) -> tuple[float, float]:
    """The shares whose score test the count just passes, found by halving."""

    def passes(share: float) -> bool:
        return abs(count / people - share) <= z * math.sqrt(share * (1 - share) / people)

    def edge(inside: float, outside: float) -> float:
        for _ in range(200):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if passes(middle) else (inside, middle)
        return inside

    return edge(count / people, 0.0), edge(count / people, 1.0)


def pair_chance(first: Area, second: Area) -> float:
    """Largest chance, over all denominators, of the first lying so far above the second."""
    found = 0.0
    for n in range(first[1], first[2] + 1):
        for m in range(second[1], second[2] + 1):
            apart = first[0] / n - second[0] / m - (1 / n + 1 / m) / 2
            joint = (first[0] + second[0]) / (n + m)
            error = math.sqrt(joint * (1 - joint) * (1 / n + 1 / m))
            found = max(found, 1.0 if apart <= 0 else 2 * NORMAL.cdf(-apart / error))
    return found


def holm(chances: Sequence[float]) -> list[float]:
    order = sorted(range(len(chances)), key=lambda i: chances[i])
    adjusted, highest = [0.0] * len(chances), 0.0
    for step, index in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - step) * chances[index]))
        adjusted[index] = highest
    return adjusted


def benjamini_hochberg(chances: Sequence[float]) -> list[float]:
    total = len(chances)
    ranks = {i: sum(other <= chances[i] for other in chances) for i in range(total)}
    return [
        min(1.0, *(total * chances[j] / ranks[j] for j in range(total) if chances[j] >= chances[i]))
        for i in range(total)
    ]


def rank_ranges(areas: Sequence[Area], risk: float = 0.05) -> list[tuple[int, int]]:
    found = []
    for i, area in enumerate(areas):
        others = [other for j, other in enumerate(areas) if j != i]
        both = [(pair_chance(other, area), pair_chance(area, other)) for other in others]
        adjusted = holm([min(pair) for pair in both])
        above = sum(
            value <= risk and over < under
            for value, (over, under) in zip(adjusted, both, strict=True)
        )
        below = sum(
            value <= risk and under < over
            for value, (over, under) in zip(adjusted, both, strict=True)
        )
        found.append((1 + above, len(areas) - below))
    return found


def fewer(count: int, people: int, share: Fraction) -> int:
    """How many people fewer bring the area to the share; negative: more. By trying."""
    change = 0
    if Fraction(count, people) > share:
        while Fraction(count - change, people) > share:
            change += 1
    else:
        while Fraction(count - change, people) < share:
            change -= 1
    return change


def sen_slope(at: Sequence[float], value: Sequence[float]) -> float:
    pairs = combinations(range(len(at)), 2)
    return median((value[j] - value[i]) / (at[j] - at[i]) for i, j in pairs)


def hamed_rao(value: Sequence[float]) -> tuple[float, float]:
    """Score over its deviation, and two-sided chance, of the test not used (see `trends`)."""
    n = len(value)
    score = sum((b > a) - (b < a) for a, b in combinations(value, 2))
    ties = [value.count(one) for one in set(value)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    slope = sen_slope(range(n), value)
    rest = [value[i] - slope * (i + 1) for i in range(n)]
    ranks = [sum(o < r for o in rest) + (rest.count(r) + 1) / 2 for r in rest]
    centred = [rank - mean(ranks) for rank in ranks]
    scale = sum(c * c for c in centred)
    bound, extra = NORMAL.inv_cdf(0.975) / math.sqrt(n), 0.0
    for lag in range(1, n):
        rho = sum(a * b for a, b in zip(centred[lag:], centred, strict=False)) / scale
        if abs(rho) > bound:
            extra += (n - lag) * (n - lag - 1) * (n - lag - 2) * rho
    variance *= 1 + 2 / (n * (n - 1) * (n - 2)) * extra
    if variance <= 0:
        return 0.0, 1.0
    z = (score - ((score > 0) - (score < 0))) / math.sqrt(variance)
    return z, 2 * NORMAL.cdf(-abs(z))
