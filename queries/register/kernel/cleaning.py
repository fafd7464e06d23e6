"""Rows as they were read become packed spells and bounded activities; every rule is counted."""

from __future__ import annotations

import numpy as np

from queries.register.kernel.packing import Array, Int, compiled, inlined, pack
from queries.register.rules import ACTIVITIES, EXAMPLES, NO_ROW, SPELLS

OPEN = -(1 << 31)
DROPPED = np.int64(-1)
NEVER = np.int32(2**31 - 1)
NOT_ACTIVE, UNLISTED = 4, 99
"""Kinds of offers: below NOT_ACTIVE the active ones, in the order of `mapping.OFFERS`."""
_SPELL = {rule.name: place for place, rule in enumerate(SPELLS)}
_ACTIVITY = {rule.name: place for place, rule in enumerate(ACTIVITIES)}

OPEN_END = _SPELL["open_end"]
ENDS_BEFORE = _SPELL["ends_before_start"]
FUTURE = _SPELL["future"]
FUTURE_END = _SPELL["future_end"]
UNKNOWN_KOMMUNE = _SPELL["unknown_kommune"]
UNLISTED_CODE = _SPELL["unlisted_code"]
ACTIVITY_UNLISTED = _ACTIVITY["unlisted_code"]
# The first four rules are the same for spells and activities.
if [rule.name for rule in SPELLS[:4]] != [rule.name for rule in ACTIVITIES[:4]]:
    raise AssertionError("spells and activities must begin with the same rules")

FIRST_CODE = 197000
"""The table of weeks begins at week 0 of this year."""


@compiled
def keep_example(counts: Array, rows: Array, rule: int, row: int) -> None:
    """Keep a row as an example of a rule if it is among the first; rows come in rising order.

    Rows below 1 are those of which the file's own number is not known.
    """
    if row > 0 and counts[rule] < EXAMPLES:
        for place in range(EXAMPLES):
            if rows[rule, place] == NO_ROW:
                rows[rule, place] = row
                break


@inlined
def note(counts: Array, rows: Array, rule: int, row: int) -> None:
    """Count a rule for a row, and keep the row as an example if it is among the first."""
    if counts[rule] < EXAMPLES:
        keep_example(counts, rows, rule, row)
    counts[rule] += 1


@inlined
def _week(code: Int, week_codes: Array) -> Int:
    """Return a week's number, NO_WEEK where there is none, as in the first place of the table."""
    at = np.uint64(np.int64(code) - FIRST_CODE)
    return np.int64(week_codes[at if at < np.uint64(len(week_codes)) else np.uint64(0)])


@compiled
def pack_spells(
    kommune: Array,
    code: Array,
    first: Array,
    last: Array,
    week_codes: Array,
    kommune_places: Array,
    code_benefits: Array,
    code_places: Array,
    as_of_week: int,
    keys: Array,
    counts: Array,
    rows: Array,
    row_offset: int,
) -> int:
    """Write one packed spell per row to `keys`, DROPPED where a rule leaves it out.

    Weeks are YYYYWW (OPEN for no last week); `kommune_places`, `code_benefits` and `code_places`
    are looked up by the file's own numbers, their last place standing for every other number.
    Returns the index of the first row with a week that does not exist, else -1.
    """
    other = np.uint64(len(code_benefits) - 1)
    nowhere = np.uint64(len(kommune_places) - 1)
    # What is common is counted without a branch: the processor cannot foresee which rows it is.
    open_rows = counts[OPEN_END]
    unknown_rows, unlisted_rows = counts[UNKNOWN_KOMMUNE], counts[UNLISTED_CODE]
    for i in range(len(first)):
        begin = _week(first[i], week_codes)
        runs = last[i] == OPEN
        end = _week(last[i], week_codes)
        end += runs * (as_of_week - end)
        if (begin < 0) | (end < 0):
            return i
        row = row_offset + i + 1
        if runs & (open_rows < EXAMPLES):
            keep_example(counts, rows, OPEN_END, row)
        open_rows += runs
        if (end < begin) | (end > as_of_week):
            if (end < begin) & (not runs):
                note(counts, rows, ENDS_BEFORE, row)
                keys[i] = DROPPED
                continue
            if begin > as_of_week:
                note(counts, rows, FUTURE, row)
                keys[i] = DROPPED
                continue
            note(counts, rows, FUTURE_END, row)
            end = np.int64(as_of_week)
        place = kommune_places[min(np.uint64(np.int64(kommune[i])), nowhere)]
        unknown = place == kommune_places[nowhere]
        if unknown & (unknown_rows < EXAMPLES):
            keep_example(counts, rows, UNKNOWN_KOMMUNE, row)
        unknown_rows += unknown
        number = min(np.uint64(np.int64(code[i])), other)  # a negative one is above all others
        benefit = code_benefits[number]
        unlisted = benefit == code_benefits[other]
        if unlisted & (unlisted_rows < EXAMPLES):
            keep_example(counts, rows, UNLISTED_CODE, row)
        unlisted_rows += unlisted
        keys[i] = pack(benefit, begin, end, place, code_places[number])
    counts[OPEN_END] = open_rows
    counts[UNKNOWN_KOMMUNE], counts[UNLISTED_CODE] = unknown_rows, unlisted_rows
    return -1


@compiled
def bound_activities(
    kind: Array,
    starts: Array,
    ends: Array,
    as_of_day: int,
    counts: Array,
    rows: Array,
    row_offset: int,
) -> None:
    """Bound activities in place by the day the register is read; days are numbers.

    `kind` is the offer's place in `mapping.OFFERS` or UNLISTED. A row that is left out, or is no
    active offer, gets the start NEVER; an end of NEVER means that none was given.
    """
    for i in range(len(starts)):
        row = row_offset + i + 1
        if kind[i] == UNLISTED:
            note(counts, rows, ACTIVITY_UNLISTED, row)
        if ends[i] == NEVER:
            note(counts, rows, OPEN_END, row)
        elif ends[i] < starts[i]:
            note(counts, rows, ENDS_BEFORE, row)
            starts[i] = NEVER
            continue
        if starts[i] > as_of_day:
            note(counts, rows, FUTURE, row)
            starts[i] = NEVER
            continue
        if ends[i] > as_of_day:
            if ends[i] != NEVER:
                note(counts, rows, FUTURE_END, row)
            ends[i] = as_of_day
        if kind[i] >= NOT_ACTIVE:
            starts[i] = NEVER
