"""The workbook behind a chart: what opens when a reader edits its numbers."""

from __future__ import annotations

import io

import xlsxwriter

from pages.samraad.documents.packing import EPOCH, plain, repacked
from pages.samraad.model import Chart


def workbook(chart: Chart, number_format: str) -> bytes:
    """Return categories in column A and a series in each column after it, as the chart refers.

    Texts are texts, whatever they begin with, and what has no number is an empty cell.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": EPOCH})
    look = book.add_format({"num_format": number_format})
    sheet = book.add_worksheet("Sheet1")  # the name python-pptx has in the chart's references
    for row, category in enumerate(chart.categories, start=1):
        sheet.write_string(row, 0, plain(category))
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(0, column, plain(series.name))
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, column, value, look)
    sheet.set_column(0, 0, 30)
    book.close()
    return repacked(buffer.getvalue())
