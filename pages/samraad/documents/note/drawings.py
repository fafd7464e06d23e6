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
CHART_HEIGHT = 225
CROP = (24.0, 70.0, 88.0)
"""How much is cut off a chart's sides, top and bottom: room for title and source."""
_BOX = re.compile(r'(?<=viewBox=")[^"]*')


@lru_cache(maxsize=2)
def ground() -> str:
    """Return the map of all kommuner in light grey: the same for every note, so drawn once."""
    asset = geodata.load_map()
    parts = [
        element(
            "path", d=area.d, fill=OTHERS, stroke="#ffffff", stroke_width=1, fill_rule="evenodd"
        )
        for area in asset.levels["kommune"]
    ]
    for frame in asset.frames:
        x, y, wide, high = frame.rect
        box = element("rect", x=x, y=y, width=wide, height=high, fill="none", stroke=_tone("frame"))
        parts.append(box)
    return _sheet("".join(parts))


def places(code: str, beside: Collection[str]) -> str:
    """Return what lies on top of `ground`: the kommune in red, its peers in darker grey."""
    asset = geodata.load_map()
    paths = {area.id: area.d for area in asset.levels["kommune"]}
    parts = [
        element(
            "path",
            d=paths[area],
            fill=HERE if area == code else BESIDE,
            stroke=TEXT if area == code else "#ffffff",
            stroke_width=2 if area == code else 1,
            fill_rule="evenodd",
        )
        for area in [*sorted(set(beside) - {code}), code]
        if area in paths
    ]
    return _sheet("".join(parts))


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
