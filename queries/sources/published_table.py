"""From a table read out of an answer to cells of an indicator."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from queries.cells import cells
from queries.errors import UserError
from queries.sources.facts import LAND
from queries.sources.rounding import denominator_interval


@dataclass(frozen=True)
class PublishedTable:
    """Which indicator, period and document a transcribed table is."""

    indicator_id: str
    period: str
    source_id: str
    recorded_at: dt.date
    hidden_note: str
    left_out: tuple[str, ...]
    left_out_note: str


def table_cells(table: pl.DataFrame, about: PublishedTable, kommuner: list[str]) -> pl.DataFrame:
    """Return one cell per kommune and one for the land, as the source printed them.

    `table` has the columns of `read_table_csv`; kommuner missing from it become 'left_out'.
    A printed '-' is a zero. Denominators are the whole numbers that fit count and rounded share.
    Raises UserError when other kommuner are missing than the source says it leaves out: a row was
    lost on the way.
    """
    printed = {row["kommunekode"]: row for row in table.iter_rows(named=True)}
    missing = [code for code in kommuner if code not in printed]
    if set(missing) != set(about.left_out):
        raise UserError(
            f"Tabellen fra {about.source_id} mangler kommunerne {', '.join(missing) or 'ingen'}, "
            f"men kilden udelader {', '.join(about.left_out) or 'ingen'}. Læs dokumentet igen."
        )
    return cells(
        [_printed_cell(row, about) for row in printed.values()]
        + [
            _cell(about, code) | {"status": "left_out", "note": about.left_out_note}
            for code in missing
        ]
    )


def _cell(about: PublishedTable, area_id: str) -> dict[str, object]:
    return {
        "indicator_id": about.indicator_id,
        "area_id": area_id,
        "period": about.period,
        "breakdown": "alle",
        "source_id": about.source_id,
        "recorded_at": about.recorded_at,
        "origin": "source",
        "note": "",
    }


def _printed_cell(row: dict[str, object], about: PublishedTable) -> dict[str, object]:
    hidden = row["count_status"] == "suppressed"
    count = 0 if row["count_status"] == "none" else row["count"]
    cell = _cell(about, str(row["kommunekode"])) | {
        "status": "suppressed" if hidden else "shown",
        "note": about.hidden_note if hidden else "",
        "numerator": count,
        "share_pct": row["share_pct"],
        "share_decimals": row["share_decimals"],
        "source_line": row["line"],
        "source_row": None if row["kommunekode"] == LAND else row["order"],
    }
    if not hidden and row["share_pct"] is not None:
        printed = f"{row['share_pct']:.{row['share_decimals']}f}"
        if interval := denominator_interval(int(str(count)), printed):
            cell["denominator_low"], cell["denominator_high"] = interval
    return cell
