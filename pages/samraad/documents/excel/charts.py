"""A chart beside the numbers that it draws, with its label on the chart itself."""

from __future__ import annotations

from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.figures.palette import CLASS_FILLS, TEXT, TONES
from pages.samraad.documents.excel.looks import ACCENT, Looks
from pages.samraad.documents.excel.names import cell_text
from pages.samraad.documents.packing import one_line
from pages.samraad.documents.powerpoint.design import COLOURS
from pages.samraad.documents.sources import labelled, number_format, unit_of, without_number
from pages.samraad.model import Chart, Content, Series

KINDS: dict[str, dict[str, str]] = {
    "bars": {"type": "bar"},
    "stacked": {"type": "bar", "subtype": "stacked"},
    "lines": {"type": "line"},
}
Rows = list[tuple[str, tuple[float | None, ...]]]
"""A name and a value per series, as the block of numbers has them."""

BAR_PIXELS = 19
SMALL_PART = 0.06
"""Of the longest stacked bar: the number of a smaller part would cover its neighbours."""

COLUMNS = 13
"""How many columns of the usual width a chart covers, with some room beside it."""

MOST_TITLE = 200


def add_chart(
    book: Workbook, sheet: Worksheet, content: Content, looks: Looks, *, at: tuple[int, int]
) -> int:
    """Draw a chart at a cell and its numbers to the right, and return its height in pixels.

    What is drawn is the block of numbers, so that a change there changes the chart. A value that
    bars are held against is a bar of its own, in its place among them. What has no number says why
    in its name.
    """
    chart = content.chart
    assert chart
    rows = _rows(content, chart)
    look = number_format(unit_of(chart.axis_title), chart.decimals)
    top, left = at[0] - 1, at[1] + COLUMNS
    number = looks.number(look)
    sheet.write_string(top, left, "Tal til diagrammet", looks.head)
    for column, series in enumerate(chart.series, start=left + 1):
        sheet.write_string(top, column, cell_text(_name(series)), looks.head)
    for row, (name, values) in enumerate(rows, start=top + 1):
        sheet.write_string(row, left, cell_text(name), looks.word())
        for column, value in enumerate(values, start=left + 1):
            if value is not None:
                sheet.write_number(row, column, value, number)
    sheet.set_column(left, left, 28)
    sheet.set_column(left + 1, left + len(chart.series), 14)
    drawn = book.add_chart(KINDS[chart.form])
    _draw(drawn, sheet.get_name(), chart, rows, (top, left))
    title = labelled(one_line(chart.axis_title), made_up=content.made_up)[:MOST_TITLE]
    drawn.set_title(
        {
            "name": _text(title),
            "name_font": {"size": 12, "color": ACCENT if content.made_up else TEXT},
            "overlay": False,
        }
    )
    drawn.show_blanks_as("gap")
    drawn.show_hidden_data()
    high = 460 if chart.form == "lines" else 130 + BAR_PIXELS * max(len(rows), 4)
    drawn.set_size({"width": 760, "height": high})
    alt = labelled(one_line(content.alt or content.sentence), made_up=content.made_up)
    sheet.insert_chart(*at, drawn, {"description": alt, "object_position": 3})
    return high


def _rows(content: Content, chart: Chart) -> Rows:
    rows = []
    for number, category in enumerate(chart.categories):
        values = tuple(series.values[number] for series in chart.series)
        name = one_line(category)
        if chart.form != "lines" and None in values:
            name = f"{name} ({without_number(content, category)})"
        rows.append((name, values))
    if chart.reference and chart.form == "bars" and len(chart.series) == 1:
        name, value = chart.reference
        below = (n for n, (_, v) in enumerate(rows) if v[0] is not None and v[0] < value)
        falling = [v[0] for _, v in rows if v[0] is not None]
        place = next(below, len(falling)) if falling == sorted(falling, reverse=True) else 0
        rows.insert(place, (one_line(name), (value,)))
    return rows


def _draw(drawn: Any, name: str, chart: Chart, rows: Rows, at: tuple[int, int]) -> None:
    """Draw the block of numbers on the sheet of this name that begins at a cell."""
    top, left = at
    last = top + len(rows)
    look = number_format(unit_of(chart.axis_title), chart.decimals)
    for number, series in enumerate(chart.series, start=1):
        drawn.add_series(
            {
                "name": [name, top, left + number],
                "categories": [name, top + 1, left, last, left],
                "values": [name, top + 1, left + number, last, left + number],
                **_ink(chart, series, number - 1, rows, look),
            }
        )
    several = len(chart.series) > 1
    drawn.set_legend({"position": "bottom"} if several else {"none": True})
    if chart.form == "lines":
        drawn.set_x_axis({"interval_unit": max(1, -(-len(rows) // 9)), "label_position": "low"})
        drawn.set_y_axis(
            {
                "num_format": number_format(unit_of(chart.axis_title), 0),
                "major_gridlines": {"visible": True, "line": {"color": TONES["ground"].hex()}},
                "line": {"none": True},
            }
        )
        return
    drawn.set_y_axis(  # of bars that lie down, xlsxwriter's y axis has the numbers' names
        {"reverse": True, "interval_unit": 1, "num_font": {"size": 9}, "major_tick_mark": "none"}
    )
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})


def _ink(
    chart: Chart,
    series: Series,
    number: int,
    rows: Rows,
    look: str,
) -> dict[str, Any]:
    if chart.form == "lines":
        own = series.name == chart.marked
        others = [s.name for s in chart.series if s.name != chart.marked]
        place = 0 if own else 1 + others.index(series.name) % (len(COLOURS) - 1)
        colour = COLOURS[place]
        line = {
            "color": colour,
            "width": 3 if own else 2,
            "dash_type": "dash" if series.made_up else "solid",
        }
        marker: dict[str, Any] = {"type": "none"}
        if _stands_alone(series.values):
            marker = {"type": "diamond", "size": 8, "fill": {"color": colour}}
        return {"line": line, "marker": marker}
    labels: dict[str, Any] = {"value": True, "num_format": look}
    labels["font"] = {"size": 9, "color": TEXT}
    if chart.form == "stacked":
        fills = CLASS_FILLS[::-1]  # as on the screen: the first part, the longest time, is darkest
        colour = fills[number % len(fills)]
        white = colour in CLASS_FILLS[3:]
        labels["font"] = {"size": 9, "color": "#ffffff" if white else TEXT}
        sums = [sum(value or 0 for value in values) for _, values in rows]
        parts = [values[number] for _, values in rows]
        labels["custom"] = [
            {"delete": True} if part is not None and part < SMALL_PART * max(sums) else None
            for part in parts
        ]
        return {"fill": {"color": colour}, "gap": 40, "data_labels": labels}
    if len(chart.series) > 1:
        return {"fill": {"color": COLOURS[number % len(COLOURS)]}, "data_labels": labels}
    points: list[dict[str, Any] | None] = [None] * len(rows)
    marked = one_line(chart.marked) if chart.marked else None
    reference = one_line(chart.reference[0]) if chart.reference else None
    for place, (name, _) in enumerate(rows):
        if name == marked:
            points[place] = {"fill": {"color": ACCENT}}
        elif name == reference:
            points[place] = {"fill": {"color": TEXT}}
    return {
        "fill": {"color": TONES["grey"].hex()},
        "gap": 35,
        "data_labels": labels,
        "points": points,
    }


def _stands_alone(values: tuple[float | None, ...]) -> bool:
    around = [None, *values, None]
    return any(
        value is not None and around[n] is None and around[n + 2] is None
        for n, value in enumerate(values)
    )


def _name(series: Series) -> str:
    name = one_line(series.name)
    known = "syntetisk" in name.casefold()
    return f"{name} (syntetisk)" if series.made_up and not known else name


def _text(text: str) -> str:
    """Return a chart's title that is not read as a reference to a cell."""
    return f"\N{ZERO WIDTH NO-BREAK SPACE}{text}" if text.startswith("=") else text
