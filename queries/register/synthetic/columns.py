"""Rows of the register as columns of equal length, before they become frames.

Persons are numbered from 0 within the part that made them; `People` is one such part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from queries.register.synthetic.time_axis import AS_OF, AS_OF_WEEK, Bools, Floats, Ints


@dataclass(frozen=True)
class Columns:
    """Columns that are cut, chosen and joined together."""

    def take(self, rows: Ints | Bools) -> Self:
        """Return the chosen rows."""
        return type(self)(*(getattr(self, f.name)[rows] for f in fields(self)))

    @classmethod
    def concat(cls, parts: Sequence[Self]) -> Self:
        """Return the rows of all parts, one after the other."""
        names = [f.name for f in fields(cls)]
        return cls(*(np.concatenate([getattr(p, name) for p in parts]) for name in names))


@dataclass(frozen=True)
class Spells(Columns):
    """Benefit spells: kommune code, benefit and variant as in `codes`, weeks inclusive."""

    person: Ints
    kommune: Ints
    benefit: Ints
    variant: Ints
    first: Ints
    last: Ints

    def begun(self) -> Spells:
        """Return the spells that are not empty and begin by the register's last week."""
        return self.take((self.first <= self.last) & (self.first <= AS_OF_WEEK))


@dataclass(frozen=True)
class Offers(Columns):
    """Offers: type as in `codes`, days inclusive."""

    person: Ints
    kind: Ints
    starts: Ints
    ends: Ints

    def begun(self) -> Offers:
        """Return the offers that are not empty and begin by the register's last day."""
        return self.take((self.starts <= self.ends) & (self.starts <= AS_OF))


@dataclass(frozen=True)
class Mentors(Columns):
    """Mentor support, days inclusive."""

    person: Ints
    starts: Ints
    ends: Ints

    def begun(self) -> Mentors:
        """Return the support that is not empty and begins by the register's last day."""
        return self.take((self.starts <= self.ends) & (self.starts <= AS_OF))


@dataclass(frozen=True)
class Records(Columns):
    """Flere skal med: kommune code, group as in `codes`, days inclusive."""

    person: Ints
    kommune: Ints
    group: Ints
    referred: Ints
    ended: Ints


@dataclass(frozen=True)
class Hours(Columns):
    """Ordinary hours by person and month."""

    person: Ints
    month: Ints
    hours: Floats


@dataclass(frozen=True)
class People:
    """Persons 0 .. number - 1 and everything the register knows of them."""

    number: int
    spells: Spells
    offers: Offers
    mentors: Mentors
    records: Records
    hours: Hours


def no_records() -> Records:
    """Return no rows."""
    none = np.zeros(0, np.int64)
    return Records(none, none, none, none, none)


def no_hours() -> Hours:
    """Return no rows."""
    none = np.zeros(0, np.int64)
    return Hours(none, none, np.zeros(0))


def together(parts: Sequence[People]) -> People:
    """Return all parts as one, the persons numbered on from part to part."""
    offsets = np.cumsum([0, *(part.number for part in parts)]).tolist()
    moved = list(zip(parts, offsets[:-1], strict=True))
    return People(
        offsets[-1],
        Spells.concat([replace(p.spells, person=p.spells.person + by) for p, by in moved]),
        Offers.concat([replace(p.offers, person=p.offers.person + by) for p, by in moved]),
        Mentors.concat([replace(p.mentors, person=p.mentors.person + by) for p, by in moved]),
        Records.concat([replace(p.records, person=p.records.person + by) for p, by in moved]),
        Hours.concat([replace(p.hours, person=p.hours.person + by) for p, by in moved]),
    )


def cut(spells: Spells, at: Ints, gap: Ints, changes: Bools) -> Spells:
    """Cut each person's spell in two before week `at[person]`, leaving `gap[person]` weeks out.

    A gap of 0 leaves two touching spells. Where `changes`, the later one has the benefit's other
    code. Spells that do not contain both the week before and the week after the gap stay whole.
    """
    week, weeks_out = at[spells.person], gap[spells.person]
    both = (spells.first < week) & (week + weeks_out <= spells.last)
    early = replace(spells, last=np.where(both, week - 1, spells.last))
    late = spells.take(both)
    other = np.where(changes[late.person], 1 - late.variant, late.variant)
    late = replace(late, first=(week + weeks_out)[both], variant=other)
    return Spells.concat([early, late])
