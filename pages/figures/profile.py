"""A profile: one strip per indicator, all areas as dots behind, the chosen ones marked below them.

Drawn as SVG inside HTML: places along the scale are percentages, so that a strip fills a telephone
and a sheet of paper alike, and colours follow the reader's theme by themselves.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from pages.figures.marks import key, mark, percent
from pages.figures.svg import element
from pages.language import danish

DOTS = 40
"""Pixels for the stacked dots."""
TOP = 18
"""Pixels above the dots, for the country's label."""
LANE = 22
"""Pixels for each chosen area."""
AXIS = 18
BINS = 70
DOT = 4.5


@dataclass(frozen=True)
class Lane:
    """One chosen area on a strip; without a `value` its `label` says why.

    `low` to `high` is its uncertainty in pct., drawn as a line. `shape` is its mark throughout
    the page, None for a total.
    """

    name: str
    value: float | None
    label: str
    low: float | None
    high: float | None
    shape: int | None


@dataclass(frozen=True)
class Strip:
    """One indicator of one period: `others` are the shown shares of all areas, in pct."""

    title: str
    note: str
    others: Sequence[float]
    country: float
    country_label: str
    lanes: Sequence[Lane]
    address: str | None = None


def profile(strips: Sequence[Strip], *, alt: str, badge: str | None = None) -> str:
    """Return the strips as one figure in HTML on one line, with `alt` as its name.

    `badge` is written on the figure itself, for synthetic numbers.
    """
    label = f'<strong class="maerke">{escape(badge)}</strong>' if badge else ""
    body = "".join(map(_strip, strips))
    return f'<div class="profil" role="group" aria-label="{escape(alt)}">{label}{body}</div>'


def scale(values: Sequence[float]) -> tuple[float, float]:
    """Return a round beginning and end of an axis around values between 0 and 100.

    It begins at zero where the lowest value is in its lower half.
    """
    low, high = min(values), max(values)
    if low < high / 2:
        low = 0.0
    span = max(high - low, 1.0)
    step = 10.0 ** math.floor(math.log10(span))
    step = next(s for s in (step / 2, step, 2 * step, 5 * step) if span / s <= 12)
    end = min(100.0, math.ceil(high / step + 0.01) * step)
    return min(math.floor(low / step) * step, end - step), end


def _strip(strip: Strip) -> str:
    known = [lane.value for lane in strip.lanes if lane.value is not None]
    begin, end = scale([*strip.others, strip.country, *known])

    def across(value: float) -> float:
        return min(100.0, max(0.0, 100 * (value - begin) / (end - begin)))

    height = TOP + DOTS + LANE * len(strip.lanes) + AXIS
    drawn = [
        _country(strip, across(strip.country), height),
        _dots([across(value) for value in strip.others]),
        *(
            _lane(lane, TOP + DOTS + LANE * n + LANE // 2, across)
            for n, lane in enumerate(strip.lanes)
        ),
        _axis(begin, end, height),
    ]
    svg = element("svg", "".join(drawn), width="100%", height=height, aria_hidden="true")
    names = "".join(map(_name, strip.lanes))
    title = escape(strip.title)
    if strip.address:
        title = f'<a href="{escape(strip.address)}" target="_self">{title}</a>'
    return (
        f'<section><h3>{title}</h3><p class="note">{escape(strip.note)}</p>'
        f'<div class="stribe"><ul>{names}</ul><div>{svg}</div></div></section>'
    )


def _name(lane: Lane) -> str:
    sign = "" if lane.shape is None else key(lane.shape)
    word = "i" if lane.value is None else "b"
    return f"<li>{sign}<span>{escape(lane.name)}</span><{word}>{escape(lane.label)}</{word}></li>"


def _country(strip: Strip, x: float, height: float) -> str:
    right = x > 15  # the names to the left begin further down
    line = element(
        "line", x1=percent(x), x2=percent(x), y1=TOP - 4, y2=height - AXIS, class_="land"
    )
    text = element(
        "text",
        escape(strip.country_label),
        x=percent(x),
        y=TOP - 7,
        dx=2 if right else -2,
        text_anchor="end" if right else "start",
    )
    return line + text


def _dots(places: Sequence[float]) -> str:
    """Return all areas as stacks of dots, those of one hundredth of the scale on each other."""
    stacks = Counter(min(BINS - 1, int(place * BINS / 100)) for place in places)
    dot = min(DOT, DOTS / max(stacks.values(), default=1))
    path = "".join(
        f"M{n * 10 + 5} {DOTS}v-{round(count * dot, 1):g}" for n, count in sorted(stacks.items())
    )
    drawn = element(
        "path", d=path, class_="prikker", stroke_dasharray=f"{dot * 0.75:g} {dot / 4:g}"
    )
    return element(
        "svg",
        drawn,
        y=TOP,
        width="100%",
        height=DOTS,
        viewBox=f"0 0 {BINS * 10} {DOTS}",
        preserveAspectRatio="none",
    )


def _lane(lane: Lane, y: float, across: Callable[[float], float]) -> str:
    if lane.value is None:
        return ""
    drawn = ""
    if lane.low is not None and lane.high is not None:
        low, high = percent(across(lane.low)), percent(across(lane.high))
        total = {"class_": "ialt"} if lane.shape is None else {}
        drawn = element("line", x1=low, x2=high, **total)
    if lane.shape is not None:
        drawn += mark(lane.shape, across(lane.value))
    return element("g", drawn, transform=f"translate(0 {y})")


def _axis(begin: float, end: float, height: float) -> str:
    decimals = 0 if begin == round(begin) and end == round(end) else 1
    first = element("text", danish.number(begin, decimals), x="0", y=height - 3)
    last = element("text", danish.pct(end, decimals), x="100%", y=height - 3, text_anchor="end")
    return first + last
