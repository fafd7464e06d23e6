"""Ranked bars: the map's numbers in order, hidden and left-out areas included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from pages.figures.legend import Fill
from pages.figures.palette import BACKGROUND, CLASS_FILLS, TEXT

ROW_HEIGHT = 19
LABEL_ROOM = 1.2  # the axis goes beyond the longest bar, for its label
WIDE_LABEL_ROOM = 1.45  # where labels have a count as well
WIDE_LABEL = 9  # letters of '99,9 pct.'
TALL, TALLER = 40, 80
"""Rows from which a scrolled chart no longer shows the badge at its top, nor one at its end."""

SIDE_ROOM = 30  # the width of a badge that stands upright
BADGE_HEIGHT = 34
TOOLBAR_HEIGHT = 20  # what the toolbar needs above the badge, where a chart is too narrow for both
LINE_HEIGHT = 22
TITLE_WIDTH = 24  # letters of an axis title on one line; more would not fit on a telephone
MARGIN = {"l": 8, "r": 34, "t": 30, "b": 34}


@dataclass(frozen=True)
class Bar:
    """One bar: `value` in pct. (None draws no bar), its printed label, and its fill on the map."""

    area_id: str
    name: str
    value: float | None
    label: str
    hover: str
    fill: Fill


@dataclass(frozen=True)
class Reference:
    """A line across all bars, such as the country's share."""

    value: float
    label: str


@dataclass(frozen=True)
class Ink:
    """The colours of the reader's theme that charts are drawn with."""

    text: str = TEXT
    background: str = BACKGROUND
    accent: str = "#9c1b2c"
    second: str = "#2b6188"


def common_layout(ink: Ink) -> dict[str, Any]:
    """Return what all charts share: letters and colours of the page, Danish numbers, no zooming."""
    clear = "rgba(0,0,0,0)"
    return {
        "template": "none",
        "separators": ",.",
        "font": {
            "family": "'Source Sans', 'Source Sans 3', sans-serif",
            "size": 13,
            "color": ink.text,
        },
        "paper_bgcolor": clear,
        "plot_bgcolor": clear,
        "hoverlabel": {"bgcolor": ink.background, "font": {"color": ink.text, "size": 14}},
        "modebar": {"bgcolor": clear, "color": ink.text, "activecolor": ink.text},
        "dragmode": False,
    }


def ranked_bars(
    bars: Sequence[Bar],
    *,
    axis_title: str,
    reference: Reference,
    selected: str | None,
    badge: str | None = None,
    ink: Ink | None = None,
) -> go.Figure:
    """Return horizontal bars in the given order, the first on top; `customdata` holds the area id.

    Classed bars carry the map's colours. A suppressed cell with a published share is hatched. One
    without any value has its reason as text where the bar would begin. `badge` is written across
    the figure itself, for synthetic numbers.
    """
    ink = ink or Ink()
    names = [f"<b>{bar.name}</b>" if bar.area_id == selected else bar.name for bar in bars]
    pairs = list(zip(names, bars, strict=True))
    drawn = [(name, bar) for name, bar in pairs if bar.value is not None]
    bare = [(name, bar) for name, bar in pairs if bar.value is None]
    longest = max([reference.value, *(bar.value for _, bar in drawn if bar.value is not None)])
    wide = any(len(bar.label) > WIDE_LABEL for _, bar in drawn)
    right_end = longest * (WIDE_LABEL_ROOM if wide else LABEL_ROOM)
    layout = _layout(right_end, axis_title, ink)
    # The badge has a line of its own above the reference's: nothing may cover it, nor it a value.
    title = wrap(axis_title, TITLE_WIDTH)
    margin = MARGIN | {"b": MARGIN["b"] + LINE_HEIGHT * (len(title) - 1)}
    if badge:
        margin["t"] += BADGE_HEIGHT + TOOLBAR_HEIGHT
    again = badge_again(badge, ink, len(names), margin)
    layout |= {"margin": margin}
    layout["height"] = ROW_HEIGHT * len(names) + margin["t"] + margin["b"]
    layout["shapes"] = [_reference_line(reference, ink)]
    layout["annotations"] = [
        _reference_label(reference, right_end, ink),
        *badge_on(badge, ink, above=24),
        *again,
    ]
    layout["yaxis"]["range"] = [len(names) - 0.5, -0.5]  # left to itself it pads a row or two
    if names != [name for name, _ in [*drawn, *bare]]:
        # Otherwise the order of the marks says it already.
        layout["yaxis"] |= {"categoryorder": "array", "categoryarray": names}
    traces = [_bars(drawn, selected, ink), *([_words(bare, ink)] if bare else [])]
    # Checked as one piece: adding part by part checks and copies each time.
    return go.Figure({"data": traces, "layout": layout})


def _bars(drawn: Sequence[tuple[str, Bar]], selected: str | None, ink: Ink) -> dict[str, Any]:
    labels = [f"<b>{b.label}</b>" if b.area_id == selected else b.label for _, b in drawn]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [name for name, _ in drawn],
        "x": [bar.value for _, bar in drawn],
        "text": labels,
        "hovertext": [bar.hover for _, bar in drawn],
        "customdata": [bar.area_id for _, bar in drawn],
        "hoverinfo": "y+text",
        "textposition": "outside",
        "textfont": {"size": 12},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {
            "color": [_colour(bar.fill, ink) for _, bar in drawn],
            "line": {
                "color": ink.text,
                "width": [2.5 if bar.area_id == selected else 0.5 for _, bar in drawn],
            },
            "pattern": {
                "shape": ["/" if bar.fill == "suppressed" else "" for _, bar in drawn],
                "fgcolor": ink.text,
                "bgcolor": ink.background,
                "size": 5,
                "fillmode": "overlay",
            },
        },
        # A click selects through the address; Plotly's own fading would hide the rest.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _words(bare: Sequence[tuple[str, Bar]], ink: Ink) -> dict[str, Any]:
    """Return the reasons of the areas without a value, written where their bars would begin."""
    return {
        "type": "scatter",
        "mode": "text",
        "y": [name for name, _ in bare],
        "x": [0] * len(bare),
        "text": [f" {bar.label}" for _, bar in bare],
        "textposition": "middle right",
        "textfont": {"size": 12},
        "customdata": [bar.area_id for _, bar in bare],
        "hovertext": [bar.hover for _, bar in bare],
        "hoverinfo": "y+text",
        "selected": {"textfont": {"color": ink.text}},
        "unselected": {"textfont": {"color": ink.text}},
    }


def _reference_line(reference: Reference, ink: Ink) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": reference.value,
        "x1": reference.value,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": ink.text, "width": 1.5, "dash": "dot"},
    }


def _reference_label(reference: Reference, right_end: float, ink: Ink) -> dict[str, Any]:
    return {
        "x": reference.value,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left" if reference.value < right_end / 2 else "right",
        "text": reference.label,
        "showarrow": False,
        "font": {"size": 13, "color": ink.text},
    }


def badge_on(badge: str | None, ink: Ink, *, above: int = 6) -> list[dict[str, Any]]:
    """Return the label that a figure of made-up numbers carries, `above` pixels over its top."""
    if not badge:
        return []
    place = {"x": 0, "y": 1, "xref": "paper", "yref": "paper"}
    place |= {"xanchor": "left", "yanchor": "bottom", "yshift": above}
    look = {"bgcolor": ink.text, "borderpad": 4, "font": {"size": 14, "color": ink.background}}
    return [{"text": f"<b>{badge}</b>", "showarrow": False, **place, **look}]


def badge_again(
    badge: str | None, ink: Ink, rows: int, margin: dict[str, int]
) -> list[dict[str, Any]]:
    """Return the labels under a tall chart and beside the middle of a taller one.

    Makes room for them in `margin`.
    """
    if not badge or rows <= TALL:
        return []
    first = badge_on(badge, ink)[0]
    under = {"y": 0, "yanchor": "top", "yshift": -margin["b"] - 4}
    margin["b"] += BADGE_HEIGHT
    if rows <= TALLER:
        return [first | under]
    beside = {"x": 1, "y": 0.5, "yanchor": "middle", "xshift": margin["r"], "yshift": 0}
    margin["r"] += SIDE_ROOM
    return [first | under, first | beside | {"textangle": 90}]


def _colour(fill: Fill, ink: Ink) -> str:
    return CLASS_FILLS[fill] if isinstance(fill, int) else ink.background


def _layout(right_end: float, axis_title: str, ink: Ink) -> dict[str, Any]:
    return {
        **common_layout(ink),
        "margin": MARGIN,
        "showlegend": False,
        "bargap": 0.22,
        "clickmode": "event+select",
        "xaxis": {
            "title": {"text": "<br>".join(wrap(axis_title, TITLE_WIDTH)), "standoff": 6},
            "range": [0, right_end],
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
        },
    }
