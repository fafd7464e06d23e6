"""What a whole benchmark found."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

import polars as pl

from queries.register.benchmark.measure import Sample, Turns
from queries.register.benchmark.registers import Made
from queries.register.report import LIBRARIES

BUDGET_RATIO, BUDGET_MB = 4.0, 1_000.0


@dataclass(frozen=True)
class Line:
    """One register counted in one way; `slow` is the straightforward version of the same."""

    title: str
    made: Made
    turns: Turns
    slow: Sample | None = None

    @property
    def nanoseconds(self) -> float:
        """Time per spell."""
        return self.turns.seconds / self.made.spells * 1e9


@dataclass(eq=False)
class Outcome:
    """All lines, and where two computations did not agree.

    `others`: the counts that only the fast version has, of the smallest register, and its copies.
    """

    machine: dict[str, object]
    lines: list[Line] = field(default_factory=list)
    comparisons: int = 0
    disagreements: list[str] = field(default_factory=list)
    others: tuple[pl.DataFrame, int] | None = None

    def compared(self, lines: Sequence[str]) -> None:
        """Note one comparison and the lines that say where it fails, if it does."""
        self.comparisons += 1
        self.disagreements += lines

    def growth(self, line: Line) -> float:
        """Return the time per spell relative to the smallest register counted in the same way."""
        same = [other for other in self.lines if other.title == line.title]
        return line.nanoseconds / min(same, key=lambda other: other.made.spells).nanoseconds


def machine() -> dict[str, object]:
    """Return what the numbers depend on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "tidspunkt": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "kerner": os.cpu_count(),
        "belastning": load,
        **{name: version(name) for name in (*LIBRARIES, "duckdb")},
    }
