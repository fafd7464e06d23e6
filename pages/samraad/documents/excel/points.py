"""A chart of points beside the numbers that it draws: areas, limits and the country."""

from __future__ import annotations

from typing import Any

from pages.figures.palette import TEXT, TONES
from pages.samraad.documents.excel.block import Block
from pages.samraad.documents.excel.looks import ACCENT
from pages.samraad.documents.excel.names import cell_text
from pages.samraad.documents.powerpoint.design import MUTED, QUIET
from pages.samraad.documents.powerpoint.point_rows import Run, point_rows
from pages.samraad.documents.powerpoint.scatter import DOUBLED, FAINT
from pages.samraad.documents.sources import number_format, unit_of
from pages.samraad.model import Chart, Points

MARKS = {"over": "triangle", "under": "square", "alike": "circle"}
HEIGHT = 500


def draw_points(block: Block, chart: Chart, points: Points, *, made_up: bool) -> tuple[Any, int]:
    """Write the numbers under the head of `block`; return the chart of them and its height."""
    rows = point_rows(chart, points, made_up=made_up)
    sheet, looks, top, left = block.sheet, block.looks, block.top + 1, block.left
    unit = unit_of(chart.axis_title)
    formats = {
        "people": looks.number("#,##0"),
        "share": looks.number(number_format(unit, chart.decimals)),
    }
    for row, column, text in rows.texts:
        look = looks.head if row == 0 else looks.word()
        sheet.write_string(top + row, left + column, cell_text(text), look)
    for row, column, value, kind in rows.numbers:
        sheet.write_number(top + row, left + column, value, formats[kind])
    sheet.set_column(left, left, 28)
    sheet.set_column(left + 1, left + rows.columns - 1, 14)
    drawn = block.book.add_chart({"type": "scatter", "subtype": "straight"})
    name = sheet.get_name()
    for run in rows.runs:
        first, last = top + run.first, top + run.last
        drawn.add_series(
            {
                "name": [name, top + run.name[0], left + run.name[1]],
                "categories": [name, first, left + run.x, last, left + run.x],
                "values": [name, first, left + run.y, last, left + run.y],
                **_ink(run, rows.across),
            }
        )
    unlisted = [number for number, run in enumerate(rows.runs) if not run.listed]
    drawn.set_legend({"position": "bottom", "delete_series": unlisted})
    drawn.set_x_axis(
        {
            "name": points.title,
            "name_font": {"bold": False},
            "min": rows.across[0],
            "max": rows.across[1],
            "log_base": DOUBLED,
            "num_format": "#,##0",
            "major_gridlines": {"visible": False},
        }
    )
    drawn.set_y_axis(
        {
            "min": 0,
            "max": rows.top,
            "num_format": number_format(unit, 0),
            "major_gridlines": {"visible": True, "line": {"color": TONES["ground"].hex()}},
            "line": {"none": True},
        }
    )
    return drawn, HEIGHT


def _ink(run: Run, ends: tuple[float, float]) -> dict[str, Any]:
    if run.kind in ("limit", "country"):
        dashed = run.group == "inner"
        line = {
            "color": TEXT,
            "width": 1.5 if run.kind == "country" else 1,
            "dash_type": "square_dot" if dashed else "solid",
        }
        return {"line": line, "marker": {"type": "none"}}
    own = run.kind == "own"
    plain = QUIET if run.group == "alike" else MUTED
    marker = {
        "type": MARKS[run.group],
        "size": 13 if own else 7,
        "fill": {"color": ACCENT if own else FAINT if run.faint else plain},
        "border": {"color": FAINT if run.faint else TEXT, "width": 0.75},
    }
    look: dict[str, Any] = {"line": {"none": True}, "marker": marker}
    if own:
        left = run.xs[0] ** 2 > ends[0] * ends[1]
        look["data_labels"] = {
            "series_name": True,
            "position": "left" if left else "right",
            "font": {"bold": True, "color": ACCENT, "size": 10},
        }
    return look
