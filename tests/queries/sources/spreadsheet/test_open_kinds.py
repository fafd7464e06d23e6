"""What is no spreadsheet is told what it is; what is a web page under another name is read."""

from __future__ import annotations

import gzip

import pytest

from queries.errors import UserError
from queries.sources.spreadsheet import open_book
from queries.sources.spreadsheet.kinds import OLE
from tests.queries.sources.spreadsheet.opened_files import raw_ods, unzipped, xls, xlsx, zipped

SPREADSHEET_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
LOCKED_ODS = raw_ods(
    "",
    manifest='<manifest:manifest xmlns:manifest="m"><manifest:file-entry>'
    "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
)


def compound(*names: str) -> bytes:
    """A compound file with these streams, all empty."""
    content = bytearray(xls([["a"]]))
    at = content.index("Workbook".encode("utf-16-le"))
    for name in names:
        raw = name.encode("utf-16-le")
        content[at : at + 64] = raw.ljust(64, b"\0")
        content[at + 64 : at + 66] = (len(raw) + 2).to_bytes(2, "little")
    return bytes(content)


def locked_xls() -> bytes:
    """A workbook whose first record after the beginning says that the rest is enciphered."""
    content = bytearray(xls([["a"]]))
    at = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    content[at + 20 : at + 22] = b"\x2f\x00"
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n...", "men en PDF"),
        (b"\n\n%PDF-1.4", "men en PDF"),
        (b"\x89PNG\r\n\x1a\n...", "et billede"),
        (b"\xff\xd8\xff\xe0..", "et billede"),
        (b"{\\rtf1 a;b}", "RTF"),
        (gzip.compress(b"a;b\n1;2\n", mtime=0), "gzip"),
        (b"PAR1....PAR1", "Parquet"),
        (b"SQLite format 3\0", "SQLite"),
        (b"MZ\x90\0\3", "et program"),
        (b'{"a": 1, "b": [2]}', "en JSON-fil"),
        (b'[{"a": 1}]', "en JSON-fil"),
        (b'\xef\xbb\xbf {"a": 1}', "en JSON-fil"),
        (SPREADSHEET_2003.encode(), "XML-regneark fra Excel 2003"),
        (SPREADSHEET_2003.encode("utf-16"), "XML-regneark fra Excel 2003"),
        (b'<?xml version="1.0"?><rss/>', "et XML-dokument"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "MHTML"),
        (zipped({"word/document.xml": "<w/>", "[Content_Types].xml": "<T/>"}), "DOCX"),
        (zipped({"ppt/presentation.xml": "<p/>"}), "PPTX"),
        (zipped({"Index/Document.iwa": "x"}), "Apple"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "ODT",
        ),
        (zipped({"a.csv": "a;b", "b.csv": "a;b", "læs.txt": "x"}), "3 filer, heraf 2 .csv"),
        (zipped({"a.\x15\x02": "x", "b": "x"}), "2 filer, heraf 2 uden endelse"),
        (zipped({}), "tomt zip-arkiv"),
        (zipped({"[Content_Types].xml": "<T/>"}), "beskadiget"),
        (compound("WordDocument"), "DOC"),
        (compound("EncryptedPackage"), "adgangskode"),
        (compound("Book"), "før Excel 97"),
        (compound("Andet"), "beskadiget"),
        (locked_xls(), "adgangskode"),
        (LOCKED_ODS, "adgangskode"),
        (OLE + bytes(600), "beskadiget"),
        (OLE, "beskadiget"),
        (b"PK\x03\x04garbage", "beskadiget"),
        (bytes(1000), "tom"),
    ],
)
def test_what_is_no_spreadsheet_is_told_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        open_book(content, "tal.xlsx")


def test_an_archive_with_a_password_is_refused() -> None:
    content = bytearray(zipped(dict(unzipped(xlsx([["a"]])))))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    with pytest.raises(UserError, match="adgangskode"):
        open_book(bytes(content))


@pytest.mark.parametrize(
    "start", [b"[Kommune];[Antal]\n", b"<5;a\n", b"{x};y\n", b"BM;a\n", b"MZ;a\n"]
)
def test_a_text_that_begins_strangely_is_a_text(start: bytes) -> None:
    assert open_book(start + b"1;2\n").sheets[0].cells.row(1) == ("1", "2")


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset={charset}"><title>T</title>
<style><!--td {{mso-number-format:"0%"}}--></style><script>var a = "<td>x</td>";</script></head>
<body><p>Før <table border=0><tr><th rowspan=2>Kommune</th>
<th colspan=2>Antal&nbsp;personer</th></tr>
<tr><th>2018<th>2019</tr><tr style='display:none'><td>Ærø<td x:num="1234">1.234<td>52&nbsp;%</tr>
<!-- <tr><td>nej</td></tr> --><tr><td>Lyngby-<br>Taarbæk</td><td>1<td><b>2</b>,5</tr></table>
<table><tr><td>kun én kolonne</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("utf-8", "utf-8"),
        ("windows-1252", "utf-8"),
        ("windows-1252", "utf-16"),
        ("x-ukendt", "cp1252"),
    ],
)
def test_the_table_of_a_web_page_is_read_as_it_shows(charset: str, encoding: str) -> None:
    book = open_book(PAGE.format(charset=charset).encode(encoding), "udtræk.xls")
    sheet = book.sheets[0]
    assert sheet.cells.rows() == [
        ("Kommune", "Antal personer", "Antal personer"),
        ("Kommune", "2018", "2019"),
        ("Ærø", "1.234", "52 %"),
        ("Lyngby- Taarbæk", "1", "2,5"),
    ]
    assert sheet.merged == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert (sheet.hidden_rows, sheet.numeric) == (((2, 2),), False)
    assert book.sheet_names == ("Tabel 1",)
    assert book.remarks[-1].endswith("selv om den hedder .xls.")


def test_tables_in_tables_are_sheets_of_their_own() -> None:
    inner = "<table><tr><td>1<td>2</table>"
    book = open_book(f"<html><table><tr><td>a{inner}<td>b</table></html>".encode())
    assert [sheet.cells.rows() for sheet in book.sheets] == [[("a", "b")], [("1", "2")]]
    only = open_book(f"<html><table><tr><td>a{inner}<td>b</table></html>".encode(), sheet="2")
    assert [sheet.name for sheet in only.sheets] == ["Tabel 2"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<html><frameset><frame src='sheet001.htm'></frameset></html>", "uden en tabel"),
        ("<html><body>Log ind</body></html>", "uden en tabel"),
        ("<html><table><tr><td>a<td>b</tr>", "bliver ikke afsluttet"),
        (f"<table>{'<tr><td>' * 3}{'<td>x' * 1_100}</table>", "1.000 kolonner"),
        ("<table>" * 300 + "</table>" * 300, "250 tabeller"),
    ],
)
def test_a_web_page_without_a_whole_table_is_refused(page: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        open_book(page.encode())
