"""From the text of a document to numbered lines, and back to running text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_SOFT_HYPHEN = "\u00ad"
_HYPHEN_CHARACTERS = re.compile("[\u2010\u2011]")

# A page number that says so itself, and one that is only a number.
_MARKED_PAGE_NUMBER = re.compile(
    r"(?:side|s\.)\s*\d{1,4}(?:\s*(?:af|/)\s*\d{1,4})?|\d{1,4}\s*(?:af|/)\s*\d{1,4}"
    r"|[-–—]\s*\d{1,4}\s*[-–—]",
    re.IGNORECASE,
)
_BARE_PAGE_NUMBER = re.compile(r"\d{1,3}")
_MAY_CONTINUE = re.compile(r"[\d.,\-–]$")

_WORD_CUT_AT_LINE_END = re.compile(r"[^\W\d_]-$")
_COORDINATION = re.compile(r"(?:og|eller|samt|og/eller)\b")


@dataclass(frozen=True)
class Line:
    """One line of the document: its number (from 1), and its text with single spaces.

    `starts_page` is True right after a form feed. A form feed inside a line is a space: which
    page the line stands on would not be known. `noise_in_table` is True for what is no row, but
    blank or a page number, when it stands between rows.
    """

    number: int
    text: str
    starts_page: bool = False
    noise_in_table: bool = False


def split_lines(text: str) -> list[Line]:
    """Number the lines as an editor does (a form feed or lone carriage return ends none)."""
    lines: list[Line] = []
    after_form_feed = False
    for number, raw in enumerate(text.split("\n"), start=1):
        printed = raw.strip(" \t\r")
        starts_page = after_form_feed or printed.startswith("\f")
        lines.append(Line(number, _clean(raw), starts_page))
        after_form_feed = printed.endswith("\f")
    for index, line in enumerate(lines):
        if _is_noise_in_table(lines, index):
            lines[index] = replace(line, noise_in_table=True)
    return lines


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).rstrip()
    if text.endswith(_SOFT_HYPHEN):
        text = text[:-1] + "-"
    text = _HYPHEN_CHARACTERS.sub("-", text.replace(_SOFT_HYPHEN, ""))
    return " ".join(text.split())


def is_noise(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line in running text is blank or a page number.

    A bare number is a page number only beside a form feed: it may as well be a word of the text.
    """
    text = lines[index].text
    if not text or _MARKED_PAGE_NUMBER.fullmatch(text):
        return True
    page_ends = index + 1 < len(lines) and lines[index + 1].starts_page
    return (lines[index].starts_page or page_ends) and bool(_BARE_PAGE_NUMBER.fullmatch(text))


def _is_noise_in_table(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line between rows is blank or a page number, knowing it of the line above.

    Rows never are one bare number, so it is a page number, unless it stands right under a line
    that ends in a figure and may be the rest of that figure ('67 6' and '6').
    """
    if is_noise(lines, index):
        return True
    if not _BARE_PAGE_NUMBER.fullmatch(lines[index].text):
        return False
    return (
        index == 0
        or not _MAY_CONTINUE.search(lines[index - 1].text)
        or lines[index - 1].noise_in_table
    )


def join_lines(texts: Iterable[str]) -> str:
    """Join lines to running text and mend words cut by a hyphen at a line end.

    The hyphen goes where the word goes on in lower case ('hverken har del-' 'taget'), stays
    before a capital or figure ('Ringkøbing-' 'Skjern'), and stays with a space before a
    coordination ('kontant-' 'og uddannelseshjælp').
    """
    pieces: list[str] = []
    for text in texts:
        if not text:
            continue
        end = pieces[-1][-2:] if pieces else ""
        if not end.endswith("-") or end == " -" or _COORDINATION.match(text):
            pieces.append(f" {text}" if pieces else text)
        elif _WORD_CUT_AT_LINE_END.search(end) and text[0].islower():
            pieces[-1] = pieces[-1][:-1]
            pieces.append(text)
        else:
            pieces.append(text)
    return "".join(pieces)
