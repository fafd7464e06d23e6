"""The samrådsmappe as a reader edits it: its home is the browser, and this is its face.

What is typed never comes from the server, so no answer can overwrite it: Python is told of the
folder's text and gives back what each entry shows. See `pages/frame/assets/mappe.js` for the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.components.browser_modules import loader

__all__ = ["Documents", "folder_editor", "folder_message"]

Shown = Mapping[str, Any]
Hear = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True)
class Documents:
    """What can be made: names with labels, a line about them, and whether one is on its way."""

    offered: Sequence[tuple[str, str]] = ()
    lead: str = ""
    waits: bool = False


_component = st.components.v2.component(
    "folder", html='<div data-root style="min-height:20rem"></div>', js=loader("folder.js")
)


def folder_editor(
    *,
    number: int,
    shown: Sequence[Shown],
    problems: Sequence[str],
    opened: Mapping[str, Any] | None,
    documents: Documents,
    key: str,
    on_folder: Hear,
    on_file: Hear,
    on_make: Hear,
) -> None:
    """Show the folder of the reader's browser.

    `shown` says of each entry of the folder with this `number` what it holds (see
    `pages.samraad.shown`), `problems` what cannot be read of it. `opened` is what came of the
    last file that was opened. `on_folder` is called with the folder's number (`n`) and text (`t`),
    `on_file` with a file's `id` and text (`t`), `on_make` with a document's name (`w`) and the
    folder's text at that moment, before the script runs again.
    """
    _component(
        key=key,
        data=folder_message(
            number=number, shown=shown, problems=problems, opened=opened, documents=documents
        ),
        on_folder_change=lambda: _told(key, "folder", on_folder),
        on_file_change=lambda: _told(key, "file", on_file),
        on_make_change=lambda: _told(key, "make", on_make),
    )


def _told(key: str, what: str, hear: Hear) -> None:
    told = getattr(st.session_state[key], what)
    if isinstance(told, Mapping):
        hear(told)


def folder_message(
    *,
    number: int,
    shown: Sequence[Shown],
    problems: Sequence[str],
    opened: Mapping[str, Any] | None,
    documents: Documents,
) -> dict[str, object]:
    """What goes to the browser: about 1 kB per entry, and nothing of what was typed."""
    return {
        "n": number,
        "c": [dict(one) for one in shown],
        "p": list(problems),
        "o": dict(opened) if opened else None,
        "d": {
            "b": [list(one) for one in documents.offered],
            "l": documents.lead,
            "w": documents.waits,
        },
    }
