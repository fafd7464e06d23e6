"""From transcribed rows to cells."""

from __future__ import annotations

import polars as pl
import pytest

from queries import UserError
from queries.sources.published_table import table_cells
from queries.sources.transcribe import read_table_csv
from queries.warehouse.content import ANSWER_TABLE, SPM_554

KOMMUNER = [code for code in read_table_csv(ANSWER_TABLE)["kommunekode"] if code != "000"]
ALL = sorted([*KOMMUNER, "0563", "0825"])


def test_one_cell_per_kommune_and_one_for_the_land() -> None:
    frame = table_cells(read_table_csv(ANSWER_TABLE), SPM_554, ALL)
    assert sorted(frame["area_id"]) == sorted(["000", *ALL])
    assert frame.filter(pl.col("status") == "left_out")["area_id"].to_list() == ["0563", "0825"]


def test_a_lost_row_is_not_taken_for_left_out() -> None:
    lost = read_table_csv(ANSWER_TABLE).filter(pl.col("kommunekode") != "0223")  # Hørsholm 4
    with pytest.raises(UserError, match="mangler kommunerne 0223, 0563, 0825, men kilden"):
        table_cells(lost, SPM_554, ALL)


def test_a_printed_dash_is_a_zero() -> None:
    dash = (
        read_table_csv(ANSWER_TABLE)
        .head(1)
        .with_columns(
            count=pl.lit(None, pl.Int64), count_status=pl.lit("none"), share_pct=pl.lit(0.0)
        )
    )
    alone = dash["kommunekode"].to_list()
    about = SPM_554.__class__(**(SPM_554.__dict__ | {"left_out": ()}))
    (row,) = table_cells(dash, about, alone).to_dicts()
    assert (row["status"], row["numerator"], row["denominator_low"]) == ("shown", 0, None)
