"""Labels are compared as people read them, and a value is a number only when it can be no other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from queries.sources.jobindsats.cells import denominators
from queries.sources.jobindsats.labels import find_label, normal, read_value, without_unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Antal  personer ", "antal personer"),
        ("Antal\u00a0personer:", "antal personer"),
        ("Ordinære løn\u00adtimer", "ordinære løntimer"),
        ("16–66 år", "16-66 ÅR"),
        ("16 - 66 år.", "16-66 år"),
        ("a\u030arhus", "århus"),
    ],
)
def test_labels_that_mean_the_same(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_labels_that_do_not() -> None:
    labels = ["Fuldtidspersoner", "Fuldtidspersoner i pct. af befolkningen 16-66 år", "Personer"]
    assert [find_label(label, labels) for label in labels] == [[0], [1], [2]]
    assert find_label("Antal personer", labels) == []
    assert find_label("Fuldtidspersoner i pct. af befolkningen", labels) == []


@pytest.mark.parametrize(
    "label", ["Andel x", "Andel x (pct.)", "andel X, pct.", "Andel x i pct.", "Andel x (%)"]
)
def test_a_share_is_found_without_its_unit(label: str) -> None:
    assert without_unit(label) == "andel x"
    assert find_label("Andel x (pct.)", ["Antal x", label]) == [1]
    if normal(label) != "andel x":
        assert find_label("Andel x", [label]) == []


def test_the_same_label_wins_over_the_one_without_unit() -> None:
    assert find_label("Andel x (pct.)", ["Andel x", "Andel x (pct.)"]) == [1]
    assert find_label("Andel x (pct.)", ["Andel x", "Andel x, pct."]) == [0, 1]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (7, "7"),
        (8.3, "8.3"),
        (5.0, "5.0"),
        (-1, "-1"),
        ("7", "7"),
        (" 8,3 ", "8.3"),
        ("1.234,5", "1234.5"),
        ("1 234", "1234"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("8.3", "8.3"),
        ("0.25", "0.25"),
        ("-3", "-3"),
    ],
)
def test_numbers(cell: object, number: str) -> None:
    value = read_value(cell)
    assert (value.kind, value.number) == ("number", Decimal(number))


@pytest.mark.parametrize("cell", [None, "-", "..", ".", "", "  ", "–", "…", "NULL"])
def test_not_published(cell: object) -> None:
    assert read_value(cell).kind == "not_published"


@pytest.mark.parametrize(
    "cell",
    [
        True,
        False,
        [],
        {},
        float("nan"),
        float("inf"),
        "1.234",
        "12.000",
        "1,234.5",
        "1.23,4",
        "1 23",
        "1e5",
        "0x10",
        "٣",
        "NaN",
        "ca. 5",
        "<3",
        "5*",
        "--",
        "9" * 400,
    ],
)
def test_what_cannot_be_read_is_not_guessed(cell: object) -> None:
    assert read_value(cell).kind == "unreadable"


def test_denominators_of_a_count_and_of_a_rounded_amount() -> None:
    assert denominators(117, Decimal("52"), rounded=False) == (223, 227, True)
    assert denominators(3, Decimal("8.7"), rounded=False) == (None, None, False)
    assert denominators(3, Decimal("0.0"), rounded=False) == (None, None, True)
    # 7,5 to 8,5 full-time persons at 0,55 to 0,65 pct.
    assert denominators(8, Decimal("0.6"), rounded=True) == (1154, 1545, True)
    assert denominators(0, Decimal("0.0"), rounded=True) == (None, None, True)
    for everybody in range(1154, 1546, 23):
        assert 7.5 / everybody <= 0.0065
        assert 8.5 / everybody >= 0.0055
