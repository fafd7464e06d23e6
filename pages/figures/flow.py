"""A path in steps: what is part of what as bands that narrow, and what stands beside as hollow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from pages.figures.bars import BADGE_HEIGHT, TOOLBAR_HEIGHT, Ink, badge_on, common_layout

ROW_HEIGHT = 64
HALF = 0.3
"""Half a bar's height; a row is 1."""
ABOVE = 0.5
WIDEST = 55
NAME_WIDTH = 18
BAND = "rgba(128,128,128,0.28)"
MARGIN = {"l": 8, "r": 8, "t": 12, "b": 40}


@dataclass(frozen=True)
class Step:
    """One step: its share of the first in pct. (None where it is hidden), and its words.

    `beside` is a stock that overlaps the others: it is no part of the path, and no band leads to
    or from it.
    """

    name: str
    share: float | None
    label: str
    beside: bool = False


def flow(steps: Sequence[Step], *, axis_title: str, badge: str | None, ink: Ink) -> go.Figure:
    """Return the steps from the top down; a band joins each part to what it is a part of."""
    top = MARGIN["t"] + (BADGE_HEIGHT + TOOLBAR_HEIGHT if badge else TOOLBAR_HEIGHT)
    layout = _layout(steps, axis_title, ink)
    layout["margin"] = MARGIN | {"t": top}
    layout["height"] = ROW_HEIGHT * len(steps) + top + MARGIN["b"]
    layout["annotations"] = badge_on(badge, ink)
    path = [n for n, step in enumerate(steps) if not step.beside]
    known = [n for n in path if steps[n].share is not None]
    layout["shapes"] = [
        _band(steps, upper, lower)
        for upper, lower in pairwise(path)
        if upper in known and lower in known
    ]
    traces = [_bars(steps, ink), _labels(steps)]
    return go.Figure({"data": traces, "layout": layout})


def _band(steps: Sequence[Step], upper: int, lower: int) -> dict[str, Any]:
    """Return the band from the end of one bar to the beginning of the next part's bar."""
    wide, narrow = steps[upper].share or 0.0, steps[lower].share or 0.0
    y0, y1 = upper + HALF, lower - HALF
    corners = f"M 0 {y0} L {wide} {y0} L {narrow} {y1} L 0 {y1} Z"
    return {
        "type": "path",
        "path": corners,
        "fillcolor": BAND,
        "line": {"width": 0},
        "layer": "below",
    }


def _bars(steps: Sequence[Step], ink: Ink) -> dict[str, Any]:
    drawn = [(n, step) for n, step in enumerate(steps) if step.share is not None]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [n for n, _ in drawn],
        "x": [step.share for _, step in drawn],
        "width": 2 * HALF,
        "hovertext": [f"{step.name}: {step.label}" for _, step in drawn],
        "hoverinfo": "text",
        "marker": {
            "color": [ink.background if step.beside else ink.second for _, step in drawn],
            "line": {"color": ink.text, "width": [2 if s.beside else 0.5 for _, s in drawn]},
            "pattern": {
                "shape": ["." if step.beside else "" for _, step in drawn],
                "fgcolor": ink.text,
                "bgcolor": ink.background,
                "size": 7,
                "fillmode": "overlay",
            },
        },
    }


def _labels(steps: Sequence[Step]) -> dict[str, Any]:
    """Return what stands beside each bar, or above one that leaves no room beside it."""
    return {
        "type": "scatter",
        "mode": "text",
        "y": [n - ABOVE if wide(step) else n for n, step in enumerate(steps)],
        "x": [0 if wide(step) else step.share or 0 for step in steps],
        "text": [f" {step.label}" for step in steps],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def wide(step: Step) -> bool:
    """Whether a bar is so long that its label would leave the figure."""
    return (step.share or 0) > WIDEST


def _layout(steps: Sequence[Step], axis_title: str, ink: Ink) -> dict[str, Any]:
    return {
        **common_layout(ink),
        "showlegend": False,
        "xaxis": {
            "title": {"text": axis_title, "standoff": 6},
            "range": [0, 100.5],
            "tickvals": [0, 25, 50, 75, 100],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
        },
        "yaxis": {
            "tickvals": list(range(len(steps))),
            "ticktext": ["<br>".join(wrap(step.name, NAME_WIDTH)) for step in steps],
            "range": [len(steps) - 0.5, -0.75],
            "fixedrange": True,
            "automargin": True,
            "zeroline": False,
            "showgrid": False,
            "ticks": "",
        },
    }
