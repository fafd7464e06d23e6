"""Stacks: shown parts stand as they are, and hidden ones are never parted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from pages.figures import chart_text
from pages.figures.bars import Ink
from pages.figures.chart_svg import chart_svg
from pages.figures.distribution import bins
from pages.figures.stack_cells import in_order, joined, stack, table_texts, whole
from pages.figures.stacked import stacked_bars
from pages.flere_skal_med.time_in_group import PARTS
from queries import Atlas

GROUP_2, MONTH = "gruppe_2_over_9_maaneder", "2018M12"


@pytest.fixture(scope="module", params=["jobcenter", "kommune", "landsdel"])
def rows(atlas: Atlas, request: pytest.FixtureRequest) -> list[tuple[Any, ...]]:
    level = request.param
    parts = [atlas.cells(GROUP_2, MONTH, level, breakdown=name) for name in PARTS]
    return in_order(joined(parts))


def test_every_stack_is_the_facades_answer(rows: list[tuple[Any, ...]]) -> None:
    for row in rows:
        drawn = stack(row)
        people = whole(row)
        for part, cell in zip(drawn.parts, row, strict=True):
            assert (part is None) or part == pytest.approx(100 * cell["numerator"] / people)
        if drawn.rest is not None:
            assert sum(cell["status"] == "suppressed" for cell in row) >= 2
        if any(part is not None for part in drawn.parts) or drawn.rest is not None:
            assert drawn.name.endswith(f"({people:,})".replace(",", "."))
            filled = sum(part or 0.0 for part in drawn.parts) + (drawn.rest or 0.0)
            assert filled == pytest.approx(100)


def test_hidden_counts_are_words_in_the_table_too(rows: list[tuple[Any, ...]]) -> None:
    words = {"suppressed": "skjult", "not_collected": "ikke opgjort"}
    for row in rows:
        for text, cell in zip(table_texts(row)[1:], row, strict=True):
            assert text == words.get(cell["status"], text)
            if cell["status"] == "shown":
                assert f"({cell['numerator']:,})".replace(",", ".") in text


def test_they_are_sorted_by_the_share_over_9_months(rows: list[tuple[Any, ...]]) -> None:
    shares = [row[0]["share_pct"] for row in rows]
    known = [share for share in shares if share is not None]
    assert known == sorted(known, reverse=True)
    assert shares[: len(known)] == known  # those without stand last


def _cell(status: str, numerator: int | None, **more: Any) -> dict[str, Any]:
    base = {"denominator_low": 10, "denominator_high": 10} if status == "shown" else {}
    share = None if numerator is None else 10.0 * numerator
    return {
        "area_id": "1",
        "name": "A",
        "status": status,
        "numerator": numerator,
        "share_pct": share,
        "share_decimals": 0,
        "denominator_low": None,
        "denominator_high": None,
        "note": "",
        **base,
        **more,
    }


def test_one_hidden_part_alone_is_not_given_away_by_the_gap_it_leaves() -> None:
    drawn = stack((_cell("shown", 6), _cell("shown", 3), _cell("suppressed", None)))
    assert (drawn.parts, drawn.rest) == ((None, None, None), None)


def test_the_rest_is_hatched_and_says_that_it_is_hidden() -> None:
    drawn = stack((_cell("shown", 6), _cell("suppressed", None), _cell("suppressed", None)))
    figure = stacked_bars(
        [drawn],
        part_names=["Over", "Midt", "Under"],
        axis_title="Andel, pct.",
        label_title="Over",
        selected="1",
        badge="X",
        ink=Ink(),
    ).to_dict()
    rest = next(trace for trace in figure["data"] if trace["name"] == "skjult")
    assert (list(rest["x"]), rest["marker"]["pattern"]["shape"]) == ([40.0], "/")
    assert list(figure["data"][0]["y"]) == ["<b>A (10)</b>"]


SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("rows", [1, 11, 45, 98])
def test_in_a_file_the_badge_covers_neither_key_nor_words(rows: int) -> None:
    stacks = [
        replace(stack((_cell("shown", 6), _cell("shown", 4))), name=f"A{n}") for n in range(rows)
    ]
    figure = stacked_bars(
        stacks,
        part_names=["Over", "Under"],
        axis_title="Andel, pct.",
        label_title="Over",
        selected=None,
        badge="SYNTETISKE TAL",
        ink=Ink(),
        key_above=False,
    )
    drawn = chart_svg(figure, title="T", subtitle="U", source="S", badge="SYNTETISKE TAL")
    parts = list(ET.fromstring(drawn).iter())
    badges = [n for n, one in enumerate(parts) if one.get("class") == "badge"]
    assert len(badges) == 1 + (rows > 40) + (rows > 80)
    boxes = [_box(parts[n - 1]) for n in badges]  # a label's ground is drawn before its words
    others = [
        _box(one)
        for n, one in enumerate(parts)
        if one.tag in {f"{SVG}rect", f"{SVG}text"} and n not in badges and n + 1 not in badges
    ]
    samples = [box for box in others if box[2:] == (18.0, 12.0)]
    assert len(samples) == 2  # the key's colours
    page = next(box for box in others if box[:2] == (0.0, 0.0))
    for x, y, wide, high in boxes:
        for left, top, width, height in others:
            if (left, top, width, height) != page:
                beside = x + wide <= left or left + width <= x
                assert beside or y + high <= top or top + height <= y, (x, y, left, top)
    bars = [box[1] for box in others if box[2] > 100 and box != page]
    assert min(bars) - boxes[0][1] < 60  # the key is below, so nothing is kept free for it above


def _box(one: ET.Element) -> tuple[float, float, float, float]:
    """Return left, top, width and height; of words their line, as wide as they are drawn."""
    x, y = float(one.get("x", 0)), float(one.get("y", 0))
    if one.tag == f"{SVG}rect":
        return x, y, float(one.get("width", 0)), float(one.get("height", 0))
    size = float(one.get("font-size", 12))
    wide, _ = chart_text.size("".join(one.itertext()), size)
    before = {"middle": wide / 2, "end": wide}.get(one.get("text-anchor", ""), 0.0)
    return x - before, y - 0.8 * size, wide, size


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([], ([], [])),
        ([50.0], ([50.0], [1])),
        ([100.0, 99.0], ([99.0], [2])),  # 100 pct. stands in the last bin
        ([0.0, 4.9, 5.0, 40.0], ([0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0], None)),
    ],
)
def test_bins_hold_everybody(
    shares: list[float], expected: tuple[list[float], list[int] | None]
) -> None:
    starts, counts = bins(shares)
    assert sum(counts) == len(shares)
    assert starts == expected[0]
    if expected[1] is not None:
        assert counts == expected[1]
