"""The bare scan: a sum of every column, which no computation of the same files can do without."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from queries.register.reading.files import Folder


def scan(folder: Folder, stems: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return the sum of every column of every input: of text its bytes, of dates their days."""
    sums = {}
    for stem in stems:
        rows = folder[stem].scan()
        schema = rows.collect_schema()
        wanted = [_sum(name, dtype) for name, dtype in schema.items()]
        sums[stem] = rows.select(wanted).collect(engine="streaming").row(0, named=True)
    return sums


def _sum(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if dtype == pl.String:
        column = column.str.len_bytes()
    elif dtype == pl.Date:
        column = column.to_physical()
    return column.sum()
