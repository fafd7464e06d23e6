"""Addresses from one page to another: the one place that writes them."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode


def address(path: str, **parameters: str | None) -> str:
    """Return `/path?a=b` with the parameters that have a value, in the order given."""
    written = urlencode({name: value for name, value in parameters.items() if value}, safe=",")
    return f"/{path.strip('/')}" + (f"?{written}" if written else "")


def link(text: str, path: str, **parameters: str | None) -> str:
    """Return a link to another page of the atlas as HTML, opened in the same window."""
    return f'<a href="{escape(address(path, **parameters))}" target="_self">{escape(text)}</a>'
