"""The tour: a card at the side of the page with one step at a time, that hinders nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.components.browser_modules import loader

__all__ = ["Step", "tour_card"]

_component = st.components.v2.component("tour", html="<div data-root></div>", js=loader("tour.js"))


@dataclass(frozen=True)
class Step:
    """One step: its heading, its text, a CSS selector of what it is about, and a link onwards."""

    title: str
    text: str
    target: str = ""
    link: tuple[str, str] = ("", "")


def tour_card(steps: Sequence[Step], *, asked_for: bool, key: str) -> None:
    """Show the tour at a browser's first visit, or because it was `asked_for`.

    The browser remembers that it was seen; where it may not remember, it is shown again. It is
    not modal, takes the focus only when it was asked for, and Escape closes it.
    """
    _component(key=key, data=tour_message(steps, asked_for=asked_for))


def tour_message(steps: Sequence[Step], *, asked_for: bool) -> dict[str, object]:
    """What goes to the browser: about 1 kB."""
    return {
        "s": [[step.title, step.text, step.target, *step.link] for step in steps],
        "a": asked_for,
    }
