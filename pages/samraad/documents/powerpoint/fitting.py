"""How large a text can be in its place, and what of it does not fit there."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pages.figures.text_metrics import text_width

WIDER = 1.12
"""The font of the slides against the one that is measured."""

LINE_HEIGHT = 1.2
POINTS = 72


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a text is, in inches; never too little."""
    return text_width(text, size, semibold=bold) * WIDER / POINTS


def line_count(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in `width` inches, too long words broken."""
    return sum(_lines(part, size, width, bold=bold) for part in text.split("\n"))


def _lines(text: str, size: float, width: float, *, bold: bool) -> int:
    count, used = 1, 0.0
    space = width_of(" ", size, bold=bold)
    for word in text.split(" "):
        wide = width_of(word, size, bold=bold)
        if used and used + space + wide > width:
            count, used = count + 1, 0.0
        if wide > width:
            more = math.ceil(wide / width) - 1
            count, used = count + more, wide - more * width
        else:
            used += (space if used else 0) + wide
    return count


def height_of(
    texts: Sequence[str], size: float, width: float, *, bold: bool = False, after: float = 0
) -> float:
    """Return the height of paragraphs in inches; `after` is the room below each, in points."""
    lines = sum(line_count(text, size, width, bold=bold) for text in texts)
    return (lines * size * LINE_HEIGHT + after * max(0, len(texts) - 1)) / POINTS


def largest(
    texts: Sequence[str],
    sizes: Sequence[int],
    room: tuple[float, float],
    *,
    bold: bool = False,
    after: float = 0,
) -> int | None:
    """Return the first of `sizes` at which the texts fit in (width, height), None for none."""
    width, height = room
    fits = (s for s in sizes if height_of(texts, s, width, bold=bold, after=after) <= height)
    return next(fits, None)


def cut(text: str, size: float, room: tuple[float, float], *, bold: bool = False) -> str:
    """Return what fits of a text, with ' …' where words were left out."""
    width, height = room
    if height_of([text], size, width, bold=bold) <= height:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if height_of([f"{text[:middle]} …"], size, width, bold=bold) <= height:
            low = middle
        else:
            high = middle - 1
    kept = text[:low]
    whole, _, last = kept.rpartition(" ")
    return f"{(whole if whole and len(last) < 30 else kept).rstrip(' ,;:')} …"


def pages_of(
    texts: Sequence[str], size: float, room: tuple[float, float], *, after: float = 0
) -> list[list[str]]:
    """Return paragraphs divided over pages; one that is taller than a page goes on over several."""
    width, height = room
    pages: list[list[str]] = [[]]
    for text in texts:
        rest = text
        while rest:
            if height_of([*pages[-1], rest], size, width, after=after) <= height:
                pages[-1].append(rest)
                break
            if pages[-1]:
                pages.append([])
                continue
            head = cut(rest, size, room).removesuffix(" …")
            head = head or rest[:200]
            pages[-1].append(head)
            rest = rest[len(head) :].strip()
            if rest:
                pages.append([])
    return [page for page in pages if page]
