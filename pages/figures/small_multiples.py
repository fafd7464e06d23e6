"""Small multiples: one small drawing per area over time, on one scale, the country behind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pages.figures.marks import broken_path, key
from pages.figures.svg import element
from pages.figures.time_lines import Line
from queries import MONTHS

WIDE, HIGH = 280, 132
LEFT, RIGHT, ABOVE, BELOW = 30, 8, 10, 20


@dataclass(frozen=True)
class Event:
    """A known event: a moment, or a span of months, from the warehouse's table of them."""

    number: int
    starts: str
    ends: str | None


@dataclass(frozen=True)
class Panel:
    """One area's lines; `note` is said under its name, `shape` is its mark on the page."""

    name: str
    shape: int
    lines: Sequence[Line]
    note: str
    address: str | None = None


def small_multiples(
    panels: Sequence[Panel],
    country: Sequence[Line],
    *,
    alt: str,
    badge: str | None = None,
    events: Sequence[Event] = (),
) -> str:
    """Return all panels as HTML on one line, on one scale from zero and one axis of months.

    The country is grey behind each. Made-up lines are dashed, published months are marks.
    `events` are drawn as numbered lines; their texts belong beside the figure.
    """
    lines = [line for panel in panels for line in panel.lines] + list(country)
    values = [v for line in lines for v in line.values if v is not None]
    if not values:
        return ""
    frame = _Frame(
        first=min(_month(line.start) for line in lines),
        last=max(_month(line.start) + len(line.values) - 1 for line in lines),
        top=_top(max(values)),
    )
    ground = _axes(frame) + "".join(_event(event, frame) for event in events)
    ground += "".join(_line(line, frame, "bag") for line in country)
    body = "".join(_panel(panel, frame, ground) for panel in panels)
    label = f'<strong class="maerke">{escape(badge)}</strong>' if badge else ""
    return (
        f'<div class="smaa" role="group" aria-label="{escape(alt)}">{label}'
        f'<div class="gitter">{body}</div></div>'
    )


def sparkline(line: Line | None, country: Line | None = None, *, wide: int = 120) -> str:
    """Return a line without axes, on a scale of its own from zero, for a cell of a table."""
    lines = [one for one in (line, country) if one is not None]
    values = [v for one in lines for v in one.values if v is not None]
    if line is None or not values:
        return ""
    frame = _Frame(
        first=min(_month(one.start) for one in lines),
        last=max(_month(one.start) + len(one.values) - 1 for one in lines),
        top=max(values) or 1.0,
        wide=wide,
        high=26,
        left=3,
        right=3,
        above=3,
        below=3,
    )
    behind = _line(country, frame, "bag") if country else ""
    drawn = behind + _line(line, frame, "linje")
    return element(
        "svg",
        drawn,
        class_="gnist",
        viewBox=f"0 0 {wide} 26",
        width=wide,
        height=26,
        aria_hidden="true",
    )


@dataclass(frozen=True)
class _Frame:
    """Where months and shares fall in a panel: months counted from year 0, shares up to `top`."""

    first: int
    last: int
    top: float
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT
    right: int = RIGHT
    above: int = ABOVE
    below: int = BELOW

    def x(self, month: int) -> float:
        room = self.wide - self.left - self.right
        return self.left + room * (month - self.first) / max(1, self.last - self.first)

    def y(self, share: float) -> float:
        return self.above + (self.high - self.above - self.below) * (1 - share / self.top)


def _panel(panel: Panel, frame: _Frame, ground: str) -> str:
    own = "".join(_line(line, frame, "linje") for line in panel.lines)
    svg = element("svg", ground + own, viewBox=f"0 0 {WIDE} {HIGH}", aria_hidden="true")
    name = escape(panel.name)
    if panel.address:
        name = f'<a href="{escape(panel.address)}" target="_self">{name}</a>'
    head = f"<figcaption>{key(panel.shape)}{name}<br><span>{escape(panel.note)}</span></figcaption>"
    return f"<figure>{head}{svg}</figure>"


def _line(line: Line, frame: _Frame, css: str) -> str:
    start = _month(line.start)
    points = [
        None if value is None else (frame.x(start + n), frame.y(value))
        for n, value in enumerate(line.values)
    ]
    dash = {"stroke_dasharray": "4 3"} if line.made_up else {}
    drawn = element("path", d=broken_path(points), class_=css, **dash)
    if not line.made_up:
        drawn += "".join(_point(point, css) for point in _alone(points))
    return drawn


def _alone(points: Sequence[tuple[float, float] | None]) -> list[tuple[float, float]]:
    """Return the points without a neighbour, which a line cannot show."""
    around = [None, *points, None]
    return [
        here
        for before, here, after in zip(around, around[1:], around[2:], strict=False)
        if here is not None and before is None and after is None
    ]


def _point(point: tuple[float, float], css: str) -> str:
    return element("circle", cx=round(point[0]), cy=round(point[1]), r=4, class_=f"{css} punkt")


def _axes(frame: _Frame) -> str:
    parts = []
    for share in (0.0, frame.top / 2, frame.top):
        y = frame.y(share)
        parts.append(
            element("line", x1=frame.left, x2=frame.wide - frame.right, y1=y, y2=y, class_="bane")
        )
        label = f"{share:g}".replace(".", ",")
        parts.append(element("text", label, x=frame.left - 5, y=y + 4, text_anchor="end"))
    for month, anchor in ((frame.first, "start"), (frame.last, "end")):
        year, number = divmod(month, 12)
        text = f"{MONTHS[number][:3]} {year}"
        parts.append(element("text", text, x=frame.x(month), y=frame.high - 4, text_anchor=anchor))
    return "".join(parts)


def _event(event: Event, frame: _Frame) -> str:
    begin, end = _month(event.starts), _month(event.ends or event.starts)
    if end < frame.first or begin > frame.last:
        return ""
    x = frame.x(max(begin, frame.first))
    foot = frame.high - frame.below
    line = element("line", x1=x, x2=x, y1=frame.above, y2=foot, class_="haendelse")
    return line + element("text", str(event.number), x=x + 2, y=frame.above + 8, class_="nummer")


def _top(value: float) -> float:
    step = 10.0 ** math.floor(math.log10(max(value, 0.1)))
    return next(s * step for s in (1, 2, 4, 6, 8, 10) if value <= s * step)


def _month(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:]) - 1
