"""One sheet of an XLS, as a stream of records."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import damaged
from queries.sources.spreadsheet.book import Rect, Sheet
from queries.sources.spreadsheet.cell_values import ERRORS, Values
from queries.sources.spreadsheet.grid import run_of
from queries.sources.spreadsheet.old_strings import read_text
from queries.sources.spreadsheet.tidying import tidy

_ROW, _COLUMNS, _NUMBER, _SHORT, _SHORTS = 0x208, 0x7D, 0x203, 0x27E, 0xBD
_SHARED, _LABEL, _RICH, _TRUTH = 0xFD, 0x204, 0xD6, 0x205
_FORMULA, _RESULT, _MERGED = 0x06, 0x207, 0xE5
_ON_LOAD = 2


class Counted:
    """How many formulas a file asks to have computed, and how many have no text as their value."""

    to_be_computed = 0
    blank = 0


def read_old_sheet(
    records: Iterable[tuple[int, bytes]],
    values: Values,
    strings: Sequence[str],
    counted: Counted,
    hidden: bool,
) -> Sheet:
    """Return a sheet with its stored values. Raises UserError for what is broken or too large."""
    reader = _OldSheet(values, strings, counted)
    try:
        for kind, body in records:
            reader.take(kind, body)
    except (struct.error, IndexError) as error:
        raise damaged() from error
    return values.grid.sheet(
        hidden=hidden,
        merged=reader.merged,
        hidden_rows=run_of(sorted(reader.hidden_rows)),
        hidden_columns=run_of(sorted(reader.hidden_columns)),
    )


class _OldSheet:
    def __init__(self, values: Values, strings: Sequence[str], counted: Counted) -> None:
        self.merged: list[Rect] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._values, self._strings, self._counted = values, strings, counted
        self._awaited: tuple[int, int] | None = None

    def take(self, kind: int, body: bytes) -> None:
        """Take one record."""
        values = self._values
        if kind == _NUMBER:
            row, column, style, value = struct.unpack_from("<3Hd", body)
            values.number(row, column, value, style)
        elif kind == _SHARED:
            row, column, _, at = struct.unpack_from("<3HI", body)
            if at >= len(self._strings):
                raise damaged("en celle henviser til en tekst, der ikke findes")
            values.text(row, column, self._strings[at])
        elif kind == _SHORT:
            row, column, style, packed = struct.unpack_from("<3HI", body)
            values.number(row, column, unpacked(packed), style)
        elif kind == _SHORTS:
            row, first = struct.unpack_from("<2H", body)
            for at, (style, packed) in enumerate(struct.iter_unpack("<HI", body[4:-2])):
                values.number(row, first + at, unpacked(packed), style)
        elif kind in {_LABEL, _RICH}:
            row, column = struct.unpack_from("<2H", body)
            values.text(row, column, tidy(read_text(body, 6)))
        elif kind == _TRUTH:
            row, column, _, value, is_error = struct.unpack_from("<3H2B", body)
            self._code(row, column, value, is_error=bool(is_error))
        elif kind == _FORMULA:
            self._formula(body)
        elif kind == _RESULT and self._awaited:
            values.text(*self._awaited, tidy(read_text(body, 0)))
            self._awaited = None
        else:
            self._layout(kind, body)

    def _formula(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", body)
        held, flags = body[6:14], struct.unpack_from("<H", body, 14)[0]
        self._counted.to_be_computed += bool(flags & _ON_LOAD)
        if held[6:8] != b"\xff\xff":
            self._values.number(row, column, struct.unpack("<d", held)[0], style)
        elif held[0] == 0:
            self._awaited = (row, column)
        elif held[0] in {1, 2}:
            self._code(row, column, held[2], is_error=held[0] == 2)
        else:
            self._counted.blank += 1

    def _code(self, row: int, column: int, value: int, *, is_error: bool) -> None:
        if is_error:
            self._values.error(row, column, ERRORS.get(value, "#?"))
        else:
            self._values.truth(row, column, value=bool(value))

    def _layout(self, kind: int, body: bytes) -> None:
        if kind == _ROW:
            row, flags = struct.unpack_from("<H", body)[0], body[12]
            if flags & 0x20:
                self.hidden_rows.add(row)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            if flags & 1:
                self.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == _MERGED:
            for at in range(struct.unpack_from("<H", body)[0]):
                r0, r1, c0, c1 = struct.unpack_from("<4H", body, 2 + 8 * at)
                if r1 < r0 or c1 < c0:
                    raise damaged("et flettet område har en ugyldig adresse")
                self.merged.append((r0, c0, r1, c1))
            if len(self.merged) > limits.MERGED:
                raise limits.too_large("flettede områder", limits.MERGED, " i et regneark")


def unpacked(packed: int) -> float:
    """Return a number that is packed in four bytes: whole or not, and maybe in hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return value / 100 if packed & 1 else value
