"""Ranks as ranges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.statistics.ranks import holm, pair_chances, rank_ranges
from tests.oracles import statistics as oracle
from tests.queries.statistics import made

several = st.lists(made.numbers(most=300, widest=6), min_size=1, max_size=7)


def columns(areas: list[made.Numbers]) -> list[np.ndarray[tuple[int], np.dtype[np.float64]]]:
    return [np.array(column, float) for column in zip(*areas, strict=True)]


def ranges(areas: list[made.Numbers]) -> list[tuple[int, int]]:
    best, worst = rank_ranges(*columns(areas))
    return list(zip(best.tolist(), worst.tolist(), strict=True))


@given(several)
@settings(max_examples=60, deadline=None)
def test_the_worst_denominators_are_the_ends(areas: list[made.Numbers]) -> None:
    found = pair_chances(*columns(areas))
    for i, first in enumerate(areas):
        for j, second in enumerate(areas):
            if i != j:
                expected = oracle.pair_chance(first, second)
                assert found[i, j] == pytest.approx(expected, rel=1e-9, abs=1e-15)


@given(several)
@settings(max_examples=60, deadline=None)
def test_ranges_are_those_of_plain_loops(areas: list[made.Numbers]) -> None:
    assert ranges(areas) == oracle.rank_ranges(areas)


@given(several)
@settings(max_examples=60, deadline=None)
def test_a_range_holds_the_rank_of_every_denominator(areas: list[made.Numbers]) -> None:
    for i, (best, worst) in enumerate(ranges(areas)):
        shares = [x / low for x, low, _ in areas], [x / high for x, _, high in areas]
        surely_above = sum(share > shares[0][i] for share in shares[1])
        surely_below = sum(share < shares[1][i] for share in shares[0])
        assert best <= 1 + surely_above
        assert worst >= len(areas) - surely_below


def test_noise_leaves_every_rank_open_and_clear_gaps_none() -> None:
    assert ranges([(20, 100, 100), (22, 100, 100), (24, 100, 100)]) == [(1, 3)] * 3
    assert ranges([(100, 1000, 1000), (300, 1000, 1000), (500, 1000, 1000)]) == [
        (3, 3),
        (2, 2),
        (1, 1),
    ]


def test_nobody_and_everybody_are_alike_among_themselves() -> None:
    assert ranges([(0, 5, 5), (0, 9, 9)]) == [(1, 2), (1, 2)]
    assert ranges([(5, 5, 5), (9, 9, 9)]) == [(1, 2), (1, 2)]
    assert ranges([(7, 9, 9)]) == [(1, 1)]


def test_an_areas_true_rank_is_held() -> None:
    """Of 40 equal areas every clear difference is false; an area has none 95 pct. of the time."""
    rng = np.random.default_rng(98)
    false = 0
    for _ in range(400):
        people = rng.integers(30, 400, 40).astype(float)
        count = rng.binomial(people.astype(int), 0.21).astype(float)
        best, worst = rank_ranges(count, people, people)
        false += int(((best > 1) | (worst < 40)).sum())
    assert false / (400 * 40) <= 0.05


@given(st.lists(st.floats(0, 1), max_size=20))
@settings(deadline=None)
def test_holm_is_that_of_plain_loops(chances: list[float]) -> None:
    assert holm(np.array(chances, float)).tolist() == pytest.approx(oracle.holm(chances))
