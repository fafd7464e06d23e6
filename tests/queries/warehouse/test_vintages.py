"""Vintages of a series: no month is repeated, none is overwritten, as a slow oracle has it."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.cells import CELL_SCHEMA
from queries.warehouse.vintages import TOLD, folded
from tests.oracles.vintages import Vintage, kept

VALUES = st.sampled_from([("shown", 5), ("shown", 6), ("suppressed", None)])
MONTHS = st.dictionaries(st.sampled_from("ab"), VALUES, min_size=1)
VINTAGES = st.lists(
    st.dictionaries(st.sampled_from(["2024M01", "2024M02", "2024M03"]), MONTHS), min_size=1
)


def frame(vintage: Vintage, number: int) -> pl.DataFrame:
    rows = [
        {
            "indicator_id": "i",
            "period": period,
            "breakdown": "alle",
            "area_id": area,
            "source_id": f"s{number}",
            "status": status,
            "numerator": count,
            "source_row": number + 1,  # where it stands in the source is no difference
            "note": f"læst {number}",
        }
        for period, month in vintage.items()
        for area, (status, count) in month.items()
    ]
    return pl.DataFrame(rows, CELL_SCHEMA)


@settings(max_examples=60, deadline=None)
@given(VINTAGES)
def test_the_months_kept_are_those_of_the_oracle(vintages: list[Vintage]) -> None:
    found = folded([frame(one, number) for number, one in enumerate(vintages)])
    meant = pl.concat([frame(one, number) for number, one in enumerate(kept(vintages))])
    order = ["source_id", "period", "area_id"]
    assert found.sort(order).equals(meant.sort(order))


def test_a_number_that_comes_back_is_told_again() -> None:
    first: Vintage = {"2024M01": {"a": ("shown", 5)}}
    second: Vintage = {"2024M01": {"a": ("shown", 6)}}
    found = folded([frame(one, n) for n, one in enumerate([first, second, first, first])])
    assert found.select("source_id", "numerator").rows() == [("s0", 5), ("s1", 6), ("s2", 5)]


def test_every_number_counts_as_a_difference() -> None:
    numbers = set(TOLD) - {"area_id"}
    assert numbers == {
        "status",
        "numerator",
        "denominator_low",
        "denominator_high",
        "share_pct",
        "share_decimals",
    }
    one = frame({"2024M01": {"a": ("shown", 5)}}, 0)
    for name in numbers:
        other = one.with_columns(pl.lit("1").cast(CELL_SCHEMA[name]).alias(name))
        assert folded([one, other]).height == 2, name
