"""Frames with the columns of the input formats become the arrays that are counted."""

from __future__ import annotations

import numpy as np
import polars as pl

from queries.register.chunk import Activities, Spells
from queries.register.kernel.cleaning import NEVER, OPEN
from queries.register.kinds import kinds_of
from queries.register.plan import Plan

SPELL_SCHEMA = {
    "person": pl.Int64,
    "kommune": pl.Int32,
    "benefit": pl.Int32,
    "first_week": pl.Int32,
    "last_week": pl.Int32,
}
OFFER_SCHEMA = {
    "person": pl.Int64,
    "offer_type": pl.String,
    "starts_on": pl.Date,
    "ends_on": pl.Date,
}
MENTOR_SCHEMA = {"person": pl.Int64, "starts_on": pl.Date, "ends_on": pl.Date}


def spells_of(frame: pl.DataFrame, plan: Plan, first_row: int = 0) -> Spells:
    """Return benefit spells; `benefit` may be text or whole numbers."""
    code = frame["benefit"]
    if not code.dtype.is_integer():
        code = code.cast(pl.String).replace_strict(
            plan.code_numbers, default=-1, return_dtype=pl.Int32
        )
    return Spells(
        person=frame["person"].cast(pl.Int64).to_numpy(),
        kommune=frame["kommune"].cast(pl.Int32).fill_null(-1).to_numpy(),
        code=code.cast(pl.Int32).fill_null(-1).to_numpy(),
        first=frame["first_week"].cast(pl.Int32).to_numpy(),
        last=frame["last_week"].cast(pl.Int32).fill_null(OPEN).to_numpy(),
        first_row=first_row,
    )


def activities_of(frame: pl.DataFrame, plan: Plan, first_row: int = 0) -> Activities:
    """Return offers, or mentors where there is no column `offer_type`; arrays of its own."""
    if "offer_type" in frame.columns:
        numbers = kinds_of(frame["offer_type"].cast(pl.String), plan)
    else:
        numbers = np.zeros(frame.height, np.int8)
    return Activities(
        person=frame["person"].cast(pl.Int64).to_numpy(),
        kind=numbers,
        starts=frame["starts_on"].to_physical().to_numpy(writable=True),
        ends=frame["ends_on"].to_physical().fill_null(int(NEVER)).to_numpy(writable=True),
        first_row=first_row,
    )
