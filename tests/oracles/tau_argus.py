"""One table protected by τ-ARGUS, the statistical offices' program, for comparison.

`pytauargus` brings the engine and its solver. It reads files, so everything goes through a folder
of the test's. Its optimal method (OPT) is the integer program of Fischetti and Salazar for one
table; it knows protection levels of the primary cells and the costs of all cells.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Table = Mapping[tuple[str, str], int]
"""Row and column to number, TOTAL for the sums."""
TOTAL = "Total"
METADATA = f"""<SEPARATOR> ";"
<SAFE> S
<UNSAFE> U
<PROTECT> P
row
<RECODEABLE>
<TOTCODE> {TOTAL}
column
<RECODEABLE>
<TOTCODE> {TOTAL}
number
<NUMERIC>
<DECIMALS> 0
contributors
<FREQUENCY>
cost
<NUMERIC> <COST>
<DECIMALS> 0
status
<STATUS>
lower
<NUMERIC> <LOWERPL>
upper
<NUMERIC> <UPPERPL>
"""
BATCH = """<OPENTABLEDATA> "table.tab"
<OPENMETADATA> "table.rda"
<SPECIFYTABLE> "row""column"|"number"||"cost"
<SAFETYRULE> MAN(0)
<READTABLE> 1
<SUPPRESS> {method}
<WRITETABLE> (1,5,SO+,"protected.tab")
"""


@dataclass(frozen=True)
class Protected:
    """What τ-ARGUS hides further, and what its own audit says the primary cells can be."""

    further: frozenset[tuple[str, str]]
    intervals: Mapping[tuple[str, str], tuple[float, float]]


def with_totals(inner: Table) -> dict[tuple[str, str], int]:
    """Return a table with the sums of its rows, columns and all."""
    table = dict(inner)
    for row in dict.fromkeys(row for row, _ in inner):
        table[row, TOTAL] = sum(value for (at, _), value in inner.items() if at == row)
    for column in dict.fromkeys(column for _, column in inner):
        table[TOTAL, column] = sum(value for (_, at), value in inner.items() if at == column)
    table[TOTAL, TOTAL] = sum(inner.values())
    return table


def protect(
    table: Table,
    levels: Mapping[tuple[str, str], tuple[int, int]],
    costs: Table,
    folder: Path,
    *,
    method: str = "OPT(1,5)",
    from_zero: bool = True,
) -> Protected:
    """Protect a table with its totals; `levels` are its primary cells' protection levels.

    A level is how far below and above its number a primary cell must be possible. Its reader is
    told that no number is below the smallest of the table; `from_zero` says 0 instead.
    """
    from pytauargus.engine import Engine

    lines = []
    for (row, column), value in table.items():
        keep = "S;;"
        if (row, column) in levels:
            below, above = levels[row, column]
            keep = f"U;{below};{above}"
        cost = costs[row, column]
        lines.append(f"{row};{column};{value};{max(value, 1)};{cost};{keep}\n")
    (folder / "table.tab").write_text("".join(lines), encoding="utf-8")
    (folder / "table.rda").write_text(METADATA, encoding="utf-8")
    (folder / "batch.arb").write_text(BATCH.format(method=method), encoding="utf-8")

    engine = Engine()
    if from_zero:
        engine._table_cell_bounds = lambda _: (0.0, float(table[TOTAL, TOTAL]))
    # Its solver leaves files in the folder that it is started in.
    with contextlib.chdir(folder):
        engine.run_batch(folder / "batch.arb")
    further, order = set(), []
    for line in (folder / "protected.tab").read_text(encoding="utf-8").splitlines():
        row, column, *rest = (part.strip('"') for part in line.split(";"))
        order.append((row, column))
        if rest[-3] == "M":
            further.add((row, column))
    with contextlib.chdir(folder):
        audit = {order[one["cell"]]: (one["min"], one["max"]) for one in engine.audit(0)}
    return Protected(frozenset(further), audit)
