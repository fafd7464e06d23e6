"""Tall drawings are cut between their rows; outlines of a small map keep their places."""

from __future__ import annotations

import re
from collections import Counter

import pytest

import geodata
from pages.exports.charts import charted
from pages.exports.dataset import Asked
from pages.figures.svg import element, text
from pages.samraad.documents.note.drawings import GRID, coarse, ground, places
from pages.samraad.documents.pdf.slices import TALLEST, sliced
from queries import Atlas

WORDS = re.compile(r"<text[^>]*>([^<]*)</text>")


def drawing(rows: int) -> str:
    high = 40 * rows
    inside = element("rect", width=900, height=high, fill="#ffffff") + "".join(
        text(f"Række {n}", 10, 40 * n + 25, 15)
        + element("rect", x=200, y=40 * n, width=9, height=30)
        for n in range(rows)
    )
    return element(
        "svg", inside, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 900 {high}", width=900
    )


@pytest.mark.parametrize(("rows", "parts"), [(1, 1), (28, 1), (29, 2), (57, 3)])
def test_a_drawing_has_as_many_parts_as_it_needs(rows: int, parts: int) -> None:
    found = sliced(drawing(rows))
    assert len(found) == parts
    assert sum(part.ratio for part in found) == pytest.approx(40 * rows / 900)
    assert all(part.ratio <= TALLEST + 0.05 for part in found)
    names = [name for part in found for name in WORDS.findall(part.svg)]
    assert names == [f"Række {n}" for n in range(rows)]


def test_a_drawing_that_fits_is_not_touched() -> None:
    assert sliced(drawing(5))[0].svg == drawing(5)


def test_a_tall_drawing_without_rows_stays_whole() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 100"><path d="M0 0h9"/></svg>'
    (whole,) = sliced(svg)
    assert (whole.svg, whole.ratio) == (svg, 10.0)


def test_all_kommuner_of_a_chart_are_in_its_parts_once(atlas: Atlas) -> None:
    _, svg = charted(atlas, "soejler", Asked("passive_ressourceforloeb", "2017M06"), "0316")
    parts = sliced(svg)
    assert len(parts) == 2
    whole = Counter(WORDS.findall(svg))
    assert sum((Counter(WORDS.findall(part.svg)) for part in parts), Counter()) == whole
    assert whole["Fanø"] == 1


def test_outlines_are_coarser_and_lie_where_they_lay() -> None:
    for area in geodata.load_map().levels["kommune"]:
        path = coarse(area.d)
        assert re.fullmatch(r"(M-?\d+ -?\d+(L-?\d+ -?\d+)*z)+", path)
        numbers = [int(one) for one in re.findall(r"-?\d+", path)]
        assert {one % GRID for one in numbers} == {0}
        x, y = area.label
        assert min(numbers[::2]) - GRID <= x <= max(numbers[::2]) + GRID, area.name
        assert min(numbers[1::2]) - GRID <= y <= max(numbers[1::2]) + GRID, area.name


def test_a_path_is_read_step_by_step() -> None:
    assert coarse("M3 6l9 0 0 .9 0 8.1z") == "M3 6L12 6L12 15z"


def test_the_kommune_is_drawn_last_and_its_peers_once() -> None:
    found = places("0316", ["0330", "0316", "0370"])
    assert found.count("<path") == 3
    assert found.rindex('fill="#9c1b2c"') > found.rindex('fill="#a9aeb4"')
    assert ground().count("<path") == 98
