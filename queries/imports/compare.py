"""What batches would change in the warehouse that is in use."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from queries.atlas import Atlas
from queries.errors import UserError
from queries.imports.told import Series
from queries.sources.incoming import Batch

_GROUP = ("indicator_id", "period", "breakdown")
_NUMBERS = ("numerator", "share_pct")


def series(batches: Sequence[Batch], atlas: Atlas | None = None) -> tuple[Series, ...]:
    """Return a line per indicator, period and breakdown, in that order.

    A cell is new where no source but a made-up one has it, changed where the source that it
    corrects has another number, and in conflict where another source has.
    """
    atlas = atlas or Atlas()
    found = [
        _one(atlas, batch, cells)
        for batch in batches
        for _, cells in batch.cells.sort(*_GROUP).group_by(*_GROUP, maintain_order=True)
    ]
    return tuple(found)


def _one(atlas: Atlas, batch: Batch, cells: pl.DataFrame) -> Series:
    indicator, period, breakdown = (str(cells[name][0]) for name in _GROUP)
    shown = cells.filter(status="shown")
    known = _known(atlas, indicator, period, breakdown)
    both = shown.select("area_id", *_NUMBERS).join(known, on="area_id", suffix="_known")
    other = both.filter(_differs("numerator") | _differs("share_pct"))
    corrected = other.filter(pl.col("source_id") == (batch.provenance.corrects or ""))
    return Series(
        indicator=indicator,
        period=period,
        breakdown=breakdown,
        cells=cells.height,
        added=shown.height - both.height,
        changed=corrected.height,
        hidden=cells.height - shown.height,
        conflicts=other.height - corrected.height,
    )


def _known(atlas: Atlas, indicator: str, period: str, breakdown: str) -> pl.DataFrame:
    """Return the cells that a reader sees now: area_id, numerator, share_pct, source_id."""
    columns = {"area_id": pl.String, **dict.fromkeys(_NUMBERS, pl.Float64), "source_id": pl.String}
    empty = pl.DataFrame(schema=columns)
    if indicator not in atlas.indicators or period not in atlas.periods(indicator):
        return empty
    levels = ("land", "region", "landsdel", "kommune", "jobcenter")
    found = [empty]
    for level in levels:
        try:
            rows = atlas.cells(indicator, period, level, breakdown=breakdown)  # type: ignore[arg-type]
        except UserError:  # not told for this breakdown or at this level
            continue
        real = rows.filter(pl.col("status") == "shown", pl.col("kind") != "synthetic")
        found.append(real.select(pl.col(name).cast(kind) for name, kind in columns.items()))
    return pl.concat(found)


def _differs(name: str) -> pl.Expr:
    mine, theirs = pl.col(name).cast(pl.Float64), pl.col(f"{name}_known")
    return (mine.is_not_null() & theirs.is_not_null() & ((mine - theirs).abs() > 1e-9)).fill_null(
        value=False
    )
