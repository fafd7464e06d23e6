"""Funnel and intervals: marks stand where the numbers are, and shape says the verdict."""

from __future__ import annotations

import pytest

from pages.figures.bars import Ink
from pages.figures.funnel import Point, funnel_plot
from pages.figures.intervals import Span, interval_plot
from queries import statistics

POINTS = [
    Point("1", "Over", 100, 40.0, "over", ""),
    Point("2", "Under", 200, 5.0, "under", ""),
    Point("3", "Alike", 50, 20.0, "alike", "", inside=False),
]


def test_the_shape_of_a_mark_is_its_verdict_and_the_selected_is_named() -> None:
    figure = funnel_plot(
        POINTS,
        statistics.funnel(20.0, 240, smallest=50),
        national=20.0,
        national_label="Hele landet 20 pct.",
        axis_title="Andel, pct.",
        selected="1",
        badge="X",
        ink=Ink(),
    ).to_dict()
    limits, marks = figure["data"][:2], figure["data"][2:]
    assert [trace["name"] for trace in limits] == ["95 pct. grænse", "99,8 pct. grænse"]
    assert all(None in trace["x"] for trace in limits)  # the two sides are not joined
    assert {trace["marker"]["symbol"]: list(trace["customdata"]) for trace in marks} == {
        "triangle-up": ["1"],
        "triangle-down": ["2"],
        "circle-open": ["3"],
    }
    assert list(marks[2]["marker"]["opacity"]) == [0.25]  # outside the filter
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert texts == ["<b>X</b>", "Hele landet 20 pct.", "<b>Over</b>"]


def test_an_interval_reaches_from_low_to_high() -> None:
    spans = [
        Span("1", "A", 40.0, 31.0, 50.0, True, ""),
        Span("2", "B", 20.0, 10.0, 35.0, False, ""),
    ]
    figure = interval_plot(
        spans,
        national=20.0,
        national_label="Hele landet 20 pct.",
        axis_title="Andel, pct.",
        selected="2",
        badge=None,
        ink=Ink(),
    ).to_dict()
    (trace,) = figure["data"]
    assert list(trace["y"]) == ["A", "<b>B</b>"]
    assert [x + up for x, up in zip(trace["x"], trace["error_x"]["array"], strict=True)] == [50, 35]
    downs = zip(trace["x"], trace["error_x"]["arrayminus"], strict=True)
    assert [x - down for x, down in downs] == pytest.approx([31, 10])
    assert list(trace["marker"]["symbol"]) == ["circle", "circle-open"]
