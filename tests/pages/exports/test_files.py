"""Downloads: the numbers, the words for what is missing, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from pages.exports.dataset import Asked, Dataset, dataset
from pages.exports.files import as_csv, as_json
from pages.exports.map_file import as_png, as_svg
from pages.exports.workbook import as_xlsx
from queries import Atlas, UserError

PASSIVE = "passive_ressourceforloeb"


@pytest.fixture(scope="module")
def data(atlas: Atlas) -> Dataset:
    return dataset(atlas, Asked(PASSIVE, "2017M06"))


def made_up(data: Dataset) -> Dataset:
    """The same data as if they were synthetic."""
    return replace(data, sources=tuple(replace(s, kind="synthetic") for s in data.sources))


def csv_rows(body: bytes) -> dict[str, dict[str, str]]:
    assert body.startswith(b"\xef\xbb\xbf")  # Excel reads it as UTF-8 only with the mark
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
    return {row["omraadekode"]: row for row in rows}


def test_csv_has_every_kommune_in_its_state(data: Dataset) -> None:
    rows = csv_rows(as_csv(data))
    assert len(rows) == 98
    assert sum(int(row["antal"]) for row in rows.values() if row["antal"]) == 2781
    wanted = ("antal", "naevner_mindst", "naevner_hoejst", "andel_pct", "status")
    picked = {code: tuple(rows[code][name] for name in wanted) for code in rows}
    assert picked["0316"] == ("117", "223", "227", "52", "vist")
    assert picked["0155"] == ("", "", "", "17", "skjult")
    assert picked["0730"] == ("", "", "", "0", "skjult")
    assert picked["0563"] == ("", "", "", "", "udeladt af kilden")
    assert rows["0316"]["linje_i_kilden"] == "88"
    assert rows["0316"]["kilde"] == "BEU alm. del, berigtigelse af svar på spm. 554"


def test_csv_uses_decimal_comma_and_disarms_formulas(data: Dataset) -> None:
    odd = data.rows.head(1).with_columns(
        omraade=pl.lit("=1+1"), note=pl.lit("@SUM(A1)"), andel_pct=pl.lit(21.5)
    )
    (row,) = csv_rows(as_csv(replace(data, rows=odd))).values()
    assert (row["omraade"], row["note"], row["andel_pct"]) == ("'=1+1", "'@SUM(A1)", "21,5")


def test_json(data: Dataset) -> None:
    body = json.loads(as_json(data))
    assert body["kilder"][0]["berigtiget"] is True
    assert body["dataversion"] == data.version
    assert body["syntetisk"] is False
    rows = {row["omraadekode"]: row for row in body["raekker"]}
    assert (rows["0316"]["antal"], rows["0316"]["andel_pct"]) == (117, 52.0)
    assert (rows["0155"]["antal"], rows["0155"]["status"]) == (None, "skjult")


def sheet(book: bytes, number: int) -> list[list[Any]]:
    """Read a worksheet's cells as text or number, without a spreadsheet library."""
    ns = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        strings = [
            "".join(t.text or "" for t in item.iter(f"{{{ns['m']}}}t"))
            for item in ET.fromstring(file.read("xl/sharedStrings.xml"))
        ]
        root = ET.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
    rows: list[list[Any]] = []
    for row in root.iterfind(".//m:row", ns):
        cells: list[Any] = []
        for cell in row.iterfind("m:c", ns):
            value = cell.findtext("m:v", None, ns)
            assert cell.find("m:f", ns) is None, "no formulas"
            text = strings[int(value or 0)] if cell.get("t") == "s" else float(value or "nan")
            cells.append(text)
        rows.append(cells)
    return rows


def test_xlsx_has_typed_numbers_and_its_source(data: Dataset) -> None:
    book = as_xlsx(data)
    head, *rows = sheet(book, 1)
    assert head[:2] == ["omraadekode", "omraade"]
    holbaek = next(row for row in rows if row[0] == "0316")
    numbers = [value for value in holbaek if isinstance(value, float)]
    # 1 June 2017 counted in days from 1900, as a spreadsheet does.
    assert numbers[:5] == [42887, 117, 223, 227, 52]
    assert numbers[-2:] == [3, 88]
    about = dict(row for row in sheet(book, 2) if len(row) == 2)
    assert about["Status"] == "Berigtiget svar"
    assert about["Dokument"] == "BEU alm. del, berigtigelse af svar på spm. 554"


@pytest.mark.parametrize("write", [as_csv, as_json, as_xlsx])
def test_the_same_data_are_the_same_bytes(data: Dataset, write: Any) -> None:
    assert write(data) == write(data)


def test_synthetic_numbers_are_labelled_in_name_and_content(data: Dataset, atlas: Atlas) -> None:
    fake = made_up(data)
    assert fake.file_stem.endswith("_SYNTETISK")
    assert data.file_stem == "passive_ressourceforloeb_2017M06_kommune"
    assert json.loads(as_json(fake))["syntetisk"] is True
    assert sheet(as_xlsx(fake), 2)[0] == ["OBS", "SYNTETISKE TAL: opdigtede, kun til afprøvning"]
    assert "SYNTETISKE TAL" in as_svg(fake, None).decode()
    assert "SYNTETISKE TAL" not in as_svg(data, None).decode()


def test_map_file_names_its_source_and_its_state(data: Dataset) -> None:
    svg = as_svg(data, "0316").decode()
    for text in (
        "juni 2017",
        "10–19 pct.",
        "40 pct. og derover",
        "spm. 554",
        "Berigtiget svar",
        "Skjult",
        "Udeladt",
        data.version,
    ):
        assert text.casefold() in svg.casefold(), text
    png = as_png(data, None)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) == 1800


def test_there_is_no_map_of_the_land(atlas: Atlas) -> None:
    with pytest.raises(UserError, match="intet kort for niveauet land"):
        as_svg(dataset(atlas, Asked(PASSIVE, "2017M06", "land")), None)
