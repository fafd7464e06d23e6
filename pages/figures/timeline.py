"""Programmes as bars on a line of years, each under its own name, period and figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pages.figures.bars import Ink, common_layout

FADED = "#8a8f96"
"""The bars beside the chosen one, in both themes."""

LINE_WIDTH = 44
"""Letters that a telephone has room for."""

TITLE_HEIGHT, TEXT_HEIGHT, BAR_HEIGHT, GAP = 22, 17, 20, 14
MARGIN = {"l": 8, "r": 8, "t": 44, "b": 30}


@dataclass(frozen=True)
class Programme:
    """One programme: `ends_on` is None where the document names no end; `facts` stand beneath."""

    programme_id: str
    title: str
    starts_on: dt.date
    ends_on: dt.date | None
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Moment:
    """A day that is marked across all bars, such as a count."""

    on: dt.date
    label: str


def timeline(
    programmes: Sequence[Programme],
    moments: Sequence[Moment],
    *,
    selected: str | None,
    ink: Ink,
) -> go.Figure:
    """Return one bar per programme in the given order, the first on top.

    `customdata` holds the programme's id. A bar without an end is hollow and runs to the edge of
    the figure, where an arrow takes its place. Bars lie on a scale of pixels, so that the words
    over each have the room that they need at every width; days are counted from 1970.
    """
    first = min(programme.starts_on for programme in programmes)
    last = max(programme.ends_on or programme.starts_on for programme in programmes)
    axis = (dt.date(first.year, 1, 1), dt.date(last.year + 1, 3, 31))
    texts = [_lines(programme.facts) for programme in programmes]
    heights = [TITLE_HEIGHT + TEXT_HEIGHT * len(text) + BAR_HEIGHT + GAP for text in texts]
    tops = [sum(heights[:n]) for n in range(len(heights))]
    middles = [
        top + height - GAP - BAR_HEIGHT // 2 for top, height in zip(tops, heights, strict=True)
    ]
    layout = _layout(sum(heights), axis, ink)
    layout["shapes"] = [_moment_line(moment, ink) for moment in moments]
    layout["annotations"] = [
        *(_moment_label(moment, ink) for moment in moments),
        *(
            _words(programme, text, top, ink, chosen=programme.programme_id == selected)
            for programme, text, top in zip(programmes, texts, tops, strict=True)
        ),
        *(
            _arrow(axis[1], middle, ink)
            for programme, middle in zip(programmes, middles, strict=True)
            if programme.ends_on is None
        ),
    ]
    return go.Figure(
        {"data": [_bars(programmes, middles, axis[1], selected, ink)]} | {"layout": layout}
    )


def _lines(facts: Sequence[str]) -> list[str]:
    """Return facts on as few lines as a telephone has room for; none is broken in two."""
    lines: list[str] = []
    for fact in facts:
        if lines and len(lines[-1]) + len(fact) + 3 <= LINE_WIDTH:
            lines[-1] += f" · {fact}"
        else:
            lines.append(fact)
    return lines


def _day(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days


def _bars(
    programmes: Sequence[Programme],
    middles: Sequence[int],
    edge: dt.date,
    selected: str | None,
    ink: Ink,
) -> dict[str, Any]:
    days = [((one.ends_on or edge) - one.starts_on).days + 1 for one in programmes]
    chosen = [one.programme_id == selected for one in programmes]
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(middles),
        "base": [_day(one.starts_on) for one in programmes],
        "x": days,
        "width": BAR_HEIGHT,
        "customdata": [one.programme_id for one in programmes],
        "hovertext": [one.title for one in programmes],
        "hoverinfo": "text",
        "marker": {
            "color": [
                ink.background
                if one.ends_on is None
                else ink.accent
                if own or not selected
                else FADED
                for one, own in zip(programmes, chosen, strict=True)
            ],
            "line": {"color": ink.text, "width": [2.5 if own else 1 for own in chosen]},
        },
        # A click selects through the address; Plotly's own fading would hide the rest.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _words(
    programme: Programme, text: Sequence[str], top: int, ink: Ink, *, chosen: bool
) -> dict[str, Any]:
    mark = "▸ " if chosen else ""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": top,
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "text": "<br>".join([f"<b>{mark}{programme.title}</b>", *text]),
        # Words lie over the lines of moments and years.
        "bgcolor": ink.background,
    }


def _arrow(edge: dt.date, middle: int, ink: Ink) -> dict[str, Any]:
    return {
        "x": _day(edge),
        "y": middle,
        "xanchor": "right",
        "showarrow": False,
        "text": "slut ikke oplyst ▶",
    }


def _moment_line(moment: Moment, ink: Ink) -> dict[str, Any]:
    day = _day(moment.on)
    place = {"x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    return {"type": "line", **place, "line": {"color": ink.text, "width": 1.5, "dash": "dot"}}


def _moment_label(moment: Moment, ink: Ink) -> dict[str, Any]:
    return {
        "x": _day(moment.on),
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "text": moment.label,
    }


def _layout(height: float, axis: tuple[dt.date, dt.date], ink: Ink) -> dict[str, Any]:
    years = range(axis[0].year, axis[1].year + 1)
    return {
        **common_layout(ink),
        "height": height + MARGIN["t"] + MARGIN["b"],
        "margin": MARGIN,
        "showlegend": False,
        "clickmode": "event+select",
        "xaxis": {
            "range": [_day(axis[0]), _day(axis[1])],
            # Each year's name stands at its middle, between the lines of the first days.
            "tickvals": [_day(dt.date(year, 7, 2)) for year in years],
            "ticktext": [str(year) for year in years],
            "ticks": "",
            "minor": {
                "tickvals": [_day(dt.date(year, 1, 1)) for year in years],
                "showgrid": True,
                "gridcolor": "rgba(128,128,128,0.3)",
            },
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        },
        "yaxis": {
            "range": [height, 0],
            "fixedrange": True,
            "visible": False,
        },
    }
