"""Briefings of points, bars with intervals, and columns: by hand, and at random."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from pages.samraad.model import (
    COUNTRY,
    VERDICTS,
    Bins,
    Briefing,
    Chapter,
    Chart,
    Item,
    Limit,
    Points,
    Series,
    Span,
)
from tests.pages.samraad.documents import briefings

TITLE = "=Andel, pct."
LIMIT = Limit("95 pct. grænse", (10.0, 100.0, 1000.0), (0.0, 12.5, 18.0), (61.0, 31.0, 24.0))
WIDER = Limit("99,8 pct. grænse", LIMIT.across, (0.0, 6.0, 15.5), (80.0, 37.0, 26.5))
POINTS = Chart(
    "points",
    ("=1+1", "+45", "-1", "@x", "Holbæk"),
    (Series("Andel", (51.5, 33.0, 5.25, 20.0, 52.0), made_up=True),),
    TITLE,
    marked="Holbæk",
    reference=(COUNTRY, 21.0),
    note="=Sådan læses den",
    points=Points(
        "@Borgere",
        (227.0, 40.0, 312.0, 90.0, 225.0),
        ("over", "alike", "under", "alike", "over"),
        (False, False, False, True, False),
        (LIMIT, WIDER),
    ),
)
SPANS = Chart(
    "bars",
    ("=1+1", "Holbæk", "+45"),
    (
        Series(
            "Andel",
            (66.0, 52.0, 21.0),
            spans=(Span(55.5, 75.25, True), Span(45.0, 58.75, True), Span(12.0, 34.0, False)),
        ),
    ),
    TITLE,
    marked="Holbæk",
    reference=(COUNTRY, 21.0),
)
COLUMNS = Chart(
    "columns",
    ("15–20", "20–25", "25–30"),
    (Series("Antal kommuner", (3.0, 0.0, 7.0), made_up=True),),
    "Antal kommuner",
    bins=Bins("=Andel, pct.", 15.0, 5.0, ((COUNTRY, 21.0), ("@Holbæk", 27.5)), 1),
)


def of(*charts: Chart, made_up: bool = True) -> Briefing:
    """A briefing of these charts and nothing beside them."""
    chapter = briefings.real().chapters[2]
    kinds = {"points": "tragt", "bars": "intervaller", "columns": "fordeling"}
    chapters = [
        Chapter(
            replace(chapter.entry, heading=f"Figur {n}"),
            replace(
                chapter.content,
                item=Item(kinds[chart.form], (), chapter.content.version),
                chart=chart,
                table=None,
                svg="<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
                made_up=made_up,
            ),
        )
        for n, chart in enumerate(charts, start=1)
    ]
    return Briefing(briefings.real().folder, tuple(chapters), "v")


def handmade() -> Briefing:
    """One of each, with names that would be formulas."""
    return of(POINTS, SPANS, COLUMNS)


NAMES = st.sampled_from(["Holbæk", "=1+1", "@x", "", "a\n\nb", "\x00\u202e", "<b>&", "x" * 80])
PERCENT = st.floats(0, 100).map(lambda n: round(n, 3)) | st.integers(0, 100).map(float)
TITLES = st.sampled_from(["Andel, pct.", "=Andel, pct.", "", "x" * 200])


@st.composite
def _points(draw: st.DrawFn) -> Chart:
    count = draw(st.integers(1, 30))
    names = tuple(f"{draw(NAMES)} {n}" for n in range(count))

    def many(of: st.SearchStrategy[float], length: int = count) -> tuple[float, ...]:
        return tuple(draw(st.lists(of, min_size=length, max_size=length)))

    people = st.integers(1, 200_000).map(float)
    steps = tuple(sorted(many(people, draw(st.integers(1, 9)))))
    limits = tuple(
        Limit(name, steps, many(PERCENT, len(steps)), many(PERCENT, len(steps)))
        for name in ("95 pct. grænse", "99,8 pct. grænse")
    )
    return Chart(
        "points",
        names,
        (Series(draw(NAMES), many(PERCENT), draw(st.booleans())),),
        draw(TITLES),
        draw(st.integers(0, 2)),
        draw(st.none() | st.sampled_from(names) | NAMES),
        draw(st.none() | st.tuples(NAMES, PERCENT)),
        points=Points(
            draw(NAMES),
            many(people),
            tuple(draw(st.sampled_from(list(VERDICTS))) for _ in names),
            tuple(draw(st.booleans()) for _ in names),
            limits,
        ),
    )


@st.composite
def _spans(draw: st.DrawFn) -> Chart:
    count = draw(st.integers(1, 40))
    names = tuple(f"{draw(NAMES)} {n}" for n in range(count))
    ends = [sorted(draw(st.tuples(PERCENT, PERCENT, PERCENT))) for _ in names]
    series = Series(
        draw(NAMES),
        tuple(middle for _, middle, _ in ends),
        spans=tuple(Span(low, high, draw(st.booleans())) for low, _, high in ends),
    )
    marked = draw(st.none() | st.sampled_from(names) | NAMES)
    return Chart("bars", names, (series,), draw(TITLES), 0, marked, (COUNTRY, draw(PERCENT)))


@st.composite
def _columns(draw: st.DrawFn) -> Chart:
    count, step = draw(st.integers(1, 20)), draw(st.sampled_from([1.0, 2.0, 5.0, 10.0]))
    first = step * draw(st.integers(0, 9))
    within = st.floats(first, first + step * count).map(lambda n: round(n, 3))
    marks = draw(st.lists(st.tuples(st.just(COUNTRY) | NAMES, within), max_size=2))
    counts = draw(st.lists(st.integers(0, 98).map(float), min_size=count, max_size=count))
    return Chart(
        "columns",
        tuple(f"{first + step * n:g}–{first + step * (n + 1):g}" for n in range(count)),
        (Series(draw(NAMES), tuple(counts)),),
        draw(NAMES),
        bins=Bins(draw(TITLES), first, step, tuple(marks), draw(st.integers(0, 2))),
    )


CHARTS = st.one_of(_points(), _spans(), _columns())
