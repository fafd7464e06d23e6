"""Web pages and pasted text: what a reader of the page sees, in any encoding."""

from __future__ import annotations

import pytest

from queries.sources.documents.blocks import Table
from queries.sources.documents.extract import extract
from queries.sources.documents.model import DocumentError
from queries.sources.documents.plain import decoded
from queries.sources.documents.sniff import form_of
from queries.sources.documents.tables import tables_in
from queries.sources.documents.web import _Reader
from queries.sources.documents.xml import parse_html

ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    *("cp1252", "latin-1", "cp865", "mac_roman"),
)


def lines(content: str | bytes) -> list[str]:
    content = content.encode() if isinstance(content, str) else content
    return [line for line in extract(content).lines if line.strip()]


def codes(content: str) -> list[tuple[str, str]]:
    return [(remark.level, remark.code) for remark in extract(content.encode()).remarks]


def table(*rows: str, more: str = "") -> str:
    inner = "".join(f"<tr>{one}</tr>" for one in rows)
    return f"<p>Før</p><table>{more}{inner}</table><p>Efter</p>"


def row(*cells: str) -> str:
    return "".join(f"<td>{cell}</td>" for cell in cells)


def test_paragraphs_and_tables_in_order_with_places() -> None:
    text = extract(table(row("Morsø", "30", "52%")).encode())
    assert text.form == "webside"
    assert [pair for pair in zip(text.lines, text.places, strict=True) if pair[0]] == [
        ("Før", "afsnit 1"),
        ("Morsø 30 52%", "tabel 1, række 1"),
        ("Efter", "afsnit 2"),
    ]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2&nbsp;790", "2.790"),
        ("2&thinsp;790", "2.790"),
        ("2 790", "2.790"),
        ("2.790", "2.790"),
        ("<b>2</b>.<i>790</i>", "2.790"),
        ("\n  67\n ", "67"),
        ("21&nbsp;%", "21 %"),
        ("&#50;1 pct.", "21 pct."),
        ("67<sup>1)</sup>", "67"),
        ("67<sup> a </sup>", "67"),
        ("<del>99</del>67", "67"),
        ("67<span style='display: none'>8</span>", "67"),
        ("67<span hidden>8</span>", "67"),
        ("67<script>8</script>", "67"),
        ("67<!-- 8 -->", "67"),
        ("1 2790", "1 2790"),  # no thousands: it is left for the reader of rows to refuse
        ("12 34", "12 34"),
    ],
)
def test_cells(cell: str, read: str) -> None:
    assert lines(table(row("I alt", cell, "x")))[1] == f"I alt {read} x"


def test_what_is_not_read_is_told() -> None:
    assert codes("<p>6<del>7</del></p>") == [("warning", "struck_text")]
    assert codes("<p>6<span hidden>7</span></p>") == [("note", "hidden_text")]
    assert codes("<p>6<sup>7</sup></p>") == [("note", "note_marks")]
    assert codes("<p>6</p>") == []


def test_names() -> None:
    assert lines(table(row("Ringkøbing-<br>Skjern", "42")))[1] == "Ringkøbing-Skjern 42"
    assert lines(table(row("Ringkøbing&#8209;Skjern", "42")))[1] == "Ringkøbing\u2011Skjern 42"
    assert lines(table(row("Frederiks&shy;sund", "45")))[1] == "Frederiks\u00adsund 45"


def test_spanning_cells_keep_the_columns() -> None:
    first = "<td rowspan=2>Kommune</td><td colspan=2>Juni 2017</td>"
    assert lines(table(first, row("Antal", "Andel"), row("Morsø", "30", "52%")))[1:4] == [
        "Kommune Juni 2017",
        "Antal Andel",
        "Morsø 30 52%",
    ]
    # A cell that goes on for several rows keeps the others in their columns.
    reader = _Reader()
    reader.walk(parse_html(table("<td rowspan=2>Vest</td>" + row("a", "b"), row("c"), row("d"))))
    (made,) = (block for block in reader.blocks if isinstance(block, Table))
    assert [[cell.column for cell in cells] for cells in made.rows] == [[0, 1, 2], [1], [0]]
    # Two blocks side by side are told apart by their columns, spans or not.
    rows = ["<td colspan=3>Vest</td><td colspan=3>Øst</td>"]
    rows += [row("Morsø", "30", "52%", "Samsø", "5", "33%")] * 2
    assert lines(table(*rows))[1:-1] == [
        *("Vest", "Morsø 30 52%", "Morsø 30 52%"),
        *("Øst", "Samsø 5 33%", "Samsø 5 33%"),
    ]


def test_the_foot_of_a_table_is_last() -> None:
    parts = "<tfoot><tr><td>I alt</td></tr></tfoot><tbody><tr><td>Morsø</td></tr></tbody>"
    page = f"<table><caption>Tabel 1</caption>{parts}</table>"
    assert lines(page) == ["Tabel 1", "Morsø", "I alt"]


def test_a_table_inside_a_table() -> None:
    inner = f"<table><tr>{row('Morsø', '30', '52%')}</tr></table>"
    assert lines(table(row("Venstre", f"Over{inner}Under"))) == [
        *("Før", "Venstre", "Over", "Morsø 30 52%", "Under", "Efter"),
    ]


def test_lists_and_breaks() -> None:
    assert lines("<ul><li>Morsø 30 52%</li><li>• Samsø 5 33%</li></ul>a<br>b") == [
        *("Morsø 30 52%", "Samsø 5 33%", "a", "b"),
    ]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset='utf-8'>", "utf-8"),
        ("<meta charset='iso-8859-1'>", "latin-1"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>", "cp1252"),
        ("", "utf-8"),
        ("", "cp1252"),
        ("", "utf-16"),
        ("<?xml version='1.0' encoding='utf-8'?>", "utf-8"),
    ],
)
def test_encodings_of_pages(head: str, encoding: str) -> None:
    page = f"{head}<html><body><p>Sønderborg Ærø Århus</p></body></html>"
    assert lines(page.encode(encoding)) == ["Sønderborg Ærø Århus"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_of_text(encoding: str) -> None:
    text = "Tabel 1. Antal og andel på Ærø, i Århus og på Øerne, juni 2017\n"
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"Herlev 30 < 52 og > 3", "plain"),
        (b"<p>x</p>", "web"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "web"),
        (b"  %PDF-1.7", "pdf"),
        (b"a\tb\nc", "plain"),
    ],
)
def test_the_content_says_what_it_is(content: bytes, form: str) -> None:
    assert form_of(content) == form


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Filen er tom"),
        (b" \n\t ", "Filen er tom"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "ældre Office-dokument"),
        (b"{\\rtf1\\ansi Hej}", "formatet RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "er et billede"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "er et billede"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mail eller et webarkiv"),
        (bytes(range(256)) * 20, "hverken PDF, Word"),
        (b"<html><body></body></html>", "ingen tekst"),
        (b"a" * 50_000_001, "mere end 50 MB"),
        (b"%PDF-1.7 and no more", "PDF-filen er beskadiget"),
        (b"a" * 30_000, "tekst er for stor"),
        (b"a\n" * 100_001, "tekst er for stor"),
        (b"<div>" * 50_000 + b"x", "i for mange lag|ingen tekst"),
    ],
)
def test_refusals(content: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        extract(content)


def test_pasted_cells_with_spaces_for_thousands() -> None:
    assert lines("I alt\t2 790\t21%") == ["I alt\t2.790\t21%"]
    assert lines("I alt 2\u00a0790 21%") == ["I alt 2.790 21%"]
    # Plain spaces in a plain line say nothing: two columns may look so.
    assert lines("I alt 2 790 21%") == ["I alt 2 790 21%"]


def test_lines_of_text_keep_their_numbers() -> None:
    text = extract(b"a\n\n\fb\n")
    assert text.lines == ("a", "", "\fb", "")
    assert text.places == ("linje 1", "linje 2", "linje 3", "linje 4")


def test_several_tables_are_all_read_and_asked_about() -> None:
    head = "Kommune\tAntal\tAndel\nMorsø\t30\t52%\nSamsø\t5\t33%\nKilde: DREAM\n\n"
    text = (
        f"Tabel 1. Passive på kontanthjælp, juni 2017\n{head}"
        f"Tabel 2. Borgere i alt efter andet, 1. kvartal 2018\n{head}"
    )
    first, second = tables_in(extract(text.encode())).tables
    assert (first.proposed, first.question) == ("passive_kontanthjaelp", "")
    assert second.proposed == ""
    assert "»Tabel 2. Borgere i alt efter andet, 1. kvartal 2018«?" in second.question
    assert [one.table.period for one in (first, second)] == ["2017M06", "2018Q1"]
    assert len(first.missing) == 96
