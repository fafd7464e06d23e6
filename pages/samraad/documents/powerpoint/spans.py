"""Bars that say how sure they are: a line from the interval's one end to its other on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from pages.figures.palette import BACKGROUND, TEXT
from pages.samraad.documents.powerpoint.chart_data import SHEET, span_numbers
from pages.samraad.documents.powerpoint.chart_parts import grid, part
from pages.samraad.documents.powerpoint.design import ACCENT, MUTED, ink
from pages.samraad.model import Chart, Series

DOWN, UP = 4, 5
"""The columns of the workbook behind the chart that say how far the lines go."""


def highest(chart: Chart) -> float:
    """Return where the axis ends: beyond the highest end of an interval, as on the screen."""
    ends = [span.high for series in chart.series for span in series.spans if span]
    ends += [value for series in chart.series for value in series.values if value is not None]
    ends += [chart.reference[1]] if chart.reference else []
    return max([*ends, 1e-9]) * 1.03


def draw_spans(drawn: Any, chart: Chart, series: Series) -> None:
    """Draw the intervals of the chart's one series, and an axis to read them by.

    Bars of areas that cannot be told from the country are hollow.
    """
    plot = drawn.plots[0]
    bars = plot.series[0]
    for place, (value, span) in enumerate(zip(series.values, series.spans, strict=True)):
        if value is not None and span and not span.apart:
            bar = bars.points[place]
            own = chart.categories[place] == chart.marked
            bar.format.fill.solid()
            bar.format.fill.fore_color.rgb = ink(BACKGROUND)
            bar.format.line.color.rgb = ink(ACCENT if own else MUTED)
            bar.format.line.width = Pt(2 if own else 1)
    pairs = list(zip(series.values, series.spans, strict=True))
    lines = [span_numbers(value, span)[2:] for value, span in pairs]
    known = [value is not None and span is not None for value, span in pairs]
    bars._element.find(qn("c:cat")).addprevious(_error_bars(lines, known))
    axis = drawn.value_axis
    axis.visible = True
    grid(axis, chart)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # beneath: the names run downwards


def _error_bars(lines: Sequence[tuple[float, ...]], known: Sequence[bool]) -> Any:
    def numbers(column: int, side: int) -> str:
        letter = "ABCDEF"[column]
        points = "".join(
            f'<c:pt idx="{n}"><c:v>{line[side]!r}</c:v></c:pt>'
            for n, line in enumerate(lines)
            if known[n]
        )
        return (
            f"<c:numRef><c:f>{SHEET}!${letter}$2:${letter}${len(lines) + 1}</c:f><c:numCache>"
            f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(lines)}"/>{points}'
            "</c:numCache></c:numRef>"
        )

    colour = TEXT.removeprefix("#").upper()
    return part(
        '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{numbers(UP, 1)}</c:plus><c:minus>{numbers(DOWN, 0)}</c:minus><c:spPr>"
        f'<a:ln w="15875"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'
        "</c:errBars>"
    )
