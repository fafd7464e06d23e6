"""Rows as a workbook: typed cells, a native chart beside the numbers it draws, and the source."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.exports.chart_sheet import chart_sheet
from pages.exports.dataset import PERCENT_COLUMNS, Dataset
from pages.exports.files import Sheet
from pages.language import synthetic

EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)  # same data, same bytes
MONTH = re.compile(r"(\d{4})M(\d{2})")


@dataclass(frozen=True)
class Formats:
    """How cells look: heads, counts, shares in pct., dates, and long texts."""

    bold: Format
    count: Format
    number: Format
    share: Format
    date: Format
    wrap: Format


def as_xlsx(data: Sheet) -> bytes:
    """Return a workbook of numbers, source and definition, and a chart where there is one.

    What is hidden is an empty cell with its status beside it, in the chart too: never a zero.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    title = data.title.removeprefix(f"{synthetic.BADGE}: ")
    title = synthetic.marked(title, made_up=data.synthetic)
    book.set_properties({"title": title, "created": EPOCH})
    form = _formats(book)
    _numbers(book.add_worksheet("Syntetiske tal" if data.synthetic else "Tal"), data, form)
    _about(book.add_worksheet("Kilde og definition"), data, form)
    if isinstance(data, Dataset):
        chart_sheet(book, data, bold=form.bold, share=form.share, date=form.date)
    book.close()
    return buffer.getvalue()


def _formats(book: Workbook) -> Formats:
    return Formats(
        bold=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        count=book.add_format({"num_format": "#,##0"}),
        number=book.add_format({"num_format": "#,##0.####"}),
        share=book.add_format({"num_format": '0.####" pct."'}),
        date=book.add_format({"num_format": "dd-mm-yyyy"}),
        wrap=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def _numbers(sheet: Worksheet, data: Sheet, form: Formats) -> None:
    names = list(data.rows.columns)
    dated = names.index("periode") + 1 if "periode" in names else None
    heads = [*names[:dated], "dato", *names[dated:]] if dated else names
    sheet.write_row(0, 0, heads, form.bold)
    for number, row in enumerate(data.rows.iter_rows(), start=1):
        cells = list(row)
        if dated:
            cells.insert(dated, first_day(str(row[dated - 1])))
        for column, (name, value) in enumerate(zip(heads, cells, strict=True)):
            _cell(sheet, (number, column), name, value, form)
    sheet.freeze_panes(1, 2)
    if data.rows.height:
        sheet.autofilter(0, 0, data.rows.height, len(heads) - 1)
    sheet.autofit()


def _cell(sheet: Worksheet, at: tuple[int, int], name: str, value: Any, form: Formats) -> None:
    if value is None:
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(*at, value, form.date)
    elif isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int | float):
        look = form.share if name in PERCENT_COLUMNS else form.count
        sheet.write_number(*at, value, form.number if _broken(value, name) else look)
    else:
        sheet.write_string(*at, str(value))


def _broken(value: float, name: str) -> bool:
    return name not in PERCENT_COLUMNS and value != int(value)


def first_day(period: str) -> dt.date | None:
    """Return the first day of a month's code ('2017M06'), None for another period."""
    found = MONTH.fullmatch(period)
    return dt.date(int(found[1]), int(found[2]), 1) if found else None


def _about(sheet: Worksheet, data: Sheet, form: Formats) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for number, (label, text) in enumerate(data.about()):
        sheet.write_string(number, 0, label, form.bold)
        sheet.write_string(number, 1, text, form.wrap)
