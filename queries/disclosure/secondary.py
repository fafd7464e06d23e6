"""Secondary suppression: hide further until nothing hidden can be computed from what is shown.

Pure: a frame in, a frame out. The criterion is exact for what is in `relations`: shown cells are
known, counts are whole and never negative, and nobody knows more. Which cells are hidden further
is greedy (cheapest cover of one cell at a time), not the least possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from queries.disclosure.network import Arc, Relation, cheapest_cover, ends, fixed

PROTECT_SCHEMA = pl.Schema(
    {
        "cell": pl.String,
        "count": pl.Int64,
        "rest": pl.Int64,
        "whole_known": pl.Boolean,
        "hidden": pl.Boolean,
        "secret": pl.Boolean,
        "may_hide": pl.Boolean,
        "cost": pl.Int64,
    }
)
"""What `protect` reads of a cell: its true `count`; the `rest` of its whole (the complement), null
where relations hold the rest as cells of its own; whether a reader may know the whole (count +
rest); whether the cell is `hidden` already; whether its value must stay unknown where it is hidden
(`secret`); whether it `may_hide`, and at what `cost`."""


def protect(cells: pl.DataFrame, relations: Sequence[Relation]) -> pl.DataFrame:
    """Return `cells` with `hidden` set on as many more as it takes.

    `cells` has PROTECT_SCHEMA, one row per cell; `relations` name them and form a network (see
    `network.ends`). A cell named there that has no row is known to everyone, and cells in no
    relation pass as they are. Afterwards no hidden, secret cell has a count or a rest that the
    shown cells determine. Where no cover exists, every cell that may be hidden is. Idempotent.
    """
    rows = {row["cell"]: row for row in cells.iter_rows(named=True)}
    places = {cell: place for cell, place in ends(relations).items() if cell in rows}
    hidden = {cell for cell in places if rows[cell]["hidden"]}
    secret = [cell for cell in places if rows[cell]["secret"]]
    usable = [cell for cell in places if cell in hidden or rows[cell]["may_hide"]]
    both = (("count", "rest"), ("rest", "count"))
    views = [
        {cell: _arc(rows[cell], places[cell], one, other) for cell in usable}
        for one, other in (both[:1] if cells["rest"].null_count() else both)
    ]
    for exposed in _until_safe(views, hidden, secret):
        # The largest first: its cover is often one for the smaller ones too.
        for cell in sorted(exposed.cells, key=lambda name: (-rows[name]["cost"], name)):
            if fixed(exposed.arcs, hidden, [cell]):
                hidden |= cheapest_cover(exposed.arcs, hidden, cell) or set(usable)
    return cells.with_columns(hidden=pl.col("hidden") | pl.col("cell").is_in(list(hidden)))


@dataclass(frozen=True)
class _Exposed:
    arcs: dict[str, Arc]
    cells: list[str]


def _until_safe(
    views: list[dict[str, Arc]], hidden: set[str], secret: list[str]
) -> Iterator[_Exposed]:
    """Yield what is exposed, in one view after the other, until nothing is or all is hidden."""
    everything = set(views[0])
    open_ = True
    while open_:
        open_ = False
        for arcs in views:
            asked = [cell for cell in secret if cell in hidden]
            exposed = fixed(arcs, hidden, asked)
            if exposed and hidden != everything:
                open_ = True
                yield _Exposed(arcs, exposed)


def _arc(row: dict[str, Any], place: tuple[int, int], one: str, other: str) -> Arc:
    # The whole can follow where it is unknown; else one more here is one fewer in the rest.
    may_gain = not row["whole_known"] or row[other] > 0
    return Arc(*place, may_gain=may_gain, may_lose=row[one] > 0, cost=row["cost"])
