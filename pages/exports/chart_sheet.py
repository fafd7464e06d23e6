"""The sheet 'Diagram' of a workbook: a native chart, and the numbers it draws beside it."""

from __future__ import annotations

import datetime as dt

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from pages.exports.dataset import STATUS_WORDS, Dataset, inside
from pages.figures import area_cells, series_cells
from pages.figures.time_lines import Line

BAR = "#b63a4b"
COUNTRY = "#1b1f24"
ACCENTS = ("#9c1b2c", "#1d4690", "#0c5a44", "#7d3a0c", "#6d1237", "#4a5560")
MOST_LINES = 12
ROW_PIXELS = 18


def chart_sheet(
    book: Workbook, data: Dataset, *, bold: Format, share: Format, date: Format
) -> None:
    """Add the sheet: bars of a month's shares, or lines of a series of few areas; else nothing."""
    if data.series:
        _lines(book, data, bold, share, date)
    else:
        _bars(book, data, bold, share)


def _name(data: Dataset) -> str:
    return "Syntetisk diagram" if data.synthetic else "Diagram"


def _bars(book: Workbook, data: Dataset, bold: Format, share: Format) -> None:
    cells = area_cells.in_order(inside(data), "andel")
    name = _name(data)
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, ["omraade", "andel_pct", "status"], bold)
    for number, cell in enumerate(cells.iter_rows(named=True), start=1):
        sheet.write_string(number, 0, cell["name"])
        if cell["share_pct"] is not None:
            sheet.write_number(number, 1, cell["share_pct"], share)
        sheet.write_string(number, 2, STATUS_WORDS[cell["status"]])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, 18)
    chart = book.add_chart({"type": "bar"})
    last = cells.height
    chart.add_series(
        {
            "name": data.indicator.short_title,
            "categories": [name, 1, 0, last, 0],
            "values": [name, 1, 1, last, 1],
            "fill": {"color": BAR},
            "gap": 30,
            "data_labels": {"value": True, "num_format": '0.####" pct."', "font": {"size": 8}},
        }
    )
    chart.set_title({"name": data.title, "name_font": {"size": 12}, "overlay": False})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "interval_unit": 1})
    unit = data.indicator.unit
    chart.set_x_axis({"name": unit, "min": 0, "num_format": "0", "label_position": "high"})
    chart.set_legend({"none": True})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 720, "height": 140 + ROW_PIXELS * last})
    sheet.insert_chart(0, 4, chart, {"description": data.title})


def _lines(book: Workbook, data: Dataset, bold: Format, share: Format, date: Format) -> None:
    months = series_cells.monthly(data.everywhere)
    lines = series_cells.lines(months) if months["area_id"].n_unique() <= MOST_LINES else []
    if not lines:
        return
    every = series_cells.months_between(
        min(line.start for line in lines), max(_last(line) for line in lines)
    )
    name = _name(data)
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, ["dato", *(f"{line.name} ({line.word})" for line in lines)], bold)
    for number, month in enumerate(every, start=1):
        sheet.write_datetime(number, 0, dt.date(int(month[:4]), int(month[5:]), 1), date)
    chart = book.add_chart({"type": "line"})
    for column, line in enumerate(lines, start=1):
        first = every.index(line.start)
        for number, value in enumerate(line.values, start=first + 1):
            if value is not None:
                sheet.write_number(number, column, value, share)
        colour = COUNTRY if line.first else ACCENTS[(column - 1) % len(ACCENTS)]
        marks = line.word == "offentliggjort"
        chart.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, len(every), 0],
                "values": [name, 1, column, len(every), column],
                "line": {
                    "color": colour,
                    "width": 2,
                    "dash_type": "dash" if line.made_up else "solid",
                },
                "marker": {"type": "diamond", "size": 8, "fill": {"color": colour}}
                if marks
                else {"type": "none"},
            }
        )
    sheet.set_column(0, len(lines), 18)
    chart.set_title({"name": data.title, "name_font": {"size": 12}, "overlay": False})
    chart.set_x_axis(
        {"date_axis": True, "num_format": "mmm yyyy", "major_unit": 6, "major_unit_type": "months"}
    )
    chart.set_y_axis({"name": data.indicator.unit, "min": 0, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 900, "height": 460})
    sheet.insert_chart(0, len(lines) + 2, chart, {"description": data.title})


def _last(line: Line) -> str:
    n = int(line.start[:4]) * 12 + int(line.start[5:]) - 1 + len(line.values) - 1
    return f"{n // 12}M{n % 12 + 1:02}"
