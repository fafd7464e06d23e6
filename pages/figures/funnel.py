"""Funnel plot: shares against people, with the limits that chance alone reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.figures.bars import BADGE_HEIGHT, TITLE_WIDTH, Ink, badge_on, common_layout

HEIGHT = 460
HEADROOM = 1.08
MARKS = {
    "over": ("triangle-up", "over landet"),
    "under": ("triangle-down", "under landet"),
    "alike": ("circle-open", "ikke til at skelne"),
}
TICKS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
LIMITS = {"95": "dot", "998": "solid"}


@dataclass(frozen=True)
class Point:
    """One area: the people and share (pct.) drawn, and its verdict ('over', 'under', 'alike').

    `inside` is False for an area outside the reader's filter, which is drawn faintly.
    """

    area_id: str
    name: str
    people: float
    share: float
    verdict: str
    hover: str
    inside: bool = True


def funnel_plot(
    points: Sequence[Point],
    limits: pl.DataFrame,
    *,
    national: float,
    national_label: str,
    axis_title: str,
    selected: str | None,
    badge: str | None,
    ink: Ink,
) -> go.Figure:
    """Return the points within `limits` (of `statistics.funnel`) around the country's share.

    People go by a logarithmic scale, as most areas are small beside the largest. The verdict is
    the shape of the mark, so that it needs no colour; `customdata` holds the area id.
    """
    people = [point.people for point in points] or [1.0]
    left, right = min(people) / 1.15, max(people) * 1.2
    top = max([national, *(point.share for point in points)]) * HEADROOM
    chosen = [point for point in points if point.area_id == selected]
    layout = _layout((left, right), top, axis_title, ink)
    layout["shapes"] = [_national_line(national, ink)]
    layout["annotations"] = [
        *badge_on(badge, ink),
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "right",
            "y": national,
            "yanchor": "bottom",
            "text": national_label,
            "showarrow": False,
            "bgcolor": ink.background,
            "font": {"size": 13, "color": ink.text},
        },
        *(_name(point, (left * right) ** 0.5, ink) for point in chosen),
    ]
    traces = [*_limits(limits, ink)]
    traces += [_marks(points, verdict, selected, ink) for verdict in MARKS]
    return go.Figure({"data": traces, "layout": layout})


def _limits(limits: pl.DataFrame, ink: Ink) -> list[dict[str, Any]]:
    """Return both sides of each limit as one line, parted by a gap."""
    people = limits["denominator"].to_list()
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": f"{'99,8' if name == '998' else '95'} pct. grænse",
            "x": [*people, None, *people],
            "y": [*_side(limits, f"high_{name}"), None, *_side(limits, f"low_{name}")],
            "line": {"color": ink.text, "width": 1.2, "dash": dash},
            "hoverinfo": "skip",
        }
        for name, dash in LIMITS.items()
    ]


def _side(limits: pl.DataFrame, column: str) -> list[float]:
    return [round(value, 2) for value in limits[column].to_list()]


def _marks(points: Sequence[Point], verdict: str, selected: str | None, ink: Ink) -> dict[str, Any]:
    symbol, label = MARKS[verdict]
    drawn = [point for point in points if point.verdict == verdict]
    outlined = verdict != "alike"
    return {
        "type": "scatter",
        "mode": "markers",
        "name": label,
        "x": [point.people for point in drawn],
        "y": [round(point.share, 3) for point in drawn],
        "customdata": [point.area_id for point in drawn],
        "hovertext": [f"{point.name}: {point.hover}" for point in drawn],
        "hoverinfo": "text",
        "marker": {
            "symbol": symbol,
            "size": [15 if point.area_id == selected else 9 for point in drawn],
            "color": ink.accent if outlined else ink.text,
            "opacity": [1 if point.inside else 0.25 for point in drawn],
            "line": {
                "color": ink.text,
                "width": [2.5 if p.area_id == selected else 1.0 for p in drawn],
            },
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _name(point: Point, middle: float, ink: Ink) -> dict[str, Any]:
    return {
        "x": log10(point.people),
        "y": point.share,
        "text": f"<b>{point.name}</b>",
        "ax": 30 if point.people < middle else -30,
        "ay": -28,
        "arrowcolor": ink.text,
        "arrowwidth": 1,
        "arrowhead": 0,
        "standoff": 8,
        "bgcolor": ink.background,
        "font": {"size": 13, "color": ink.text},
    }


def _national_line(national: float, ink: Ink) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": 0,
        "x1": 1,
        "xref": "paper",
        "y0": national,
        "y1": national,
        "layer": "below",
        "line": {"color": ink.text, "width": 1.5},
    }


def _layout(people: tuple[float, float], top: float, axis_title: str, ink: Ink) -> dict[str, Any]:
    axis: dict[str, Any] = {"fixedrange": True, "zeroline": False, "automargin": True}
    axis |= {"showgrid": True, "gridcolor": "rgba(128,128,128,0.25)"}
    return {
        **common_layout(ink),
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 20 + BADGE_HEIGHT, "b": 8},
        "clickmode": "event+select",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": -0.16, "yanchor": "top"},
        "xaxis": {
            **axis,
            "title": {"text": "Borgere i nævneren (logaritmisk)", "standoff": 6},
            "type": "log",
            "range": [log10(n) for n in people],
            "tickvals": [n for n in TICKS if people[0] <= n <= people[1]],
            "tickformat": ",d",
        },
        "yaxis": {
            **axis,
            "title": {"text": "<br>".join(wrap(axis_title, TITLE_WIDTH)), "standoff": 6},
            "range": [0, min(top, 102)],
        },
    }
