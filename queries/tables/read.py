"""From the bytes of a file, or pasted text, to lines of texts. Nothing is written anywhere.

Faults are `UserError` in Danish. They never quote the table, the name of the file or of a sheet:
these may be sensitive, and an error travels further than the table.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass

from queries.errors import UserError
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

    _unpacked_size(content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise UserError(
            "Regnearket er beskyttet med adgangskode og kan ikke læses. Fjern adgangskoden "
            "(Filer, Oplysninger, Beskyt projektmappe), gem, og prøv igen."
        ) from None
    except Exception:
        raise UserError(_unreadable(content)) from None
    names = book.sheet_names
    hidden = [
        each.name
        for each in book.sheets_metadata
        if each.visible != calamine.SheetVisibleEnum.Visible
    ]
    try:
        grids = {name: _grid(book, name) for name in _asked(names, hidden, wanted)}
    except UserError:
        raise
    except Exception:
        raise UserError(_unreadable(content)) from None
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


def _unpacked_size(content: bytes) -> None:
    """Refuse an archive that would unpack to far more than it fills, and other kinds of office."""
    if not content.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except Exception:
        raise UserError(_unreadable(content)) from None
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise UserError(_too_large())
    if any(entry.filename.startswith(("word/", "ppt/")) for entry in entries):
        raise UserError(f"Filen er et dokument eller en præsentation, ikke et regneark. {_HOW}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UserError("Filen er låst med en adgangskode. Lås den op, og prøv igen.")


def _unreadable(content: bytes) -> str:
    if content.startswith(_OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in content:
        return "Regnearket er beskyttet med adgangskode. Fjern adgangskoden, gem, og prøv igen."
    return (
        "Filen kan ikke læses som regneark: den er beskadiget eller af en anden slags. "
        f"Åbn den i et regneark og gem den igen, så prøv på ny. {_HOW}"
    )


def _too_large() -> str:
    most = f"{MOST_CELLS:,}".replace(",", ".")
    return (
        f"Tabellen er for stor: højst {most} celler og {MOST_COLUMNS} kolonner kan undersøges. "
        "Tag den del, der skal sendes, over i et nyt ark, og prøv igen."
    )


def _text(content: bytes) -> Lines:
    text, encoding = _decoded(content)
    head = text[:2000].lstrip().casefold()
    if head.startswith("%pdf"):
        raise UserError(f"Filen er en PDF, som ikke kan læses som tabel. {_HOW}")
    if head.startswith(("<!doctype", "<html", "<?xml", "<table", "{\\rtf")):
        raise UserError(f"Filen er en webside eller et dokument, ikke en tabel. {_HOW}")
    if any(ord(each) < 32 and each not in "\t\n\r\f\v" for each in text):
        raise UserError(f"Filen er hverken tekst eller regneark. {_HOW}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    name, rows = _separated(text)
    lines = _bounded(rows)
    if max((sum(1 for each in line if each) for line in lines), default=0) < 2:
        raise UserError(
            "Der er ingen tabel: alle linjer har kun én kolonne. Kolonner skal være adskilt af "
            f"semikolon, komma eller tabulator. {_HOW}"
        )
    return Lines(lines=lines, form=f"tekst med {name}, {encoding}")


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif content[1:200:2].count(0) > len(content[1:200:2]) // 2:
        candidates = ["utf-16-le"]
    elif content[0:200:2].count(0) > len(content[0:200:2]) // 2:
        candidates = ["utf-16-be"]
    else:
        candidates = ["utf-8-sig", "cp1252"]
    for encoding in candidates:
        try:
            return content.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise UserError(f"Filens bogstaver kan ikke læses (hverken utf-8, utf-16 eller cp1252). {_HOW}")


def _separated(text: str) -> tuple[str, list[list[str]]]:
    """Split lines by the separator that most lines agree on."""
    best: tuple[tuple[int, int], str, list[list[str]]] | None = None
    for separator, name in (("\t", "tabulator"), (";", "semikolon"), (",", "komma")):
        if separator not in text:
            continue
        try:
            rows = [
                [tidy_indented(cell) for cell in row]
                for row in csv.reader(io.StringIO(text), delimiter=separator, strict=False)
            ]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        _, lines = widths.most_common(1)[0]
        # A comma is also the decimal sign and stands in running text: any other comes first.
        score = (lines - (sum(widths.values()) // 2 if separator == "," else 0), -len(widths))
        if best is None or score > best[0]:
            best = (score, name, rows)
    if best is not None:
        return best[1], best[2]
    spaced = [re.split(r"(?: {2,}|\u00a0{2,})", line.strip()) for line in text.split("\n")]
    return "mellemrum", [[tidy(cell) for cell in row] for row in spaced]


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
