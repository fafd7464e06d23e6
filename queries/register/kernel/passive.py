"""Who has the seniority, and who of them is passive, in every month at once.

Each spell becomes at most one unbroken range of months in which its person is counted, each
activity a range of months in which the person is not passive. Both are counted as +1 where they
begin and -1 after they end, so that the cost follows the spells and not the months.
"""

from __future__ import annotations

import numpy as np

from queries.register.calendar import Tables
from queries.register.kernel.cleaning import note
from queries.register.kernel.packing import (
    Array,
    Int,
    benefit_of,
    compiled,
    first_of,
    inlined,
    kommune_of,
    last_of,
)
from queries.register.kernel.person import (
    block_range,
    gather_blocks,
    gather_spells,
    merge_blocks,
    untangled,
)
from queries.register.kernel.settings import Settings
from queries.register.kernel.timeline import eligible_from, owned
from queries.register.rules import ACTIVITIES

NO_BENEFIT = [rule.name for rule in ACTIVITIES].index("no_benefit")
DENOMINATOR, NUMERATOR = 0, 1
SORTED = -1


@compiled
def unsorted_at(person: Array) -> int:
    """Return the first index whose person is smaller than the one before, SORTED if none is."""
    for i in range(1, len(person)):
        if person[i] < person[i - 1]:
            return i
    return SORTED


@compiled
def count_passive(
    person: Array,
    keys: Array,
    offer_person: Array,
    offer_starts: Array,
    offer_ends: Array,
    mentor_person: Array,
    mentor_starts: Array,
    mentor_ends: Array,
    tables: Tables,
    settings: Settings,
    steps: Array,
    spell_counts: Array,
    spell_rows: Array,
    offer_counts: Array,
    offer_rows: Array,
    mentor_counts: Array,
    mentor_rows: Array,
    offsets: tuple[int, int, int],
) -> None:
    """Add whole persons to `steps`.

    All arrays are ordered by person; `offsets` are the rows before the first one of spells, offers
    and mentors in their files. `steps` has the shape (benefits, kommuner, months + 1, 2): the
    differences from month to month of denominator and numerator.
    """
    size = 64
    spells = np.empty(size, np.int64)
    eligible = np.empty(size, np.int64)
    segments = np.empty((2 * size, 3), np.int64)
    blocks = np.empty(64, np.int64)
    total, offers, mentors = len(person), len(offer_person), len(mentor_person)
    at_offer = at_mentor = begin = 0
    while begin < total:
        who = person[begin]
        end = begin + 1
        while end < total and person[end] == who:
            end += 1
        if end - begin > size:
            size = 2 * (end - begin)
            spells = np.empty(size, np.int64)

        while at_offer < offers and offer_person[at_offer] < who:
            note(offer_counts, offer_rows, NO_BENEFIT, offsets[1] + at_offer + 1)
            at_offer += 1
        first_offer = at_offer
        while at_offer < offers and offer_person[at_offer] == who:
            at_offer += 1
        while at_mentor < mentors and mentor_person[at_mentor] < who:
            note(mentor_counts, mentor_rows, NO_BENEFIT, offsets[2] + at_mentor + 1)
            at_mentor += 1
        first_mentor = at_mentor
        while at_mentor < mentors and mentor_person[at_mentor] == who:
            at_mentor += 1
        activities = at_offer - first_offer + at_mentor - first_mentor
        if activities > len(blocks):
            blocks = np.empty(2 * activities, np.int64)
        left = gather_blocks(offer_starts, offer_ends, first_offer, at_offer, tables, blocks, 0)
        left = gather_blocks(
            mentor_starts, mentor_ends, first_mentor, at_mentor, tables, blocks, left
        )
        left = merge_blocks(blocks, left)

        count, overlap = gather_spells(
            keys, begin, end, settings, spells, spell_counts, spell_rows, offsets[0] + begin + 1
        )
        mine = spells
        if overlap:
            mine = untangled(spells, count, settings)
            count = len(mine)
        if count > len(eligible):
            eligible = np.empty(2 * count, np.int64)
            segments = np.empty((4 * count, 3), np.int64)

        i = 0
        while i < count:
            benefit = benefit_of(mine[i])
            j = i + 1
            while j < count and benefit_of(mine[j]) == benefit:
                j += 1
            if benefit < settings.benefits:
                eligible_from(
                    mine, i, j, settings.needed, settings.gap, settings.elapsed, settings.own,
                    eligible,
                )  # fmt: skip
                if overlap:
                    found = owned(mine, i, j, segments)
                else:
                    found = j - i
                    for k in range(found):
                        segments[k, 0] = first_of(mine[i + k])
                        segments[k, 1] = last_of(mine[i + k])
                        segments[k, 2] = k
                for k in range(found):
                    spell = segments[k, 2]
                    months = _months(segments, k, found, eligible[spell], tables, settings)
                    if months[0] <= months[1]:
                        _count(
                            steps[benefit, kommune_of(mine[i + spell])], months,
                            segments[k, 0], segments[k, 1], blocks, left, tables, settings,
                        )  # fmt: skip
            i = j
        begin = end
    while at_offer < offers:
        note(offer_counts, offer_rows, NO_BENEFIT, offsets[1] + at_offer + 1)
        at_offer += 1
    while at_mentor < mentors:
        note(mentor_counts, mentor_rows, NO_BENEFIT, offsets[2] + at_mentor + 1)
        at_mentor += 1


@inlined
def _months(
    segments: Array,
    place: int,
    found: int,
    eligible: int,
    tables: Tables,
    settings: Settings,
) -> tuple[Int, Int]:
    """Return the first and last month in which the person is read in a segment, with seniority.

    A month with weeks of several segments belongs to the last (or first) of them.
    """
    first, last = segments[place, 0], segments[place, 1]
    month = np.int64(tables.month_from[max(first, min(eligible, last + 1))])
    until = np.int64(tables.month_to[last])
    if settings.last_week:
        if place + 1 < found:
            until = min(until, np.int64(tables.month_from[segments[place + 1, 0]]) - 1)
    else:
        if eligible > first:
            # The first week of the month in the segment is the month's own first week.
            month = np.int64(tables.begins_from[min(eligible, last + 1)])
        if place:
            month = max(month, np.int64(tables.month_to[segments[place - 1, 1]]) + 1)
    if eligible > last:
        month = until + 1
    return month, until


@inlined
def _count(
    steps: Array,
    months: tuple[Int, Int],
    first: int,
    last: int,
    blocks: Array,
    left: int,
    tables: Tables,
    settings: Settings,
) -> None:
    """Count a range of months, and of these the ones that no block covers."""
    month, until = months
    steps[month, DENOMINATOR] += 1
    steps[until + 1, DENOMINATOR] -= 1
    for b in range(left):
        since, stop = block_range(blocks[b], first, last, tables, settings)
        if stop < month:
            continue
        if since > until:
            break
        if since > month:
            steps[month, NUMERATOR] += 1
            steps[since, NUMERATOR] -= 1
        month = max(month, stop + 1)
        if month > until:
            return
    if month <= until:
        steps[month, NUMERATOR] += 1
        steps[until + 1, NUMERATOR] -= 1
