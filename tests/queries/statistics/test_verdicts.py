"""What is said of each area: worst case, consistent, and nothing where there is nothing."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import statistics
from tests.oracles import statistics as oracle
from tests.queries.statistics import made

ADDED = {
    "low_pct",
    "high_pct",
    "verdict",
    "verdict_998",
    "verdict_adjusted",
    "limit_low_95",
    "limit_high_95",
    "limit_low_998",
    "limit_high_998",
    "rank_low",
    "rank_high",
    "p_value",
    "funnel_denominator",
    "funnel_share_pct",
}
TAILS = {"verdict": Fraction(1, 40), "verdict_998": Fraction(1, 1000)}
country = made.numbers(most=200, widest=12)


def land(numbers: made.Numbers) -> dict[str, object]:
    return made.cell("000", numbers, name="Hele landet", level="land")


def ends(numbers: made.Numbers) -> list[Fraction]:
    return [Fraction(numbers[0], numbers[2]), Fraction(numbers[0], numbers[1])]


@given(st.lists(made.numbers(), min_size=1, max_size=8), country)
@settings(max_examples=40, deadline=None)
def test_verdicts_are_those_of_every_denominator(
    areas: list[made.Numbers], whole: made.Numbers
) -> None:
    found = statistics.judged(made.cells(areas), land(whole))
    for name, tail in TAILS.items():
        assert found[name].to_list() == [oracle.verdict(area, ends(whole), tail) for area in areas]
    expected = [float(oracle.chance(area, ends(whole))) for area in areas]
    assert found["p_value"].to_list() == pytest.approx(expected, rel=1e-6, abs=1e-12)
    clear = np.array(oracle.benjamini_hochberg(expected)) <= 0.05
    words = found["verdict_adjusted"].to_list()
    assert [word != "alike" for word in words] == clear.tolist()


@given(st.lists(made.numbers(), min_size=1, max_size=8), country)
@settings(max_examples=60, deadline=None)
def test_the_drawn_point_is_outside_the_limits_exactly_by_verdict(
    areas: list[made.Numbers], whole: made.Numbers
) -> None:
    for row in statistics.judged(made.cells(areas), land(whole)).iter_rows(named=True):
        assert row["denominator_low"] <= row["funnel_denominator"] <= row["denominator_high"]
        for name, suffix in (("verdict", "95"), ("verdict_998", "998")):
            is_over = row["funnel_share_pct"] > row[f"limit_high_{suffix}"]
            is_under = row["funnel_share_pct"] < row[f"limit_low_{suffix}"]
            assert row[name] == ("over" if is_over else "under" if is_under else "alike")


@given(st.lists(made.numbers(), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_intervals_hold_those_of_every_denominator(areas: list[made.Numbers]) -> None:
    found = statistics.judged(made.cells(areas), None)
    for (count, low, high), row in zip(areas, found.iter_rows(named=True), strict=True):
        spans = [
            oracle.wilson_by_halving(count, n, 1.959963984540054) for n in range(low, high + 1)
        ]
        assert row["low_pct"] == pytest.approx(100 * min(span[0] for span in spans), abs=1e-6)
        assert row["high_pct"] == pytest.approx(100 * max(span[1] for span in spans), abs=1e-6)
        assert row["verdict"] is None


def test_hidden_cells_get_nothing_and_change_nothing() -> None:
    rows: list[made.Numbers] = [(117, 223, 227), (3, 67, 85), (21, 100, 104)]
    cells = made.cells([rows[0], None, rows[1], None, rows[2]])
    found = statistics.judged(cells, 21.0)
    assert set(found.columns) - set(cells.columns) == ADDED
    assert found.select(cells.columns).equals(cells)
    hidden = found.filter(pl.col("status") != "shown").select(sorted(ADDED))
    assert all(value is None for row in hidden.rows() for value in row)
    alone = statistics.judged(made.cells(rows), 21.0).select(sorted(ADDED))
    assert found.filter(pl.col("status") == "shown").select(sorted(ADDED)).equals(alone)


def test_the_status_decides_not_whether_a_number_slipped_through() -> None:
    cells = made.cells([(117, 223, 227), (30, 100, 100)])
    slipped = cells.with_columns(status=pl.Series(["shown", "suppressed"]))
    found = statistics.judged(slipped, 21.0)
    assert all(value is None for value in found.select(sorted(ADDED)).row(1))
    assert found["rank_high"][0] == 1
    total = statistics.total(slipped)
    assert total is not None
    assert (total.numerator, total.without) == (117, ("Kommune 0101",))
    assert statistics.gap(slipped.row(1, named=True), 21.0) is None


def test_holbaek_is_over_and_skanderborg_under() -> None:
    """Table 1 of spm. 554: 117 of 223-227, and 3 of 67-85, beside 21 pct."""
    found = statistics.judged(made.cells([(117, 223, 227), (3, 67, 85), (21, 100, 104)]), 21.0)
    assert found["verdict_998"].to_list() == ["over", "under", "alike"]
    assert found["low_pct"][0] == pytest.approx(45.069187, abs=1e-6)  # 117 of 227
    assert found["high_pct"][0] == pytest.approx(58.923456, abs=1e-6)  # 117 of 223


def test_small_areas_are_not_called_out_by_chance() -> None:
    """3 of 4 is 75 pct. beside 30, but as likely as 8 pct."""
    assert oracle.at_least(3, 4, Fraction(3, 10)) == Fraction(837, 10000)
    assert statistics.judged(made.cells([(3, 4, 4)]), 30.0)["verdict"][0] == "alike"


def test_a_borderline_area_is_alike_where_its_denominator_is_not_known() -> None:
    assert statistics.judged(made.cells([(30, 100, 100)]), 21.0)["verdict"][0] == "over"
    assert statistics.judged(made.cells([(30, 100, 112)]), 21.0)["verdict"][0] == "alike"


def test_adjusting_takes_back_what_many_areas_show_by_chance() -> None:
    rng = np.random.default_rng(554)
    areas = [(int(x), 120, 120) for x in rng.binomial(120, 0.21, 400)]
    found = statistics.judged(made.cells(areas), 21.0)
    assert 2 <= (found["verdict"] != "alike").sum() <= 20  # 5 pct. of 400 are 20; exact: fewer
    assert (found["verdict_adjusted"] != "alike").sum() == 0


def test_an_empty_frame_keeps_its_columns() -> None:
    found = statistics.judged(made.cells([(3, 4, 4)]).head(0), 21.0)
    assert found.is_empty()
    assert set(found.columns) >= ADDED
    assert found.schema["rank_low"] == pl.Int64


def test_dispersion_tells_chance_from_more() -> None:
    rng = np.random.default_rng(2017)
    alike = [(int(x), 120, 120) for x in rng.binomial(120, 0.21, 98)]
    apart = [(int(x), 120, 120) for x in rng.binomial(120, rng.uniform(0.05, 0.4, 98))]
    chance = statistics.dispersion(made.cells(alike), 21.0)
    more = statistics.dispersion(made.cells(apart), 21.0)
    assert chance is not None
    assert more is not None
    assert 0.5 < chance.phi < 1.2
    assert not chance.more_than_chance
    assert more.phi > 3
    assert more.more_than_chance
    assert statistics.dispersion(made.cells(alike[:9]), 21.0) is None
    assert statistics.dispersion(made.cells(alike), None) is None


def test_phi_is_spiegelhalters() -> None:
    """Nineteen areas at z = -9 .. 9 by hand: the outer two each way are pulled in to 7,2."""
    share, people = 0.5, 324
    areas = [(162 + 9 * k, people, people) for k in range(-9, 10)]  # 9 = sqrt(324 / 4)
    found = statistics.dispersion(made.cells(areas), 100 * share)
    assert found is not None
    pulled = [min(7.2, abs(k)) ** 2 for k in range(-9, 10)]
    assert found.phi == pytest.approx(sum(pulled) / 19)
