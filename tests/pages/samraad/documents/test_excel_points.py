"""Funnel, intervals and distribution as charts of a workbook, read back: the façade's numbers."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from pages.language import synthetic
from pages.samraad.content import areas, look_up, made
from pages.samraad.documents import excel
from pages.samraad.model import VERDICTS, Briefing, Chart
from queries import Atlas
from tests.pages.samraad.documents.package_reading import members, problems, xml_parts
from tests.pages.samraad.documents.powerpoint_points import (
    CHARTS,
    COLUMNS,
    POINTS,
    SPANS,
    handmade,
    of,
)
from tests.pages.samraad.documents.test_powerpoint_points import MADE_UP, PASSIVE, elsewhere

ACCENT = "B63A4B"


def chart_parts(body: bytes) -> list[Any]:
    parts = xml_parts(body)
    names = sorted(name for name in parts if name.startswith("xl/charts/chart"))
    return [parts[name] for name in names]


def cells_at(book: Any, reference: str) -> list[Any]:
    sheet, _, cells = reference.rpartition("!")
    found = book[sheet.strip("'").replace("''", "'")][cells.replace("$", "")]
    rows = found if isinstance(found, tuple) else ((found,),)
    return [cell.value for row in rows for cell in row]


def said(book: Any, series: Any, part: str) -> list[Any]:
    return cells_at(book, series.find(f".//{{*}}{part}//{{*}}f").text)


def read(body: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(body))


def written(atlas: Atlas, kind: str, asked: dict[str, str]) -> tuple[Any, Any, Any]:
    """The chart, the workbook it is in, and what the façade says."""
    item = made(kind, asked, atlas.version)
    content = look_up(atlas, item)
    assert content.chart
    body = excel.write(of(content.chart, made_up=content.made_up))
    assert problems(body) == []
    (chart,) = chart_parts(body)
    return chart, read(body), areas.areas(atlas, item)


@pytest.mark.parametrize("asked", [PASSIVE, MADE_UP])
def test_a_funnel_has_the_facades_numbers(atlas: Atlas, asked: dict[str, str]) -> None:
    chart, book, now = written(atlas, "tragt", asked)
    judged = {
        row["name"].removeprefix("Jobcenter "): row
        for row in now.judged.drop_nulls("verdict").to_dicts()
    }
    drawn: dict[str, tuple[float, float, str]] = {}
    seen = []
    for series in chart.iter("{*}ser"):
        (name,) = said(book, series, "tx")
        seen.append(name)
        reference = series.find(".//{*}xVal//{*}f").text
        if name in (*VERDICTS.values(), "Holbæk"):
            sheet, _, cells = reference.rpartition("!")
            column = openpyxl.utils.cell.coordinate_from_string(
                cells.split(":")[0].replace("$", "")
            )
            before = openpyxl.utils.get_column_letter(
                openpyxl.utils.column_index_from_string(column[0]) - 1
            )
            names = cells_at(book, f"{sheet}!{cells.replace(column[0], before)}")
            pairs = zip(said(book, series, "xVal"), said(book, series, "yVal"), strict=True)
            drawn |= {one: (*pair, name) for one, pair in zip(names, pairs, strict=True)}
    assert set(drawn) == set(judged)
    for name, (x, y, verdict) in drawn.items():
        assert x == judged[name]["funnel_denominator"]
        assert y == pytest.approx(judged[name]["funnel_share_pct"], abs=0.0006)
        assert verdict in (VERDICTS[judged[name]["verdict"]], "Holbæk")
    assert {"95 pct. grænse", "99,8 pct. grænse"} <= set(seen)
    assert any(name.startswith("Hele landet: ") for name in seen)
    assert chart.find(".//{*}logBase") is not None


@pytest.mark.parametrize("asked", [PASSIVE, MADE_UP])
def test_intervals_of_all_areas_have_the_facades_ends(atlas: Atlas, asked: dict[str, str]) -> None:
    chart, book, now = written(atlas, "intervaller", asked)
    (series,) = chart.iter("{*}ser")
    names, shares = said(book, series, "cat"), said(book, series, "val")
    down, up = said(book, series, "minus"), said(book, series, "plus")
    judged = {
        row["name"].removeprefix("Jobcenter "): row
        for row in now.judged.drop_nulls("rank_low").to_dicts()
    }
    assert set(names) == {*judged, "Hele landet"}
    hollow = {
        names[int(point.find("{*}idx").get("val"))]
        for point in series.iter("{*}dPt")
        if "FFFFFF" in [e.get("val") for e in point.iter("{*}srgbClr")]
    }
    assert hollow == {name for name, cell in judged.items() if cell["verdict"] == "alike"}
    for name, share, less, more in zip(names, shares, down, up, strict=True):
        if name == "Hele landet":
            assert (share, less, more) == (now.national["share_pct"], None, None)
            continue
        cell = judged[name]
        assert share == pytest.approx(cell["share_pct"])
        assert share - less == pytest.approx(cell["low_pct"], abs=0.006)
        assert share + more == pytest.approx(cell["high_pct"], abs=0.006)
    kept = [[pt.find("{*}v").text for pt in end.iter("{*}pt")] for end in series.iter("{*}plus")]
    assert [float(value) for value in kept[0]] == [value or 0 for value in up]


def test_a_distribution_has_the_facades_counts_and_marks(atlas: Atlas) -> None:
    chart, book, now = written(atlas, "fordeling", PASSIVE)
    counts, country, own = chart.iter("{*}ser")
    bins = [[int(n) for n in name.split("–")] for name in said(book, counts, "cat")]
    shares = now.cells["share_pct"].drop_nulls().to_list()
    drawn = said(book, counts, "val")
    assert drawn == [sum(low <= share < high for share in shares) for low, high in bins]
    assert said(book, country, "tx") == ["Hele landet: 21\xa0pct."]
    assert said(book, own, "tx") == ["Holbæk: 52\xa0pct."]
    at = [n for n, (low, high) in enumerate(bins) if low <= 52 < high]
    marks = said(book, own, "val")
    assert [n for n, value in enumerate(marks) if value is not None] == at
    assert marks[at[0]] == drawn[at[0]]
    line = said(book, country, "val")
    assert [bins[n] for n, value in enumerate(line) if value is not None] == [[20, 25]]
    assert {e.get("val") for e in own.iter("{*}srgbClr")} >= {ACCENT}


def test_each_is_a_chart_with_its_label_and_no_picture() -> None:
    for briefing, made_up in (
        (handmade(), True),
        (of(POINTS, SPANS, COLUMNS, made_up=False), False),
    ):
        body = excel.write(briefing)
        assert problems(body) == []
        charts = chart_parts(body)
        assert len(charts) == 3
        assert not [name for name in members(body) if name.startswith("xl/media")]
        for chart in charts:
            title = "".join(e.text for e in chart.find("{*}chart/{*}title").iter("{*}t"))
            assert title.lstrip("\ufeff").startswith(synthetic.BADGE) == made_up


def test_no_text_is_a_formula() -> None:
    body = excel.write(handmade())
    told = [cell for sheet in read(body).worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in told} <= {"s", "n", "d"}
    texts = {cell.value for cell in told}
    assert {"=1+1", "+45", "-1", "@x", "=Sådan læses den", "@Holbæk: 27,5\xa0pct."} <= texts
    for path, root in xml_parts(body).items():
        if "worksheets/sheet" in path:
            assert not root.findall(".//{*}sheetData//{*}f")


def test_the_same_bytes_in_any_process() -> None:
    here = excel.write(handmade())
    assert here == excel.write(handmade())
    assert here == elsewhere("excel")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHARTS)
def test_any_chart_becomes_a_sound_sheet(given_chart: Chart) -> None:
    briefing: Briefing = of(given_chart)
    body = excel.write(briefing)
    assert problems(body) == []
    assert len(chart_parts(body)) == 1
    book = read(body)
    told = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in told} <= {"s", "n", "d"}
