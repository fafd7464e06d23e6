"""The share of an exact count is the same number however its rows are laid out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from queries.cells import exact_share


@given(
    parts=st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    decimals=st.integers(0, 4),
    rows=st.integers(1, 3),
)
def test_a_share_is_rounded_half_up_to_its_decimals(
    parts: tuple[int, int], decimals: int, rows: int
) -> None:
    count, of = parts
    exact = Decimal(100 * count) / Decimal(of)
    wanted = float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    columns = {"numerator": [count] * rows, "denominator_low": [of] * rows}
    frame = pl.DataFrame(columns).with_columns(
        share_decimals=pl.when(pl.col("numerator") >= 0).then(pl.lit(decimals))
    )
    assert frame.select(exact_share()).to_series().to_list() == [wanted] * rows
