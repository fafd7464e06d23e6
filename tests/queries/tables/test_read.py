"""From bytes to lines: encodings, separators, workbooks, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from queries.errors import UserError
from queries.tables.read import MOST_BYTES, read
from tests.queries.sources.spreadsheet.opened_files import xlsb
from tests.queries.tables.files import ods, xlsx

TEXT = "Kommune;Antal\nHøje-Taastrup;12\nÆrø;3\n"
LINES = (("Kommune", "Antal"), ("Høje-Taastrup", "12"), ("Ærø", "3"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings(encoding: str) -> None:
    assert read(TEXT.encode(encoding)).lines == LINES


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "semikolon"), (",", "komma"), ("\t", "tabulator")]
)
def test_separators(separator: str, name: str) -> None:
    lines = read(TEXT.replace(";", separator).encode())
    assert lines.lines == LINES
    assert lines.form == f"tekst med {name}, utf-8"


def test_a_decimal_comma_is_no_separator() -> None:
    lines = read(b"Kommune;Pct.\nSolr\xc3\xb8d;12,5\nFaxe;3,0\n")
    assert lines.lines[1] == ("Solrød", "12,5")


def test_running_text_around_the_table_does_not_decide_the_separator() -> None:
    lines = read(b"Tabel 1, opdigtet, uden kilde\na;b;c\n1;2;3\n4;5;6\nNoter: a, b, og c\n")
    assert lines.lines[2] == ("1", "2", "3")


def test_columns_may_be_set_by_spaces() -> None:
    assert read(b"Kommune   Antal\nFaxe   12\n").lines == (("Kommune", "Antal"), ("Faxe", "12"))


def test_quotes_line_ends_and_indentation() -> None:
    lines = read('"Region; Øst";1\r\n  Faxe;2\r\n'.encode()).lines
    assert lines == (("Region; Øst", "1"), ("  Faxe", "2"))


def test_a_workbook_is_read_with_the_values_of_its_formulas() -> None:
    book = xlsx({"Ark": [["Kommune", "Antal", "Andel"], ["Faxe", 12, 0.25], ["I alt", "=B2|12"]]})
    lines = read(book)
    assert lines.lines == (
        ("Kommune", "Antal", "Andel"),
        ("Faxe", "12", "0,25"),
        ("I alt", "12", ""),
    )
    assert (lines.workbook, lines.sheet, lines.sheets) == (True, "Ark", ("Ark",))


def test_dates_and_truths_are_texts() -> None:
    book = xlsx({"Ark": [["a", True], ["b", dt.date(2017, 6, 1)]]})
    assert read(book).lines[0] == ("a", "Sand")


def test_open_document_is_read() -> None:
    assert read(ods([["Kommune", "Antal"], ["Ærø", 3]])).lines == (
        ("Kommune", "Antal"),
        ("Ærø", "3"),
    )


@pytest.mark.parametrize("asked", ["2", "Tal"])
def test_a_sheet_is_chosen_by_number_or_name(asked: str) -> None:
    book = xlsx({"Forside": [["Læs mig"]], "Tal": [["a", 1], ["b", 2]]})
    assert read(book, sheet=asked).lines == (("a", "1"), ("b", "2"))


def test_the_first_sheet_with_anything_is_taken_and_the_others_are_mentioned() -> None:
    book = xlsx({"Tom": [], "Tal": [["a", 1]], "Grundlag": [["x", 2]]}, hidden=("Grundlag",))
    lines = read(book)
    assert lines.sheet == "Tal"
    assert "2 ark mere, heraf 1 skjult" in lines.remarks[0]
    assert "Grundlag" not in lines.remarks[0]


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 101_000_000)
    return out.getvalue()


ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tom"),
        (b"  \n ", "tom"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table>", "webside"),
        (docx(), "dokument"),
        (b"PK\x03\x04garbage", "beskadiget"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "beskadiget"),
        (ENCRYPTED, "adgangskode"),
        (bomb(), "for stor"),
        (b"x" * (MOST_BYTES + 1), "2,0 MB, og højst 2 MB"),
        (b"a;b\n" * 25_000, "20.000 celler"),
        ((";".join("x" * 501)).encode(), "500 kolonner"),
        (b"bare tekst\nuden kolonner\n", "kun én kolonne"),
        (b"a;b\n\x01\x02;3\n", "hverken tekst eller regneark"),
        (b"\xff\xfe\x00\xd8", "bogstaver"),
        (xlsx({"Tom": []}), "tomt"),
    ],
)
def test_what_is_no_table_is_refused_in_danish(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read(content)


@pytest.mark.parametrize("asked", ["0", "3", "Hemmeligt navn"])
def test_an_unknown_sheet_is_refused_without_quoting_it(asked: str) -> None:
    with pytest.raises(UserError, match="fra 1 til 2") as refused:
        read(xlsx({"En": [["a", 1]], "To": [["b", 2]]}), sheet=asked)
    assert "Hemmeligt" not in str(refused.value)


def test_a_sheet_of_a_text_is_refused() -> None:
    with pytest.raises(UserError, match="kun vælges i et regneark"):
        read(b"a;b\n1;2\n", sheet="2")


def far_corner() -> bytes:
    """A workbook of two cells that lie seventeen billion apart."""
    content = xlsx({"Ark": [["a", 1], ["b", 2]]})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name).replace(b'<row r="2"', b'<row r="1048576"')
            new.writestr(
                name, body.replace(b'r="A2"', b'r="A1048576"').replace(b"B2", b"XFD1048576")
            )
    return out.getvalue()


def panicking() -> bytes:
    """A workbook whose oversight of formats is cut, on which the library panics."""
    parts = xlsb([["a", 1], ["b", 2]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(parts)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "xl/styles.bin":
                body = body.replace(b"\xe9\x04\x04\x02\x00\x00\x00", b"\xe9\x04\x00")
            new.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"), [(far_corner(), "1.000 kolonner"), (panicking(), "beskadiget")]
)
def test_what_the_library_would_fall_over_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read(content)
