"""The rows of a table, from its header to its total or its end. No line inside is skipped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from queries.sources.answer import cells
from queries.sources.answer.caption import begins_caption
from queries.sources.answer.header import header_at
from queries.sources.answer.lines import Line
from queries.sources.answer.model import Row
from queries.sources.answer.notes import begins_note
from queries.sources.answer.refusal import danish_list
from queries.sources.answer.rows import TOTAL_CODE, TOTAL_NAMES, RowReader, seems_row
from queries.sources.kommune_names import fold

_PROSE_WORDS = 6
_LIKE_A_NAME = 0.75
_A_LITTLE_LIKE_A_NAME = 0.5


@dataclass(frozen=True)
class Body:
    """What stands under a header; `end` is the index of the first line after it."""

    rows: tuple[Row, ...]
    total: Row | None
    end: int


@dataclass(frozen=True)
class BodyReader:
    """Reads the lines under one header."""

    lines: Sequence[Line]
    row_reader: RowReader

    def read(self) -> Body:
        """Read rows until the total, the notes, another table or running text.

        Raises AnswerError for a line that is none of these, and for running text with further
        rows below it: then it stands inside the table.
        """
        rows: list[Row] = []
        total: Row | None = None
        index = self.row_reader.header.last + 1
        while index < len(self.lines):
            if self.lines[index].noise_in_table:
                index += 1
                continue
            repeated = header_at(self.lines, index)
            if repeated is not None and repeated.repeats(self.row_reader.header):
                index = repeated.last + 1
                continue
            read = self.row_reader.read(self.lines, index)
            if read is None:
                self._refuse_unless_table_ends(index)
                break
            row, index = read
            if row.kommunekode != TOTAL_CODE:
                rows.append(row)
                continue
            if total is not None:
                self._refuse_second_total(row, total)
            total = row
            if rows:  # a total on top ('Hele landet') is followed by the rows
                break
        return Body(tuple(rows), total, index)

    def _refuse_second_total(self, row: Row, first: Row) -> None:
        self.row_reader.refusals.refuse(
            row.line,
            f"tabellen har to totaler (den første {self.row_reader.refusals.at(first.line)}).",
            found=row.text,
            expected="højst én række med »I alt«, »Hele landet« eller »Total«.",
            action="Slet den ene, eller sæt tabeltekst og kolonneoverskrift over den nye tabel.",
        )

    def _refuse_unless_table_ends(self, index: int) -> None:
        """Refuse the line at `index`, which is no row, unless the table ends before it."""
        line = self.lines[index]
        ends = begins_caption(line.text) or begins_note(line.text) or self._is_prose(line.text)
        below = self._row_below(index + 1)
        if ends and below is None:
            return
        problem = "linjen står inde i tabellen og kan ikke læses som en række."
        if fold(cells.name_before_cells(line.text)) in TOTAL_NAMES:
            problem = "totalen kan ikke læses; den skal have både antal og andel."
        elif below is not None and ends:
            where = self.row_reader.refusals.place(below.number)
            problem = f"linjen står inde i tabellen (der er flere rækker fra {where})."
        self.row_reader.refusals.refuse(
            line.number,
            problem,
            found=line.text,
            expected=f"en række i rækkefølgen {self.row_reader.order()}, "
            f"en total eller en note (»Anm.:«).{self._nearest(line.text)}",
            action="Ret linjen efter dokumentet, eller slet den, hvis den ikke hører til tabellen.",
        )

    def _nearest(self, text: str) -> str:
        name = cells.name_before_cells(text)
        likeness = self.row_reader.names.likeness(name)
        if not _A_LITTLE_LIKE_A_NAME <= likeness < 1:
            return ""
        return f" Kommuner, der ligner: {danish_list(self.row_reader.names.nearest(name))}."

    def _row_below(self, start: int) -> Line | None:
        """Return the next line that seems a row, before any other caption, header or note."""
        for index in range(start, len(self.lines)):
            text = self.lines[index].text
            if begins_caption(text) or header_at(self.lines, index) is not None:
                return None
            parts = cells.row_text(text)
            if seems_row(text, self.row_reader.names) or (
                parts is not None and cells.has_unit(parts.first + parts.second)
            ):
                return self.lines[index]
        return None

    def _is_prose(self, text: str) -> bool:
        """Tell running text after a table without a total from a damaged row.

        What begins with a name and a figure is not prose. Else long lines are, and short ones
        when they have no figure or lone cell and are no part of a name.
        """
        name = cells.name_before_cells(text)
        names = self.row_reader.names
        if fold(name) in TOTAL_NAMES or names.likeness(name) >= _LIKE_A_NAME:
            return False
        if cells.word_count(text) >= _PROSE_WORDS:
            return True
        if re.search(r"[\d%]", text) or cells.cell_count(text):
            return False
        return len(text) > 1 and not names.has_part(text)
