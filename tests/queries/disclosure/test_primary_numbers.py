"""Rests, shares and contributors that give a number away, at their boundaries."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from queries.disclosure.primary import (
    complement_is_small,
    dominates,
    known_within,
    share_narrows,
    small,
)
from queries.disclosure.publication import Criterion


@pytest.mark.parametrize(
    ("people", "threshold", "zeros", "hidden"),
    [
        (0, 3, False, True),
        (0, 3, True, False),
        (1, 3, True, True),
        (2, 3, False, True),
        (3, 3, False, False),
        (4, 5, False, True),
        (5, 5, False, False),
        (0, 1, True, False),
        (0, 1, False, True),
        (1, 1, False, False),
    ],
)
def test_the_threshold(people: int, threshold: int, zeros: bool, hidden: bool) -> None:
    assert small(people, threshold=threshold, zeros_are_shown=zeros) is hidden


@pytest.mark.parametrize(
    ("part", "whole", "zeros", "hidden"),
    [
        (10, 12, False, True),
        (9, 12, False, False),
        (11, 12, False, True),
        (12, 12, False, True),
        (12, 12, True, False),
        (11, 12, True, True),
    ],
)
def test_the_rest_of_a_shown_whole(part: int, whole: int, zeros: bool, hidden: bool) -> None:
    assert complement_is_small(part, whole, threshold=3, zeros_are_shown=zeros) is hidden


def test_a_part_is_no_larger_than_its_whole() -> None:
    with pytest.raises(ValueError, match="larger than its whole"):
        complement_is_small(13, 12, threshold=3, zeros_are_shown=False)


@pytest.mark.parametrize(
    ("share", "whole", "demand", "narrows"),
    [
        ("17", (1, None), (0, 2), True),  # not nobody
        ("17", (1, None), (1, 2), False),  # 1 of 6, 2 of 12
        ("17", (7, None), (1, 2), True),  # 1 of 6 is out
        ("17", (1, 11), (1, 2), True),  # 2 of 12 is out
        ("17", (6, 12), (1, 2), False),
        ("0", (1, None), (0, 3), False),
        ("0", (1, 399), (0, 2), True),  # 2 of 399 is 0,501 pct.
        ("0", (1, 400), (0, 2), False),  # 2 of 400 is 0,5 pct.: rounded down or up
        ("40", (1, None), (1, 2), True),  # 1 of 2,5
        ("50", (1, None), (1, 3), False),
        ("100", (1, None), (1, 3), False),
        ("100", (4, None), (1, 3), True),
        ("16,7", (1, None), (1, 2), False),
        ("16,5", (1, None), (1, 2), True),
        (Decimal("12.5"), (1, None), (1, 3), False),
    ],
)
def test_a_share_beside_a_hidden_count(
    share: str | Decimal, whole: tuple[int, int | None], demand: tuple[int, int], narrows: bool
) -> None:
    assert share_narrows(share, demand, whole=whole) is narrows


def test_the_demand_is_that_of_the_criterion() -> None:
    strict = Criterion.STRICT.demand(3, zeros_are_shown=True)
    assert strict is not None
    assert share_narrows("34", strict) is True
    assert share_narrows("33", strict) is False


@pytest.mark.parametrize(
    ("amounts", "n", "k", "unsafe"),
    [
        ([85, 10, 5], 1, 85, False),  # exactly k
        ([86, 9, 5], 1, 85, True),
        ([50, 35, 15], 2, 85, False),
        ([50, 36, 14], 2, 85, True),
        ([14, 36, 50], 2, 85, True),  # in any order
        ([100], 1, 85, True),
        ([60, 40], 2, 100, True),  # no more than n contribute
        ([0, 0], 1, 85, False),
        ([], 1, 85, False),
        ([Decimal("0.85"), Decimal("0.15")], 1, 85, False),
        ([Decimal("0.86"), Decimal("0.14")], 1, 85, True),
        ([85, 15], 1, Decimal("84.9"), True),
    ],
)
def test_the_n_k_rule(amounts: list[int | Decimal], n: int, k: int, unsafe: bool) -> None:
    assert dominates(amounts, n=n, k_pct=k) is unsafe


@pytest.mark.parametrize(
    ("amounts", "p", "unsafe"),
    [
        ([100, 50, 10], 10, False),  # exactly p
        ([100, 50, 9], 10, True),
        ([9, 100, 50], 10, True),
        ([100, 50, 5, 5], 10, False),
        ([100, 50], 10, True),
        ([100], 10, True),
        ([100, 50], 0, False),
        ([0, 0, 0], 10, False),
        ([], 10, False),
        ([100, 50, Decimal("9.99")], 10, True),
    ],
)
def test_the_p_percent_rule(amounts: list[int | Decimal], p: int, unsafe: bool) -> None:
    assert known_within(amounts, p_pct=p) is unsafe


def test_contributions_are_not_negative_and_parameters_make_sense() -> None:
    calls: tuple[Callable[[], bool], ...] = (
        lambda: dominates([5, -1], n=1, k_pct=85),
        lambda: known_within([5, -1], p_pct=10),
        lambda: known_within([5], p_pct=-1),
        lambda: dominates([5], n=0, k_pct=85),
        lambda: dominates([5], n=1, k_pct=101),
    )
    for call in calls:
        with pytest.raises(ValueError, match=r"negative|at least 1"):
            call()
