"""Lines, markers, texts, areas and error bars of a chart file."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from pages.figures import chart_text
from pages.figures.chart_paint import Attributes, marker, paint, stroke
from pages.figures.chart_scales import Scale, milliseconds
from pages.figures.chart_subset import Part, UnsupportedFigureError, each, one_of
from pages.figures.svg import element

Point = tuple[float, float]
FILLS = ("none", "tozeroy", "tozerox", "tonexty", "tonextx", "toself")
CAP = 4


def values(trace: Part, letter: str) -> list[Any]:
    """Return a trace's values along `x` or `y`; where it has none, they are counted out."""
    given = trace.get(letter)
    if given is not None:
        return list(given)
    other = trace.get("y" if letter == "x" else "x")
    start, step = trace.get(f"{letter}0") or 0, trace.get(f"d{letter}") or 1
    if isinstance(start, str):
        start = milliseconds(start)
    return [start + n * step for n in range(len(other or []))]


def is_dated(trace: Part, letter: str) -> bool:
    """Whether counted-out values begin at a date."""
    return trace.get(letter) is None and isinstance(trace.get(f"{letter}0"), str)


def mode(trace: Part) -> set[str]:
    """Return what a trace draws: lines, markers, text."""
    given = trace.get("mode") or ("lines+markers" if len(values(trace, "y")) < 20 else "lines")
    parts = set(str(given).split("+")) - {"none"}
    for part in parts:
        one_of("mode", part, ("lines", "markers", "text"))
    return parts


def points(trace: Part, x: Scale, y: Scale) -> list[Point | None]:
    """Return where a trace's points lie; None where either value is missing."""
    found: list[Point | None] = []
    for one, other in zip(values(trace, "x"), values(trace, "y"), strict=True):
        across, up = x.pixel(one), y.pixel(other)
        found.append(None if across is None or up is None else (across, up))
    return found


def area(
    trace: Part, before: Sequence[Point | None] | None, x: Scale, y: Scale, colour: str
) -> str:
    """Return what a trace fills: to an axis, to the trace before it, or itself."""
    kind = one_of("fill", trace.get("fill") or "none", FILLS)
    here = [point for point in points(trace, x, y) if point is not None]
    if kind == "none" or not here:
        return ""
    if kind in ("tonexty", "tonextx") and before is not None:
        edge = [point for point in reversed(before) if point is not None]
    elif kind == "toself":
        edge = []
    elif kind in ("tozeroy", "tonexty"):
        floor = y.place(0) if min(y.low, y.high) <= 0 <= max(y.low, y.high) else y.start
        edge = [(here[-1][0], floor), (here[0][0], floor)]
    else:
        wall = x.place(0) if min(x.low, x.high) <= 0 <= max(x.low, x.high) else x.start
        edge = [(wall, here[-1][1]), (wall, here[0][1])]
    given = trace.get("fillcolor")
    look = paint("fill", given or (trace.get("line") or {}).get("color") or colour)
    if given is None:
        look["fill_opacity"] = 0.5
    return element("path", d=f"{_path([*here, *edge], 'linear')} Z", **look)


def line(trace: Part, x: Scale, y: Scale, colour: str) -> str:
    """Return a trace's line, broken where a value is missing."""
    if "lines" not in mode(trace):
        return ""
    own = trace.get("line") or {}
    shape = one_of("line shape", own.get("shape") or "linear", ("linear", "hv", "vh"))
    every = points(trace, x, y)
    if trace.get("connectgaps"):
        every = [point for point in every if point is not None]
    pieces = [
        list(group)
        for there, group in itertools.groupby(every, key=lambda p: p is not None)
        if there
    ]
    d = " ".join(_path([p for p in piece if p], shape) for piece in pieces if len(piece) > 1)
    if not d:
        return ""
    look: Attributes = stroke(own, (trace.get("marker") or {}).get("color") or colour)
    if trace.get("opacity") is not None:
        look["opacity"] = float(trace["opacity"])
    return element("path", d=d, fill="none", stroke_linejoin="round", **look)


def _path(along: Sequence[Point], shape: str) -> str:
    told = [f"M{along[0][0]:.2f},{along[0][1]:.2f}"]
    for (x, y), (before_x, before_y) in zip(along[1:], along, strict=False):
        if shape == "hv":
            told.append(f"L{x:.2f},{before_y:.2f}")
        elif shape == "vh":
            told.append(f"L{before_x:.2f},{y:.2f}")
        told.append(f"L{x:.2f},{y:.2f}")
    return " ".join(told)


def marks(trace: Part, x: Scale, y: Scale, colour: str) -> list[str]:
    """Return a trace's error bars and markers, each with its hover text as its title."""
    every = points(trace, x, y)
    parts = [*_errors(trace, "x", x, y, colour), *_errors(trace, "y", x, y, colour)]
    if "markers" not in mode(trace):
        return parts
    own = trace.get("marker") or {}
    count = len(every)
    colours, sizes = each(own.get("color"), count), each(own.get("size"), count)
    symbols, opacities = each(own.get("symbol"), count), each(own.get("opacity"), count)
    edge = own.get("line") or {}
    edges, widths = each(edge.get("color"), count), each(edge.get("width"), count)
    hovers = each(trace.get("hovertext"), count)
    for n, point in enumerate(every):
        if point is None or not (x.holds(point[0]) and y.holds(point[1])):
            continue
        ink = colours[n] or (trace.get("line") or {}).get("color") or colour
        if not isinstance(ink, str):
            raise UnsupportedFigureError("markers coloured by number")
        opacity = opacities[n] if opacities[n] is not None else trace.get("opacity")
        symbol = str(symbols[n] or "circle")
        look: Attributes = paint("fill", ink)
        wide = widths[n] if widths[n] is not None else 0
        if symbol.endswith("-open") or symbol.startswith("line-"):
            look |= paint("stroke", ink) | {"stroke_width": float(wide or 1)}
        elif wide:
            look |= paint("stroke", edges[n] or "#444444") | {"stroke_width": float(wide)}
        if opacity is not None and opacity != 1:
            look["opacity"] = float(opacity)
        size = float(sizes[n] if sizes[n] is not None else 6)
        drawn = marker(symbol, *point, size, look)
        if hovers[n]:
            title = element("title", escape(str(hovers[n])))
            drawn = element("g", title + drawn)
        parts.append(drawn)
    return parts


def _errors(trace: Part, letter: str, x: Scale, y: Scale, colour: str) -> list[str]:
    own = trace.get(f"error_{letter}") or {}
    if not own or own.get("visible") is False or own.get("array") is None:
        return []
    one_of("error type", own.get("type") or "data", ("data",))
    up = list(own["array"])
    down = list(own["arrayminus"]) if own.get("arrayminus") is not None else up
    mark = (trace.get("marker") or {}).get("color")
    ink = own.get("color") or (mark if isinstance(mark, str) else None) or colour
    look: Attributes = paint("stroke", ink)
    look |= {"stroke_width": float(own.get("thickness") or 2), "fill": "none"}
    cap = CAP if own.get("width") is None else float(own["width"])
    scale = x if letter == "x" else y
    parts = []
    places = zip(points(trace, x, y), values(trace, letter), down, up, strict=True)
    for point, value, less, more in places:
        if point is None or (less is None and more is None):
            continue
        low = scale.pixel(scale_add(value, -(less or 0)))
        high = scale.pixel(scale_add(value, more or 0))
        if low is None or high is None:
            continue
        if letter == "x":
            d = f"M{low:.2f},{point[1]:.2f} L{high:.2f},{point[1]:.2f}"
            caps = [f"M{e:.2f},{point[1] - cap:.2f} v{2 * cap:.2f}" for e in (low, high)]
        else:
            d = f"M{point[0]:.2f},{low:.2f} L{point[0]:.2f},{high:.2f}"
            caps = [f"M{point[0] - cap:.2f},{e:.2f} h{2 * cap:.2f}" for e in (low, high)]
        parts.append(element("path", d=" ".join([d, *(caps if cap else [])]), **look))
    return parts


def scale_add(value: Any, more: float) -> Any:
    """Return a value moved by an error."""
    if isinstance(value, str):
        raise UnsupportedFigureError("an error bar along categories or dates")
    return value + more


def texts(trace: Part, x: Scale, y: Scale, font: Part) -> list[str]:
    """Return the texts of a trace beside, over or on its points."""
    if "text" not in mode(trace):
        return []
    every = points(trace, x, y)
    count = len(every)
    own = dict(font) | (trace.get("textfont") or {})
    sizes, colours = each(own["size"], count), each(own["color"], count)
    said = each(trace.get("text"), count)
    where = each(trace.get("textposition") or "middle center", count)
    marks = each((trace.get("marker") or {}).get("size"), count)
    around = "markers" in mode(trace)
    parts = []
    for n, point in enumerate(every):
        if point is None or said[n] in (None, ""):
            continue
        up, side = str(where[n]).split()
        one_of("textposition", up, ("top", "middle", "bottom"))
        one_of("textposition", side, ("left", "center", "right"))
        size = float(sizes[n])
        away = float(marks[n] if marks[n] is not None else 6) / 2 if around else 0
        gap = away * 0.8 + 3 if around else 0
        _, high = chart_text.size(str(said[n]), size)
        x_at = point[0] + {"left": -gap, "center": 0, "right": gap}[side]
        base = {
            "top": point[1] - gap - (high - size) - size * 0.25,
            "middle": point[1] + size * 0.36 - (high - size) / 2,
            "bottom": point[1] + gap + size * chart_text.ASCENT,
        }[up]
        anchor = {"left": "end", "center": "middle", "right": "start"}[side]
        text = str(said[n])
        parts.append(chart_text.draw(text, x_at, base, size, colour=colours[n], anchor=anchor))
    return parts
