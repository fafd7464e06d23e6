"""From words with places to lines with segments."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from queries.sources.documents.pdf.runs import Piece
from queries.sources.documents.placed import PlacedLine, Segment, cell_text

_NEW_SEGMENT = 1.2
_SPACE = 0.15
_NARROW_SPACE = 0.4
_SAME_LINE = 0.4
_RAISED = (0.15, 0.75)
_SMALL = 0.82
_MARK = re.compile(r"[\d*†‡a-zA-Z]{1,3}[).,]?(?:,\d{1,2})*|[\u00b9\u00b2\u00b3\u2070-\u2079]+\)?")
_MOST_MARKS = 500


@dataclass(frozen=True)
class PlacedPage:
    """The lines of a page from top to bottom, and what was left out of them.

    marks: note marks set small and raised. aslant: words that stand another way than the rest of
    the page. outside: words outside the visible page. invisible: words drawn invisibly and read.
    """

    lines: tuple[PlacedLine, ...]
    marks: tuple[str, ...] = ()
    aslant: int = 0
    outside: int = 0
    invisible: int = 0


def place_page(
    pieces: Sequence[Piece], page: int, box: tuple[float, float, float, float] | None
) -> PlacedPage:
    """Return the lines of the pieces of a page; `box` is what of it can be seen (x0, y0, x1, y1).

    The way most of the text stands is up, however the page is turned.
    """
    inside = [piece for piece in pieces if box is None or _is_inside(piece, box)]
    letters: Counter[int] = Counter()
    for piece in inside:
        letters[piece.angle] += len(piece.text)
    upright = max((0, 90, 180, 270), key=lambda angle: (letters[angle], -angle))
    turned = [_turned(piece) for piece in _once(inside) if piece.angle == upright]
    words, marks = _without_marks(turned)
    lines = [_line(group) for group in _by_line(words)]
    numbered = tuple(
        replace(line, page=page, number=number) for number, line in enumerate(lines, start=1)
    )
    return PlacedPage(
        numbered,
        tuple(marks),
        aslant=sum(piece.angle != upright for piece in inside),
        outside=len(pieces) - len(inside),
        invisible=sum(piece.invisible for piece in inside),
    )


def _is_inside(piece: Piece, box: tuple[float, float, float, float]) -> bool:
    x, y = (piece.x0 + piece.end[0]) / 2, (piece.y + piece.end[1]) / 2
    slack = piece.size
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out words drawn twice on the same spot, as some programs do to make them bold."""
    seen: dict[str, set[tuple[int, int]]] = defaultdict(set)
    kept: list[Piece] = []
    for piece in pieces:
        step = max(piece.size * 0.05, 0.01)
        x, y = round(piece.x0 / step), round(piece.y / step)
        spots = seen[piece.text]
        if not any((x + i, y + j) in spots for i in (-1, 0, 1) for j in (-1, 0, 1)):
            kept.append(piece)
        spots.add((x, y))
    return kept


def _turned(piece: Piece) -> Piece:
    """Return the piece on a page where its text runs from left to right and y grows downwards."""
    (x, y), (end_x, end_y) = (piece.x0, piece.y), piece.end
    if piece.angle == 90:
        return replace(piece, x0=y, x1=end_y, y=x)
    if piece.angle == 180:
        return replace(piece, x0=-x, x1=-end_x, y=y)
    if piece.angle == 270:
        return replace(piece, x0=-y, x1=-end_y, y=-x)
    return replace(piece, x0=x, x1=end_x, y=-y)


def _without_marks(pieces: list[Piece]) -> tuple[list[Piece], list[str]]:
    """Part the words from the small raised marks of notes right after them."""
    small = [p for p in pieces if _MARK.fullmatch(p.text)]
    usual = sorted(p.size for p in pieces)[len(pieces) // 2] if pieces else 0.0
    small = [p for p in small if p.size < usual * 0.95][:_MOST_MARKS]
    marks: set[int] = set()
    for mark in small:
        for word in pieces:
            raised = word.y - mark.y
            if (
                mark.size <= _SMALL * word.size
                and _RAISED[0] * word.size <= raised <= _RAISED[1] * word.size
                and -0.1 * word.size <= mark.x0 - word.x1 <= 0.3 * word.size
            ):
                marks.add(id(mark))
                break
    kept = [piece for piece in pieces if id(piece) not in marks]
    return kept, [piece.text for piece in pieces if id(piece) in marks]


def _by_line(pieces: list[Piece]) -> list[list[Piece]]:
    """Group words of one baseline, from top to bottom."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.y, p.x0)):
        if lines:
            last = lines[-1][-1]
            if piece.y - last.y <= _SAME_LINE * min(piece.size, last.size):
                lines[-1].append(piece)
                continue
        lines.append([piece])
    return lines


def _line(pieces: list[Piece]) -> PlacedLine:
    ordered = sorted(pieces, key=lambda p: (p.x0, p.x1))
    segments: list[Segment] = []
    text = ""
    x0 = x1 = ordered[0].x0
    for piece in ordered:
        size = piece.size
        gap = piece.x0 - x1
        if text and gap > _NEW_SEGMENT * size:
            segments.append(Segment(x0, x1, cell_text(text)))
            text, x0 = "", piece.x0
        elif text and (piece.after_space or gap > _SPACE * size or gap < -0.5 * size):
            narrow = text[-1].isdigit() and piece.text[0].isdigit() and gap < _NARROW_SPACE * size
            text += "\u00a0" if narrow else " "
        text += piece.text
        x1 = max(x1, piece.x1) if text != piece.text else piece.x1
    segments.append(Segment(x0, x1, cell_text(text)))
    sizes = sorted(piece.size for piece in ordered)
    return PlacedLine(tuple(segments), ordered[0].y, sizes[len(sizes) // 2])
