"""Funnel limits: exact, smooth, and the same as the verdicts."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.statistics.limits import TAILS, funnel, limits, lower_count
from tests.oracles import statistics as oracle

shares = st.integers(1, 99)


@given(st.integers(1, 80), shares, st.sampled_from([Fraction(1, 40), Fraction(1, 1000)]))
@settings(max_examples=50, deadline=None)
def test_the_lower_limit_is_spiegelhalters(people: int, pct: int, tail: Fraction) -> None:
    expected = oracle.lower_limit(people, Fraction(pct, 100), tail)
    found = lower_count(people, pct / 100, float(tail))
    assert float(found) == pytest.approx(float(expected), abs=1e-6)


@given(st.integers(1, 60), shares)
@settings(max_examples=50, deadline=None)
def test_outside_a_limit_is_what_chance_seldom_does(people: int, pct: int) -> None:
    found = limits([people], pct, pct)
    share = Fraction(pct, 100)
    for name, tail in TAILS.items():
        exact = Fraction(str(tail))
        for count in range(people + 1):
            is_over = 100 * count / people > found[f"high_{name}"][0]
            is_under = 100 * count / people < found[f"low_{name}"][0]
            assert is_over == oracle.is_over(count, people, share, exact)
            assert is_under == oracle.is_under(count, people, share, exact)


@given(st.integers(1, 400), shares)
@settings(max_examples=50, deadline=None)
def test_limits_enclose_the_share_and_each_other(people: int, pct: int) -> None:
    found = {name: float(values[0]) for name, values in limits([people], pct, pct).items()}
    assert 0 <= found["low_998"] <= found["low_95"] <= pct
    assert pct <= found["high_95"] <= found["high_998"] <= 100


@given(st.integers(1, 400), shares)
@settings(max_examples=50, deadline=None)
def test_a_higher_share_without_is_a_lower_share_with(people: int, pct: int) -> None:
    found, mirrored = limits([people], pct, pct), limits([people], 100 - pct, 100 - pct)
    assert found["high_95"] == pytest.approx(100 - mirrored["low_95"])


def test_a_country_of_none_or_all() -> None:
    none, everyone = limits([50], 0, 0), limits([50], 100, 100)
    assert none["low_95"] == 0
    assert 0 < none["high_95"][0] < 100 / 50
    assert everyone["high_95"] == 100
    assert 100 * 49 / 50 < everyone["low_95"][0] < 100


def test_the_funnel_narrows_and_holds_the_areas_denominators() -> None:
    frame = funnel(21.0, 2000, smallest=12, also=[227, 613, 9999])
    assert frame.columns == ["denominator", "low_95", "high_95", "low_998", "high_998"]
    assert frame["denominator"].to_list() == sorted(set(frame["denominator"]))
    assert (frame["denominator"][0], frame["denominator"][-1]) == (12, 2000)
    assert {227, 613} <= set(frame["denominator"])
    width = (frame["high_95"] - frame["low_95"]).to_numpy()
    assert width[0] > 4 * width[-1]
    assert frame.height < 85


def test_a_rounded_country_widens_the_funnel() -> None:
    land = {"status": "shown", "numerator": 2790, "denominator_low": 12977}
    rounded = funnel(land | {"denominator_high": 13609, "share_pct": 21.0}, 500)
    low, high = funnel(100 * 2790 / 13609, 500), funnel(100 * 2790 / 12977, 500)
    assert np.array_equal(rounded["low_95"], low["low_95"])
    assert np.array_equal(rounded["high_998"], high["high_998"])


def test_without_a_country_there_is_no_funnel() -> None:
    assert funnel({"status": "suppressed", "share_pct": 21.0}, 500).is_empty()
    assert funnel(None, 500).is_empty()
    with pytest.raises(ValueError, match="denominators from"):
        funnel(21.0, 5, smallest=6)
    with pytest.raises(ValueError, match="between 0 and 100"):
        funnel(121.0, 500)
