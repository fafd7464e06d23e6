"""Cells of the façade as rows of a printed table: the words of the screen, the numbers behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from pages.figures.area_cells import table_row
from pages.language import chance, danish
from pages.language.sentences import LEVEL_NOUNS, reason
from pages.samraad.model import NO_NUMBER, Cell, Column, Table

PEOPLE, PERCENT = "personer", "pct."
WITHOUT = ("suppressed", "left_out", "not_collected")
AREA_HEADS = {
    "land": "Land",
    "region": "Region",
    "landsdel": "Landsdel",
    "kommune": "Kommune",
    "jobcenter": "Jobcenter",
}


def words(*texts: str) -> tuple[Cell, ...]:
    """Return texts as cells."""
    return tuple(Cell(text, text) for text in texts)


def table_of_areas(
    cells: pl.DataFrame, level: str, decimals: int, selected: str | None, *, judged: bool = False
) -> Table:
    """Return one row per area in the order given: count, share, denominator.

    With `judged` (rows of `statistics.judged`) also interval, verdict and places.
    """
    rows = list(cells.iter_rows(named=True))
    columns = [
        Column(AREA_HEADS[level]),
        Column("Antal", PEOPLE),
        Column("Andel", PERCENT, decimals),
        Column("Nævner", PEOPLE),
    ]
    if judged:
        columns += [
            Column("Usikkerhed, 95 pct."),
            Column("Mod hele landet"),
            Column("Plads fra højeste"),
        ]
    return Table(
        columns=tuple(columns),
        rows=tuple(
            (*words(row["name"]), *numbers(row), *(_beside(row) if judged else ())) for row in rows
        ),
        marked=next((n for n, row in enumerate(rows) if row["area_id"] == selected), None),
    )


def numbers(cell: Mapping[str, Any]) -> tuple[Cell, Cell, Cell]:
    """Return count, share and denominator of a cell, each with the mark of what is not shown."""
    count, share, base = table_row(cell)
    status = str(cell["status"])
    low, high = cell["denominator_low"], cell["denominator_high"]
    exact = low if low == high else None
    return (
        _cell(count, cell["numerator"], status),
        # A share may be published beside a count that is hidden.
        _cell(share, cell["share_pct"], status),
        Cell(base, exact) if low is not None else Cell(base, None, status),
    )


def word(cell: Mapping[str, Any] | None) -> str:
    """Return the word for a share that is not there, '' where there is one."""
    if cell is None:
        return NO_NUMBER
    return "" if cell["share_pct"] is not None else table_row(cell)[1]


def _cell(text: str, value: float | None, status: str) -> Cell:
    return Cell(text, value, "shown") if value is not None else Cell(text, None, status)


def _beside(cell: Mapping[str, Any]) -> tuple[Cell, ...]:
    return words(chance.interval(cell), chance.verdict(cell), chance.ranks(cell))


def without_number(cells: pl.DataFrame, level: str) -> list[str]:
    """Return how many areas have no number, by reason: '6 kommuner skjult. …'."""
    said = dict(zip(WITHOUT, ("skjult", "udeladt af kilden", "ikke opgjort"), strict=True))
    counted = (
        cells.filter(pl.col("status") != "shown")
        .group_by("status", "note", maintain_order=True)
        .len()
        .sort("len", "status", "note", descending=[True, False, False])
    )
    return [
        f"{danish.number(many)} {LEVEL_NOUNS[level][many != 1]} {said[status]}"
        f"{f'. {reason(note)}' if note else ''}."
        for status, note, many in counted.iter_rows()
    ]


def of_frame(rows: pl.DataFrame, heads: Mapping[str, str], units: Mapping[str, str]) -> Table:
    """Return a frame as a table; `heads` are its columns' headings, in order."""
    return Table(
        columns=tuple(Column(head, units.get(name, "")) for name, head in heads.items()),
        rows=tuple(
            tuple(_plain(value) for value in row) for row in rows.select(*heads).iter_rows()
        ),
    )


def _plain(value: object) -> Cell:
    if value is None or value == "":
        return Cell("–", None)
    if isinstance(value, bool):
        return Cell("ja" if value else "nej")
    if isinstance(value, int | float):
        whole = value == int(value)
        return Cell(danish.number(value, 0 if whole else 1), value)
    return Cell(str(value), str(value))


def one_row(cells: Sequence[Mapping[str, Any]], decimals: int, heads: Iterable[str]) -> Table:
    """Return a short table of some cells, named by `heads`."""
    return Table(
        columns=(
            Column("Område"),
            Column("Antal", PEOPLE),
            Column("Andel", PERCENT, decimals),
            Column("Nævner", PEOPLE),
        ),
        rows=tuple((*words(head), *numbers(cell)) for head, cell in zip(heads, cells, strict=True)),
    )
