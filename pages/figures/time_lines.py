"""Lines over time: made-up months dashed, published ones as solid marks on top with their value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from pages.figures.bars import BADGE_HEIGHT, TITLE_WIDTH, Ink, badge_on, common_layout

HEIGHT = 340
HEADROOM = 1.25
EVENT_ROW = 20
MONTH_MS = 2_629_746_000
"""A twelfth of the mean year: from the middle of a month it reaches the middle of any other."""

LABELLED = 3
"""Up to this many published points carry their value; more would cover each other."""


PUBLISHED = "offentliggjort"
BAND = "rgba(128,128,128,0.16)"
CLOSE = dt.timedelta(days=75)
"""Events closer than this would have their numbers on top of each other."""


@dataclass(frozen=True)
class Line:
    """One area's months from `start` ('2016M01') on; None where there is nothing to draw.

    `decimals` is how exact its shares are; `first` is the country, drawn in the colour of text, and
    `between` a region beside the area chosen, drawn dotted; `word` what the numbers are; `trend`
    a mark after the name where a test supports a direction.
    """

    name: str
    start: str
    values: Sequence[float | None]
    made_up: bool
    first: bool
    decimals: int = 0
    word: str = PUBLISHED
    between: bool = False
    trend: str = ""


@dataclass(frozen=True)
class Event:
    """A known event: its number in the list beside the chart, and its days (one, or a stretch)."""

    number: int
    starts_on: dt.date
    ends_on: dt.date | None = None


def time_lines(
    lines: Sequence[Line],
    *,
    axis_title: str,
    badge: str | None,
    ink: Ink,
    events: Sequence[Event] = (),
) -> go.Figure:
    """Return the lines on a scale from zero, broken where a month has no value.

    Months are counted out from the first, so that a line travels as its values alone. Each event
    is a line or a band with its number on top.
    """
    top = max((v for line in lines for v in line.values if v is not None), default=1)
    published = [line for line in lines if line.word == PUBLISHED]
    layout = _layout(top * HEADROOM, axis_title, ink)
    layout["annotations"] = [
        *(note for line in published for note in _values(line, published, ink)),
    ]
    # From the first day of the first month to the end of the last: points are mid-month.
    first = min((_month(line.start, 0) for line in lines), default="2016-01")
    last = max((_month(line.start, len(line.values)) for line in lines), default="2017-01")
    days = f"{first}-01", f"{last}-01"
    layout["xaxis"]["range"] = list(days)
    inside = [event for event in events if _overlaps(event, *days)]
    layout["shapes"] = [_event(event, days[1], ink) for event in inside]
    numbers = _numbers(inside, days[0], ink)
    room = max((note["yshift"] + EVENT_ROW for note in numbers), default=0)
    layout["annotations"] = [
        *badge_on(badge, ink, above=6 + room),
        *layout["annotations"],
        *numbers,
    ]
    layout["margin"]["t"] += room
    layout["height"] += room
    drawn = sorted(lines, key=lambda line: not line.made_up)  # published on top
    return go.Figure({"data": [_trace(line, ink) for line in drawn], "layout": layout})


def _trace(line: Line, ink: Ink) -> dict[str, Any]:
    colour = ink.text if line.first else ink.second if line.between else ink.accent
    mark = {"color": colour, "size": 4, "symbol": "circle"}
    if line.word == PUBLISHED:
        mark = {
            "color": colour,
            "size": 11,
            "symbol": "circle" if line.first else "diamond",
            "line": {"color": ink.background, "width": 2},
        }
    return {
        "type": "scatter",
        "mode": "lines" if line.word != PUBLISHED and not _lonely(line.values) else "lines+markers",
        "name": f"{line.name} ({line.word}){line.trend}",
        "x0": f"{_month(line.start, 0)}-15",
        "dx": MONTH_MS,
        "y": list(line.values),
        "connectgaps": False,
        "line": {"color": colour, "width": 2, "dash": _dash(line)},
        "marker": mark,
        "hovertemplate": f"%{{y:,.{line.decimals}f}} pct.",
    }


def _dash(line: Line) -> str:
    if line.between:
        return "dot"
    return "dash" if line.made_up else "solid"


def _overlaps(event: Event, first: str, last: str) -> bool:
    """Whether an event lies in the drawn months, from `first` to before `last` ('2017-01-01')."""
    return event.starts_on.isoformat() < last and (
        (event.ends_on or event.starts_on).isoformat() >= first
    )


def _event(event: Event, last: str, ink: Ink) -> dict[str, Any]:
    start = event.starts_on.isoformat()
    place = {"x0": start, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    if event.ends_on is None:
        line = {"color": ink.text, "width": 1, "dash": "dot"}
        return {"type": "line", "x1": start, "line": line, **place}
    end = min(event.ends_on.isoformat(), last)
    return {"type": "rect", "x1": end, "fillcolor": BAND, "line": {"width": 0}, **place}


def _numbers(events: Sequence[Event], first: str, ink: Ink) -> list[dict[str, Any]]:
    """Return the events' numbers over the plot, above each other where they are close in time.

    Inside it they would cover the values of published points.
    """
    notes: list[dict[str, Any]] = []
    before, row = dt.date.min, 0
    for event in events:
        day = max(event.starts_on, dt.date.fromisoformat(first))
        row = row + 1 if day - before < CLOSE else 0
        before = day
        notes.append(
            {
                "x": day.isoformat(),
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "xanchor": "left",
                "yshift": EVENT_ROW * row,
                "text": f"<b>{event.number}</b>",
                "showarrow": False,
                "bgcolor": ink.background,
                "bordercolor": ink.text,
                "font": {"size": 12, "color": ink.text},
            }
        )
    return notes


def _lonely(values: Sequence[float | None]) -> bool:
    """Whether a month stands alone between two gaps, where a line has nothing to join."""
    around = [None, *values, None]
    return any(
        here is not None and before is None and after is None
        for before, here, after in zip(around, around[1:], around[2:], strict=False)
    )


def _values(line: Line, published: Sequence[Line], ink: Ink) -> list[dict[str, Any]]:
    """Return the values of a published line's few points, the highest line's above the others'."""
    points = [(n, value) for n, value in enumerate(line.values) if value is not None]
    if len(points) > LABELLED:
        return []
    highest = max(value for other in published for value in other.values if value is not None)
    notes = []
    for n, value in points:
        above = value == highest
        text = f"{value:.{line.decimals}f}".replace(".", ",")
        notes.append(
            {
                "x": f"{_month(line.start, n)}-15",
                "y": value,
                "text": f"Offentliggjort: <b>{text} pct.</b>",
                "ax": 34,
                "ay": -34 if above else 34,
                "xanchor": "left",
                "arrowcolor": ink.text,
                "arrowwidth": 1,
                "arrowhead": 0,
                "standoff": 7,
                "bgcolor": ink.background,
                "font": {"size": 13, "color": ink.text},
            }
        )
    return notes


def _month(start: str, later: int) -> str:
    """Return the month `later` months after `start` ('2016M01') as Plotly writes it: '2016-02'."""
    year, month = divmod(int(start[:4]) * 12 + int(start[5:]) - 1 + later, 12)
    return f"{year}-{month + 1:02}"


def _layout(top: float, axis_title: str, ink: Ink) -> dict[str, Any]:
    grid = {"showgrid": True, "gridcolor": "rgba(128,128,128,0.25)", "zeroline": False}
    return {
        **common_layout(ink),
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 16 + BADGE_HEIGHT, "b": 8},
        "hovermode": "x unified",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": -0.26, "yanchor": "top"},
        "xaxis": {
            **grid,
            "type": "date",
            "tickformat": "%b<br>%Y",
            "ticks": "outside",  # which keeps the months clear of the scale's 0
            "ticklen": 8,
            "tickcolor": "rgba(128,128,128,0.25)",
            "automargin": True,
            "hoverformat": "%B %Y",
            "fixedrange": True,
        },
        "yaxis": {
            **grid,
            "title": {"text": "<br>".join(wrap(axis_title, TITLE_WIDTH)), "standoff": 6},
            "range": [0, top],
            "fixedrange": True,
            "automargin": True,
        },
    }
