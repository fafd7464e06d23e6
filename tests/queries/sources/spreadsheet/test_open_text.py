"""Tables in text: encodings, separators, quotes, and what is refused with its line."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from queries.errors import UserError
from queries.sources.spreadsheet import limits, open_book
from queries.sources.spreadsheet.text import careful, fast
from queries.sources.spreadsheet.tidying import needs_tidying, tidied, tidy

TEXT = "Kommune;Antal på én\nHøje-Taastrup;12\nÆrø;3\nÅrhus;5\n"
ROWS = [("Kommune", "Antal på én"), ("Høje-Taastrup", "12"), ("Ærø", "3"), ("Århus", "5")]


def rows(content: bytes) -> list[tuple[str, ...]]:
    return open_book(content).sheets[0].cells.rows()


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in open_book(content).findings]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
        ("iso-8859-15", "Windows-1252"),
        ("mac_roman", "Macintosh"),
        ("cp850", "DOS (850)"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_encodings_are_told_by_their_bytes(encoding: str, name: str) -> None:
    book = open_book(TEXT.encode(encoding))
    assert book.sheets[0].cells.rows() == ROWS
    assert book.form == f"tekst med semikolon, {name}"
    assert (book.sheets[0].numeric, book.findings) == (False, ())


@pytest.mark.parametrize(
    ("separator", "name"),
    [(";", "semikolon"), (",", "komma"), ("\t", "tabulator"), ("|", "lodret streg")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_ends_of_lines(separator: str, name: str, end: str) -> None:
    book = open_book(TEXT.replace(";", separator).replace("\n", end).encode())
    assert book.sheets[0].cells.rows() == ROWS
    assert book.form == f"tekst med {name}, utf-8"


def test_columns_set_by_spaces_are_read_where_every_line_has_as_many() -> None:
    assert rows(b"Udtraek\nKommune    Antal\nFaxe         12\n")[2] == ("Faxe", "12")
    with pytest.raises(UserError, match="en tom celle kan ikke ses"):
        open_book(b"Kommune   Antal   Andel\nFaxe   12\n")


@pytest.mark.parametrize("line", ["sep=,\n", '"sep=,"\r\n', "SEP=,\n"])
def test_a_first_line_may_name_the_separator_and_is_no_row(line: str) -> None:
    assert rows(f"{line}a;b,c\n1;2,3\n".encode()) == [("a;b", "c"), ("1;2", "3")]


def test_a_decimal_comma_is_no_separator_and_a_title_does_not_decide() -> None:
    text = "Tabel 1, opdigtet, uden kilde\nKommune;Pct.\nSolrød;12,5\nFaxe;3,0\n"
    assert rows(text.encode())[2] == ("Solrød", "12,5")
    assert codes(text.encode()) == []


def test_doubt_about_the_separator_is_said() -> None:
    both = b"a,x;b\nc,y;d\ne,z;f\n"
    assert codes(both) == ["separator_in_doubt"]
    assert codes(b"Kommune,Andel\nFaxe,12,5\nGreve,13,5\n") == ["decimal_comma_splits"]


def test_quotes_hold_separators_quotes_and_ends_of_lines() -> None:
    text = 'a;b\n"x;""y""\nz"; "1"\n5" rør;2\n'
    assert rows(text.encode()) == [("a", "b"), ('x;"y" z', "1"), ('5" rør', "2")]


def test_lines_of_unequal_length_are_filled_and_empty_ends_are_left_out() -> None:
    assert rows(b"Titel\na;b;c;\n1;2\n;;;\n\n3;4;5;\n;;;\n\n") == [
        ("Titel", "", ""),
        ("a", "b", "c"),
        ("1", "2", ""),
        ("", "", ""),
        ("", "", ""),
        ("3", "4", "5"),
    ]


def test_every_kind_of_space_is_one_plain_space_or_nothing() -> None:
    text = "a\u00a0\u2009 b;\u200bc\u00ad\n \t1\u202f234\u00a0; x \n"
    assert rows(text.encode()) == [("a b", "c"), ("1 234", "x")]


def test_the_sign_that_old_programs_end_a_text_with_is_no_cell() -> None:
    assert rows(b"a;b\r\n1;2\r\n\x1a") == [("a", "b"), ("1", "2")]


def test_codes_with_leading_zeros_and_decimal_commas_stay_as_written() -> None:
    assert rows(b"kode;tal\n0101;1.234,50\n")[1] == ("0101", "1.234,50")


def mixed(good: str, bad: str, first: str = "utf-8", second: str = "cp1252") -> bytes:
    return f"Kommune;Antal\n{good};1\nFaxe;2\n".encode(first) + f"{bad};3\n".encode(second)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (mixed("Ærø", "Læsø"), "linje 4 er i en anden end linje 2"),
        (mixed("Ærø", "Læsø", "cp1252", "utf-8"), "linje 2 er i en anden end linje 4"),
        (mixed("Ærø på Fyn", "Læsø", "cp1252", "mac_roman"), "tegnkodninger: linje"),
        (b"\xef\xbb\xbfa;b\n\xe6;1\n", "linje 2 er i en anden"),
        (b"a;b\nS\xf8r\x81d;1\nk\xf8b;2\n\xe6r\xf8;3", "Linje 2 har et tegn, der ikke findes"),
        (b"a;b\n1\x00;2\n", "linje 2 har tegn, der ikke er tekst"),
        (b"a;b\n" + bytes(3_000), "linje 2 har tegn, der ikke er tekst"),
        (b"a;b\n1;\x1a\n3;4\n", "linje 2 har tegn, der ikke er tekst"),
        ("a;b\n1;\x02\n".encode("utf-16"), "linje 2 har tegn, der ikke er tekst"),
        (b"a;b\n1;2\n\x02;2\n", "linje 3 har tegn, der ikke er tekst"),
        (b'a;b\n1;2\n"3;4\n5;6\n', "i eller efter linje 3 bliver ikke lukket"),
        (b'a;b\n"' + b"x\n" * 90_000, "i eller efter linje 2 bliver ikke lukket"),
        (b'a;b\n"x" y;2\n', "i linje 2 passer ikke"),
        (b'sep=;\na;b\n"x" y;2\n', "i linje 3 passer ikke"),
        (b"a;b\n1;" + b"x" * 32_768 + b"\n", "Række 2 har en celle med flere end 32.767 tegn"),
        (b"a;b\n" + b"x" * 2_000_001, "Linje 2 er for lang"),
        (b";".join([b"1"] * 1_001), "højst læses 1.000 kolonner"),
        (b"1;" * 900_000, "højst læses 1.000 kolonner"),
        (b"bare tekst\nuden kolonner\n", "kun én kolonne"),
        (b"", "Filen er tom"),
        (b" \r\n\t\n", "Filen er tom"),
        (b"\xff\xfe", "Filen er tom"),
        (b";;;\n;;\n", "ingen tabel"),
        ("a;b\n1;2".encode("utf-16")[:-1], "afbrudt eller beskadiget"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        open_book(content)
    assert len(str(refused.value)) < 500


def test_a_whole_longest_cell_is_read() -> None:
    assert len(rows(b"a;b\n1;" + b"\xc3\xb8" * 32_767)[1][1]) == 32_767


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("a;b\nLÃ¦sÃ¸;1\n", "letters_encoded_twice", 2),
        ("a;b\nx;1\nL\ufffds;1\n", "letters_lost", 3),
        ("a;b;c\n1;2;3\n4;5", "maybe_cut_off", 3),
    ],
)
def test_what_was_spoiled_before_is_asked_about(text: str, code: str, row: int) -> None:
    found = open_book(text.encode()).findings
    assert [(each.code, each.level, each.row) for each in found] == [(code, "warning", row)]


def test_too_many_rows_are_refused_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 1_000)
    assert open_book(b"a;b\n" * 1_000).sheets[0].height == 1_000
    for content in (b"a;b\n" * 1_001, b'"a";b\n' * 1_001):
        with pytest.raises(UserError, match=r"højst læses 1\.000 rækker"):
            open_book(content)
    monkeypatch.setattr(limits, "ROWS", 10_000)
    monkeypatch.setattr(limits, "TEXT_CELLS", 3_000)
    with pytest.raises(UserError, match=r"højst læses 3\.000 celler"):
        open_book(b"a;b\n" * 1_501)


CELL = st.text(alphabet=' "\n;,\t|ab1.æ\u00a0\u200b\ufeff', max_size=5)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=6)


@given(TABLE, st.sampled_from(";,\t|"))
def test_what_the_csv_module_writes_is_read_back(table: list[list[str]], separator: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows(table)
    body = out.getvalue().encode()
    read = tidied(careful(body, separator)).rows()
    width = max(map(len, table))
    assert read == [tuple(tidy(cell) for cell in row + [""] * (width - len(row))) for row in table]


@settings(max_examples=150)
@given(st.text(alphabet=" \n;,\t|ab1.æ\u00a0\u200b'#\\", max_size=60), st.sampled_from(";,\t|"))
@example("a;b\n\n1\n;\n", ";")
@example("\n\na;b", ";")
@example(" \n", "|")
def test_the_fast_way_gives_what_the_careful_one_gives(text: str, separator: str) -> None:
    body = text.encode()
    width = max(line.count(separator) for line in text.split("\n")) + 1
    quick = fast(body, separator, width)
    slow = careful(body, separator)
    if quick is None or not body:
        return
    assert tidied(quick).rows() == tidied(slow).rows()
    if not needs_tidying(body, separator):
        assert quick.rows() == tidied(slow).rows()


def test_the_fast_way_is_taken_for_a_plain_file_and_not_for_others() -> None:
    assert fast(b"a;b\n1;2\n\n3\n", ";", 2) is not None
    assert fast(b"a;b\n1;2;3\n", ";", 2) is None
    assert fast(b'a;b\n"1";2\n', ";", 2) is None


@given(st.text(alphabet=" \t\n\0\x7fab\u00a0\u00ad\u200b\u2028\u3000\x1f\x85", max_size=8))
def test_one_text_is_tidied_as_a_frame_is(text: str) -> None:
    assert tidied(pl.DataFrame({"0": [text]})).item(0, 0) == tidy(text)
