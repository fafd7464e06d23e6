"""Jobcenter cells: repeated, added up, or hidden."""

from __future__ import annotations

import datetime as dt

import polars as pl

from queries.cells import CELL_SCHEMA, cells
from queries.warehouse.jobcentres import jobcentre_cells

MEMBERS = pl.DataFrame(
    {
        "area_id": ["0101", "0183", "0187", "0185", "0155", "0561", "0563"],
        "parent_id": ["J0101", "J0187", "J0187", "J0185", "J0185", "J0561", "J0561"],
        "name": ["København", "Ishøj", "Vallensbæk", "Tårnby", "Dragør", "Esbjerg", "Fanø"],
    }
)


def cell(area_id: str, **values: object) -> dict[str, object]:
    return {
        "indicator_id": "x",
        "area_id": area_id,
        "period": "2017M06",
        "breakdown": "alle",
        "source_id": "s",
        "recorded_at": dt.date(2017, 9, 27),
        "status": "shown",
        "origin": "source",
        "note": "",
        **values,
    }


def shown(area_id: str, count: int, low: int, high: int, share: float) -> dict[str, object]:
    return cell(
        area_id,
        numerator=count,
        denominator_low=low,
        denominator_high=high,
        share_pct=share,
        share_decimals=0,
        source_line=7,
    )


def by_id(*rows: dict[str, object]) -> dict[str, dict[str, object]]:
    frame = jobcentre_cells(cells(list(rows)), MEMBERS)
    assert frame.schema == CELL_SCHEMA
    return {row["area_id"]: row for row in frame.to_dicts()}


def test_a_jobcenter_that_is_one_kommune_repeats_it() -> None:
    row = by_id(shown("0101", 237, 1635, 1755, 14))["J0101"]
    assert (row["numerator"], row["share_pct"], row["origin"]) == (237, 14, "same_area")
    assert row["source_line"] == 7  # still traceable to the line


def test_a_shared_jobcenter_is_the_sum() -> None:
    row = by_id(shown("0183", 16, 72, 74, 22), shown("0187", 3, 14, 14, 21))["J0187"]
    assert row["numerator"] == 16 + 3
    assert (row["denominator_low"], row["denominator_high"]) == (72 + 14, 74 + 14)
    # 19 of 86 and 19 of 88 both round to 22
    assert (row["share_pct"], row["share_decimals"]) == (round(100 * 19 / 88), 0)
    assert (row["origin"], row["source_line"]) == ("sum_of_kommuner", None)


def test_a_sum_whose_share_is_uncertain_has_none() -> None:
    # 20 of 80 is 25 pct. but 20 of 90 is 22
    row = by_id(shown("0183", 10, 40, 45, 24), shown("0187", 10, 40, 45, 24))["J0187"]
    assert (row["status"], row["numerator"], row["share_pct"]) == ("shown", 20, None)


def test_a_shared_jobcenter_with_a_hidden_kommune_is_hidden() -> None:
    hidden = cell("0155", status="suppressed", note="skjult", share_pct=17.0, share_decimals=0)
    row = by_id(shown("0185", 16, 72, 74, 22), hidden)["J0185"]
    numbers = ("numerator", "denominator_low", "denominator_high", "share_pct", "share_decimals")
    assert row["status"] == "suppressed"
    assert [row[name] for name in numbers] == [None] * 5
    assert str(row["note"]).startswith("Dragør er ikke vist i kilden")


def test_a_shared_jobcenter_with_a_left_out_kommune_is_hidden() -> None:
    left_out = cell("0563", status="left_out", note="udeladt")
    row = by_id(shown("0561", 55, 225, 234, 24), left_out)["J0561"]
    assert (row["status"], row["numerator"], row["share_pct"]) == ("suppressed", None, None)
