"""A histogram that can be edited: how many areas have their share in each of some equal bins."""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_MARK
from pptx.slide import Slide
from pptx.util import Pt

from pages.figures.palette import BACKGROUND
from pages.samraad.documents.powerpoint.chart_parts import (
    Inner,
    axis_title,
    fill,
    layout,
    line_over,
    skip,
)
from pages.samraad.documents.powerpoint.design import MUTED, QUIET, Box, ink
from pages.samraad.documents.powerpoint.fitting import width_of
from pages.samraad.documents.powerpoint.selection import LETTERS
from pages.samraad.documents.sources import unit_of
from pages.samraad.model import COUNTRY, Bins, Chart

NOT_ZERO = "#,##0;;"
"""Counts as they stand on the columns: an empty bin has none."""

HEADROOM = 1.2
NUMBER = 0.27
"""Inches that the number on top of a column takes."""

OVER, UNDER = 0.95, 0.6
"""Inches that are left to the title and the names of the lines, and to the axis."""


def draw_columns(slide: Slide, drawn: Any, chart: Chart, bins: Bins, box: Box) -> None:
    """Draw the columns, and over them the lines of the country and of the reader's own area."""
    plot = drawn.plots[0]
    plot.gap_width = 3
    fill(plot.series[0], QUIET)
    plot.series[0].format.line.color.rgb = ink(BACKGROUND)
    drawn.has_legend = False
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = NOT_ZERO, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(LETTERS)
    names, counts = drawn.category_axis, drawn.value_axis
    highest = max((value for value in chart.series[0].values if value is not None), default=1.0)
    counts.minimum_scale, counts.maximum_scale = 0.0, max(1.0, highest) * HEADROOM
    counts.visible = False
    counts.has_major_gridlines = False
    names.has_major_gridlines = False
    names.format.line.color.rgb = ink(MUTED)
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_labels.font.size = Pt(LETTERS)
    axis_title(names, bins.title, box.width)
    inner = Inner(0.02, OVER / box.height, 0.96, 1 - (OVER + UNDER) / box.height)
    room = box.width * inner.width / max(1, len(chart.categories))
    widest = max((width_of(name, LETTERS) for name in chart.categories), default=0.0)
    skip(names, 1 if widest < room else 2)
    layout(drawn._chartSpace.chart.plotArea, inner, target=True)
    left, across = box.x + box.width * inner.x, box.width * inner.width
    top, high = box.y + box.height * inner.y, box.height * inner.height
    for mark in bins.marks:
        place = (mark[1] - bins.first) / bins.step
        column = min(int(place), len(chart.categories) - 1)
        count = chart.series[0].values[column] or 0.0
        end = top + high
        if count and abs(place - column - 0.5) * across < NUMBER / 2 * len(chart.categories):
            end -= high * count / (max(1.0, highest) * HEADROOM) + NUMBER  # not over the number
        line_over(
            slide,
            mark,
            (left + across * place / len(chart.categories), top, end),
            (box.x, box.x + box.width),
            decimals=bins.decimals,
            unit=unit_of(bins.title),
            own=mark[0] != COUNTRY,
        )
