"""From an indicator's parts to stacks: shares of the whole, and hidden parts as one rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pages.figures.area_cells import NBSP
from pages.figures.stacked import HIDDEN, Stack
from pages.language import danish, sentences

Cell = Mapping[str, Any]


def joined(parts: Sequence[pl.DataFrame]) -> list[tuple[Cell, ...]]:
    """Return the cells of each area, one per part, in the order of the first frame."""
    found = [{row["area_id"]: row for row in part.iter_rows(named=True)} for part in parts]
    return [tuple(part[area_id] for part in found) for area_id in parts[0]["area_id"]]


def in_order(rows: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Return areas by the first part's share, the highest on top, then those without, by name."""

    def key(row: tuple[Cell, ...]) -> tuple[bool, float, str]:
        share = row[0]["share_pct"]
        return share is None, -(share or 0.0), danish.sort_key(row[0]["name"])

    return sorted(rows, key=key)


def whole(row: Sequence[Cell]) -> int | None:
    """Return the people in all parts, None where no part says it or they do not agree."""
    known = {
        (cell["denominator_low"], cell["denominator_high"])
        for cell in row
        if cell["status"] == "shown" and cell["denominator_low"] is not None
    }
    if len(known) != 1:
        return None
    ((low, high),) = known
    return int(low) if low == high else None


def stack(row: Sequence[Cell]) -> Stack:
    """Return one area's stack; the rest is drawn only where it holds two hidden parts or more.

    One hidden part alone would be read off as what the others leave.
    """
    people = whole(row)
    name = row[0]["name"].removeprefix("Jobcenter ")
    hidden = [cell for cell in row if cell["status"] == "suppressed"]
    if people is None or (len(hidden) == 1):
        word = sentences.value(row[0]).replace(NBSP, " ")
        return Stack(row[0]["area_id"], name, (None,) * len(row), None, word, ("",) * len(row))
    shares = tuple(
        100 * cell["numerator"] / people if people and cell["status"] == "shown" else None
        for cell in row
    )
    rest = 100 - sum(share or 0.0 for share in shares) if hidden else None
    first = row[0]
    label = HIDDEN
    if first["status"] == "shown" and first["share_pct"] is not None:
        label = danish.pct(first["share_pct"], first["share_decimals"]).replace(NBSP, " ")
    return Stack(
        first["area_id"],
        f"{name} ({danish.number(people)})",
        shares,
        rest,
        label,
        tuple(sentences.value(cell).replace(NBSP, " ") for cell in row),
    )


def table_texts(row: Sequence[Cell]) -> tuple[str, ...]:
    """Return the whole and each part as a table writes them: '236', '90 pct. (212)', 'skjult'."""
    people = whole(row)
    return (danish.number(people) if people is not None else "–", *(_part(cell) for cell in row))


def _part(cell: Cell) -> str:
    if cell["status"] != "shown" or cell["share_pct"] is None:
        return sentences.value(cell)
    share = danish.pct(cell["share_pct"], cell["share_decimals"])
    return f"{share} ({danish.number(cell['numerator'])})"
