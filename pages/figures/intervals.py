"""Caterpillar plot: each area's share with the interval it can have by chance, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from pages.figures.bars import (
    BADGE_HEIGHT,
    TITLE_WIDTH,
    TOOLBAR_HEIGHT,
    Ink,
    badge_on,
    common_layout,
)

ROW_HEIGHT = 17
MARGIN = {"l": 8, "r": 12, "t": 30, "b": 50}


@dataclass(frozen=True)
class Span:
    """One area's share and interval in pct.; `apart` where it can be told from the country."""

    area_id: str
    name: str
    share: float
    low: float
    high: float
    apart: bool
    hover: str


def interval_plot(
    spans: Sequence[Span],
    *,
    national: float,
    national_label: str,
    axis_title: str,
    selected: str | None,
    badge: str | None,
    ink: Ink,
) -> go.Figure:
    """Return the spans in the given order, the first on top; `customdata` holds the area id.

    Filled marks stand apart from the country, hollow ones do not.
    """
    names = [f"<b>{s.name}</b>" if s.area_id == selected else s.name for s in spans]
    top = MARGIN["t"] + (BADGE_HEIGHT + TOOLBAR_HEIGHT if badge else 0)
    right = min(max([national, *(span.high for span in spans)]) * 1.03, 102)
    layout = _layout(right, axis_title, ink)
    layout["margin"] = MARGIN | {"t": top}
    layout["yaxis"]["range"] = [len(spans) - 0.5, -0.5]  # left to itself it pads a row or two
    layout["height"] = ROW_HEIGHT * len(spans) + top + MARGIN["b"]
    line = {"color": ink.text, "width": 1.5, "dash": "dot"}
    across = {"x0": national, "x1": national, "y0": 0, "y1": 1, "yref": "paper"}
    layout["shapes"] = [{"type": "line", "layer": "below", "line": line, **across}]
    layout["annotations"] = [
        {
            "x": national,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "xanchor": "left" if national < right / 2 else "right",
            "text": national_label,
            "showarrow": False,
            "font": {"size": 13, "color": ink.text},
        },
        *badge_on(badge, ink, above=24),
    ]
    return go.Figure({"data": [_trace(spans, names, selected, ink)], "layout": layout})


def _trace(
    spans: Sequence[Span], names: list[str], selected: str | None, ink: Ink
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(span.share, 2) for span in spans],
        "y": names,
        "customdata": [span.area_id for span in spans],
        "hovertext": [span.hover for span in spans],
        "hoverinfo": "y+text",
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [round(span.high - span.share, 2) for span in spans],
            "arrayminus": [round(span.share - span.low, 2) for span in spans],
            "color": ink.text,
            "thickness": 1.2,
            "width": 0,
        },
        "marker": {
            "symbol": ["circle" if span.apart else "circle-open" for span in spans],
            "opacity": 1,
            "size": [12 if span.area_id == selected else 7 for span in spans],
            "color": [ink.accent if span.apart else ink.text for span in spans],
            "line": {"color": ink.text, "width": 1},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _layout(right: float, axis_title: str, ink: Ink) -> dict[str, Any]:
    return {
        **common_layout(ink),
        "showlegend": False,
        "clickmode": "event+select",
        "xaxis": {
            "title": {"text": "<br>".join(wrap(axis_title, TITLE_WIDTH)), "standoff": 6},
            "range": [0, right],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": True,
            "gridcolor": "rgba(128,128,128,0.25)",
        },
        "yaxis": {
            "fixedrange": True,
            "automargin": True,
            "dtick": 1,
            "ticks": "",
            "showgrid": False,
        },
    }
