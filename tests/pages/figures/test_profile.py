"""Profile and small multiples: scales, places, gaps, and what is read out."""

from __future__ import annotations

import re

import pytest

from pages.figures.marks import SHAPES, broken_path, percent
from pages.figures.profile import DOTS, Lane, Strip, profile, scale
from pages.figures.small_multiples import Event, Panel, small_multiples, sparkline
from pages.figures.time_lines import Line


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 69], (0, 70)),
        ([14, 52, 21], (0, 55)),
        ([88, 100], (85, 100)),
        ([5.5, 9.1], (5.5, 9.5)),
        ([0, 0], (0, 0.5)),
        ([100, 100], (99.5, 100)),
    ],
)
def test_scales_are_round_and_hold_their_values(
    values: list[float], expected: tuple[float, float]
) -> None:
    low, high = scale(values)
    assert (low, high) == pytest.approx(expected)
    assert 0 <= low <= min(values) <= max(values) <= high <= 100


def strip(lanes: list[Lane]) -> Strip:
    return Strip("Mål", "juni 2017", [10, 10, 20, 30], 20, "Hele landet 20 pct.", lanes)


def test_marks_stand_where_their_values_are() -> None:
    lanes = [Lane("A", 10, "10 pct.", 5, 15, 0), Lane("B", None, "skjult", None, None, 1)]
    html = profile([strip(lanes)], alt="alt")
    begin, end = scale([10, 20, 30])
    place = percent(100 * (10 - begin) / (end - begin))
    assert f'<use href="#mrk0" x="{place}"/>' in html
    assert html.count("#mrk1") == 1  # only before the name: there is nothing to mark
    assert "<span>B</span><i>skjult</i>" in html
    assert "<span>A</span><b>10 pct.</b>" in html


def test_all_areas_are_dots() -> None:
    html = profile([strip([])], alt="alt")
    stacks = re.findall(rf"M\d+ {DOTS}v-([\d.]+)", html)
    heights = [float(height) for height in stacks]
    assert len(heights) == 3
    assert heights[0] == pytest.approx(2 * heights[1])


def test_text_is_escaped_and_the_badge_is_on_the_figure() -> None:
    html = profile(
        [strip([Lane("<b>", 1, "<i>", None, None, 0)])], alt='"x"', badge="SYNTETISKE TAL"
    )
    assert "<span><b></span>" not in html
    assert "&lt;b&gt;" in html
    assert 'aria-label="&quot;x&quot;"' in html
    assert '<strong class="maerke">SYNTETISKE TAL</strong>' in html


def test_there_are_ten_different_marks() -> None:
    assert len(set(SHAPES)) == 10


def test_a_broken_line_is_not_joined() -> None:
    assert broken_path([(0, 0), (10, 5), None, (30, 0)]) == "M0 0h0l10 5M30 0h0"
    assert broken_path([(0, 9), (10, 5)]) == "M0 9h0l10-4"


def line(values: list[float | None], *, made_up: bool) -> Line:
    return Line("A", "2017M01", values, made_up=made_up, first=False)


def test_panels_share_one_scale() -> None:
    country = [line([10, 10, 10], made_up=True)]
    panels = [
        Panel("A", 0, [line([10, 20, 30], made_up=True)], "stigende"),
        Panel("B", 1, [line([40, None, 20], made_up=True)], ""),
    ]
    html = small_multiples(panels, country, alt="alt", badge="SYNTETISKE TAL")
    assert html.count(">40</text>") == html.count("<figure>") == 2
    assert html.count('class="bag"') == 2  # the country stands behind each
    assert html.count("stroke-dasharray") == 4
    assert "jan 2017" in html
    assert "mar 2017" in html


def test_events_outside_the_months_are_left_out() -> None:
    panels = [Panel("A", 0, [line([1, 2, 3], made_up=False)], "")]
    events = [Event(1, "2017M02", None), Event(2, "2019M01", None), Event(3, "2016M01", "2017M01")]
    html = small_multiples(panels, [], alt="alt", events=events)
    assert re.findall(r'class="nummer">(\d)<', html) == ["1", "3"]


def test_nothing_to_draw_is_nothing() -> None:
    assert small_multiples([Panel("A", 0, [], "")], [], alt="alt") == ""
    assert sparkline(None) == ""
    assert "stroke-dasharray" in sparkline(line([1, 2], made_up=True))
