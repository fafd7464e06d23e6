"""What was refused, with its reasons, in files that a spreadsheet opens and that come back mended.

Each refusal has a folder in `refused`: `afvist.csv` and `afvist.xlsx` have the rows as they were
given, after two columns more, »Årsag« and »Sted«, and `rapport.json` has the findings. No row is
added above them: a place that is named is still where it was. `without_reasons` takes the two
columns off again. What is too large for a spreadsheet is an extract, and says so.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from queries.imports.files import as_json, private_folder, write_private
from queries.imports.identity import slug
from queries.sources.incoming import Finding
from queries.warehouse.disk import sync

REASON, PLACE = "Årsag", "Sted"
KEPT = 50
"""The newest refusals are kept."""
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 1_000_000, 1_000, 32_000
"""Rows and columns of a file, and letters of a cell: a spreadsheet opens no more."""
MOST_IN_WORKBOOK = 300_000
"""Cells: a larger workbook takes too long to make, and there is none."""
EXTRACT = "Uddrag: filen er for stor til at stå her. Ret fejlene i din egen fil"
WITHOUT_ROW = 1
"""The row that findings about the whole file stand in."""
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_GUARD = "'"


@dataclass(frozen=True)
class Refusal:
    """What was refused, when and why; `folder` holds its files."""

    folder: Path
    at: dt.datetime
    name: str
    message: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, eq=False)
class Given:
    """Rows as they were given: columns of text, row 1 first; `numeric` of a workbook.

    Numbers of a workbook have '.' as decimal sign and get the Danish one; other text stays.
    """

    cells: pl.DataFrame
    numeric: bool = False
    sheet: str = ""


def keep(
    place: Path,
    name: str,
    message: str,
    findings: Sequence[Finding],
    *,
    given: Given | None = None,
    about: Mapping[str, Any] | None = None,
) -> Refusal:
    """Keep what was refused in the folder `place`, and forget the oldest; return where it is.

    `name` is that of the user's file, `about` what else the report is to hold. Without `given`
    the files list the findings alone.
    """
    at = dt.datetime.now(dt.UTC)
    private_folder(place)
    folder = _new_folder(place, f"{at:%Y%m%dT%H%M%S.%fZ}_{slug(Path(name).stem) or 'uden-navn'}")
    write_private(folder / "afvist.csv", as_csv(findings, given))
    if given is None or given.cells.height * given.cells.width <= MOST_IN_WORKBOOK:
        write_private(folder / "afvist.xlsx", as_xlsx(findings, given))
    report = {
        "form": 1,
        "refused_at": at.isoformat(),
        "name": name,
        "message": message,
        "findings": [{**asdict(one), "where": one.where} for one in findings],
        "about": dict(about or {}),
    }
    write_private(folder / "rapport.json", as_json(report))
    sync(folder)
    others = sorted(path for path in place.iterdir() if path != folder)
    for old in others[: max(0, len(others) + 1 - KEPT)]:
        shutil.rmtree(old, ignore_errors=True)
    return Refusal(folder, at, name, message, tuple(findings))


def kept(place: Path) -> list[Refusal]:
    """Return what was refused, the newest first; one whose report cannot be read is left out."""
    found = []
    for folder in sorted(place.iterdir(), reverse=True) if place.is_dir() else []:
        try:
            report = json.loads((folder / "rapport.json").read_bytes())
            findings = [
                {k: v for k, v in one.items() if k != "where"} for one in report["findings"]
            ]
            found.append(
                Refusal(
                    folder,
                    dt.datetime.fromisoformat(report["refused_at"]),
                    report["name"],
                    report["message"],
                    tuple(Finding(**one) for one in findings),
                )
            )
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def forget(refusal: Refusal) -> None:
    """Remove the files of a refusal: they may hold numbers that nobody has published."""
    shutil.rmtree(refusal.folder, ignore_errors=True)


def as_csv(findings: Sequence[Finding], given: Given | None) -> bytes:
    """Return the rows with reasons as CSV: ';', UTF-8 with BOM, decimal comma, CRLF.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=";")
    for row in _rows(findings, given):
        writer.writerow([_guarded(text) for text in row])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def as_xlsx(findings: Sequence[Finding], given: Given | None) -> bytes:
    """Return the rows with reasons as a workbook: text stays text, and numbers are numbers."""
    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("Afvist")
        wrong = book.add_format({"bg_color": "#FFE4E1", "text_wrap": True})
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, 1, 24)
        for number, row in enumerate(_rows(findings, given)):
            for column, text in enumerate(row):
                if not text:
                    continue
                if given and given.numeric and column > 1 and _is_danish_number(text):
                    sheet.write_number(number, column, float(text.replace(",", ".")))
                elif column > 1:
                    sheet.write_string(number, column, text)
                else:
                    sheet.write_string(number, column, text, wrong)
    return made.getvalue()


def without_reasons(cells: pl.DataFrame) -> pl.DataFrame:
    """Return rows without the columns of reasons and places that were put before them.

    `cells` has columns of text named '0', '1', ... with row 1 first. What has no such columns is
    returned as it is.
    """
    if cells.width < 3 or cells.is_empty():
        return cells
    reason, place = str(cells.item(0, 0) or ""), str(cells.item(0, 1) or "")
    if not reason.startswith(REASON) or not place.startswith(PLACE):
        return cells
    return cells.select(
        pl.col(name).str.replace(rf"^{_GUARD}([=+\-@\t\r\n])", "${1}").alias(str(number))
        for number, name in enumerate(cells.columns[2:])
    )


def _rows(findings: Sequence[Finding], given: Given | None) -> Iterator[list[str]]:
    """Yield the rows of a file: reason, place, and what was given."""
    sheet = given.sheet if given else ""
    reasons: dict[int, list[Finding]] = {}
    for one in findings:
        here = one.row is not None and (not one.sheet or not sheet or one.sheet == sheet)
        reasons.setdefault(one.row if here and one.row and given else 0, []).append(one)
    whole = reasons.pop(0, [])
    if given is None:
        yield [REASON, PLACE]
        for one in whole:
            yield [one.text, one.where]
        return
    frame = given.cells
    extract = frame.height > MOST_ROWS or frame.width > MOST_COLUMNS
    first = f"{EXTRACT} | {REASON}" if extract else REASON
    for number, values in enumerate(frame[:, :MOST_COLUMNS].iter_rows(), 1):
        mine = reasons.get(number, [])
        if number == WITHOUT_ROW:
            mine = [*whole, *mine]
        elif extract and not mine:
            continue
        why, where = _joined(mine)
        if number == WITHOUT_ROW:
            why = f"{first}: {why}" if why else first
            where = f"{PLACE}: {where}" if where else PLACE
        yield [why, where, *(_text(value, numeric=given.numeric) for value in values)]


def _joined(findings: Sequence[Finding]) -> tuple[str, str]:
    texts = " | ".join(dict.fromkeys(one.text for one in findings))
    return texts, " | ".join(dict.fromkeys(one.where for one in findings if one.where))


def _text(value: object, *, numeric: bool) -> str:
    text = "" if value is None else str(value)[:MOST_LETTERS]
    return text.replace(".", ",") if numeric and _NUMBER.fullmatch(text) else text


def _is_danish_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.replace(",", ".")))


def _guarded(text: str) -> str:
    plain = text.replace("\0", "")
    if plain.startswith(_FORMULA) and plain != "-" and not _is_danish_number(plain):
        return _GUARD + plain
    return plain


def _new_folder(place: Path, name: str) -> Path:
    again = 1
    while True:
        folder = place / (name if again == 1 else f"{name}-{again}")
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            again += 1
        else:
            return folder
