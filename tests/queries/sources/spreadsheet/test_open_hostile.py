"""Files made to harm: each gives the right rows or one error, in bounded time and memory.

They are opened one after another in a process whose memory is limited, with the real limits.
"""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from queries.errors import UserError
from queries.sources.spreadsheet import limits, open_book
from tests.queries.sources.spreadsheet.opened_files import (
    ods_cell,
    raw_ods,
    raw_xlsx,
    unzipped,
    xls,
    xlsx,
    zipped,
)

ROOT = Path(__file__).resolve().parents[4]
MOST_ADDRESSED, MOST_HELD, MOST_SECONDS = 3_000_000_000, 900, 60.0
_OPEN_ALL = """
import json, pathlib, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from queries.errors import UserError
from queries.sources.spreadsheet import open_book
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    content, start = path.read_bytes(), time.monotonic()
    try:
        book = open_book(content, path.name)
        said = "læst: " + ", ".join(f"{s.height}x{s.width}" for s in book.sheets)
    except UserError as error:
        said = str(error)
    status = pathlib.Path("/proc/self/status").read_text().split()
    held = int(status[status.index("VmHWM:") + 1]) / 1000
    sys.stdout.write(json.dumps([path.name, said, time.monotonic() - start, held]) + chr(10))
"""


def sheet(cells: str) -> str:
    return f'<sheetData><row r="1">{cells}</row></sheetData>'


def corners(far: str) -> bytes:
    row = "".join(each for each in far if each.isdecimal())
    return raw_xlsx(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        f'<row r="{row}"><c r="{far}"><v>2</v></c></row></sheetData>'
    )


def far_old() -> bytes:
    """An XLS whose single cell is moved to the farthest corner."""
    content = xls([[7.5]])
    cell = content.index(struct.pack("<HHHH", 0x27E, 10, 0, 0))
    return content[: cell + 4] + struct.pack("<HH", 65_535, 255) + content[cell + 8 :]


def lying() -> bytes:
    """An archive whose directory says that the sheet is ten bytes long."""
    content = bytearray(raw_xlsx(sheet('<c r="A1"><v>1</v></c>')))
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FETCH = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def with_head(head: str) -> bytes:
    """An XLSX whose sheet begins with a document type."""
    parts = unzipped(xlsx([["a", 1]]))
    name = "xl/worksheets/sheet1.xml"
    body = parts[name][parts[name].index(b"<worksheet") :]
    return zipped({**parts, name: head.encode() + body.replace(b"<v>1", b"<v>&x;&b;")})


def cells(count: int) -> str:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 500 + "</row>"
    return f"<sheetData>{row * (count // 500)}</sheetData>"


def repeated(rows: int, columns: int) -> bytes:
    cell = ods_cell(1, f' table:number-columns-repeated="{columns}"')
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return raw_ods(f"<table:table>{row}</table:table>")


def hostile() -> dict[str, tuple[bytes, str]]:
    """Every file with what is said of it."""
    chance = random.Random(7)
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    merges = '<mergeCell ref="A1:A1000"/>' * 90_000
    tall = "".join(f"<row><c><v>{at}</v></c></row>" for at in range(1_000))
    return {
        "bomb.xlsx": (raw_xlsx(b" " * 301_000_000), "pakker sig ud"),
        "bomb_i_bomb.zip": (zipped({"a.zip": zipped({"b": bytes(10**7)})}), "zip-arkiv"),
        "urelevant.xlsx": (
            raw_xlsx(sheet('<c r="A1"><v>1</v></c>'), more={"xl/media/a": bytes(301_000_000)}),
            "læst: 1x1",
        ),
        "mange_filer.zip": (zipped({str(at): b"" for at in range(10_500)}), "10.000 filer"),
        "fjern.xlsx": (corners("ALL1048576"), "rækker gange kolonner"),
        "fjernest.xlsx": (corners("XFD1048576"), "1.000 kolonner"),
        "udenfor.xlsx": (corners("XFE1048577"), "beskadiget"),
        "fjern.xls": (far_old(), "læst: 65536x256"),
        "latter.xlsx": (with_head(LAUGHS), "dokumenttype"),
        "hent.xlsx": (with_head(FETCH), "dokumenttype"),
        "dyb.xlsx": (raw_xlsx("<a>" * 1_000_000), "for dybt"),
        "lang_tag.xlsx": (raw_xlsx(f'<a b="{"x" * 9_000_000}"/>'), "for langt"),
        "delt_tekst.xlsx": (
            raw_xlsx(cells(50_000), strings=f"<si><t>{'x' * 32_000}</t></si>"),
            "200.000.000 tegn",
        ),
        "fletning.xlsx": (raw_xlsx(sheet('<c r="A1"><v>1</v></c>') + merge), "læst: 1x1"),
        "fletninger.xlsx": (
            raw_xlsx(f"<sheetData>{tall}</sheetData><mergeCells>{merges}</mergeCells>"),
            "2.000.000 celler i flettede",
        ),
        "lyver.xlsx": (lying(), "beskadiget"),
        "gentag.ods": (repeated(1_000_000, 1_001), "1.000 kolonner"),
        "kolonner.csv": (b"1;" * 500_000 + b"\n", "1.000 kolonner"),
        "kolonner_lang.csv": (b"1;" * 3_000_000, "for lang"),
        "en_linje.csv": (b"x" * 100_000_000, "for lang"),
        "anfoersel.csv": (b'a;b\n"' + b"1;2\n" * 2_000_000, "bliver ikke lukket"),
        "anfoerselstegn.csv": (b'"' * 1_900_000, "kun én kolonne"),
        "nuller.csv": (b"a;b\n" + bytes(30_000_000), "tegn, der ikke er tekst"),
        "tilfaeldig.xlsx": (chance.randbytes(5_000_000), "tegn, der ikke er tekst"),
        "million.csv": (b"0101;2019M01;12\n" * 1_000_000, "læst: 1000000x3"),
        "div.xls": (b"<html>" + b"<div>" * 2_000_000, "uden en tabel"),
        "tabeller.xls": (b"<table><tr><td>" * 500_000 + b"</table>" * 500_000, ""),
        "kommentar.xls": (b"<html><table>" + b"<!--" * 2_000_000 + b"</table>", ""),
        "span.xls": (
            b"<table>" + b"<tr><td colspan=999 rowspan=99999>x" * 90_000 + b"</table>",
            "",
        ),
    }


def test_each_is_read_or_refused_in_bounded_time_and_memory(tmp_path: Path) -> None:
    files = hostile()
    for name, (content, _) in files.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", _OPEN_ALL, str(tmp_path), str(MOST_ADDRESSED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    told = {name: rest for name, *rest in map(json.loads, done.stdout.splitlines())}
    assert set(told) == set(files)
    for name, (said, seconds, held) in told.items():
        assert files[name][1] in said, (name, said)
        assert seconds < MOST_SECONDS, (name, seconds)
        assert held < MOST_HELD, (name, held)
        assert len(said) < 500


@pytest.mark.parametrize("head", [LAUGHS, FETCH])
def test_a_document_type_is_refused_before_anything_is_expanded(head: str) -> None:
    with pytest.raises(UserError, match="dokumenttype"):
        open_book(with_head(head))


def test_nothing_outside_the_file_is_read() -> None:
    outside = "file:///etc/hostname"
    parts = unzipped(xlsx([["a", 1]]))
    name = "xl/_rels/workbook.xml.rels"
    aside = parts[name].replace(b'Target="/xl/worksheets/sheet1.xml"', b'Target="../../../etc/x"')
    assert aside != parts[name]
    with pytest.raises(UserError, match="en del mangler"):
        open_book(zipped({**parts, name: aside}))
    away = parts[name].replace(
        b'Target="/xl/worksheets/sheet1.xml"', f'Target="{outside}" TargetMode="External"'.encode()
    )
    with pytest.raises(UserError, match="der er ingen ark"):
        open_book(zipped({**parts, name: away}))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ('<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>', "ikke i orden"),
        ('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>', "ikke i orden"),
        ('<c r="A2"><v>1</v></c>', "en anden række"),
        ('<c r="1A"><v>1</v></c>', "ugyldig adresse"),
        ('<c r="ÆØ1"><v>1</v></c>', "ugyldig adresse"),
        ('<c r="A1" t="s"><v>9</v></c>', "en tekst, der ikke findes"),
        ('<c r="A1" t="s"><v>-1</v></c>', "ugyldigt"),
        ('<c r="A1" s="x"><v>1</v></c>', "ugyldigt"),
        ('<c r="A1" t="d"><v>i går</v></c>', "en dato er ugyldig"),
        (f'<c r="A1" t="str"><v>{"x" * 32_768}</v></c>', "Celle A1 har flere end 32.767"),
        ('</row><row r="1">', "rækkerne står ikke i orden"),
        ('<c r="A1"><v>1</c>', "ugyldig XML"),
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(cells: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        open_book(raw_xlsx(sheet(cells)))


@pytest.mark.parametrize("value", ["1_000", "0x1F", "nan", "inf", "1e999", "١٢", "12a", " "])
def test_a_number_that_is_none_is_an_error_in_its_cell(value: str) -> None:
    found = open_book(raw_xlsx(sheet(f'<c r="A1"><v>{value}</v></c>'))).sheets[0]
    assert [fault.kind for fault in found.faults] == ["error_value"]
    assert found.findings()[0].column == "A"


def test_limits_hold_to_the_last_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    content = raw_xlsx(cells(500), strings="<si><t>x</t></si>")
    monkeypatch.setattr(limits, "WORKBOOK_CELLS", 500)
    assert open_book(content).sheets[0].cells.shape == (1, 500)
    monkeypatch.setattr(limits, "WORKBOOK_CELLS", 499)
    with pytest.raises(UserError, match="499 udfyldte celler"):
        open_book(content)
    with pytest.raises(UserError, match="499 udfyldte celler"):
        open_book(repeated(1_000, 900))
    monkeypatch.undo()
    monkeypatch.setattr(limits, "ELEMENTS", 500)
    with pytest.raises(UserError, match="500 XML-elementer"):
        open_book(content)
    monkeypatch.undo()
    monkeypatch.setattr(limits, "STRINGS", 3)
    with pytest.raises(UserError, match="3 fælles tekster"):
        open_book(raw_xlsx(cells(500), strings="<si><t>x</t></si>" * 4))
    monkeypatch.undo()
    for name in ("WORKBOOK_BYTES", "OLD_WORKBOOK_BYTES", "TEXT_BYTES", "PAGE_BYTES"):
        monkeypatch.setattr(limits, name, 10)
    for each in (content, xls([["a"]]), b"a;b\n1;2\n3;4\n", b"<html><table></table>"):
        with pytest.raises(UserError, match=r"Filen fylder \d+ MB"):
            open_book(each)


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        content = zipped({}) and _twice()
    with pytest.raises(UserError, match="to dele har samme navn"):
        open_book(content)


def _twice() -> bytes:
    import io

    out = io.BytesIO(raw_xlsx(sheet('<c r="A1"><v>1</v></c>')))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return out.getvalue()
