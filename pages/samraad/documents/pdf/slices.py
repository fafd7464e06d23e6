"""Cuts a drawing that is too tall for a page between its rows, so that it can keep its size."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import pairwise

TALLEST = 1.25
"""Height by width of a drawing, or of a part of one, that a page has room for."""
SVG = "{http://www.w3.org/2000/svg}"
NEAR = 40.0
"""How far from the middle a drawing is cut, in its own units."""
ROW = 60.0
"""Taller rectangles are grounds and bands, which go through all parts."""
Span = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """An SVG document, or a part of one, and its height by its width."""

    svg: str
    ratio: float


def sliced(svg: str) -> list[Drawing]:
    """Return a drawing in parts that fit a page: itself where it does, or has no rows to part.

    Each text and each bar is in one part alone. Lines and areas are in all, each cut off where the
    part ends.
    """
    left, top, wide, high = _box(svg)
    if high <= TALLEST * wide:
        return [Drawing(svg, high / wide)]
    middles = sorted({sum(span) / 2 for span in map(_span, ET.fromstring(svg)) if span})
    number = math.ceil(high / (TALLEST * wide))
    cuts = [top]
    for part in range(1, number):
        wanted = top + part * high / number
        between = _between(middles, wanted)
        if between is None:
            return [Drawing(svg, high / wide)]
        cuts.append(between)
    cuts.append(top + high)
    return [
        Drawing(_part(svg, (left, start, wide, end - start)), (end - start) / wide)
        for start, end in pairwise(cuts)
    ]


def _box(svg: str) -> tuple[float, float, float, float]:
    """Return a drawing's box, a square where it does not say."""
    found = re.search(r'viewBox="([^"]*)"', svg[:2000])
    numbers = [float(one) for one in re.split(r"[\s,]+", found[1].strip())] if found else []
    if len(numbers) != 4 or numbers[2] <= 0:
        return 0.0, 0.0, 100.0, 100.0
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _span(element: ET.Element) -> Span | None:
    """Return from where to where an element reaches that belongs to one row, else None."""
    if element.get("transform"):
        return None
    y = float(element.get("y", "0"))
    if element.tag == f"{SVG}text":
        size = float(element.get("font-size", "12"))
        return y - size, y + 0.35 * size
    height = float(element.get("height", "0"))
    if element.tag == f"{SVG}rect" and 0 < height <= ROW:
        return y, y + height
    return None


def _between(middles: list[float], wanted: float) -> float | None:
    """Return the widest gap between two rows near a place, None where there are none."""
    pairs = [
        (below - above, (above + below) / 2)
        for above, below in pairwise(middles)
        if abs((above + below) / 2 - wanted) <= NEAR
    ]
    return max(pairs)[1] if pairs else None


def _part(svg: str, box: tuple[float, float, float, float]) -> str:
    """Return the part of a drawing inside a box, without the rows outside it."""
    ET.register_namespace("", SVG[1:-1])
    root = ET.fromstring(svg)
    _, top, wide, high = box
    for element in list(root):
        span = _span(element)
        if span and not top <= sum(span) / 2 < top + high:
            root.remove(element)
    root.set("viewBox", " ".join(f"{number:g}" for number in box))
    root.set("height", f"{float(root.get('width', wide)) * high / wide:.0f}")
    return ET.tostring(root, encoding="unicode")
