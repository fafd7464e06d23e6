"""Lines whose parts have a place across the page: what PDF pages and tables are read to first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from queries.sources.answer.cells import SMALL_MARK

_NUMBER = (
    rf"(?:{SMALL_MARK}|[-–−—]?\d[\d.,\u00a0]*|\.|[-–−—])"
    r"(?:\s?(?:%|pct\.?|procent))?(?!\S)"
)
_CELL = re.compile(rf"(?<!\S){_NUMBER}", re.IGNORECASE)
_TRAILING_CELLS = re.compile(rf"(?:(?<!\S){_NUMBER}\s*)+$", re.IGNORECASE)
_THOUSANDS = re.compile(
    r"(?P<number>[-–−]?\d{1,3}(?:[\u00a0\u2007\u2009\u202f]\d{3})+)(?P<rest>\D*)"
)
_NO_BREAK = re.compile("[\u00a0\u2007\u2009\u202f]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_BULLET = re.compile(r"^[•▪‣◦●■□►➢✓\uf0b7\uf0a7·]\s*|^[-–]\s+(?=[A-ZÆØÅ])")


@dataclass(frozen=True)
class Segment:
    """A part of a line with wide space around it: a cell, or a line of running text."""

    x0: float
    x1: float
    text: str

    @property
    def is_cell(self) -> bool:
        """Tell whether this is numbers or marks of them, and no words."""
        return cells_after_name(self.text) == -1

    @property
    def begins_in_letters(self) -> bool:
        """Tell whether this begins as a name does."""
        return bool(re.match(r"[^\W\d_]", self.text)) and not self.is_cell


@dataclass(frozen=True)
class PlacedLine:
    """A line from left to right. `y` grows downwards; `size` is the height of its letters.

    `page` is from 1, `number` the line's on its page, from 1. `group` parts what is laid out
    apart: one table of a Word document from the next.
    """

    segments: tuple[Segment, ...]
    y: float
    size: float
    page: int = 1
    number: int = 1
    group: int = 0

    @property
    def text(self) -> str:
        """The line as read from left to right."""
        return " ".join(segment.text for segment in self.segments)

    def between(self, low: float, high: float) -> PlacedLine:
        """Return the line with only what begins at `low` or after, and before `high`."""
        return replace(self, segments=tuple(s for s in self.segments if low <= s.x0 < high))


def cells_after_name(text: str) -> int:
    """Return how many cells end a text that begins in words; 0 for words only, -1 for no words."""
    name = _TRAILING_CELLS.sub("", text)
    if not name:
        return -1
    return len(_CELL.findall(text[len(name) :]))


def cell_text(text: str) -> str:
    """Return a cell with a point where a narrow or unbreakable space parts its thousands."""
    match = _THOUSANDS.fullmatch(text)
    if match is None:
        return _NO_BREAK.sub(" ", text)
    return _NO_BREAK.sub(".", match["number"]) + _NO_BREAK.sub(" ", match["rest"])


def plain_letters(text: str) -> str:
    """Return a text with its ligatures as the letters they stand for."""
    return text.translate(_LIGATURES)


def without_bullet(text: str) -> str:
    """Return a line without the mark of a list before it."""
    return _BULLET.sub("", text, count=1)
