"""What was refused comes back with its reasons, is mended, and reads as it was given."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.imports import refused
from queries.imports.refused import Given, as_csv, as_xlsx, without_reasons
from queries.imports.store import Store
from queries.sources.incoming import Finding

ROWS = [
    ["Tabel 1", "", ""],
    ["Kommune", "Antal", "Andel"],
    ["Aarhus", "1200", "12.5"],
    ["=1+1", "-3", "@x"],
]
FINDINGS = [
    Finding("error", "negative", "Antallet er negativt. Ret det.", "Ark1", 4, "B", "-3"),
    Finding("error", "unknown_area", "Kommunen kendes ikke.", "Ark1", 4, "A", "=1+1"),
    Finding("warning", "total", "Totalen passer ikke."),
]


def frame(rows: list[list[str]]) -> pl.DataFrame:
    return pl.DataFrame(rows, [str(n) for n in range(len(rows[0]))], orient="row")


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_rows_stand_where_they_stood_with_reasons_before_them() -> None:
    rows = read(as_csv(FINDINGS, Given(frame(ROWS), numeric=True, sheet="Ark1")))
    assert rows == [
        ["Årsag: Totalen passer ikke.", "Sted", "Tabel 1", "", ""],
        ["", "", "Kommune", "Antal", "Andel"],
        ["", "", "Aarhus", "1200", "12,5"],
        [
            "Antallet er negativt. Ret det. | Kommunen kendes ikke.",
            "ark »Ark1«, række 4, kolonne B | ark »Ark1«, række 4, kolonne A",
            "'=1+1",
            "-3",
            "'@x",
        ],
    ]


def test_text_of_a_text_file_keeps_its_points() -> None:
    rows = read(as_csv([], Given(frame([["1.200", "12.5"], ["1,5", "-"]]))))
    assert rows == [["Årsag", "Sted", "1.200", "12.5"], ["", "", "1,5", "-"]]


def test_a_finding_of_another_sheet_is_about_the_whole() -> None:
    other = Finding("error", "x", "Et andet ark.", "Ark2", 3)
    rows = read(as_csv([other], Given(frame(ROWS), sheet="Ark1")))
    assert [row[0] for row in rows] == ["Årsag: Et andet ark.", "", "", ""]
    assert rows[0][1] == "Sted: ark »Ark2«, række 3"


def test_without_rows_the_findings_are_listed() -> None:
    assert read(as_csv(FINDINGS[1:], None)) == [
        ["Årsag", "Sted"],
        ["Kommunen kendes ikke.", "ark »Ark1«, række 4, kolonne A"],
        ["Totalen passer ikke.", ""],
    ]


def test_a_workbook_holds_text_and_numbers_and_no_formula() -> None:
    content = as_xlsx(FINDINGS, Given(frame(ROWS), numeric=True, sheet="Ark1"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = {(c.row, c.column): (c.data_type, c.value) for row in sheet for c in row if c.value}
    assert cells[3, 4] == ("n", 1200)
    assert cells[3, 5] == ("n", 12.5)
    assert cells[4, 3] == ("s", "=1+1")
    assert cells[4, 4] == ("n", -3)
    assert cells[4, 5] == ("s", "@x")
    assert cells[1, 1] == ("s", "Årsag: Totalen passer ikke.")
    assert not [place for place, (kind, _) in cells.items() if kind == "f"]


text = st.text(st.sampled_from("aÆ=+-@';\"\t\r\n,. 0123456789\0"), max_size=8) | st.sampled_from(
    ["=HYPERLINK(1)", "-1,5", "+45", "'x", "'=x"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(text, min_size=n, max_size=n), min_size=1, max_size=5)
    )
)
def test_what_is_sent_back_reads_as_it_was_given(rows: list[list[str]]) -> None:
    made = read_back(as_csv(FINDINGS, Given(frame(rows))))
    assert made == [[clean(value) for value in row] for row in rows]


def clean(value: str) -> str:
    """What a CSV cannot hold is left out; one apostrophe before a formula means as much."""
    plain = value.replace("\0", "")
    return plain[1:] if plain[:1] == "'" and plain[1:2] in tuple("=+-@\t\r\n") else plain


def read_back(content: bytes) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    for row in rows:
        for cell in row[2:]:
            number = cell.lstrip("-").replace(",", "").replace(".", "").isdigit()
            assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n")), cell
            assert not cell.startswith("-") or number or cell == "-", cell
    return [list(row) for row in without_reasons(frame(rows)).iter_rows()]


def test_a_table_without_reasons_is_as_it_is() -> None:
    for rows in (ROWS, [["Årsag", "Antal", "Sted"]], [["Årsag", "Sted"]], [["", "", ""]]):
        assert without_reasons(frame(rows)).rows() == frame(rows).rows()
    assert without_reasons(pl.DataFrame()).is_empty()


def test_what_is_too_large_is_an_extract_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refused, "MOST_ROWS", 3)
    rows = read(as_csv(FINDINGS, Given(frame(ROWS))))
    assert [row[2] for row in rows] == ["Tabel 1", "'=1+1"]
    assert rows[0][0].startswith("Uddrag: ")
    assert without_reasons(frame(rows)).width == 5


def test_a_refusal_is_kept_and_found_again(data: Path) -> None:
    store = Store()
    name = "../../etc/=Særtræk æøå 2018\n.xlsx"
    kept = store.keep_refusal(
        name, "To fejl.", FINDINGS, given=Given(frame(ROWS)), about={"sha256": "0" * 64}
    )
    assert kept.folder.parent == data / "import" / "refused"
    assert kept.folder.name.endswith("Z_saertraek-aeoeaa-2018")
    assert sorted(path.name for path in kept.folder.iterdir()) == [
        "afvist.csv",
        "afvist.xlsx",
        "rapport.json",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.folder.iterdir()} == {0o600}
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
    report = json.loads((kept.folder / "rapport.json").read_bytes())
    assert report["name"] == name
    assert report["about"] == {"sha256": "0" * 64}
    assert report["findings"][0] == {
        "level": "error",
        "code": "negative",
        "text": "Antallet er negativt. Ret det.",
        "sheet": "Ark1",
        "row": 4,
        "column": "B",
        "value": "-3",
        "where": "ark »Ark1«, række 4, kolonne B",
    }
    assert store.refused() == [kept]
    refused.forget(kept)
    assert store.refused() == []


def test_the_newest_are_kept(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refused, "KEPT", 3)
    store = Store()
    made = [store.keep_refusal("", f"nr. {n}", []) for n in range(5)]
    assert {one.message for one in store.refused()} == {"nr. 2", "nr. 3", "nr. 4"}
    (data / "import" / "refused" / made[-1].folder.name / "rapport.json").write_text("[")
    assert len(store.refused()) == 2
