"""A histogram beside the numbers that it draws, with the country and the reader's own area."""

from __future__ import annotations

from typing import Any

from pages.figures.palette import TEXT, TONES
from pages.samraad.documents.excel.block import Block
from pages.samraad.documents.excel.looks import ACCENT
from pages.samraad.documents.excel.names import cell_text
from pages.samraad.documents.packing import one_line
from pages.samraad.documents.powerpoint.chart_data import series_name
from pages.samraad.documents.powerpoint.columns import NOT_ZERO
from pages.samraad.documents.sources import unit_of, value_text
from pages.samraad.model import COUNTRY, Bins, Chart

HEIGHT = 460


def draw_columns(block: Block, chart: Chart, bins: Bins) -> tuple[Any, int]:
    """Write the numbers under the head of `block`; return the chart of them and its height.

    The country is a line up through the bin that its share is in, the reader's own area a mark on
    top of its bin: their exact shares are in their names.
    """
    sheet, looks, top, left = block.sheet, block.looks, block.top, block.left
    series = chart.series[0]
    unit = unit_of(bins.title)
    highest = max((value for value in series.values if value is not None), default=0.0)
    names = [
        series_name(series.name, made_up=series.made_up),
        *(f"{one_line(name)}: {value_text(at, unit, bins.decimals)}" for name, at in bins.marks),
    ]
    for column, name in enumerate(names, start=left + 1):
        sheet.write_string(top, column, cell_text(name), looks.head)
    places = [_place(bins, at, len(chart.categories)) for _, at in bins.marks]
    for row, (category, count) in enumerate(
        zip(chart.categories, series.values, strict=True), start=top + 1
    ):
        sheet.write_string(row, left, cell_text(category), looks.word())
        if count is not None:
            sheet.write_number(row, left + 1, count, looks.number("#,##0"))
        for column, (mark, place) in enumerate(zip(bins.marks, places, strict=True), start=2):
            if top + 1 + place == row:
                high = highest if mark[0] == COUNTRY else count or 0.0
                sheet.write_number(row, left + column, high, looks.number("#,##0"))
    sheet.set_column(left, left, 28)
    sheet.set_column(left + 1, left + len(names), 14)
    last = top + len(chart.categories)
    name = sheet.get_name()

    def numbers(column: int) -> dict[str, Any]:
        return {
            "name": [name, top, left + column],
            "categories": [name, top + 1, left, last, left],
            "values": [name, top + 1, left + column, last, left + column],
        }

    drawn = block.book.add_chart({"type": "column"})
    label = {"value": True, "num_format": NOT_ZERO, "font": {"size": 9, "color": TEXT}}
    own = [place for (mark, _), place in zip(bins.marks, places, strict=True) if mark != COUNTRY]
    bare = [{"delete": True} if n in own else None for n in range(len(chart.categories))]
    drawn.add_series(
        {
            **numbers(1),
            "fill": {"color": TONES["grey"].hex()},
            "border": {"color": "#ffffff"},
            "gap": 3,
            "data_labels": {**label, "custom": bare},
        }
    )
    if bins.marks:
        over = block.book.add_chart({"type": "line"})
        for column, (marked, _) in enumerate(bins.marks, start=2):
            look = _line() if marked == COUNTRY else _mark(label)
            over.add_series({**numbers(column), **look})
        drawn.combine(over)
    drawn.set_legend({"position": "bottom"})
    drawn.set_x_axis(
        {"name": one_line(bins.title), "name_font": {"bold": False}, "major_tick_mark": "none"}
    )
    drawn.set_y_axis(
        {
            "min": 0,
            "max": max(1.0, highest) * 1.1,
            "visible": False,
            "major_gridlines": {"visible": False},
        }
    )
    return drawn, HEIGHT


def _place(bins: Bins, at: float, count: int) -> int:
    """Return the number of the bin that a share is in; the last one has its upper end too."""
    return min(int((at - bins.first) / bins.step), count - 1)


def _line() -> dict[str, Any]:
    """Return how the country is drawn: a line from its mark down to the axis."""
    down = {"type": "percentage", "value": 100, "direction": "minus", "end_style": 0}
    dotted = {"color": TEXT, "width": 1.5, "dash_type": "square_dot"}
    marker = {"type": "long_dash", "size": 9, "fill": {"color": TEXT}, "border": {"color": TEXT}}
    return {"line": {"none": True}, "marker": marker, "y_error_bars": {**down, "line": dotted}}


def _mark(label: dict[str, Any]) -> dict[str, Any]:
    """Return how the reader's own area is drawn: a mark on its column, with that one's number."""
    colour = {"color": ACCENT}
    return {
        "line": {"none": True},
        "marker": {"type": "diamond", "size": 11, "fill": colour, "border": colour},
        "data_labels": {**label, "position": "above"},
    }
