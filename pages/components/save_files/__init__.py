"""Files that a reader can save, made in the browser from what the page sends it.

A button of Streamlit's would keep the content on the server under an address of its own. What
stems from a reader's own table has no address: it travels to that reader's page alone.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from pages.components.browser_modules import loader

__all__ = ["File", "save_files"]

_component = st.components.v2.component(
    "save_files", html="<div data-root></div>", js=loader("save_files.js")
)


@dataclass(frozen=True)
class File:
    """One file: what its button says, its name, its media type and its content."""

    label: str
    name: str
    media_type: str
    content: bytes = field(repr=False)


def save_files(files: Sequence[File], *, title: str, key: str) -> None:
    """Show one button per file; `title` names the list for screen readers."""
    _component(key=key, data=files_message(files, title))


def files_message(files: Sequence[File], title: str) -> dict[str, object]:
    """What goes to the browser: the files themselves."""
    return {
        "t": title,
        "f": [
            [one.label, one.name, one.media_type, base64.b64encode(one.content).decode()]
            for one in files
        ],
    }
