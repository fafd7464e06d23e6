"""Charts that can be edited: bars, stacked bars and lines, with their label on the chart itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from pages.figures.palette import BACKGROUND, CLASS_FILLS, TEXT
from pages.samraad.documents.packing import one_line, plain
from pages.samraad.documents.powerpoint.chart_data import workbook
from pages.samraad.documents.powerpoint.design import ACCENT, COLOURS, LINE, MUTED, QUIET, Box, ink
from pages.samraad.documents.powerpoint.fitting import cut, width_of
from pages.samraad.documents.powerpoint.selection import LETTERS, SMALL_PART, WIDEST_NAME
from pages.samraad.documents.powerpoint.shapes import decorate, describe, write
from pages.samraad.documents.sources import labelled, number_format, unit_of, value_text
from pages.samraad.model import Chart

FORMS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "lines": XL_CHART_TYPE.LINE,
}

DARK_FROM = 3
"""Fills from this class on have white numbers on them."""

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_NO_WRAP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Inner:
    """Where the bars are drawn, as parts of the chart's width and height."""

    x: float
    y: float
    width: float
    height: float


def add_chart(slide: Slide, chart: Chart, box: Box, *, alt: str, made_up: bool) -> None:
    """Draw a chart with its numbers behind it, and the line that bars are held against."""
    chart = _named(chart)
    made: Any = CategoryChartData  # untyped in python-pptx
    data = made(number_format=_format(chart))
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    frame: Any = slide.shapes.add_chart(FORMS[chart.form], *box.emu(), data)
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(workbook(chart, _format(chart)))
    describe(frame, f"Diagram: {chart.axis_title}", alt)
    drawn.font.size = Pt(LETTERS)
    drawn.font.color.rgb = ink(TEXT)
    _title(drawn, chart, box, made_up=made_up)
    if chart.form == "lines":
        _lines(drawn, chart)
        return
    inner = _inner(chart, box)
    top = _top(chart)
    _bars(drawn, chart, top)
    _layout(drawn._chartSpace.chart.plotArea, inner, target=True)
    if chart.reference and chart.form == "bars":
        _reference(slide, chart, box, inner, top)


def _format(chart: Chart) -> str:
    return number_format(unit_of(chart.axis_title), chart.decimals)


def _named(chart: Chart) -> Chart:
    """Return the chart with names that have room on one line, made-up series saying so."""
    marked = chart.marked
    series = tuple(replace(s, name=_series_name(s.name, made_up=s.made_up)) for s in chart.series)
    if chart.form == "lines":
        new = [n.name for o, n in zip(chart.series, series, strict=True) if o.name == marked]
        marked = new[0] if new else None
    elif marked is not None:
        marked = _name(marked)
    names = tuple(_name(category) for category in chart.categories)
    return replace(chart, categories=names, series=series, marked=marked)


def _name(category: str) -> str:
    return cut(one_line(category), LETTERS, (WIDEST_NAME, 0.21))


def _series_name(name: str, *, made_up: bool) -> str:
    name = one_line(name)
    known = "syntetisk" in name.casefold()
    return f"{name} (syntetisk)" if made_up and not known else name


def _title(drawn: Any, chart: Chart, box: Box, *, made_up: bool) -> None:
    """Write what the axis counts on the chart, with the label that a copy of it keeps."""
    drawn.has_title = True
    text = labelled(one_line(chart.axis_title), made_up=made_up)
    frame = drawn.chart_title.text_frame
    write(frame, [cut(text, 14, (box.width - 0.2, 0.3), bold=True)], size=14)
    run = frame.paragraphs[0].runs[0]
    run.font.bold = True
    run.font.color.rgb = ink(ACCENT if made_up else TEXT)
    drawn.chart_title.include_in_layout = False
    _layout(drawn._chartSpace.chart.find(qn("c:title")), Inner(0.0, 0.0, 0, 0))


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
    _every_label(names)
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
        _fill(series, COLOURS[number % len(COLOURS)] if many else QUIET)
    if chart.marked in chart.categories and not many:
        _fill(plot.series[0].points[chart.categories.index(chart.marked)], ACCENT)
    drawn.has_legend = many
    if many:
        _legend(drawn)
    _labels(plot, _format(chart), XL_LABEL_POSITION.OUTSIDE_END)


def _stacked(drawn: Any, chart: Chart, top: float) -> None:
    plot = drawn.plots[0]
    fills = CLASS_FILLS[::-1]  # as on the screen: the first part, the longest time, is darkest
    _labels(plot, _format(chart), XL_LABEL_POSITION.CENTER)
    for number, series in enumerate(plot.series):
        colour = fills[number % len(fills)]
        _fill(series, colour)
        labels = series.data_labels
        labels.show_value = True
        labels.position = XL_LABEL_POSITION.CENTER
        labels.number_format, labels.number_format_is_linked = _format(chart), False
        labels.font.size = Pt(LETTERS)
        dark = colour in CLASS_FILLS[DARK_FROM:]
        labels.font.color.rgb = ink(BACKGROUND if dark else TEXT)
        for place, value in enumerate(chart.series[number].values):
            if value is not None and value / top < SMALL_PART:
                _unlabelled(series.points[place])
    drawn.has_legend = True
    _legend(drawn)


def _unlabelled(point: Any) -> None:
    """Leave out the number of a part that has no room for it."""
    label = point.data_label._get_or_add_dLbl()
    for child in list(label)[1:]:
        label.remove(child)
    label.append(parse_xml(f'<c:delete xmlns:c="{_C}" val="1"/>'))


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
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = ink(LINE)
    values.format.line.fill.background()
    values.tick_labels.number_format = number_format(unit_of(chart.axis_title), 0)
    values.tick_labels.number_format_is_linked = False
    values.major_tick_mark = names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(LETTERS)
    _skip(names, max(1, -(-len(chart.categories) // 7)))
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
    drawn.has_legend = True
    _legend(drawn)
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


def _legend(drawn: Any) -> None:
    drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
    drawn.legend.include_in_layout = False
    drawn.legend.font.size = Pt(14)


def _inner(chart: Chart, box: Box) -> Inner:
    """Return the room that is left by title, names, numbers and legend."""
    widest = max((width_of(c, LETTERS) for c in chart.categories), default=0.0)
    left = (min(widest, WIDEST_NAME) + 0.2) / box.width
    over = 0.62 if chart.reference and chart.form == "bars" else 0.36
    under = 0.62 if chart.form == "stacked" or len(chart.series) > 1 else 0.05
    y = over / box.height
    return Inner(left, y, 0.985 - left, 1 - y - under / box.height)


def _top(chart: Chart) -> float:
    """Return where the axis ends: beyond the longest bar, for its number."""
    if chart.form == "stacked":
        sums = [sum(s.values[n] or 0 for s in chart.series) for n in range(len(chart.categories))]
        return max([*sums, 1e-9])
    values = [v for s in chart.series for v in s.values if v is not None]
    reference = [chart.reference[1]] if chart.reference else []
    return max([*values, *reference, 1e-9]) * 1.16


def _lowest(chart: Chart) -> float:
    return min((v for s in chart.series for v in s.values if v is not None), default=0.0)


def _reference(slide: Slide, chart: Chart, box: Box, inner: Inner, top: float) -> None:
    """Draw the line over the chart: no chart of bars can have one of its own everywhere."""
    assert chart.reference
    name, value = chart.reference
    low = min(0.0, _lowest(chart))
    x = box.x + box.width * (inner.x + inner.width * (value - low) / (top - low))
    y = box.y + box.height * inner.y
    end = y + box.height * inner.height
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Inches(x), Inches(y - 0.04), Inches(x), Inches(end)
    )
    line.line.color.rgb = ink(TEXT)
    line.line.width = Pt(1.5)
    line.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT
    decorate(line, "Referencelinje")
    text = f"{plain(name)}: {value_text(value, unit_of(chart.axis_title), chart.decimals)}"
    text = cut(text.replace(" ", _NO_WRAP), LETTERS, (4.0, 0.25))
    wide = width_of(text, LETTERS) + 0.15
    left = min(max(box.x, x - wide / 2), box.x + box.width - wide)
    words = slide.shapes.add_textbox(Inches(left), Inches(y - 0.28), Inches(wide), Inches(0.24))
    frame = words.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = False
    write(frame, [text], size=LETTERS)
    words.name = "Referencens navn"


def _every_label(axis: Any) -> None:
    """Have every bar named, also where a program would leave some out."""
    _skip(axis, 1)


def _skip(axis: Any, every: int) -> None:
    element = axis._element
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        for old in element.findall(qn(name)):
            element.remove(old)
    after = element.find(qn("c:noMultiLvlLbl"))
    for name in ("tickLblSkip", "tickMarkSkip"):
        new = parse_xml(f'<c:{name} xmlns:c="{_C}" val="{every}"/>')
        if after is None:
            element.append(new)
        else:
            after.addprevious(new)


def _layout(parent: Any, inner: Inner, *, target: bool = False) -> None:
    """Place a part of the chart by hand; only the plot has a size."""
    for old in parent.findall(qn("c:layout")):
        parent.remove(old)
    kind = '<c:layoutTarget val="inner"/>' if target else ""
    size = f'<c:w val="{inner.width:.5f}"/><c:h val="{inner.height:.5f}"/>' if target else ""
    layout = parse_xml(
        f'<c:layout xmlns:c="{_C}"><c:manualLayout>{kind}<c:xMode val="edge"/><c:yMode '
        f'val="edge"/><c:x val="{inner.x:.5f}"/><c:y val="{inner.y:.5f}"/>{size}'
        "</c:manualLayout></c:layout>"
    )
    before = parent.find(qn("c:tx"))
    if before is None:
        parent.insert(0, layout)
    else:
        before.addnext(layout)


def _fill(part: Any, colour: str) -> None:
    part.format.fill.solid()
    part.format.fill.fore_color.rgb = ink(colour)
