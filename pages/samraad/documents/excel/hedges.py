"""Numbers that a document hedges: the number in its cell, and the hedge in a column before it."""

from __future__ import annotations

import re
from dataclasses import replace

from pages.frame.statements import HEDGE_WORDS
from pages.samraad.documents.packing import one_line
from pages.samraad.model import Cell, Column, Table

NAME = "Forbehold"
_HEDGES = "|".join(re.escape(word.strip()) for word in HEDGE_WORDS.values())
_HEDGED = re.compile(rf"({_HEDGES})\s(?=\d)", re.IGNORECASE)
_UNIT = re.compile(r"[\d.]+(?:,\d+)?\s([^\W\d_][\w. ]{0,20})")


def apart(table: Table) -> Table:
    """Return a table whose columns of hedged numbers have a column of hedges before them."""
    hedged = [
        place
        for place in range(len(table.columns))
        if any(_hedge(row[place]) for row in table.rows)
    ]
    if not hedged:
        return table
    columns: list[Column] = []
    rows: list[list[Cell]] = [[] for _ in table.rows]
    for place, column in enumerate(table.columns):
        if place in hedged:
            columns.append(Column(NAME))
        columns.append(column)
        for made, row in zip(rows, table.rows, strict=True):
            cell = row[place]
            if place in hedged:
                word = _hedge(cell)
                made.append(Cell(word, word or None))
                cell = replace(cell, text=one_line(cell.text)[len(word) :].strip())
            made.append(cell)
    return replace(table, columns=tuple(columns), rows=tuple(map(tuple, rows)))


def own_unit(cell: Cell) -> str:
    """Return the unit that a number's own text has ('90 pct.', '5 år'), or ''."""
    found = _UNIT.fullmatch(" ".join(one_line(cell.text).split()))
    return found[1] if found else ""


def _hedge(cell: Cell) -> str:
    if not isinstance(cell.value, int | float) or cell.status != "shown":
        return ""
    found = _HEDGED.match(one_line(cell.text))
    return found[1] if found else ""
