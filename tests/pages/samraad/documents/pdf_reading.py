"""Reads a PDF back: its text, its tags, and what it says of itself."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject


@dataclass(frozen=True)
class Element:
    """A tagged element: its kind, alternative text, and attributes."""

    kind: str
    alt: str
    attributes: dict[str, Any] = field(default_factory=dict)


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def catalog(content: bytes) -> Any:
    """What the document says of itself as a whole."""
    return reader(content).trailer["/Root"]


def bookmarks(content: bytes) -> list[tuple[str, int | None]]:
    """The title of each bookmark of the first level, and its page from 0."""
    read = reader(content)
    flat = [one for one in read.outline if not isinstance(one, list)]
    return [(str(one["/Title"]), read.get_destination_page_number(one)) for one in flat]


def text_of(content: bytes) -> str:
    """All text on all pages, with every run of spaces and line ends as one space."""
    return plain(" ".join(page.extract_text() for page in reader(content).pages))


def plain(text: str) -> str:
    """A text with plain spaces: a line may break where it is printed and not where it is told."""
    return " ".join(text.split())


def close(text: str) -> str:
    """A text without spaces and hyphens, to compare what line breaks and hyphenation change."""
    return "".join(text.split()).replace("-", "")


def elements(content: bytes) -> list[Element]:
    """Every element of the structure tree, in reading order."""
    return list(_walk(catalog(content)["/StructTreeRoot"].get_object()))


def kinds(content: bytes) -> Counter[str]:
    return Counter(element.kind for element in elements(content))


def _walk(node: Any) -> Iterator[Element]:
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _walk(child)
        return
    if not isinstance(node, DictionaryObject):
        return
    if "/S" in node:
        attributes: dict[str, Any] = {}
        given = node.get("/A")
        given = given.get_object() if given is not None else []
        for one in given if isinstance(given, list) else [given]:
            attributes |= one.get_object()
        yield Element(str(node["/S"]).lstrip("/"), str(node.get("/Alt", "")), attributes)
    if "/K" in node:
        yield from _walk(node["/K"])
