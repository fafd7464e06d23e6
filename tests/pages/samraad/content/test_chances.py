"""Funnel, intervals and distribution as numbers: those of the screen's own figures, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from pages.exports.charts import CHARTS
from pages.exports.dataset import dataset
from pages.samraad.content import areas, look_up, made
from pages.samraad.model import COUNTRY, VERDICTS, Chart, Content
from queries import Atlas

PASSIVE = "passive_ressourceforloeb"
HOLBAEK = {"indikator": PASSIVE, "periode": "2017M06", "kommune": "0316"}
MADE_UP = {"indikator": "gruppe_2_over_9_maaneder", "niveau": "jobcenter", "kommune": "0316"}
REGION = {**HOLBAEK, "omraade": "1085"}
FAR = {**HOLBAEK, "kommune": "0376", "omraade": "1081"}
"""A kommune of Sjælland beside the region Nordjylland."""

NBSP = "\N{NO-BREAK SPACE}"
SCREENS = [HOLBAEK, MADE_UP, REGION]


def found(atlas: Atlas, kind: str, asked: dict[str, str]) -> tuple[Content, Chart]:
    content = look_up(atlas, made(kind, asked, atlas.version))
    assert content.chart
    return content, content.chart


def screen(atlas: Atlas, kind: str, asked: dict[str, str]) -> Any:
    """The figure that the page draws, as its own code makes it."""
    now = areas.areas(atlas, made(kind, asked, atlas.version))
    data = dataset(atlas, now.request.asked)
    return CHARTS[kind].draw(atlas, now.request.asked, data, now.request.selected)


@pytest.mark.parametrize("asked", SCREENS)
def test_a_funnel_has_the_points_and_limits_of_the_screen(
    atlas: Atlas, asked: dict[str, str]
) -> None:
    figure = screen(atlas, "tragt", asked)
    _, chart = found(atlas, "tragt", asked)
    points = chart.points
    assert points
    shares = chart.series[0].values
    traces = {trace.name: trace for trace in figure.data}
    for kind, label in VERDICTS.items():
        places = [n for n, group in enumerate(points.groups) if group == kind]
        drawn = traces[label]
        assert list(drawn.x) == [points.across[n] for n in places]
        assert list(drawn.y) == [shares[n] for n in places]
        faint = [opacity < 1 for opacity in drawn.marker.opacity]
        assert faint == [points.outside[n] for n in places]
        names = [text.partition(": ")[0] for text in drawn.hovertext]
        assert names == [chart.categories[n] for n in places]
    for limit in points.limits:
        drawn = traces[limit.name]
        assert list(drawn.x) == [*limit.across, None, *limit.across]
        assert list(drawn.y) == [*limit.high, None, *limit.low]
    assert [shape.y0 for shape in figure.layout.shapes] == [chart.reference and chart.reference[1]]
    assert points.title == figure.layout.xaxis.title.text
    assert chart.axis_title == figure.layout.yaxis.title.text.replace("<br>", " ")


@pytest.mark.parametrize("asked", SCREENS)
def test_intervals_are_those_of_the_screen(atlas: Atlas, asked: dict[str, str]) -> None:
    figure = screen(atlas, "intervaller", asked)
    _, chart = found(atlas, "intervaller", asked)
    drawn = figure.data[0]
    series = chart.series[0]
    names = [name.removeprefix("<b>").removesuffix("</b>") for name in drawn.y]
    assert names == list(chart.categories)
    assert list(drawn.x) == list(series.values)
    ends = list(zip(drawn.x, drawn.error_x.arrayminus, drawn.error_x.array, strict=True))
    for span, (x, down, up) in zip(series.spans, ends, strict=True):
        assert span
        # The screen rounds the lengths of its lines, here the ends are rounded.
        assert span.low == pytest.approx(x - down, abs=0.011)
        assert span.high == pytest.approx(x + up, abs=0.011)
    hollow = [symbol == "circle-open" for symbol in drawn.marker.symbol]
    assert hollow == [not span.apart for span in series.spans if span]
    assert [shape.x0 for shape in figure.layout.shapes] == [chart.reference and chart.reference[1]]


@pytest.mark.parametrize("asked", SCREENS)
def test_a_distribution_has_the_bins_and_lines_of_the_screen(
    atlas: Atlas, asked: dict[str, str]
) -> None:
    figure = screen(atlas, "fordeling", asked)
    _, chart = found(atlas, "fordeling", asked)
    assert chart.bins
    step = chart.bins.step
    starts = [chart.bins.first + step * n for n in range(len(chart.categories))]
    assert [start + step / 2 for start in starts] == list(figure.data[0].x)
    assert list(chart.series[0].values) == list(figure.data[0].y)
    assert chart.categories[0] == f"{starts[0]:g}–{starts[0] + step:g}"
    assert [at for _, at in chart.bins.marks] == [shape.x0 for shape in figure.layout.shapes]
    assert chart.bins.marks[1][0] == "Holbæk"
    assert chart.axis_title == figure.layout.yaxis.title.text
    assert chart.bins.title == figure.layout.xaxis.title.text


def test_holbaek_is_drawn_where_its_interval_is_nearest_to_the_country(atlas: Atlas) -> None:
    content, chart = found(atlas, "tragt", HOLBAEK)
    assert chart.points
    at = chart.categories.index("Holbæk")
    # 117 of 223 to 227 people: over the country, so the most people and the lowest share.
    assert chart.points.across[at] == 227
    assert chart.series[0].values[at] == round(100 * 117 / 227, 3)
    assert chart.points.groups[at] == "over"
    assert chart.marked == "Holbæk"
    assert chart.reference == (COUNTRY, 21.0)
    assert "det punkt tegnet, der ligger nærmest landet" in chart.note
    assert content.svg


@pytest.mark.parametrize("kind", ["tragt", "intervaller"])
@pytest.mark.parametrize("asked", SCREENS)
def test_what_is_not_shown_is_no_point(atlas: Atlas, kind: str, asked: dict[str, str]) -> None:
    now = areas.areas(atlas, made(kind, asked, atlas.version))
    cells = now.data.everywhere if kind == "tragt" else now.cells
    shown = cells.filter(status="shown").drop_nulls("share_pct")
    _, chart = found(atlas, kind, asked)
    names = [name.removeprefix("Jobcenter ") for name in shown["name"]]
    assert sorted(chart.categories) == sorted(names)
    if asked == HOLBAEK:
        assert (len(names), len(cells)) == (92, 98)


def test_a_hidden_area_of_the_readers_own_is_not_drawn(atlas: Atlas) -> None:
    cells = atlas.cells(PASSIVE, "2017M06").filter(status="suppressed")
    code, name = cells.select("area_id", "name").row(0)
    for kind in ("tragt", "intervaller"):
        _, chart = found(atlas, kind, {**HOLBAEK, "kommune": code})
        assert name not in chart.categories
        assert chart.marked is None


def test_what_lies_outside_the_bins_is_told_and_not_drawn(atlas: Atlas) -> None:
    _, chart = found(atlas, "fordeling", FAR)
    assert chart.bins
    last = chart.bins.first + chart.bins.step * len(chart.categories)
    assert last < 66
    assert [name for name, _ in chart.bins.marks] == [COUNTRY]
    assert chart.note.replace(NBSP, " ") == "Guldborgsund (66 pct.) ligger uden for diagrammet."


def test_made_up_numbers_say_so(atlas: Atlas) -> None:
    for kind in ("tragt", "intervaller", "fordeling"):
        content, chart = found(atlas, kind, MADE_UP)
        assert content.made_up
        assert all(series.made_up for series in chart.series)
        _, published = found(atlas, kind, HOLBAEK)
        assert not any(series.made_up for series in published.series)
