"""Paragraphs and tables as Word documents and web pages have them, to lines in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from queries.sources.answer.lines import join_lines
from queries.sources.documents.columns import in_reading_order
from queries.sources.documents.placed import (
    PlacedLine,
    Segment,
    cell_text,
    plain_letters,
    without_bullet,
)

DEEPEST_TABLE = 12
MOST_COLUMNS = 1_000
_WIDTH = 100.0
_SPACED_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+(?=\D*$)")


@dataclass
class Cell:
    """A cell: the column it begins in, how many it is over, and what stands in it in order."""

    column: int
    span: int
    content: list[str | Table] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The lines of text in the cell that are not blank."""
        return [text.strip() for text in self.content if isinstance(text, str) and text.strip()]

    @property
    def is_nested(self) -> bool:
        """Tell whether a table stands in the cell."""
        return any(isinstance(part, Table) for part in self.content)


@dataclass
class Table:
    """Rows of cells; a cell that goes on from the row above is not in the next one."""

    rows: list[list[Cell]] = field(default_factory=list)


Block = str | Table


@dataclass
class Writer:
    """Writes blocks as lines with places; counts paragraphs and tables on the way."""

    paragraph_word: str = "afsnit"
    paragraphs: int = 0
    tables: int = 0

    def lines(self, blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
        """Give the lines of all blocks, a blank one between them, and one at the end."""
        place = f"{self.paragraph_word} 1"
        for block in blocks:
            for text, at in self._block(block):
                place = at
                yield text, place
            yield "", place
        yield "", place

    def _block(self, block: Block) -> Iterator[tuple[str, str]]:
        if isinstance(block, Table):
            yield from self._table(block, 0)
            return
        self.paragraphs += 1
        place = f"{self.paragraph_word} {self.paragraphs}"
        for line in block.split("\n"):
            yield without_bullet(plain_letters(line).strip(" ")), place

    def _table(self, table: Table, depth: int) -> Iterator[tuple[str, str]]:
        self.tables += 1
        number = self.tables
        waiting: list[PlacedLine] = []
        for row, cells in enumerate(table.rows, start=1):
            used = [cell for cell in cells if cell.lines or cell.is_nested]
            if any(cell.is_nested for cell in used) or (len(used) == 1 and len(used[0].lines) > 1):
                yield from _ordered(waiting)
                waiting = []
                for cell in used:
                    yield from self._loose(cell, f"tabel {number}, række {row}", depth)
                continue
            for segments in _rows_in(used):
                y = float(10 * row)
                waiting.append(PlacedLine(segments, y, 10.0, number=row, group=number))
        yield from _ordered(waiting)

    def _loose(self, cell: Cell, place: str, depth: int) -> Iterator[tuple[str, str]]:
        """Give what stands in a cell of a table that only lays out the page."""
        for part in cell.content:
            if isinstance(part, str):
                yield without_bullet(plain_letters(part).strip(" ")), place
            elif depth < DEEPEST_TABLE:
                yield "", place
                yield from self._table(part, depth + 1)
                yield "", place


def _rows_in(cells: Sequence[Cell]) -> Iterator[tuple[Segment, ...]]:
    """Give the segments of a row; several when its cells hold as many numbers on as many lines."""
    counts = {len(cell.lines) for cell in cells}
    if len(cells) > 1 and len(counts) == 1 and max(counts) > 1:
        rows = [
            tuple(_segment(cell, cell.lines[at]) for cell in cells) for at in range(max(counts))
        ]
        if all(segment.is_cell for row in rows for segment in row[1:]):
            yield from rows
            return
    if cells:
        yield tuple(_segment(cell, join_lines(cell.lines)) for cell in cells)


def _segment(cell: Cell, text: str) -> Segment:
    spaced = _SPACED_THOUSANDS.match(text)
    if spaced:
        text = spaced.group().replace(" ", ".") + text[spaced.end() :]
    x0 = cell.column * _WIDTH
    return Segment(x0, x0 + cell.span * _WIDTH - 20, cell_text(plain_letters(text)))


def _ordered(lines: Sequence[PlacedLine]) -> Iterator[tuple[str, str]]:
    for line in in_reading_order(lines):
        yield line.text, f"tabel {line.group}, række {line.number}"
