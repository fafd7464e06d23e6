"""The answer of `/data/{id}`: columns and rows, from JSON or CSV, of the same width throughout."""

from __future__ import annotations

import contextlib
import csv
import io
from dataclasses import dataclass

from queries.sources.http import Body, SourceUnavailableError
from queries.sources.jobindsats.faults import listed, refuse


@dataclass(frozen=True)
class Answer:
    """Labels and rows as the service sent them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def read_answer(body: Body, table: str) -> Answer:
    """Read JSON `{"columns", "rows"}` or CSV with semicolons; ImportRefusedError otherwise."""
    text = body.text()
    if text.lstrip().startswith(("{", "[")):
        return _checked(*_from_json(body, table), table)
    return _checked(*_from_csv(text, table), table)


def _from_json(body: Body, table: str) -> tuple[list[object], list[object]]:
    data = None
    with contextlib.suppress(SourceUnavailableError):
        data = body.json()
    columns = data.get("columns") if isinstance(data, dict) else None
    rows = data.get("rows") if isinstance(data, dict) else None
    if not isinstance(columns, list) or not isinstance(rows, list):
        raise refuse(table, "form_unknown", "svaret er ikke JSON med »columns« og »rows«.")
    return columns, rows


def _from_csv(text: str, table: str) -> tuple[list[object], list[object]]:
    try:
        lines = [line for line in csv.reader(io.StringIO(text), delimiter=";", strict=True) if line]
    except csv.Error:
        lines = []
    if len(lines) < 2 or len(lines[0]) < 3:
        raise refuse(table, "form_unknown", "svaret er hverken JSON eller CSV med semikolon.")
    return list(lines[0]), list(lines[1:])


def _checked(columns: list[object], rows: list[object], table: str) -> Answer:
    labels = tuple(label.strip() if isinstance(label, str) else "" for label in columns)
    if not all(labels):
        raise refuse(table, "column_without_name", f"en kolonne har intet navn ({listed(labels)}).")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != len(labels):
            text = f"række {number} har ikke {len(labels)} værdier, som kolonnerne har."
            raise refuse(table, "row_width", text)
    if not rows:
        raise refuse(table, "no_rows", "svaret har ingen rækker.")
    return Answer(labels, tuple(tuple(row) for row in rows if isinstance(row, list)))
