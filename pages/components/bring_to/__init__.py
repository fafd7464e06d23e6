"""Brings a reader to a message that has come on the page: it may stand above what is in sight."""

from __future__ import annotations

import streamlit as st

from pages.components.browser_modules import loader

__all__ = ["bring_to"]

_component = st.components.v2.component(
    "bring_to", html="<div data-root></div>", js=loader("bring_to.js")
)


def bring_to(message: str, *, key: str) -> None:
    """Scroll once to the element whose `data-besked` is `message`, and give it the focus.

    A reader who is writing in a field is left alone, and the same message is come to only once in a
    browser's tab.
    """
    _component(key=key, data={"b": message})
