"""A property: tables of any content, rendered to any form, are read back as they were."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries.sources.answer.refusal import AnswerError
from queries.sources.documents.extract import extract
from queries.sources.documents.tables import FoundTables, tables_in
from tests.oracles.answers import PrintedTable, Style, print_answer
from tests.queries.sources.documents import render
from tests.queries.sources.documents.render import Print

few = settings(
    max_examples=12,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

styles = st.builds(
    Style,
    rows=st.one_of(st.integers(2, 9), st.integers(2, 98)),
    decimals=st.integers(0, 2),
    percent=st.sampled_from(["%", " %", " pct."]),
    share_first=st.booleans(),
    hidden_below=st.sampled_from([3, 0, 5]),
    dash_for_none=st.booleans(),
    hide_share_too=st.booleans(),
    sorted_by=st.sampled_from(["share", "name", "mixed"]),
    aliases=st.booleans(),
    total=st.booleans(),
    note=st.booleans(),
    source=st.booleans(),
    period=st.sampled_from(["month", "quarter", "week"]),
)
answers = st.tuples(st.lists(styles, min_size=1, max_size=3), st.integers(0, 2**32))
prints = st.builds(
    Print,
    font=st.sampled_from(["helvetica", "times"]),
    size=st.sampled_from([7.0, 9.0, 10.0, 12.0]),
    leading=st.sampled_from([1.15, 1.35, 1.8]),
    landscape=st.booleans(),
    turned=st.booleans(),
    blocks=st.sampled_from([1, 1, 2]),
    right=st.booleans(),
    letters=st.booleans(),
    lines=st.booleans(),
    running=st.booleans(),
    heading_again=st.booleans(),
    compress=st.booleans(),
)


def printed(chosen: tuple[list[Style], int]) -> tuple[list[PrintedTable], list[render.Sheet]]:
    made, seed = chosen
    tables = list(print_answer(made, seed).tables)
    sheets = [
        render.of_printed(table, style.percent) for table, style in zip(tables, made, strict=True)
    ]
    return tables, sheets


def assert_same(found: FoundTables, tables: list[PrintedTable]) -> None:
    assert [one.number for one in found.tables] == list(range(1, len(tables) + 1))
    for one, table in zip(found.tables, tables, strict=True):
        read = one.table
        assert (read.number, read.period) == (str(table.number), table.period)
        assert read.columns == (("share", "count") if table.share_first else ("count", "share"))
        rows = []
        for code, count, status, share, decimals, share_status in read.rows.select(
            *("kommunekode", "count", "count_status", "share_pct", "share_decimals"),
            "share_status",
        ).rows():
            written = None if share is None else Decimal(f"{share:.{decimals}f}")
            rows.append((code, status, count, share_status, written, decimals))
        assert rows == [
            (
                row.code,
                row.count.status,
                None if row.count.value is None else int(row.count.value),
                row.share.status,
                row.share.value,
                row.share.decimals,
            )
            for row in table.rows
        ]
        assert (read.total is None) == (table.total is None)
        if read.total is not None and table.total is not None:
            assert read.total.count == table.total.count.value
        assert set(read.left_out_named) == table.left_out_named
        assert read.source_note == (table.source or "")


@given(answers, prints)
@few
def test_pdf(chosen: tuple[list[Style], int], form: Print) -> None:
    tables, sheets = printed(chosen)
    if form.blocks > 1:  # room for two of the longest names
        form = dataclasses.replace(form, size=min(form.size, 9.0))
    if form.lines or form.blocks > 1:
        form = dataclasses.replace(form, letters=False)
    assert_same(tables_in(extract(render.pdf(sheets, form, intro="Svar på spørgsmål."))), tables)


@given(answers, st.sampled_from([1, 2, 3]))
@few
def test_word(chosen: tuple[list[Style], int], blocks: int) -> None:
    tables, sheets = printed(chosen)
    assert_same(tables_in(extract(render.word(sheets, blocks=blocks))), tables)


@given(answers, st.sampled_from([1, 2, 3]), st.booleans())
@few
def test_web(chosen: tuple[list[Style], int], blocks: int, inside: bool) -> None:
    tables, sheets = printed(chosen)
    content = render.web(sheets, blocks=blocks, caption_inside=inside)
    assert_same(tables_in(extract(content)), tables)


@given(answers, st.sampled_from(["utf-8", "cp1252", "utf-16"]))
@few
def test_text(chosen: tuple[list[Style], int], encoding: str) -> None:
    tables, sheets = printed(chosen)
    assert_same(tables_in(extract(render.text(sheets).encode(encoding))), tables)


@pytest.mark.parametrize("form", ["pdf", "word", "web", "text"])
def test_a_changed_number_is_seen(form: str) -> None:
    """The property has teeth: one digit more in one cell is not the same table, or is refused."""
    tables, sheets = printed(([Style(rows=6)], 4))
    name, count, share = sheets[0].rows[0]
    rows = ((name, f"1{count}", share), *sheets[0].rows[1:])
    changed = [dataclasses.replace(sheets[0], rows=rows)]
    content = {
        "pdf": lambda: render.pdf(changed),
        "word": lambda: render.word(changed),
        "web": lambda: render.web(changed),
        "text": lambda: render.text(changed).encode(),
    }[form]()
    with pytest.raises((AssertionError, AnswerError)):
        assert_same(tables_in(extract(content)), tables)
