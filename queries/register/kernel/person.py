"""One person's rows gathered: cleaned spells in order, and the time in which activities count."""

from __future__ import annotations

import numpy as np

from queries.register.kernel.cleaning import DROPPED, NEVER, note
from queries.register.kernel.packing import (
    BENEFIT_SHIFT,
    WEEK_BITS,
    WEEK_MASK,
    Array,
    benefit_of,
    compiled,
    first_of,
    inlined,
    kommune_of,
    last_of,
    sort_keys,
)
from queries.register.kernel.settings import Settings
from queries.register.kernel.timeline import apply_precedence, merge_equal
from queries.register.rules import SPELLS

_PLACE = {rule.name: place for place, rule in enumerate(SPELLS)}
REPEATED = _PLACE["repeated"]
OVERLAPPING = _PLACE["overlapping"]
TOUCHING = _PLACE["touching"]
BRIDGED = _PLACE["bridged"]
MOVED = _PLACE["moved"]
TWO_BENEFITS = _PLACE["two_benefits"]
MONTH_BITS = 16
MONTH_MASK = (1 << MONTH_BITS) - 1


@compiled
def gather_spells(
    keys: Array,
    begin: int,
    end: int,
    settings: Settings,
    spells: Array,
    counts: Array,
    rows: Array,
    row: int,
) -> tuple[int, bool]:
    """Copy a person's spells to `spells`, in order; return how many and whether any overlap.

    Rules that concern several rows are counted for `row`, the person's first one.
    """
    count = 0
    week = -1
    apart = True  # as the rows stand; DREAM has one benefit a week
    for i in range(begin, end):
        if keys[i] != DROPPED:
            spells[count] = keys[i]
            count += 1
            apart &= first_of(keys[i]) > week
            week = last_of(keys[i])
    if count < 2:
        return count, False
    sort_keys(spells, count)
    overlap = False
    benefits = 1
    reach = last_of(spells[0])
    for i in range(1, count):
        key = spells[i]
        if key == spells[i - 1]:
            note(counts, rows, REPEATED, row)
            overlap = True
        elif benefit_of(key) != benefit_of(spells[i - 1]):
            benefits += 1
            reach = last_of(key)
        else:
            gap = first_of(key) - reach - 1
            if gap < 0:
                note(counts, rows, OVERLAPPING, row)
                overlap = True
            elif gap <= settings.gap:
                note(counts, rows, BRIDGED if gap else TOUCHING, row)
                if kommune_of(key) != kommune_of(spells[i - 1]):
                    note(counts, rows, MOVED, row)
            reach = max(reach, last_of(key))
    if benefits > 1 and not apart and _two_at_once(spells, count):
        note(counts, rows, TWO_BENEFITS, row)
        overlap |= settings.precedence
    return count, overlap


@compiled
def _two_at_once(spells: Array, count: int) -> bool:
    """Return whether two spells of different benefits share a week."""
    order = np.empty(count, np.int64)
    for i in range(count):
        weeks = first_of(spells[i]) << WEEK_BITS | last_of(spells[i])
        order[i] = weeks << (64 - BENEFIT_SHIFT) | benefit_of(spells[i])
    sort_keys(order, count)
    # The latest last week so far, its benefit, and the latest of any other benefit.
    reach = other_reach = whose = -1
    for i in range(count):
        benefit = order[i] & ((1 << (64 - BENEFIT_SHIFT)) - 1)
        weeks = order[i] >> (64 - BENEFIT_SHIFT)
        first, last = weeks >> WEEK_BITS, weeks & WEEK_MASK
        if (other_reach if benefit == whose else reach) >= first:
            return True
        if last > reach:
            if benefit != whose:
                other_reach, whose = reach, benefit
            reach = last
        elif benefit != whose:
            other_reach = max(other_reach, last)
    return False


@compiled
def untangled(spells: Array, count: int, settings: Settings) -> Array:
    """Return spells that overlap as the definition reads them: merged, and with precedence."""
    mine = spells[:count].copy()
    left = merge_equal(mine, count)
    if settings.precedence:
        return apply_precedence(mine, left, settings.benefits)
    return mine[:left]


@inlined
def gather_blocks(
    starts: Array,
    ends: Array,
    begin: int,
    end: int,
    blocks_from: Array,
    blocks_to: Array,
    blocks: Array,
    count: int,
) -> int:
    """Add the months (or weeks) in which activities count to `blocks`, packed; return how many."""
    highest = len(blocks_from) - 1
    for i in range(begin, end):
        if starts[i] == NEVER or ends[i] < 0:
            continue
        since = np.int64(blocks_from[max(0, min(starts[i], highest))])
        until = np.int64(blocks_to[min(ends[i], highest)])
        if since <= until:
            blocks[count] = since << MONTH_BITS | until
            count += 1
    return count


@compiled
def merge_blocks(blocks: Array, count: int) -> int:
    """Sort packed ranges and merge those that meet; return how many are left."""
    if count < 2:
        return count
    sort_keys(blocks, count)
    left = 1
    for i in range(1, count):
        until = blocks[left - 1] & MONTH_MASK
        if blocks[i] >> MONTH_BITS <= until + 1:
            if blocks[i] & MONTH_MASK > until:
                blocks[left - 1] += (blocks[i] & MONTH_MASK) - until
        else:
            blocks[left] = blocks[i]
            left += 1
    return left
