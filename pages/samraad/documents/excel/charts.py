"""A chart beside the numbers that it draws, with its label on the chart itself."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_range_formula
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.figures.palette import CLASS_FILLS, TEXT, TONES
from pages.samraad.documents.excel.block import Block
from pages.samraad.documents.excel.columns import draw_columns
from pages.samraad.documents.excel.looks import ACCENT, Looks
from pages.samraad.documents.excel.names import cell_text
from pages.samraad.documents.excel.points import draw_points
from pages.samraad.documents.packing import one_line
from pages.samraad.documents.powerpoint.chart_data import SPAN_HEADS, series_name, span_numbers
from pages.samraad.documents.powerpoint.design import COLOURS, MUTED
from pages.samraad.documents.powerpoint.spans import highest
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
    block = Block(book, sheet, looks, at[0] - 1, at[1] + COLUMNS)
    sheet.write_string(block.top, block.left, "Tal til diagrammet", looks.head)
    if chart.points:
        drawn, high = draw_points(block, chart, chart.points, made_up=content.made_up)
    elif chart.bins:
        drawn, high = draw_columns(block, chart, chart.bins)
    else:
        rows = _rows(content, chart)
        _write(block, chart, rows)
        drawn = book.add_chart(KINDS[chart.form])
        _draw(drawn, sheet.get_name(), chart, rows, (block.top, block.left))
        high = 460 if chart.form == "lines" else 130 + BAR_PIXELS * max(len(rows), 4)
    if chart.note:
        sheet.write_string(at[0] - 2, at[1], cell_text(chart.note), looks.of(italic=True))
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
    drawn.set_size({"width": 760, "height": high})
    alt = labelled(one_line(content.alt or content.sentence), made_up=content.made_up)
    sheet.insert_chart(*at, drawn, {"description": alt, "object_position": 3})
    return high


def _write(block: Block, chart: Chart, rows: Rows) -> None:
    """Write the numbers that are drawn, and beside them how sure they are, where that is said."""
    sheet, looks, top, left = block.sheet, block.looks, block.top, block.left
    unit = unit_of(chart.axis_title)
    number = looks.number(number_format(unit, chart.decimals))
    far = looks.number(number_format(unit and "pct.point", chart.decimals))
    spans = _spans(chart)
    heads = [series_name(series.name, made_up=series.made_up) for series in chart.series]
    for column, head in enumerate([*heads, *(SPAN_HEADS if spans else ())], start=left + 1):
        sheet.write_string(top, column, cell_text(head), looks.head)
    for row, (name, values) in enumerate(rows, start=top + 1):
        sheet.write_string(row, left, cell_text(name), looks.word())
        beside = spans.get(name, ())
        for column, value in enumerate([*values, *beside], start=left + 1):
            if value is not None:
                sheet.write_number(
                    row, column, value, far if column > left + 3 and spans else number
                )
    sheet.set_column(left, left, 28)
    sheet.set_column(left + 1, left + len(heads) + (len(SPAN_HEADS) if spans else 0), 14)


def _spans(chart: Chart) -> dict[str, tuple[float, ...]]:
    """Return what stands beside each bar that is not sure, by name; {} where none is said."""
    if len(chart.series) != 1 or chart.form != "bars":
        return {}
    series = chart.series[0]
    pairs = zip(series.values, series.spans, strict=False)
    return {
        one_line(name): span_numbers(value, span)
        for name, (value, span) in zip(chart.categories, pairs, strict=False)
        if value is not None and span is not None
    }


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
                **_lines(chart, rows, name, at),
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
    names: dict[str, Any] = {"reverse": True, "interval_unit": 1, "major_tick_mark": "none"}
    # Of bars that lie down, xlsxwriter's y axis has the numbers' names.
    drawn.set_y_axis({**names, "num_font": {"size": 9}})
    if _spans(chart):
        grey = {"visible": True, "line": {"color": TONES["ground"].hex()}}
        drawn.set_x_axis(
            {
                "min": 0,
                "max": highest(chart),
                "num_format": number_format(unit_of(chart.axis_title), 0),
                "major_gridlines": grey,
                "label_position": "high",  # beneath: the names run downwards
                "line": {"none": True},
            }
        )
        return
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})


def _lines(chart: Chart, rows: Rows, name: str, at: tuple[int, int]) -> dict[str, Any]:
    """Return the lines that say how sure the bars are, as far as the block of numbers has them."""
    spans = _spans(chart)
    if not spans:
        return {}
    top, left = at
    ends: dict[str, str | list[float]] = {}
    for side, column in (("minus", 2), ("plus", 3)):
        cells = xl_range_formula(
            name, top + 1, left + 2 + column, top + len(rows), left + 2 + column
        )
        ends[f"{side}_values"] = f"={cells}"
        ends[f"{side}_data"] = [spans[bar][column] if bar in spans else 0.0 for bar, _ in rows]
    return {"y_error_bars": {"type": "custom", "line": {"color": TEXT, "width": 1}, **ends}}


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
    spans = dict(zip(map(one_line, chart.categories), series.spans, strict=False))
    points: list[dict[str, Any] | None] = [None] * len(rows)
    marked = one_line(chart.marked) if chart.marked else None
    reference = one_line(chart.reference[0]) if chart.reference else None
    for place, (name, _) in enumerate(rows):
        if (span := spans.get(name)) and not span.apart:
            edge = {"color": ACCENT, "width": 2} if name == marked else {"color": MUTED}
            points[place] = {"fill": {"color": "#ffffff"}, "border": edge}
        elif name == marked:
            points[place] = {"fill": {"color": ACCENT}}
        elif name == reference:
            points[place] = {"fill": {"color": TEXT}}
    return {
        "fill": {"color": TONES["grey"].hex()},
        "gap": 35,
        **({} if spans else {"data_labels": labels}),
        "points": points,
    }


def _stands_alone(values: tuple[float | None, ...]) -> bool:
    around = [None, *values, None]
    return any(
        value is not None and around[n] is None and around[n + 2] is None
        for n, value in enumerate(values)
    )


def _text(text: str) -> str:
    """Return a chart's title that is not read as a reference to a cell."""
    return f"\N{ZERO WIDTH NO-BREAK SPACE}{text}" if text.startswith("=") else text
