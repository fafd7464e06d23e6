"""Tall drawings in parts: bars of all kommuner are too small to read on one page.

A drawing is cut between two of its rows. Every part but the last gets the axis below it, and every
part but the first the label of made-up numbers, so that each can be read and shown alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

from lxml import etree

from pages.figures import svg as pieces
from pages.samraad.documents.word.drawing import proportions
from pages.samraad.documents.word.styles import RED

_SVG = "{http://www.w3.org/2000/svg}"
_FEWEST_ROWS = 20
_BASELINE = 0.35
"""Of the size of letters: how far the middle of a row is above their line."""
_LABEL_ROOM = 44
_ROOM, _EDGE = 80.0, 4.0
"""How far letters and edges may reach beyond where they stand: more than they do."""
_SOURCE_FROM = 32.0
"""Where the lines of text of exported charts begin: title above, notes and source below."""


def parts(svg: str, most: float, label: str) -> list[str]:
    """Return a drawing in parts that are at most `most` times as high as wide, if it has rows.

    A drawing that is not too tall, or has no rows to cut between, is returned whole.
    """
    wide, high = proportions(svg)
    if high / wide <= most:
        return [svg]
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False))
    middles = _rows(root)
    if len(middles) < _FEWEST_ROWS:
        return [svg]
    borders = [(above + below) / 2 for above, below in pairwise(middles)]
    axis = _axis(root, middles, high)
    room = most * wide - (axis[1] - axis[0]) - (_LABEL_ROOM if label else 0)
    number = math.ceil(high / room) if room > 0 else 1
    cuts = sorted(
        {min(borders, key=lambda y: abs(y - high * n / number)) for n in range(1, number)}
    )
    strips = list(pairwise([0.0, *cuts, high]))
    made = []
    for place, (top, bottom) in enumerate(strips):
        shown = [(top, bottom)] if place == len(strips) - 1 else [(top, bottom), axis]
        made.append(_composed(root, wide, shown, label if place else ""))
    return made


def _rows(root: etree._Element) -> list[float]:
    """Return the middle of each row, from the names that end at one line on the left."""
    names = [
        text
        for text in root.iter(f"{_SVG}text")
        if text.get("text-anchor") == "end" and text.get("x") and text.get("y")
    ]
    if not names:
        return []
    (line, _), *_ = Counter(name.get("x") for name in names).most_common(1)
    return sorted(
        {
            float(name.get("y")) - _BASELINE * float(name.get("font-size", 14))
            for name in names
            if name.get("x") == line
        }
    )


def _axis(root: etree._Element, middles: list[float], high: float) -> tuple[float, float]:
    """Return where the axis and its key begin below the last row, and end above the source."""
    top = middles[-1] + (middles[-1] - middles[-2]) / 2
    ends = [
        float(text.get("y")) - float(text.get("font-size", 14))
        for text in root.iter(f"{_SVG}text")
        if text.get("y") and float(text.get("x", 0)) == _SOURCE_FROM
    ]
    return top, min((y for y in ends if y > top), default=high)


def _plain(child: etree._Element) -> str:
    text = etree.tostring(child, encoding="unicode")
    return re.sub(r"\s(?:aria-labelledby|xmlns)=\"[^\"]*\"", "", text)


def _reaches(child: etree._Element, top: float, bottom: float) -> bool:
    """Whether a mark may be seen between two heights: what is not need not be drawn again."""
    y, high = child.get("y"), child.get("height")
    if y is None or child.get("transform"):
        return True
    if child.tag == f"{_SVG}text":
        return top - _ROOM < float(y) < bottom + _ROOM
    if child.tag == f"{_SVG}rect" and high is not None:
        return top - _EDGE < float(y) + float(high) and float(y) < bottom + _EDGE
    return True


def _composed(
    root: etree._Element, wide: float, strips: list[tuple[float, float]], label: str
) -> str:
    said = [(child, _plain(child)) for child in root]
    y = float(_LABEL_ROOM if label else 0)
    body = []
    if label:
        body.append(pieces.text(label, 32, 26, 16, font_weight="600", fill=f"#{RED}"))
    for top, bottom in strips:
        box = f"0 {top:.2f} {wide:g} {bottom - top:.2f}"
        content = "".join(text for child, text in said if _reaches(child, top, bottom))
        body.append(
            pieces.element("svg", content, y=y, width=wide, height=bottom - top, viewBox=box)
        )
        y += bottom - top
    return pieces.element(
        "svg",
        "".join(body),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide:g} {y:.2f}",
        font_family=root.get("font-family", "sans-serif"),
    )
