"""Values that others published, to six digits; each says from where."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from queries.statistics.ranks import holm, pair_chances
from queries.statistics.shares import wilson
from queries.statistics.verdicts import adjusted_chances, chances
from tests.oracles import statistics as oracle

# R's binom.confint(x, n, methods = "wilson"), as kept in statsmodels'
# stats/tests/results/results_proportion.py (last value of each ci_low and ci_upp).
R_WILSON = [
    (18, 20, 0.6989663547715128, 0.972133518786232),
    (4, 20, 0.0806576625797981, 0.4160174322518935),
    (4, 200, 0.00780442641634947, 0.05028708690582643),
    (190, 200, 0.910421851861224, 0.972617354399236),
    (1, 30, 5.908590e-03, 0.16670391),
    (29, 30, 0.8332961, 0.9940914),
    (0, 30, 0.0, 0.11351339),
    (30, 30, 0.8864866, 1.0),
]


@pytest.mark.parametrize(("count", "people", "low", "high"), R_WILSON)
def test_wilson_is_that_of_r(count: int, people: int, low: float, high: float) -> None:
    found = wilson([count], [people])
    assert found[0][0] / 100 == pytest.approx(low, abs=5e-8)
    assert found[1][0] / 100 == pytest.approx(high, abs=5e-8)


def test_wilson_is_that_of_scipy() -> None:
    for count, people in [(117, 223), (3, 14), (0, 5), (1468, 13000)]:
        interval = stats.binomtest(count, people).proportion_ci(method="wilson")
        low, high = wilson([count], [people])
        assert (low[0] / 100, high[0] / 100) == pytest.approx(interval, abs=1e-9)


def test_two_shares_are_compared_as_by_r() -> None:
    """prop.test(c(490, 400), c(500, 500)): X-squared = 80.909 with continuity correction.

    Printed by R on mathcenter.oxford.emory.edu, 'Two sample proportion tests'.
    """
    x, n = np.array([490.0, 400.0]), np.array([500.0, 500.0])
    chance = pair_chances(x, n, n)
    assert stats.chi2.isf(chance[0, 1], 1) == pytest.approx(80.909, abs=5e-4)
    assert chance[1, 0] == 1


@pytest.mark.parametrize(("x", "n"), [((43, 15), (112, 273)), ((3, 20), (14, 40))])
def test_two_shares_are_compared_as_by_scipy(x: tuple[int, int], n: tuple[int, int]) -> None:
    people = np.array(n, float)
    found = pair_chances(np.array(x, float), people, people)
    table = [[x[0], n[0] - x[0]], [x[1], n[1] - x[1]]]
    expected = stats.chi2_contingency(table, correction=True).pvalue
    assert min(found[0, 1], found[1, 0]) == pytest.approx(expected, rel=1e-9)


# The 15 p-values of Benjamini and Hochberg (1995), section 4; in scipy's documentation too.
TRIALS = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.000,
]


def test_false_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    """They reject four hypotheses at 5 pct., where Bonferroni's (and Holm's) rejects three."""
    trials = np.array(TRIALS)
    assert int((adjusted_chances(trials) <= 0.05).sum()) == 4
    assert int((holm(trials) <= 0.05).sum()) == 3
    assert adjusted_chances(trials) == pytest.approx(oracle.benjamini_hochberg(TRIALS))
    assert holm(trials) == pytest.approx(oracle.holm(TRIALS))


def test_exact_chances_are_those_of_scipy() -> None:
    x, n = np.array([15.0]), np.array([50.0])
    least = stats.binomtest(15, 50, 0.2, alternative="greater").pvalue
    assert chances(x, n, n, (20.0, 20.0))[0] == pytest.approx(2 * least, rel=1e-9)
