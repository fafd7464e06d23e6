"""Rows whose name runs over two lines of a narrow column, put together on one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from queries.sources.documents.placed import PlacedLine, Segment, cells_after_name
from queries.sources.kommune_names import KommuneNames

_CUT = re.compile(r"[^\W\d_]-$")
_CLOSE = 1.8  # times the height of the letters


def with_whole_names(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Return lines with a name that runs over two lines of a row set whole again.

    The name is cut by a hyphen, or at a space where only both halves together are a kommune. The
    numbers stand beside the first half ('Ringkøbing- 42 28%', 'Skjern'), between both halves,
    or beside the second half; the last is left to the reader of rows, which knows it.
    """
    whole: list[PlacedLine] = []
    index = 0
    while index < len(lines):
        taken = _beside_first(lines, index) or _between(lines, index)
        if taken is None:
            whole.append(lines[index])
            index += 1
        else:
            line, used = taken
            whole.append(line)
            index += used
    return whole


def _beside_first(lines: Sequence[PlacedLine], index: int) -> tuple[PlacedLine, int] | None:
    line = lines[index]
    if len(line.segments) < 2 or not all(s.is_cell for s in line.segments[1:]):
        return None
    if index + 1 >= len(lines):
        return None
    rest = lines[index + 1]
    return (_joined(line, rest, line.segments[1:]), 2) if _goes_on(line, rest) else None


def _between(lines: Sequence[PlacedLine], index: int) -> tuple[PlacedLine, int] | None:
    if index + 2 >= len(lines):
        return None
    line, cells, rest = lines[index : index + 3]
    if len(line.segments) != 1:
        return None
    if not all(s.is_cell for s in cells.segments) or not _goes_on(line, rest):
        return None
    return (_joined(line, rest, cells.segments), 3) if cells.page == line.page else None


def _goes_on(line: PlacedLine, rest: PlacedLine) -> bool:
    """Tell whether `rest` is one more line in the column that `line` begins in."""
    if not rest.segments or not line.segments:
        return False
    return bool(
        len(rest.segments) == 1
        and (_CUT.search(line.segments[0].text) or _is_name_in_two(line, rest))
        and cells_after_name(rest.text) == 0
        and (rest.page, rest.group) == (line.page, line.group)
        and abs(rest.segments[0].x0 - line.segments[0].x0) <= 0.5 * line.size
        and 0 < rest.y - line.y <= _CLOSE * line.size
        and len(rest.text.split()) <= 2
    )


def _is_name_in_two(line: PlacedLine, rest: PlacedLine) -> bool:
    names = _names()
    both = f"{line.segments[0].text} {rest.text}"
    return names.code(both) is not None and names.code(rest.text) is None


@cache
def _names() -> KommuneNames:
    return KommuneNames.from_csv()


def _joined(line: PlacedLine, rest: PlacedLine, cells: tuple[Segment, ...]) -> PlacedLine:
    first, second = line.segments[0], rest.segments[0]
    text = f"{first.text} "
    if _CUT.search(first.text):
        text = first.text if second.text[0].isupper() else first.text[:-1]
    name = Segment(first.x0, max(first.x1, second.x1), text + second.text)
    return replace(line, segments=(name, *cells))
