"""What is remarked about how a document was read."""

from __future__ import annotations

from collections.abc import Sequence

from queries.sources.incoming import Finding

_MOST_LISTED = 5


def note(code: str, text: str) -> Finding:
    """Return a remark that is only told."""
    return Finding("note", code, text)


def warning(code: str, text: str) -> Finding:
    """Return a remark that the data owner must say yes to."""
    return Finding("warning", code, text)


def listed(items: Sequence[str]) -> str:
    """Return the first of the items as a Danish list, and how many more there are."""
    distinct = list(dict.fromkeys(items))
    first, more = distinct[:_MOST_LISTED], len(distinct) - _MOST_LISTED
    if more > 0:
        return f"{', '.join(first)} og {more} til"
    return " og ".join(part for part in (", ".join(first[:-1]), *first[-1:]) if part)
