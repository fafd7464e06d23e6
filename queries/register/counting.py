"""Count chunks of whole persons; what is counted of any parts adds up to the whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from queries.errors import UserError
from queries.register.chunk import Activities, Int64, PackedSpells, Spells
from queries.register.kernel.cleaning import bound_activities, pack_spells
from queries.register.kernel.passive import count_passive
from queries.register.kernel.tangled import ACTIVE, Part
from queries.register.plan import Plan
from queries.register.rules import ACTIVITIES, SPELLS, Tally

Scalar = TypeVar("Scalar", bound=np.generic)


def fixed(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """Return an array as one that is only read, so that loops are compiled once for all of them."""
    view = array.view()
    view.flags.writeable = False
    return view


NO_KEYS, NO_DAYS = np.empty(0, np.int64), np.empty(0, np.int32)
DENOMINATOR, NUMERATOR = 0, 1


@dataclass(eq=False)
class Counts:
    """What has been counted so far.

    `steps`: (benefits + 1, kommuner, months + 1, 2), the change from the month before of those in
    the denominator and of the active ones among them; the last benefit is that of unlisted codes.
    """

    steps: NDArray[np.int64]
    spells: Tally = field(default_factory=lambda: Tally(SPELLS))
    offers: Tally = field(default_factory=lambda: Tally(ACTIVITIES))
    mentors: Tally = field(default_factory=lambda: Tally(ACTIVITIES))

    @staticmethod
    def none(plan: Plan) -> Counts:
        """Return counts of nobody."""
        shape = (len(plan.code_list.benefits) + 1, len(plan.places), len(plan.months) + 1, 2)
        return Counts(np.zeros(shape, np.int32))

    def add(self, other: Counts) -> None:
        """Add the counts of other persons."""
        self.steps += other.steps
        self.spells.add(other.spells)
        self.offers.add(other.offers)
        self.mentors.add(other.mentors)

    def monthly(self) -> NDArray[np.int64]:
        """Return (benefits, kommuner, months, 2): denominator and numerator of every month."""
        counted = self.steps.cumsum(axis=2)[:, :, :-1]
        counted[..., NUMERATOR] = counted[..., DENOMINATOR] - counted[..., ACTIVE]
        return counted


class BadWeekError(UserError):
    """A row has a week that does not exist; `row` counts from 1 over the whole input."""

    def __init__(self, row: int, first: int, last: int) -> None:
        self.row, self.first, self.last = row, first, last
        super().__init__(
            f"Række {row} har ugerne {first} til {last}, og en af dem findes ikke. "
            "Uger skrives som ÅÅÅÅUU efter ISO 8601, fx 201701."
        )


def clean_spells(spells: Spells, plan: Plan, counts: Counts) -> PackedSpells:
    """Return the rows packed, with every rule counted; raises BadWeekError."""
    keys = np.empty(len(spells.person), np.int64)
    benefits, places = plan.code_tables
    bad = pack_spells(
        fixed(spells.kommune),
        fixed(spells.code),
        fixed(spells.first),
        fixed(spells.last),
        plan.tables.week_codes,
        plan.kommune_places,
        benefits,
        places,
        plan.as_of_week,
        keys,
        counts.spells.counts,
        counts.spells.rows,
        spells.first_row,
    )
    if bad >= 0:
        raise BadWeekError(
            spells.first_row + bad + 1, int(spells.first[bad]), int(spells.last[bad])
        )
    return PackedSpells(spells.person, keys, spells.first_row)


def clean_activities(rows: Activities, plan: Plan, tally: Tally) -> None:
    """Bound activities in place and count the rules."""
    bound_activities(
        fixed(rows.kind),
        rows.starts,
        rows.ends,
        plan.as_of_day,
        tally.counts,
        tally.rows,
        rows.first_row,
    )


def count(
    spells: PackedSpells, offers: Activities, mentors: Activities, plan: Plan, counts: Counts
) -> None:
    """Add whole persons, cleaned and ordered by person, to `counts`."""
    rows, offers_, mentors_ = (
        Part(fixed(person), fixed(keys), fixed(starts), fixed(ends), row, tally.counts, tally.rows)
        for person, keys, starts, ends, row, tally in (
            (spells.person, spells.keys, NO_DAYS, NO_DAYS, spells.first_row, counts.spells),
            (offers.person, NO_KEYS, offers.starts, offers.ends, offers.first_row, counts.offers),
            (
                mentors.person,
                NO_KEYS,
                mentors.starts,
                mentors.ends,
                mentors.first_row,
                counts.mentors,
            ),
        )
    )
    steps = counts.steps.reshape(-1)
    count_passive(rows, offers_, mentors_, plan.tables, plan.settings, steps)


def rows_of(person: Int64, wanted: Int64) -> Int64:
    """Return the indices of the rows that belong to `wanted` persons; both are ordered."""
    begin = np.searchsorted(person, wanted, side="left")
    end = np.searchsorted(person, wanted, side="right")
    lengths = end - begin
    if not lengths.any():
        return np.empty(0, np.int64)
    # 0, 1, 2, ... within each person's rows, after where these begin.
    starts = np.repeat(begin - np.concatenate([[0], lengths.cumsum()[:-1]]), lengths)
    return starts + np.arange(lengths.sum())
