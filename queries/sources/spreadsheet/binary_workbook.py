"""XLSB: the parts of an XLSX as records instead of XML."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import Archive, damaged
from queries.sources.spreadsheet.book import Book, Rect, Sheet
from queries.sources.spreadsheet.cell_values import (
    ERRORS,
    MACROS,
    MOST_COLUMNS,
    MOST_ROWS,
    Values,
)
from queries.sources.spreadsheet.choosing import chosen
from queries.sources.spreadsheet.formats import Shown, shown_as
from queries.sources.spreadsheet.grid import Grid, Size, run_of
from queries.sources.spreadsheet.old_sheet import unpacked
from queries.sources.spreadsheet.relations import relations
from queries.sources.spreadsheet.tidying import tidy
from queries.sources.spreadsheet.xml import Budget

_PATH = "xl/workbook.bin"
_ROW, _MERGED, _COLUMNS, _SHEET, _PROPERTIES = 0, 176, 60, 156, 153
_STRING, _FORMAT, _STYLES, _STYLES_END, _STYLE = 19, 44, 617, 618, 47
_TEXTS, _NUMBERS, _TRUTHS, _ERRORS = {6, 8, 62}, {5, 9}, {4, 10}, {3, 11}
_SHORT, _SHARED, _FORMULAS = 2, 7, range(8, 12)
_Records = Iterator[tuple[int, bytes]]


def open_binary_workbook(archive: Archive, wanted: str = "") -> Book:
    """Open the sheets of an XLSB; only the `wanted` one where it is named."""
    try:
        return _open(archive, wanted)
    except (struct.error, IndexError) as error:
        raise damaged() from error


def _open(archive: Archive, wanted: str) -> Book:
    targets = relations(archive, _PATH, Budget())
    kinds = {kind.rpartition("/")[2]: target for kind, target in targets.values()}
    listed: list[tuple[str, str, bool]] = []
    from_1904, left = False, [2 * limits.ELEMENTS]
    for kind, body in _records(archive.pieces(_PATH), left):
        if kind == _PROPERTIES:
            from_1904 = bool(body[0] & 1)
        elif kind == _SHEET:
            relation, at = _text(body, 8)
            sort, target = targets.get(relation, ("", ""))
            if sort.endswith("/worksheet"):
                listed.append((tidy(_text(body, at)[0]), target, body[:4] != bytes(4)))
            if len(listed) > limits.SHEETS:
                raise limits.too_large("ark", limits.SHEETS)
    if not listed:
        raise damaged("der er ingen ark")
    strings = _strings(archive, kinds.get("sharedStrings", ""), left)
    shown = _shown(archive, kinds.get("styles", ""), left)
    size = Size()
    sheets = []
    for at in chosen([name for name, _, _ in listed], wanted):
        name, target, hidden = listed[at]
        values = Values(Grid(name, size), shown, from_1904)
        sheets.append(_sheet(_records(archive.pieces(target), left), values, strings, hidden))
    has_macros = any("vbaproject" in name.casefold() for name in archive.names)
    return Book(
        tuple(sheets),
        "regneark (XLSB)",
        remarks=(MACROS,) if has_macros else (),
        sheet_names=tuple(name for name, _, _ in listed),
    )


def _records(pieces: Iterable[bytes], left: list[int]) -> _Records:
    """Return a part's records; `left` counts how many may still be read of the file."""
    held, at = b"", 0
    for piece in pieces:
        held, at = held[at:] + piece, 0
        while (found := _head(held, at)) is not None:
            kind, length, start = found
            if length > limits.TOKEN_BYTES:
                raise damaged("en post er for lang")
            if start + length > len(held):
                break
            left[0] -= 1
            if left[0] < 0:
                raise limits.too_large("poster", 2 * limits.ELEMENTS, " i et regneark")
            yield kind, held[start : start + length]
            at = start + length
    if at < len(held):
        raise damaged("en del er afbrudt")


def _head(held: bytes, at: int) -> tuple[int, int, int] | None:
    """Return a record's kind, length and start; None where more bytes are needed."""
    try:
        kind = held[at]
        at += 1
        if kind & 0x80:
            kind, at = kind & 0x7F | (held[at] & 0x7F) << 7, at + 1
        length = 0
        for shift in (0, 7, 14, 21):
            byte = held[at]
            at += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
    except IndexError:
        return None
    return kind, length, at


def _text(body: bytes, at: int) -> tuple[str, int]:
    """Return the text at `at` and where it ends; a length of all ones is no text."""
    length = struct.unpack_from("<I", body, at)[0]
    end = at + 4 if length == 0xFFFFFFFF else at + 4 + 2 * length
    if end > len(body):
        raise damaged("en tekst er afbrudt")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _strings(archive: Archive, path: str, left: list[int]) -> list[str]:
    found: list[str] = []
    for kind, body in _records(archive.pieces(path), left) if path in archive else ():
        if kind == _STRING:
            found.append(tidy(_text(body, 1)[0]))
            if len(found) > limits.STRINGS:
                raise limits.too_large("fælles tekster", limits.STRINGS, " i et regneark")
    return found


def _shown(archive: Archive, path: str, left: list[int]) -> list[Shown]:
    codes: dict[int, str] = {}
    shown: list[Shown] = []
    within = False
    for kind, body in _records(archive.pieces(path), left) if path in archive else ():
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body, 2)[0]
        elif kind in {_STYLES, _STYLES_END}:
            within = kind == _STYLES
        elif kind == _STYLE and within:
            number = struct.unpack_from("<H", body, 2)[0]
            shown.append(shown_as(number, codes.get(number, "")))
    return shown


def _sheet(records: _Records, values: Values, strings: Sequence[str], hidden: bool) -> Sheet:
    row = -1
    merged: list[Rect] = []
    hidden_rows: list[int] = []
    hidden_columns: set[int] = set()
    for kind, body in records:
        if kind == _ROW:
            said = struct.unpack_from("<I", body)[0]
            if not row < said < MOST_ROWS:
                raise damaged("rækkerne står ikke i orden")
            row = said
            if body[11] & 0x10:
                hidden_rows.append(row)
        elif kind in _TEXTS | _NUMBERS | _TRUTHS | _ERRORS | {_SHORT, _SHARED}:
            _cell(kind, body, row, values, strings)
        elif kind == _MERGED:
            r0, r1, c0, c1 = struct.unpack_from("<4I", body)
            if r1 < r0 or c1 < c0:
                raise damaged("et flettet område har en ugyldig adresse")
            merged.append((r0, c0, r1, c1))
            if len(merged) > limits.MERGED:
                raise limits.too_large("flettede områder", limits.MERGED, " i et regneark")
        elif kind == _COLUMNS and struct.unpack_from("<H", body, 16)[0] & 1:
            first, last = struct.unpack_from("<2I", body)
            if last - first < MOST_COLUMNS and len(hidden_columns) <= MOST_COLUMNS:
                hidden_columns.update(range(first, last + 1))
    return values.grid.sheet(
        hidden=hidden,
        merged=merged,
        hidden_rows=run_of(hidden_rows),
        hidden_columns=run_of(sorted(hidden_columns)),
    )


def _cell(kind: int, body: bytes, row: int, values: Values, strings: Sequence[str]) -> None:
    column, style = struct.unpack_from("<2I", body)
    style &= 0xFFFFFF
    if row < 0 or column >= MOST_COLUMNS:
        raise damaged("en celle har en ugyldig adresse")
    if kind == _SHORT:
        values.number(row, column, unpacked(struct.unpack_from("<I", body, 8)[0]), style)
    elif kind in _NUMBERS:
        values.number(row, column, struct.unpack_from("<d", body, 8)[0], style)
    elif kind == _SHARED:
        at = struct.unpack_from("<I", body, 8)[0]
        if at >= len(strings):
            raise damaged("en celle henviser til en tekst, der ikke findes")
        values.text(row, column, strings[at])
    elif kind in _TEXTS:
        values.text(row, column, tidy(_text(body, 9 if kind == 62 else 8)[0]))
    elif kind in _TRUTHS:
        values.truth(row, column, value=bool(body[8]))
    else:
        values.error(row, column, ERRORS.get(body[8], "#?"))
