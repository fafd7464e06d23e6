"""The general way to count a person: spells that overlap, and every reading of month and year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from queries.register.calendar import WEEKS, Tables
from queries.register.kernel.packing import (
    Array,
    Int,
    benefit_of,
    compiled,
    first_of,
    kommune_of,
    last_of,
    pack,
)
from queries.register.kernel.person import MONTH_BITS, MONTH_MASK, gather_spells, untangled
from queries.register.kernel.settings import Settings
from queries.register.kernel.timeline import eligible_from, owned

ACTIVE = 1
"""The place in `steps` of those who are not passive, after those who count at all."""
NO_MORE = WEEKS - 1
"""A week after all others."""


class Part(NamedTuple):
    """Rows of one kind, ordered by person; `first_row` is the number of rows before them.

    Spells have `keys`, activities `starts` and `ends` (days); `counts` and `rows` tally the rules.
    """

    person: Array
    keys: Array
    starts: Array
    ends: Array
    first_row: int
    counts: Array
    rows: Array


@compiled
def count_tangled(
    part: Part,
    begin: int,
    end: int,
    tables: Tables,
    settings: Settings,
    blocks: Array,
    left: int,
    steps: Array,
) -> None:
    """Count a person whose spells overlap or are out of order, or who has several courses."""
    spells = np.empty(end - begin, np.int64)
    row = part.first_row + begin + 1
    count, overlap = gather_spells(
        part.keys, begin, end, settings, spells, part.counts, part.rows, row
    )
    if overlap:
        spells = untangled(spells, count, settings)
        count = len(spells)
    eligible = np.empty(count, np.int64)
    segments = np.empty((2 * count, 3), np.int64)
    i = 0
    while i < count:
        benefit = benefit_of(spells[i])
        j = i + 1
        while j < count and benefit_of(spells[j]) == benefit:
            j += 1
        if benefit < settings.benefits:
            eligible_from(
                spells, i, j, settings.needed, settings.gap, settings.elapsed, settings.own,
                eligible,
            )  # fmt: skip
            found = owned(spells, i, j, segments)
            after = 0
            for k in range(found):
                first, last, spell = segments[k, 0], segments[k, 1], segments[k, 2]
                following = segments[k + 1, 0] if k + 1 < found else NO_MORE
                owner = pack(benefit, first, last, kommune_of(spells[i + spell]), 0)
                _count(
                    owner, eligible[spell], after, following, blocks, left, tables, settings, steps
                )
                after = tables.month_to[last] + 1
        i = j


@compiled
def _count(
    spell: Int,
    eligible: Int,
    after: Int,
    following: Int,
    blocks: Array,
    left: int,
    tables: Tables,
    settings: Settings,
    steps: Array,
) -> None:
    """Count the months in which the person is read in a spell, with seniority from `eligible` on.

    A month with weeks of several spells belongs to the last of them, or to the first: `following`
    is the first week of the next spell (NO_MORE for none), `after` the first month that the spells
    before leave.
    """
    first, last = first_of(spell), last_of(spell)
    if eligible > last:
        return
    until = np.int64(tables.month_to[last])
    if settings.last_week:
        month = np.int64(tables.month_from[max(first, eligible)])
        until = min(until, np.int64(tables.month_from[following]) - 1)
    else:
        # The first week of the month in the spell is its own first, or the month's.
        month = np.int64(
            tables.month_from[first] if eligible <= first else tables.begins_from[eligible]
        )
        month = max(month, after)
    if month > until:
        return
    at = 2 * settings.steps * (benefit_of(spell) * settings.kommuner + kommune_of(spell))
    steps[at + 2 * month] += 1
    steps[at + 2 * until + 2] -= 1
    for b in range(left):
        since, stop = blocks[b] >> MONTH_BITS, blocks[b] & MONTH_MASK
        if settings.year_by_week:
            since, stop = _months_of_weeks(since, stop, first, last, tables, settings)
        since = max(since, month)
        stop = min(stop, until)
        if since <= stop:
            steps[at + 2 * since + ACTIVE] += 1
            steps[at + 2 * stop + 2 + ACTIVE] -= 1


@compiled
def _months_of_weeks(
    since: Int, stop: Int, first: Int, last: Int, tables: Tables, settings: Settings
) -> tuple[Int, Int]:
    """Return the first and last month whose snapshot week, in a spell first..last, is in a block.

    The year is counted back from the person's own snapshot week: the last of the spell's weeks in
    the month, or the first.
    """
    none = np.int64(settings.steps)
    if settings.last_week:
        begin = np.int64(tables.month_from[since]) if since <= last else none
        end = none if stop >= last else np.int64(tables.ends_to[stop])
    else:
        begin = np.int64(0) if since <= first else np.int64(tables.begins_from[since])
        end = np.int64(tables.month_to[stop]) if stop >= first else np.int64(-1)
    return begin, end
