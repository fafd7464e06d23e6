"""What a run counted, as one frame: exact numbers of persons, for the restricted zone only."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.register.counting import DENOMINATOR, NUMERATOR, Counts
from queries.register.plan import Plan
from queries.register.project import series_names

PASSIVE = "passive"
COUNT_SCHEMA = pl.Schema(
    {
        "measure": pl.String,
        "breakdown": pl.String,
        "period": pl.String,
        "kommune": pl.String,
        "numerator": pl.Int64,
        "denominator": pl.Int64,
    }
)
"""Numerator and denominator in persons; a row is left out where nobody is in the denominator."""


def counts_frame(
    counts: Counts, members: tuple[NDArray[np.int64], NDArray[np.int64]] | None, plan: Plan
) -> pl.DataFrame:
    """Return all counts as a frame of COUNT_SCHEMA, ordered by its first four columns.

    `members` are numerators and denominators of the project's series, None without the project.
    """
    monthly = counts.monthly()
    parts = [
        _series(PASSIVE, name, monthly[b, :, :, NUMERATOR], monthly[b, :, :, DENOMINATOR], plan)
        for b, name in enumerate(plan.code_list.benefits)
    ]
    if members is not None:
        parts += [
            _series(measure, breakdown, members[0][s], members[1][s], plan)
            for s, (measure, breakdown) in enumerate(series_names(plan))
        ]
    frame = pl.concat([pl.DataFrame(schema=COUNT_SCHEMA), *parts])
    return frame.sort("measure", "breakdown", "period", "kommune")


def _series(
    measure: str,
    breakdown: str,
    numerator: NDArray[np.int64],
    denominator: NDArray[np.int64],
    plan: Plan,
) -> pl.DataFrame:
    place, month = np.nonzero(denominator)
    return pl.DataFrame(
        {
            "measure": pl.repeat(measure, len(place), dtype=pl.String, eager=True),
            "breakdown": pl.repeat(breakdown, len(place), dtype=pl.String, eager=True),
            "period": pl.Series([str(month) for month in plan.months]).gather(month),
            "kommune": pl.Series(plan.places).gather(place),
            "numerator": numerator[place, month],
            "denominator": denominator[place, month],
        }
    )
