"""People: totals, gaps, potential and the best quarter."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import statistics
from tests.oracles import statistics as oracle
from tests.queries.statistics import made

several = st.lists(made.numbers(), min_size=1, max_size=6)


def test_holbaek_to_the_country() -> None:
    """117 of 223-227 beside 21 pct.: 117 - 0,21 x 227 = 69,33; 117 - 0,21 x 223 = 70,17."""
    found = statistics.gap(made.cell("0316", (117, 223, 227), share_pct=52.0), 21.0)
    assert found is not None
    assert (found.people_low, found.people_high) == (70, 71)
    assert found.points == 52.0 - 21.0
    assert found.points_low == pytest.approx(100 * 117 / 227 - 21)
    assert found.points_high == pytest.approx(100 * 117 / 223 - 21)


def test_a_cell_as_reference_brings_its_own_interval() -> None:
    land = made.cell("000", (2790, 12977, 13609), share_pct=21.0)
    found = statistics.gap(made.cell("0316", (117, 223, 227), share_pct=52.0), land)
    assert found is not None
    expected = [117 - 227 * Fraction(2790, 12977), 117 - 223 * Fraction(2790, 13609)]
    assert (found.people_low, found.people_high) == (69, 72)
    assert [-(-value // 1) for value in expected] == [69, 72]
    assert found.points == 31.0


@given(made.numbers(most=40), st.integers(0, 1000))
@settings(deadline=None)
def test_people_are_the_fewest_that_suffice(area: made.Numbers, tenths: int) -> None:
    count, low, high = area
    found = statistics.gap(made.cell("0101", area), tenths / 10)
    assert found is not None
    tried = [oracle.fewer(count, n, Fraction(tenths, 1000)) for n in range(low, high + 1)]
    assert (found.people_low, found.people_high) == (min(tried), max(tried))


@pytest.mark.parametrize(
    "cell",
    [made.cell("0155", None), made.cell("0101", (7, 9, 9), denominator_low=None)],
    ids=["hidden with a published share", "without a denominator"],
)
def test_no_gap_without_numbers(cell: dict[str, object]) -> None:
    assert statistics.gap(cell, 21.0) is None
    assert statistics.gap(made.cell("0316", (117, 223, 227)), made.cell("0155", None)) is None


def test_a_total_recomputes_and_names_those_without() -> None:
    found = statistics.total(made.cells([(67, 101, 102), None, (45, 86, 87)]))
    assert found is not None
    assert (found.numerator, found.denominator_low, found.denominator_high) == (112, 187, 189)
    assert found.share_low_pct == 100 * (67 + 45) / (102 + 87)
    assert found.share_high_pct == 100 * (67 + 45) / (101 + 86)
    assert (found.areas, found.without, found.kinds) == (2, ("Kommune 0101",), ("published",))


def test_a_total_counts_nobody_twice() -> None:
    cells = made.cells([(67, 101, 102), (45, 86, 87)])
    with pytest.raises(ValueError, match="twice"):
        statistics.total(pl.concat([cells, cells.head(1)]))
    with pytest.raises(ValueError, match="twice"):
        statistics.total(cells.with_columns(level=pl.Series(["kommune", "region"])))
    assert statistics.total(made.cells([None, None])) is None
    assert statistics.total(cells.head(0)) is None


def test_a_total_says_that_kinds_are_mixed() -> None:
    cells = made.cells([(67, 101, 102), (45, 86, 87), None])
    mixed = cells.with_columns(kind=pl.Series(["synthetic", "published", "register"]))
    found = statistics.total(mixed)
    assert found is not None
    assert found.kinds == ("published", "synthetic")


@given(several, st.integers(0, 1000), st.booleans())
@settings(max_examples=60, deadline=None)
def test_potential_is_the_sum_of_those_on_the_wrong_side(
    areas: list[made.Numbers], tenths: int, lower: bool
) -> None:
    found = statistics.potential(made.cells(areas), tenths / 10, lower_is_better=lower)
    assert found is not None
    least = most = must = may = 0
    for count, low, high in areas:
        sign = 1 if lower else -1
        tried = [
            sign * oracle.fewer(count, n, Fraction(tenths, 1000)) for n in range(low, high + 1)
        ]
        least += max(0, min(tried))
        most += max(0, *tried)
        must += min(tried) > 0
        may += max(tried) > 0
    assert (found.people_low, found.people_high) == (least, most)
    assert (found.areas_low, found.areas) == (must, may)
    assert found.before == statistics.total(made.cells(areas))
    sign = -1 if lower else 1
    shift = sorted([sign * least, sign * most])
    before = found.before
    assert found.after_low_pct == 100 * (before.numerator + shift[0]) / before.denominator_high
    assert found.after_high_pct == 100 * (before.numerator + shift[1]) / before.denominator_low


def test_potential_without_numbers_is_none() -> None:
    cells = made.cells([(67, 101, 102), None])
    assert statistics.potential(cells, None, lower_is_better=True) is None
    assert statistics.potential(made.cells([None]), 21.0, lower_is_better=True) is None


def test_the_best_quarter_is_one_areas_share() -> None:
    """Eight areas with 10 .. 80 pct.: the best two are 10 and 20, or 80 and 70."""
    cells = made.cells([(10 * k, 100, 100) for k in range(1, 9)] + [None])
    assert statistics.best_quarter(cells, lower_is_better=True) == 20
    assert statistics.best_quarter(cells, lower_is_better=False) == 70
    assert statistics.best_quarter(cells.head(1), lower_is_better=True) == 10
    assert statistics.best_quarter(cells.tail(1), lower_is_better=True) is None
