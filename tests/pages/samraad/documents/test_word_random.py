"""Any briefing becomes a sound document that says everything in it."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.samraad.documents import word
from pages.samraad.documents.word.tables import native
from pages.samraad.documents.word.xml import one_line, w
from pages.samraad.model import (
    Briefing,
    Cell,
    Chapter,
    Column,
    Content,
    Entry,
    Folder,
    Item,
    Standing,
    Table,
)
from queries import Source
from tests.pages.samraad.documents import briefings
from tests.pages.samraad.documents.word_reading import disorder, problems, read

TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "=1+1", "@x", "{{samraad}}", "<w:p/>", "a\n\nb", "\x00\x1f\ud800", "& ]]>"]
    ),
)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><text y="9">{}</text></svg>'
STATUSES = ("shown", "suppressed", "left_out", "not_collected")
NUMBERS = st.one_of(st.integers(-9999, 9999), st.floats(-99, 99), st.none(), TEXTS)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(
        st.lists(st.builds(Column, TEXTS, TEXTS, st.integers(0, 2)), min_size=1, max_size=14)
    )
    cell = st.builds(Cell, TEXTS, NUMBERS, st.sampled_from(STATUSES))
    row = st.tuples(*[cell] * len(columns))
    rows = draw(st.lists(row, max_size=6))
    return Table(tuple(columns), tuple(rows), draw(st.none() | st.integers(0, 6)))


SOURCES = st.builds(
    Source,
    source_id=st.sampled_from("abc"),
    kind=st.sampled_from(["published", "synthetic", "register"]),
    publisher=TEXTS,
    title=TEXTS,
    document_id=TEXTS,
    published_on=st.none() | st.dates(dt.date(1900, 1, 1)),
    published_note=TEXTS,
    retrieved_on=st.none() | st.dates(dt.date(1900, 1, 1)),
    sha256=st.none(),
    licence=TEXTS,
    corrects=st.none() | st.just("a"),
    corrected_by=st.none(),
    note=TEXTS,
)
CONTENTS = st.builds(
    Content,
    item=st.just(Item("tabel", (), "v")),
    title=TEXTS,
    subtitle=TEXTS,
    sentence=TEXTS,
    alt=TEXTS,
    sources=st.lists(SOURCES, max_size=2).map(tuple),
    version=TEXTS,
    fingerprint=TEXTS,
    standing=st.builds(Standing, st.sampled_from(["current", "changed", "unknown"]), TEXTS, TEXTS),
    period=TEXTS,
    table=st.none() | tables(),
    svg=st.none() | st.sampled_from([DRAWING.format("A"), DRAWING.format("Ж")]),
    definition=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    made_up=st.booleans(),
    label=TEXTS,
    address=TEXTS,
    citation=TEXTS,
)
ENTRIES = st.builds(
    Entry, st.just(Item("tabel", (), "v")), st.dates(dt.date(1900, 1, 1)), TEXTS, TEXTS
)
BRIEFINGS = st.builds(
    Briefing,
    st.builds(Folder, TEXTS, TEXTS, TEXTS, TEXTS),
    st.lists(st.builds(Chapter, ENTRIES, CONTENTS), max_size=3).map(tuple),
    TEXTS,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(BRIEFINGS)
def test_any_briefing_becomes_a_sound_document_that_says_all_of_it(briefing: Briefing) -> None:
    body = word.write(briefing)
    assert problems(body) == []
    assert disorder(body) == []
    made = read(body)
    story = re.sub(r"\s+", " ", made.story())
    said = [briefing.folder.question, briefing.folder.answer, briefing.folder.reference]
    for chapter in briefing.chapters:
        content = chapter.content
        said += [chapter.heading, chapter.entry.comment, content.sentence, content.standing.text]
        said += [
            content.version,
            *content.notes,
            *(part for pair in content.definition for part in pair),
        ]
        if content.table:
            said += [cell.text for row in content.table.rows for cell in row]
    for text in said:
        shown = re.sub(r"\s+", " ", one_line(text)).strip()
        assert shown in story
    labelled = "SYNTETISKE TAL" in story
    assert labelled or not briefing.made_up


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(3000, 15000))
def test_a_table_of_any_columns_stays_within_the_page(table: Table, width: int) -> None:
    class Names:
        def __getitem__(self, role: str) -> str:
            return role

    content = briefings.real().chapters[1].content
    made = native(content, table, Names(), width, "")  # type: ignore[arg-type]
    widths = [int(column.get(w("x", w=1).keys()[0])) for column in made[1]]
    assert len(widths) == len(table.columns)
    assert sum(widths) <= width
    assert min(widths) > 0
