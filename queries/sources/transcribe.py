"""A table of an answer as the CSV the repository ships, and back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl

from queries.sources.answer.model import ROWS_SCHEMA, SHOWN, AnswerTable

TOTAL_CODE = "000"
TOTAL_NAME = "I alt"


def table_to_csv(table: AnswerTable) -> str:
    """Write the rows in printed order, and the total (kommunekode '000') as the last row.

    Columns as `ROWS_SCHEMA`; null is empty; shares have their printed decimals and a point.
    """
    rows = table_frame(table).rows()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ROWS_SCHEMA.names())
    for *before, share_pct, share_decimals, share_status in rows:
        written = "" if share_pct is None else f"{share_pct:.{share_decimals}f}"
        writer.writerow([*before, written, share_decimals, share_status])
    return text.getvalue()


def table_frame(table: AnswerTable) -> pl.DataFrame:
    """Return the rows in printed order as `ROWS_SCHEMA`, with the total as the last one."""
    rows = table.rows.rows()
    if table.total is not None:
        total = table.total
        decimals = None if total.share_pct is None else total.share_decimals
        count = (TOTAL_CODE, TOTAL_NAME, total.count, SHOWN)
        share = (total.share_pct, decimals, total.share_status)
        rows.append((len(rows) + 1, total.line, *count, *share))
    return pl.DataFrame(rows, schema=ROWS_SCHEMA, orient="row")


def read_table_csv(path: Path) -> pl.DataFrame:
    """Read what `table_to_csv` wrote: `ROWS_SCHEMA`, with the total as the last row, if any.

    ValueError when the columns are not those of `ROWS_SCHEMA`.
    """
    with path.open(encoding="utf-8") as file:
        columns = file.readline().rstrip("\n").split(",")
    if columns != ROWS_SCHEMA.names():
        raise ValueError(f"{path.name}: the columns are {columns}, not {ROWS_SCHEMA.names()}")
    return pl.read_csv(path, schema=ROWS_SCHEMA)
