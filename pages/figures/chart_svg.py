"""A Plotly figure as one SVG document for print, download and documents.

The same marks, words and colours as on the screen, drawn without a browser, with title, source
and badge on the picture. Only the part of Plotly in `chart_subset` is known: a figure that uses
more raises UnsupportedFigureError. The same figure gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from pages.figures import chart_bars, chart_lines, chart_notes, chart_text
from pages.figures.chart_axes import axis_parts, room_for, side_of
from pages.figures.chart_notes import Plot
from pages.figures.chart_paint import COLORWAY, Attributes, paint
from pages.figures.chart_scales import Scale, categories_of, kind_of, limits
from pages.figures.chart_subset import Part, UnsupportedFigureError, check
from pages.figures.map_svg import INNER, MARGIN, PAGE, sheet
from pages.figures.palette import BACKGROUND, TEXT, TONES
from pages.figures.svg import element, text
from pages.figures.text_metrics import wrapped

HEIGHT = 450.0
DEFAULT_MARGIN = {"l": 80, "r": 80, "t": 100, "b": 80}
PLAIN_TEMPLATE = {"data": {"scatter": [{"type": "scatter"}]}}
_AXIS = re.compile(r"([xy])axis(\d*)")


def chart_svg(
    figure: go.Figure,
    *,
    title: str,
    subtitle: str,
    source: str,
    note: str | None = None,
    badge: str | None = None,
    width: int = 900,
) -> str:
    """Return the document: title, subtitle, the chart with its key, note and source.

    `figure` is drawn with light ink. `badge` ('SYNTETISKE TAL') stands on the chart, where the
    figure has it or else above it. Raises UnsupportedFigureError for what is not known here.
    """
    plain = figure.to_plotly_json()
    check(plain)
    parts: list[str] = []
    y = MARGIN
    for line in wrapped(title, 27, INNER, semibold=True):
        y += 28
        parts.append(text(line, MARGIN, y, 27, font_weight="600", fill=TEXT))
    y += 4
    for line in wrapped(subtitle, 17, INNER):
        y += 24
        parts.append(text(line, MARGIN, y, 17, fill=_muted()))
    y += 10
    notes = plain["layout"].get("annotations") or ()
    if badge and not any(own.get("text") == f"<b>{badge}</b>" for own in notes):
        parts += _badge(badge, y + 8)
        y += 42
    drawn, high = _chart(plain, y, badge)
    parts += drawn
    y += high + 12
    for paragraph in (note, source):
        for line in wrapped(paragraph or "", 14, INNER):
            y += 19
            parts.append(text(line, MARGIN, y, 14, fill=_muted()))
        y += 4
    y += MARGIN - 8
    return sheet(parts, title, f"{subtitle} {note or ''}".strip(), width=width, height=y)


def _muted() -> str:
    return TONES["muted"].hex()


def _badge(badge: str, y: float) -> list[str]:
    wide, _ = chart_text.size(f"<b>{badge}</b>", 14)
    box = element("rect", x=MARGIN, y=y, width=wide + 12, height=24, fill=TEXT)
    said = text(badge, MARGIN + 6, y + 17, 14, font_weight="600", fill=BACKGROUND, class_="badge")
    return [box, said]


def _chart(plain: Part, top: float, badge: str | None) -> tuple[list[str], float]:
    """Return the chart from `top` down, and its height."""
    layout = plain["layout"]
    notes = layout.get("annotations") or ()
    if layout.get("template") not in (None, {}, PLAIN_TEMPLATE):
        raise UnsupportedFigureError("a template")
    font = {"size": 12, "color": "#444444"} | (layout.get("font") or {})
    traces = [
        trace
        for trace in plain["data"]
        if trace.get("visible", True) is True and chart_lines.values(trace, "y")
    ]
    colours = _colours(traces, layout)
    margin = DEFAULT_MARGIN | (layout.get("margin") or {})
    inner = float(layout.get("height") or HEIGHT) - margin["t"] - margin["b"]
    axes = _axes(layout, traces)
    data = _scales_data(axes, traces, layout)
    # Heights do not depend on widths, so the tick texts of upright axes come first.
    upright = {
        name: _scale(axes[name], data[name], (top + margin["t"] + inner, top + margin["t"]))
        for name in axes
        if name[0] == "y"
    }
    left = max([margin["l"], *(room_for(s, font) for s in upright.values() if _edge(s, axes, 0))])
    right = max([margin["r"], *(room_for(s, font) for s in upright.values() if _edge(s, axes, 1))])
    ends = (MARGIN + left, PAGE - MARGIN - right)
    flat = {name: _scale(axes[name], data[name], ends) for name in axes if name[0] == "x"}
    scales = flat | upright
    plot = Plot(ends[0], top + margin["t"], ends[1] - ends[0], inner, scales)
    below = max(room_for(scale, font) for scale in flat.values())
    if any(_is_below(own) for own in notes):
        below = max(below, margin["b"])  # otherwise it is room for a key, which stands below here
    parts = _ground(layout, plot)
    for name, scale in scales.items():
        parts += axis_parts(name, scale, scales, plot, font, grid=True)
    shapes = layout.get("shapes") or ()
    parts += [chart_notes.shape(s, plot) for s in shapes if s.get("layer") == "below"]
    parts += _marks(traces, colours, layout, scales, font)
    parts += [chart_notes.shape(s, plot) for s in shapes if s.get("layer") != "below"]
    for name, scale in scales.items():
        parts += axis_parts(name, scale, scales, plot, font, grid=False)
    parts += chart_notes.boxes(
        notes,
        lambda own, kind: chart_notes.annotation(own, plot, font, kind),
        badge,
    )
    high = margin["t"] + inner + below
    key, key_high = _key(layout, traces, colours, top + high + 6, font)
    return [*parts, *key], high + (key_high + 6 if key else 0)


def _is_below(note: Part) -> bool:
    """Whether a note stands under the axis: by its place, or shifted down from its end."""
    if note.get("yref") != "paper":
        return False
    return bool(note["y"] < 0 or (note["y"] == 0 and note.get("yshift", 0) < 0))


def _colours(traces: Sequence[Part], layout: Part) -> list[str]:
    way = list(layout.get("colorway") or COLORWAY)
    return [way[n % len(way)] for n in range(len(traces))]


def _axes(layout: Part, traces: Sequence[Part]) -> dict[str, dict[str, Any]]:
    """Return the axes by the name traces use: 'x', 'y2'."""
    found = {
        f"{match[1]}{match[2]}": dict(own)
        for name, own in layout.items()
        if (match := _AXIS.fullmatch(name))
    }
    for trace in traces:
        for letter in "xy":
            found.setdefault(trace.get(f"{letter}axis") or letter, {})
    for letter in "xy":
        found.setdefault(letter, {})
    return dict(sorted(found.items()))


def _edge(scale: Scale, axes: Mapping[str, Part], side: int) -> bool:
    """Whether an upright axis stands at the left (0) or right (1) end of the whole chart."""
    if side_of("y", scale.axis) != ("left", "right")[side]:
        return False
    anchor = axes.get(scale.axis.get("anchor") or "x", {})
    domain: tuple[float, float] = anchor.get("domain") or (0, 1)
    return abs(domain[side] - side) < 0.02


def _scales_data(
    axes: Mapping[str, Part], traces: Sequence[Part], layout: Part
) -> dict[str, tuple[str, tuple[Any, ...], list[float], bool]]:
    """Return each axis' kind, categories, the numbers seen on it, and whether it fits tightly.

    Axes that match another share its range.
    """
    groups = {name: own.get("matches") or name for name, own in axes.items()}
    found = {}
    for leader in set(groups.values()):
        names = {name for name, group in groups.items() if group == leader}
        found[leader] = _seen(axes[leader], names, traces, layout)
    return {name: found[groups[name]] for name in axes}


def _seen(
    axis: Part, names: set[str], traces: Sequence[Part], layout: Part
) -> tuple[str, tuple[Any, ...], list[float], bool]:
    letter = next(iter(names))[0]
    own = [t for t in traces if (t.get(f"{letter}axis") or letter) in names]
    values: list[Any] = []
    dated = False
    for trace in own:
        dated = dated or chart_lines.is_dated(trace, letter)
        values += _values(trace, letter)
    kind = "date" if dated else kind_of(axis, values)
    categories = categories_of(axis, values) if kind == "category" else ()
    scale = Scale(axis, kind, 0, 1, 0, 1, categories)
    seen = [n for n in map(scale.number, values) if n is not None]
    bars = [t for t in own if t.get("type") == "bar"]
    measures = bool(bars) and all((letter == "x") == chart_bars.lying(t) for t in bars)
    if measures:
        place_values = [v for t in bars for v in chart_bars.along(t)]
        other = Scale({}, kind_of({}, place_values), 0, 1, 0, 1, tuple(dict.fromkeys(place_values)))
        spans = [s for row in chart_bars.spans(bars, layout, other) for s in row if s]
        seen += [end for span in spans for end in (span.start, span.end)] + [0.0]
    elif bars:
        spans = [s for row in chart_bars.spans(bars, layout, scale) for s in row if s]
        seen += [s.middle + side * s.width / 2 for s in spans for side in (-1, 1)]
    if kind == "category" and categories:
        seen = [-0.5, len(categories) - 0.5]
    lines_only = all(t.get("type") != "bar" and "markers" not in chart_lines.mode(t) for t in own)
    return kind, categories, seen, letter == "x" and lines_only


def _values(trace: Part, letter: str) -> list[Any]:
    if trace.get("type") != "bar":
        values = chart_lines.values(trace, letter)
        error = trace.get(f"error_{letter}") or {}
        if error.get("array") is not None and error.get("visible", True):
            up = error["array"]
            down = error["arrayminus"] if error.get("arrayminus") is not None else up
            pairs = [(v, a or 0, b or 0) for v, a, b in zip(values, down, up, strict=True)]
            values += [chart_lines.scale_add(v, -a) for v, a, _ in pairs if v is not None]
            values += [chart_lines.scale_add(v, b) for v, _, b in pairs if v is not None]
        return values
    place = "y" if chart_bars.lying(trace) else "x"
    return chart_bars.along(trace) if letter == place else []


def _scale(
    axis: Part,
    data: tuple[str, tuple[Any, ...], list[float], bool],
    ends: tuple[float, float],
) -> Scale:
    kind, categories, seen, tight = data
    low, high = limits(axis, kind, categories, seen, tight=tight)
    first, last = axis.get("domain") or (0, 1)
    start, end = (ends[0] + part * (ends[1] - ends[0]) for part in (first, last))
    return Scale(axis, kind, low, high, start, end, categories)


def _ground(layout: Part, plot: Plot) -> list[str]:
    fill = paint("fill", layout.get("plot_bgcolor") or "none")
    if fill["fill"] == "none":
        return []
    box: Attributes = {"x": plot.left, "y": plot.top, "width": plot.width, "height": plot.height}
    return [element("rect", **box, **fill)]


def _marks(
    traces: Sequence[Part],
    colours: Sequence[str],
    layout: Part,
    scales: Mapping[str, Scale],
    font: Part,
) -> list[str]:
    """Return bars, then areas, lines, markers and texts, in the order of the traces."""
    parts: list[str] = []
    pairs = [(t.get("xaxis") or "x", t.get("yaxis") or "y") for t in traces]
    for pair in dict.fromkeys(pairs):
        x, y = scales[pair[0]], scales[pair[1]]
        own = [(t, c) for t, c, p in zip(traces, colours, pairs, strict=True) if p == pair]
        bars = [(t, c) for t, c in own if t.get("type") == "bar"]
        for flat in (True, False):
            group = [(t, c) for t, c in bars if chart_bars.lying(t) == flat]
            rows = chart_bars.spans([t for t, _ in group], layout, y if flat else x)
            for (trace, colour), row in zip(group, rows, strict=True):
                parts += chart_bars.draw(trace, row, x, y, colour=colour, font=font)
        parts += _scatters([(t, c) for t, c in own if t.get("type") != "bar"], x, y, font)
    return parts


def _scatters(traces: Sequence[tuple[Part, str]], x: Scale, y: Scale, font: Part) -> list[str]:
    parts: list[str] = []
    clipped: list[str] = []
    before = None
    for trace, colour in traces:
        clipped.append(chart_lines.area(trace, before, x, y, colour))
        before = chart_lines.points(trace, x, y)
    for trace, colour in traces:
        clipped.append(chart_lines.line(trace, x, y, colour))
    if inside := "".join(clipped):
        name = f"k{x.start:.0f}-{x.end:.0f}-{y.start:.0f}-{y.end:.0f}"
        (left, right), (top, bottom) = x.inside, y.inside
        frame = element("rect", x=left, y=top, width=right - left, height=bottom - top)
        clip = element("defs", element("clipPath", frame, id=name))
        parts += [clip, element("g", inside, clip_path=f"url(#{name})")]
    for trace, colour in traces:
        parts += chart_lines.marks(trace, x, y, colour)
        parts += chart_lines.texts(trace, x, y, font)
    return parts


def _key(
    layout: Part, traces: Sequence[Part], colours: Sequence[str], y: float, font: Part
) -> tuple[list[str], float]:
    """Return the key under the chart, where the figure has one."""
    named = [t for t in traces if t.get("name") and t.get("showlegend") is not False]
    wanted = layout.get("showlegend")
    if wanted is False or (wanted is None and len(named) < 2):
        return [], 0.0
    own = dict(font) | ((layout.get("legend") or {}).get("font") or {})
    return chart_notes.legend(list(zip(traces, colours, strict=True)), MARGIN, y, INNER, own)
