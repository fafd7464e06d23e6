"""Rows in any order brought together by person: thrown into parts by person, then sorted there."""

from __future__ import annotations

import numpy as np

from queries.register.kernel.packing import Array, Int, compiled

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_DIGIT = 11


@compiled
def part_order(person: Array, parts: int) -> tuple[Array, Array]:
    """Return the order that brings each part's rows together, and where each part begins.

    A part is chosen by a hash of the person, so that parts are alike in size whatever the ids are.
    """
    begins = np.zeros(parts + 1, np.int64)
    part = np.empty(len(person), np.int32)
    for i in range(len(person)):
        mixed = np.uint64(person[i]) * _SPREAD
        part[i] = np.int32((mixed >> np.uint64(40)) % np.uint64(parts))
        begins[part[i] + 1] += 1
    for p in range(parts):
        begins[p + 1] += begins[p]
    place = begins[:parts].copy()
    order = np.empty(len(person), np.int64)
    for i in range(len(person)):
        order[place[part[i]]] = i
        place[part[i]] += 1
    return order, begins


@compiled
def person_order(person: Array) -> Array:
    """Return the order that sorts by person and keeps the rows of each as they stand.

    A radix sort: as many passes as the ids have digits of 11 bits.
    """
    count = len(person)
    order = np.arange(count)
    if count == 0:
        return order
    low, high = person.min(), person.max()
    other = np.empty(count, np.int64)
    size = 1 << _DIGIT
    shift = 0
    digit: Int
    while (np.uint64(high) - np.uint64(low)) >> np.uint64(shift) > np.uint64(0):
        begins = np.zeros(size + 1, np.int64)
        for i in range(count):
            offset = np.uint64(person[i]) - np.uint64(low)
            begins[((offset >> np.uint64(shift)) & np.uint64(size - 1)) + np.uint64(1)] += 1
        for digit in range(size):
            begins[digit + 1] += begins[digit]
        for at in range(count):
            i = order[at]
            offset = np.uint64(person[i]) - np.uint64(low)
            digit = np.int64((offset >> np.uint64(shift)) & np.uint64(size - 1))
            other[begins[digit]] = i
            begins[digit] += 1
        order, other = other, order
        shift += _DIGIT
        if shift >= 64:
            break
    return order
