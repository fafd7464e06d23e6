"""Write polygons as compact SVG paths, and read such paths back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

import shapely
from shapely import MultiPolygon, Polygon

# A tenth of an SVG unit: 36 metres in the country map, 11 in the enlarged capital.
DECIMALS = 1
_TENS = 10**DECIMALS
_SUBPATH = re.compile(r"M([^Mz]*)z")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


def path_of(shapes: Iterable[MultiPolygon]) -> str:
    """Return one path for all polygons (fill-rule evenodd); an absolute start, relative steps.

    Corners that fall together after rounding are written once, the same on both sides of a
    border. Steps are between rounded corners, so rounding does not add up.
    """
    words = []
    for shape in shapes:
        for polygon in shape.geoms:
            for ring in (polygon.exterior, *polygon.interiors):
                words.append(_subpath(ring))
    return "".join(words)


def polygons_of_path(path: str) -> list[Polygon]:
    """Return the subpaths of a path written by ``path_of``, one polygon per subpath."""
    polygons = []
    for text in _SUBPATH.findall(path):
        numbers = [round(float(number) * _TENS) for number in _NUMBER.findall(text)]
        x = y = 0
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x / _TENS, y / _TENS))
        polygons.append(Polygon(ring))
    return polygons


def _subpath(ring: shapely.LinearRing) -> str:
    whole = [(round(x * _TENS), round(y * _TENS)) for x, y in ring.coords]
    corners = [a for a, b in pairwise(whole) if a != b]
    if len(corners) < 3:
        return ""
    start, *rest = corners
    steps = [start]
    steps += [(x - x0, y - y0) for (x, y), (x0, y0) in zip(rest, corners[:-1], strict=True)]
    pairs = [f"{_number(x)} {_number(y)}" for x, y in steps]
    text = f"M{pairs[0]}l{' '.join(pairs[1:])}z"
    return text.replace(" -", "-")


def _number(tenths: int) -> str:
    text = f"{tenths / _TENS:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text)
