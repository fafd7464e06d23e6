"""Briefings at random for slides and workbooks: charts of each form, tables, odd texts."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from pages.samraad.model import (
    Briefing,
    Cell,
    Chapter,
    Chart,
    Column,
    Content,
    Entry,
    Folder,
    Item,
    Series,
    Standing,
    Table,
)
from queries import Source

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "=1+1", "+45", "-1", "@x", "Holbæk", "a\n\nb", "\x00\x1f\ud800\u202e", "& ]]> <c:v>"]
    ),
    st.integers(2, 90).map(lambda n: "Et længere afsnit om tallene. " * n),
    st.integers(20, 200).map(lambda n: "x" * n),
)
SHORT = st.sampled_from(["Holbæk", "Ærø", "=1+1", "Hele landet", "", "jan 2018", "<b>&", "x" * 80])
STATUSES = ("suppressed", "left_out", "not_collected")
VERSION = "20261122T101500Z-5f2c1d9a"


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    form = draw(st.sampled_from(["bars", "stacked", "lines"]))
    count = draw(st.integers(1, 40))
    categories = tuple(f"{draw(SHORT)} {n}" for n in range(count))
    low = -50 if form != "stacked" else 0
    value = st.none() | st.integers(low, 100).map(float) | st.floats(low, 100)
    number = 1 if form == "bars" else draw(st.integers(1, 9))
    series = tuple(
        Series(
            f"{draw(SHORT)} {n}",
            tuple(draw(st.lists(value, min_size=count, max_size=count))),
            draw(st.booleans()),
        )
        for n in range(number)
    )
    names = categories if form != "lines" else tuple(one.name for one in series)
    return Chart(
        form,
        categories,
        series,
        draw(st.sampled_from(["Andel, pct.", "Antal", "=Andel, pct.", ""])),
        draw(st.integers(0, 2)),
        draw(st.none() | st.sampled_from(names) | SHORT),
        draw(st.none() | st.tuples(SHORT, st.floats(0, 120))),
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(
        st.lists(
            st.builds(Column, SHORT, st.sampled_from(["", "pct.", "personer"]), st.integers(0, 2)),
            min_size=1,
            max_size=9,
        )
    )
    shown = st.one_of(
        st.integers(0, 99999).map(lambda n: Cell(str(n), n)),
        st.floats(0, 100).map(lambda n: Cell(f"{n:.1f}", n)),
        TEXTS.map(lambda text: Cell(text, text)),
    )
    hidden = st.sampled_from(STATUSES).map(lambda status: Cell("skjult", None, status))
    row = st.tuples(*[shown | hidden] * len(columns))
    rows = draw(st.lists(row, max_size=30))
    return Table(tuple(columns), tuple(rows), draw(st.none() | st.integers(0, 40)))


SOURCES = st.builds(
    Source,
    source_id=st.sampled_from("abc"),
    kind=st.sampled_from(["published", "synthetic", "register"]),
    publisher=TEXTS,
    title=TEXTS,
    document_id=TEXTS,
    published_on=st.none() | st.dates(dt.date(1850, 1, 1)),
    published_note=SHORT,
    retrieved_on=st.none() | st.dates(dt.date(1850, 1, 1)),
    sha256=st.none() | st.just("0" * 64),
    licence=SHORT,
    corrects=st.none() | st.just("a"),
    corrected_by=st.none() | st.just("b"),
    note=SHORT,
)
ITEMS = st.sampled_from(["tabel", "soejler", "kort", "saetning"]).map(
    lambda kind: Item(kind, (), VERSION)
)
CONTENTS = st.builds(
    Content,
    item=ITEMS,
    title=TEXTS,
    subtitle=TEXTS,
    sentence=TEXTS,
    alt=TEXTS,
    sources=st.lists(SOURCES, max_size=2).map(tuple),
    version=st.just(VERSION),
    fingerprint=st.just("f"),
    standing=st.builds(Standing, st.sampled_from(["current", "changed", "unknown"]), TEXTS, TEXTS),
    period=SHORT,
    table=st.none() | tables(),
    chart=st.none() | charts(),
    definition=st.lists(st.tuples(SHORT, TEXTS), max_size=2).map(tuple),
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    made_up=st.booleans(),
    label=st.just("SYNTETISKE TAL: opdigtede, kun til afprøvning"),
    address=SHORT,
    citation=TEXTS,
)
ENTRIES = st.builds(Entry, ITEMS, st.dates(dt.date(2020, 1, 1)), TEXTS, TEXTS)
BRIEFINGS = st.builds(
    Briefing,
    st.builds(Folder, TEXTS, SHORT, TEXTS, TEXTS),
    st.lists(st.builds(Chapter, ENTRIES, CONTENTS), max_size=3).map(tuple),
    st.just(VERSION),
)
