"""Which sheets of a workbook are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from queries.errors import UserError
from queries.sources.spreadsheet.book import quote


def chosen(names: Sequence[str], wanted: str) -> list[int]:
    """Return the positions of the sheets to read: all, or the one named or numbered from 1.

    Raises UserError where there is none of that name.
    """
    if not wanted:
        return list(range(len(names)))
    if wanted in names:
        return [names.index(wanted)]
    if wanted.isdecimal() and wanted.isascii() and 1 <= int(wanted[:6]) <= len(names):
        return [int(wanted[:6]) - 1]
    known = ", ".join(quote(name) for name in names[:5]) + (" …" if len(names) > 5 else "")
    raise UserError(
        f"Regnearket har ikke arket {quote(wanted)}. Det har {known}. Vælg et af dem, som navnet "
        f"står på fanen, eller et tal fra 1 til {len(names)}."
    )
