"""From the bytes of any file to a `Book`, by what the bytes are and not by the name."""

from __future__ import annotations

import dataclasses

from queries.errors import UserError
from queries.sources.spreadsheet import open_document
from queries.sources.spreadsheet.archive import Archive, archive_kind, locked
from queries.sources.spreadsheet.binary_workbook import open_binary_workbook
from queries.sources.spreadsheet.book import Book
from queries.sources.spreadsheet.kinds import kind_of
from queries.sources.spreadsheet.old_workbook import open_old_workbook
from queries.sources.spreadsheet.text import open_text
from queries.sources.spreadsheet.web_page import open_web_page
from queries.sources.spreadsheet.workbook import open_workbook

_ENDINGS = {
    "regneark (XLSX)": {"xlsx", "xlsm", "xltx", "xltm"},
    "regneark (XLS)": {"xls", "xlt"},
    "regneark (XLSB)": {"xlsb"},
    "regneark (ODS)": {"ods", "ots", "fods"},
    "webside": {"html", "htm"},
    "tekst": {"csv", "tsv", "txt", "tab", "dat", "prn", "asc"},
}


def open_book(content: bytes, name: str = "", *, sheet: str = "") -> Book:
    """Open a file; `name` is only compared with what the file is, and may be left out.

    `sheet` is the only sheet to read, by name or by number from 1; all are read where it is ''.
    Raises UserError (Danish, quoting at most one cell's first 40 characters) for what is no table,
    is locked, broken or too large (limits.py). Nothing is written, fetched or computed: of a
    formula the stored value is read.
    """
    book = _open(content, sheet)
    expected = next((e for form, e in _ENDINGS.items() if book.form.startswith(form)), set())
    _, dot, ending = name.rpartition(".")
    if not dot or ending.casefold() in expected:
        return book
    known = ending.casefold() in set().union(*_ENDINGS.values())
    remark = f"Filen er læst som {book.form}" + (
        f", selv om den hedder .{ending.casefold()}." if known else "."
    )
    return dataclasses.replace(book, remarks=(*book.remarks, remark))


def _open(content: bytes, sheet: str) -> Book:
    kind = kind_of(content)
    if kind == "zip":
        return _archive(Archive(content), sheet)
    if kind == "ole":
        return open_old_workbook(content, sheet)
    if kind == "flat_ods":
        return open_document.open_flat(content, sheet)
    if kind == "html":
        return open_web_page(content, sheet)
    if sheet:
        raise UserError("Et ark kan kun vælges i et regneark, og filen er en tekst.")
    return open_text(content)


def _archive(archive: Archive, sheet: str) -> Book:
    if archive.is_locked:
        raise locked()
    kind = archive_kind(archive)
    if kind == "ods":
        return open_document.open_archive(archive, sheet)
    if kind == "xlsb":
        return open_binary_workbook(archive, sheet)
    return open_workbook(archive, sheet)
