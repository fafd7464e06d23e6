"""Headers, footers and numbers of pages: what comes again on page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from queries.sources.answer.caption import begins_caption
from queries.sources.documents.placed import PlacedLine

_NUMBER = re.compile(r"\d+")
_EDGE = 3
_SAME_PLACE = 4.0  # points; a footer may move that much
_PAGE_WORDS = re.compile(
    r"(?:side|s\.)\s*\d{1,4}(?:\s*(?:af|/)\s*\d{1,4})?|\d{1,4}\s*(?:af|/)\s*\d{1,4}",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Sequence[PlacedLine]]) -> list[list[PlacedLine]]:
    """Return the pages without the lines that come again at their tops and bottoms.

    A line is such when it stands among the three topmost or lowest of at least two pages at the
    same height with the same words, and its numbers are the same too or follow those of the
    pages. Captions of tables and their column headings are never taken for it: a table's heading
    is set again on its next page, and its reader knows it.
    """
    groups: dict[tuple[str, int, int], list[tuple[int, PlacedLine]]] = defaultdict(list)
    for index, lines in enumerate(pages):
        edges = {id(line): (line, 0) for line in lines[:_EDGE]}
        edges |= {id(line): (line, 1) for line in lines[-_EDGE:] if id(line) not in edges}
        for line, _ in edges.values():
            key = _NUMBER.sub("#", line.text)
            if begins_caption(line.text) or _is_heading(line):
                continue
            step = round(line.y / _SAME_PLACE)
            for near in (step, step + 1):
                groups[(key, len(line.segments), near)].append((index, line))
    furniture: set[int] = set()
    for members in groups.values():
        furniture |= {id(line) for line in _repeated(members)}
    return [[line for line in lines if id(line) not in furniture] for lines in pages]


def _is_heading(line: PlacedLine) -> bool:
    words = line.text.casefold()
    return "antal" in words or "andel" in words


def _repeated(members: list[tuple[int, PlacedLine]]) -> list[PlacedLine]:
    """Return the lines, of those with the same words, whose numbers fit a header or footer."""
    found: dict[tuple[int, ...], list[tuple[int, PlacedLine]]] = defaultdict(list)
    for page, line in members:
        numbers = [int(text[:9]) for text in _NUMBER.findall(line.text)]
        # Every number either stands still or goes with the page.
        for fixed in range(1 << min(len(numbers), 6)):
            key = tuple(
                number if fixed >> min(place, 5) & 1 else number - page
                for place, number in enumerate(numbers)
            )
            found[(fixed, *key)].append((page, line))
    repeated: list[PlacedLine] = []
    for same in found.values():
        if len({page for page, _ in same}) >= 2 and not _could_be_row(same):
            repeated += [line for _, line in same]
    return repeated


def _could_be_row(same: list[tuple[int, PlacedLine]]) -> bool:
    """Tell whether the line is a name and numbers, and no page number."""
    line = same[0][1]
    cells = [segment.is_cell for segment in line.segments]
    if _PAGE_WORDS.search(line.text):
        return False
    return len(cells) >= 3 and not cells[0] and all(cells[1:])
