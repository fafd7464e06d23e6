"""Shapes, annotations and the legend of a chart file."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pages.figures import chart_text
from pages.figures.chart_lines import mode
from pages.figures.chart_paint import Attributes, marker, paint, pattern, stroke
from pages.figures.chart_scales import Scale
from pages.figures.chart_subset import Part, UnsupportedFigureError, each, one_of
from pages.figures.svg import element

Scales = Mapping[str, Scale]
ROW = 1.6
"""Height of a legend's row, in font sizes."""

KEY = 30
"""Width of a legend's mark in pixels."""


@dataclass(frozen=True)
class Plot:
    """The box inside the margins, in pixels, and the scales by axis name ('x', 'y2')."""

    left: float
    top: float
    width: float
    height: float
    scales: Scales

    def note(self, ref: str, value: Any, letter: str) -> float | None:
        """Return where an annotation lies: on a logarithmic axis it is placed by the logarithm."""
        scale = self.scales.get(ref)
        if scale is not None and scale.kind == "log":
            return scale.place(float(value))
        return self.place(ref, value, letter)

    def place(self, ref: str, value: Any, letter: str) -> float | None:
        """Return where a value lies by its reference: paper, an axis, or an axis' own domain."""
        if ref == "paper":
            if letter == "x":
                return self.left + float(value) * self.width
            return self.top + (1 - float(value)) * self.height
        name, _, of_domain = ref.partition(" ")
        if name not in self.scales:
            raise UnsupportedFigureError(f"the reference {ref!r}")
        scale = self.scales[name]
        if of_domain:
            return scale.start + float(value) * (scale.end - scale.start)
        return scale.pixel(value)


def shape(own: Part, plot: Plot) -> str:
    """Return one shape; a rectangle of a path keeps its place among the values."""
    kind = one_of("shape", own.get("type") or "rect", ("line", "rect", "circle", "path"))
    xref, yref = own.get("xref") or "x", own.get("yref") or "y"
    look: Attributes = stroke(own.get("line"), "#444444")
    look |= {"fill": "none"} if kind == "line" else paint("fill", own.get("fillcolor"))
    if own.get("opacity") is not None:
        look["opacity"] = float(own["opacity"])
    if kind == "path":
        return element("path", d=_placed(str(own["path"]), xref, yref, plot), **look)
    ends = [plot.place(xref, own[f"x{n}"], "x") for n in (0, 1)]
    ends += [plot.place(yref, own[f"y{n}"], "y") for n in (0, 1)]
    if any(end is None for end in ends):
        raise UnsupportedFigureError("a shape without a place")
    x0, x1, y0, y1 = (float(end) for end in ends if end is not None)
    if kind == "line":
        return element("path", d=f"M{x0:.2f},{y0:.2f} L{x1:.2f},{y1:.2f}", **look)
    if kind == "circle":
        middle: Attributes = {"cx": (x0 + x1) / 2, "cy": (y0 + y1) / 2}
        return element("ellipse", rx=abs(x1 - x0) / 2, ry=abs(y1 - y0) / 2, **middle, **look)
    box: Attributes = {"x": min(x0, x1), "y": min(y0, y1)}
    return element("rect", width=abs(x1 - x0), height=abs(y1 - y0), **box, **look)


def _placed(path: str, xref: str, yref: str, plot: Plot) -> str:
    """Return an SVG path of absolute commands with its numbers turned into places."""
    found = []
    for command, rest in re.findall(r"([MLHVCQSTZmlhvcqstaAz])([^MLHVCQSTZmlhvcqstaAz]*)", path):
        letters = {"H": "x", "V": "y"}.get(command, "xy")
        one_of("path command", command, tuple("MLHVCQSTZ"))
        numbers = [float(part) for part in re.split(r"[ ,]+", rest.strip()) if part]
        places = []
        for n, value in enumerate(numbers):
            letter = letters[n % len(letters)]
            at = plot.place(xref if letter == "x" else yref, value, letter)
            places.append(f"{at:.2f}")
        found.append(command + " ".join(places))
    return " ".join(found)


def annotation(own: Part, plot: Plot, font: Part, kind: str = "") -> list[str]:
    """Return one annotation: its arrow, box and text. `kind` is the text's class."""
    xref, yref = own.get("xref") or "x", own.get("yref") or "y"
    x, y = plot.note(xref, own["x"], "x"), plot.note(yref, own["y"], "y")
    if x is None or y is None:
        raise UnsupportedFigureError("an annotation without a place")
    x, y = x + float(own.get("xshift") or 0), y - float(own.get("yshift") or 0)
    look = dict(font) | (own.get("font") or {})
    size = float(look["size"])
    wide, high = chart_text.size(str(own.get("text") or ""), size)
    pad = float(own.get("borderpad") or 1)
    angle = float(own.get("textangle") or 0)
    one_of("textangle", angle, (0, -90, 90, 270))
    parts: list[str] = []
    tail_x, tail_y = x, y
    # Plotly shows an arrow unless it is told not to.
    if own.get("showarrow", True):
        if own.get("axref") not in (None, "pixel") or own.get("ayref") not in (None, "pixel"):
            raise UnsupportedFigureError("an arrow's tail placed by an axis")
        tail_x += float(own["ax"] if own.get("ax") is not None else -10)
        tail_y += float(own["ay"] if own.get("ay") is not None else -30)
        parts.append(_arrow(own, (tail_x, tail_y), (x, y), look["color"]))
    box_w, box_h = wide + 2 * pad, high + 2 * pad
    if angle:
        box_w, box_h = box_h, box_w
    arrow = own.get("showarrow", True)
    left = tail_x - box_w * _share(own.get("xanchor"), own["x"], xref, arrow=arrow)
    top = tail_y - box_h * _share(own.get("yanchor"), own["y"], yref, arrow=arrow)
    if own.get("bgcolor") or own.get("bordercolor"):
        box: Attributes = {"x": left, "y": top, "width": box_w, "height": box_h}
        border: Attributes = {}
        if own.get("bordercolor"):
            border = paint("stroke", own["bordercolor"])
            border |= {"stroke_width": float(own.get("borderwidth") or 1)}
        parts.append(element("rect", **box, **paint("fill", own.get("bgcolor")), **border))
    align = one_of("align", own.get("align") or "center", ("left", "center", "right"))
    inner = {"left": 0.0, "center": wide / 2, "right": wide}[align]
    anchor = {"left": "start", "center": "middle", "right": "end"}[align]
    base = size * 0.86
    more: dict[str, Any] = {"colour": look["color"], "anchor": anchor, "kind": kind}
    text = str(own.get("text") or "")
    if angle in (-90, 270):
        # Turned up: the text begins at the bottom of its box.
        x_at, y_at = left + pad + base, top + box_h - pad - inner
        parts.append(chart_text.draw(text, x_at, y_at, size, angle=-90, **more))
    elif angle:
        x_at, y_at = left + box_w - pad - base, top + pad + inner
        parts.append(chart_text.draw(text, x_at, y_at, size, angle=90, **more))
    else:
        parts.append(chart_text.draw(text, left + pad + inner, top + pad + base, size, **more))
    if own.get("opacity") is not None:
        return [element("g", "".join(parts), opacity=float(own["opacity"]))]
    return parts


def _share(anchor: str | None, value: Any, ref: str, *, arrow: bool) -> float:
    """Return how much of a box lies before its place."""
    known = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
    if anchor in known:
        return known[anchor]
    one_of("anchor", anchor, (None, "auto"))
    if ref != "paper" or arrow:
        return 0.5
    position = float(value)
    return 0.0 if position < 1 / 3 else 0.5 if position <= 2 / 3 else 1.0


def _arrow(own: Part, tail: tuple[float, float], head: tuple[float, float], colour: str) -> str:
    length = math.hypot(head[0] - tail[0], head[1] - tail[1])
    if not length:
        return ""
    back = min(float(own.get("standoff") or 0) / length, 1)
    end = tuple(h - (h - t) * back for h, t in zip(head, tail, strict=True))
    wide = float(own.get("arrowwidth") or 1)
    ink = own.get("arrowcolor") or colour
    look: Attributes = paint("stroke", ink) | {"stroke_width": wide}
    line = element("path", d=f"M{tail[0]:.2f},{tail[1]:.2f} L{end[0]:.2f},{end[1]:.2f}", **look)
    if own.get("arrowhead") == 0:
        return line
    turn = math.atan2(end[1] - tail[1], end[0] - tail[0])
    reach = 3 * wide * float(own.get("arrowsize") or 1) + 2
    corners = [
        (end[0] - reach * math.cos(turn + side), end[1] - reach * math.sin(turn + side))
        for side in (0.45, -0.45)
    ]
    d = f"M{end[0]:.2f},{end[1]:.2f} " + " ".join(f"L{x:.2f},{y:.2f}" for x, y in corners)
    return line + element("path", d=f"{d} Z", **paint("fill", ink))


def legend(
    traces: Sequence[tuple[Part, str]], x: float, y: float, width: float, font: Part
) -> tuple[list[str], float]:
    """Return the key of the traces with their colours in rows from `y` down, and its height."""
    size = float(font["size"])
    parts: list[str] = []
    at_x, at_y = x, y
    seen: set[str] = set()
    for trace, colour in traces:
        name = str(trace.get("name") or "")
        group = trace.get("legendgroup") or ""
        if trace.get("showlegend") is False or not name or f"{group}|{name}" in seen:
            continue
        seen.add(f"{group}|{name}")
        wide = KEY + 6 + chart_text.size(name, size)[0] + 20
        if at_x > x and at_x + wide > x + width:
            at_x, at_y = x, at_y + size * ROW
        middle = at_y + size * ROW / 2
        parts += _sample(trace, colour, at_x, middle)
        text_x, base = at_x + KEY + 6, middle + size * 0.36
        parts.append(chart_text.draw(name, text_x, base, size, colour=font["color"]))
        at_x += wide
    return parts, (at_y + size * ROW - y if parts else 0.0)


def _sample(trace: Part, colour: str, x: float, middle: float) -> list[str]:
    own = trace.get("marker") or {}
    ink = each(own.get("color"), 1)[0] or colour
    edge = own.get("line") or {}
    border: Attributes = {}
    wide = each(edge.get("width"), 1)[0]
    if wide:
        border = paint("stroke", each(edge.get("color"), 1)[0] or "#444444")
        border |= {"stroke_width": float(wide)}
    if trace.get("type") == "bar":
        parts = []
        fill = paint("fill", ink)
        shapes = own.get("pattern") or {}
        if mark := each(shapes.get("shape"), 1)[0]:
            first = {key: each(value, 1)[0] for key, value in shapes.items()}
            name, definition = pattern(mark, first, ink)
            parts, fill = [definition], paint("fill", f"url(#{name})")
        box: Attributes = {"x": x + 6, "y": middle - 6, "width": 18, "height": 12}
        return [*parts, element("rect", **box, **fill, **border)]
    parts = []
    line = trace.get("line") or {}
    fill_kind = trace.get("fill")
    if fill_kind and fill_kind != "none":
        box = {"x": x, "y": middle - 5, "width": KEY, "height": 10}
        ground = trace.get("fillcolor") or line.get("color") or ink
        parts.append(element("rect", **box, **paint("fill", ground)))
    if "lines" in mode(trace) and line.get("width") != 0:
        look = stroke(line, ink)
        parts.append(element("path", d=f"M{x:.2f},{middle:.2f} h{KEY}", **look))
    if "markers" in mode(trace):
        symbol = str(each(own.get("symbol"), 1)[0] or "circle")
        dot: Attributes = paint("fill", ink) | border
        if symbol.endswith("-open") or symbol.startswith("line-"):
            dot |= paint("stroke", ink) | {"stroke_width": float(wide or 1)}
        size = each(own.get("size"), 1)[0]
        size = min(16.0, float(size if size is not None else 6))
        parts.append(marker(symbol, x + KEY / 2, middle, size, dot))
    return parts


def boxes(
    notes: Sequence[Part], draw: Callable[[Part, str], list[str]], badge: str | None
) -> list[str]:
    """Return all annotations; the one that says `badge` has the class of that name."""
    parts = []
    for own in notes:
        is_badge = bool(badge) and own.get("text") == f"<b>{badge}</b>"
        parts += draw(own, "badge" if is_badge else "")
    return parts
