"""A Plotly chart on a page: Danish toolbar, a name for screen readers, clicks that select."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from pages.frame.plotly_danish import PLOTLY_CONFIG


def chart(figure: go.Figure, *, key: str, alt: str, on_select: Callable[[str], None]) -> None:
    """Draw `figure`; a click on a mark calls `on_select` with the mark's `customdata`."""

    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points and points[0].get("customdata"):
            data = points[0]["customdata"]
            on_select(data if isinstance(data, str) else data[0])

    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        alt=alt,
        config=PLOTLY_CONFIG,
        on_select=clicked,
        selection_mode="points",
    )
