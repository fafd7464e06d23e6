"""A benefit spell as one whole number, so that sorting numbers sorts spells.

From the highest bit: benefit (place in the code list), first week, last week, kommune and code,
both upside down. Ascending order is thus the contract's order of ownership: of two spells that
cover a week the later one in this order owns it (latest first week, then latest last week, lowest
kommune, first code).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

import numba
import numpy as np

from queries.register.kernel.cache import use_cache

Loop = TypeVar("Loop", bound=Callable[..., Any])
Array = np.ndarray[Any, np.dtype[Any]]
Int: TypeAlias = Any
"""A whole number that the compiler gives its width: a checker knows no type for both of them."""

WEEK_BITS, KOMMUNE_BITS, CODE_BITS = 13, 7, 10
KOMMUNE_TOP = (1 << KOMMUNE_BITS) - 1
CODE_TOP = (1 << CODE_BITS) - 1
WEEK_MASK = (1 << WEEK_BITS) - 1
LAST_SHIFT = KOMMUNE_BITS + CODE_BITS
FIRST_SHIFT = LAST_SHIFT + WEEK_BITS
BENEFIT_SHIFT = FIRST_SHIFT + WEEK_BITS

use_cache()


def compiled(function: Loop) -> Loop:
    """Compile a function when it is first called; other threads run meanwhile."""
    return cast("Loop", numba.njit(nogil=True, cache=True)(function))


def inlined(function: Loop) -> Loop:
    """Compile a small function into each of its callers."""
    return cast("Loop", numba.njit(nogil=True, cache=True, forceinline=True)(function))


@inlined
def pack(benefit: Int, first: Int, last: Int, kommune: Int, code: Int) -> Int:
    """Return the number of a spell."""
    return (
        (np.int64(benefit) << BENEFIT_SHIFT)
        | (np.int64(first) << FIRST_SHIFT)
        | (np.int64(last) << LAST_SHIFT)
        | (np.int64(KOMMUNE_TOP - kommune) << CODE_BITS)
        | np.int64(CODE_TOP - code)
    )


@inlined
def benefit_of(key: int) -> int:
    """Return the benefit's place in the code list."""
    return key >> BENEFIT_SHIFT


@inlined
def first_of(key: int) -> int:
    """Return the first week."""
    return (key >> FIRST_SHIFT) & WEEK_MASK


@inlined
def last_of(key: int) -> int:
    """Return the last week."""
    return (key >> LAST_SHIFT) & WEEK_MASK


@inlined
def kommune_of(key: int) -> int:
    """Return the kommune's place in the run's list."""
    return KOMMUNE_TOP - ((key >> CODE_BITS) & KOMMUNE_TOP)


@inlined
def code_of(key: int) -> int:
    """Return the code's place in the code list."""
    return CODE_TOP - (key & CODE_TOP)


@compiled
def sort_keys(keys: Array, count: int) -> None:
    """Sort the first `count` keys in place: by insertion where they are few."""
    if count > 48:
        keys[:count] = np.sort(keys[:count])
        return
    for i in range(1, count):
        key = keys[i]
        j = i - 1
        while j >= 0 and keys[j] > key:
            keys[j + 1] = keys[j]
            j -= 1
        keys[j + 1] = key
