"""Cells and series made for tests, in the façade's columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from hypothesis import strategies as st

Numbers = tuple[int, int, int]


def cell(area_id: str, numbers: Numbers | None, **changes: Any) -> dict[str, Any]:
    """A cell of numerator and denominators, or a suppressed one whose share is published."""
    x, low, high = numbers or (None, None, None)
    share = 17.0 if x is None or low is None or high is None else round(200 * x / (low + high), 1)
    return {
        "area_id": area_id,
        "name": f"Kommune {area_id}",
        "level": "kommune",
        "kind": "published",
        "numerator": x,
        "denominator_low": low,
        "denominator_high": high,
        "share_pct": share,
        "status": "shown" if numbers else "suppressed",
        **changes,
    }


SCHEMA = {
    "numerator": pl.Int64,
    "denominator_low": pl.Int64,
    "denominator_high": pl.Int64,
    "share_pct": pl.Float64,
}


def cells(rows: Sequence[Numbers | None]) -> pl.DataFrame:
    made = [cell(f"{100 + i:04}", row) for i, row in enumerate(rows)]
    return pl.DataFrame(made, schema_overrides=SCHEMA, infer_schema_length=None)


def months(first: str, count: int) -> list[str]:
    start = 12 * int(first[:4]) + int(first[5:]) - 1
    return [f"{at // 12}M{at % 12 + 1:02}" for at in range(start, start + count)]


def series(shares: Sequence[float | None], first: str = "2016M01") -> pl.DataFrame:
    """One area's months with these shares of 100.000 people; None is a hidden month."""
    rows = []
    for period, share in zip(months(first, len(shares)), shares, strict=True):
        numbers = None if share is None else (round(1000 * share), 100_000, 100_000)
        rows.append(cell("0101", numbers, period=period, breakdown="alle", source_id="kilde"))
    return pl.DataFrame(rows, schema_overrides=SCHEMA, infer_schema_length=None)


@st.composite
def numbers(draw: st.DrawFn, most: int = 60, widest: int = 4) -> Numbers:
    low = draw(st.integers(1, most))
    return draw(st.integers(0, low)), low, low + draw(st.integers(0, widest))
