"""One person's packed spells become weeks that belong to exactly one spell, with seniority.

The steps are those of the definition: equal spells that touch are one; where two benefits may not
overlap, the first in the code list keeps the week; the spell that began last owns a week; a course
goes on over interruptions that are short enough.
"""

from __future__ import annotations

import numpy as np

from queries.register.kernel.packing import (
    CODE_BITS,
    KOMMUNE_BITS,
    WEEK_BITS,
    Array,
    Int,
    benefit_of,
    code_of,
    compiled,
    first_of,
    kommune_of,
    last_of,
    pack,
    sort_keys,
)

OWN_KOMMUNE, OWN_CODE = 1, 2
"""Flags of a course: begins anew with a new kommune, has one per code."""


@compiled
def merge_equal(keys: Array, count: int) -> int:
    """Merge spells of the same benefit, code and kommune that overlap or touch; sorted in place.

    Returns how many are left.
    """
    for i in range(count):  # put kommune and code before the weeks, so that equal ones are next
        key = keys[i]
        kind = (benefit_of(key) << KOMMUNE_BITS | kommune_of(key)) << CODE_BITS | code_of(key)
        keys[i] = (kind << WEEK_BITS | first_of(key)) << WEEK_BITS | last_of(key)
    sort_keys(keys, count)
    mask = (1 << WEEK_BITS) - 1
    left = 0
    for i in range(count):
        kind, first, last = keys[i] >> 2 * WEEK_BITS, keys[i] >> WEEK_BITS & mask, keys[i] & mask
        if left:
            before = keys[left - 1]
            end = before & mask
            if before >> 2 * WEEK_BITS == kind and first <= end + 1:
                if last > end:
                    keys[left - 1] = before - end + last
                continue
        keys[left] = keys[i]
        left += 1
    for i in range(left):
        kind = keys[i] >> 2 * WEEK_BITS
        keys[i] = pack(
            kind >> (KOMMUNE_BITS + CODE_BITS),
            keys[i] >> WEEK_BITS & mask,
            keys[i] & mask,
            kind >> CODE_BITS & ((1 << KOMMUNE_BITS) - 1),
            kind & ((1 << CODE_BITS) - 1),
        )
    sort_keys(keys, left)
    return left


@compiled
def apply_precedence(keys: Array, count: int, benefits: int) -> Array:
    """Return the spells with every week left to the first benefit of the code list.

    `keys` are sorted; numbers from `benefits` on are unlisted benefits, which keep all their weeks.
    """
    kept = np.empty(4 * count + 4, np.int64)
    left = 0
    taken = np.empty((count, 2), np.int64)  # the weeks of earlier benefits: rising, apart
    taken_count = 0
    i = 0
    while i < count:
        benefit = benefit_of(keys[i])
        j = i
        while j < count and benefit_of(keys[j]) == benefit:
            key = keys[j]
            week, last = first_of(key), last_of(key)
            for t in range(taken_count):
                if benefit >= benefits or taken[t, 0] > last:
                    break
                if taken[t, 1] < week:
                    continue
                if taken[t, 0] > week:
                    if left == len(kept):
                        kept = np.concatenate((kept, np.empty(len(kept), np.int64)))
                    kept[left] = pack(benefit, week, taken[t, 0] - 1, kommune_of(key), code_of(key))
                    left += 1
                week = taken[t, 1] + 1
            if week <= last:
                if left == len(kept):
                    kept = np.concatenate((kept, np.empty(len(kept), np.int64)))
                kept[left] = pack(benefit, week, last, kommune_of(key), code_of(key))
                left += 1
            j += 1
        taken_count = _union(taken, taken_count, keys, i, j)
        i = j
    sort_keys(kept, left)
    return kept[:left]


@compiled
def _union(taken: Array, count: int, keys: Array, begin: int, end: int) -> int:
    """Add the weeks of some spells to a list of weeks, rising and apart; return its new length."""
    spans = np.empty(count + end - begin, np.int64)
    for t in range(count):
        spans[t] = taken[t, 0] << WEEK_BITS | taken[t, 1]
    for i in range(begin, end):
        spans[count + i - begin] = first_of(keys[i]) << WEEK_BITS | last_of(keys[i])
    sort_keys(spans, len(spans))
    left = 0
    for span in spans:
        first, last = span >> WEEK_BITS, span & ((1 << WEEK_BITS) - 1)
        if left and first <= taken[left - 1, 1] + 1:
            taken[left - 1, 1] = max(taken[left - 1, 1], last)
        else:
            taken[left, 0], taken[left, 1] = first, last
            left += 1
    return left


@compiled
def eligible_from(
    keys: Array,
    begin: int,
    end: int,
    needed: int,
    gap: int,
    elapsed: bool,
    own: int,
    weeks: Array,
) -> None:
    """Write to `weeks` the first week at which each spell of one benefit has the seniority.

    `keys[begin:end]` are sorted spells of one benefit. The week may lie before the spell (then all
    of it counts) or after it (then none does). `own` has the flags OWN_KOMMUNE and OWN_CODE.
    """
    if own == 0:
        _along(keys, begin, end, needed, gap, elapsed, weeks)
        return
    # One course per kommune and/or code: the spells of each, in order, then back in place.
    count = end - begin
    order = np.empty(count, np.int64)
    for i in range(count):
        key = keys[begin + i]
        kind = kommune_of(key) if own & OWN_KOMMUNE else 0
        kind = kind << CODE_BITS | (code_of(key) if own & OWN_CODE else 0)
        order[i] = (kind << WEEK_BITS | first_of(key)) << 2 * WEEK_BITS | i
    order.sort()
    group = np.empty(count, np.int64)
    found = np.empty(count, np.int64)
    i = 0
    while i < count:
        kind = order[i] >> 3 * WEEK_BITS
        j = i
        while j < count and order[j] >> 3 * WEEK_BITS == kind:
            group[j - i] = keys[begin + (order[j] & ((1 << 2 * WEEK_BITS) - 1))]
            j += 1
        _along(group, 0, j - i, needed, gap, elapsed, found)
        for k in range(i, j):
            weeks[order[k] & ((1 << 2 * WEEK_BITS) - 1)] = found[k - i]
        i = j


@compiled
def _along(
    keys: Array,
    begin: int,
    end: int,
    needed: int,
    gap: int,
    elapsed: bool,
    weeks: Array,
) -> None:
    """Follow one course after the other; `weeks[0]` belongs to `keys[begin]`."""
    course = run = run_end = -1  # first week of the course and of the unbroken run in it
    before = 0  # weeks of the course before the run
    for i in range(begin, end):
        first, last = first_of(keys[i]), last_of(keys[i])
        if course < 0 or first - run_end - 1 > gap:
            course = run = first
            before = 0
            run_end = last
        elif first > run_end + 1:
            before += run_end - run + 1
            run = first
            run_end = last
        elif last > run_end:
            run_end = last
        weeks[i - begin] = (course if elapsed else run - before) + needed - 1


@compiled
def owned(keys: Array, begin: int, end: int, segments: Array) -> int:
    """Write the weeks that each spell of one benefit owns, rising and apart, and how many rows.

    Rows of `segments`: first week, last week, index of the spell counted from `begin`. Room for
    twice the spells is enough: each begins one segment and resumes at most one other.
    """
    stack = np.empty(end - begin, np.int64)
    top = found = 0
    week: Int = 0
    until: Int
    for i in range(begin, end + 1):
        # After the last spell the others run out.
        until = first_of(keys[i]) if i < end else np.int64(1 << WEEK_BITS)
        while top and week < until:
            spell = stack[top - 1]
            last = last_of(keys[spell])
            if last < week:
                top -= 1
                continue
            stop = min(last, until - 1)
            segments[found, 0], segments[found, 1], segments[found, 2] = week, stop, spell - begin
            found += 1
            week = stop + 1
        if i < end:
            week = until
            stack[top] = i
            top += 1
    return found
