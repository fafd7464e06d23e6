"""The short edition of a document: of a long table, the reader's own row and both ends."""

from __future__ import annotations

from dataclasses import replace

from pages.samraad.documents.once import tables_once
from pages.samraad.model import Briefing, Cell, Chapter, Table

MOST = 12
"""Rows that a table may have and stay whole."""
ENDS = 3
"""Rows kept at either end."""
NOTE = "Kort udgave: {} af tabellens {} rækker er ikke vist. Excel-udgaven har dem alle."


def shortened(briefing: Briefing) -> Briefing:
    """Return a briefing whose tables of more than `MOST` rows are cut, each saying by how many.

    Kept are the marked row with its neighbours and `ENDS` rows at either end. Tables that figures
    share are one table before they are cut.
    """
    briefing = tables_once(briefing)
    return replace(briefing, chapters=tuple(_shorter(one) for one in briefing.chapters))


def _shorter(chapter: Chapter) -> Chapter:
    content = chapter.content
    if content.table is None or len(content.table.rows) <= MOST:
        return chapter
    kept = _kept(content.table)
    count = len(content.table.rows)
    notes = (*content.notes, NOTE.format(count - len(kept), count))
    table = _cut(content.table, kept)
    return replace(chapter, content=replace(content, table=table, notes=notes))


def _kept(table: Table) -> list[int]:
    """Return the places of the rows that stay; a gap of one row alone is no gap."""
    count = len(table.rows)
    kept = {*range(ENDS), *range(count - ENDS, count)}
    if table.marked is not None:
        kept |= {table.marked - 1, table.marked, table.marked + 1} & set(range(count))
    alone = {row for row in range(count) if {row - 1, row + 1} <= kept}
    return sorted(kept | alone)


def _cut(table: Table, kept: list[int]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    marked = None
    before = -1
    for place in kept:
        if place > before + 1:
            gap = Cell(f"… {place - before - 1} rækker ikke vist")
            rows.append((gap, *(Cell("") for _ in table.columns[1:])))
        if place == table.marked:
            marked = len(rows)
        rows.append(table.rows[place])
        before = place
    return replace(table, rows=tuple(rows), marked=marked)
