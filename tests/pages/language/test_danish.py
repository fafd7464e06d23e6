"""Danish numbers, months and order."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.language import danish

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (2790, 0, "2.790"),
        (1234567, 0, "1.234.567"),
        (21.46, 1, "21,5"),
        (0.5, 0, "1"),  # a half is rounded up, as Danish readers do, not to the even neighbour
        (2.5, 0, "3"),
        (262.5, 1, "262,5"),
        (-4.0, 0, "-4"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert danish.number(value, decimals) == text


def test_pct_does_not_break() -> None:
    assert danish.pct(21) == f"21{NBSP}pct."
    assert danish.pct(21.4, 1) == f"21,4{NBSP}pct."


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (58, 58, "58"),  # exactly one denominator fits
        (223, 227, f"ca.{NBSP}225"),  # Holbæk
        (86, 95, f"ca.{NBSP}90"),  # nine wide: the middle, 90,5, halves to even
        (100, 110, f"ca.{NBSP}100"),  # ten wide: whole tens
        (1635, 1755, f"ca.{NBSP}1.700"),  # København: whole hundreds
        (12977, 13609, f"ca.{NBSP}13.300"),  # the land
    ],
)
def test_people(low: int, high: int, text: str) -> None:
    assert danish.people(low, high) == text


@given(st.integers(1, 20000), st.integers(0, 2000))
def test_people_says_a_number_that_is_possible(low: int, width: int) -> None:
    said = danish.people(low, low + width).removeprefix(f"ca.{NBSP}")
    assert low <= int(said.replace(".", "")) <= low + width


def test_interval() -> None:
    assert danish.interval(58, 58) == "58"
    assert danish.interval(1635, 1755) == "1.635–1.755"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("2017M06", "juni 2017"),
        ("2018M12", "december 2018"),
        ("2018Q4", "4. kvartal 2018"),
        ("2016W52", "uge 52 2016"),
        ("2019", "2019"),
    ],
)
def test_period(code: str, text: str) -> None:
    assert danish.period(code) == text


def test_date() -> None:
    assert danish.date(dt.date(2017, 9, 27)) == "27. september 2017"


def test_order_puts_ae_oe_aa_last() -> None:
    names = ["Aarhus", "Ærø", "Aabenraa", "Allerød", "Ølstykke", "Århus", "Vejle", "Ødsted"]
    assert sorted(names, key=danish.sort_key) == [
        "Allerød",
        "Vejle",
        "Ærø",
        "Ødsted",
        "Ølstykke",
        "Aabenraa",
        "Aarhus",
        "Århus",
    ]


def test_listing() -> None:
    assert danish.listing(["Fanø"]) == "Fanø"
    assert danish.listing(["Fanø", "Læsø"]) == "Fanø og Læsø"
    assert danish.listing(["Allerød", "Dragør", "Randers"]) == "Allerød, Dragør og Randers"


@pytest.mark.parametrize(
    ("most", "cut"),
    [
        (99, "Ribe 12,2 pct. i maj; Fur 3 pct. i juni, Als 1 pct."),
        (51, "Ribe 12,2 pct. i maj; Fur 3 pct. i juni, Als 1 pct."),
        (50, "Ribe 12,2 pct. i maj; Fur 3 pct. i juni …"),
        (41, "Ribe 12,2 pct. i maj; Fur 3 pct. i juni …"),
        (40, "Ribe 12,2 pct. i maj …"),
        (21, "…"),
    ],
)
def test_a_text_is_cut_where_something_ends(most: int, cut: str) -> None:
    whole = "Ribe 12,2 pct. i maj; Fur 3 pct. i juni, Als 1 pct."
    assert danish.shortened(whole, most) == cut
    assert len(cut) <= most
