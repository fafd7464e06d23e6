"""A funnel that can be edited: each area a point, within the limits that chance alone reaches."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from pages.figures.palette import TEXT
from pages.samraad.documents.powerpoint.chart_data import SHEET, workbook_of_points
from pages.samraad.documents.powerpoint.chart_parts import (
    Inner,
    axis_title,
    begin,
    format_of,
    grid,
    layout,
    legend,
    part,
    title,
)
from pages.samraad.documents.powerpoint.design import ACCENT, MUTED, QUIET, Box, ink
from pages.samraad.documents.powerpoint.point_rows import Run, point_rows
from pages.samraad.documents.powerpoint.selection import LETTERS
from pages.samraad.model import Chart

MARKS = {
    "over": XL_MARKER_STYLE.TRIANGLE,
    "under": XL_MARKER_STYLE.SQUARE,
    "alike": XL_MARKER_STYLE.CIRCLE,
}
"""The verdict is the shape, as on the screen, so that it needs no colour."""

DOUBLED = 2
"""Each mark on the axis of people is twice the one before it."""

FAINT = "#d5d7d9"
"""Points outside the reader's filter."""

LEFT, OVER, UNDER = 0.75, 0.4, 1.15
"""Inches that are left to the axes, the title and the legend."""


def add_points(slide: Slide, chart: Chart, box: Box, *, alt: str, made_up: bool) -> None:
    """Draw a chart of points with its numbers behind it; limits and country are lines of its own.

    The reader's own area has the accent colour and its name.
    """
    assert chart.points
    rows = point_rows(chart, chart.points, made_up=made_up)
    look = format_of(chart)
    made: Any = XyChartData  # untyped in python-pptx
    data = made(number_format=look)
    for run in rows.runs:
        series = data.add_series(run.text)
        for x, y in zip(run.xs, run.ys, strict=True):
            series.add_data_point(x, y)
    drawn = begin(slide, chart, box, kind=XL_CHART_TYPE.XY_SCATTER, data=data, alt=alt)
    drawn.part.chart_workbook.update_from_xlsx_blob(workbook_of_points(rows, look))
    title(drawn, chart, box, made_up=made_up)
    for series, run in zip(drawn.plots[0].series, rows.runs, strict=True):
        _refer(series._element, run)
        _draw(series, run, rows.across)
    across, shares = drawn.category_axis, drawn.value_axis
    grid(shares, chart)
    shares.minimum_scale, shares.maximum_scale = 0.0, rows.top
    across.minimum_scale, across.maximum_scale = rows.across
    across.has_major_gridlines = False
    across.format.line.color.rgb = ink(MUTED)
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = "#,##0", False
    across.major_tick_mark = XL_TICK_MARK.OUTSIDE
    shares.major_tick_mark = XL_TICK_MARK.NONE
    across._element.find(qn("c:scaling")).insert(0, part(f'<c:logBase val="{DOUBLED}"/>'))
    axis_title(across, chart.points.title, box.width - LEFT)
    legend(drawn, LETTERS)
    for number in reversed([n for n, run in enumerate(rows.runs) if not run.listed]):
        _unlisted(drawn.legend._element, number)
    drawn._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "gap")
    inner = Inner(
        LEFT / box.width,
        OVER / box.height,
        0.985 - LEFT / box.width,
        1 - (OVER + UNDER) / box.height,
    )
    layout(drawn._chartSpace.chart.plotArea, inner, target=True)


def _refer(series: Any, run: Run) -> None:
    """Have a series refer to where its numbers stand in the workbook behind the chart."""
    named = f"{SHEET}!{xl_rowcol_to_cell(*run.name, row_abs=True, col_abs=True)}"
    series.find(f"{qn('c:tx')}//{qn('c:f')}").text = named
    for name, column in (("c:xVal", run.x), ("c:yVal", run.y)):
        where = f"{SHEET}!{xl_range_abs(run.first, column, run.last, column)}"
        series.find(f"{qn(name)}//{qn('c:f')}").text = where


def _draw(series: Any, run: Run, ends: tuple[float, float]) -> None:
    if run.kind in ("limit", "country"):
        series.marker.style = XL_MARKER_STYLE.NONE
        line = series.format.line
        line.color.rgb = ink(TEXT)
        line.width = Pt(1.5 if run.kind == "country" else 1)
        if run.group == "inner":
            line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT
        return
    own = run.kind == "own"
    marker = series.marker
    marker.style, marker.size = MARKS[run.group], 13 if own else 7
    plain = QUIET if run.group == "alike" else MUTED
    fill = ACCENT if own else FAINT if run.faint else plain
    _ink(marker, fill, FAINT if run.faint else TEXT)
    if own:
        left = run.xs[0] ** 2 > ends[0] * ends[1]
        series._element.find(qn("c:xVal")).addprevious(_name("l" if left else "r"))


def _unlisted(legend: Any, number: int) -> None:
    entry = part(f'<c:legendEntry><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>')
    legend.find(qn("c:legendPos")).addnext(entry)


def _ink(marker: Any, colour: str, edge: str) -> None:
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = ink(colour)
    marker.format.line.color.rgb = ink(edge)
    marker.format.line.width = Pt(0.75)


def _name(side: str) -> Any:
    """Return the label of a series of one point: its name, beside the point."""
    accent = ACCENT.removeprefix("#")
    return part(
        '<c:dLbls><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr><c:txPr>'
        f'<a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{LETTERS * 100}" b="1"><a:solidFill>'
        f'<a:srgbClr val="{accent}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="da-DK"/>'
        f'</a:p></c:txPr><c:dLblPos val="{side}"/><c:showLegendKey val="0"/><c:showVal val="0"/>'
        '<c:showCatName val="0"/><c:showSerName val="1"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
    )
