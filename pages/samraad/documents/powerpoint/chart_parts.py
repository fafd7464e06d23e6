"""What all charts of the slides have: title, legend, places laid by hand, and lines drawn over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from pages.figures.palette import TEXT
from pages.samraad.documents.packing import one_line, plain
from pages.samraad.documents.powerpoint.design import ACCENT, LINE, Box, ink
from pages.samraad.documents.powerpoint.fitting import cut, width_of
from pages.samraad.documents.powerpoint.selection import LETTERS
from pages.samraad.documents.powerpoint.shapes import decorate, describe, write
from pages.samraad.documents.sources import labelled, number_format, unit_of, value_text
from pages.samraad.model import Chart

CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
REFERENCE_LINE = "Referencelinje"
_NO_WRAP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Inner:
    """Where the bars are drawn, as parts of the chart's width and height."""

    x: float
    y: float
    width: float
    height: float


def format_of(chart: Chart) -> str:
    """Return how a chart's values are written."""
    return number_format(unit_of(chart.axis_title), chart.decimals)


def begin(slide: Slide, chart: Chart, box: Box, *, kind: Any, data: Any, alt: str) -> Any:
    """Add a chart of python-pptx's data to a slide, named and described, and return it."""
    frame: Any = slide.shapes.add_chart(kind, *box.emu(), data)
    describe(frame, f"Diagram: {chart.axis_title}", alt)
    drawn = frame.chart
    drawn.font.size = Pt(LETTERS)
    drawn.font.color.rgb = ink(TEXT)
    return drawn


def title(drawn: Any, chart: Chart, box: Box, *, made_up: bool) -> None:
    """Write what the axis counts on the chart, with the label that a copy of it keeps."""
    drawn.has_title = True
    text = labelled(one_line(chart.axis_title), made_up=made_up)
    frame = drawn.chart_title.text_frame
    write(frame, [cut(text, 14, (box.width - 0.2, 0.3), bold=True)], size=14)
    run = frame.paragraphs[0].runs[0]
    run.font.bold = True
    run.font.color.rgb = ink(ACCENT if made_up else TEXT)
    drawn.chart_title.include_in_layout = False
    layout(drawn._chartSpace.chart.find(qn("c:title")), Inner(0.0, 0.0, 0, 0))


def axis_title(axis: Any, text: str, room: float) -> None:
    """Write what an axis counts beside it, on one line of `room` inches."""
    axis.has_title = True
    frame = axis.axis_title.text_frame
    write(frame, [cut(one_line(text), LETTERS, (room, 0.25))], size=LETTERS)
    frame.paragraphs[0].runs[0].font.bold = False


def grid(axis: Any, chart: Chart) -> None:
    """Have an axis of values seen, with thin lines across the chart."""
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = ink(LINE)
    axis.format.line.fill.background()
    axis.tick_labels.number_format = number_format(unit_of(chart.axis_title), 0)
    axis.tick_labels.number_format_is_linked = False


def legend(drawn: Any, size: int = 14) -> None:
    """Write the names of the series beneath."""
    drawn.has_legend = True
    drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
    drawn.legend.include_in_layout = False
    drawn.legend.font.size = Pt(size)


def line_over(
    slide: Slide,
    mark: tuple[str, float],
    at: tuple[float, float, float],
    sides: tuple[float, float],
    *,
    decimals: int,
    unit: str,
    own: bool = False,
) -> None:
    """Draw a line over a chart, its name and value on top: not all charts can have one of theirs.

    `at` is the line's x, its upper and its lower end in inches, `sides` those of the chart.
    """
    x, y, end = at
    up = 0.5 if own else 0.28
    first, last = Inches(y - up + 0.24), Inches(end)
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(x), first, Inches(x), last)
    line.line.color.rgb = ink(ACCENT if own else TEXT)
    line.line.width = Pt(2.25 if own else 1.5)
    if not own:
        line.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT
    decorate(line, REFERENCE_LINE)
    text = f"{plain(mark[0])}: {value_text(mark[1], unit, decimals)}"
    text = cut(text.replace(" ", _NO_WRAP), LETTERS, (4.0, 0.25))
    wide = width_of(text, LETTERS, bold=own) + 0.15
    left = min(max(sides[0], x - wide / 2), sides[1] - wide)
    words = slide.shapes.add_textbox(Inches(left), Inches(y - up), Inches(wide), Inches(0.24))
    frame = words.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = False
    write(frame, [text], size=LETTERS)
    if own:
        frame.paragraphs[0].runs[0].font.bold = True
        frame.paragraphs[0].runs[0].font.color.rgb = ink(ACCENT)
    words.name = "Referencens navn"


def every_label(axis: Any) -> None:
    """Have every bar named, also where a program would leave some out."""
    skip(axis, 1)


def skip(axis: Any, every: int) -> None:
    """Have every second, third, … category named."""
    element = axis._element
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        for old in element.findall(qn(name)):
            element.remove(old)
    after = element.find(qn("c:noMultiLvlLbl"))
    for name in ("tickLblSkip", "tickMarkSkip"):
        new = part(f'<c:{name} val="{every}"/>')
        if after is None:
            element.append(new)
        else:
            after.addprevious(new)


def layout(parent: Any, inner: Inner, *, target: bool = False) -> None:
    """Place a part of the chart by hand; only the plot has a size."""
    for old in parent.findall(qn("c:layout")):
        parent.remove(old)
    kind = '<c:layoutTarget val="inner"/>' if target else ""
    size = f'<c:w val="{inner.width:.5f}"/><c:h val="{inner.height:.5f}"/>' if target else ""
    made = part(
        f'<c:layout><c:manualLayout>{kind}<c:xMode val="edge"/><c:yMode '
        f'val="edge"/><c:x val="{inner.x:.5f}"/><c:y val="{inner.y:.5f}"/>{size}'
        "</c:manualLayout></c:layout>"
    )
    before = parent.find(qn("c:tx"))
    if before is None:
        parent.insert(0, made)
    else:
        before.addnext(made)


def part(xml: str) -> etree._Element:
    """Return a part of a chart's file written out, its names from the chart's own space."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    head, mark, rest = xml.partition(">")
    closed = "/" if head.endswith("/") else ""
    head = head.removesuffix("/")
    spaces = f' xmlns:c="{CHART_SPACE}" xmlns:a="{drawing}"'
    return parse_xml(f"{head}{spaces}{closed}{mark}{rest}")


def fill(shape: Any, colour: str) -> None:
    """Fill a part of the chart with a colour of the palette."""
    shape.format.fill.solid()
    shape.format.fill.fore_color.rgb = ink(colour)
