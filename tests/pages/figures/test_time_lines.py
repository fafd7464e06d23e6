"""Lines over time: what is made up is dashed, what is published is a mark with its value."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

from pages.figures import series_cells
from pages.figures.bars import Ink
from pages.figures.time_lines import Line, time_lines
from queries import Atlas

PASSIVE = "passive_ressourceforloeb"


def drawn(*lines: Line) -> dict[str, Any]:
    figure = time_lines(lines, axis_title="Andel passive, pct.", badge="X", ink=Ink())
    found: dict[str, Any] = json.loads(figure.to_json())
    return found


MADE_UP = Line(
    "Hele landet", "2017M05", [20.0, None, 22.0], made_up=True, first=True, word="syntetisk"
)
PUBLISHED = Line("Hele landet", "2017M06", [21.0], made_up=False, first=True)


def test_made_up_lines_are_dashed_and_published_marks_lie_on_top() -> None:
    figure = drawn(PUBLISHED, MADE_UP)
    below, above = figure["data"]
    assert (below["line"]["dash"], above["line"]["dash"]) == ("dash", "solid")
    assert below["name"] == "Hele landet (syntetisk)"
    assert above["name"] == "Hele landet (offentliggjort)"
    assert above["marker"]["size"] > 8
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert texts == ["<b>X</b>", "Offentliggjort: <b>21 pct.</b>"]
    assert figure["layout"]["annotations"][1]["x"] == "2017-06-15"
    assert figure["layout"]["showlegend"] is True  # Plotly leaves it out for a single line


def test_the_scale_starts_at_zero_and_holds_every_value() -> None:
    low, high = drawn(MADE_UP, PUBLISHED)["layout"]["yaxis"]["range"]
    assert (low, high > 22) == (0, True)


def test_no_month_lies_on_the_edge() -> None:
    assert drawn(MADE_UP, PUBLISHED)["layout"]["xaxis"]["range"] == ["2017-05-01", "2017-08-01"]
    assert drawn()["data"] == []  # everything hidden: an empty chart, no fault


def test_a_hidden_month_breaks_the_line_and_a_lonely_one_is_seen() -> None:
    broken = drawn(MADE_UP)["data"][0]
    assert (broken["y"], broken["connectgaps"]) == ([20.0, None, 22.0], False)
    assert broken["mode"] == "lines+markers"  # both months stand alone
    whole = Line("A", "2017M05", [20.0, 21.0], made_up=True, first=False, word="syntetisk")
    assert drawn(whole)["data"][0]["mode"] == "lines"


def test_months_are_counted_from_the_first() -> None:
    """A step of a mean month from the 15th stays inside the month it is to be, for 20 years."""
    trace = drawn(MADE_UP)["data"][0]
    start = pl.Series([trace["x0"]]).str.to_datetime("%Y-%m-%d")[0]
    for n, month in enumerate(series_cells.months_between("2017M05", "2037M04")):
        moment = start + pl.duration(milliseconds=trace["dx"] * n)
        reached = pl.select(moment).item()
        assert f"{reached.year}M{reached.month:02}" == month


@pytest.fixture
def months(atlas: Atlas) -> pl.DataFrame:
    return series_cells.monthly(atlas.series(PASSIVE, ["000", "0155"]))


def test_lines_of_the_warehouse(months: pl.DataFrame) -> None:
    lines = series_cells.lines(months)
    assert [(line.name, line.made_up) for line in lines][:2] == [
        ("Hele landet", True),
        ("Hele landet", False),
    ]
    assert (lines[0].start, len(lines[0].values)) == ("2016M01", 48)
    assert (lines[1].start, lines[1].values) == ("2017M06", [21.0])
    # The published table hides Dragør's count and gives its share.
    assert [line.values for line in lines if line.name == "Dragør" and not line.made_up] == [[17.0]]


def test_the_table_has_every_month_and_says_what_it_is(months: pl.DataFrame) -> None:
    rows = series_cells.table(months, ["000", "0155"])
    assert len(rows) == 48 + 1
    june = {word: texts for period, word, texts in rows if period == "2017M06"}
    plain = [text.replace("\N{NO-BREAK SPACE}", " ") for text in june["offentliggjort"]]
    assert plain == ["2.790", "21 pct.", "12.977–13.609", "skjult", "17 pct.", "–"]
    assert june["syntetisk"][3:] == ["skjult", "skjult", "–"]


def test_a_correction_and_what_it_corrects_are_one_point() -> None:
    rows = [
        {"area_id": "000", "name": "Hele landet", "period": "2017M06", "kind": kind}
        | {"status": "shown", "share_pct": share, "share_decimals": 0}
        for kind, share in (("published", 21.0), ("published", 20.0), ("synthetic", 22.0))
    ]
    found = series_cells.lines(series_cells.monthly(pl.DataFrame(rows)))
    assert [(line.made_up, line.values) for line in found] == [(True, [22.0]), (False, [21.0])]


def test_quarters_are_not_months() -> None:
    rows = pl.DataFrame({"area_id": ["000"], "period": ["2018Q4"], "kind": ["published"]})
    assert series_cells.monthly(rows).is_empty()
