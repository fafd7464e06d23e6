"""A Plotly chart on a page: Danish toolbar, a name for screen readers, clicks that select."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.figures.bars import Ink
from pages.frame.plotly_danish import PLOTLY_CONFIG

DARK = Ink("#f0f2f4", "#14181d", "#ff9aa5", "#8ec1e8")


def ink() -> Ink:
    """Return the colours of the reader's theme."""
    return DARK if st.context.theme.type == "dark" else Ink()


def chart(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    on_select: Callable[[str], None] | None = None,
) -> None:
    """Draw `figure`; a click on a mark calls `on_select` with the mark's `customdata`.

    A figure that has been drawn must not be changed: it is taken apart once, since pages remember
    their figures. Its picture with title and source has an address, see `pages.exports.charts`.
    """
    _take_apart(figure)
    look: dict[str, Any] = {"theme": None, "key": key, "alt": alt}
    look["config"] = PLOTLY_CONFIG
    if on_select is None:
        st.plotly_chart(figure, **look)
        return

    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points and points[0].get("customdata"):
            data = points[0]["customdata"]
            on_select(data if isinstance(data, str) else data[0])

    st.plotly_chart(figure, **look, on_select=clicked, selection_mode="points")


def _take_apart(figure: go.Figure) -> None:
    """Let the figure answer with what it once became: Plotly copies all of it at every call."""
    if "to_dict" not in vars(figure):
        known = figure.to_dict()
        figure.to_dict = lambda: known
