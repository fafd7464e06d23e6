"""Which of many bars or lines a slide has room for, and what is said of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pages.samraad.documents.powerpoint.fitting import width_of
from pages.samraad.documents.sources import why_not, without_number
from pages.samraad.model import NO_NUMBER, Chart, Content

MOST_BARS = 15
MOST_LINES = 6
BESIDE = 3
SMALL_PART = 0.1
"""Of the longest stacked bar: smaller parts have no room for their number."""

SMALL = "Tal for de mindste dele står i Excel-udgaven."
LETTERS = 12
WIDEST_NAME = 2.35
"""Inches; LibreOffice cuts names that take more than a third of a chart."""

GAP = "⋯"
"""Stands between bars that are not neighbours."""

WHOLE = "Alle {count} står i Excel-udgaven."


@dataclass(frozen=True)
class Shown:
    """A chart with room on a slide, and what is said under it of what is left out, or ''."""

    chart: Chart
    told: str = ""


def shown(content: Content, chart: Chart) -> Shown:
    """Return the part of a chart that a slide has room for.

    Of many bars: the highest, the lowest, and the marked one with those next to it, by rank; of
    stacked ones the first and last in the chart's own order. Of many lines: the marked one and the
    first. Bars without a number say why in their name, or in the words beneath. How the chart is
    read is said first. Points and columns are all there.
    """
    part = _part(content, chart)
    return replace(part, told=f"{chart.note} {part.told}".strip())


def _part(content: Content, chart: Chart) -> Shown:
    if chart.points or chart.bins:
        return Shown(chart)
    if chart.form == "lines":
        return _lines(content, chart)
    if len(chart.categories) <= MOST_BARS:
        part, bare = _named(content, chart, range(len(chart.categories)))
        return Shown(part, " ".join(t for t in (bare, _small(part)) if t))
    return _bars(content, chart)


def _small(chart: Chart) -> str:
    """Return what is said of stacked parts that have no room for their number, or ''."""
    if chart.form != "stacked":
        return ""
    sums = [sum(s.values[n] or 0 for s in chart.series) for n in range(len(chart.categories))]
    values = [v for s in chart.series for v in s.values if v is not None]
    return SMALL if any(v < SMALL_PART * max(sums) for v in values) else ""


def _lines(content: Content, chart: Chart) -> Shown:
    if len(chart.series) <= MOST_LINES:
        return Shown(chart, _holes(content, chart))
    first = [s for s in chart.series if s.name == chart.marked][:1]
    first += [s for s in chart.series if s.name != chart.marked]
    kept = {id(series) for series in first[:MOST_LINES]}
    lines = tuple(series for series in chart.series if id(series) in kept)
    told = f"Diagrammet viser {MOST_LINES} af {len(chart.series)} linjer. "
    part = replace(chart, series=lines)
    told += WHOLE.format(count=f"{len(chart.series)} linjer")
    return Shown(part, f"{told} {_holes(content, part)}".strip())


def _holes(content: Content, chart: Chart) -> str:
    """Return what the holes of the lines are, in the words of the table, or ''."""
    words: dict[str, None] = {}
    for series in chart.series:
        known = [n for n, value in enumerate(series.values) if value is not None]
        if len(known) < 2:
            continue
        for place in range(known[0], known[-1]):
            if series.values[place] is None:
                words[why_not(content, series, place)] = None
    words.pop(NO_NUMBER, None)  # another line may have the number there
    return f"Hul i en linje: {' eller '.join(words)}." if words else ""


def _bars(content: Content, chart: Chart) -> Shown:
    places = [n for n in range(len(chart.categories)) if _has_number(chart, n)]
    bare = len(chart.categories) - len(places)
    ranked = chart.form == "bars"
    if ranked:
        values = chart.series[0].values
        places.sort(key=lambda n: -(values[n] or 0.0))
    marked = chart.categories.index(chart.marked) if chart.marked in chart.categories else None
    at = places.index(marked) if marked in places else None
    ends, chosen = 0, _ends(1, at, len(places))
    while ends < len(places) and len(_ends(ends + 1, at, len(places))) <= MOST_BARS:
        ends += 1
        chosen = _ends(ends, at, len(places))
    rows: list[int | None] = []
    for before, now in zip([chosen[0] - 1 if chosen else 0, *chosen], chosen, strict=False):
        rows += [places[now]] if now == before + 1 or not rows else [None, places[now]]
    if marked is not None and at is None:
        rows += [None, marked] if rows else [marked]
    what = "de {0} højeste og de {0} laveste" if ranked else "de {0} første og de {0} sidste"
    what = what.format(ends)
    if at is not None:
        what += f" samt {chart.marked} med de nærmeste på hver side"
    elif marked is not None:
        what += f" samt {chart.marked}, som er uden tal"
    count = sum(row is not None for row in rows)
    hidden = f" {bare} er uden tal." if bare else ""
    told = (
        f"Diagrammet viser {count} af {len(chart.categories)}: {what}.{hidden} "
        f"{WHOLE.format(count=len(chart.categories))}"
    )
    part, words = _named(content, chart, rows)
    return Shown(part, " ".join(t for t in (told, words, _small(part)) if t))


def _ends(ends: int, at: int | None, count: int) -> list[int]:
    """Return so many places from each end, and those around the marked one."""
    near = () if at is None else range(at - BESIDE, at + BESIDE + 1)
    wanted = {*range(ends), *near, *range(count - ends, count)}
    return sorted(n for n in wanted if 0 <= n < count)


def _has_number(chart: Chart, place: int) -> bool:
    return any(series.values[place] is not None for series in chart.series)


def _named(content: Content, chart: Chart, rows: Sequence[int | None]) -> tuple[Chart, str]:
    """Return the chart of some bars, and what is said of those without a number.

    A bar without any number says why in its name, where there is room; the others beneath.
    """
    names: list[str] = []
    told: list[str] = []
    marked = chart.marked
    for row in rows:
        if row is None:
            names.append(GAP)
            continue
        name = chart.categories[row]
        word = without_number(content, name)
        longer = f"{name} ({word})"
        if any(series.values[row] is None for series in chart.series):
            if _has_number(chart, row) or width_of(longer, LETTERS) > WIDEST_NAME:
                told.append(longer)
            else:
                marked = longer if name == chart.marked else marked
                name = longer
        names.append(name)
    series = tuple(
        replace(
            s,
            values=tuple(None if row is None else s.values[row] for row in rows),
            words=tuple("" if row is None else s.words[row] for row in rows) if s.words else (),
            spans=tuple(None if row is None else s.spans[row] for row in rows) if s.spans else (),
        )
        for s in chart.series
    )
    part = replace(chart, categories=tuple(names), series=series, marked=marked)
    return part, f"Uden tal, helt eller delvis: {', '.join(told)}." if told else ""
