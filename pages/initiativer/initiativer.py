"""The page 'Initiativer': the satspulje programmes and who took part."""

from __future__ import annotations

import streamlit as st

from queries import Atlas


def show(_atlas: Atlas) -> None:
    """Draw the page."""
    st.title("Initiativer", anchor=False)
