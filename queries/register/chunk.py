"""A part of the register small enough to hold: whole persons, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
Int8 = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Spells:
    """Benefit spells as rows of the file: weeks are YYYYWW, `last` -1 where none is given.

    `first_row` is the number of rows of the input before the first one here.
    """

    person: Int64
    kommune: Int32
    code: Int32
    first: Int32
    last: Int32
    first_row: int = 0


@dataclass(frozen=True, eq=False)
class Activities:
    """Offers or mentors: `kind` as in `mapping.OFFERS` (0 for mentors), days as numbers.

    `ends` is NEVER where no end is given. Bounded in place when counted.
    """

    person: Int64
    kind: Int8
    starts: Int32
    ends: Int32
    first_row: int = 0


@dataclass(frozen=True, eq=False)
class PackedSpells:
    """Spells after cleaning, packed as `kernel.packing` says; `first_row` as in `Spells`."""

    person: Int64
    keys: Int64
    first_row: int = 0


def no_activities() -> Activities:
    """Return no rows at all."""
    return Activities(
        np.empty(0, np.int64), np.empty(0, np.int8), np.empty(0, np.int32), np.empty(0, np.int32)
    )


def joined_spells(parts: Sequence[PackedSpells]) -> PackedSpells:
    """Return the rows of all parts, ordered by person."""
    if not parts:
        return PackedSpells(np.empty(0, np.int64), np.empty(0, np.int64))
    person, keys = _joined([(part.person, part.keys) for part in parts])
    return PackedSpells(person, keys)


def joined_activities(parts: Sequence[Activities]) -> Activities:
    """Return the rows of all parts, ordered by person."""
    parts = parts or [no_activities()]
    person, kind, starts, ends = _joined([(p.person, p.kind, p.starts, p.ends) for p in parts])
    return Activities(person, kind, starts, ends)


def _joined(parts: Sequence[tuple[NDArray[Any], ...]]) -> Iterator[NDArray[Any]]:
    """Yield each column of all parts, ordered by the first; parts in order are not sorted again."""
    person = np.concatenate([columns[0] for columns in parts])
    order = None
    if (person[1:] < person[:-1]).any():
        order = np.argsort(person, kind="stable")
    for column in range(len(parts[0])):
        joined = np.concatenate([columns[column] for columns in parts]) if column else person
        yield joined if order is None else joined[order]
