"""Axes of a chart file: from values to places, and where the ticks stand and what they say."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pages.figures import chart_text
from pages.figures.chart_subset import Part, UnsupportedFigureError, one_of
from pages.language import danish
from queries import MONTHS

DAY = 86_400_000
MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240)
PADDING = 0.05
SHORT_MONTHS = [name if len(name) <= 3 else f"{name[:3]}." for name in MONTHS]
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d([ T]\d\d:\d\d.*)?)?)?")
_NUMBER_FORMAT = re.compile(r"(?P<group>,?)(?:\.(?P<decimals>\d+))?(?P<kind>[fd]?)")


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: its place in pixels and its text."""

    at: float
    text: str


@dataclass(frozen=True)
class Scale:
    """One axis on paper: `low` at pixel `start` and `high` at `end`, in the axis' own numbers.

    These are the values themselves, their decimal logarithm, milliseconds since 1970, or the
    number of a category.
    """

    axis: Part
    kind: str
    low: float
    high: float
    start: float
    end: float
    categories: tuple[Any, ...] = ()

    def number(self, value: Any) -> float | None:
        """Return a value in the axis' own numbers; None for what has no place."""
        return _number(value, self.kind, self.categories)

    def pixel(self, value: Any) -> float | None:
        """Return where a value lies, None for what has no place."""
        number = self.number(value)
        return None if number is None else self.place(number)

    def place(self, number: float) -> float:
        """Return where a number of the axis lies."""
        return self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def inside(self) -> tuple[float, float]:
        """The smallest and the largest pixel of the axis."""
        return min(self.start, self.end), max(self.start, self.end)

    def holds(self, pixel: float) -> bool:
        """Whether a place lies on the axis."""
        first, last = self.inside
        return first - 1 <= pixel <= last + 1


def kind_of(axis: Part, values: Iterable[Any]) -> str:
    """Return what an axis measures: linear, log, date or category, as Plotly guesses it."""
    given = axis.get("type")
    if given and given != "-":
        return str(one_of("axis type", given, ("linear", "log", "date", "category")))
    known = [value for value in values if value is not None]
    if not any(isinstance(value, (str, dt.date)) for value in known):
        return "linear"
    if all(isinstance(v, dt.date) or _DATE.fullmatch(str(v)) for v in known if v != ""):
        return "date"
    return "category"


def categories_of(axis: Part, values: Iterable[Any]) -> tuple[Any, ...]:
    """Return the categories of an axis in their order."""
    found = list(dict.fromkeys(value for value in values if value is not None))
    order = axis.get("categoryorder") or ("array" if axis.get("categoryarray") else "trace")
    one_of("categoryorder", order, ("array", "trace"))
    first = list(axis.get("categoryarray") or ()) if order == "array" else []
    return tuple(dict.fromkeys([*first, *found]))


def _number(value: Any, kind: str, categories: Sequence[Any]) -> float | None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if kind == "category":
        if value in categories:
            return float(categories.index(value))
        return float(value) if isinstance(value, (int, float)) else None
    if kind == "date":
        return milliseconds(value)
    if kind == "log":
        return math.log10(float(value)) if float(value) > 0 else None
    return float(value)


def milliseconds(value: Any) -> float:
    """Return a date (also as text, or as milliseconds already) in milliseconds since 1970."""
    if isinstance(value, (int, float)):
        return float(value)
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    full = text + {4: "-01-01", 7: "-01"}.get(len(text), "")
    return dt.datetime.fromisoformat(full).replace(tzinfo=dt.UTC).timestamp() * 1000


def limits(
    axis: Part, kind: str, categories: Sequence[Any], seen: Sequence[float], *, tight: bool
) -> tuple[float, float]:
    """Return the axis' range: as given, or around `seen` (numbers of the axis).

    `tight` adds no room at the ends.
    """
    given = axis.get("range")
    if given is not None and not axis.get("autorange"):
        if kind == "log":
            return float(given[0]), float(given[1])
        low, high = (_number(end, kind, categories) for end in given)
        if low is None or high is None:
            raise UnsupportedFigureError(f"range {given!r}")
        return low, high
    low, high = (min(seen), max(seen)) if seen else (0.0, 1.0)
    mode = one_of("rangemode", axis.get("rangemode", "normal"), ("normal", "tozero", "nonnegative"))
    if kind != "category":
        room = 0.0 if tight else (high - low) * PADDING or 1.0
        low, high = low - (0 if low == 0 else room), high + (0 if high == 0 else room)
        if mode == "tozero":
            low, high = min(low, 0.0), max(high, 0.0)
        elif mode == "nonnegative":
            low = max(low, 0.0)
    reverse = one_of("autorange", axis.get("autorange", True), (True, "reversed")) == "reversed"
    return (high, low) if reverse else (low, high)


def ticks(scale: Scale, font: float) -> list[Tick]:
    """Return the ticks of an axis that fit on it."""
    axis = scale.axis
    if axis.get("tickvals") is not None:
        texts = axis.get("ticktext")
        if texts is None:
            texts = [label(scale, value) for value in axis["tickvals"]]
        pairs = zip(axis["tickvals"], texts, strict=False)
        placed = [(scale.pixel(value), str(text)) for value, text in pairs]
        return [Tick(at, text) for at, text in placed if at is not None and scale.holds(at)]
    made = {"category": _category, "date": _months, "log": _decades, "linear": _steps}[scale.kind]
    return made(scale, font)


def _category(scale: Scale, font: float) -> list[Tick]:
    room = abs(scale.end - scale.start) / max(abs(scale.high - scale.low), 1)
    across = _across(scale)
    needed = font * 1.1 if not across else 0
    step = int(scale.axis.get("dtick") or max(1, math.ceil(needed / room)))
    low, high = sorted((scale.low, scale.high))
    return [
        Tick(scale.place(number), label(scale, name))
        for number, name in enumerate(scale.categories)
        if number % step == 0 and low <= number <= high
    ]


def _steps(scale: Scale, font: float) -> list[Tick]:
    low, high = sorted((scale.low, scale.high))
    room = abs(scale.end - scale.start)
    wanted = scale.axis.get("nticks") or max(2, room / (80 if _across(scale) else 3 * font))
    step = float(scale.axis.get("dtick") or _nice((high - low) / wanted))
    first = float(scale.axis.get("tick0") or 0)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step < 1 else 0
    if step != round(step, decimals):
        decimals += 1
    numbers = [
        first + n * step
        for n in range(
            math.ceil((low - first) / step - 1e-6), math.floor((high - first) / step + 1e-6) + 1
        )
    ]
    return [Tick(scale.place(n), label(scale, n, decimals)) for n in numbers]


def _nice(step: float) -> float:
    power = 10 ** math.floor(math.log10(step))
    return float(next(n * power for n in (1, 2, 5, 10) if n * power >= step * 0.999))


def _decades(scale: Scale, _font: float) -> list[Tick]:
    low, high = sorted((scale.low, scale.high))
    leads = (1, 2, 5) if high - low < 3.5 else (1,)
    values = [
        lead * 10.0**power
        for power in range(math.floor(low), math.ceil(high) + 1)
        for lead in leads
    ]
    inside = [v for v in values if low - 1e-9 <= math.log10(v) <= high + 1e-9]
    return [Tick(scale.place(math.log10(v)), label(scale, v, 0 if v >= 1 else 2)) for v in inside]


def _months(scale: Scale, font: float) -> list[Tick]:
    low, high = sorted((scale.low, scale.high))
    per_month = abs(scale.end - scale.start) / max((high - low) / (30.44 * DAY), 1)
    form = scale.axis.get("tickformat") or ""
    given = scale.axis.get("dtick")
    if isinstance(given, str) and given.startswith("M"):
        step = int(given[1:])
    elif given is not None:
        raise UnsupportedFigureError(f"dtick {given!r} of a date axis")
    else:
        needed = font * 4.5 if _across(scale) else font * 2
        step = next((s for s in MONTH_STEPS if s * per_month >= needed), MONTH_STEPS[-1])
    form = form or ("%Y" if step % 12 == 0 else "%b %Y")
    first = dt.datetime.fromtimestamp(low / 1000, dt.UTC)
    month = (first.year * 12 + first.month - 1) // step * step
    found: list[Tick] = []
    while True:
        day = dt.datetime(month // 12, month % 12 + 1, 1, tzinfo=dt.UTC)
        at = day.timestamp() * 1000
        if at > high:
            return found
        if at >= low:
            found.append(Tick(scale.place(at), _date_text(day, form)))
        month += step


def _date_text(day: dt.datetime, form: str) -> str:
    words = {
        "%b": SHORT_MONTHS[day.month - 1],
        "%B": MONTHS[day.month - 1],
        "%Y": str(day.year),
        "%y": f"{day.year % 100:02}",
        "%m": f"{day.month:02}",
        "%d": f"{day.day:02}",
        "%-d": str(day.day),
        "%e": str(day.day),
    }
    return re.sub(r"%-?\w", lambda m: words[one_of("date format", m[0], words)], form)


def label(scale: Scale, value: Any, decimals: int | None = None) -> str:
    """Return a tick's text: a category's name, a date, or a Danish number with its affixes."""
    axis = scale.axis
    if scale.kind == "category":
        text = str(value)
    elif scale.kind == "date":
        day = dt.datetime.fromtimestamp(milliseconds(value) / 1000, dt.UTC)
        text = _date_text(day, axis.get("tickformat") or "%b %Y")
    else:
        text = number_text(float(value), axis.get("tickformat") or "", decimals)
    return f"{axis.get('tickprefix') or ''}{text}{axis.get('ticksuffix') or ''}"


def number_text(value: float, form: str, decimals: int | None = None) -> str:
    """Return a number as Danish, by the part of d3's formats in use: '', ',d', '.1f', ',.0f'."""
    found = _NUMBER_FORMAT.fullmatch(form)
    if found is None:
        raise UnsupportedFigureError(f"number format {form!r}")
    if found["decimals"] is not None:
        decimals = int(found["decimals"])
    elif found["kind"] == "d":
        decimals = 0
    elif decimals is None:
        decimals = next((d for d in range(6) if math.isclose(value, round(value, d))), 6)
    return danish.number(value, decimals).replace("-", "\N{MINUS SIGN}")


def _across(scale: Scale) -> bool:
    return scale.end > scale.start


def widest(found: Sequence[Tick], font: float) -> float:
    """Return the width of the widest tick text."""
    return max((chart_text.size(tick.text, font)[0] for tick in found), default=0.0)


def tallest(found: Sequence[Tick], font: float) -> float:
    """Return the height of the tallest tick text."""
    return max((chart_text.size(tick.text, font)[1] for tick in found), default=0.0)
