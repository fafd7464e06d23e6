"""Exchanges: what can be changed at one whole point without leaving any row, found by trying.

One cell more here and one less there. In a network `cycles` finds them for certain; here rows may
be of any kind and an exchange that is not found proves nothing. One that was found at one point
mostly fits others too, so all are kept and tried together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from queries.disclosure.system import Row

CHANGES = 9
"""Unknowns that one exchange changes, at most."""
BRANCHES = 3
"""Unknowns of a row that are tried to mend it, the most promising first."""
STEPS = 60
"""Changes that are tried for one exchange, at most."""
KEPT = 2000
"""Exchanges kept, at most."""


class Exchanges:
    """The exchanges found so far for unknowns in rows within bounds."""

    def __init__(self, rows: Sequence[Row], low: Sequence[int], high: Sequence[int | None]) -> None:
        far = 2**62
        self._rows = rows
        self._low = list(low)
        self._high = [far if top is None else top for top in high]
        self._row_low = [-far if row.low is None else row.low for row in rows]
        self._row_high = [far if row.high is None else row.high for row in rows]
        self._stands: list[list[tuple[int, int]]] = [[] for _ in low]
        for number, row in enumerate(rows):
            for variable, factor in row.terms:
                self._stands[variable].append((number, factor))
        self._matrix = np.zeros((len(rows), len(low)), dtype=np.int64)
        for number, row in enumerate(rows):
            for variable, factor in row.terms:
                self._matrix[number, variable] = factor
        self._bounds = np.array(self._low), np.array(self._high)
        self._row_bounds = np.array(self._row_low), np.array(self._row_high)
        self._moves: NDArray[np.int64] = np.empty((0, len(low)), dtype=np.int64)
        self._effects: NDArray[np.int64] = np.empty((0, len(rows)), dtype=np.int64)

    def settle(
        self, point: NDArray[np.int64], without: int, left: NDArray[np.bool_], *, tries: int
    ) -> None:
        """Take out of `left`, in place, what some exchange changes that leaves `without` alone.

        The point plus such an exchange is a whole point too. Exchanges that were found before are
        tried, and new ones looked for, for at most `tries` unknowns.
        """
        if not left.any():
            return
        self._try_kept(point, without, left)
        sums: list[int] = (self._matrix @ point).tolist() if tries else []
        values: list[int] = point.tolist()
        for variable in np.flatnonzero(left):
            if not left[variable] or not tries:
                continue
            tries -= 1
            for step in (1, -1):
                change = self._find(values, sums, int(variable), step, without)
                if change is not None:
                    left[list(change)] = False
                    self._keep(change)
                    break

    def _try_kept(self, point: NDArray[np.int64], without: int, left: NDArray[np.bool_]) -> None:
        """Try the exchanges that are kept, all together."""
        useful = np.flatnonzero(
            (self._moves[:, without] == 0) & (self._moves[:, left] != 0).any(axis=1)
        )
        if not len(useful):
            return
        moves, effects, sums = self._moves[useful], self._effects[useful], self._matrix @ point
        for sign in (1, -1):
            after, rows = point + sign * moves, sums + sign * effects
            fits = (
                (after >= self._bounds[0]).all(axis=1)
                & (after <= self._bounds[1]).all(axis=1)
                & (rows >= self._row_bounds[0]).all(axis=1)
                & (rows <= self._row_bounds[1]).all(axis=1)
            )
            left &= ~(moves[fits] != 0).any(axis=0)

    def _keep(self, change: dict[int, int]) -> None:
        if len(self._moves) >= KEPT:
            return
        move = np.zeros((1, len(self._low)), dtype=np.int64)
        move[0, list(change)] = list(change.values())
        self._moves = np.concatenate([self._moves, move])
        self._effects = np.concatenate([self._effects, move @ self._matrix.T])

    def _find(
        self, values: list[int], sums: list[int], first: int, step: int, without: int
    ) -> dict[int, int] | None:
        """Return an exchange that changes one unknown by `step`, if one turns up soon."""
        change: dict[int, int] = {}
        moved: dict[int, int] = {}
        left = STEPS

        def apply(variable: int, by: int) -> None:
            for number, factor in self._stands[variable]:
                moved[number] = moved.get(number, 0) + factor * by

        def beyond(number: int, extra: int = 0) -> int:
            """How much a row's sum is too small (below 0) or too large."""
            total = sums[number] + moved.get(number, 0) + extra
            if total < self._row_low[number]:
                return total - self._row_low[number]
            return max(0, total - self._row_high[number])

        def mends(number: int, over: int) -> list[tuple[int, int, int]]:
            """The changes that mend a row, those first that break least else."""
            found = []
            for variable, factor in self._rows[number].terms:
                if variable == without or variable in change:
                    continue
                by = -over // factor if over % factor == 0 else -(over // abs(factor) + 1)
                if over % factor:
                    # Only a row with room takes more than what is missing.
                    size = -(-abs(over) // abs(factor))
                    by = size if (over < 0) == (factor > 0) else -size
                    if beyond(number, factor * by):
                        continue
                if not self._low[variable] <= values[variable] + by <= self._high[variable]:
                    continue
                broken = sum(
                    bool(beyond(other, own * by)) - bool(beyond(other))
                    for other, own in self._stands[variable]
                )
                found.append((broken, variable, by))
            return sorted(found)[:BRANCHES]

        def search(variable: int, by: int) -> bool:
            nonlocal left
            if not left or len(change) >= CHANGES:
                return False
            left -= 1
            change[variable] = by
            apply(variable, by)
            wrong = next(((n, over) for n in moved if (over := beyond(n))), None)
            if wrong is None or any(search(v, b) for _, v, b in mends(*wrong)):
                return True
            apply(variable, -by)
            del change[variable]
            return False

        if not self._low[first] <= values[first] + step <= self._high[first]:
            return None
        return change if search(first, step) else None
