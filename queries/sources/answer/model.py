"""What the reader returns, and the rows it works on before that."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from queries.sources.rounding import decimals_of

SHOWN = "shown"
SUPPRESSED = "suppressed"
NONE = "none"

ROWS_SCHEMA = pl.Schema(
    {
        "order": pl.Int32(),
        "line": pl.Int32(),
        "kommunekode": pl.String(),
        "printed_name": pl.String(),
        "count": pl.Int64(),
        "count_status": pl.String(),
        "share_pct": pl.Float64(),
        "share_decimals": pl.Int32(),
        "share_status": pl.String(),
    }
)


@dataclass(frozen=True)
class AnswerTotal:
    """The total row ('I alt'). `share_pct` is None unless `share_status` is 'shown'."""

    count: int
    share_pct: float | None
    share_decimals: int
    line: int
    share_status: str = SHOWN


@dataclass(frozen=True)
class AnswerTable:
    """One table by kommune of a ministerial answer.

    number: '1', or '' when the caption has none. caption: as printed, joined and de-hyphenated,
    with its 'Tabel 1.'. period: '2017M06', '2018Q4' or '2016W52'. rows: `ROWS_SCHEMA`, in the
    order printed; a count or share is null unless its status is 'shown' ('suppressed' for '.' or
    '<3', 'none' for '-'); share_pct in percent. notes: the paragraphs of the note as printed, from
    'Anm.:'. source_note: what follows 'Kilde:'. left_out: kommunekoder the table does not have;
    left_out_named: those of them that the notes name. columns: 'count' and 'share' in the order
    they stand. line: that of the caption, from 1. hidden_below: all hidden counts are below it, as
    the notes or the marks ('<3') say, or None.
    """

    number: str
    caption: str
    period: str
    rows: pl.DataFrame
    total: AnswerTotal | None
    notes: tuple[str, ...]
    source_note: str
    left_out: tuple[str, ...]
    left_out_named: tuple[str, ...]
    columns: tuple[str, str] = ("count", "share")
    line: int = 1
    hidden_below: int | None = None


@dataclass(frozen=True)
class Answer:
    """All tables by kommune of one document, in the order printed."""

    document: str
    tables: tuple[AnswerTable, ...]


@dataclass(frozen=True)
class Row:
    """One printed row before the frame, with its share exact and its text for messages.

    `hidden_below` is the number of a mark ('<3') instead of the count, else None.
    """

    line: int
    text: str
    printed_name: str
    kommunekode: str
    count: int | None
    count_status: str
    share: Decimal | None
    share_status: str
    share_cell: str
    hidden_below: int | None = None


def rows_frame(rows: tuple[Row, ...]) -> pl.DataFrame:
    """Turn rows into the frame of `AnswerTable.rows`."""
    records = [
        (
            order,
            row.line,
            row.kommunekode,
            row.printed_name,
            row.count,
            row.count_status,
            None if row.share is None else float(row.share),
            None if row.share is None else decimals_of(row.share),
            row.share_status,
        )
        for order, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(records, schema=ROWS_SCHEMA, orient="row")
