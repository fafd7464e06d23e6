"""Who has the seniority, and who of them is passive, in every month at once.

Each spell becomes at most one unbroken range of months in which its person is counted, each
activity a range of months in which the person is not passive. Both are counted as +1 where they
begin and -1 after they end, so that the cost follows the spells and not the months.

Almost every person has one spell after the other (DREAM has one benefit a week). They are followed
as they stand, with a few numbers per benefit and nothing sorted; the others are untangled first.
"""

from __future__ import annotations

import numpy as np

from queries.register.calendar import Tables
from queries.register.kernel.cleaning import DROPPED, keep_example, note
from queries.register.kernel.packing import (
    Array,
    Int,
    benefit_of,
    compiled,
    first_of,
    inlined,
    kommune_of,
    last_of,
    pack,
)
from queries.register.kernel.person import (
    BRIDGED,
    MONTH_BITS,
    MONTH_MASK,
    MOVED,
    TOUCHING,
    gather_blocks,
    merge_blocks,
)
from queries.register.kernel.settings import Settings
from queries.register.kernel.tangled import ACTIVE, NO_MORE, Part, count_tangled
from queries.register.rules import ACTIVITIES, EXAMPLES

NO_BENEFIT = [rule.name for rule in ACTIVITIES].index("no_benefit")
SORTED = -1
LATE = 1 << 20
"""A month, and NEVER_REACHED a week, after all others."""
NEVER_REACHED = 1 << 40
NOBODY = pack.py_func(0, 0, 0, 0, 0)  # type: ignore[attr-defined]  # compiled
"""A spell of one week in 1970: never waited for, since no course has its seniority."""


@compiled
def unsorted_at(person: Array) -> int:
    """Return the first index whose person is smaller than the one before, SORTED if none is."""
    for i in range(1, len(person)):
        if person[i] < person[i - 1]:
            return i
    return SORTED


@compiled
def longest(person: Array) -> int:
    """Return the largest number of rows of one person; rows are ordered by person."""
    most = run = min(len(person), 1)
    for i in range(1, len(person)):
        run = run * (person[i] == person[i - 1]) + 1  # not a branch: persons end anywhere
        most = max(most, run)
    return most


@compiled
def count_passive(
    spells: Part, offers: Part, mentors: Part, tables: Tables, settings: Settings, steps: Array
) -> None:
    """Add whole persons to `steps`.

    `steps` holds, one after the other, (benefits + 1) x kommuner x (months + 1) x 2 numbers: the
    differences from month to month of those who count, and of the active ones among them.
    """
    # The loop gets plain arrays: one taken out of a tuple in it costs a reference count each time.
    _follow(
        spells, tables, settings, spells.person, spells.keys, spells.counts, spells.rows,
        spells.first_row, offers.person, offers.starts, offers.ends, offers.counts, offers.rows,
        offers.first_row, mentors.person, mentors.starts, mentors.ends, mentors.counts,
        mentors.rows, mentors.first_row, tables.month_from, tables.month_to,
        tables.blocks_from, tables.blocks_to,
        np.empty(longest(offers.person) + longest(mentors.person), np.int64),
        np.full(settings.benefits + 1, NEVER_REACHED, np.int64),
        np.full(settings.benefits + 1, NOBODY, np.int64),
        np.zeros(settings.benefits + 2, np.int64),
        np.empty(longest(spells.person) + settings.benefits + 2, np.int64),
        steps,
    )  # fmt: skip


@compiled
def _follow(
    spells: Part,
    tables: Tables,
    settings: Settings,
    person: Array,
    keys: Array,
    counts: Array,
    rows: Array,
    first_row: int,
    offer_person: Array,
    offer_starts: Array,
    offer_ends: Array,
    offer_counts: Array,
    offer_rows: Array,
    first_offer_row: int,
    mentor_person: Array,
    mentor_starts: Array,
    mentor_ends: Array,
    mentor_counts: Array,
    mentor_rows: Array,
    first_mentor_row: int,
    month_from: Array,
    month_to: Array,
    blocks_from: Array,
    blocks_to: Array,
    blocks: Array,
    base: Array,
    waiting: Array,
    touched: Array,
    ranges: Array,
    steps: Array,
) -> None:
    """Go through all persons.

    Of each benefit: `base` is where its course counts from, `waiting` its last spell, which waits
    because the next one may take over its last month (NOBODY where there is none).
    `touched` lists the person's benefits, `ranges` the months in which the person counts.
    """
    counts_weeks = 0 if settings.elapsed else 1
    # Every other reading of month and year goes the general way.
    plain = settings.own == 0 and settings.last_week and not settings.year_by_week
    at_offer = at_mentor = begin = 0
    touching_rows = bridged_rows = moved_rows = 0
    total, offer_total, mentor_total = len(person), len(offer_person), len(mentor_person)
    while begin < total:
        who = person[begin]
        apart = plain
        week = -1
        end = begin
        while end < total and person[end] == who:
            key = keys[end]
            if key != DROPPED:
                apart &= first_of(key) > week
                week = last_of(key)
            end += 1

        while at_offer < offer_total and offer_person[at_offer] < who:
            note(offer_counts, offer_rows, NO_BENEFIT, first_offer_row + at_offer + 1)
            at_offer += 1
        first_offer = at_offer
        while at_offer < offer_total and offer_person[at_offer] == who:
            at_offer += 1
        while at_mentor < mentor_total and mentor_person[at_mentor] < who:
            note(mentor_counts, mentor_rows, NO_BENEFIT, first_mentor_row + at_mentor + 1)
            at_mentor += 1
        first_mentor = at_mentor
        while at_mentor < mentor_total and mentor_person[at_mentor] == who:
            at_mentor += 1
        if not apart:
            left = _blocks(
                offer_starts, offer_ends, first_offer, at_offer, mentor_starts, mentor_ends,
                first_mentor, at_mentor, blocks_from, blocks_to, blocks,
            )  # fmt: skip
            count_tangled(spells, begin, end, tables, settings, blocks, left, steps)
            begin = end
            continue
        benefits = found = 0
        for i in range(begin, end):
            key = keys[i]
            if key == DROPPED:
                continue
            benefit = benefit_of(key)
            first = first_of(key)
            before = waiting[benefit]
            fresh = before == NOBODY
            touched[benefits] = benefit
            benefits += fresh
            gap = first - last_of(before) - 1
            found += _range(
                before, base[benefit] + settings.needed - 1, first, month_from, month_to, settings,
                ranges, found,
            )  # fmt: skip
            goes_on = (gap <= settings.gap) & (not fresh)
            # Of the interruption's weeks none counts, unless elapsed time does.
            base[benefit] = first + goes_on * (base[benefit] + gap * counts_weeks - first)
            waiting[benefit] = key
            moved = goes_on & (kommune_of(key) != kommune_of(before))
            bridged = goes_on & (gap != 0)
            # Counted without a branch: the processor cannot foresee which rows these are.
            if goes_on & (min(touching_rows, bridged_rows, moved_rows) < EXAMPLES):
                row = first_row + i + 1
                if bridged & (bridged_rows < EXAMPLES):
                    keep_example(counts, rows, BRIDGED, row)
                if (not bridged) & (touching_rows < EXAMPLES):
                    keep_example(counts, rows, TOUCHING, row)
                if moved & (moved_rows < EXAMPLES):
                    keep_example(counts, rows, MOVED, row)
            bridged_rows += bridged
            touching_rows += goes_on & (not bridged)
            moved_rows += moved
        for i in range(benefits):
            benefit = touched[i]
            found += _range(
                waiting[benefit], base[benefit] + settings.needed - 1, NO_MORE, month_from,
                month_to, settings, ranges, found,
            )  # fmt: skip
            waiting[benefit] = NOBODY
            base[benefit] = NEVER_REACHED
        begin = end
        if not found:
            continue
        left = 0
        if at_offer > first_offer or at_mentor > first_mentor:
            left = _blocks(
                offer_starts, offer_ends, first_offer, at_offer, mentor_starts, mentor_ends,
                first_mentor, at_mentor, blocks_from, blocks_to, blocks,
            )  # fmt: skip
        for i in range(found):
            at = ranges[i] >> 2 * MONTH_BITS
            month, until = ranges[i] >> MONTH_BITS & MONTH_MASK, ranges[i] & MONTH_MASK
            steps[at + 2 * month] += 1
            steps[at + 2 * until + 2] -= 1
            at += ACTIVE
            for b in range(left):
                # An empty range adds 1 and takes it away again in the same place.
                since = min(max(blocks[b] >> MONTH_BITS, month), until + 1)
                stop = max(min(blocks[b] & MONTH_MASK, until) + 1, since)
                steps[at + 2 * since] += 1
                steps[at + 2 * stop] -= 1
    counts[TOUCHING] += touching_rows
    counts[BRIDGED] += bridged_rows
    counts[MOVED] += moved_rows
    for i in range(at_offer, offer_total):
        note(offer_counts, offer_rows, NO_BENEFIT, first_offer_row + i + 1)
    for i in range(at_mentor, mentor_total):
        note(mentor_counts, mentor_rows, NO_BENEFIT, first_mentor_row + i + 1)


@inlined
def _range(
    spell: Int,
    eligible: Int,
    following: Int,
    month_from: Array,
    month_to: Array,
    settings: Settings,
    ranges: Array,
    found: int,
) -> int:
    """Write the months that count in a spell with seniority from the week `eligible` on.

    They are those whose last week of the benefit is in the spell; `following` is the first week of
    the next one, NO_MORE for none. Returns 1, or 0 where there are none: what was written is then
    written over. A branch that the processor cannot foresee would cost more.
    """
    first, last = first_of(spell), last_of(spell)
    late = eligible > last
    until = min(np.int64(month_to[last]), np.int64(month_from[following]) - 1)
    month = np.int64(month_from[max(first, min(eligible, last))]) + LATE * late
    at = 2 * settings.steps * (benefit_of(spell) * settings.kommuner + kommune_of(spell))
    ranges[found] = (at << MONTH_BITS | month) << MONTH_BITS | until
    return int(month <= until)


@inlined
def _blocks(
    offer_starts: Array,
    offer_ends: Array,
    first_offer: int,
    at_offer: int,
    mentor_starts: Array,
    mentor_ends: Array,
    first_mentor: int,
    at_mentor: int,
    blocks_from: Array,
    blocks_to: Array,
    blocks: Array,
) -> int:
    """Write when the person's activities count to `blocks`, rising and apart; return how many."""
    left = gather_blocks(
        offer_starts, offer_ends, first_offer, at_offer, blocks_from, blocks_to, blocks, 0
    )
    left = gather_blocks(
        mentor_starts, mentor_ends, first_mentor, at_mentor, blocks_from, blocks_to, blocks, left
    )
    return merge_blocks(blocks, left)
