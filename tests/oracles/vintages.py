"""Which months of a series of vintages are kept: plain dictionaries, one month at a time."""

from __future__ import annotations

from collections.abc import Sequence

Cell = tuple[object, ...]
Month = dict[str, Cell]
Vintage = dict[str, Month]
"""Of each month, what is told of each area."""


def kept(vintages: Sequence[Vintage]) -> list[Vintage]:
    """Return of each vintage the months that are not as the newest earlier one that has them."""
    found: list[Vintage] = []
    for number, vintage in enumerate(vintages):
        mine: Vintage = {}
        for name, month in vintage.items():
            before: Month | None = None
            for earlier in vintages[:number]:
                if name in earlier:
                    before = earlier[name]
            if before != month:
                mine[name] = month
        found.append(mine)
    return found
