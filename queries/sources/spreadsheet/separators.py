"""Which sign stands between the columns of a text, told by the lines that agree on it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass

import polars as pl

from queries.errors import UserError
from queries.sources.incoming import Finding
from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.kinds import HOW
from queries.sources.spreadsheet.tidying import tidy

SPACES = "  "
NAMES = {"\t": "tabulator", ";": "semikolon", "|": "lodret streg", ",": "komma"}
_SAMPLE = 200_000  # bytes
_MOST_SPACED = 20_000_000  # bytes of a text whose columns are set by spaces
_DIRECTIVE = re.compile(rb'\s*"?sep=([;,|\t])"?[ \t]*(?:\n|$)', re.IGNORECASE)
_GAP = re.compile("[ \u00a0]{2,}|\t")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """A separator, what it is called, the columns it gives, and a first line that only names it."""

    separator: str
    name: str
    width: int = 0
    skip: int = 0
    skipped_lines: int = 0
    findings: tuple[Finding, ...] = ()


def find(body: bytes) -> Found:
    """Return the separator of a text in UTF-8 with '\\n' after each line.

    A first line `sep=;` decides. A comma is also the decimal sign and stands in running text, so
    any other that splits as many lines comes first; where both would do, a finding says so.
    """
    if named := _DIRECTIVE.match(body):
        sign, skip = named[1].decode(), named.end()
        lines = body.count(b"\n", 0, skip)
        rows = _rows(_sample(body[skip : skip + _SAMPLE]), sign)
        return Found(sign, NAMES[sign], max(map(len, rows), default=0), skip, lines)
    sample = _sample(body)
    scores = {sign: _score(_rows(sample, sign), sign) for sign in NAMES if sign in sample}
    best = max(scores, key=lambda sign: scores[sign], default="")
    if not best or not scores[best][0]:
        return Found(SPACES, "mellemrum")
    rows = _rows(sample, best)
    return Found(
        best, NAMES[best], max(map(len, rows)), findings=tuple(_doubts(sample, rows, best))
    )


def by_spaces(body: bytes) -> pl.DataFrame:
    """Return the cells of a text whose columns are set apart by two spaces or more.

    Raises UserError where lines have different numbers of columns: what is empty cannot be seen.
    """
    limits.check_bytes(body, _MOST_SPACED, "en tekst med mellemrum mellem kolonnerne")
    lines = body.decode("utf-8").split("\n")
    rows = [[tidy(part) for part in _GAP.split(line.strip())] for line in lines]
    while rows and not any(rows[-1]):
        rows.pop()
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if len(widths) > 1 or max(widths, default=0) > limits.COLUMNS:
        raise UserError(
            "Kolonnerne i teksten er kun adskilt af mellemrum, og linjerne har ikke lige mange: "
            "en tom celle kan ikke ses. Kolonner skal være adskilt af semikolon eller "
            f"tabulator. {HOW}"
        )
    width = max(widths, default=1)
    filled = [row + [""] * (width - len(row)) for row in rows]
    return pl.DataFrame(
        {str(at): [row[at] for row in filled] for at in range(width)},
        schema={str(at): pl.String for at in range(width)},
    )


def _sample(body: bytes) -> str:
    if len(body) <= _SAMPLE:
        return body.decode("utf-8", "replace")
    whole, _, rest = body[:_SAMPLE].rpartition(b"\n")
    return (whole or rest).decode("utf-8", "replace")


def _rows(sample: str, separator: str) -> list[list[str]]:
    lines = sample.split("\n")
    try:
        return [
            row for row in csv.reader(lines, delimiter=separator, skipinitialspace=True) if any(row)
        ]
    except csv.Error:  # a quote that is never closed: lines as they are will do to choose
        return [line.split(separator) for line in lines if line.strip()]


def _score(rows: list[list[str]], separator: str) -> tuple[int, int]:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0, 0)
    lines = widths.most_common(1)[0][1]
    return (lines - (sum(widths.values()) // 2 if separator == "," else 0), -len(widths))


def _doubts(sample: str, rows: list[list[str]], chosen: str) -> list[Finding]:
    if chosen == ",":
        usual = Counter(map(len, rows)).most_common(1)[0][0]
        head = next((len(row) for row in rows if len(row) > 1), usual)
        if head < usual and _DECIMAL.search(sample):
            return [
                Finding(
                    "warning",
                    "decimal_comma_splits",
                    "Kolonnerne er adskilt af komma, og linjerne har flere kolonner end "
                    "overskriften: måske er decimalkommaer læst som skilletegn. Gem filen med "
                    "semikolon mellem kolonnerne, hvis det er sådan.",
                )
            ]
        return []
    other = _rows(_DECIMAL.sub("", sample), ",")
    widths = Counter(map(len, other))
    usual, lines = widths.most_common(1)[0] if widths else (1, 0)
    if usual < 2 or lines < 3 or lines < 0.9 * len(rows):
        return []
    return [
        Finding(
            "warning",
            "separator_in_doubt",
            f"Kolonnerne er læst med {NAMES[chosen]} imellem, men næsten alle linjer kan også "
            "deles ved komma. Se i forhåndsvisningen, om kolonnerne er de rigtige.",
        )
    ]
