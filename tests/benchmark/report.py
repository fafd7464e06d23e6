"""What was measured, against which budget, and how it is written."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("streamlit", "plotly", "polars", "duckdb")
HEADINGS = ("Hvad", "Målt", "Budget", "Forhold", "Vurdering")
_DECIMALS_BELOW = 100  # larger numbers are written whole


@dataclass(frozen=True)
class Row:
    """One measurement; `measured`, `budget` and `baseline` are in `unit`.

    With a `baseline` the budget is `budget_ratio` of it, otherwise `budget` itself; with neither,
    the row is there to compare by. `measured` is None where `note` says why nothing was measured;
    `failed` if that is a fault.
    """

    what: str
    measured: float | None
    unit: str
    budget: float | None = None
    baseline: float | None = None
    budget_ratio: float | None = None
    note: str = ""
    failed: bool = False

    @property
    def ratio(self) -> float | None:
        """Measured over baseline, else over budget; None where there is nothing to divide by."""
        below = self.baseline if self.baseline is not None else self.budget
        return self.measured / below if self.measured is not None and below else None

    @property
    def verdict(self) -> str:
        """Whether the budget holds, in Danish."""
        if self.measured is None:
            return "kunne ikke måles" if self.failed else "–"
        if self.budget_ratio is not None and self.ratio is not None:
            return "OK" if self.ratio <= self.budget_ratio else "OVER"
        if self.budget is not None:
            return "OK" if self.measured <= self.budget else "OVER"
        return "–"


@dataclass(frozen=True)
class Section:
    """The rows of one part of the run."""

    title: str
    rows: tuple[Row, ...]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def number(value: float) -> str:
    """A number with decimal comma: three figures for small ones, thousands point for large."""
    if abs(value) >= _DECIMALS_BELOW or value == int(value):
        return f"{value:,.0f}".replace(",", ".")
    return f"{value:.{1 if abs(value) >= 10 else 2}f}".replace(".", ",")


def _budget(row: Row) -> str:
    if row.budget_ratio is not None and row.baseline is not None:
        return f"{number(row.budget_ratio)} × {number(row.baseline)} {row.unit}"
    return f"{number(row.budget)} {row.unit}" if row.budget is not None else ""


def _line(row: Row) -> tuple[str, ...]:
    if row.measured is not None:
        measured = f"{number(row.measured)} {row.unit}"
    else:
        measured = "" if row.failed else row.note
    ratio = number(row.ratio) if row.ratio is not None else ""
    return row.what, measured, _budget(row), ratio, row.verdict


def table(sections: Sequence[Section]) -> str:
    """The sections as one table in text."""
    lines = [HEADINGS, *(_line(row) for section in sections for row in section.rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    rule = "  ".join("-" * width for width in widths)

    def written(line: Sequence[str]) -> str:
        first = line[0].ljust(widths[0])
        middle = [cell.rjust(w) for cell, w in zip(line[1:4], widths[1:4], strict=True)]
        return "  ".join([first, *middle, line[4]]).rstrip()

    out = ["  " + written(HEADINGS), "  " + rule]
    for section in sections:
        out.append(section.title)
        for row in section.rows:
            out.append("  " + written(_line(row)))
            out += (
                [f"      {row.note}"]
                if row.note and (row.measured is not None or row.failed)
                else []
            )
        out.append("")
    return "\n".join(out)


def machine() -> dict[str, object]:
    """What the numbers depend on: processors, load, versions, time."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "tidspunkt": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "kerner": os.cpu_count(),
        "belastning": load,
        **{name: version(name) for name in PACKAGES},
    }


def write_json(path: Path, before: dict[str, object], sections: Sequence[Section]) -> None:
    """Write everything to a file, numbers in full."""
    content = {
        "maskine": before,
        "maalinger": [
            {"afsnit": section.title, **asdict(row), "ratio": row.ratio, "verdict": row.verdict}
            for section in sections
            for row in section.rows
        ],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
