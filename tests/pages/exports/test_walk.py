"""Every file by address holds what the façade says: all indicators, levels, formats, charts."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from itertools import product
from typing import Any
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from starlette.applications import Starlette

from pages.exports.charts import CHARTS
from pages.frame import data_routes, routes
from pages.language import sentences
from queries import LAND, LEVELS, Atlas, Level
from tests.pages.frame.asgi import Answer, ask

MADE_UP_MONTH = "2018M11"
NUMBERS = {
    "antal": "numerator",
    "naevner_mindst": "denominator_low",
    "naevner_hoejst": "denominator_high",
    "andel_pct": "share_pct",
}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def app(atlas: Atlas) -> Iterator[Starlette]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (routes, data_routes):
            patch.setattr(module, "atlas", lambda: atlas)
        yield Starlette(routes=routes.ROUTES)


def views(atlas: Atlas) -> Iterator[tuple[str, str, Level, pl.DataFrame]]:
    """Indicator, month, level and the façade's cells, wherever there are any."""
    for indicator_id, level in product(atlas.indicators, LEVELS):
        for period in sorted({atlas.default_period(indicator_id), MADE_UP_MONTH}):
            cells = atlas.cells(indicator_id, period, level)
            if not cells.is_empty():
                yield indicator_id, period, level, cells


def csv_rows(body: bytes) -> list[Row]:
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
    return [
        {key: value if key == "omraadekode" else _value(value) for key, value in row.items()}
        for row in rows
    ]


def _value(text: str) -> Any:
    number = re.fullmatch(r"\d{1,3}|[1-9]\d*|\d+,\d+", text)
    return (float(text.replace(",", ".")) if number else text) if text else None


def xlsx_rows(body: bytes) -> list[Row]:
    """Rows of the first sheet; a cell that is not there is not in its row."""
    head, *rows = sheet_cells(body)
    return [{head[column]: value for column, value in row.items()} for row in rows]


def sheet_cells(body: bytes) -> list[dict[int, Any]]:
    """The first sheet's rows with each cell by its column's number."""
    ns = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        strings = [
            "".join(t.text or "" for t in item.iter(f"{{{ns['m']}}}t"))
            for item in ET.fromstring(file.read("xl/sharedStrings.xml"))
        ]
        root = ET.fromstring(file.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in root.iterfind(".//m:row", ns):
        cells: dict[int, Any] = {}
        for cell in row.iterfind("m:c", ns):
            letters = re.match(r"[A-Z]+", cell.get("r", ""))
            column = 0
            for letter in letters[0] if letters else "":
                column = column * 26 + ord(letter) - 64
            value = cell.findtext("m:v", None, ns)
            if value is not None:
                cells[column - 1] = strings[int(value)] if cell.get("t") == "s" else float(value)
        rows.append(cells)
    return rows


READERS = {
    "csv": csv_rows,
    "json": lambda body: json.loads(body)["raekker"],
    "xlsx": xlsx_rows,
}


@pytest.mark.parametrize("kind", READERS)
def test_a_table_holds_the_facade_s_numbers(app: Starlette, atlas: Atlas, kind: str) -> None:
    seen = 0
    for indicator_id, period, level, cells in views(atlas):
        answer = ask(app, f"/data/{indicator_id}.{kind}?periode={period}&niveau={level}")
        assert answer.status == 200
        rows = READERS[kind](answer.body)
        assert [row["omraadekode"] for row in rows] == cells["area_id"].to_list()
        for row, cell in zip(rows, cells.iter_rows(named=True), strict=True):
            for name, column in NUMBERS.items():
                assert row.get(name) == cell[column], (indicator_id, period, level, row)
            if cell["status"] != "shown":
                assert [row.get(n) for n in ("antal", "naevner_mindst", "vurdering")] == [None] * 3
                assert row["status"] != "vist"
            seen += 1
        _check_label(answer, rows, made_up="synthetic" in cells["kind"])
    assert seen > 1_500


def _check_label(answer: Answer, rows: list[Row], *, made_up: bool) -> None:
    assert ("_SYNTETISK." in answer.headers["content-disposition"]) == made_up
    assert all((row.get("syntetisk") == "ja") == made_up for row in rows)


def test_uncertainty_is_the_facade_s(app: Starlette, atlas: Atlas) -> None:
    """Wilson's interval of 117 of 223 to 227: checked against its formula, written out."""
    rows = {
        row["omraadekode"]: row
        for row in json.loads(ask(app, "/data/passive_ressourceforloeb.json").body)["raekker"]
    }
    z, n, p = 1.959964, 227, 117 / 227
    low = (p + z**2 / (2 * n) - z * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5) / (1 + z**2 / n)
    assert rows["0316"]["andel_lav_pct"] == round(100 * low, 2)
    assert rows["0316"]["vurdering"] == "klart over landet"
    assert rows["0316"]["placering_fra"] <= 2 <= rows["0316"]["placering_til"]
    hidden = rows["0155"]
    assert hidden["andel_pct"] == 17
    assert {hidden[n] for n in ("andel_lav_pct", "andel_hoej_pct", "placering_fra")} == {None}


@pytest.mark.parametrize("kind", READERS)
def test_a_series_holds_the_facade_s_numbers(app: Starlette, atlas: Atlas, kind: str) -> None:
    for indicator_id in atlas.indicators:
        answer = ask(app, f"/data/{indicator_id}_serie.{kind}?kommune=0316")
        assert answer.status == 200
        cells = atlas.series(indicator_id, [LAND, "0316"])
        rows = READERS[kind](answer.body)
        assert len(rows) == cells.height
        for row, cell in zip(rows, cells.iter_rows(named=True), strict=True):
            assert row["periode"] == cell["period"]
            assert {name: row.get(name) for name in NUMBERS} == {
                name: cell[column] for name, column in NUMBERS.items()
            }


def test_every_chart_of_every_indicator_is_drawn_with_its_label(
    app: Starlette, atlas: Atlas
) -> None:
    """A feature that a figure uses and the drawing does not know fails here, not at a reader."""
    drawn = 0
    for indicator_id, period, level, cells in views(atlas):
        for name, chart in CHARTS.items():
            if chart.over_time or not chart.offered(atlas.indicator(indicator_id)):
                continue
            address = f"/data/{indicator_id}_{name}.svg?periode={period}&niveau={level}"
            answer = ask(app, address)
            assert answer.status == 200, (address, answer.body)
            text = "".join(ET.fromstring(answer.body).itertext())
            made_up = "synthetic" in cells["kind"]
            assert ('class="badge"' in answer.body.decode()) == made_up, address
            assert ("SYNTETISKE TAL: opdigtede" in text) == made_up, address
            assert ("_SYNTETISK." in answer.headers["content-disposition"]) == made_up
            assert f"dataversion {atlas.version}." in text.replace("\n", " "), address
            drawn += 1
    assert drawn > 100


def test_the_bars_say_what_the_facade_says(app: Starlette, atlas: Atlas) -> None:
    for indicator_id, period, level, cells in views(atlas):
        body = ask(
            app, f"/data/{indicator_id}_soejler.svg?periode={period}&niveau={level}"
        ).body.decode()
        titles = [unescape(title) for title in re.findall(r"<rect[^>]*><title>([^<]*)<", body)]
        shares = cells.drop_nulls("share_pct")
        expected = [sentences.value(cell) for cell in shares.iter_rows(named=True)]
        plain = [text.replace("\N{NO-BREAK SPACE}", " ") for text in expected]
        assert sorted(titles) == sorted(plain)


@pytest.mark.parametrize("choice", ["", "?kommune=0316", "?kommune=0155", "?niveau=region"])
def test_every_series_is_drawn(app: Starlette, atlas: Atlas, choice: str) -> None:
    for indicator_id in atlas.indicators:
        answer = ask(app, f"/data/{indicator_id}_serie.svg{choice}")
        assert answer.status == 200, answer.body
        assert b'class="badge"' in answer.body
    told = ask(app, f"/data/{indicator_id}_serie.svg?niveau=kommune")
    assert (told.status, "viser højst" in told.body.decode()) == (400, True)


def test_files_across_indicators_hold_the_facade_s_numbers(app: Starlette, atlas: Atlas) -> None:
    answer = ask(app, "/data/sammenlign.json?sammenlign=0316,0330,0155")
    data = json.loads(answer.body)
    found = {(r["indikator"], r["omraadekode"]): r for r in data["raekker"]}
    assert {key[0] for key in found} == set(atlas.indicators)
    for (indicator_id, area_id), row in found.items():
        level: Level = "jobcenter" if area_id.startswith("J") else "kommune"
        cells = atlas.cells(indicator_id, row["periode"], level).filter(area_id=area_id)
        (cell,) = cells.iter_rows(named=True)
        assert {name: row[name] for name in NUMBERS} == {n: cell[c] for n, c in NUMBERS.items()}
        assert row["syntetisk"] == ("ja" if cell["kind"] == "synthetic" else "nej")
    assert found["passive_ressourceforloeb", "0316"]["syntetisk"] == "nej"
    assert data["syntetisk"] is True
    assert "_SYNTETISK." in answer.headers["content-disposition"]
    one = json.loads(ask(app, "/data/kommune.json?kommune=0316").body)["raekker"]
    assert one == [row for key, row in found.items() if key[1] in {"0316", "J0316"}]


def test_programmes_and_sources(app: Starlette, atlas: Atlas) -> None:
    rows = csv_rows(ask(app, "/data/initiativer.csv").body)
    assert [row["id"] for row in rows] == atlas.initiatives()["initiative_id"].to_list()
    assert rows[0]["mio_kr"] == 48.8
    data = json.loads(ask(app, "/data/kilder.json").body)
    assert {row["id"] for row in data["raekker"]} == set(atlas.sources())
    assert len(data["udsagn"]) == atlas.statements().height


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/data/kommune.csv", 400, "Vælg kommune med kommune=0316."),
        ("/data/kommune.csv?kommune=0316,0330", 400, "Vælg én kommune"),
        ("/data/sammenlign.csv?sammenlign=0999", 400, "Ukendt kommune: '0999'."),
        (
            "/data/sammenlign.csv?sammenlign=0316&niveau=region",
            400,
            "ingen fil for niveauet",
        ),
        ("/data/initiativer.csv?kommune=0316", 400, "Filen har ingen."),
        ("/data/kilder.svg", 404, "Formater: csv, json, xlsx."),
        ("/data/passive_ressourceforloeb_tragt.csv", 404, "Formater: svg, png."),
        ("/data/passive_ressourceforloeb_stablet.svg", 400, "intet kan stables"),
        ("/data/passive_ressourceforloeb_soejler.svg?sortering=x", 400, "Ukendt sortering: 'x'."),
        ("/data/passive_ressourceforloeb_tragt.svg?sortering=navn", 400, "Ukendt parameter"),
        ("/data/ukendt_soejler.svg", 404, "Der er ingen data på /data/ukendt_soejler.svg."),
    ],
)
def test_wrong_addresses_are_told(app: Starlette, address: str, status: int, told: str) -> None:
    answer = ask(app, address)
    assert (answer.status, told in answer.body.decode()) == (status, True), answer.body


@pytest.mark.parametrize(
    "address",
    [
        "/data/passive_ressourceforloeb_soejler.svg?sortering=navn",
        "/data/passive_ressourceforloeb_soejler.png?omraade=1085&kommune=0316",
        "/data/sammenlign.xlsx?sammenlign=0316,0330",
        "/data/kilder.json",
    ],
)
def test_what_a_client_has_is_not_sent_again(app: Starlette, address: str) -> None:
    first = ask(app, address)
    again = ask(app, address, if_none_match=first.headers["etag"])
    assert (first.status, again.status, again.body) == (200, 304, b"")


def test_the_list_offers_only_what_is_there(app: Starlette) -> None:
    listed = json.loads(ask(app, "/data/").body)
    for entry in listed["indikatorer"]:
        for name in CHARTS:
            for kind, address in entry.get(name, {}).items():
                if kind != "png":
                    assert ask(app, address).status == 200, address
    for table in listed["tabeller"]:
        assert all(ask(app, address).status == 200 for address in table["adresser"].values())
    page = ask(app, "/data/", accept="text/html").body.decode()
    assert "/data/gruppe_2_over_9_maaneder_stablet.svg" in page
    assert "/data/passive_ressourceforloeb_stablet.svg" not in page
    assert "/data/sammenlign.csv?sammenlign=0316,0330" in page
