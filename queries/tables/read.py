"""From the bytes of a file, or pasted text, to lines of texts. Nothing is written anywhere.

Faults are `UserError` in Danish. They never quote the table, the name of the file or of a sheet:
these may be sensitive, and an error travels further than the table.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from queries.errors import UserError
from queries.sources.spreadsheet import open_book, separators
from queries.sources.spreadsheet.archive import Archive
from queries.sources.spreadsheet.decoding import find_encoding, whole_text
from queries.sources.spreadsheet.kinds import kind_of
from queries.tables.numbers import tidy, tidy_indented

MOST_BYTES = 2_000_000
MOST_CELLS = 20_000
MOST_COLUMNS = 500
_MOST_UNPACKED = 100_000_000  # bytes in a workbook that is a zip archive
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PARTS = {
    "kommentarer": r"xl/(?:comments|threadedComments)",
    "pivottabeller": r"xl/pivot",
    "henvisninger til andre filer": r"xl/externalLinks",
    "diagrammer": r"xl/charts|Object ?\d+/",
    "tegninger eller billeder": r"xl/(?:drawings/drawing|media)|Pictures/",
    "indlejrede filer": r"xl/embeddings",
}
_UNREADABLE = (
    "Filen kan ikke læses som regneark: den er beskadiget eller af en anden slags. Åbn den i et "
    "regneark og gem den igen, så prøv på ny. Eller kopiér cellerne og indsæt dem."
)
_HOW = "Gem tabellen som XLSX, ODS eller CSV, eller kopiér cellerne og indsæt dem."


@dataclass(frozen=True)
class Lines:
    """A sheet as texts: `lines[0][0]` is cell A1. `form` and `remarks` are Danish.

    `workbook` says that the numbers come from a spreadsheet, with all the decimals it holds.
    """

    lines: tuple[tuple[str, ...], ...]
    form: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    workbook: bool = False
    remarks: tuple[str, ...] = ()


def read(content: bytes, *, sheet: str = "") -> Lines:
    """Read a file or pasted text, whatever its name says; `sheet` by name or number from 1.

    Without `sheet` the first sheet that holds anything is read. Raises UserError for what is no
    table, is locked, broken or too large.
    """
    if len(content) > MOST_BYTES:
        raise UserError(
            f"Filen fylder {len(content) / 1e6:.1f} MB, og højst {MOST_BYTES // 1_000_000} MB kan "
            "undersøges. Kopiér selve tabellen til et nyt ark, og prøv igen.".replace(".", ",", 1)
        )
    if not content.strip():
        raise UserError(f"Der er intet at undersøge: filen eller teksten er tom. {_HOW}")
    if content.startswith((_ZIP, _OLD_OFFICE)):
        return _workbook(content, sheet)
    if sheet:
        raise UserError("Et ark kan kun vælges i et regneark, og dette er en tekst.")
    return _text(content)


def _workbook(content: bytes, wanted: str) -> Lines:
    import python_calamine as calamine

    # Calamine panics on some broken files and believes what a sheet says of its size: what it is
    # given has been read to the end within limits.
    if content.startswith(_ZIP):
        Archive(content, _MOST_UNPACKED).unpack_all()
    open_book(content)
    with _readable():
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = book.sheet_names
    hidden = [
        each.name
        for each in book.sheets_metadata
        if each.visible != calamine.SheetVisibleEnum.Visible
    ]
    with _readable():
        grids = {name: _grid(book, name) for name in _asked(names, hidden, wanted)}
    found = next((name for name, grid in grids.items() if grid), None)
    if found is None:
        raise UserError(f"Arket er tomt: der er ingen tabel at undersøge. {_HOW}")
    return Lines(
        lines=grids[found],
        form="regneark",
        sheet=found,
        sheets=tuple(names),
        workbook=True,
        remarks=(*_about_sheets(len(names), len(hidden)), *_about_parts(content)),
    )


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (UserError, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic is no Exception
        raise UserError(_UNREADABLE) from None


def _asked(names: list[str], hidden: list[str], wanted: str) -> list[str]:
    if not wanted:
        return [name for name in names if name not in hidden] or names
    if wanted in names:
        return [wanted]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return [names[int(wanted) - 1]]
    raise UserError(
        f"Regnearket har ikke det ark, der er valgt. Vælg et tal fra 1 til {len(names)} eller "
        "arkets navn, som det står på fanen."
    )


def _about_sheets(all_of_them: int, hidden: int) -> tuple[str, ...]:
    if all_of_them == 1:
        return ()
    more = "et ark mere" if all_of_them == 2 else f"{all_of_them - 1} ark mere"
    unseen = "" if not hidden else f", heraf {hidden} skjult" + ("e" if hidden > 1 else "")
    return (
        f"Projektmappen har {more}{unseen}. Kun det valgte ark er undersøgt; hvad der kan regnes "
        "ud på tværs af arkene, er det ikke. Den, der får filen, kan læse dem alle.",
    )


def _about_parts(content: bytes) -> tuple[str, ...]:
    """Say what else the workbook holds that may tell a hidden number."""
    if not content.startswith(_ZIP):
        return (
            "Filen er i det gamle format (.xls), hvor kommentarer og andre skjulte dele ikke kan "
            "ses her. Gem den som XLSX.",
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [entry.filename for entry in archive.infolist()]
        open_document = archive.read("content.xml") if "content.xml" in names else b""
    found = [
        said
        for said, part in _PARTS.items()
        if any(re.match(part, name, re.IGNORECASE) for name in names)
    ]
    if b"<office:annotation" in open_document:
        found.append("kommentarer")
    if not found:
        return ()
    return (
        f"Projektmappen har også {' og '.join(found)}, som ikke er undersøgt. Den, der får filen, "
        "kan læse det: send en kopi, hvor der kun er selve tabellen.",
    )


def _grid(book: object, name: str) -> tuple[tuple[str, ...], ...]:
    sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    if sheet.total_height * sheet.total_width > 50 * MOST_CELLS:
        raise UserError(_too_large())
    rows = sheet.to_python(skip_empty_area=False)
    return _bounded([[_as_text(value) for value in row] for row in rows])


def _as_text(value: object) -> str:
    """Return a cell's value as a Danish reader would see it, with all its decimals."""
    if isinstance(value, bool):
        return "Sand" if value else "Falsk"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _decimal(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d.%m.%Y")
    return tidy_indented(str(value))


def _decimal(value: float) -> str:
    return f"{value:.8f}".rstrip("0").rstrip(".").replace(".", ",")


def _too_large() -> str:
    most = f"{MOST_CELLS:,}".replace(",", ".")
    return (
        f"Tabellen er for stor: højst {most} celler og {MOST_COLUMNS} kolonner kan undersøges. "
        "Tag den del, der skal sendes, over i et nyt ark, og prøv igen."
    )


def _text(content: bytes) -> Lines:
    if kind_of(content) != "text":
        raise UserError(f"Filen er en webside eller et dokument, ikke en tabel. {_HOW}")
    encoding = find_encoding(content)
    text = whole_text(content, encoding)
    found = separators.find(text)
    lines = _bounded(_separated(text[found.skip :].decode("utf-8"), found.separator))
    if max((sum(1 for each in line if each) for line in lines), default=0) < 2:
        raise UserError(
            "Der er ingen tabel: alle linjer har kun én kolonne. Kolonner skal være adskilt af "
            f"semikolon, komma eller tabulator. {_HOW}"
        )
    return Lines(lines=lines, form=f"tekst med {found.name}, {encoding.name}")


def _separated(text: str, separator: str) -> list[list[str]]:
    if separator == separators.SPACES:
        spaced = [re.split(r"(?: {2,}|\u00a0{2,})", line.strip()) for line in text.split("\n")]
        return [[tidy(cell) for cell in row] for row in spaced]
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=False)
    try:
        return [[tidy_indented(cell) for cell in row] for row in reader]
    except csv.Error:
        raise UserError(
            f"Et anførselstegn i teksten bliver ikke lukket, så den ikke kan deles i celler. {_HOW}"
        ) from None


def _bounded(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """Return rows of one width, without empty rows and columns at the end; () where all is empty.

    Raises UserError when there are too many cells.
    """
    width = max(
        (at + 1 for row in rows for at, text in enumerate(row) if text),
        default=0,
    )
    height = max((at + 1 for at, row in enumerate(rows) if any(row)), default=0)
    filled = sum(1 for row in rows for text in row if text)
    if filled > MOST_CELLS or width > MOST_COLUMNS or width * height > 4 * MOST_CELLS:
        raise UserError(_too_large())
    return tuple(tuple(row[:width]) + ("",) * (width - len(row)) for row in rows[:height])
