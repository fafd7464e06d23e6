"""No month stands out because a number was published for it."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from queries.register.synthetic import SEED
from tests.queries.register.synthetic.made import counted
from tests.queries.register.synthetic.straightforward import MONTHS, Month

Matrix = NDArray[np.float64]
PROJECT = [m for m in MONTHS if (2018, 4) <= (m.year, m.number) <= (2019, 8)]
"""After the first wave of referrals, in which everything rises or falls steeply."""
ANCHORS = {
    "passive": (MONTHS, Month(2017, 6)),
    **{
        measure: (PROJECT, Month(2018, 12))
        for measure in (
            "without_offer",
            "changed_benefit",
            "placements",
            "ordinary_hours",
            "full_exit",
        )
    },
}
SEEDS = (SEED, 7)


@cache
def series(seed: int, measure: str) -> tuple[Matrix, Matrix]:
    """Numerators and denominators [kommune, month]."""
    months, _ = ANCHORS[measure]
    frames = [
        getattr(counted(seed), measure)(month).with_columns(month=pl.lit(i))
        for i, month in enumerate(months)
    ]
    found = pl.concat(frames)
    wide = [
        found.pivot("month", index="kommune", values=values, sort_columns=True)
        .fill_null(0)
        .drop("kommune")
        .to_numpy()
        .astype(np.float64)
        for values in ("numerator", "denominator")
    ]
    return wide[0], wide[1]


def bend(values: Matrix) -> Matrix:
    """How far each inner month lies from the middle of its neighbours."""
    found: Matrix = np.abs(values[..., 1:-1] - (values[..., :-2] + values[..., 2:]) / 2)
    return found


def place(measure: str) -> int:
    months, anchor = ANCHORS[measure]
    return months.index(anchor) - 1


@pytest.mark.parametrize("measure", ANCHORS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_country_bends_no_more_than_elsewhere(seed: int, measure: str) -> None:
    numerator, denominator = (values.sum(axis=0) for values in series(seed, measure))
    for values in (100 * numerator / denominator, np.log(denominator)):
        bends = bend(values)
        usual = np.sqrt((np.delete(bends, place(measure)) ** 2).mean())
        assert bends[place(measure)] < 3 * usual, bends.round(4)


@pytest.mark.parametrize("measure", ANCHORS)
@pytest.mark.parametrize("seed", SEEDS)
def test_kommuner_bend_no_more_than_elsewhere(seed: int, measure: str) -> None:
    numerator, denominator = series(seed, measure)
    months, anchor = ANCHORS[measure]
    large = denominator[:, months.index(anchor)] >= 40
    assert large.sum() >= 10
    share = 100 * numerator[large] / np.maximum(denominator[large], 1)
    for values in (share, np.log(np.maximum(denominator[large], 1))):
        bends = bend(values).mean(axis=0)
        assert bends[place(measure)] < 1.5 * np.median(bends), bends.round(3)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_years_are_plausible(seed: int) -> None:
    numerator, denominator = (values.sum(axis=0) for values in series(seed, "passive"))
    share = 100 * numerator / denominator
    assert np.abs(np.diff(share)).max() < 1.0
    yearly = denominator[::12]
    assert (np.diff(yearly) > 0).all()  # ressourceforløb grows, slowly
    assert denominator[-1] / denominator[0] < 1.3


@pytest.mark.parametrize("measure", ["placements", "ordinary_hours", "full_exit"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_effort_bears_fruit_steadily(seed: int, measure: str) -> None:
    numerator, denominator = (values.sum(axis=0) for values in series(seed, measure))
    share = 100 * numerator / denominator
    assert (share[3:] > share[:-3]).all(), share.round(2)
