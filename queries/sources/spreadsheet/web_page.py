"""Tables of a web page, which many systems save under the name .xls; as a stream, never as a tree.

Nothing is fetched, run or shown: of the page only the texts of its tables are read.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from lxml import etree

from queries.errors import UserError
from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.book import Book, Rect, Sheet
from queries.sources.spreadsheet.choosing import chosen
from queries.sources.spreadsheet.decoding import Encoding, find_encoding, in_utf_8
from queries.sources.spreadsheet.grid import Grid, Size, run_of
from queries.sources.spreadsheet.kinds import HOW
from queries.sources.spreadsheet.tidying import tidy

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div", "li"})
_SILENT = frozenset({"script", "style", "title", "noscript", "template"})
_MOST_ROWS = 1_048_576
_STEP = 1 << 16


def open_web_page(content: bytes, wanted: str = "") -> Book:
    """Open every table with two columns or more as a sheet. Raises UserError where there is none.

    Numbers are as the page shows them.
    """
    limits.check_bytes(content, limits.PAGE_BYTES, "en webside")
    text = _text(content)
    small = text.lower()
    if small.count(b"</table") < small.count(b"<table"):
        raise _cut_off()
    reader = _Page()
    parser = etree.HTMLParser(
        target=reader, encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        for start in range(0, len(text), _STEP):
            parser.feed(text[start : start + _STEP])
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise _cut_off() from error
    tables = [sheet for sheet in reader.sheets() if sheet.width > 1]
    if not tables:
        raise UserError(
            "Filen er en webside uden en tabel i. Er den gemt fra et regneark, så ligger tallene i "
            f"en mappe ved siden af. {HOW}"
        )
    names = [sheet.name for sheet in tables]
    return Book(
        tuple(tables[at] for at in chosen(names, wanted)),
        "webside med tabeller" if len(tables) > 1 else "webside med en tabel",
        remarks=("Tallene er læst, som de vises på siden; flere decimaler er der ikke.",),
        sheet_names=tuple(names),
    )


def _cut_off() -> UserError:
    return UserError(
        "Filen er en webside, der er beskadiget eller afbrudt: en tabel bliver ikke afsluttet. "
        f"Hent den igen, eller åbn den i et regneark. {HOW}"
    )


def _text(content: bytes) -> bytes:
    """Return the page in UTF-8, by its mark, by what it says of itself, or by its letters."""
    said = _CHARSET.search(content[:4000])
    if said and not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = said[1].decode("ascii").casefold()
        if name in {"windows-1252", "iso-8859-1", "iso-8859-15", "latin1", "us-ascii", "macintosh"}:
            codec = "mac_roman" if name == "macintosh" else "cp1252"
            if not _is_utf_8(content):
                return content.decode(codec, "replace").encode("utf-8")
    found: Encoding = find_encoding(content)
    return in_utf_8(content, found).replace(b"\0", b"")


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not content.isascii()


@dataclass
class _Table:
    """A table while it is read: the row it has come to and what reaches down into it."""

    grid: Grid
    row: int = -1
    column: int = 0
    reaching: dict[int, int] = field(default_factory=dict)
    merged: list[Rect] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    cell: tuple[int, int] | None = None
    parts: list[str] = field(default_factory=list)


class _Page:
    """Follows the elements of a page; a table within a cell is a table of its own."""

    def __init__(self) -> None:
        self._tables: list[_Table] = []
        self._open: list[_Table] = []
        self._size = Size()
        self._silent = 0

    def sheets(self) -> list[Sheet]:
        """Return the tables in the order of the page."""
        return [
            table.grid.sheet(
                merged=table.merged, hidden_rows=run_of(table.hidden_rows), numeric=False
            )
            for table in self._tables
        ]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._tables.append(_Table(Grid(f"Tabel {len(self._tables) + 1}", self._size)))
            self._open.append(self._tables[-1])
            if len(self._tables) > limits.SHEETS:
                raise limits.too_large("tabeller", limits.SHEETS, " i en webside")
        elif not self._open:
            return
        elif tag == "tr":
            self._begin_row(self._open[-1], attributes)
        elif tag in {"td", "th"}:
            self._begin_cell(self._open[-1], attributes)
        elif tag in _BREAKS:
            self._open[-1].parts.append(" ")

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._open:
            return
        elif tag == "table":
            _end_cell(self._open.pop())
        elif tag in {"td", "th", "tr"}:
            _end_cell(self._open[-1])

    def data(self, text: str) -> None:
        """Text stands here."""
        if self._open and not self._silent and self._open[-1].cell is not None:
            self._open[-1].parts.append(text)

    def comment(self, text: str) -> None:
        """Leave out what is not shown."""

    def pi(self, target: str, text: str | None = None) -> None:
        """Leave out what is for programs."""

    def close(self) -> None:
        """End what the page has not ended."""
        while self._open:
            _end_cell(self._open.pop())

    @staticmethod
    def _begin_row(table: _Table, attributes: dict[str, str]) -> None:
        _end_cell(table)
        table.row, table.column = table.row + 1, 0
        if table.row >= _MOST_ROWS:
            raise limits.too_large("rækker", _MOST_ROWS, " i en webside")
        if _HIDDEN.search(attributes.get("style", "")):
            table.hidden_rows.append(table.row)

    def _begin_cell(self, table: _Table, attributes: dict[str, str]) -> None:
        _end_cell(table)
        table.row = max(0, table.row)
        while table.reaching.get(table.column, -1) >= table.row:
            table.column += 1
        wide, high = _span(attributes, "colspan"), _span(attributes, "rowspan")
        row, column = table.row, table.column
        table.cell, table.parts = (row, column), []
        table.column += wide
        if wide > 1 or high > 1:
            self._size.take_grid(wide)
            table.merged.append((row, column, row + high - 1, column + wide - 1))
            if len(table.merged) > limits.MERGED:
                raise limits.too_large("flettede celler", limits.MERGED, " i en webside")
        if high > 1:
            for at in range(column, column + wide):
                table.reaching[at] = row + high - 1


def _end_cell(table: _Table) -> None:
    if table.cell is None:
        return
    text = tidy("".join(table.parts))
    row, column = table.cell
    table.cell, table.parts = None, []
    if len(text) > limits.CELL_CHARACTERS:
        raise limits.too_large("tegn i en celle", limits.CELL_CHARACTERS)
    if text:
        table.grid.add(row, column, text)


def _span(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1").strip()
    if not (said.isdecimal() and said.isascii()):
        return 1
    return max(1, min(int(said[:6]), limits.COLUMNS))
