"""Tables that can be edited: divided over slides, and never cut without saying so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

LETTERS = 14
SIDE = 0.1
"""Room at each side of a cell's text, in inches."""

ABOVE = 0.05
MOST_SLIDES = 3
"""Tables that take more slides are shown by their first, last and marked rows."""

MOST_COLUMNS = 6
WIDEST = 4.5
NARROWEST = 0.9
MOST_LINES = 3
BESIDE = 2
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True)
class Part:
    """What stands on one slide: its columns, its rows by number (None for left-out ones), widths.

    `told` says what the slide leaves out and where it is, or ''.
    """

    columns: tuple[int, ...]
    rows: tuple[int | None, ...]
    widths: tuple[float, ...]
    told: str = ""


def parts_of(table: Table, box: Box) -> list[Part]:
    """Return a table divided over slides: first by columns, then by rows."""
    parts: list[Part] = []
    for columns in _column_groups(table):
        widths = _widths(table, columns, box.width)
        rows = _row_groups(table, columns, widths, box.height)
        if len(rows) <= MOST_SLIDES:
            parts += [Part(columns, tuple(group), widths) for group in rows]
        else:
            parts.append(_ends(table, columns, widths, box.height))
    return parts


def add_table(slide: Slide, table: Table, part: Part, box: Box, *, alt: str) -> None:
    """Draw a part of a table: numbers to the right, hidden ones grey words, the own row strong."""
    heights = [_height(table, row, part.columns, part.widths) for row in part.rows]
    head = _head_height(table, part.columns, part.widths)
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
            look=Look(bold=True, line=TEXT),
        )
        for number, row in enumerate(part.rows, start=1):
            cell = Cell("⋯") if row is None else table.rows[row][column]
            _write(
                drawn.cell(number, place),
                cell.text,
                part.widths[place],
                right=_is_number(table, column),
                look=Look(
                    bold=row is not None and row == table.marked,
                    hidden=cell.status != "shown" or row is None,
                    filled=row is not None and row == table.marked,
                ),
            )


@dataclass(frozen=True)
class Look:
    """How a cell stands out; `line` is the colour of the line below it."""

    bold: bool = False
    hidden: bool = False
    filled: bool = False
    line: str = TONES["ground"].hex()


def _write(cell: Any, text: str, width: float, *, right: bool, look: Look) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(cell.text_frame, [_short(text, width, bold=look.bold)], size=LETTERS)
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


def _short(text: str, width: float, *, bold: bool) -> str:
    height = MOST_LINES * LETTERS * LINE_HEIGHT / POINTS + 0.01
    text = one_line(text)
    return cut(text, LETTERS, (width - 2 * SIDE, height), bold=bold)


def _heading(column: Column) -> str:
    unit = column.unit
    return f"{column.name} ({unit})" if unit and unit not in column.name else column.name


def _is_number(table: Table, column: int) -> bool:
    if table.columns[column].unit:
        return True
    values = [row[column].value for row in table.rows]
    return any(isinstance(value, int | float) for value in values)


def _column_groups(table: Table) -> list[tuple[int, ...]]:
    count = len(table.columns)
    if count <= MOST_COLUMNS + 1:
        return [tuple(range(count))]
    rest = range(1, count)
    return [(0, *rest[start : start + MOST_COLUMNS]) for start in range(0, len(rest), MOST_COLUMNS)]


def _widths(table: Table, columns: Sequence[int], room: float) -> tuple[float, ...]:
    wanted = []
    for column in columns:
        texts = [_heading(table.columns[column]), *(row[column].text for row in table.rows)]
        widest = max(width_of(one_line(t), LETTERS, bold=True) for t in texts)
        wanted.append(min(max(widest + 2 * SIDE + 0.1, NARROWEST), WIDEST))
    total = sum(wanted)
    if total <= room:
        spread = min(1.6, room / total)
        return tuple(width * spread for width in wanted)
    return tuple(width * room / total for width in wanted)


def _lines(text: str, width: float, *, bold: bool) -> int:
    short = _short(text, width, bold=bold)
    return line_count(short, LETTERS, width - 2 * SIDE, bold=bold)


def _row_height(lines: int) -> float:
    return lines * LETTERS * LINE_HEIGHT / POINTS + 2 * ABOVE


def _head_height(table: Table, columns: Sequence[int], widths: Sequence[float]) -> float:
    return _row_height(
        max(
            _lines(_heading(table.columns[column]), width, bold=True)
            for column, width in zip(columns, widths, strict=True)
        )
    )


def _height(
    table: Table, row: int | None, columns: Sequence[int], widths: Sequence[float]
) -> float:
    if row is None:
        return _row_height(1)
    return _row_height(
        max(
            _lines(table.rows[row][column].text, width, bold=row == table.marked)
            for column, width in zip(columns, widths, strict=True)
        )
    )


def _row_groups(
    table: Table, columns: Sequence[int], widths: Sequence[float], room: float
) -> list[list[int | None]]:
    left = room - _head_height(table, columns, widths)
    groups: list[list[int | None]] = [[]]
    used = 0.0
    for row in range(len(table.rows)):
        height = _height(table, row, columns, widths)
        if groups[-1] and used + height > left:
            groups.append([])
            used = 0.0
        groups[-1].append(row)
        used += height
    return groups


def _ends(table: Table, columns: tuple[int, ...], widths: tuple[float, ...], room: float) -> Part:
    """Return the first and last rows and the marked one with its neighbours, as many as fit."""
    count = len(table.rows)
    marked = table.marked if table.marked in range(count) else None
    best: list[int | None] = []
    limit = room - _head_height(table, columns, widths)
    for ends in range(1, count):
        near = () if marked is None else range(marked - BESIDE, marked + BESIDE + 1)
        wanted = {*range(ends), *near, *range(count - ends, count)}
        rows = _with_gaps(sorted(row for row in wanted if 0 <= row < count))
        if sum(_height(table, row, columns, widths) for row in rows) > limit:
            break
        best = rows
    if not best:
        best = _with_gaps(sorted({0, count - 1} | (set() if marked is None else {marked})))
    shown = sum(row is not None for row in best)
    told = (
        f"Viser {shown} af {count} rækker: de første, de sidste"
        f"{'' if marked is None else ' og den markerede med sine naboer'}. "
        f"De øvrige {count - shown} står i Excel-udgaven."
    )
    return Part(columns, tuple(best), widths, told)


def _with_gaps(rows: Sequence[int]) -> list[int | None]:
    found: list[int | None] = []
    for row in rows:
        if found and row != (found[-1] or 0) + 1:
            found.append(None)
        found.append(row)
    return found
