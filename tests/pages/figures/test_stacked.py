"""Stacks: shown parts stand as they are, and hidden ones are never parted."""

from __future__ import annotations

from typing import Any

import pytest

from pages.figures.bars import Ink
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
