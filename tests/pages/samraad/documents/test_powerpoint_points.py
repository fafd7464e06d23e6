"""Funnel, intervals and distribution on slides, read back: the façade's numbers, to be edited."""

from __future__ import annotations

import io
import subprocess
import sys
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from pptx import Presentation

from pages.language import synthetic
from pages.samraad.content import areas, look_up, made
from pages.samraad.documents import powerpoint
from pages.samraad.model import VERDICTS, Briefing, Chart
from queries import Atlas
from tests import office
from tests.pages.samraad.documents.package_reading import members, problems
from tests.pages.samraad.documents.powerpoint_points import (
    CHARTS,
    COLUMNS,
    POINTS,
    SPANS,
    handmade,
    of,
)
from tests.pages.samraad.documents.test_slides_office import MOST_COVERED, covered, words_of

PASSIVE = {"indikator": "passive_ressourceforloeb", "periode": "2017M06", "kommune": "0316"}
MADE_UP = {"indikator": "gruppe_2_over_9_maaneder", "niveau": "jobcenter", "kommune": "0316"}
ACCENT = "B63A4B"
HOLLOW = "FFFFFF"


def chart_slides(body: bytes) -> list[Any]:
    slides = Presentation(io.BytesIO(body)).slides
    return [slide for slide in slides if any(shape.has_chart for shape in slide.shapes)]


def chart_of(slide: Any) -> Any:
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def book_of(chart: Any) -> Any:
    return _read(chart.part.chart_workbook.xlsx_part.blob)


@lru_cache(maxsize=8)
def _read(blob: bytes) -> Any:
    assert problems(blob) == []
    return openpyxl.load_workbook(io.BytesIO(blob)).active


def said(chart: Any, series: Any, part: str) -> list[Any]:
    """What a part of a series is in the chart, which is also what stands where it refers."""
    element = series._element.find(f".//{{*}}{part}")
    reference = element.find(".//{*}f").text
    sheet, _, cells = reference.partition("!")
    assert sheet == "Sheet1"
    found = book_of(chart)[cells.replace("$", "")]
    rows = found if isinstance(found, tuple) else ((found,),)
    inside = [cell.value for row in rows for cell in row]
    points = {int(pt.get("idx")): pt.find("{*}v").text for pt in element.iter("{*}pt")}
    drawn = [points.get(n) for n in range(len(inside))]
    for cell, told in zip(inside, drawn, strict=True):
        if isinstance(cell, str):
            assert cell == told
        else:
            assert cell == (None if told is None else pytest.approx(float(told)))
    return inside


def names_of(chart: Any, series: Any) -> list[str]:
    """The areas of a series of points, from the first column of the sheet behind the chart."""
    cells = series._element.find(".//{*}xVal//{*}f").text.partition("!")[2].replace("$", "")
    rows = [int(cell.lstrip("B")) for cell in cells.split(":")]
    return [book_of(chart)[f"A{row}"].value for row in range(rows[0], rows[-1] + 1)]


def briefing_of(atlas: Atlas, kind: str, asked: dict[str, str]) -> tuple[Briefing, Any]:
    content = look_up(atlas, made(kind, asked, atlas.version))
    chart = content.chart
    assert chart
    briefing = of(chart, made_up=content.made_up)
    return briefing, areas.areas(atlas, made(kind, asked, atlas.version))


@pytest.mark.parametrize("asked", [PASSIVE, MADE_UP])
def test_a_funnel_has_the_facades_numbers_on_the_slide_and_behind_it(
    atlas: Atlas, asked: dict[str, str]
) -> None:
    briefing, now = briefing_of(atlas, "tragt", asked)
    (slide,) = chart_slides(powerpoint.write(briefing))
    chart = chart_of(slide)
    judged = {
        row["name"].removeprefix("Jobcenter "): row
        for row in now.judged.drop_nulls("verdict").to_dicts()
    }
    drawn: dict[str, tuple[float, float, str]] = {}
    for series in chart.plots[0].series:
        if series.name in (*VERDICTS.values(), "Holbæk"):
            (name,) = said(chart, series, "tx")
            assert name == series.name
            xs, ys = said(chart, series, "xVal"), said(chart, series, "yVal")
            names = names_of(chart, series)
            drawn |= {one: (x, y, name) for one, x, y in zip(names, xs, ys, strict=True)}
    assert set(drawn) == set(judged)
    for name, (x, y, verdict) in drawn.items():
        assert x == judged[name]["funnel_denominator"]
        assert y == pytest.approx(judged[name]["funnel_share_pct"], abs=0.0006)
        assert verdict in (VERDICTS[judged[name]["verdict"]], "Holbæk")
    by_name = {series.name: series for series in chart.plots[0].series}
    country = next(series for name, series in by_name.items() if name.startswith("Hele landet"))
    assert set(said(chart, country, "yVal")) == {now.national["share_pct"]}
    limit = by_name["95 pct. grænse"]
    xs, ys = said(chart, limit, "xVal"), said(chart, limit, "yVal")
    assert ys.count(None) == 1
    at = judged["Holbæk"]["funnel_denominator"]
    both = sorted(y for x, y in zip(xs, ys, strict=True) if x == at and y is not None)
    exact = [judged["Holbæk"]["limit_low_95"], judged["Holbæk"]["limit_high_95"]]
    assert both == pytest.approx(exact, abs=0.006)


@pytest.mark.parametrize("asked", [PASSIVE, MADE_UP])
def test_intervals_have_the_facades_ends(atlas: Atlas, asked: dict[str, str]) -> None:
    briefing, now = briefing_of(atlas, "intervaller", asked)
    (slide,) = chart_slides(powerpoint.write(briefing))
    chart = chart_of(slide)
    judged = {row["name"].removeprefix("Jobcenter "): row for row in now.judged.to_dicts()}
    (series,) = chart.plots[0].series
    assert len(series._element.findall("{*}errBars")) == 1
    names, shares = said(chart, series, "cat"), said(chart, series, "val")
    down, up = said(chart, series, "minus"), said(chart, series, "plus")
    sheet = book_of(chart)
    heads = [cell.value for cell in sheet[1]]
    assert heads[2:] == ["Usikkerhed fra", "Usikkerhed til", "Streg ned", "Streg op"]
    known = 0
    for row, (name, share, less, more) in enumerate(
        zip(names, shares, down, up, strict=True), start=2
    ):
        if share is None:
            assert (less, more) == (None, None)
            continue
        cell = judged[name]
        low, high = cell["low_pct"], cell["high_pct"]
        assert share == pytest.approx(cell["share_pct"])
        assert (sheet.cell(row, 3).value, sheet.cell(row, 4).value) == (
            pytest.approx(low, abs=0.006),
            pytest.approx(high, abs=0.006),
        )
        assert (share - less, share + more) == (
            pytest.approx(low, abs=0.006),
            pytest.approx(high, abs=0.006),
        )
        fill = (
            str(series.points[names.index(name)].format.fill.fore_color.rgb)
            if (cell["verdict"] == "alike")
            else ""
        )
        assert (fill == HOLLOW) == (cell["verdict"] == "alike")
        known += 1
    assert known >= 14
    assert sheet.cell(2, 5).number_format == '0" pct.point"'


def test_a_distribution_has_the_facades_counts_and_lines_over_it(atlas: Atlas) -> None:
    briefing, now = briefing_of(atlas, "fordeling", PASSIVE)
    (slide,) = chart_slides(powerpoint.write(briefing))
    chart = chart_of(slide)
    (series,) = chart.plots[0].series
    bins = [[int(n) for n in name.split("–")] for name in said(chart, series, "cat")]
    shares = now.cells["share_pct"].drop_nulls().to_list()
    assert said(chart, series, "val") == [
        sum(low <= share < high for share in shares) for low, high in bins
    ]
    text = [shape.text_frame.text for shape in slide.shapes if shape.name == "Referencens navn"]
    assert [one.replace("\xa0", " ") for one in text] == [
        "Hele landet: 21 pct.",
        "Holbæk: 52 pct.",
    ]
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    layout = {
        e.tag.rsplit("}", 1)[1]: float(e.get("val"))
        for e in chart._chartSpace.chart.plotArea[0][0]
        if e.tag[-1] in "xywh"
    }
    lines = [shape for shape in slide.shapes if shape.name == "Referencelinje"]
    first, last = bins[0][0], bins[-1][1]
    for line, share in zip(lines, (21, 52), strict=True):
        part = (share - first) / (last - first)
        expected = frame.left + frame.width * (layout["x"] + layout["w"] * part)
        assert line.left == pytest.approx(expected, abs=2000)


def test_the_own_area_is_named_in_the_accent_and_limits_are_lines() -> None:
    (slide,) = chart_slides(powerpoint.write(of(POINTS)))
    chart = chart_of(slide)
    names = [series.name for series in chart.plots[0].series]
    assert names == [
        "95 pct. grænse",
        "99,8 pct. grænse",
        "Hele landet: 21\xa0pct.",
        "ikke til at skelne",
        "over landet",
        "under landet",
        "ikke til at skelne",
        "Holbæk",
    ]
    for number, series in enumerate(chart.plots[0].series):
        labels = series._element.find("{*}dLbls")
        symbol = series._element.find("{*}marker/{*}symbol").get("val")
        assert (symbol == "none") == (number < 3)
        assert (labels is not None) == (series.name == "Holbæk")
        fills = [e.get("val") for e in series._element.iter("{*}srgbClr")]
        assert (ACCENT in fills) == (series.name == "Holbæk")
    assert labels is not None
    assert labels.find("{*}showSerName").get("val") == "1"
    unlisted = [
        int(e.find("{*}idx").get("val")) for e in chart.legend._element.iter("{*}legendEntry")
    ]
    assert unlisted == [3, 7]
    assert chart._chartSpace.chart.find("{*}dispBlanksAs").get("val") == "gap"
    assert chart.category_axis.axis_title.text_frame.text == "@Borgere"
    assert (chart.category_axis.minimum_scale, chart.category_axis.maximum_scale) == (20, 500)
    assert chart.value_axis.tick_labels.number_format == '0" pct."'


def test_made_up_charts_say_so_and_published_ones_do_not() -> None:
    for charts, made_up in ((handmade(), True), (of(POINTS, SPANS, COLUMNS, made_up=False), False)):
        slides = chart_slides(powerpoint.write(charts))
        assert len(slides) == 3
        for slide in slides:
            title = chart_of(slide).chart_title.text_frame.text
            assert title.startswith(synthetic.BADGE) == made_up
    head = book_of(chart_of(chart_slides(powerpoint.write(handmade()))[0])).cell(1, 3).value
    assert head == "Andel, som tegnet (syntetisk)"


def test_no_text_covers_another_or_runs_out_of_the_slide(atlas: Atlas, tmp_path: Path) -> None:
    charts = []
    for asked in (PASSIVE, MADE_UP):
        for kind in ("tragt", "intervaller", "fordeling"):
            charts.append(look_up(atlas, made(kind, asked, atlas.version)).chart)
    body = powerpoint.write(of(*(chart for chart in charts if chart)))
    pages = words_of(office.to_pdf(body, "pptx", tmp_path))
    said_of_each = ["over landet", "Guldborgsund", "20–25", "99,8 pct.", "Aarhus", "88–90"]
    for words, told in zip(pages[2:8], said_of_each, strict=True):
        assert told in " ".join(word[0] for word in words)
        over = [(a[0], b[0]) for a, b in combinations(words, 2) if covered(a, b) > MOST_COVERED]
        assert over == []
        for _, left, top, right, bottom in words:
            assert min(left, top) >= 0
            assert right <= 960.5
            assert bottom <= 540.5


def test_no_picture_stands_where_a_chart_does() -> None:
    for slide in chart_slides(powerpoint.write(handmade())):
        assert all(shape.shape_type != 13 for shape in slide.shapes)


def test_no_text_behind_a_chart_is_a_formula() -> None:
    body = powerpoint.write(handmade())
    assert problems(body) == []
    books = [data for name, data in members(body).items() if name.endswith(".xlsx")]
    assert len(books) == 3
    told: list[Any] = []
    for data in books:
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data)).active for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        told += [cell.value for cell in cells]
    assert {"=1+1", "+45", "-1", "@x"} <= set(told)


def test_the_same_bytes_in_any_process() -> None:
    here = powerpoint.write(handmade())
    assert here == powerpoint.write(handmade())
    assert here == elsewhere("powerpoint")


def elsewhere(module: str) -> bytes:
    """The briefing made by hand, written in a new process with another order of sets."""
    code = (
        "import sys\n"
        f"from pages.samraad.documents import {module}\n"
        "from tests.pages.samraad.documents.powerpoint_points import handmade\n"
        f"sys.stdout.buffer.write({module}.write(handmade()))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        env={"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "PATH": "", "LANG": "C.UTF-8"},
    ).stdout


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHARTS)
def test_any_chart_becomes_a_sound_slide_with_its_own_numbers(given_chart: Chart) -> None:
    body = powerpoint.write(of(given_chart))
    assert problems(body) == []
    (slide,) = chart_slides(body)
    chart = chart_of(slide)
    known = {value for series in given_chart.series for value in series.values if value is not None}
    points = given_chart.points
    if points:
        known |= {side for limit in points.limits for side in (*limit.low, *limit.high)}
        known |= {given_chart.reference[1]} if given_chart.reference else set()
    for series in chart.plots[0].series:
        part = "yVal" if points else "val"
        assert set(said(chart, series, part)) - {None} <= known
