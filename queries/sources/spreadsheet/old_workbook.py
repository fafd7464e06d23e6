"""XLS (Excel 97–2003, BIFF8): a stream of records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from queries.errors import UserError
from queries.sources.incoming import Finding
from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import damaged, locked
from queries.sources.spreadsheet.book import Book, Sheet
from queries.sources.spreadsheet.cell_values import MACROS, Values, to_be_computed
from queries.sources.spreadsheet.choosing import chosen
from queries.sources.spreadsheet.compound import Compound
from queries.sources.spreadsheet.formats import Shown, shown_as
from queries.sources.spreadsheet.grid import Grid, Size
from queries.sources.spreadsheet.kinds import HOW
from queries.sources.spreadsheet.old_sheet import Counted, read_old_sheet
from queries.sources.spreadsheet.old_strings import read_shared, read_text
from queries.sources.spreadsheet.tidying import tidy

_BOF, _EOF, _CONTINUE, _LOCK, _DATES = 0x809, 0x0A, 0x3C, 0x2F, 0x22
_SHEET, _STRINGS, _FORMAT, _STYLE = 0x85, 0xFC, 0x41E, 0xE0
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # a new workbook, enciphered
_OLD_BOF = frozenset({0x9, 0x209, 0x409})


@dataclass
class _Globals:
    """What the first part of the stream says of all sheets."""

    sheets: list[tuple[str, int, bool]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    from_1904: bool = False

    @property
    def shown(self) -> list[Shown]:
        """What each style shows."""
        return [shown_as(number, self.codes.get(number, "")) for number in self.styles]


def open_old_workbook(content: bytes, wanted: str = "") -> Book:
    """Open an XLS; only the `wanted` sheet where it is named. Raises UserError for other OLE."""
    if _LOCKED in content:
        raise locked()
    compound = Compound(content)
    for name, what in (
        ("WordDocument", "et tekstdokument (DOC)"),
        ("PowerPoint Document", "en præsentation (PPT)"),
        ("__properties_version1.0", "en mail (MSG). Gem den vedhæftede fil, og giv den i stedet"),
    ):
        if name in compound:
            raise UserError(f"Filen er ikke et regneark, men {what}. {HOW}")
    if "Workbook" not in compound:
        raise _too_old() if "Book" in compound else damaged("der er ingen ark")
    stream = compound.read("Workbook")
    held = _read_globals(stream)
    if not held.sheets:
        raise damaged("der er ingen ark")
    size, counted, shown = Size(), Counted(), held.shown
    sheets: list[Sheet] = []
    for at in chosen([name for name, _, _ in held.sheets], wanted):
        name, start, hidden = held.sheets[at]
        values = Values(Grid(name, size), shown, held.from_1904)
        records_of_sheet = records(stream, start)
        sheets.append(read_old_sheet(records_of_sheet, values, held.strings, counted, hidden))
    has_macros = "_VBA_PROJECT_CUR" in compound
    return Book(
        tuple(sheets),
        "regneark (XLS)",
        remarks=(MACROS,) if has_macros else (),
        findings=(*to_be_computed(counted.to_be_computed), *_blank(counted.blank)),
        sheet_names=tuple(name for name, _, _ in held.sheets),
    )


def _blank(formulas: int) -> tuple[Finding, ...]:
    if not formulas:
        return ()
    return (
        Finding(
            "warning",
            "formulas_without_text",
            f"Filen har {limits.thousands(formulas)} celler med formler, hvis gemte værdi er en "
            "tom tekst. Det er rigtigt, hvis de ser tomme ud i regnearket; ellers er de aldrig "
            "regnet ud: åbn filen i et regneark, gem den igen, og prøv på ny.",
        ),
    )


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Return the records of the part that begins at `start`, without parts within it.

    Raises UserError where no part begins there or the stream ends before the part does.
    """
    depth, at, end = 0, start, len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<2H", stream, at)
        at += 4
        if at + length > end:
            raise damaged("filen er afbrudt")
        if kind == _BOF:
            depth += 1
            if length < 2 or stream[at : at + 2] != b"\x00\x06":
                raise _too_old()
        elif kind in _OLD_BOF:
            raise _too_old()
        elif not depth:
            raise damaged("et ark begynder ikke, hvor det skal")
        elif kind == _EOF:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield kind, stream[at : at + length]
        at += length
    raise damaged("filen er afbrudt")


def _read_globals(stream: bytes) -> _Globals:
    held = _Globals()
    shared: list[bytes] = []
    for kind, body in records(stream, 0):
        if kind == _CONTINUE:
            if shared:
                shared.append(body)
            continue
        if shared:
            held.strings, shared = read_shared(shared), []
        if kind == _LOCK:
            raise locked()
        try:
            if kind == _STRINGS:
                shared = [body]
            else:
                _read_global(held, kind, body)
        except (struct.error, IndexError) as error:
            raise damaged() from error
    if shared:
        held.strings = read_shared(shared)
    return held


def _read_global(held: _Globals, kind: int, body: bytes) -> None:
    if kind == _SHEET:
        start, state, sort = struct.unpack_from("<I2B", body, 0)
        if sort == 0:  # a sheet of cells, not a chart or a sheet of macros
            name = tidy(read_text(body, 6, short=True))
            held.sheets.append((name, start, state & 3 != 0))
            if len(held.sheets) > limits.SHEETS:
                raise limits.too_large("ark", limits.SHEETS)
    elif kind == _DATES:
        held.from_1904 = body[:2] == b"\x01\x00"
    elif kind == _FORMAT:
        held.codes[struct.unpack_from("<H", body, 0)[0]] = read_text(body, 2)
    elif kind == _STYLE:
        held.styles.append(struct.unpack_from("<H", body, 2)[0])


def _too_old() -> UserError:
    return UserError(
        "Filen er et regneark fra før Excel 97, og det format kan ikke læses her. Åbn den i et "
        f"regneark. {HOW}"
    )
