"""A chart of points as rows of a sheet: what both the slides' chart and the workbook's refer to."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from pages.samraad.documents.packing import one_line
from pages.samraad.documents.sources import unit_of, value_text
from pages.samraad.model import VERDICTS, Chart, Points

HEADS = ("Område", "Nævner, som tegnet", "Andel, som tegnet", "Mod hele landet")
LIMITS, COUNTRY = 5, 9
"""The columns where limits and the country's line begin; the points begin in the first."""

HEADROOM = 1.08


@dataclass(frozen=True)
class Run:
    """A series and where it stands: rows `first` to `last` of column `x` and `y`, named at `name`.

    `kind` is a key of `VERDICTS`, 'own', 'limit' or 'country'; `group` is the verdict of areas, and
    'inner' for the limits nearest to the country.
    None among `ys` is a hole in the line. `faint` says that its areas are outside the reader's
    filter; these and the own area stand in no legend.
    """

    kind: str
    text: str
    name: tuple[int, int]
    first: int
    last: int
    x: int
    y: int
    xs: tuple[float, ...]
    ys: tuple[float | None, ...]
    group: str = ""
    faint: bool = False

    @property
    def listed(self) -> bool:
        """Whether the legend names it."""
        return self.kind != "own" and not self.faint


@dataclass(frozen=True)
class PointRows:
    """Texts and numbers by row and column, and the series that are drawn from them.

    A number's unit is 'people' or 'share'. `across` are the ends of the axis of people, `top` that
    of the shares.
    """

    texts: tuple[tuple[int, int, str], ...]
    numbers: tuple[tuple[int, int, float, str], ...]
    runs: tuple[Run, ...]
    across: tuple[float, float]
    top: float

    @property
    def columns(self) -> int:
        """How many columns they take."""
        return COUNTRY + 2


def point_rows(chart: Chart, points: Points, *, made_up: bool) -> PointRows:
    """Return the rows of a chart of points: areas by verdict, the reader's own last, and limits."""
    label = " (syntetisk)" if made_up else ""
    heads = [HEADS[0], HEADS[1] + label, HEADS[2] + label, HEADS[3]]
    texts = [(0, column, head) for column, head in enumerate(heads)]
    numbers: list[tuple[int, int, float, str]] = []
    ends = axis_of_people(points.across)
    limits = _limits(points, texts, numbers)
    country = _country(chart, ends, texts, numbers)
    areas = _areas(chart, points, texts, numbers)
    shares = [value for value in chart.series[0].values if value is not None]
    national = [chart.reference[1]] if chart.reference else []
    top = min(max([*shares, *national, 1e-9]) * HEADROOM, 102.0)
    return PointRows(
        tuple(texts), tuple(numbers), (*limits, *country, *areas), across=ends, top=top
    )


def _areas(
    chart: Chart,
    points: Points,
    texts: list[tuple[int, int, str]],
    numbers: list[tuple[int, int, float, str]],
) -> list[Run]:
    own = chart.categories.index(chart.marked) if chart.marked in chart.categories else None
    shares = chart.series[0].values
    known = [n for n, share in enumerate(shares) if share is not None and n != own]
    groups = [
        (kind, faint, [n for n in known if (points.groups[n], points.outside[n]) == (kind, faint)])
        for faint in (True, False)
        for kind in VERDICTS
    ]
    if own is not None and shares[own] is not None:
        groups.append(("own", False, [own]))
    runs, row = [], 1
    for kind, faint, places in groups:
        if not places:
            continue
        group = points.groups[places[0]]
        first = row
        for n in places:
            texts += [(row, 0, one_line(chart.categories[n])), (row, 3, VERDICTS[group])]
            numbers += [(row, 1, points.across[n], "people"), (row, 2, shares[n] or 0.0, "share")]
            row += 1
        runs.append(
            Run(
                kind,
                one_line(chart.categories[places[0]]) if kind == "own" else VERDICTS[group],
                (first, 0 if kind == "own" else 3),
                first,
                row - 1,
                1,
                2,
                tuple(points.across[n] for n in places),
                tuple(shares[n] for n in places),
                group,
                faint,
            )
        )
    return runs


def _limits(
    points: Points,
    texts: list[tuple[int, int, str]],
    numbers: list[tuple[int, int, float, str]],
) -> list[Run]:
    """Write both sides of each limit as one line, parted by a row without a share."""
    runs = []
    for number, limit in enumerate(points.limits):
        column = LIMITS + 1 + number
        group = "inner" if number == 0 else "outer"
        xs = (*limit.across, limit.across[-1], *limit.across)
        ys = (*limit.high, None, *limit.low)
        texts.append((0, column, limit.name))
        if number == 0:
            texts.append((0, LIMITS, "Nævner"))
            numbers += [(row, LIMITS, x, "people") for row, x in enumerate(xs, start=1)]
        numbers += [(row, column, y, "share") for row, y in enumerate(ys, start=1) if y is not None]
        at = (0, column)
        runs.append(Run("limit", limit.name, at, 1, len(xs), LIMITS, column, xs, ys, group))
    return runs


def _country(
    chart: Chart,
    ends: tuple[float, float],
    texts: list[tuple[int, int, str]],
    numbers: list[tuple[int, int, float, str]],
) -> list[Run]:
    if chart.reference is None:
        return []
    name, share = chart.reference
    value = value_text(share, unit_of(chart.axis_title), chart.decimals)
    text = f"{one_line(name)}: {value}"
    texts += [(0, COUNTRY, "Nævner"), (0, COUNTRY + 1, text)]
    numbers += [(row, COUNTRY, x, "people") for row, x in enumerate(ends, start=1)]
    numbers += [(row, COUNTRY + 1, share, "share") for row in (1, 2)]
    return [
        Run("country", text, (0, COUNTRY + 1), 1, 2, COUNTRY, COUNTRY + 1, ends, (share, share))
    ]


def axis_of_people(people: tuple[float, ...]) -> tuple[float, float]:
    """Return the ends of the logarithmic axis: 1, 2 or 5 times a power of ten, around them all."""
    low, high = (max(1.0, end) for end in (min(people, default=1.0), max(people, default=10.0)))
    below = max(n for n in _round_numbers(low) if n <= low)
    above = min(n for n in _round_numbers(high) if n >= high)
    return (below, above) if above > below else (below, below * 10)


def _round_numbers(near: float) -> list[float]:
    power = floor(log10(near))
    return [n * 10.0**p for p in range(power - 1, ceil(log10(near)) + 2) for n in (1, 2, 5)]
