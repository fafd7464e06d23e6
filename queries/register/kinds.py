"""The kind of each offer, looked up once per text and not once per row."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.register.counting import fixed
from queries.register.kernel.cleaning import UNLISTED
from queries.register.kernel.views import MOST_VIEWS, number_views
from queries.register.plan import Plan


def kinds_of(types: pl.Series, plan: Plan) -> NDArray[np.int8]:
    """Return the kind of each offer type (text), UNLISTED for none and for one not in the list.

    A file has few types, and their rows refer to the same few texts. Where they do not, each row is
    looked up.
    """
    parts = [_of_chunk(chunk, plan) for chunk in types.get_chunks()]
    return np.concatenate([np.empty(0, np.int8), *parts])


def _of_chunk(types: pl.Series, plan: Plan) -> NDArray[np.int8]:
    if not types.null_count() and len(types):
        array = types.to_arrow(compat_level=pl.CompatLevel.newest())
        references = np.frombuffer(array.buffers()[1], np.uint64)
        references = references[2 * array.offset : 2 * (array.offset + len(array))]
        numbers, rows = np.empty(len(array), np.uint8), np.empty(MOST_VIEWS, np.int64)
        found = number_views(fixed(references), numbers, rows)
        if found >= 0:
            kinds = np.array([plan.kind_of(types[int(row)]) for row in rows[:found]], np.int8)
            return kinds[numbers]
    looked_up = types.str.strip_chars().replace_strict(
        plan.offer_kinds, default=UNLISTED, return_dtype=pl.Int8
    )
    return np.asarray(looked_up.to_numpy(), np.int8)
