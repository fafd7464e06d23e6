"""ODS (OpenDocument), zipped or flat: a stream of rows where both rows and cells may repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import Archive, damaged, locked
from queries.sources.spreadsheet.book import FALSE, NO_VALUE, TRUE, Book, Fault, Rect
from queries.sources.spreadsheet.cell_values import MACROS, MOST_COLUMNS, MOST_ROWS, Values
from queries.sources.spreadsheet.choosing import chosen
from queries.sources.spreadsheet.formats import number_text, plain_number
from queries.sources.spreadsheet.grid import Grid, Size, run_of
from queries.sources.spreadsheet.tidying import tidy
from queries.sources.spreadsheet.xml import Budget, read_xml

_ERROR = re.compile(r"#[A-ZÆØÅ]+(?:/[A-ZÆØÅ0]+)?[!?]|#I/T|#N/A|Err:[0-9]{3}")
_TIME = re.compile(r"-?PT([0-9]{1,6})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]+)?S")
# What stands in or beside cells and is no part of their value.
_BESIDE = frozenset({"annotation", "shapes", "frame", "tracked-changes", "forms", "custom-shape"})
_SPACES = frozenset({"s", "tab", "line-break", "p"})


def open_archive(archive: Archive, wanted: str = "") -> Book:
    """Open an ODS; only the `wanted` sheet where it is named."""
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise locked()
    book = open_stream(archive.pieces("content.xml"), wanted)
    has_macros = any(name.startswith(("Basic/", "Scripts/")) for name in archive.names)
    return Book(
        book.sheets,
        book.form,
        remarks=(MACROS,) if has_macros else (),
        sheet_names=book.sheet_names,
    )


def open_flat(content: bytes, wanted: str = "") -> Book:
    """Open a flat ODS, which is one XML document."""
    limits.check_bytes(content, limits.UNPACKED_BYTES, "et regneark")
    step = 1 << 18
    pieces = (content[at : at + step] for at in range(0, len(content), step))
    return open_stream(pieces, wanted)


def open_stream(pieces: Iterable[bytes], wanted: str) -> Book:
    """Open the content of an ODS."""
    reader = _Tables()
    read_xml(pieces, reader, Budget())
    if not reader.tables:
        raise damaged("der er ingen ark")
    names = [table.grid.name for table in reader.tables]
    sheets = []
    for at in chosen(names, wanted):
        table = reader.tables[at]
        sheets.append(
            table.grid.sheet(
                hidden=table.style in reader.hidden_styles,
                merged=table.merged,
                hidden_rows=table.hidden_rows,
                hidden_columns=run_of(sorted(table.hidden_columns)),
            )
        )
    return Book(tuple(sheets), "regneark (ODS)", sheet_names=tuple(names))


class _Table:
    def __init__(self, grid: Grid, style: str) -> None:
        self.grid, self.style = grid, style
        self.merged: list[Rect] = []
        self.hidden_rows: tuple[tuple[int, int], ...] = ()
        self.hidden_columns: set[int] = set()
        self.row = self.column = 0
        self.columns = 0


@dataclass(slots=True)
class _Cell:
    """A cell as its attributes say it, the columns it repeats over, and its text."""

    said: dict[str, str]
    column: int
    repeated: int
    parts: list[str]


class _Tables:
    """Follows the elements of the content; all sheets are read, for they are one stream."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.hidden_styles: set[str] = set()
        self._size = Size()
        self._style = ""
        self._beside = 0
        self._inside = False
        self._cell: _Cell | None = None
        self._cells: list[_Cell] = []
        self._repeated = 1
        self._in_paragraph = 0
        self._runs: list[tuple[int, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._beside or name in _BESIDE:
            self._beside += 1
        elif name == "style":
            self._style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self._style)
        elif name == "table":
            self._begin_table(attributes)
        elif not self._inside:
            return
        elif name == "table-row":
            self._begin_row(attributes)
        elif name in {"table-cell", "covered-table-cell"}:
            self._begin_cell(attributes)
        elif name == "table-column":
            self._hide_columns(attributes)
        elif self._cell is not None and name in _SPACES:
            self._cell.parts.append(" ")
            self._in_paragraph += name == "p"

    def end(self, name: str) -> None:
        """An element ends."""
        if self._beside:
            self._beside -= 1
        elif name == "table":
            if self._inside:
                self.tables[-1].hidden_rows = tuple(self._runs)
            self._inside = False
        elif name in {"table-cell", "covered-table-cell"}:
            if self._cell is not None and self._is_filled(self._cell):
                if self._cell.column >= limits.COLUMNS:
                    raise limits.too_large("kolonner", limits.COLUMNS)
                self._cells.append(self._cell)
            self._cell = None
        elif name == "table-row" and self._inside:
            self._end_row()
        elif name == "p":
            self._in_paragraph = 0

    def text(self, text: str) -> None:
        """Text stands here."""
        if self._in_paragraph and self._cell is not None and not self._beside:
            self._cell.parts.append(text)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        if self._inside:
            raise damaged("en tabel ligger i en anden")
        name = tidy(attributes.get("table:name", ""))
        self.tables.append(_Table(Grid(name, self._size), attributes.get("table:style-name", "")))
        if len(self.tables) > limits.SHEETS:
            raise limits.too_large("ark", limits.SHEETS)
        self._inside, self._runs = True, []

    def _begin_row(self, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            raise damaged("en række ligger i en celle")
        self._cells, self.tables[-1].column = [], 0
        self._repeated = _count(attributes, "table:number-rows-repeated")
        if attributes.get("table:visibility", "visible") != "visible":
            row = self.tables[-1].row
            if self._runs and self._runs[-1][1] == row - 1:
                self._runs[-1] = (self._runs[-1][0], row + self._repeated - 1)
            else:
                self._runs.append((row, row + self._repeated - 1))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            raise damaged("en celle ligger i en anden")
        table = self.tables[-1]
        repeated = _count(attributes, "table:number-columns-repeated")
        self._cell = _Cell(attributes, table.column, repeated, [])
        wide = _count(attributes, "table:number-columns-spanned")
        high = _count(attributes, "table:number-rows-spanned")
        if wide > 1 or high > 1:
            corner = (table.row, table.column)
            table.merged.append((*corner, corner[0] + high - 1, corner[1] + wide - 1))
            if len(table.merged) > limits.MERGED:
                raise limits.too_large("flettede områder", limits.MERGED, " i et regneark")
        table.column += repeated

    def _end_row(self) -> None:
        table = self.tables[-1]
        if self._cells and table.row + self._repeated > MOST_ROWS:
            raise damaged("der er flere rækker, end et regneark kan have")
        for row in range(table.row, table.row + self._repeated) if self._cells else ():
            for cell in self._cells:
                for column in range(cell.column, cell.column + cell.repeated):
                    self._add(table.grid, row, column, cell)
        table.row += self._repeated
        self._cells = []

    @staticmethod
    def _is_filled(cell: _Cell) -> bool:
        kind = cell.said.get("office:value-type", "")
        cell.parts[:] = [tidy("".join(cell.parts))]
        return bool(cell.parts[0]) or kind not in {"", "string"} or "table:formula" in cell.said

    def _add(self, grid: Grid, row: int, column: int, cell: _Cell) -> None:
        said, text = cell.said, cell.parts[0]
        kind = said.get("office:value-type", "")
        has_formula = "table:formula" in said
        if said.get("calcext:value-type") == "error" or (
            _ERROR.fullmatch(text) and (has_formula or kind == "string")
        ):
            grid.fault(Fault(row, column, "error_value", text[:40]))
        elif kind in {"float", "percentage", "currency"}:
            number = number_text(said.get("office:value", "").strip())
            if number is None:
                grid.fault(Fault(row, column, "no_value", NO_VALUE))
            else:
                grid.add(row, column, plain_number(number), percent=kind == "percentage")
        elif kind == "date":
            date = said.get("office:date-value", "")[:40]
            grid.add(row, column, _moment(date) or text or NO_VALUE)
        elif kind == "time":
            found = _TIME.fullmatch(said.get("office:time-value", ""))
            clock = ":".join(part.zfill(2) for part in found.groups()) if found else text
            grid.add(row, column, clock or NO_VALUE)
        elif kind == "boolean":
            grid.add(row, column, TRUE if said.get("office:boolean-value") == "true" else FALSE)
        elif has_formula and not kind:
            grid.fault(Fault(row, column, "no_value", NO_VALUE))
        else:
            text = tidy(said.get("office:string-value", "")) or text
            Values(grid, (), from_1904=False).text(row, column, text)

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        table = self.tables[-1]
        repeated = _count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(table.columns + repeated, MOST_COLUMNS)
            table.hidden_columns.update(range(table.columns, last))
        table.columns += repeated


def _moment(written: str) -> str:
    day, _, clock = written.partition("T")
    clock = clock.partition(".")[0]
    return day if clock in {"", "00:00:00"} else f"{day} {clock}"


def _count(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    if not (said.isdecimal() and said.isascii() and len(said) <= 9):
        raise damaged("et antal gentagelser er ugyldigt")
    return max(1, int(said))
