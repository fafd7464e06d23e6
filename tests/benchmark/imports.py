"""Data in: a long CSV read, checked and imported, against a bare reading of the same bytes.

Each size is measured in a process of its own, so that its memory is its own. The numbers are made
up: gruppe 2 by kommune, month, quarter or week, and class.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import polars as pl

from tests.benchmark.report import Row

ROWS = (10_000, 100_000)
"""10 million rows need more classes than any indicator has; growth is printed instead."""
BUDGET_SECONDS, BUDGET_MB = 3.0, 500.0
CLASSES = ("Under 3 måneder", "3-6 måneder", "6-9 måneder", "Over 9 måneder", "I alt")
INDICATOR = "gruppe_2_over_9_maaneder"
ROOT = Path(__file__).resolve().parents[2]


def measure_rows(folder: Path) -> list[Row]:
    """Measure each size with a data folder of its own in `folder`."""
    found = {rows: _in_own_process(rows, folder / f"import-{rows}") for rows in ROWS}
    lines: list[Row] = []
    for rows, one in found.items():
        size = f"CSV, {rows:,} rækker".replace(",", ".")
        budget = (BUDGET_SECONDS, BUDGET_MB) if rows == max(ROWS) else (None, None)
        read = one["open"] + one["propose"] + one["read"]
        note = (
            f"åbnet {one['open']:.2f}, forstået {one['propose']:.2f}, læst {one['read']:.2f} s; "
            f"ren gennemlæsning {one['scan']:.2f} s; {one['cells']:.0f} celler"
        )
        lines += [
            Row(f"{size} → kontrollerede celler", read, "s", note=note.replace(".", ",")),
            Row("  hukommelse, hele processen", one["read_mb"], "MB", budget=budget[1]),
            Row(
                "  … indlæst, revideret og taget i brug (uden det opdigtede register)",
                read + one["import"],
                "s",
                budget=budget[0],
            ),
            Row("  hukommelse", one["import_mb"], "MB", budget=budget[1]),
        ]
    small, large = (found[rows] for rows in ROWS)
    growth = (large["read"] / small["read"]) / (ROWS[1] / ROWS[0])
    lines.append(Row("Vækst i læsetid pr. række, 1 er lineær", growth, ""))
    return lines


def _in_own_process(rows: int, folder: Path) -> dict[str, float]:
    said = subprocess.run(
        [sys.executable, "-m", "tests.benchmark.imports", str(rows)],
        cwd=ROOT,
        env=os.environ | {"INDSATSATLAS_DATA": str(folder)},
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    found: dict[str, float] = json.loads(said)
    return found


def table(rows: int) -> bytes:
    """Return a made-up long table of so many rows, no cell of it twice."""
    names = pl.read_csv(ROOT / "queries" / "facts" / "kommuner.csv", infer_schema=False)["navn"]
    years = range(2007, 2027)
    periods = [f"{year}M{month:02d}" for year in years for month in range(1, 13)]
    head = {"Periode": periods}
    frame = (
        pl.DataFrame(head)
        .join(pl.DataFrame({"Klasse": CLASSES}), how="cross")
        .join(pl.DataFrame({"Kommune": names}), how="cross")
        .head(rows)
        .with_row_index()
    )
    frame = frame.with_columns(
        Tæller=pl.col("index") * 7 % 800 + 10, Nævner=pl.col("index") * 13 % 900 + 900
    ).select("Kommune", "Periode", "Klasse", "Tæller", "Nævner")
    out = io.BytesIO()
    frame.write_csv(out, separator=";")
    return out.getvalue()


def _measure(rows: int) -> dict[str, float]:
    from queries.imports.run import import_batches
    from queries.indicators.definition import load_indicators
    from queries.sources.spreadsheet import open_book
    from queries.sources.spreadsheet.about import About
    from queries.sources.spreadsheet.propose import propose
    from queries.sources.spreadsheet.read import read_sheet
    from queries.warehouse import content as contents

    content = table(rows)
    marks = [time.perf_counter()]

    def done() -> float:
        marks.append(time.perf_counter())
        return marks[-1] - marks[-2]

    pl.read_csv(io.BytesIO(content), separator=";", infer_schema=False)
    found = {"scan": done()}
    book = open_book(content, "opdigtet.csv")
    found["open"] = done()
    proposal = propose(book, indicators=load_indicators(), answers={"indicator": INDICATOR})
    found["propose"] = done()
    about = About(
        "Ingen", "Opdigtede tal", "Måling", True, licence="Fri", published_note="Opdigtet"
    )
    batch = read_sheet(book, proposal.mapping, about)
    found |= {"read": done(), "cells": batch.cells.height, "read_mb": megabytes()}
    # Its audit is kept between builds, and would be measured here only the first time.
    contents.SYNTHETIC_REGISTER = Path("there is none")
    codes = {one.code for one in batch.findings if one.level == "warning"}
    import_batches([batch], accept=codes)
    return found | {"import": done(), "import_mb": megabytes()}


def megabytes() -> float:
    """Return the most memory that this process has held at once.

    Where the system tells: what `getrusage` says begins with that of the process it came from.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(int(sys.argv[1]))))
