"""Published and synthetic side by side: equal, different, and not comparable."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pages.figures.pairs import Pair, agreement, pairs, texts
from queries import Atlas

PASSIVE = "passive_ressourceforloeb"
SHOWN: dict[str, Any] = {
    "area_id": "0316",
    "name": "Holbæk",
    "status": "shown",
    "numerator": 117,
    "share_pct": 52.0,
    "share_decimals": 0,
    "denominator_low": 223,
    "denominator_high": 227,
}
HIDDEN = dict.fromkeys(SHOWN) | {"status": "suppressed", "share_pct": 17.0}
HIDDEN |= {"share_decimals": 0}


@pytest.mark.parametrize(
    ("published", "made_up", "alike", "comparable"),
    [
        (SHOWN, SHOWN, True, True),
        (SHOWN, SHOWN | {"denominator_low": 225}, True, True),  # no denominator is published
        (SHOWN, SHOWN | {"numerator": 118}, False, True),
        (SHOWN, SHOWN | {"share_pct": 51.0}, False, True),
        (SHOWN, HIDDEN, False, False),
        (HIDDEN, SHOWN, False, False),
        (HIDDEN, HIDDEN | {"share_pct": None}, True, True),
        (SHOWN, None, False, False),
    ],
)
def test_what_agrees(
    published: dict[str, Any], made_up: dict[str, Any] | None, alike: bool, comparable: bool
) -> None:
    pair = Pair(published, made_up)
    assert (pair.alike, pair.comparable) == (alike, comparable)


def test_no_difference_is_computed_of_a_hidden_number() -> None:
    assert texts(Pair(HIDDEN, SHOWN))[-1] == "–"
    assert texts(Pair(SHOWN, HIDDEN))[-1] == "–"
    assert texts(Pair(SHOWN, None))[2:] == ("–", "–", "–", "–")
    assert [texts(Pair(SHOWN, SHOWN | {"numerator": n}))[-1] for n in (116, 117, 119)] == [
        "−1",
        "0",
        "+2",
    ]


def test_the_synthetic_register_gives_the_published_table_back(atlas: Atlas) -> None:
    month = atlas.cells(PASSIVE, "2017M06")
    made_up = atlas.cells(PASSIVE, "2017M06", source_kind="synthetic")
    rows = pairs(month, made_up)
    printed = [pair for pair in rows if pair.published["status"] != "left_out"]
    assert len(printed) == 96
    assert sum(pair.comparable and not pair.alike for pair in printed) == 0
    assert agreement(rows).startswith("Af 96 offentliggjorte rækker er ")
    assert set(month["area_id"]) == {pair.published["area_id"] for pair in rows}
    # What the published table hides is hidden here too.
    hidden = [pair for pair in rows if pair.published["numerator"] is None]
    assert [pair.made_up["numerator"] for pair in hidden if pair.made_up] == [None] * len(hidden)


def test_agreement_counts_rows_only_of_the_published_table() -> None:
    left_out = SHOWN | {"status": "left_out", "numerator": None, "share_pct": None}
    rows = [
        Pair(SHOWN, SHOWN),
        Pair(SHOWN, SHOWN | {"numerator": 5}),
        Pair(SHOWN, HIDDEN),
        Pair(left_out, SHOWN),
    ]
    assert agreement(rows).startswith(
        "Af 3 offentliggjorte rækker er 1 ens (samme antal og andel, eller skjult begge steder), "
        "1 er forskellige, og 1 kan ikke sammenlignes"
    )


def test_pairs_keep_the_order_given(atlas: Atlas) -> None:
    month = atlas.cells(PASSIVE, "2017M06").sort("name", descending=True)
    rows = pairs(month, month)
    assert [pair.published["name"] for pair in rows] == month["name"].to_list()
    assert isinstance(month, pl.DataFrame)
