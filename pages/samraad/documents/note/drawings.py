"""The two drawings of a kommunenotat: where the kommune lies, and one indicator over time."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

import polars as pl

import geodata
from pages.figures import series_cells
from pages.figures.bars import Ink
from pages.figures.chart_svg import chart_svg
from pages.figures.palette import TEXT, TONES
from pages.figures.svg import element
from pages.figures.time_lines import time_lines
from pages.language import synthetic

HERE, BESIDE, OTHERS = "#9c1b2c", "#a9aeb4", "#e4e6e9"
"""The kommune, those it is likened to, and the rest; told apart without colour too."""
GRID = 3
"""How many of the map's thousand units lie between the points of an outline."""
_NUMBERS = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
CHART_HEIGHT = 225
CROP = (24.0, 70.0, 88.0)
"""How much is cut off a chart's sides, top and bottom: room for title and source."""
_BOX = re.compile(r'(?<=viewBox=")[^"]*')


def ground() -> str:
    """Return the map of all kommuner in light grey: the same for every note."""
    return _ground(geodata.map_hash())


@lru_cache(maxsize=2)
def _ground(map_hash: str) -> str:
    parts = [
        element("path", d=d, fill=OTHERS, stroke="#ffffff", stroke_width=1, fill_rule="evenodd")
        for d in _outlines(map_hash).values()
    ]
    for frame in geodata.load_map().frames:
        x, y, wide, high = frame.rect
        box = element("rect", x=x, y=y, width=wide, height=high, fill="none", stroke=_tone("frame"))
        parts.append(box)
    return _sheet("".join(parts))


def places(code: str, beside: Collection[str]) -> str:
    """Return what lies on top of `ground`: the kommune in red, its peers in darker grey."""
    outlines = _outlines(geodata.map_hash())
    parts = [
        element(
            "path",
            d=outlines[area],
            fill=HERE if area == code else BESIDE,
            stroke=TEXT if area == code else "#ffffff",
            stroke_width=2 if area == code else 1,
            fill_rule="evenodd",
        )
        for area in [*sorted(set(beside) - {code}), code]
        if area in outlines
    ]
    return _sheet("".join(parts))


@lru_cache(maxsize=2)
def _outlines(_hash: str) -> dict[str, str]:
    """Return the kommuner's outlines by code, no finer than a map of four centimetres shows."""
    return {area.id: coarse(area.d) for area in geodata.load_map().levels["kommune"]}


def coarse(path: str) -> str:
    """Return an outline on a grid of `GRID` units: neighbours still meet, and specks are gone.

    Knows what the map's paths are made of: 'M', 'l' and 'z'.
    """
    rings = []
    x = y = 0.0
    for part in filter(None, re.split("(?=M)|z", path)):
        start = _NUMBERS.findall(part)
        x, y = float(start[0]), float(start[1])
        points = [_snapped(x, y)]
        for right, down in zip(start[2::2], start[3::2], strict=True):
            x, y = x + float(right), y + float(down)
            if (here := _snapped(x, y)) != points[-1]:
                points.append(here)
        rings.append(points)
    kept = [ring for ring in rings if len(set(ring)) > 2] or [max(rings, key=len)]
    return "".join(f"M{'L'.join(f'{a} {b}' for a, b in ring)}z" for ring in kept)


def _snapped(x: float, y: float) -> tuple[int, int]:
    return round(x / GRID) * GRID, round(y / GRID) * GRID


def map_ratio() -> float:
    """Return the map's height by its width."""
    _, _, wide, high = geodata.load_map().view_box
    return high / wide


def over_time(months: pl.DataFrame, axis_title: str, *, made_up: bool) -> str | None:
    """Return the months of a kommune and the country as lines, None where no month is shown.

    `months` are of `series_cells.monthly`, either all made up or none of them.
    """
    lines = series_cells.lines(months)
    if not any(not line.first for line in lines):
        return None
    badge = synthetic.BADGE if made_up else None
    figure = time_lines(lines, axis_title=axis_title, badge=badge, ink=Ink())
    figure.layout.height = CHART_HEIGHT
    return _cropped(chart_svg(figure, title="", subtitle="", source="", badge=badge))


def _cropped(svg: str) -> str:
    """Return a drawing without the margins that it has as a file of its own."""
    _, _, wide, high = (float(one) for one in _BOX.findall(svg)[0].split())
    box = f"{CROP[0]:g} {CROP[1]:g} {wide - 2 * CROP[0]:g} {high - CROP[1] - CROP[2]:g}"
    return _BOX.sub(box, svg, count=1)


def _sheet(inside: str) -> str:
    left, top, wide, high = geodata.load_map().view_box
    return element(
        "svg",
        inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{left:g} {top:g} {wide:g} {high:g}",
    )


def _tone(name: str) -> str:
    return TONES[name].hex()
