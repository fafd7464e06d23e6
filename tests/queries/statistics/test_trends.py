"""Trends: seldom found where there is none, found where there is, silent where months lack."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray
from scipy.stats import theilslopes

from queries import statistics
from queries.statistics.trends import drift_chance, part_means
from tests.oracles import statistics as oracle
from tests.queries.statistics import made

Floats = NDArray[np.float64]


def autoregressive(rng: np.random.Generator, months: int, memory: float) -> Floats:
    shocks = rng.standard_normal(months + 200)
    found = np.zeros_like(shocks)
    for i in range(1, shocks.size):
        found[i] = memory * found[i - 1] + shocks[i]
    return found[200:]


def stock(rng: np.random.Generator, months: int, people: int = 100) -> Floats:
    """Share of people of whom one in twenty is replaced each month."""
    state, found = rng.random(people) < 0.2, []
    for _ in range(months + 60):
        new = rng.random(people) < 0.05
        state = np.where(new, rng.random(people) < 0.2, state)
        found.append(100 * state.mean())
    return np.array(found[60:])


def noisy_walk(rng: np.random.Generator, months: int) -> Floats:
    return np.cumsum(rng.standard_normal(months)) + rng.standard_normal(months)


def chance(value: Floats) -> float:
    at = np.arange(value.size, dtype=float)
    means = part_means(at, value, value.size // 6)
    assert means is not None
    return drift_chance(means, value.size // 6)


NULLS: dict[str, Callable[[np.random.Generator, int], Floats]] = {
    "independent": lambda rng, n: autoregressive(rng, n, 0.0),
    "ar 0,8": lambda rng, n: autoregressive(rng, n, 0.8),
    "ar 0,95": lambda rng, n: autoregressive(rng, n, 0.95),
    "random walk": lambda rng, n: np.cumsum(rng.standard_normal(n)),
    "noisy walk": noisy_walk,
    "stock": stock,
}


@pytest.mark.parametrize("months", [25, 48, 240])
@pytest.mark.parametrize("name", NULLS)
def test_without_a_trend_one_is_found_in_at_most_one_of_twenty(name: str, months: int) -> None:
    """Of 500 series; 5 pct. is 25 of them, and chance seldom takes that over 36 (7,2 pct.)."""
    rng = np.random.default_rng(20170601)
    found = sum(chance(NULLS[name](rng, months)) < 0.05 for _ in range(500))
    assert found <= 36
    if name == "random walk":
        assert found >= 12


def test_the_test_not_used_finds_trends_in_nothing() -> None:
    """Hamed and Rao's, on 48 months of a stock: the reason for another."""
    rng = np.random.default_rng(1998)
    found = sum(oracle.hamed_rao(stock(rng, 48).tolist())[1] < 0.05 for _ in range(60))
    assert found / 60 > 0.25


def test_a_steady_change_is_found_nine_times_of_ten() -> None:
    """Ten points in four years, with months that stray half a point and remember half of it."""
    rng = np.random.default_rng(4)
    words = []
    for k in range(100):
        change = 10 if k % 2 else -10
        shares = 25 + np.linspace(0, change, 48) + autoregressive(rng, 48, 0.5) / 2
        found = statistics.trend(made.series(shares.tolist()))
        assert found is not None
        assert found.months == 48
        assert found.per_year == pytest.approx(change / 4, abs=0.6)
        words.append((found.direction, change > 0))
    assert words.count(("stigende", True)) + words.count(("faldende", False)) >= 90
    assert ("stigende", False) not in words
    assert ("faldende", True) not in words


def test_the_slope_is_theil_and_sens() -> None:
    rng = np.random.default_rng(5)
    shares = np.round(20 + autoregressive(rng, 30, 0.9), 3)
    found = statistics.trend(made.series(shares.tolist()))
    assert found is not None
    slope = oracle.sen_slope(range(30), shares.tolist())
    assert slope == pytest.approx(theilslopes(shares).slope, rel=1e-9)
    assert found.per_year == pytest.approx(12 * slope, rel=1e-6)


def test_a_jump_is_not_a_trend() -> None:
    found = statistics.trend(made.series([10.0] * 24 + [30.0] * 24))
    assert found is not None
    assert found.direction is None


def test_the_same_every_month_is_no_trend() -> None:
    found = statistics.trend(made.series([10.0] * 30))
    assert found is not None
    assert (found.direction, found.p_value, found.per_year) == (None, 1.0, 0.0)


def test_a_straight_line_is_a_trend() -> None:
    found = statistics.trend(made.series([10 + 0.5 * k for k in range(30)]))
    assert found is not None
    assert found.direction == "stigende"
    assert found.per_year == pytest.approx(6)


def test_too_few_months_are_no_series() -> None:
    assert statistics.trend(made.series([10.0] * 23)) is None
    assert statistics.trend(made.series([10.0] * 24)) is not None
    assert statistics.trend(made.series([10.0] * 24).head(0)) is None


def test_hidden_months_leave_holes_and_too_many_leave_nothing() -> None:
    line: list[float | None] = [10 + 0.5 * k for k in range(36)]
    line[7] = line[8] = line[20] = None
    found = statistics.trend(made.series(line))
    assert found is not None
    assert found.months == 33
    assert found.per_year == pytest.approx(6)
    for k in range(12, 16):
        line[k] = None  # four of the six months of a sixth
    assert statistics.trend(made.series(line)) is None


def test_months_before_the_first_whole_sixth_are_left_out() -> None:
    at = np.arange(26, dtype=float)
    means = part_means(at, at, 4)
    assert means is not None
    assert means.tolist() == [3.5, 7.5, 11.5, 15.5, 19.5, 23.5]


def test_series_are_not_mixed() -> None:
    one = made.series([10.0] * 30)
    for column in ("area_id", "breakdown", "source_id", "kind"):
        other = made.series([10.0] * 30, first="2019M01").with_columns(pl.lit("x").alias(column))
        with pytest.raises(ValueError, match=column):
            statistics.trend(pl.concat([one, other]))
    with pytest.raises(ValueError, match="twice"):
        statistics.trend(pl.concat([one, one.head(1)]))


def test_other_periods_than_months_are_left_aside() -> None:
    one = made.series([10.0] * 30)
    year = one.head(1).with_columns(period=pl.lit("2016"))
    assert statistics.trend(pl.concat([one, year])) == statistics.trend(one)
