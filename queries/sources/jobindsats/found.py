"""What was read of a table, part by part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Found:
    """The rows for `IncomingCells`, and what was met on the way."""

    rows: list[dict[str, object]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    rounded: Counter[str] = field(default_factory=Counter)
    without_denominator: list[str] = field(default_factory=list)
    unknown_columns: set[str] = field(default_factory=set)

    def add(self, other: Found) -> None:
        """Take in what another answer gave."""
        self.rows += other.rows
        self.left_out += other.left_out
        self.rounded += other.rounded
        self.without_denominator += other.without_denominator
        self.unknown_columns |= other.unknown_columns
