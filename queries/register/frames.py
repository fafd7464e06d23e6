"""Frames with the columns of the input formats become the arrays that are counted."""

from __future__ import annotations

import numpy as np
import polars as pl

from queries.register.chunk import Activities, Int32, Spells
from queries.register.kernel.cleaning import NEVER, OPEN
from queries.register.kinds import kinds_of
from queries.register.plan import LARGEST_CODE, Plan

UNKNOWN_CODE = -1
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
    return Spells(
        person=frame["person"].cast(pl.Int64).to_numpy(),
        kommune=frame["kommune"].cast(pl.Int32).fill_null(-1).to_numpy(),
        code=code_numbers(frame["benefit"], plan, UNKNOWN_CODE),
        first=frame["first_week"].cast(pl.Int32).to_numpy(),
        last=frame["last_week"].cast(pl.Int32).fill_null(OPEN).to_numpy(),
        first_row=first_row,
    )


def code_numbers(code: pl.Series, plan: Plan, none: int) -> Int32:
    """Return the number that stands for each benefit code, `none` where there is no code.

    Whole numbers that can stand for themselves do; all others, and text, are looked up.
    """
    text = {"": none, **plan.code_numbers}
    if code.dtype.is_integer() and code.is_between(0, LARGEST_CODE - 1).all():
        return code.cast(pl.Int32).fill_null(none).to_numpy()
    looked_up = code.cast(pl.String).str.strip_chars()
    if none != UNKNOWN_CODE:
        text |= {"0": none}
    numbers = looked_up.replace_strict(text, default=UNKNOWN_CODE, return_dtype=pl.Int32)
    return (
        pl.select(pl.when(looked_up.is_null()).then(none).otherwise(numbers)).to_series().to_numpy()
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
