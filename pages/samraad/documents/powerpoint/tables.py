"""Tables that can be edited: divided over slides, and never cut without saying so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.slide import Slide
from pptx.util import Emu, Inches

from pages.figures.palette import TEXT, TONES
from pages.samraad.documents.packing import one_line
from pages.samraad.documents.powerpoint.design import ACCENT, MUTED, Box, ink
from pages.samraad.documents.powerpoint.fitting import (
    LINE_HEIGHT,
    POINTS,
    cut,
    line_count,
    width_of,
)
from pages.samraad.documents.powerpoint.shapes import describe, write
from pages.samraad.model import Cell, Column, Table

SIZES = (14, 12)
"""Points: a table of many words or rows has the smaller letters."""

SIDE = 0.1
"""Room at each side of a cell's text, in inches."""

ABOVE = 0.05
MOST_SLIDES = 3
MOST_ROWS = 30
"""Tables of more rows, on more slides, are shown by their first, last and marked rows."""

EVEN = 0.05
"""Inches by which slides of a table may differ from being filled alike."""

MOST_COLUMNS = 7
WIDEST = 4.5
WIDEST_WORD = 2.6
NARROWEST = 0.9
MOST_LINES = 3
BESIDE = 2
FEW_ROWS = 7
"""A slide of fewer rows of a long table has the smaller letters."""

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True)
class Part:
    """What stands on one slide: its columns, its rows by number (None for left-out ones), widths.

    `letters` is in points, widths in inches. `told` says what the slide leaves out and where it
    is, or ''.
    """

    columns: tuple[int, ...]
    rows: tuple[int | None, ...]
    widths: tuple[float, ...]
    letters: int = SIZES[0]
    told: str = ""


def parts_of(table: Table, box: Box) -> list[Part]:
    """Return a table divided over slides: first by columns, then by rows."""
    for letters in SIZES:
        parts = _whole(table, box, letters)
        if len(parts) <= MOST_SLIDES:
            return parts
    if len(table.rows) <= MOST_ROWS:
        return parts
    for letters in SIZES:
        groups = _column_groups(table, box, letters)
        parts = [_ends(table, columns, box, letters) for columns in groups]
        if all(len(part.rows) >= FEW_ROWS for part in parts):
            break
    return parts


def _whole(table: Table, box: Box, letters: int) -> list[Part]:
    parts = []
    for columns in _column_groups(table, box, letters):
        widths = _widths(table, columns, box.width, letters)
        empty = Part(columns, (), widths, letters)
        parts += [replace(empty, rows=rows) for rows in _row_groups(table, empty, box.height)]
    return parts


def add_table(slide: Slide, table: Table, part: Part, box: Box, *, alt: str) -> None:
    """Draw a part of a table: numbers to the right, hidden ones grey words, the own row strong."""
    heights = [_height(table, row, part) for row in part.rows]
    head = _head_height(table, part)
    frame = slide.shapes.add_table(
        len(part.rows) + 1,
        len(part.columns),
        Inches(box.x),
        Inches(box.y),
        Inches(sum(part.widths)),
        Inches(head + sum(heights)),
    )
    describe(frame, "Tabel", alt)
    drawn: Any = frame.table
    drawn._tbl.tblPr.find("{*}tableStyleId").text = NO_STYLE
    drawn.horz_banding = False
    for column, width in zip(drawn.columns, part.widths, strict=True):
        column.width = Inches(width)
    for row, height in zip(drawn.rows, [head, *heights], strict=True):
        row.height = Inches(height)
    for place, column in enumerate(part.columns):
        known = table.columns[column]
        _write(
            drawn.cell(0, place),
            _heading(known),
            part.widths[place],
            right=_is_number(table, column),
            look=Look(part.letters, bold=True, line=TEXT),
        )
        for number, row in enumerate(part.rows, start=1):
            cell = Cell("⋯") if row is None else table.rows[row][column]
            _write(
                drawn.cell(number, place),
                cell.text,
                part.widths[place],
                right=_is_number(table, column),
                look=Look(
                    part.letters,
                    bold=row is not None and row == table.marked,
                    hidden=cell.status != "shown" or row is None,
                    filled=row is not None and row == table.marked,
                ),
            )


@dataclass(frozen=True)
class Look:
    """How a cell stands out; `line` is the colour of the line below it."""

    letters: int
    bold: bool = False
    hidden: bool = False
    filled: bool = False
    line: str = TONES["ground"].hex()


def _write(cell: Any, text: str, width: float, *, right: bool, look: Look) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    short = _short(text, width, look.letters, bold=look.bold)
    write(cell.text_frame, [short], size=look.letters)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.bold = look.bold
        run.font.italic = look.hidden
        run.font.color.rgb = ink(MUTED if look.hidden else TEXT)
    if look.filled:
        cell.fill.solid()
        cell.fill.fore_color.rgb = ink("#f9e9eb")
    properties = cell._tc.get_or_add_tcPr()
    line = ACCENT if look.filled else look.line
    for edge in reversed(("lnL", "lnR", "lnT")):
        properties.insert(0, _line(edge, None))
    properties.insert(3, _line("lnB", line))


def _line(edge: str, colour: str | None) -> Any:
    inside = (
        "<a:noFill/>"
        if colour is None
        else f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'
    )
    width = 0 if colour is None else Emu(12700)
    return parse_xml(
        f'<a:{edge} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="{width}">'
        f"{inside}</a:{edge}>"
    )


def _short(text: str, width: float, letters: int, *, bold: bool) -> str:
    height = MOST_LINES * letters * LINE_HEIGHT / POINTS + 0.01
    return cut(one_line(text), letters, (width - 2 * SIDE, height), bold=bold)


def _heading(column: Column) -> str:
    unit = column.unit
    return f"{column.name} ({unit})" if unit and unit not in column.name else column.name


def _is_number(table: Table, column: int) -> bool:
    if table.columns[column].unit:
        return True
    values = [row[column].value for row in table.rows]
    return any(isinstance(value, int | float) for value in values)


def _column_groups(table: Table, box: Box, letters: int) -> list[tuple[int, ...]]:
    """Return the columns of each slide: the first, and as many others as have room for words."""
    least = [_needed(table, column, letters)[0] for column in range(len(table.columns))]
    groups: list[tuple[int, ...]] = [(0,)]
    for column in range(1, len(table.columns)):
        group = groups[-1]
        full = len(group) > MOST_COLUMNS or sum(least[c] for c in (*group, column)) > box.width
        if full and len(group) > 1:
            groups.append((0, column))
        else:
            groups[-1] = (*group, column)
    return groups


def _needed(table: Table, column: int, letters: int) -> tuple[float, float]:
    """Return the width of a column's longest word, and of its longest text."""
    texts = [_heading(table.columns[column]), *(row[column].text for row in table.rows)]
    lines = [one_line(text) for text in texts]
    words = [word for line in lines for word in line.split(" ")]
    longest, whole = (
        max(width_of(text, letters, bold=True) for text in found) + 2 * SIDE + 0.1
        for found in (words, lines)
    )
    least = min(max(longest, NARROWEST), WIDEST_WORD)
    return least, min(max(whole, least), WIDEST)


def _widths(table: Table, columns: Sequence[int], room: float, letters: int) -> tuple[float, ...]:
    """Return the columns' widths: each its longest word, and a share of what is left."""
    needed = [_needed(table, column, letters) for column in columns]
    wanted = sum(whole for _, whole in needed)
    if wanted <= room:
        spread = min(1.6, room / wanted)
        return tuple(whole * spread for _, whole in needed)
    least = sum(word for word, _ in needed)
    if least >= room:
        return tuple(word * room / least for word, _ in needed)
    part = (room - least) / (wanted - least)
    return tuple(word + (whole - word) * part for word, whole in needed)


def _row_height(texts: Sequence[str], part: Part, *, bold: bool) -> float:
    lines = 1
    for text, width in zip(texts, part.widths, strict=True):
        short = _short(text, width, part.letters, bold=bold)
        lines = max(lines, line_count(short, part.letters, width - 2 * SIDE, bold=bold))
    return lines * part.letters * LINE_HEIGHT / POINTS + 2 * ABOVE


def _head_height(table: Table, part: Part) -> float:
    return _row_height([_heading(table.columns[c]) for c in part.columns], part, bold=True)


def _height(table: Table, row: int | None, part: Part) -> float:
    if row is None:
        return part.letters * LINE_HEIGHT / POINTS + 2 * ABOVE
    texts = [table.rows[row][column].text for column in part.columns]
    return _row_height(texts, part, bold=row == table.marked)


def _row_groups(table: Table, part: Part, room: float) -> list[tuple[int, ...]]:
    """Return the rows of each slide: on as few as they take, and about as much on each."""
    heights = [_height(table, row, part) for row in range(len(table.rows))]
    most = room - _head_height(table, part)
    groups = _divided(heights, most)
    low = sum(heights) / len(groups)
    while len(groups) > 1 and most - low > EVEN:
        middle = (low + most) / 2
        trial = _divided(heights, middle)
        if len(trial) == len(groups):
            groups, most = trial, middle
        else:
            low = middle
    return groups


def _divided(heights: Sequence[float], most: float) -> list[tuple[int, ...]]:
    groups: list[tuple[int, ...]] = [()]
    used = 0.0
    for row, height in enumerate(heights):
        if groups[-1] and used + height > most:
            groups.append(())
            used = 0.0
        groups[-1] = (*groups[-1], row)
        used += height
    return groups


def _ends(table: Table, columns: tuple[int, ...], box: Box, letters: int) -> Part:
    """Return the first and last rows and the marked one with its neighbours, as many as fit."""
    part = Part(columns, (), _widths(table, columns, box.width, letters), letters)
    count = len(table.rows)
    marked = table.marked if table.marked in range(count) else None
    best = _with_gaps(sorted({0, count - 1} | (set() if marked is None else {marked})))
    limit = box.height - _head_height(table, part)
    for ends in range(1, count):
        near = () if marked is None else range(marked - BESIDE, marked + BESIDE + 1)
        wanted = {*range(ends), *near, *range(count - ends, count)}
        rows = _with_gaps(sorted(row for row in wanted if 0 <= row < count))
        if sum(_height(table, row, part) for row in rows) > limit:
            break
        best = rows
    shown = sum(row is not None for row in best)
    own = "" if marked is None else " og den markerede med sine naboer"
    told = (
        f"Viser {shown} af {count} rækker: de første, de sidste{own}. "
        f"De øvrige {count - shown} står i Excel-udgaven."
    )
    return replace(part, rows=tuple(best), told=told)


def _with_gaps(rows: Sequence[int]) -> list[int | None]:
    found: list[int | None] = []
    for row in rows:
        if found and row != (found[-1] or 0) + 1:
            found.append(None)
        found.append(row)
    return found
