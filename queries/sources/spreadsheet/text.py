"""A table in text: one frame of texts, by a fast way where the file is plain and a careful one.

The careful way (Python's csv module, strictly) is the truth; the fast one (Polars) is taken where
there are no quotes and no line is longer than the others, and gives the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

import polars as pl

from queries.errors import UserError
from queries.sources.incoming import Finding
from queries.sources.spreadsheet import limits, separators
from queries.sources.spreadsheet.book import CUT_OFF, Book, Sheet
from queries.sources.spreadsheet.decoding import find_encoding, line_of, whole_text
from queries.sources.spreadsheet.kinds import HOW
from queries.sources.spreadsheet.tidying import needs_tidying, tidied, trimmed

_CHUNK = 20_000  # rows that are held as Python texts at a time
_TWICE = re.compile(
    b"\xc3\x83\xc2[\xa6\xb8\xa5\xa9]|\xc3\x83(?:\xe2\x80\xa0|\xcb\x9c|\xe2\x80\xa6)"
)
_LOST = "\ufffd".encode()


class _Plain(NamedTuple):
    """A text in UTF-8 with '\\n' at the end of lines, and how it was written."""

    content: bytes
    encoding: str
    findings: tuple[Finding, ...]


def open_text(content: bytes) -> Book:
    """Open a text in columns. Raises UserError for what has none, or is broken or too large."""
    limits.check_bytes(content, limits.TEXT_BYTES, "en tekst")
    plain = _plain(content)
    found = separators.find(plain.content)
    if found.separator == separators.SPACES:
        cells = separators.by_spaces(plain.content)
    else:
        body = plain.content[found.skip :]
        raw = fast(body, found.separator, found.width)
        if raw is None:
            raw = careful(body, found.separator, found.skipped_lines)
        cells = trimmed(tidied(raw) if needs_tidying(body, found.separator) else raw)
    if not cells.height:
        raise UserError(f"Filen er tom: der er ingen tabel i den. {HOW}")
    if cells.width < 2:
        raise UserError(
            "Der er ingen tabel: alle linjer har kun én kolonne. Kolonner skal være adskilt af "
            f"semikolon, tabulator, komma eller |. {HOW}"
        )
    _check_lengths(cells)
    sheet = Sheet("", cells, numeric=False)
    form = f"tekst med {found.name}, {plain.encoding}"
    findings = (*plain.findings, *found.findings, *_cut_off(plain.content, found.separator))
    return Book((sheet,), form, findings=findings, sheet_names=("",))


def fast(body: bytes, separator: str, width: int) -> pl.DataFrame | None:
    """Return the raw cells by Polars; None where the careful way must be taken."""
    if b'"' in body or not 1 <= width <= limits.COLUMNS:
        return None
    lines = body.count(b"\n") + (not body.endswith(b"\n"))
    if lines > limits.ROWS or lines * width > limits.TEXT_CELLS:
        return None
    try:
        cells = pl.read_csv(
            body,
            separator=separator,
            has_header=False,
            quote_char=None,
            schema={str(column): pl.String for column in range(width)},
            empty_string_is_null=False,
            missing_columns="insert",
        )
    except pl.exceptions.PolarsError:
        return None
    return cells.fill_null("") if cells.height == lines else None


def careful(body: bytes, separator: str, skipped_lines: int = 0) -> pl.DataFrame:
    """Return the raw cells by the csv module; raises UserError with the line for bad quotes."""
    pieces: list[pl.DataFrame] = []
    width = height = 0
    for rows in _chunks(body, separator, skipped_lines):
        width, height = max(width, *map(len, rows)), height + len(rows)
        if width > limits.COLUMNS:
            raise limits.too_large("kolonner", limits.COLUMNS)
        if height > limits.ROWS:
            raise limits.too_large("rækker", limits.ROWS)
        if height * width > limits.TEXT_CELLS:
            raise limits.too_large("celler", limits.TEXT_CELLS)
        columns = zip_longest(*rows, fillvalue="")
        pieces.append(pl.DataFrame({str(at): texts for at, texts in enumerate(columns)}))
    schema = {str(column): pl.String for column in range(width)}
    if not pieces or not width:
        return pl.DataFrame(schema=schema)
    return pl.concat(pieces, how="diagonal").select(pl.col(*schema).fill_null(""))


def _chunks(body: bytes, separator: str, skipped_lines: int) -> Iterator[list[list[str]]]:
    lines = io.TextIOWrapper(io.BytesIO(body), "utf-8", newline="\n")
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    done, rows = 0, []
    try:
        for row in reader:
            done = reader.line_num
            rows.append(row or [""])
            if len(rows) == _CHUNK:
                yield rows
                rows = []
    except csv.Error as error:
        raise _bad_quotes(str(error), done + 1 + skipped_lines) from None
    if rows:
        yield rows


def _bad_quotes(said: str, line: int) -> UserError:
    how = "Ret den i et tekstprogram, eller gem tabellen som XLSX, og prøv igen."
    if "field limit" in said or "end of data" in said:
        return UserError(
            f'Et anførselstegn (") i eller efter linje {line} bliver ikke lukket, så resten af '
            f"filen ville blive til én celle. {how}"
        )
    return UserError(
        f'Anførselstegnene (") i linje {line} passer ikke: efter et afsluttende anførselstegn '
        f"skal der stå et skilletegn, og et anførselstegn inde i en tekst skal dobles. {how}"
    )


def _plain(content: bytes) -> _Plain:
    encoding = find_encoding(content)
    text = whole_text(content, encoding)
    _check_lines(text)
    return _Plain(text, encoding.name, tuple(_letters(text)))


def _check_lines(text: bytes) -> None:
    """Refuse a line longer than the limit: each window of that many bytes has an end of line."""
    start = 0
    while len(text) - start > limits.LINE_BYTES:
        end = text.rfind(b"\n", start, start + limits.LINE_BYTES)
        if end < 0:
            raise UserError(
                f"Linje {line_of(text, start)} er for lang: der kan højst læses "
                f"{limits.thousands(limits.LINE_BYTES)} tegn og {limits.thousands(limits.COLUMNS)} "
                f"kolonner i en linje. Er tabellen vendt på tværs, så vend den. {HOW}"
            )
        start = end + 1


def _cut_off(text: bytes, separator: str) -> Iterator[Finding]:
    """Find a last line that is neither ended nor as long as the one before."""
    before, _, last = text[-2 * limits.LINE_BYTES :].rpartition(b"\n")
    sign = separator.encode()
    if last and last.count(sign) < before.rpartition(b"\n")[2].count(sign):
        line = text.count(b"\n") + 1
        yield Finding(
            "warning",
            CUT_OFF,
            f"Den sidste linje, {line}, har færre kolonner end den før og intet linjeskift: filen "
            "er måske afbrudt. Se efter, om alle rækker er med, eller hent den igen.",
            row=line,
        )


def _check_lengths(cells: pl.DataFrame) -> None:
    longest = cells.select(pl.all().str.len_bytes().max()).row(0)
    for column, length in enumerate(longest):
        if length <= limits.CELL_CHARACTERS:
            continue
        rows = cells.select(pl.col(str(column)).str.len_chars() > limits.CELL_CHARACTERS)
        if (row := rows.to_series().arg_max()) is not None and rows.item(row, 0):
            raise UserError(
                f"Række {row + 1} har en celle med flere end "
                f"{limits.thousands(limits.CELL_CHARACTERS)} tegn. Måske mangler et "
                f'anførselstegn ("). Ret den, og prøv igen.'
            )


def _letters(text: bytes) -> Iterator[Finding]:
    """Find letters that were spoiled before the file was saved."""
    if twice := _TWICE.search(text):
        line = line_of(text, twice.start())
        yield Finding(
            "warning",
            "letters_encoded_twice",
            f"Linje {line} har tegn som »Ã¦« eller »Ã¸«, hvor der nok skulle stå æ, ø eller å: "
            "filen er gemt i en forkert tegnkodning. Gem den igen fra kilden som »CSV UTF-8«.",
            row=line,
        )
    if (lost := text.find(_LOST)) >= 0:
        line = line_of(text, lost)
        yield Finding(
            "warning",
            "letters_lost",
            f"Linje {line} har tegnet »\ufffd«, som står for et bogstav, der er gået tabt. Gem "
            "filen igen fra kilden som »CSV UTF-8«.",
            row=line,
        )
