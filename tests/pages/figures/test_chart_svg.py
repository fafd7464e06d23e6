"""Charts drawn without a browser: the right places and words, and nothing silently left out."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import plotly.graph_objects as go
import pytest

from pages.figures.bars import Bar, Ink, Reference, ranked_bars
from pages.figures.chart_subset import UnsupportedFigureError
from pages.figures.chart_svg import chart_svg
from pages.figures.time_lines import Line, time_lines

SVG = "{http://www.w3.org/2000/svg}"
LAYOUT: dict[str, Any] = {
    "template": "none",
    "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
    "height": 400,
    "font": {"size": 10, "color": "#000000"},
}


def drawn(figure: go.Figure | dict[str, Any], badge: str | None = None) -> ET.Element:
    figure = go.Figure(figure) if isinstance(figure, dict) else figure
    return ET.fromstring(chart_svg(figure, title="Titel", subtitle="", source="", badge=badge))


def words(root: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def word(root: ET.Element, said: str) -> ET.Element:
    (found,) = [text for text in root.iter(f"{SVG}text") if "".join(text.itertext()) == said]
    return found


def bars_of(root: ET.Element) -> dict[str, float]:
    """The width of each bar by its title."""
    return {
        rect.findtext(f"{SVG}title", ""): float(rect.get("width", 0))
        for rect in root.iter(f"{SVG}rect")
        if rect.find(f"{SVG}title") is not None
    }


def ranked(badge: str | None = None) -> go.Figure:
    bars = [
        Bar("1", "Ålborg", 40.0, "40 pct.", "40 pct. (4 af 10)", 4),
        Bar("2", "Ærø", 10.0, "10 pct.", "10 pct. (1 af 10)", 1),
        Bar("3", "Dragør", 20.0, "20 pct.", "20 pct., antal skjult", "suppressed"),
        Bar("4", "Fanø", None, "udeladt", "udeladt", "left_out"),
    ]
    reference = Reference(21.0, "Hele landet 21 pct.")
    return ranked_bars(
        bars, axis_title="Andel, pct.", reference=reference, selected="2", badge=badge
    )


def test_bars_are_as_long_as_their_values_and_hidden_ones_are_hatched() -> None:
    root = drawn(ranked())
    wide = bars_of(root)
    assert wide["40 pct. (4 af 10)"] == pytest.approx(4 * wide["10 pct. (1 af 10)"], abs=0.02)
    assert wide["20 pct., antal skjult"] == pytest.approx(wide["40 pct. (4 af 10)"] / 2, abs=0.02)
    assert set(wide) == {"40 pct. (4 af 10)", "10 pct. (1 af 10)", "20 pct., antal skjult"}
    hatched = [
        rect.get("fill", "") for rect in root.iter(f"{SVG}rect") if "url" in str(rect.attrib)
    ]
    (name,) = [re.findall(r"url\(#(\w+)\)", fill)[0] for fill in hatched]
    assert [pattern.get("id") for pattern in root.iter(f"{SVG}pattern")] == [name]
    assert "\N{NO-BREAK SPACE}udeladt" in words(root)


def test_the_first_bar_is_on_top_and_the_selected_name_is_bold() -> None:
    root = drawn(ranked())
    names = ["Ålborg", "Ærø", "Dragør", "Fanø"]
    heights = [float(word(root, name).get("y", 0)) for name in names]
    assert heights == sorted(heights)
    (bold,) = word(root, "Ærø")
    assert bold.get("font-weight") == "600"


def test_a_badge_is_on_the_picture_also_where_the_figure_has_none() -> None:
    for figure in (ranked("SYNTETISKE TAL"), ranked()):
        svg = drawn(figure, badge="SYNTETISKE TAL")
        (badge,) = [text for text in svg.iter(f"{SVG}text") if text.get("class") == "badge"]
        assert "".join(badge.itertext()) == "SYNTETISKE TAL"
    assert "badge" not in ET.tostring(drawn(ranked()), "unicode")


def line(values: list[float | None]) -> go.Figure:
    lines = [Line("Hele landet", "2016M01", values, made_up=True, first=True, word="syntetisk")]
    return time_lines(lines, axis_title="pct.", badge=None, ink=Ink())


def test_a_line_is_broken_where_a_month_is_hidden_and_dashed_where_it_is_made_up() -> None:
    root = drawn(line([10.0, 12.0, None, 14.0, 16.0]))
    (path,) = [p for p in root.iter(f"{SVG}path") if p.get("stroke-linejoin") == "round"]
    assert path.get("d", "").count("M") == 2
    assert path.get("stroke-dasharray")


def test_months_are_danish_and_axes_have_decimal_comma() -> None:
    root = drawn(line([10.0] * 12))
    assert "jan.2016" in words(root)
    data = [{"type": "scatter", "mode": "lines", "x": [0, 1], "y": [0.0, 1.5]}]
    assert "0,5" in words(drawn({"data": data, "layout": LAYOUT}))
    thousands = [{"type": "scatter", "mode": "markers", "x": [0, 5000], "y": [1, 2]}]
    assert "4.000" in words(drawn({"data": thousands, "layout": LAYOUT}))


def test_stacked_bars_lie_end_to_end() -> None:
    data = [
        {"type": "bar", "x": ["a", "b"], "y": [2, 1], "hovertext": ["a1", "b1"]},
        {"type": "bar", "x": ["a", "b"], "y": [3, None], "hovertext": ["a2", "b2"]},
    ]
    root = drawn({"data": data, "layout": LAYOUT | {"barmode": "stack"}})
    place = {
        rect.findtext(f"{SVG}title"): (float(rect.get("y", 0)), float(rect.get("height", 0)))
        for rect in root.iter(f"{SVG}rect")
    }
    assert place["a2"][1] == pytest.approx(1.5 * place["a1"][1], abs=0.02)
    assert place["a2"][0] + place["a2"][1] == pytest.approx(place["a1"][0], abs=0.02)
    assert "b2" not in place


def test_bars_of_two_groups_stand_beside_each_other() -> None:
    data = [
        {"type": "bar", "x": ["a"], "y": [2], "hovertext": ["1"]},
        {"type": "bar", "x": ["a"], "y": [2], "hovertext": ["2"]},
    ]
    root = drawn({"data": data, "layout": LAYOUT})
    (first, wide), (second, _) = (
        (float(rect.get("x", 0)), float(rect.get("width", 0)))
        for rect in root.iter(f"{SVG}rect")
        if rect.find(f"{SVG}title") is not None
    )
    assert second == pytest.approx(first + wide, abs=0.02)


def test_error_bars_reach_from_low_to_high() -> None:
    error = {"type": "data", "symmetric": False, "array": [5], "arrayminus": [10], "width": 0}
    data = [{"type": "scatter", "mode": "markers", "x": [50], "y": ["a"], "error_x": error}]
    layout = LAYOUT | {"xaxis": {"range": [0, 100], "showgrid": False, "zeroline": False}}
    root = drawn({"data": data, "layout": layout})
    (circle,) = root.iter(f"{SVG}circle")
    reach = [
        [float(x) for x in re.findall(r"[ML]([\d.]+),", path.get("d", ""))]
        for path in root.iter(f"{SVG}path")
        if path.get("fill") == "none"
    ]
    middle = float(circle.get("cx", 0))
    (low, high) = next(ends for ends in reach if len(ends) == 2)
    assert middle - low == pytest.approx(2 * (high - middle), abs=0.02)


def test_a_note_on_a_logarithmic_axis_is_placed_by_the_logarithm() -> None:
    """Plotly wants 2 for the value 100 there."""
    data = [{"type": "scatter", "mode": "markers", "x": [100], "y": [1]}]
    note = {"x": 2, "y": 1, "text": "her", "showarrow": False, "align": "center"}
    layout = LAYOUT | {"annotations": [note], "xaxis": {"type": "log", "range": [0, 4]}}
    root = drawn({"data": data, "layout": layout})
    (circle,) = root.iter(f"{SVG}circle")
    assert float(word(root, "her").get("x", 0)) == pytest.approx(float(circle.get("cx", 0)))


SCATTER = {"type": "scatter", "mode": "lines", "x": [1, 2], "y": [1, 2]}


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ({"data": [{"type": "pie", "values": [1]}]}, "pie"),
        ({"data": [SCATTER | {"line": {"shape": "spline"}}]}, "spline"),
        ({"data": [SCATTER | {"stackgroup": "a"}]}, "stackgroup"),
        ({"data": [SCATTER | {"mode": "markers", "marker": {"color": [1, 2]}}]}, "number"),
        ({"data": [SCATTER | {"mode": "markers", "marker": {"symbol": "star"}}]}, "star"),
        ({"data": [SCATTER], "layout": {"title": {"text": "x"}}}, "title"),
        ({"data": [SCATTER], "layout": {"xaxis": {"rangeslider": {}, "tickformat": "%"}}}, "%"),
        ({"data": [SCATTER], "layout": {"images": [{"source": "x"}]}}, "images"),
        ({"data": [SCATTER | {"name": "<a href='x'>y</a>"}, SCATTER]}, "<a"),
        (
            {"data": [SCATTER | {"name": "\N{NORTH EAST ARROW}"}], "layout": {"showlegend": True}},
            "font",
        ),
    ],
)
def test_what_is_not_known_is_refused(figure: dict[str, Any], told: str) -> None:
    layout = {"showlegend": True, **LAYOUT, **figure.get("layout", {})}
    with pytest.raises(UnsupportedFigureError, match=re.escape(told)):
        drawn({"data": figure["data"], "layout": layout})


def test_text_is_escaped_and_the_same_figure_gives_the_same_bytes() -> None:
    data = [SCATTER | {"mode": "text", "text": ["a < b & c", "x"]}]
    figure = go.Figure({"data": data, "layout": LAYOUT})
    first = chart_svg(figure, title="<b>", subtitle="&", source="'")
    assert first == chart_svg(figure, title="<b>", subtitle="&", source="'")
    assert "a < b & c" in words(ET.fromstring(first))
