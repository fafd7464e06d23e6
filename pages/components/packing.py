"""Compact texts for the messages between server and browser."""

from __future__ import annotations

from collections.abc import Sequence


def joined(texts: Sequence[str], separator: str) -> str:
    """The texts as one string; `ValueError` if one contains the separator."""
    for text in texts:
        if separator in text:
            raise ValueError(f"{text!r} contains {separator!r}")
    return separator.join(texts)
