"""The page 'Kommuneprofil': one kommune on one page."""

from __future__ import annotations

import streamlit as st

from queries import Atlas


def show(_atlas: Atlas) -> None:
    """Draw the page."""
    st.title("Kommuneprofil", anchor=False)
