"""Workbooks: typed cells, a native chart of the same numbers, and labels where they are made up."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from pages.exports.dataset import Asked, dataset
from pages.exports.series import series
from pages.exports.workbook import as_xlsx, first_day
from queries import LAND, Atlas
from tests.pages.exports.test_files import PASSIVE, sheet
from tests.pages.exports.test_walk import sheet_cells


def parts(book: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


@pytest.fixture(scope="module")
def published(atlas: Atlas) -> bytes:
    return as_xlsx(dataset(atlas, Asked(PASSIVE, "2017M06", within="1085")))


@pytest.fixture(scope="module")
def over_time(atlas: Atlas) -> bytes:
    return as_xlsx(series(atlas, Asked(PASSIVE, ""), [LAND, "0316"]))


def test_the_chart_draws_the_sheet_beside_it(published: bytes) -> None:
    chart = parts(published)["xl/charts/chart1.xml"]
    assert "<c:barChart>" in chart
    assert re.findall(r"<c:f>([^<]+)</c:f>", chart) == [
        "Diagram!$A$2:$A$18",
        "Diagram!$B$2:$B$18",
    ]
    assert "Passive i ressourceforløb, juni 2017, Region Sjælland" in chart
    rows = sheet(published, 3)
    assert rows[0] == ["omraade", "andel_pct", "status"]
    assert rows[1:3] == [["Guldborgsund", 66.0, "vist"], ["Holbæk", 52.0, "vist"]]


def test_what_is_hidden_is_an_empty_cell_and_never_a_zero(atlas: Atlas) -> None:
    rows = sheet(as_xlsx(dataset(atlas, Asked(PASSIVE, "2017M06"))), 3)
    without = [row for row in rows[1:] if row[-1] == "udeladt af kilden"]
    assert sorted(without) == [["Fanø", "udeladt af kilden"], ["Læsø", "udeladt af kilden"]]


def test_a_series_has_dates_and_lines_published_ones_apart(over_time: bytes) -> None:
    book = parts(over_time)
    chart = book["xl/charts/chart1.xml"]
    assert chart.count("<c:ser>") == 4
    assert "<c:dateAx>" in chart
    # Nothing said means a gap, in a file of this version.
    assert "dispBlanksAs" not in chart
    assert "<AppVersion>12.0000</AppVersion>" in book["docProps/app.xml"]
    head, *rows = sheet(over_time, 3)
    assert head[0] == "dato"
    assert sorted(head[1:]) == sorted(
        f"{area} ({word})"
        for area in ("Hele landet", "Holbæk")
        for word in ("offentliggjort", "syntetisk")
    )
    assert [row[0] for row in rows[:2]] == [42370, 42401]  # 1 January, 1 February 2016
    assert len(rows) == 48


def test_made_up_numbers_are_labelled_in_sheet_and_chart(over_time: bytes) -> None:
    book = parts(over_time)
    names = re.findall(r'<sheet name="([^"]+)"', book["xl/workbook.xml"])
    assert names == ["Syntetiske tal", "Kilde og definition", "Syntetisk diagram"]
    title = re.findall(r"<a:t>([^<]+)</a:t>", book["xl/charts/chart1.xml"])[0]
    assert title.startswith("SYNTETISKE TAL: ")


def test_published_numbers_are_not(published: bytes) -> None:
    book = parts(published)
    assert "yntetisk" not in book["xl/workbook.xml"] + book["xl/charts/chart1.xml"]


def test_the_month_is_a_date_beside_its_code(published: bytes) -> None:
    head, first, *_ = sheet_cells(published)
    column = next(n for n, name in head.items() if name == "periode")
    assert (head[column + 1], first[column], first[column + 1]) == ("dato", "2017M06", 42887)
    assert (first_day("2018Q4"), str(first_day("2018M12"))) == (None, "2018-12-01")


def test_a_series_of_a_whole_level_has_no_chart(atlas: Atlas) -> None:
    areas = atlas.areas().filter(level="kommune")["area_id"].to_list()
    book = parts(as_xlsx(series(atlas, Asked(PASSIVE, ""), areas)))
    assert "xl/charts/chart1.xml" not in book
