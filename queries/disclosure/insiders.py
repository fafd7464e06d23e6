"""What the people behind a small hidden number can compute about the others.

The person behind a hidden 1, or the pair behind a hidden 2, knows that number. Whoever looks from
outside does not know which hidden cells those are, so every hidden cell that could be 1 or 2 is
taken to be.
"""

from __future__ import annotations

from queries.disclosure.part import Part
from queries.disclosure.system import Contradiction, reduced

NUMBERS = (1, 2)
"""The values that the people behind them know."""


def reveals(part: Part, index: int, value: int) -> bool:
    """Return whether knowing that an unknown has this value fixes another that is else not fixed.

    False where the value is not possible. Raises SolverError where it cannot be decided.
    """
    if not part.possible(index, value):
        return False
    low, high = list(part.low), list(part.high)
    low[index] = high[index] = value
    try:
        components = reduced(low, high, part.rows)
    except Contradiction:  # pragma: no cover - it is possible, so no bound can say otherwise
        return False
    others = [i for i in range(len(low)) if i != index and part.varies(i)]
    if any(low[i] == high[i] for i in others):
        return True
    for component in components:
        rest = Part(component, low, high)
        if not all(rest.varies(i) for i in range(len(rest.low))):
            return True
    return False
