"""Charts that can be edited: bars, stacked bars and lines, with their label on the chart itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from pages.figures.palette import BACKGROUND, CLASS_FILLS, TEXT
from pages.samraad.documents.packing import one_line
from pages.samraad.documents.powerpoint.chart_data import series_name, workbook
from pages.samraad.documents.powerpoint.chart_parts import (
    Inner,
    begin,
    every_label,
    fill,
    format_of,
    grid,
    layout,
    legend,
    line_over,
    part,
    skip,
    title,
)
from pages.samraad.documents.powerpoint.columns import draw_columns
from pages.samraad.documents.powerpoint.design import ACCENT, COLOURS, MUTED, QUIET, Box, ink
from pages.samraad.documents.powerpoint.fitting import cut, width_of
from pages.samraad.documents.powerpoint.scatter import add_points
from pages.samraad.documents.powerpoint.selection import LETTERS, SMALL_PART, WIDEST_NAME
from pages.samraad.documents.powerpoint.spans import draw_spans, highest
from pages.samraad.documents.sources import unit_of
from pages.samraad.model import Chart

FORMS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "lines": XL_CHART_TYPE.LINE,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
}

DARK_FROM = 3
"""Fills from this class on have white numbers on them."""


def add_chart(slide: Slide, chart: Chart, box: Box, *, alt: str, made_up: bool) -> None:
    """Draw a chart with its numbers behind it, and the lines that it is held against."""
    if chart.points:
        add_points(slide, chart, box, alt=alt, made_up=made_up)
        return
    chart = _named(chart)
    look = format_of(chart)
    made: Any = CategoryChartData  # untyped in python-pptx
    data = made(number_format=look)
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    drawn = begin(slide, chart, box, kind=FORMS[chart.form], data=data, alt=alt)
    drawn.part.chart_workbook.update_from_xlsx_blob(workbook(chart, look))
    title(drawn, chart, box, made_up=made_up)
    if chart.form == "lines":
        _lines(drawn, chart)
        return
    if chart.bins:
        draw_columns(slide, drawn, chart, chart.bins, box)
        return
    inner = _inner(chart, box)
    top = _top(chart)
    _bars(drawn, chart, top)
    layout(drawn._chartSpace.chart.plotArea, inner, target=True)
    if chart.reference and chart.form == "bars":
        _reference(slide, chart, box, inner, top)


def _named(chart: Chart) -> Chart:
    """Return the chart with names that have room on one line, made-up series saying so."""
    marked = chart.marked
    series = tuple(replace(s, name=series_name(s.name, made_up=s.made_up)) for s in chart.series)
    if chart.form == "lines":
        new = [n.name for o, n in zip(chart.series, series, strict=True) if o.name == marked]
        marked = new[0] if new else None
    elif marked is not None:
        marked = _name(marked)
    names = tuple(_name(category) for category in chart.categories)
    return replace(chart, categories=names, series=series, marked=marked)


def _name(category: str) -> str:
    return cut(one_line(category), LETTERS, (WIDEST_NAME, 0.21))


def _bars(drawn: Any, chart: Chart, top: float) -> None:
    plot = drawn.plots[0]
    plot.gap_width = 35
    names, values = drawn.category_axis, drawn.value_axis
    names.reverse_order = True
    names.format.line.color.rgb = ink(MUTED)
    names.has_major_gridlines = False
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_labels.font.size = Pt(LETTERS)
    names.tick_labels.offset = 40
    every_label(names)
    values.minimum_scale, values.maximum_scale = min(0.0, _lowest(chart)), top
    values.has_major_gridlines = False
    values.visible = False
    if _lowest(chart) < 0:
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.form == "stacked":
        plot.overlap = 100
        _stacked(drawn, chart, top)
        return
    _single(drawn, chart)


def _single(drawn: Any, chart: Chart) -> None:
    plot = drawn.plots[0]
    many = len(chart.series) > 1
    for number, series in enumerate(plot.series):
        fill(series, COLOURS[number % len(COLOURS)] if many else QUIET)
    if chart.marked in chart.categories and not many:
        fill(plot.series[0].points[chart.categories.index(chart.marked)], ACCENT)
    drawn.has_legend = many
    if many:
        legend(drawn)
    if not many and chart.series[0].spans:
        draw_spans(drawn, chart, chart.series[0])
        return
    _labels(plot, format_of(chart), XL_LABEL_POSITION.OUTSIDE_END)


def _stacked(drawn: Any, chart: Chart, top: float) -> None:
    plot = drawn.plots[0]
    fills = CLASS_FILLS[::-1]  # as on the screen: the first part, the longest time, is darkest
    _labels(plot, format_of(chart), XL_LABEL_POSITION.CENTER)
    for number, series in enumerate(plot.series):
        colour = fills[number % len(fills)]
        fill(series, colour)
        labels = series.data_labels
        labels.show_value = True
        labels.position = XL_LABEL_POSITION.CENTER
        labels.number_format, labels.number_format_is_linked = format_of(chart), False
        labels.font.size = Pt(LETTERS)
        dark = colour in CLASS_FILLS[DARK_FROM:]
        labels.font.color.rgb = ink(BACKGROUND if dark else TEXT)
        for place, value in enumerate(chart.series[number].values):
            if value is not None and value / top < SMALL_PART:
                _unlabelled(series.points[place])
    legend(drawn)


def _unlabelled(point: Any) -> None:
    """Leave out the number of a part that has no room for it."""
    label = point.data_label._get_or_add_dLbl()
    for child in list(label)[1:]:
        label.remove(child)
    label.append(part('<c:delete val="1"/>'))


def _labels(plot: Any, look: str, where: Any) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = look, False
    labels.position = where
    labels.font.size = Pt(LETTERS)


def _lines(drawn: Any, chart: Chart) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    values.minimum_scale = min(0.0, _lowest(chart))
    grid(values, chart)
    values.major_tick_mark = names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(LETTERS)
    skip(names, max(1, -(-len(chart.categories) // 7)))
    others = iter(COLOURS[1:] * (len(chart.series) // len(COLOURS) + 2))
    for series, given in zip(drawn.plots[0].series, chart.series, strict=True):
        own = given.name == chart.marked
        colour = ACCENT if own else next(others)
        line = series.format.line
        line.width = Pt(3.5 if own else 2.25)
        line.color.rgb = ink(colour)
        if given.made_up:
            line.dash_style = MSO_LINE_DASH_STYLE.DASH
        series.smooth = False
        _markers(series, given.values, colour)
    legend(drawn)
    drawn._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "gap")


def _markers(series: Any, values: tuple[float | None, ...], colour: str) -> None:
    """Mark the values that no line reaches, since nothing is known beside them."""
    series.marker.style = XL_MARKER_STYLE.NONE
    around = [None, *values, None]
    for n, value in enumerate(values):
        if value is not None and around[n] is None and around[n + 2] is None:
            marker = series.points[n].marker
            marker.style, marker.size = XL_MARKER_STYLE.DIAMOND, 11
            marker.format.fill.solid()
            marker.format.fill.fore_color.rgb = ink(colour)
            marker.format.line.color.rgb = ink(colour)


def _inner(chart: Chart, box: Box) -> Inner:
    """Return the room that is left by title, names, numbers and legend."""
    widest = max((width_of(c, LETTERS) for c in chart.categories), default=0.0)
    left = (min(widest, WIDEST_NAME) + 0.2) / box.width
    over = 0.62 if chart.reference and chart.form == "bars" else 0.36
    under = 0.62 if chart.form == "stacked" or len(chart.series) > 1 else 0.05
    under = 0.35 if chart.series[0].spans else under
    y = over / box.height
    return Inner(left, y, 0.985 - left, 1 - y - under / box.height)


def _top(chart: Chart) -> float:
    """Return where the axis ends: beyond the longest bar, for its number."""
    if chart.form == "stacked":
        sums = [sum(s.values[n] or 0 for s in chart.series) for n in range(len(chart.categories))]
        return max([*sums, 1e-9])
    if chart.series[0].spans:
        return highest(chart)
    values = [v for s in chart.series for v in s.values if v is not None]
    reference = [chart.reference[1]] if chart.reference else []
    return max([*values, *reference, 1e-9]) * 1.16


def _lowest(chart: Chart) -> float:
    return min((v for s in chart.series for v in s.values if v is not None), default=0.0)


def _reference(slide: Slide, chart: Chart, box: Box, inner: Inner, top: float) -> None:
    """Draw the line of the value that bars are held against, its name above them."""
    assert chart.reference
    low = min(0.0, _lowest(chart))
    x = box.x + box.width * (inner.x + inner.width * (chart.reference[1] - low) / (top - low))
    y = box.y + box.height * inner.y
    line_over(
        slide,
        chart.reference,
        (x, y, y + box.height * inner.height),
        (box.x, box.x + box.width),
        decimals=chart.decimals,
        unit=unit_of(chart.axis_title),
    )
