"""Bars of a chart file: beside, over or on top of each other, with patterns and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from pages.figures import chart_text
from pages.figures.chart_paint import Attributes, paint, pattern
from pages.figures.chart_scales import Scale
from pages.figures.chart_subset import Part, each, one_of
from pages.figures.svg import element

GAP = 3
"""Pixels between a bar and its label."""


@dataclass(frozen=True)
class Span:
    """One bar in the axes' numbers: its middle and width along the bars, its two ends."""

    middle: float
    width: float
    start: float
    end: float
    outermost: bool = True


def lying(trace: Part) -> bool:
    """Whether a trace's bars are horizontal."""
    return bool(one_of("orientation", trace.get("orientation") or "v", ("h", "v")) == "h")


def along(trace: Part) -> list[Any]:
    """Return the places of a trace's bars."""
    return list(trace.get("y" if lying(trace) else "x") or range(len(values(trace))))


def values(trace: Part) -> list[Any]:
    """Return the lengths of a trace's bars."""
    return list(trace.get("x" if lying(trace) else "y") or [])


def spans(traces: Sequence[Part], layout: Part, place: Scale) -> list[list[Span | None]]:
    """Return each trace's bars on one pair of axes; None where a bar has no place or length."""
    if not traces:
        return []
    mode = layout.get("barmode") or "group"
    one_of("barmode", mode, ("group", "stack", "relative", "overlay"))
    middles = [[place.number(value) for value in along(trace)] for trace in traces]
    unit = _unit([m for part in middles for m in part if m is not None])
    gap = 0.2 if layout.get("bargap") is None else float(layout["bargap"])
    band = unit * (1 - gap)
    wide = band / len(traces) if mode == "group" else band
    heights: dict[tuple[float, bool], float] = {}
    last: dict[tuple[float, bool], tuple[int, int]] = {}
    found: list[list[Span | None]] = []
    for number, (trace, part) in enumerate(zip(traces, middles, strict=True)):
        shift = wide * (number - (len(traces) - 1) / 2) if mode == "group" else 0.0
        widths = each(trace.get("width"), len(part))
        bases = each(trace.get("base"), len(part))
        row: list[Span | None] = []
        for middle, length, own, base in zip(part, values(trace), widths, bases, strict=True):
            if middle is None or length is None:
                row.append(None)
                continue
            key = (middle, length >= 0)
            start = float(base or 0)
            if mode in ("stack", "relative"):
                start += heights.get(key, 0.0)
                heights[key] = start + length - float(base or 0)
                last[key] = (number, len(row))
            width = float(own) if own is not None else wide * (1 - _inner_gap(layout, mode))
            row.append(Span(middle + shift, width, start, start + float(length)))
        found.append(row)
    if mode in ("stack", "relative"):
        ends = set(last.values())
        found = [
            [
                span and Span(span.middle, span.width, span.start, span.end, (n, i) in ends)
                for i, span in enumerate(row)
            ]
            for n, row in enumerate(found)
        ]
    return found


def _inner_gap(layout: Part, mode: str) -> float:
    return float(layout.get("bargroupgap") or 0) if mode == "group" else 0.0


def _unit(middles: Sequence[float]) -> float:
    places = sorted(set(middles))
    return min((b - a for a, b in pairwise(places)), default=1.0)


def draw(
    trace: Part, bars: Sequence[Span | None], x: Scale, y: Scale, *, colour: str, font: Part
) -> list[str]:
    """Return the bars of one trace and their labels; `colour` is used where it names none."""
    flat = lying(trace)
    place, length = (y, x) if flat else (x, y)
    mark = trace.get("marker") or {}
    count = len(bars)
    colours = [c or colour for c in each(mark.get("color"), count)]
    edge = mark.get("line") or {}
    edges, widths = each(edge.get("color"), count), each(edge.get("width"), count)
    own = mark.get("pattern") or {}
    shapes = each(own.get("shape"), count)
    opacity = trace.get("opacity") if trace.get("opacity") is not None else mark.get("opacity")
    hovers = each(trace.get("hovertext"), count)
    parts: list[str] = []
    known: set[str] = set()
    for n, bar in enumerate(bars):
        if bar is None:
            continue
        half = bar.width / 2
        first, second = place.place(bar.middle - half), place.place(bar.middle + half)
        near, far = length.place(bar.start), length.place(bar.end)
        fill = paint("fill", colours[n], opacity)
        if shapes[n]:
            name, definition = pattern(shapes[n], _at(own, n, count), colours[n])
            parts += [definition] if name not in known else []
            known.add(name)
            fill = paint("fill", f"url(#{name})", opacity)
        look: Attributes = dict(fill)
        if widths[n]:
            look |= paint("stroke", edges[n] or "#444444") | {"stroke_width": float(widths[n])}
        box = (near, first, far, second) if flat else (first, near, second, far)
        parts.append(_rect(box, str(hovers[n] or ""), look))
        parts += _label(trace, n, count, box, bar=bar, font=font, colour=colours[n])
    return parts


def _at(own: Part, number: int, count: int) -> dict[str, Any]:
    return {key: each(value, count)[number] for key, value in own.items()}


def _rect(box: tuple[float, float, float, float], said: str, look: Attributes) -> str:
    x0, y0, x1, y1 = box
    title = element("title", escape(said)) if said else ""
    place: Attributes = {"x": min(x0, x1), "y": min(y0, y1)}
    place |= {"width": abs(x1 - x0), "height": abs(y1 - y0)}
    return element("rect", title, **place, **look)


def _label(
    trace: Part,
    number: int,
    count: int,
    box: tuple[float, float, float, float],
    *,
    bar: Span,
    font: Part,
    colour: str,
) -> list[str]:
    text = each(trace.get("text"), count)[number]
    where = each(trace.get("textposition") or "auto", count)[number]
    one_of("textposition", where, ("inside", "outside", "auto", "none"))
    if text in (None, "") or where == "none":
        return []
    own = dict(font) | _at(trace.get("textfont") or {}, number, count)
    size = float(own["size"])
    wide, high = chart_text.size(str(text), size)
    x0, y0, x1, y1 = box
    room, depth = abs(x1 - x0) - 2 * GAP, abs(y1 - y0)
    flat = lying(trace)
    if where == "auto":
        fits = wide <= room and high <= depth
        where = "inside" if fits or not bar.outermost else "outside"
    if where == "outside":
        own |= _at(trace.get("outsidetextfont") or {}, number, count)
        return [_outside(str(text), box, own, flat=flat)]
    own = {"color": _contrast(colour)} | _at(trace.get("textfont") or {}, number, count)
    own |= _at(trace.get("insidetextfont") or {}, number, count)
    if room <= 0 or depth <= 0:
        return []
    if trace.get("constraintext") not in ("none", "outside"):
        size *= min(1.0, room / wide, depth / high)
    elif wide > room:
        return []
    anchor = trace.get("insidetextanchor") or "end"
    one_of("insidetextanchor", anchor, ("start", "middle", "end"))
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    side = "middle"
    if flat and anchor != "middle":
        side = anchor if x1 >= x0 else {"start": "end", "end": "start"}[anchor]
        middle_x = (min(x0, x1) + GAP) if side == "start" else (max(x0, x1) - GAP)
    elif anchor == "end" and not flat:
        middle_y = min(y0, y1) + high / 2 + GAP
    elif anchor == "start" and not flat:
        middle_y = max(y0, y1) - high / 2 - GAP
    base = middle_y + size * 0.36 - (high * size / float(font["size"]) - size) / 2
    return [chart_text.draw(str(text), middle_x, base, size, colour=own["color"], anchor=side)]


def _outside(
    text: str, box: tuple[float, float, float, float], own: dict[str, Any], *, flat: bool
) -> str:
    size = float(own["size"])
    x0, y0, x1, y1 = box
    if flat:
        right = x1 >= x0
        x, base = x1 + (GAP if right else -GAP), (y0 + y1) / 2 + size * 0.36
        anchor = "start" if right else "end"
    else:
        x, anchor = (x0 + x1) / 2, "middle"
        base = y1 - GAP if y1 <= y0 else y1 + GAP + size * chart_text.ASCENT
    return chart_text.draw(text, x, base, size, colour=own["color"], anchor=anchor)


def _contrast(colour: str) -> str:
    plain = str(paint("fill", colour).get("fill", "#ffffff")).removeprefix("#")
    if len(plain) != 6:
        return "#444444"
    red, green, blue = (int(plain[n : n + 2], 16) for n in (0, 2, 4))
    return "#444444" if red * 299 + green * 587 + blue * 114 >= 128_000 else "#ffffff"
