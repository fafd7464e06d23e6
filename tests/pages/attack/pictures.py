"""Texts in drawings: what is printed, and what only a pointer or a screen reader finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

ATTRIBUTES = ("aria-label", "aria-description", "title", "alt", "data-tekst")


def texts(svg: bytes) -> Iterator[str]:
    """Yield every text of a drawing: of elements, their titles and descriptions, and labels."""
    for element in ElementTree.fromstring(svg).iter():
        found = [element.text, element.tail, *map(element.get, ATTRIBUTES)]
        yield from (flat for text in found if text and (flat := " ".join(text.split())))


def named(texts_: Iterator[str], name: str) -> list[str]:
    """Return the texts that name an area, and not a longer name that begins or ends with it."""
    word = re.compile(rf"(?<![\w/-])(?<!Jobcenter ){re.escape(name)}(?![\w/-])")
    return [text for text in texts_ if word.search(text)]
