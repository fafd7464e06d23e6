"""The sheet of an entry: its table with typed numbers, its chart or map, and what it means."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import struct
from typing import TypeGuard

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.figures.png import svg_to_png_apart
from pages.figures.text_metrics import text_width
from pages.language import synthetic
from pages.samraad.documents.excel.charts import add_chart
from pages.samraad.documents.excel.ends import CHARACTER
from pages.samraad.documents.excel.hedges import apart, own_unit
from pages.samraad.documents.excel.looks import ACCENT, DATE, FONT_SIZE, MONTH, Looks
from pages.samraad.documents.excel.names import cell_text, print_text
from pages.samraad.documents.packing import one_line, plain
from pages.samraad.documents.powerpoint.fitting import line_count
from pages.samraad.documents.sources import labelled, long, number_format, unique
from pages.samraad.model import Cell, Chapter, Column, Content, Table, Value
from queries import MONTHS

HEAD = 4
"""The row of the table's head, counted from 0; those above it are title, sentence, subtitle, link.

Of made-up numbers they are label, title, sentence, link: the title stays as it is written.
"""

NARROW, BROAD = 11, 42
TEXT_WIDTH = 110
A4_CHARACTERS = 128
"""About how many characters of the sheet's font A4 on its side takes at full size."""

PICTURE_WIDTH = 1800
PICTURE_PIXELS, PAGE_PIXELS = 760, 440
"""How large a drawing is at most on the sheet."""

COLUMN_PIXELS = 64
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CODE = re.compile(r"(\d{4})M(\d{2})")
_IN_WORDS = re.compile(rf"({'|'.join(MONTHS)}) (\d{{4}})")


def fill_sheet(book: Workbook, sheet: Worksheet, chapter: Chapter, looks: Looks) -> None:
    """Fill the sheet of an entry."""
    content = chapter.content
    table = apart(content.table) if content.table and content.table.columns else None
    widths = _filled(_widths(table))
    _page(sheet, chapter, widths)
    _top(sheet, chapter, looks, widths)
    row = HEAD
    if table:
        _table(sheet, table, looks, widths)
        row = HEAD + len(table.rows) + 2
        sheet.freeze_panes(HEAD + 1, 1)
        if table.rows:
            sheet.autofilter(HEAD, 0, HEAD + len(table.rows), len(table.columns) - 1)
        sheet.repeat_rows(HEAD)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    after = _about(sheet, chapter, looks, row, widths)
    beside = len(widths) + 1
    if content.svg and (content.item.kind == "kort" or content.chart is None):
        beside = _picture(sheet, content, (HEAD + 1, beside))
    if content.chart and content.chart.categories and content.chart.series:
        add_chart(book, sheet, content, looks, at=(HEAD + 1, beside))
    # Drawings are for the screen: beside a long table they would print on mostly empty pages.
    sheet.print_area(0, 0, after - 1, len(widths) - 1)


def _top(sheet: Worksheet, chapter: Chapter, looks: Looks, widths: list[int]) -> None:
    content = chapter.content
    said = content.period.lower() in content.subtitle.lower()  # 'Juni 2017 · Hele landet'
    parts = (content.subtitle, "" if said else content.period)
    told = " · ".join(one_line(t) for t in parts if t.strip())
    row = 0
    if content.made_up:
        _wide(sheet, row, content.label or synthetic.WARNING, looks.warning, widths)
        row += 1
    _wide(sheet, row, one_line(chapter.heading), looks.title, widths, size=14)
    _wide(sheet, row + 1, one_line(content.sentence), looks.text, widths)
    if not content.made_up:
        sheet.write_string(2, 0, cell_text(told), looks.of(font_color="#5b5f63"))
    sheet.write_url(3, 0, "internal:'Indhold'!A1", looks.link, "Til indhold")


def _wide(
    sheet: Worksheet, row: int, text: str, look: Format, widths: list[int], *, size: int = 10
) -> None:
    """Write a text over all columns of the table, on as many lines as it takes, six at most."""
    text = cell_text(text)
    sheet.merge_range(row, 0, row, len(widths) - 1, "", look)
    sheet.write_string(row, 0, text, look)
    lines = min(6, _lines(text, sum(widths) * 10 / size))
    sheet.set_row(row, size * 1.3 * lines + 2)


def _lines(text: str, width: float) -> int:
    """Return about how many lines a text takes in a width of so many characters."""
    room = width * CHARACTER
    broken = any(len(word) > width * 0.7 for word in text.split())
    return line_count(plain(text), FONT_SIZE, room) + broken


def _table(sheet: Worksheet, table: Table, looks: Looks, widths: list[int]) -> None:
    numbers = {c for c, known in enumerate(table.columns) if known.unit or _has_number(table, c)}
    lines = 1
    for column, known in enumerate(table.columns):
        look = looks.head_of_numbers if column in numbers else looks.head
        sheet.write_string(HEAD, column, cell_text(heading(known)), look)
        lines = max(lines, _lines(heading(known), widths[column] - 3))  # the filter's button
    sheet.set_row(HEAD, 13.5 * min(6, lines) + 4)
    dated = {c for c in range(len(table.columns)) if _all_months(table, c)}
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            at = (HEAD + 1 + number, column)
            known = table.columns[column]
            _cell(
                sheet, at, cell, known, looks, marked=number == table.marked, dated=column in dated
            )
        broad = (c for c, width in enumerate(widths[: len(row)]) if width >= BROAD)
        tall = max((_lines(row[c].text, BROAD) for c in broad), default=1)
        if tall > 1:
            sheet.set_row(HEAD + 1 + number, min(400, 13.5 * tall + 2))


def heading(column: Column) -> str:
    """Return the head of a column, with its unit where the name does not say it."""
    unit = column.unit
    return f"{column.name} ({unit})" if unit and unit not in column.name else column.name


def _cell(
    sheet: Worksheet,
    at: tuple[int, int],
    cell: Cell,
    column: Column,
    looks: Looks,
    *,
    marked: bool,
    dated: bool,
) -> None:
    value = cell.value
    if cell.status != "shown":
        sheet.write_string(*at, cell_text(cell.text or "ikke vist"), looks.missing(cell.status))
    elif _is_number(value):
        whole = column.unit not in ("pct.", "pct.point") and float(value).is_integer()
        form = number_format(column.unit, 0 if whole else column.decimals or _decimals(cell))
        if not column.unit and (unit := own_unit(cell)):
            form += f'" {unit}"'
        exact = int(value) if whole else value
        sheet.write_number(*at, exact, looks.number(form, marked=marked))
    elif isinstance(value, str) and (day := _day(value, dated=dated)):
        form = DATE if _ISO.fullmatch(value) else MONTH
        sheet.write_datetime(
            *at,
            dt.datetime.combine(day, dt.time()),
            looks.of(num_format=form, align="left", **({"bold": True} if marked else {})),
        )
    else:
        look = looks.word(marked=marked, right=bool(column.unit))
        sheet.write_string(*at, cell_text(cell.text), look)


def _decimals(cell: Cell) -> int:
    """Return how many decimals a cell's own text has: 1 of '48,8'."""
    found = re.search(r"\d,(\d+)", cell.text)
    return len(found[1]) if found else 0


def _day(text: str, *, dated: bool) -> dt.date | None:
    """Return the day of '2017-06-30', or the first of the month of '2017M06' and 'juni 2017'."""
    try:
        day = _written(text, dated=dated)
    except ValueError:
        return None
    return day if day and day.year >= 1900 else None  # Excel knows no day before


def _written(text: str, *, dated: bool) -> dt.date | None:
    if found := _ISO.fullmatch(text):
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    if found := _CODE.fullmatch(text):
        return dt.date(int(found[1]), int(found[2]), 1)
    if dated and (found := _IN_WORDS.fullmatch(text)):
        return dt.date(int(found[2]), MONTHS.index(found[1]) + 1, 1)
    return None


def _is_number(value: Value) -> TypeGuard[int | float]:
    """Whether a value is a number that a sheet can hold."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return math.isfinite(value)


def _has_number(table: Table, column: int) -> bool:
    return any(_is_number(row[column].value) for row in table.rows)


def _all_months(table: Table, column: int) -> bool:
    values = [row[column].value for row in table.rows]
    return bool(values) and all(isinstance(v, str) and _IN_WORDS.fullmatch(v) for v in values)


def _widths(table: Table | None) -> list[int]:
    """Return the columns' widths in characters; a sheet without a table has two for its texts."""
    if table is None:
        return [24, TEXT_WIDTH - 24]
    widths = []
    for column, known in enumerate(table.columns):
        texts = [row[column].text for row in table.rows]
        longest = max((round(text_width(one_line(t), 2.15)) for t in texts), default=0)
        head = max((len(word) for word in heading(known).split()), default=0) + 4
        widths.append(min(BROAD, max(NARROW, longest + 3, head)))
    return widths


def _filled(widths: list[int]) -> list[int]:
    """Return the widths with further columns, so that texts have room beneath a narrow table."""
    while sum(widths) < TEXT_WIDTH:
        widths = [*widths, min(NARROW, TEXT_WIDTH - sum(widths))]
    return widths


def _about(sheet: Worksheet, chapter: Chapter, looks: Looks, first: int, widths: list[int]) -> int:
    """Write definition, caveats, comment, sources and address beneath; return the last row."""
    content = chapter.content
    told: list[tuple[str, str]] = []
    if chapter.entry.heading:
        told.append(("Atlassets titel", content.title))
    told += [("Vist", content.subtitle)] if content.made_up and content.subtitle else []
    told += [("Bemærk", note) for note in content.notes if note.strip()]
    told += [(term, text) for term, text in content.definition]
    told += [("Kommentar", chapter.entry.comment)] if chapter.entry.comment.strip() else []
    told += [("Kilde", long(source)) for source in unique(content.sources)]
    told += [("Dataversion", content.version), ("Status", content.standing.text)]
    told += [("Nu", content.standing.now)] if content.standing.now else []
    told += [("Henvisning", content.citation), ("Fast adresse", content.address)]
    last = len(widths) - 1
    room = sum(widths[1:])
    row = first
    for term, text in ((one_line(term), cell_text(text)) for term, text in told if text.strip()):
        sheet.write_string(row, 0, cell_text(term), looks.term)
        if last > 1:
            sheet.merge_range(row, 1, row, last, "", looks.text)
        sheet.write_string(row, 1, text, looks.text)
        lines = max(_lines(text, room), _lines(term, widths[0]))
        sheet.set_row(row, min(400, 13.5 * lines + 2))
        row += 1
    return row


def _picture(sheet: Worksheet, content: Content, at: tuple[int, int]) -> int:
    """Put a drawing at a cell, and return the column after it."""
    assert content.svg
    picture = svg_to_png_apart(plain(content.svg), width=PICTURE_WIDTH)
    wide, high = struct.unpack(">II", picture[16:24])
    scale = min(PICTURE_PIXELS / wide, PAGE_PIXELS / high)
    alt = labelled(one_line(content.alt or content.title), made_up=content.made_up)
    sheet.insert_image(
        *at,
        "figur.png",
        {
            "image_data": io.BytesIO(picture),
            "x_scale": scale,
            "y_scale": scale,
            "object_position": 3,
            "description": alt,
        },
    )
    return at[1] + int(wide * scale) // COLUMN_PIXELS + 2


def _page(sheet: Worksheet, chapter: Chapter, widths: list[int]) -> None:
    content = chapter.content
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_print_scale(max(40, min(100, A4_CHARACTERS * 100 // max(1, sum(widths)))))
    mark = f"&R&B{synthetic.BADGE}" if content.made_up else ""
    sheet.set_header(f"&L{print_text(chapter.heading)}{mark}")
    sheet.set_footer(
        f"&LIndsatsatlas, dataversion {print_text(content.version, 60)}&RSide &P af &N"
    )
    sheet.hide_gridlines(2)
    if content.made_up:
        sheet.set_tab_color(ACCENT)
