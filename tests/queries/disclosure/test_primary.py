"""The primary rule at its boundaries."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from queries.cells import cells
from queries.disclosure.primary import HIDDEN_NUMBERS, already_published, hide_small
from queries.indicators.definition import DisclosureRule

RULE = DisclosureRule(threshold=3, zeros_are_shown=False, rule="Færre end 3 vises ikke")
ZEROS_SHOWN = DisclosureRule(threshold=3, zeros_are_shown=True, rule="1 og 2 vises ikke")


def counted(numerator: int, denominator: tuple[int, int] | None) -> pl.DataFrame:
    low, high = denominator or (None, None)
    return cells(
        [
            {
                "indicator_id": "x",
                "area_id": "0101",
                "period": "2017M06",
                "breakdown": "alle",
                "source_id": "s",
                "recorded_at": dt.date(2017, 9, 27),
                "status": "shown",
                "numerator": numerator,
                "denominator_low": low,
                "denominator_high": high,
                "share_pct": 10.0,
                "share_decimals": 0,
                "origin": "source",
                "note": "",
            }
        ]
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "rule", "status"),
    [
        (2, (100, 100), RULE, "suppressed"),  # the largest small count
        (3, (100, 100), RULE, "shown"),  # the threshold itself is shown
        (4, (100, 100), RULE, "shown"),
        (0, (100, 100), RULE, "suppressed"),  # zero is small where zeros are not shown
        (0, (100, 100), ZEROS_SHOWN, "shown"),  # and shown where they are
        (1, (100, 100), ZEROS_SHOWN, "suppressed"),
        (97, (100, 100), RULE, "shown"),  # the complement is 3
        (98, (100, 100), RULE, "suppressed"),  # 98 of 100 tells that 2 are not
        (100, (100, 100), RULE, "suppressed"),  # all of them: the complement is zero
        (100, (100, 100), ZEROS_SHOWN, "shown"),
        (10, (12, 14), RULE, "suppressed"),  # the complement may be 2
        (10, (13, 14), RULE, "shown"),  # it is 3 or 4
        (2, None, RULE, "suppressed"),  # without a denominator only the count decides
        (3, None, RULE, "shown"),
    ],
)
def test_threshold_zero_and_complement(
    numerator: int, denominator: tuple[int, int] | None, rule: DisclosureRule, status: str
) -> None:
    (row,) = hide_small(counted(numerator, denominator), rule).to_dicts()
    assert row["status"] == status
    if status == "suppressed":
        assert {name: row[name] for name in HIDDEN_NUMBERS} == dict.fromkeys(HIDDEN_NUMBERS)
        assert row["note"] == rule.rule
    else:
        assert (row["numerator"], row["share_pct"], row["note"]) == (numerator, 10.0, "")


def test_cells_without_a_number_keep_their_status() -> None:
    left_out = counted(5, None).with_columns(
        status=pl.lit("left_out"), numerator=pl.lit(None, pl.Int64), note=pl.lit("mangler")
    )
    (row,) = hide_small(left_out, RULE).to_dicts()
    assert (row["status"], row["note"]) == ("left_out", "mangler")


def test_published_cells_keep_their_share_but_never_a_denominator() -> None:
    # Dragør: 17 pct. beside a dot; denominators that fit would leave 1 of 6 or 2 of 12.
    dragoer = counted(1, (6, 12)).with_columns(
        status=pl.lit("suppressed"), numerator=pl.lit(None, pl.Int64), share_pct=pl.lit(17.0)
    )
    (row,) = already_published(dragoer).to_dicts()
    assert (row["share_pct"], row["denominator_low"], row["denominator_high"]) == (17.0, None, None)


def test_published_small_counts_stay_as_printed() -> None:
    (row,) = already_published(counted(2, (100, 100))).to_dicts()
    assert (row["status"], row["numerator"], row["denominator_low"]) == ("shown", 2, 100)


def test_a_hidden_cell_with_a_count_is_a_fault_of_ours() -> None:
    leaking = counted(2, None).with_columns(status=pl.lit("suppressed"))
    with pytest.raises(ValueError, match="0101"):
        already_published(leaking)
