"""Ranked bars: the map's numbers in order, hidden and left-out areas included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.figures.legend import Fill
from pages.figures.palette import BACKGROUND, CLASS_FILLS, TEXT

ROW_HEIGHT = 19
LABEL_ROOM = 1.2  # the axis goes beyond the longest bar, for its label
MARGIN = {"l": 8, "r": 8, "t": 30, "b": 34}


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
    """The two colours of the reader's theme that bars are drawn with."""

    text: str = TEXT
    background: str = BACKGROUND


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
    drawn = [(name, bar) for name, bar in zip(names, bars, strict=True) if bar.value is not None]
    bare = [(name, bar) for name, bar in zip(names, bars, strict=True) if bar.value is None]
    longest = max([reference.value, *(bar.value for _, bar in drawn if bar.value is not None)])
    figure = go.Figure(layout=_layout(names, axis_title, longest * LABEL_ROOM, ink))
    figure.add_trace(
        go.Bar(
            orientation="h",
            y=[name for name, _ in drawn],
            x=[bar.value for _, bar in drawn],
            text=[
                f"<b>{bar.label}</b>" if bar.area_id == selected else bar.label for _, bar in drawn
            ],
            hovertext=[bar.hover for _, bar in drawn],
            customdata=[bar.area_id for _, bar in drawn],
            hoverinfo="text",
            textposition="outside",
            textfont={"size": 12},
            constraintext="none",
            cliponaxis=False,
            marker={
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
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )
    if bare:
        figure.add_trace(
            go.Scatter(
                mode="text",
                y=[name for name, _ in bare],
                x=[0] * len(bare),
                text=[f" {bar.label}" for _, bar in bare],
                textposition="middle right",
                customdata=[bar.area_id for _, bar in bare],
                hovertext=[bar.hover for _, bar in bare],
                hoverinfo="text",
                selected={"textfont": {"color": ink.text}},
                unselected={"textfont": {"color": ink.text}},
            )
        )
    figure.add_vline(
        x=reference.value, line={"color": ink.text, "width": 1.5, "dash": "dot"}, layer="below"
    )
    figure.add_annotation(
        x=reference.value,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="left",
        text=reference.label,
        showarrow=False,
        font={"size": 13, "color": ink.text},
    )
    if badge:
        figure.add_annotation(
            x=1, y=1, xref="paper", yref="paper", xanchor="right", yanchor="top",
            text=f"<b>{badge}</b>", showarrow=False, bgcolor=ink.text, borderpad=4,
            font={"size": 14, "color": ink.background},
        )  # fmt: skip
    return figure


def _colour(fill: Fill, ink: Ink) -> str:
    return CLASS_FILLS[fill] if isinstance(fill, int) else ink.background


def _layout(names: Sequence[str], axis_title: str, right_end: float, ink: Ink) -> dict[str, object]:
    return {
        "template": "none",
        "height": ROW_HEIGHT * len(names) + MARGIN["t"] + MARGIN["b"],
        "margin": MARGIN,
        "separators": ",.",
        "showlegend": False,
        "bargap": 0.22,
        "font": {
            "family": "'Source Sans', 'Source Sans 3', sans-serif",
            "size": 13,
            "color": ink.text,
        },
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"bgcolor": ink.background, "font": {"color": ink.text, "size": 14}},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": ink.text, "activecolor": ink.text},
        "clickmode": "event+select",
        "dragmode": False,
        "xaxis": {
            "title": {"text": axis_title, "standoff": 6},
            "range": [0, right_end],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
        },
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": list(names),
            "autorange": "reversed",
            "fixedrange": True,
            "automargin": True,
            "dtick": 1,
            "ticks": "",
            "showgrid": False,
        },
    }
