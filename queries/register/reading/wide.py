"""DREAM as it is: one row per person, one column per week, read as spells a slice at a time.

The long form, one row per person and week, is never made: a compiled loop follows each row and
writes a spell where code and kommune stay the same from week to week.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from queries.errors import UserError
from queries.register.calendar import FIRST_YEAR, LAST_YEAR, NO_WEEK, week_codes
from queries.register.chunk import Int32, Int64, Spells
from queries.register.frames import code_numbers
from queries.register.kernel.packing import Array, compiled
from queries.register.plan import Plan
from queries.register.reading.files import Folder, Source
from queries.register.reading.formats import (
    BENEFITS_WIDE,
    KOMMUNE_WIDE,
    WEEK_COLUMN,
    Column,
    Format,
    typed,
)

_CELLS = 4_000_000
"""Weeks of persons held at a time."""
NONE = 0
_CENTURY = 70  # Y_7001 is 1970, Y_6952 is 2069


@dataclass(frozen=True, eq=False)
class WideRows:
    """Spells of whole persons; `row_of[i]` is the row of the file, from 1, that spell i is from.

    `person` has every row's person, also of those without a benefit; `after` rows are read by now.
    """

    spells: Spells
    row_of: Int64
    person: Int64
    after: int
    is_last: bool


def week_columns(source: Source) -> list[tuple[str, int]]:
    """Return the week columns in the order of time with their YYYYWW; raises UserError."""
    found = [name for name in source.schema() if re.match(WEEK_COLUMN, name)]
    weeks = {name: _year(int(name[2:4])) * 100 + int(name[4:6]) for name in found}
    table = week_codes()
    for name, week in weeks.items():
        if table[week - 100 * FIRST_YEAR] == NO_WEEK:
            raise UserError(f"{source.where}, kolonnen {name}: ugen {week} findes ikke.")
    if not weeks:
        raise UserError(
            f"{source.where} har ingen ugekolonner. De hedder Y_ÅÅUU, fx Y_1701 for uge 1 i 2017."
        )
    ordered = sorted(weeks.items(), key=lambda item: item[1])
    numbers = [int(table[week - 100 * FIRST_YEAR]) for _, week in ordered]
    for at, step in enumerate(np.diff(numbers)):
        if step != 1:
            raise UserError(
                f"{source.where} mangler ugekolonner mellem {ordered[at][0]} og "
                f"{ordered[at + 1][0]}. En uge uden kolonne ville blive læst som en afbrydelse."
            )
    return ordered


def _year(two_digits: int) -> int:
    year = two_digits + (1900 if two_digits >= _CENTURY else 2000)
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def wide_chunks(folder: Folder, plan: Plan, skip: int = 0) -> Iterator[WideRows]:
    """Yield the spells of the next persons, from row `skip` of the file on."""
    source = folder[BENEFITS_WIDE.stem]
    weeks = week_columns(source)
    other = folder.sources.get(KOMMUNE_WIDE.stem)
    if other and [week for _, week in week_columns(other)] != [week for _, week in weeks]:
        raise UserError(f"{other.where} og {source.where} har ikke de samme ugekolonner.")
    total = source.rows()
    if other and other.rows() != total:
        raise UserError(f"{other.where} og {source.where} har ikke lige mange rækker.")
    step = max(_CELLS // len(weeks), 1)
    for row in range(skip, total, step):
        cells = _slice(source, [name for name, _ in weeks], row, step)
        person = typed(cells, Format("", "", _ids(source)), source.where, row)["person"]
        if other:
            places = _slice(other, [name for name, _ in weeks], row, step)
            same = typed(places, Format("", "", _ids(other)), other.where, row)["person"]
            if not person.equals(same):
                raise UserError(
                    f"{other.where} og {source.where} har ikke samme borgere i samme orden "
                    f"(fra række {row + 1})."
                )
            kommune = np.stack([_numbers(_whole(places[name], other.where)) for name, _ in weeks])
        else:
            one = typed(cells, Format("", "", _ids(source)), source.where, row)["kommune"]
            kommune = one.fill_null(-1).to_numpy()[None, :]
        code = np.stack(
            [code_numbers(_whole(cells[name], source.where), plan, NONE) for name, _ in weeks]
        )
        rows, codes, kommuner, first, last = runs(code, kommune)
        numbers = np.array([week for _, week in weeks], np.int32)
        yield WideRows(
            Spells(person.to_numpy()[rows], kommuner, codes, numbers[first], numbers[last]),
            rows + row + 1,
            person.to_numpy(),
            row + cells.height,
            row + cells.height >= total,
        )


def _ids(source: Source) -> dict[str, Column]:
    names = [name for name in ("person", "kommune") if name in source.schema()]
    return {name: BENEFITS_WIDE.columns[name] for name in names}


def _slice(source: Source, weeks: list[str], row: int, step: int) -> pl.DataFrame:
    return source.scan().select([*_ids(source), *weeks]).slice(row, step).collect()


def _numbers(values: pl.Series) -> Int32:
    """Return whole numbers, -1 where there is none: kommuner may be text with a leading zero."""
    if values.dtype == pl.Categorical or isinstance(values.dtype, pl.Enum):
        values = values.cast(pl.String)
    if values.dtype == pl.String:
        values = values.str.strip_chars()
    return values.cast(pl.Int32, strict=False).fill_null(-1).to_numpy()


def _whole(values: pl.Series, where: str) -> pl.Series:
    """Return floats as whole numbers: a table with gaps is often written with them."""
    if not values.dtype.is_float():
        return values
    if (values.is_not_null() & (values != values.floor())).any():
        raise UserError(f"{where}, kolonnen {values.name}: koder skal være hele tal eller tekst.")
    return values.fill_nan(None).cast(pl.Int64)


@compiled
def runs(code: Array, kommune: Array) -> tuple[Array, Array, Array, Array, Array]:
    """Return row, code, kommune, first and last week of every run of one code and kommune.

    `code` has the shape (weeks, rows), NONE where there is no benefit; `kommune` the same, or one
    line for all weeks. Runs come row by row, in the order of time.
    """
    weeks, rows = code.shape
    count = 0
    for once in range(2):  # first how many, then which
        if once:
            row_of = np.empty(count, np.int64)
            codes, places = np.empty(count, np.int32), np.empty(count, np.int32)
            firsts, lasts = np.empty(count, np.int32), np.empty(count, np.int32)
        count = 0
        for r in range(rows):
            before = place_before = NONE
            for w in range(weeks):
                now = code[w, r]
                place = kommune[w if len(kommune) > 1 else 0, r]
                if now != NONE and (now != before or place != place_before):
                    if once:
                        row_of[count], codes[count], places[count] = r, now, place
                        firsts[count] = w
                    count += 1
                if now != NONE and once:
                    lasts[count - 1] = w
                before, place_before = now, place
    return row_of, codes, places, firsts, lasts
