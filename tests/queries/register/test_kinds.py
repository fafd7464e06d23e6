"""Offer types looked up by where their text stands in memory give the kind of each row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from queries.register.choices import Choices
from queries.register.kernel.cleaning import UNLISTED
from queries.register.kernel.views import MOST_VIEWS
from queries.register.kinds import kinds_of
from tests.oracles.registers import CODES
from tests.queries.register.as_frames import plan_for

PLAN = plan_for(Choices(), "2017M01", "2017M01", dt.date(2017, 12, 31))
LISTED = [code for codes in CODES.offers.values() for code in codes]  # short and long texts
LIKE = [
    "praktik for ungf",
    "løntilskud privau",
    "",
    "praktik\0",
]  # like one that is listed, but not


def by_row(types: pl.Series) -> list[int]:
    return [PLAN.kind_of(text) if text is not None else UNLISTED for text in types]


@pytest.mark.parametrize(
    "types",
    [
        pytest.param(pl.Series([*LISTED, *LIKE] * 3), id="few, repeated"),
        pytest.param(pl.Series([*LISTED, None, *LIKE]), id="none among them"),
        pytest.param(pl.Series([None], dtype=pl.String), id="only none"),
        pytest.param(pl.Series([], dtype=pl.String), id="no rows"),
        pytest.param(
            pl.Series([f"ukendt type {n}" for n in range(MOST_VIEWS + 1)] + LISTED), id="many"
        ),
        pytest.param(
            pl.Series([f"ukendt {n}" for n in range(MOST_VIEWS - 8)] + LISTED[:8]),
            id="just so many",
        ),
        pytest.param(pl.Series(LIKE + LISTED * 5)[3:], id="the end of a column"),
        pytest.param(
            pl.concat([pl.Series(LISTED * 2), pl.Series(LIKE), pl.Series(LISTED)]), id="chunks"
        ),
    ],
)
def test_each_row_has_the_kind_of_its_type(types: pl.Series) -> None:
    assert kinds_of(types, PLAN).tolist() == by_row(types)


def test_types_read_from_a_file_have_their_kinds(tmp_path: Path) -> None:
    types = pl.Series("offer_type", (LISTED + LIKE) * 100)
    pl.DataFrame(types).write_parquet(tmp_path / "offers.parquet", row_group_size=150)
    read = pl.read_parquet(tmp_path / "offers.parquet")["offer_type"]
    assert kinds_of(read, PLAN).tolist() == by_row(types)
