"""From the bytes of any file to a `Book`, by what the bytes are and not by the name."""

from __future__ import annotations

import datetime as dt
import io

import polars as pl

from queries.errors import UserError
from queries.sources.spreadsheet.book import FALSE, TRUE, Book, Sheet
from queries.sources.spreadsheet.text import open_text


def open_book(content: bytes, name: str = "", *, sheet: str = "") -> Book:
    """Open a file; `sheet` names the only one to read (all where '').

    Raises UserError (Danish) for what is no table, is locked, broken or too large. Nothing is
    written, fetched or computed: of a formula the stored value is read.
    """
    del name
    if content.startswith((b"PK", b"\xd0\xcf")):
        return _workbook(content, sheet)
    return open_text(content)


def _workbook(content: bytes, wanted: str) -> Book:
    import python_calamine as calamine

    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = tuple(book.sheet_names)
    if wanted and wanted not in names:
        raise UserError("Regnearket har ikke det ark, der er valgt.")
    sheets = []
    for name in [wanted] if wanted else names:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append(Sheet(name, _frame([[_text(v) for v in row] for row in rows]), numeric=True))
    return Book(tuple(sheets), "regneark", sheet_names=names)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value).strip()


def _frame(rows: list[list[str]]) -> pl.DataFrame:
    width = max(map(len, rows), default=0)
    return pl.DataFrame(
        {str(c): [row[c].strip() if c < len(row) else "" for row in rows] for c in range(width)},
        schema={str(c): pl.String for c in range(width)},
    )
