"""The axes of a chart file: grid, lines, ticks, their texts and the titles."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from pages.figures import chart_text
from pages.figures.chart_notes import Plot
from pages.figures.chart_paint import Attributes, stroke
from pages.figures.chart_scales import Scale, Tick, tallest, ticks, widest
from pages.figures.chart_subset import Part, one_of
from pages.figures.svg import element

GAP = 4
"""Pixels between an axis and its tick texts."""


def side_of(letter: str, axis: Part) -> str:
    """Return the side an axis stands on."""
    usual, other = ("left", "right") if letter == "y" else ("bottom", "top")
    return str(one_of("side", axis.get("side") or usual, (usual, other)))


def _fonts(axis: Part, font: Part) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    plain = dict(font) | ({"color": axis["color"]} if axis.get("color") else {})
    title = (
        plain | {"size": float(plain["size"]) * 1.2} | ((axis.get("title") or {}).get("font") or {})
    )
    return plain | (axis.get("tickfont") or {}), title


def _tick_length(axis: Part) -> float:
    if one_of("ticks", axis.get("ticks") or "", ("", "outside", "inside")) != "outside":
        return 0.0
    given = axis.get("ticklen")
    return 5.0 if given is None else float(given)


def _title(axis: Part) -> str:
    return str((axis.get("title") or {}).get("text") or "")


def _turned(scale: Scale, found: list[Tick], font: float) -> float:
    """Return the angle of an axis' tick texts: long categories side by side are turned."""
    given = scale.axis.get("tickangle")
    if given not in (None, "auto"):
        return float(given)
    if scale.end < scale.start or scale.kind != "category" or len(found) < 2:
        return 0.0
    step = min(abs(b.at - a.at) for a, b in pairwise(found))
    return 90.0 if widest(found, font) > step - 4 else 0.0


def room_for(scale: Scale, font: Part) -> float:
    """Return how many pixels an axis' ticks and title need outside the chart."""
    axis = scale.axis
    if axis.get("visible") is False:
        return 0.0
    own, title_font = _fonts(axis, font)
    needed = _text_room(scale, own) + 2
    if _title(axis):
        high = chart_text.size(_title(axis), float(title_font["size"]))[1]
        needed += high + float((axis.get("title") or {}).get("standoff") or 10) + 4
    return needed


def _text_room(scale: Scale, own: Part) -> float:
    if scale.axis.get("showticklabels") is False:
        return _tick_length(scale.axis)
    size = float(own["size"])
    found = ticks(scale, size)
    upright = scale.end < scale.start
    sideways = upright or _turned(scale, found, size) != 0
    reach = widest(found, size) if sideways else tallest(found, size)
    return _tick_length(scale.axis) + GAP + reach


def axis_parts(
    name: str, scale: Scale, scales: Mapping[str, Scale], plot: Plot, font: Part, *, grid: bool
) -> list[str]:
    """Return an axis' grid and zero line, or else its line, ticks, texts and title."""
    axis = scale.axis
    if axis.get("visible") is False:
        return []
    upright = name[0] == "y"
    other = scales.get(axis.get("anchor") or "", scales["x" if upright else "y"])
    own, title_font = _fonts(axis, font)
    found = ticks(scale, float(own["size"]))
    if grid:
        return _grid(scale, other, found, upright=upright)
    far = side_of(name[0], axis) in ("right", "top")
    ends = other.inside
    at = ends[1] if far == upright else ends[0]
    parts = _line(scale, at, upright=upright)
    outward = (1 if far else -1) if upright else (-1 if far else 1)
    length = _tick_length(axis)
    if length:
        look: Attributes = stroke({"color": axis.get("tickcolor"), "width": 1}, "#444444")
        for tick in found:
            move = f"h{outward * length:g}" if upright else f"v{outward * length:g}"
            spot = f"M{at:.2f},{tick.at:.2f}" if upright else f"M{tick.at:.2f},{at:.2f}"
            parts.append(element("path", d=f"{spot} {move}", **look))
    if axis.get("showticklabels") is not False:
        parts += _texts(
            scale, found, at + outward * (length + GAP), own, upright=upright, outward=outward
        )
    if _title(axis):
        parts.append(_axis_title(scale, at, own, title_font, upright=upright, outward=outward))
    return parts


def _grid(scale: Scale, other: Scale, found: list[Tick], *, upright: bool) -> list[str]:
    axis = scale.axis
    first, last = other.inside
    parts = []

    def across(at: float, look: Attributes) -> str:
        if upright:
            d = f"M{first:.2f},{at:.2f} H{last:.2f}"
        else:
            d = f"M{at:.2f},{first:.2f} V{last:.2f}"
        return element("path", d=d, **look)

    if axis.get("showgrid") is not False:
        own = {"color": axis.get("gridcolor"), "width": axis.get("gridwidth") or 1}
        look = stroke(own | {"dash": axis.get("griddash")}, "#eeeeee")
        parts += [across(tick.at, look) for tick in found]
    low, high = sorted((scale.low, scale.high))
    # A zero at the axis' own end is the axis, and drawn as such.
    if axis.get("zeroline") is not False and scale.kind == "linear" and low <= 0 <= high:
        own = {"color": axis.get("zerolinecolor"), "width": axis.get("zerolinewidth") or 1}
        parts.append(across(scale.place(0), stroke(own, "#444444")))
    return parts


def _line(scale: Scale, at: float, *, upright: bool) -> list[str]:
    axis = scale.axis
    if not axis.get("showline") and not axis.get("linecolor"):
        return []
    look = stroke({"color": axis.get("linecolor"), "width": axis.get("linewidth") or 1}, "#444444")
    first, last = scale.inside
    d = f"M{at:.2f},{first:.2f} V{last:.2f}" if upright else f"M{first:.2f},{at:.2f} H{last:.2f}"
    return [element("path", d=d, **look)]


def _texts(
    scale: Scale, found: list[Tick], at: float, own: Part, *, upright: bool, outward: int
) -> list[str]:
    size, colour = float(own["size"]), own["color"]
    angle = _turned(scale, found, size)
    parts = []
    for tick in found:
        high = chart_text.size(tick.text, size)[1]
        if upright:
            anchor = "end" if outward < 0 else "start"
            base = tick.at + size * 0.36 - (high - size) / 2
            parts.append(chart_text.draw(tick.text, at, base, size, colour=colour, anchor=anchor))
        elif angle:
            # Turned texts hang from the axis by their near end.
            downward = angle > 0
            anchor = "start" if (outward > 0) == downward else "end"
            spot = tick.at - size * 0.36 if downward else tick.at + size * 0.36
            parts.append(
                chart_text.draw(
                    tick.text, spot, at, size, colour=colour, anchor=anchor, angle=angle
                )
            )
        else:
            base = at + size * 0.86 if outward > 0 else at - (high - size) - size * 0.2
            parts.append(
                chart_text.draw(tick.text, tick.at, base, size, colour=colour, anchor="middle")
            )
    return parts


def _axis_title(
    scale: Scale, at: float, own: Part, font: Part, *, upright: bool, outward: int
) -> str:
    size = float(font["size"])
    said = _title(scale.axis)
    high = chart_text.size(said, size)[1]
    standoff = float((scale.axis.get("title") or {}).get("standoff") or 10)
    away = at + outward * (_text_room(scale, own) + standoff)
    middle = (scale.start + scale.end) / 2
    if not upright:
        base = away + size * 0.86 if outward > 0 else away - (high - size) - size * 0.2
        return chart_text.draw(said, middle, base, size, colour=font["color"], anchor="middle")
    # Turned a quarter to the left: lines follow each other to the right.
    base = away - (high - size) - size * 0.2 if outward < 0 else away + size * 0.86
    return chart_text.draw(
        said, base, middle, size, colour=font["color"], anchor="middle", angle=-90
    )
