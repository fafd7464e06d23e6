"""The caption of a table: the text above its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from queries.sources.answer.lines import Line, is_noise, join_lines

# 'Tabel 1. …', 'Tabel 2a: …', 'Tabel 3', 'Tabel 1 Antal …' and 'Tabel: …'; not 'Tabel 1 viser …',
# and not 'Tabel' alone, whose number may stand on the next line.
_CAPTION = re.compile(
    r"(?:Tabel|TABEL)(?:\s+(?P<number>[A-Z]?\d+(?:\.\d+)*[a-z]?)(?=$|\s*[.:–-]|\s+[A-ZÆØÅ])"
    r"|\s*[.:–-](?=\s|$)|\s+(?=[A-ZÆØÅ][^\d.]))"
)
_MOST_LINES = 12


@dataclass(frozen=True)
class Caption:
    """A caption: its number ('' if none), its joined text and its first line's index."""

    number: str
    text: str
    first: int


def begins_caption(text: str) -> bool:
    """Tell whether a line begins as captions do ('Tabel 1. …')."""
    return _CAPTION.match(text) is not None


def caption_number(text: str) -> str:
    """Return the table's number as printed in its caption, '' when there is none."""
    match = _CAPTION.match(text)
    return (match["number"] or "") if match else ""


def caption_above(lines: Sequence[Line], start: int, header: int) -> Caption | None:
    """Return the caption between `start` and the header's index, or None when there is none.

    It begins at the nearest line above the header that begins as captions do, and is all text
    from there. Text without such a beginning may be half a caption, so it is none.
    """
    texts: list[str] = []
    for index in range(header - 1, start - 1, -1):
        if is_noise(lines, index):
            continue
        text = lines[index].text
        texts.insert(0, text)
        if begins_caption(text):
            return Caption(caption_number(text), join_lines(texts), index)
        if len(texts) == _MOST_LINES:
            return None
    return None
