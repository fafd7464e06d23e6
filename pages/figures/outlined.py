"""Drawings whose letters are shapes, for programs that have not the fonts of the repository.

Kerning is left out, as where the text was laid out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from lxml import etree

from pages.figures.svg import element
from pages.figures.text_metrics import FONTS, has_letter, text_width

_SVG = "{http://www.w3.org/2000/svg}"
_UNITS = 1000
_ANCHORS = {"middle": 0.5, "end": 1.0}
_PIECE = re.compile(r"([A-Za-z])|(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class _Pen:
    """Where the next letters stand, and how they look."""

    x: float
    y: float
    size: float
    semibold: bool
    anchor: str
    fill: str


def outlined(svg: str) -> str:
    """Return a drawing with its texts as paths; one with a letter that is not known is kept."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False))
    for text in list(root.iter(f"{_SVG}text")):
        if not all(map(has_letter, "".join(text.itertext()))):
            continue
        start = _Pen(0.0, 0.0, 16.0, semibold=False, anchor="start", fill="#000000")
        drawn = "".join(_shapes(list(_pieces(text, start))))
        group = etree.fromstring(f'<g xmlns="http://www.w3.org/2000/svg">{drawn}</g>')
        for name in ("transform", "opacity", "class"):
            if value := text.get(name):
                group.set(name, value)
        group.tail = text.tail
        text.getparent().replace(text, group)
    written: str = etree.tostring(root, encoding="unicode")
    return written


def _pieces(text: Any, pen: _Pen) -> Iterator[tuple[bool, _Pen, str]]:
    """Yield the texts inside an element: whether a new line begins, how it is drawn, the letters.

    `_Pen.x` counts where a new line begins; other pieces follow the one before.
    """
    placed = text.get("x") is not None or text.get("y") is not None
    given = replace(
        pen,
        x=float(text.get("x", pen.x)),
        y=float(text.get("y", pen.y)),
        size=float(text.get("font-size", pen.size)),
        semibold=text.get("font-weight") in ("600", "bold") or pen.semibold,
        anchor=text.get("text-anchor", pen.anchor),
        fill=text.get("fill", pen.fill),
    )
    if text.text:
        yield placed or text.tag == f"{_SVG}text", given, text.text
    for child in text:
        yield from _pieces(child, given)
        if child.tail:
            yield False, given, child.tail


def _shapes(pieces: list[tuple[bool, _Pen, str]]) -> Iterator[str]:
    lines: list[list[tuple[_Pen, str]]] = []
    for begins, pen, letters in pieces:
        if begins or not lines:
            lines.append([])
        lines[-1].append((pen, letters))
    for line in lines:
        wide = sum(_wide(pen, letters) for pen, letters in line)
        first = line[0][0]
        x = first.x - wide * _ANCHORS.get(first.anchor, 0.0)
        for pen, letters in line:
            if path := _path(pen, letters, x, first.y):
                yield element("path", d=path, fill=pen.fill)
            x += _wide(pen, letters)


def _path(pen: _Pen, letters: str, x: float, y: float) -> str:
    scale = pen.size / _UNITS
    parts = []
    for letter in letters:
        outline = _outlines()["Semibold" if pen.semibold else "Regular"][letter]
        parts.append(_moved(outline, x, y, scale))
        x += _wide(pen, letter)
    return "".join(parts)


def _moved(outline: str, x: float, y: float, scale: float) -> str:
    """Return a letter's outline at a place; the font's y goes up, the drawing's down."""
    out: list[str] = []
    command, upright = "", False
    for name, number in _PIECE.findall(outline):
        if name:
            command, upright = name, name == "V"
            out.append(name)
            continue
        value = y - float(number) * scale if upright else x + float(number) * scale
        out.append(f"{value:.2f} ")
        if command not in "HV":
            upright = not upright
    return "".join(out)


def _wide(pen: _Pen, letters: str) -> float:
    return text_width(letters, pen.size, semibold=pen.semibold)


@cache
def _outlines() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        (FONTS / "outlines.json").read_text(encoding="utf-8")
    )
    return found
