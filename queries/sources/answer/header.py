"""The header line of a table: where it is, and which column comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from queries.sources.answer.lines import Line

COUNT = "count"
SHARE = "share"

# A header may be set over this many lines ('Antal / personer', 'Andel / (pct.)').
_MOST_LINES = 3
_MOST_WORDS = 10

# Capitals only: 'kommuner' in lower case is more likely the end of the caption above.
_NAME_COLUMN = re.compile(r"Kommune(?:r|navn)?|Bopælskommune|KOMMUNE|Område")
_COUNT_WORD = re.compile(r"antal", re.IGNORECASE)
_SHARE_WORD = re.compile(r"andel", re.IGNORECASE)
_PEOPLE = re.compile(r"\w*(?:personer|borgere|modtagere|deltagere|ledige)|passive", re.IGNORECASE)
_PERCENT = re.compile(r"pct\.?|procent|%", re.IGNORECASE)
_GLUE = re.compile(r"i|af|alle")


@dataclass(frozen=True)
class Header:
    """A header over lines first..last (indexes), with its columns in printed order.

    `columns` is (COUNT, SHARE) or (SHARE, COUNT); a column of names always stands before them.
    """

    first: int
    last: int
    line: int
    text: str
    columns: tuple[str, str]

    def repeats(self, other: Header) -> bool:
        """Tell whether this is the same header again, as on a table's next page."""
        return self.text.casefold() == other.text.casefold()


def header_at(lines: Sequence[Line], index: int) -> Header | None:
    """Return the header that begins on the line at `index`, as long as it can be, or None."""
    if not _may_begin(lines[index].text):
        return None
    found: Header | None = None
    words: list[str] = []
    used = 0
    for here in range(index, len(lines)):
        if lines[here].noise_in_table:
            if found is not None:  # '(pct.)' stands right under its column, or is no part of it
                break
            continue
        line_words = _words(lines[here].text)
        if used == _MOST_LINES or not all(_is_header_word(word) for word in line_words):
            break
        words += line_words
        used += 1
        columns = _columns(words)
        if columns is None and found is not None:
            break
        if columns is not None:
            found = Header(index, here, lines[index].number, " ".join(words), columns)
    return found


def next_header(lines: Sequence[Line], start: int) -> Header | None:
    """Return the first header that begins at or after `start`."""
    headers = (header_at(lines, index) for index in range(start, len(lines)))
    return next((header for header in headers if header is not None), None)


def looks_like_header(text: str) -> bool:
    """Tell whether a line seems meant as a header, though it may not be one this reader knows."""
    words = _words(text)
    return (
        len(words) <= _MOST_WORDS
        and not re.search(r"\d", text)
        and any(_COUNT_WORD.fullmatch(word) for word in words)
        and any(_SHARE_WORD.fullmatch(word) or _PERCENT.fullmatch(word) for word in words)
    )


def unknown_words(text: str) -> list[str]:
    """Return the words of a would-be header that no column of this reader has."""
    return [word for word in _words(text) if not _is_header_word(word)]


def _words(text: str) -> list[str]:
    return [part.rstrip(",:").strip("()") for part in text.split()]


def _is_header_word(word: str) -> bool:
    patterns = (_NAME_COLUMN, _COUNT_WORD, _SHARE_WORD, _PEOPLE, _PERCENT, _GLUE)
    return any(pattern.fullmatch(word) for pattern in patterns)


def _may_begin(text: str) -> bool:
    """Tell whether a column begins here: '(pct.)' or 'personer' only go on with a header.

    In lower case nothing but the two bare words is a header: 'andel borgere' is more likely a
    line of the caption.
    """
    words = _words(text)
    if not words:
        return False
    starts_column = (_NAME_COLUMN, _COUNT_WORD, _SHARE_WORD, _PEOPLE, _PERCENT)
    if words[0][:1].islower():
        return {word.casefold() for word in words} == {"antal", "andel"}
    return any(pattern.fullmatch(words[0]) for pattern in starts_column)


def _columns(words: list[str]) -> tuple[str, str] | None:
    """Return the order of the columns when there is exactly one of each.

    'Antal' and 'Andel' decide; 'Personer' and 'Pct.' stand in for them when they are missing.
    """
    people = [place for place in _places(words, _PEOPLE) if words[place][0].isupper()]
    counts = _places(words, _COUNT_WORD) or people
    shares = _places(words, _SHARE_WORD) or _places(words, _PERCENT)
    names = _places(words, _NAME_COLUMN)
    if len(counts) != 1 or len(shares) != 1 or len(names) > 1 or (names and names[0] != 0):
        return None
    return (COUNT, SHARE) if counts[0] < shares[0] else (SHARE, COUNT)


def _places(words: list[str], pattern: re.Pattern[str]) -> list[int]:
    return [place for place, word in enumerate(words) if pattern.fullmatch(word)]
