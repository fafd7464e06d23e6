"""The workbook behind a chart: what opens when a reader edits its numbers."""

from __future__ import annotations

import io

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pages.samraad.documents.packing import EPOCH, one_line, plain, repacked
from pages.samraad.documents.powerpoint.point_rows import PointRows
from pages.samraad.documents.sources import number_format, unit_of
from pages.samraad.model import Chart, Series, Span

SHEET = "Sheet1"
"""The name python-pptx has in a chart's references."""

SPAN_HEADS = ("Usikkerhed fra", "Usikkerhed til", "Streg ned", "Streg op")
"""What stands beside a value that is not sure: the interval, and how far the line goes each way."""


def series_name(name: str, *, made_up: bool) -> str:
    """Return a series' name on one line, with its label where its numbers are made up."""
    name = one_line(name)
    known = "syntetisk" in name.casefold()
    return f"{name} (syntetisk)" if made_up and not known else name


def span_numbers(value: float | None, span: Span | None) -> tuple[float, float, float, float]:
    """Return the numbers under `SPAN_HEADS`: a value without a span has none to either side."""
    if value is None or span is None:
        return (value or 0.0, value or 0.0, 0.0, 0.0)
    down, up = (max(0.0, round(far, 6)) for far in (value - span.low, span.high - value))
    return (span.low, span.high, down, up)


def workbook(chart: Chart, form: str) -> bytes:
    """Return categories in column A and a series in each column after it, as the chart refers.

    Texts are texts, whatever they begin with, and what has no number is an empty cell. Numbers are
    written as `form` says; what is said of how sure they are stands in the columns after them.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": EPOCH})
    look = book.add_format({"num_format": form})
    sheet = book.add_worksheet(SHEET)
    for row, category in enumerate(chart.categories, start=1):
        sheet.write_string(row, 0, plain(category))
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(0, column, plain(series.name))
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, column, value, look)
        if series.spans and len(chart.series) == 1:
            far = number_format(unit_of(chart.axis_title) and "pct.point", chart.decimals)
            _spans(sheet, series, look, book.add_format({"num_format": far}))
    sheet.set_column(0, 0, 30)
    book.close()
    return repacked(buffer.getvalue())


def _spans(sheet: Worksheet, series: Series, look: Format, far: Format) -> None:
    for column, head in enumerate(SPAN_HEADS, start=2):
        sheet.write_string(0, column, head)
    for row, (value, span) in enumerate(zip(series.values, series.spans, strict=True), start=1):
        if value is not None and span is not None:
            for column, number in enumerate(span_numbers(value, span), start=2):
                sheet.write_number(row, column, number, look if column < 4 else far)


def workbook_of_points(rows: PointRows, share_format: str) -> bytes:
    """Return the rows of a chart of points as they stand, shares by their format."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": EPOCH})
    looks = {"people": book.add_format({"num_format": "#,##0"})}
    looks["share"] = book.add_format({"num_format": share_format})
    sheet = book.add_worksheet(SHEET)
    for row, column, text in rows.texts:
        sheet.write_string(row, column, text)
    for row, column, value, unit in rows.numbers:
        sheet.write_number(row, column, value, looks[unit])
    sheet.set_column(0, 0, 30)
    book.close()
    return repacked(buffer.getvalue())
