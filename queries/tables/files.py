"""A proposal as a file: CSV for Danish spreadsheets, or an XLSX workbook. Made in memory."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from queries.tables.report import Proposal, TableCell

_FORMULA = ("=", "+", "@", "\t", "\r")
_SIGNED = re.compile(r"\+\d[\d. ]*")
_SHEET = "Forslag"


def as_csv(proposal: Proposal) -> str:
    """Return the lines above, the table and the notes, with ';', and a byte-order mark first.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n").writerow
    for line in proposal.above:
        write([_harmless(line)])
    for row in proposal.rows:
        write([_harmless(cell.text) for cell in row])
    for line in proposal.notes:
        write([_harmless(line)])
    return "\ufeff" + out.getvalue()


def as_xlsx(proposal: Proposal) -> bytes:
    """Return the same as a workbook: counts and shares are numbers, everything else is text."""
    out = io.BytesIO()
    # In memory: a temporary file would be a copy of the user's table on disk.
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(_SHEET)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    right = book.add_format({"align": "right"})
    counts = book.add_format({"num_format": "#,##0"})
    line = 0
    for text in proposal.above:
        sheet.write_string(line, 0, text)
        line += 1
    for number, row in enumerate(proposal.rows):
        for column, cell in enumerate(row):
            if number < proposal.header_rows:
                sheet.write_string(line, column, cell.text, heading)
            elif cell.status in {"shown", "zero"} and cell.value is not None and _is_plain(cell):
                sheet.write_number(line, column, cell.value, counts)
            elif column < proposal.label_columns:
                sheet.write_string(line, column, cell.text)
            else:
                sheet.write_string(line, column, cell.text, right)
        line += 1
    for text in proposal.notes:
        sheet.write_string(line, 0, text)
        line += 1
    sheet.set_column(0, max(0, proposal.label_columns - 1), 28)
    book.close()
    return out.getvalue()


def _is_plain(cell: TableCell) -> bool:
    """Whether the number is all that the text says; a printed '-' for zero stays a '-'."""
    sign = "-" if cell.text.strip().startswith(("-", "−")) else ""
    return sign + "".join(each for each in cell.text if each.isdigit()) == str(cell.value)


def _harmless(text: str) -> str:
    quoted = text.startswith(_FORMULA) and not _SIGNED.fullmatch(text)
    return "'" + text if quoted else text
