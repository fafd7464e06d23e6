"""What the table hides is enumerated and drawn, never written down."""

from __future__ import annotations

import numpy as np
import pytest

from queries.register.synthetic.choosing import apportion, draw_with_sum, rank_within, threshold
from queries.register.synthetic.passive_plan import (
    cells,
    denominators,
    draw_passive_plan,
    hidden_solutions,
    rounds_to,
)


def plan_rng(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def test_forty_solutions_fit_the_hidden_cells() -> None:
    table, total, _ = cells()
    solutions = hidden_solutions(table, total)
    assert len(solutions) == len(set(solutions)) == 40
    assert {sum(solution) for solution in solutions} == {total - 2781}


def test_seeds_draw_different_solutions() -> None:
    table, _, _ = cells()
    hidden = [i for i, cell in enumerate(table) if cell.count is None]
    drawn = {tuple(draw_passive_plan(plan_rng(seed)).passive[hidden]) for seed in range(40)}
    assert len(drawn) >= 8


def test_a_printed_half_is_never_drawn() -> None:
    # 1 of 8 is 12,5 pct.: 13 when a half goes up, 12 when it goes to even.
    assert not rounds_to(1, 8, 13)
    assert not rounds_to(1, 8, 12)
    assert 200 not in denominators(1, 0)  # 0,5 pct.
    assert 201 in denominators(1, 0)


def test_each_combination_with_the_sum_is_as_likely() -> None:
    rng = plan_rng(1)
    choices = [np.array([0, 1]), np.array([0, 1]), np.array([1, 2])]
    drawn = [tuple(draw_with_sum(rng, choices, 2) or ()) for _ in range(3000)]
    counts = {combination: drawn.count(combination) for combination in set(drawn)}
    assert set(counts) == {(0, 0, 2), (0, 1, 1), (1, 0, 1)}
    assert all(900 < count < 1100 for count in counts.values())
    assert draw_with_sum(rng, choices, 9) is None


def test_parts_sum_to_the_whole_and_keep_their_least() -> None:
    parts = apportion(100, np.array([1.0, 1.0, 98.0]), 5)
    assert parts.tolist() == [5, 5, 90]
    with pytest.raises(ValueError, match="too little"):
        apportion(10, np.ones(3), 5)


def test_exactly_so_many_are_below_the_threshold() -> None:
    values = plan_rng(2).random(50)
    assert (values < threshold(values, 17)).sum() == 17


def test_places_are_counted_within_groups() -> None:
    group, key = np.array([1, 0, 1, 0]), np.array([0.5, 0.1, 0.2, 0.9])
    assert rank_within(group, key).tolist() == [1, 0, 0, 1]
