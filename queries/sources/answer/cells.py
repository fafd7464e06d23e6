"""One line as name and two cells; one cell as a count or a share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from queries.sources.answer.model import NONE, SHOWN, SUPPRESSED
from queries.sources.rounding import as_decimal

# 'Færre end 3' and '<3' instead of a hidden count, with whatever number stands in them.
SMALL_MARK = r"(?:(?:(?:færre|mindre)\s+end|under)\s+|<\s?)\d[\d.,]*"
_LARGEST_MARK = 10  # a count that is hidden is a small one
_FIGURE = r"[-–−—]?\d[\d.,]*|\.|[-–−—]"
_UNIT = r"(?:\s?(?:%|pct\.?|procent))?"
_CELL = rf"(?:{SMALL_MARK}|{_FIGURE}){_UNIT}"
_ROW = re.compile(rf"(?P<name>\D+?)\s+(?P<first>{_CELL})\s+(?P<second>{_CELL})", re.IGNORECASE)
_ROW_IN_LINE = re.compile(rf"(?<!\S)(?=[^\W\d_]){_ROW.pattern}(?!\S)", re.IGNORECASE)
_LONGEST_LINE_OF_ROWS = 400
_LONE_CELL = re.compile(rf"(?<!\S){_CELL}(?!\S)", re.IGNORECASE)
# The words of 'færre end 3' are words of running text too.
_LONE_FIGURE = re.compile(rf"(?<!\S)(?:{_FIGURE}){_UNIT}(?!\S)", re.IGNORECASE)
_SMALL = re.compile(SMALL_MARK, re.IGNORECASE)
_SMALL_NUMBER = re.compile(r"\D*(?P<number>\d{1,2})")
_LIMIT_AT_END = re.compile(
    r"(?<!\S)(?:(?:færre|mindre|lavere|flere|mere|højere)\s+end|under|over|op\s+til"
    r"|højst|mindst|maks\.?|max\.?|[<>≤≥]=?)$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_].*[^\W\d_]")
# No leading zero: '03%' is two figures that changed places.
_COUNT = re.compile(r"0|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d*")
_SHARE = re.compile(
    r"(?P<number>(?:0|[1-9]\d*)(?:,\d{1,4})?)\s?(?:%|pct\.?|procent)?", re.IGNORECASE
)
_DASHES = "-–−—"
_MOST_PEOPLE = 9_999_999  # more than live in the country
_LONGEST_NUMBER = 12  # characters; Python itself refuses to turn very long ones into an int


@dataclass(frozen=True)
class RowText:
    """The three printed parts of a row, not yet interpreted."""

    name: str
    first: str
    second: str


@dataclass(frozen=True)
class Count:
    """A count: `value` is None unless `status` is 'shown'; `below` is what its mark says of it."""

    value: int | None
    status: str
    below: int | None = None


@dataclass(frozen=True)
class Share:
    """A share in percent with its printed decimals: `value` is None unless 'shown'."""

    value: Decimal | None
    status: str


def row_text(text: str) -> RowText | None:
    """Split 'name cell cell', or None when the line is anything else."""
    match = _ROW.fullmatch(text)
    if match is None or (match["name"].split()[-1] in (*_DASHES, ".")):
        return None
    return RowText(match["name"], match["first"], match["second"])


def rows_side_by_side(text: str) -> list[RowText]:
    """Split a line of nothing but two or more 'name cell cell' one after the other, else []."""
    matches = list(_ROW_IN_LINE.finditer(text)) if len(text) <= _LONGEST_LINE_OF_ROWS else []
    whole = " ".join(match.group() for match in matches)
    if len(matches) < 2 or whole != text:
        return []
    return [RowText(match["name"], match["first"], match["second"]) for match in matches]


def cell_count(text: str) -> int:
    """Return how many cells (numbers, '.', '-') stand alone in a line."""
    return len(_LONE_FIGURE.findall(text))


def word_count(text: str) -> int:
    """Return how many words (with two letters in a row) a line has besides its cells."""
    words = _LONE_FIGURE.sub("", text).split()
    return sum(re.search(r"[^\W\d_]{2}", word) is not None for word in words)


def is_name_and_cells(text: str) -> bool:
    """Tell whether a line is a name and then two or more cells, and nothing else."""
    without = " ".join(_LONE_CELL.sub("", text).split())
    return len(_LONE_CELL.findall(text)) >= 2 and bool(without) and text.startswith(without)


def name_before_cells(text: str) -> str:
    """Return what stands before the first figure or lone cell of a line: the name, if any."""
    match = _LONE_CELL.search(text)
    return (text[: match.start()] if match else text).strip()


def is_name(text: str) -> bool:
    """Tell whether a text can be a name: it begins and ends in a letter."""
    return _NAME.fullmatch(text) is not None


def is_small_mark(cell: str) -> bool:
    """Tell whether a cell is a mark as 'færre end 3' or '<3', whatever its number."""
    return _SMALL.fullmatch(cell) is not None


def ends_in_limit(name: str) -> bool:
    """Tell whether what stands before a number ends in words about it ('Fanø Færre end')."""
    return _LIMIT_AT_END.search(name) is not None


def is_negative(cell: str) -> bool:
    """Tell whether a cell is a number with a sign."""
    return cell[0] in _DASHES and len(cell) > 1 and cell[1].isdigit()


def has_unit(cell: str) -> bool:
    """Tell whether a cell says that it is a percentage."""
    return re.search(r"%|pct|procent", cell, re.IGNORECASE) is not None


def read_count(cell: str) -> Count | None:
    """Read '67', '2.790', '.' or '<3' (suppressed) or '-' (none); None when it is none of these."""
    status = _status(cell)
    if status is not None:
        return Count(None, status)
    if is_small_mark(cell):
        match = _SMALL_NUMBER.fullmatch(cell)
        below = int(match["number"]) if match else 0
        return Count(None, SUPPRESSED, below) if 2 <= below <= _LARGEST_MARK else None
    if len(cell) > _LONGEST_NUMBER or not _COUNT.fullmatch(cell):
        return None
    value = int(cell.replace(".", ""))
    return Count(value, SHOWN) if value <= _MOST_PEOPLE else None


def read_share(cell: str) -> Share | None:
    """Read '21%', '21 %', '21,4 pct.', '21,4', '.' or '-'; None when it is none of these."""
    status = _status(cell)
    if status is not None:
        return Share(None, status)
    match = _SHARE.fullmatch(cell)
    if match is None or len(match["number"]) > _LONGEST_NUMBER:
        return None
    return Share(as_decimal(match["number"]), SHOWN)


def _status(cell: str) -> str | None:
    if cell == ".":
        return SUPPRESSED
    return NONE if cell in _DASHES else None
