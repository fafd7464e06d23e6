"""Comparisons in words."""

from __future__ import annotations

import pytest

from pages.language import comparing
from queries import statistics
from queries.statistics.totals import Gap


def gap(low: int, high: int) -> Gap:
    return Gap(1.0, 1.0, 1.0, low, high)


@pytest.mark.parametrize(
    ("low", "high", "word", "lower", "expected"),
    [
        (69, 72, "over", True, "69–72 borgere færre ville bringe Holbæk på landet."),
        (1, 1, "over", True, "1 borger færre ville bringe Holbæk på landet."),
        (-4, -4, "under", False, "4 borgere flere ville bringe Holbæk på landet."),
        (
            -9,
            -7,
            "under",
            True,
            "Holbæk ligger under landet, hvor lavere er målet: 7–9 borgere flere ville svare til "
            "landets andel.",
        ),
        (
            5,
            5,
            "over",
            False,
            "Holbæk ligger over landet, hvor højere er målet: 5 borgere færre ville svare til "
            "landets andel.",
        ),
        (
            5,
            5,
            "over",
            None,
            "Holbæk ligger over landet: 5 borgere færre ville svare til landets andel.",
        ),
        (5, 5, "alike", True, "Holbæk kan ikke skelnes fra landet."),
        (-2, 3, "over", True, "Holbæk kan ikke skelnes fra landet."),
    ],
)
def test_a_gap_in_people(low: int, high: int, word: str, lower: bool | None, expected: str) -> None:
    said = comparing.gap_sentence("Holbæk", gap(low, high), word, "landet", lower_is_better=lower)
    assert said == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (69, 72, "69–72 borgere"),
        (-141, -99, "99–141 borgere"),
        (-1, -1, "1 borger"),
        (-2, 3, "højst 3 borgere"),
    ],
)
def test_people_apart(low: int, high: int, expected: str) -> None:
    assert comparing.people_apart(low, high) == expected


def test_signs_and_places() -> None:
    assert comparing.points(31, 0) == "+31\N{NO-BREAK SPACE}pct.point"
    assert comparing.points(-2.5, 1) == "−2,5\N{NO-BREAK SPACE}pct.point"
    assert comparing.points(0.2, 0) == "±0\N{NO-BREAK SPACE}pct.point"
    assert comparing.rank_range(3, 11, 92) == "nr. 3–11 af 92"
    assert comparing.rank_range(1, 1, 92) == "nr. 1 af 92"
    assert comparing.rank_range(None, None, 92) == "–"
    assert comparing.total_name(3, 4) == "I alt for de 3 viste"
    assert comparing.total_name(4, 4) == "I alt"


def test_a_direction_only_with_a_test() -> None:
    assert comparing.trend(None) == "for få viste måneder"
    assert comparing.trend(statistics.Trend(None, 0.4, 1.0, 30)) == "ingen sikker udvikling"
    found = comparing.trend(statistics.Trend("faldende", 0.01, -1.25, 30))
    assert found.startswith("↘ faldende, −1,")
