"""A part of the register small enough to hold: whole persons, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    person = np.concatenate([part.person for part in parts])
    order = np.argsort(person, kind="stable")
    return PackedSpells(person[order], np.concatenate([part.keys for part in parts])[order])


def joined_activities(parts: Sequence[Activities]) -> Activities:
    """Return the rows of all parts, ordered by person."""
    parts = parts or [no_activities()]
    person = np.concatenate([part.person for part in parts])
    order = np.argsort(person, kind="stable")
    return Activities(
        person[order],
        np.concatenate([part.kind for part in parts])[order],
        np.concatenate([part.starts for part in parts])[order],
        np.concatenate([part.ends for part in parts])[order],
    )
