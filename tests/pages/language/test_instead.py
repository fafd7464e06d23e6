"""What is told instead of a hidden number, in words."""

from __future__ import annotations

import polars as pl
import pytest

from pages.language import instead

SCHEMA = {
    "title": pl.String,
    "low": pl.Int64,
    "high": pl.Int64,
    "denominator": pl.Int64,
    "share_pct": pl.Float64,
    "share_decimals": pl.Int8,
}
TOGETHER = ("Dragør og Tårnby tilsammen", 1021, 1021, 2045, 49.9, 1)


def rows(*given: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(given, schema=SCHEMA, orient="row")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (TOGETHER, "1.021 af 2.045 borgere (49,9\N{NO-BREAK SPACE}pct.)"),
        (("Samsø, afrundet til nærmeste 10", 5, 14, None, None, None), "mellem 5 og 14 borgere"),
        (("Samsø, afrundet til nærmeste 10", 0, 4, None, None, None), "mellem 0 og 4 borgere"),
    ],
)
def test_a_row_is_exact_or_between_two_numbers(row: tuple[object, ...], words: str) -> None:
    (told,) = rows(row).to_dicts()
    assert instead.number(told) == words
    assert instead.one(told) == f"{row[0]}: {words}"


def test_nothing_is_said_where_nothing_is_told() -> None:
    assert instead.sentence(rows()) == instead.listed(rows()) == ""


def test_several_rows_are_one_sentence() -> None:
    both = rows(TOGETHER, ("Samsø, afrundet til nærmeste 10", 0, 4, None, None, None))
    assert instead.sentence(both) == (
        "I stedet for skjulte tal vises: Dragør og Tårnby tilsammen: 1.021 af 2.045 borgere "
        "(49,9\N{NO-BREAK SPACE}pct.); Samsø, afrundet til nærmeste 10: mellem 0 og 4 borgere."
    )
