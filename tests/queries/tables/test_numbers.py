"""What one text of a table is read as."""

from __future__ import annotations

import pytest

from queries.tables.numbers import looks_english, read_number, tidy


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("1.234", 1234),
        ("12.345.678", 12345678),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234", 1234),
        ("12*", 12),
        ("12 1)", 12),
        ("12 personer", 12),
        (" 7 ", 7),
        ("-5", -5),
        ("\u22125", -5),
    ],
)
def test_counts(text: str, value: int) -> None:
    number = read_number(tidy(text))
    assert (number.sort, number.value) == ("count", value)


@pytest.mark.parametrize(
    ("text", "sort", "percent"),
    [
        ("12,5 pct.", "share", "12.5"),
        ("12,5\u00a0%", "share", "12.5"),
        ("21 pct", "share", "21"),
        ("21,40 procent", "share", "21.40"),
        ("12,5", "decimal", "12.5"),
        ("0.125", "decimal", "0.125"),
        ("12.5", "decimal", "12.5"),
        ("12,345", "decimal", "12.345"),
    ],
)
def test_shares_keep_their_decimals(text: str, sort: str, percent: str) -> None:
    number = read_number(tidy(text))
    assert (number.sort, number.percent) == (sort, percent)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (".", 0, None),
        ("..", 0, None),
        (":", 0, None),
        ("*", 0, None),
        ("x", 0, None),
        ("X", 0, None),
        ("•", 0, None),
        ("(.)", 0, None),
        ("-", 0, None),
        ("–", 0, None),
        ("<3", 0, 2),
        ("< 5", 0, 4),
        ("≤ 2", 0, 2),
        ("under 3", 0, 2),
        ("Færre end 3", 0, 2),
        ("færre end tre personer", 0, 2),
        ("1-2", 1, 2),
        ("0–2", 0, 2),
    ],
)
def test_marks_say_what_they_say_of_the_number(text: str, low: int, high: int | None) -> None:
    number = read_number(tidy(text))
    assert (number.sort, number.low, number.high) == ("hidden", low, high)


@pytest.mark.parametrize("text", ["Holbæk", "3 mdr.", "117 (52 pct.)", "1.23.4", "²", "2,", "3-1"])
def test_other_texts_are_texts(text: str) -> None:
    assert read_number(text).sort == "text"


def test_nothing_is_empty() -> None:
    assert read_number(tidy(" \u00a0 ")).sort == "empty"


def test_english_numbers_are_recognised_by_their_decimals() -> None:
    assert looks_english(["1,234", "12.5"])
    assert not looks_english(["1.234", "12,5"])
    assert not looks_english(["1.234"])
    assert read_number("1,234", english=True).value == 1234
    assert read_number("12.5 %", english=True).percent == "12.5"
