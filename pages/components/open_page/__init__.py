"""Opens another page of the atlas from a script, as a click on a link to it would.

`st.switch_page` first puts the new page's choices into the old one's address, so that Back comes to
a view that nobody asked for.
"""

from __future__ import annotations

import streamlit as st

from pages.components.browser_modules import loader

__all__ = ["open_page"]

_component = st.components.v2.component(
    "open_page", html="<div data-root></div>", js=loader("open_page.js")
)


def open_page(address: str, *, key: str) -> None:
    """Let the browser go to `address` ('/passive?kommune=0316'); Back returns to this view."""
    if not address.startswith("/") or address.startswith("//"):
        raise ValueError(f"{address!r} is not an address of the atlas")
    _component(key=key, data={"a": address})
