"""WordprocessingML in small pieces: elements, runs of text, paragraphs and fields.

Texts of users come in through `run` alone, as text: markup, fields and control characters in them
are letters like any other, or are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from lxml import etree

from pages.samraad.documents.packing import plain

Element: TypeAlias = Any
"""An element of lxml, which ships no types."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"w": W, "r": R}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# They turn the text that follows them around.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def q(name: str) -> str:
    """Return the full name of an element or attribute: 'w:p' -> '{…main}p'."""
    prefix, local = name.split(":")
    return f"{{{NAMES[prefix]}}}{local}"


def w(tag: str, *children: Element | None, **attributes: str | int | None) -> Element:
    """Return `<w:tag w:attribute="…">children</w:tag>`; what is None is left out."""
    made = etree.Element(q(f"w:{tag}"), nsmap={"w": W})
    for name, value in attributes.items():
        if value is not None:
            made.set(q(f"w:{name.rstrip('_')}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def one_line(text: str) -> str:
    """Return a text as Word can hold it, its white space as single spaces (some do not break)."""
    return re.sub("[ \t\n]+", " ", _DIRECTIONS.sub("", plain(text))).strip()


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text: parted by empty lines, line breaks kept inside them."""
    clean = _DIRECTIONS.sub("", plain(text)).replace("\t", " ")
    parts = re.split(r"\n[ \t]*\n", clean)
    return [stripped for part in parts if (stripped := part.strip(" \n"))]


def run(text: str, style: str | None = None, *properties: Element) -> Element:
    """Return a run of text; '\\n' becomes a line break."""
    made = w("r", _run_properties(style, properties))
    for number, line in enumerate(_DIRECTIONS.sub("", plain(text)).split("\n")):
        if number:
            made.append(w("br"))
        if line:
            written = w("t")
            written.text = line.replace("\t", " ")
            written.set(_XML_SPACE, "preserve")
            made.append(written)
    return made


def bold() -> Element:
    """Return the property that makes a run bold."""
    return w("b")


def paragraph(style: str, *content: Element, keep_next: bool = False) -> Element:
    """Return a paragraph of a style."""
    properties = w("pPr", w("pStyle", val=style), w("keepNext") if keep_next else None)
    return w("p", properties, *content)


def field(instruction: str, shown: Iterable[Element], *properties: Element) -> list[Element]:
    """Return the runs of a field, and what it shows until Word computes it itself.

    `instruction` is our own, never a user's.
    """
    return [*field_start(instruction, *properties), *shown, field_end()]


def field_start(instruction: str, *properties: Element) -> list[Element]:
    """Return the runs that begin a field, up to what it shows."""
    told = w("instrText")
    told.text = f" {instruction} "
    told.set(_XML_SPACE, "preserve")
    return [
        w("r", _run_properties(None, properties), w("fldChar", fldCharType="begin")),
        w("r", told),
        w("r", w("fldChar", fldCharType="separate")),
    ]


def field_end() -> Element:
    """Return the run that ends a field."""
    return w("r", w("fldChar", fldCharType="end"))


def _run_properties(style: str | None, properties: Iterable[Element]) -> Element | None:
    given = [*([w("rStyle", val=style)] if style else []), *properties]
    return w("rPr", *given) if given else None
