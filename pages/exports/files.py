"""Rows as bytes: CSV for a Danish spreadsheet, JSON for a program. XLSX is in `workbook`."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from typing import Any, Protocol

import polars as pl

from queries import Source

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Sheet(Protocol):
    """What can be written as a file: rows with Danish column names, and what they are."""

    @property
    def title(self) -> str:
        """What the file holds, in words."""
        ...

    @property
    def rows(self) -> pl.DataFrame:
        """The rows."""
        ...

    @property
    def sources(self) -> Sequence[Source]:
        """Where the rows come from."""
        ...

    @property
    def synthetic(self) -> bool:
        """Whether any row is made up."""
        ...

    @property
    def file_stem(self) -> str:
        """The file's name without its ending."""
        ...

    @property
    def version(self) -> str:
        """The data version."""
        ...

    def about(self) -> list[tuple[str, str]]:
        """Return what a reader must know beside the rows."""
        ...

    def head(self) -> dict[str, Any]:
        """Return the same for a program."""
        ...


def as_csv(data: Sheet) -> bytes:
    """Return `;`-separated UTF-8 with byte-order mark and decimal comma, as Danish Excel wants."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(data.rows.columns)
    for row in data.rows.iter_rows():
        writer.writerow([_csv_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    text = str(value)
    # A spreadsheet runs a cell that begins like a formula.
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_json(data: Sheet) -> bytes:
    """Return an object with title, period, definition, sources, data version and `raekker`."""
    body = data.head() | {
        "kilder": [source_record(source) for source in data.sources],
        "raekker": data.rows.to_dicts(),
    }
    return json.dumps(body, ensure_ascii=False, indent=1, default=iso).encode()


def source_record(source: Source) -> dict[str, Any]:
    """Return a source as JSON has it."""
    return {
        "id": source.source_id,
        "udgiver": source.publisher,
        "titel": source.title,
        "dokument": source.document_id,
        "berigtiget": source.is_correction,
        "offentliggjort": iso(source.published_on) or source.published_note,
        "aflaest": iso(source.retrieved_on),
        "sha256": source.sha256,
        "slags": source.kind,
    }


def iso(day: object) -> str | None:
    """Return a date as a program writes it, None where there is none."""
    return day.isoformat() if isinstance(day, dt.date) else None
