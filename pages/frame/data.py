"""The one façade object of this process."""

from __future__ import annotations

from functools import cache

from queries import Atlas


@cache
def atlas() -> Atlas:
    """Return the façade; it picks up a new warehouse by itself and is safe between threads."""
    return Atlas()
