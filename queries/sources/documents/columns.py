"""The order in which lines are read where a page has columns of text or of rows side by side."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from queries.sources.answer.caption import begins_caption
from queries.sources.answer.notes import begins_note
from queries.sources.documents.placed import PlacedLine, Segment, cells_after_name

_ALIGNED = 0.6
_FEWEST_ROWS = 3
_FEWEST_PROSE_LINES = 4
_LONG_TEXT = 20
_HEADING_LINES = 3
_MOST_COLUMNS = 6


@dataclass(frozen=True)
class _Region:
    """Lines first..last (indexes), cut where x is one of `cuts`."""

    first: int
    last: int
    cuts: tuple[float, ...]


def in_reading_order(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Return lines so that a column is read to its end before the next one to the right.

    Columns are told by what stands in them: rows of the same kind side by side (a name and as
    many numbers), or running text. A table with two columns of words is left as it is.
    """
    ordered: list[PlacedLine] = []
    index = 0
    while index < len(lines):
        region = _region_from(lines, index)
        if region is None:
            ordered.append(lines[index])
            index += 1
            continue
        inside = lines[region.first : region.last + 1]
        bounds = [float("-inf"), *region.cuts, float("inf")]
        for low, high in itertools.pairwise(bounds):
            parts = [line.between(low, high) for line in inside]
            ordered += [
                _once(part, inside[at], low) for at, part in enumerate(parts) if part.segments
            ]
        index = region.last + 1
    return ordered


def _region_from(lines: Sequence[PlacedLine], index: int) -> _Region | None:
    """Return the region of columns that begins on the line at `index`, if one does."""
    for start in range(index, min(index + _HEADING_LINES + 1, len(lines))):
        if not _same_page(lines[index], lines[start]):
            return None
        cuts = _cuts(lines[start])
        while cuts:
            region = _grow(lines, index, start, cuts)
            if region is not None:
                return region
            cuts = cuts[:-1]
        if start > index and not _is_parted_heading(lines[index : start + 1]):
            return None
    return None


def _once(part: PlacedLine, line: PlacedLine, low: float) -> PlacedLine:
    """Return a part of a heading without the headings of further columns that hold no rows."""
    own = [segment.text for segment in line.segments if segment.x0 < low]
    texts = [segment.text for segment in part.segments]
    for size in range(1, len(own) + 1):
        times = len(texts) // size
        repeats = times > 1 and texts == texts[:size] * times and own[-size:] == texts[:size]
        if repeats and not any(segment.is_cell for segment in part.segments):
            return replace(part, segments=part.segments[:size])
    return part


def _same_page(one: PlacedLine, other: PlacedLine) -> bool:
    return (one.page, one.group) == (other.page, other.group)


def _is_parted_heading(lines: Sequence[PlacedLine]) -> bool:
    return all(len(line.segments) >= 2 for line in lines)


def _cuts(line: PlacedLine) -> tuple[float, ...]:
    """Return where further columns can begin on a line: where words follow numbers or text."""
    segments = line.segments
    cuts = [
        right.x0
        for left, right in itertools.pairwise(segments)
        if right.begins_in_letters and (cells_after_name(left.text) or len(left.text) >= _LONG_TEXT)
    ]
    return tuple(cuts[:_MOST_COLUMNS])


def _grow(
    lines: Sequence[PlacedLine], index: int, start: int, cuts: tuple[float, ...]
) -> _Region | None:
    """Return the region of the columns on line `start`, with its heading from line `index`."""
    slack = _ALIGNED * lines[start].size
    cuts = tuple(cut - slack for cut in cuts)
    shape = _common_shape(lines[start], cuts)
    if shape is None or any(_is_crossed(line, cuts) for line in lines[index:start]):
        return None
    whole, last = 0, start
    for at in range(start, len(lines)):
        line = lines[at]
        if not _same_page(line, lines[start]) or _is_crossed(line, cuts):
            break
        if begins_note(line.text) or begins_caption(line.text):
            break
        parts = _parts(line, cuts)
        kinds = [_shape(part) for part in parts if part]
        if shape and any(kind not in (shape, 0) for kind in kinds):
            break
        aligned = all(
            part and abs(part[0].x0 - slack - cut) <= slack
            for part, cut in zip(parts[1:], cuts, strict=True)
        )
        whole += bool(parts[0]) and aligned and shape in kinds
        if shape in kinds:  # words below the last row are no part of the columns
            last = at
    # A name and two numbers or more, twice on a line, are rows even when they are the only ones.
    fewest = _FEWEST_PROSE_LINES if shape == 0 else _FEWEST_ROWS if shape == 1 else 1
    return _Region(index, last, cuts) if whole >= fewest else None


def _parts(line: PlacedLine, cuts: tuple[float, ...]) -> list[tuple[Segment, ...]]:
    bounds = [float("-inf"), *cuts, float("inf")]
    return [line.between(low, high).segments for low, high in itertools.pairwise(bounds)]


def _is_crossed(line: PlacedLine, cuts: tuple[float, ...]) -> bool:
    return any(s.x0 < cut - 1e-6 < s.x1 for s in line.segments for cut in cuts)


def _common_shape(line: PlacedLine, cuts: tuple[float, ...]) -> int | None:
    """Return the shape that all parts of a line have, None when they differ."""
    parts = _parts(line, cuts)
    shapes = {_shape(part) for part in parts}
    shape = shapes.pop() if len(shapes) == 1 else None
    if shape == 0 and any(len(_text(part)) < _LONG_TEXT for part in parts[:-1]):
        return None
    return None if shape == -1 else shape


def _shape(segments: tuple[Segment, ...]) -> int:
    """Return how many numbers follow a name, 0 for words only and -1 for numbers only."""
    return cells_after_name(_text(segments))


def _text(segments: tuple[Segment, ...]) -> str:
    return " ".join(segment.text for segment in segments)
