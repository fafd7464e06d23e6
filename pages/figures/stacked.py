"""Stacked bars to 100 pct.: parts of a whole by area, hidden parts as one hatched rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from pages.figures.bars import (
    BADGE_HEIGHT,
    LINE_HEIGHT,
    TITLE_WIDTH,
    TOOLBAR_HEIGHT,
    Ink,
    badge_again,
    badge_on,
    common_layout,
)
from pages.figures.palette import CLASS_FILLS

ROW_HEIGHT = 19
MARGIN = {"l": 8, "r": 70, "t": 138, "b": 34}
LEGEND_ROOM = 108  # five lines, where a column is narrow
HIDDEN = "skjult"


@dataclass(frozen=True)
class Stack:
    """One area: its parts in pct. of the whole (None is hidden), and what stands at its end.

    `rest` is what the hidden parts take up together, None where not even the whole is known.
    """

    area_id: str
    name: str
    parts: tuple[float | None, ...]
    rest: float | None
    label: str
    hovers: tuple[str, ...]


def stacked_bars(
    stacks: Sequence[Stack],
    *,
    part_names: Sequence[str],
    axis_title: str,
    label_title: str,
    selected: str | None,
    badge: str | None,
    ink: Ink,
    key_above: bool = True,
) -> go.Figure:
    """Return one bar per area in the given order, the first on top, the first part leftmost.

    The parts go from the darkest colour to lighter ones; `customdata` holds the area id. Without
    `key_above` no room is kept over the bars: files have their key below.
    """
    names = [f"<b>{s.name}</b>" if s.area_id == selected else s.name for s in stacks]
    key = LEGEND_ROOM if key_above else 0
    top = MARGIN["t"] - LEGEND_ROOM + key + (BADGE_HEIGHT + TOOLBAR_HEIGHT if badge else 0)
    title = wrap(axis_title, TITLE_WIDTH)
    bottom = MARGIN["b"] + LINE_HEIGHT * (len(title) - 1)
    rows = ROW_HEIGHT * max(len(stacks), 1)
    layout = _layout(title, ink)
    margin = MARGIN | {"t": top, "b": bottom}
    again = badge_again(badge, ink, len(stacks), margin)
    layout["margin"] = margin
    layout["height"] = rows + top + margin["b"]
    layout["legend"]["y"] = 1 + LINE_HEIGHT / rows
    layout["yaxis"]["range"] = [len(stacks) - 0.5, -0.5]
    layout["annotations"] = [
        {
            "x": 100,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "xanchor": "left",
            "text": label_title,
            "showarrow": False,
            "font": {"size": 12, "color": ink.text},
        },
        *badge_on(badge, ink, above=24 + key),
        *again,
    ]
    traces = [_part(stacks, names, n, part, ink) for n, part in enumerate(part_names)]
    if any(stack.rest for stack in stacks):
        traces.append(_rest(stacks, names, ink))
    return go.Figure({"data": [*traces, _labels(stacks, names)], "layout": layout})


def _part(
    stacks: Sequence[Stack], names: Sequence[str], n: int, part_name: str, ink: Ink
) -> dict[str, Any]:
    drawn = [
        (name, stack.area_id, value, stack.hovers[n])
        for name, stack in zip(names, stacks, strict=True)
        if (value := stack.parts[n])
    ]
    fill = CLASS_FILLS[len(CLASS_FILLS) - 1 - n]
    return _bar(drawn, part_name, {"color": fill, "line": {"color": ink.text, "width": 0.5}})


def _rest(stacks: Sequence[Stack], names: Sequence[str], ink: Ink) -> dict[str, Any]:
    drawn = [
        (name, stack.area_id, stack.rest, HIDDEN)
        for name, stack in zip(names, stacks, strict=True)
        if stack.rest
    ]
    pattern = {"shape": "/", "fgcolor": ink.text, "bgcolor": ink.background, "size": 5}
    marker = {
        "color": ink.background,
        "line": {"color": ink.text, "width": 0.5},
        "pattern": pattern | {"fillmode": "overlay"},
    }
    return _bar(drawn, HIDDEN, marker)


def _bar(
    drawn: Sequence[tuple[str, str, float, str]], name: str, marker: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": [row[0] for row in drawn],
        "x": [round(row[2], 2) for row in drawn],
        "customdata": [row[1] for row in drawn],
        "hovertext": [row[3] for row in drawn],
        "hoverinfo": "y+name+text",
        "marker": marker,
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _labels(stacks: Sequence[Stack], names: Sequence[str]) -> dict[str, Any]:
    """Return what stands at the end of each bar, or at its beginning where there is none."""
    return {
        "type": "scatter",
        "mode": "text",
        "y": list(names),
        "x": [100 if _drawn(stack) else 0 for stack in stacks],
        "text": [f" {stack.label}" for stack in stacks],
        "textposition": "middle right",
        "textfont": {"size": 12},
        "customdata": [stack.area_id for stack in stacks],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "showlegend": False,
    }


def _drawn(stack: Stack) -> bool:
    return bool(stack.rest) or any(part is not None for part in stack.parts)


def _layout(title: Sequence[str], ink: Ink) -> dict[str, Any]:
    return {
        **common_layout(ink),
        "barmode": "stack",
        "bargap": 0.22,
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "yanchor": "bottom", "traceorder": "normal"},
        "clickmode": "event+select",
        "xaxis": {
            "title": {"text": "<br>".join(title), "standoff": 6},
            "range": [0, 100],
            "tickvals": [0, 25, 50, 75, 100],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
        },
        "yaxis": {
            "fixedrange": True,
            "automargin": True,
            "dtick": 1,
            "ticks": "",
            "showgrid": False,
            "type": "category",
        },
    }
