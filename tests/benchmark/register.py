"""The register: counting it against a bare scan of the same files, and its memory."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from queries.register.benchmark.command import ALL_TITLE, PASSIVE_TITLE, measure
from queries.register.benchmark.outcome import BUDGET_MB, BUDGET_RATIO, Line, Outcome
from queries.register.benchmark.table import number as decimals
from tests.benchmark.report import Row

MILLIONS = (1.0, 10.0)
"""100, which the budget names, takes minutes: python -m queries register benchmark."""


def measure_rows(folder: Path) -> list[Row]:
    """Make registers in `folder` and measure them; a row that failed names the disagreement."""
    found = measure(MILLIONS, folder, _say)
    rows = [row for line in found.lines for row in _rows(line, found)]
    agreed = Row("Uenige celler mellem måderne at tælle på", 0, "", note=_compared(found))
    if found.disagreements:
        note = " ".join(found.disagreements[:2])
        agreed = Row(agreed.what, None, "", note=note, failed=True)
    return [*rows, agreed]


def _say(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


def _rows(line: Line, found: Outcome) -> list[Row]:
    size = f"{decimals(line.made.spells / 1e6, 1)} mio. forløb → {line.title}"
    turns = line.turns
    budget = BUDGET_RATIO if line.title in {PASSIVE_TITLE, ALL_TITLE} else None
    note = (
        f"forhold målt parvis {decimals(statistics.median(turns.ratios()), 2)}, "
        f"{decimals(line.nanoseconds, 1)} ns pr. forløb, vækst {decimals(found.growth(line), 2)}"
    )
    if line.slow is not None:
        note += f"; den ligefremme udgave i SQL {decimals(line.slow.seconds, 1)} s"
    return [
        Row(size, turns.seconds, "s", baseline=turns.scan_seconds, budget_ratio=budget, note=note),
        Row("  hukommelse", turns.memory_mb, "MB", budget=BUDGET_MB),
    ]


def _compared(found: Outcome) -> str:
    return f"{found.comparisons} sammenligninger celle for celle"
