"""How shares are spread over areas: a histogram with the country and the selected area."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from pages.figures.bars import BADGE_HEIGHT, TITLE_WIDTH, Ink, badge_on, common_layout

HEIGHT = 300
STEPS = (1, 2, 5, 10)
MOST_BINS = 16


def bins(shares: Sequence[float]) -> tuple[list[float], list[int]]:
    """Return the lower limits of bins of 1, 2, 5 or 10 pct.points, and how many lie in each.

    100 pct. lies in the last bin: 95–100 holds it.
    """
    if not shares:
        return [], []
    step = next((s for s in STEPS if (max(shares) - min(shares)) / s <= MOST_BINS), STEPS[-1])
    first = floor(min(shares) / step)
    last = max(first + 1, min(ceil((max(shares) + 1e-9) / step), ceil(100 / step)))
    counts = [0] * (last - first)
    for share in shares:
        counts[min(floor(share / step), last - 1) - first] += 1
    return [float(step * n) for n in range(first, last)], counts


def histogram(
    shares: Sequence[float],
    *,
    national: float,
    national_label: str,
    chosen: tuple[str, float] | None,
    axis_title: str,
    count_title: str,
    badge: str | None,
    ink: Ink,
) -> go.Figure:
    """Return the histogram; `chosen` is the selected area's name and share."""
    starts, counts = bins(shares)
    step = starts[1] - starts[0] if len(starts) > 1 else 1.0
    layout = _layout(axis_title, count_title, ink)
    marks = [(national, national_label, "dot", 0)]
    if chosen is not None:
        marks.append((chosen[1], f"<b>{chosen[0]}</b>", "solid", 18))
    layout["shapes"] = [_line(at, dash, ink) for at, _, dash, _ in marks]
    layout["annotations"] = [
        *badge_on(badge, ink, above=44),
        *(_label(at, text, up, ink, starts) for at, text, _, up in marks),
    ]
    bar = {
        "type": "bar",
        "x": [start + step / 2 for start in starts],
        "y": counts,
        "width": step,
        "text": [str(count) if count else "" for count in counts],
        "textposition": "outside",
        "hovertext": [
            f"{start:g} til {start + step:g} pct.: {count}"
            for start, count in zip(starts, counts, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {"color": ink.second, "line": {"color": ink.background, "width": 1}},
        "cliponaxis": False,
    }
    return go.Figure({"data": [bar], "layout": layout})


def _line(at: float, dash: str, ink: Ink) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": ink.text, "width": 2, "dash": dash},
    }


def _label(at: float, text: str, up: int, ink: Ink, starts: Sequence[float]) -> dict[str, Any]:
    right = bool(starts) and at > (starts[0] + starts[-1]) / 2
    return {
        "x": at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": up,
        "xanchor": "right" if right else "left",
        "text": text,
        "showarrow": False,
        "font": {"size": 13, "color": ink.text},
    }


def _layout(axis_title: str, count_title: str, ink: Ink) -> dict[str, Any]:
    axis = {"fixedrange": True, "zeroline": False, "automargin": True}
    return {
        **common_layout(ink),
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 48 + BADGE_HEIGHT, "b": 8},
        "showlegend": False,
        "xaxis": {**axis, "title": {"text": axis_title, "standoff": 6}, "showgrid": False},
        "yaxis": {
            **axis,
            "title": {"text": "<br>".join(wrap(count_title, TITLE_WIDTH)), "standoff": 6},
            "rangemode": "tozero",
            "gridcolor": "rgba(128,128,128,0.25)",
        },
    }
