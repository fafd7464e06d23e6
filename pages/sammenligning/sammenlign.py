"""The page 'Sammenlign kommuner': up to ten areas side by side."""

from __future__ import annotations

import streamlit as st

from queries import Atlas


def show(_atlas: Atlas) -> None:
    """Draw the page."""
    st.title("Sammenlign kommuner", anchor=False)
