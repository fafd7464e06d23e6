"""What batches would change in the warehouse that is in use."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from queries.atlas import Atlas
from queries.errors import UserError, WarehouseUnavailableError
from queries.imports.told import Series
from queries.sources.incoming import Batch

_GROUP = ("indicator_id", "period", "breakdown")
_NUMBERS = ("numerator", "share_pct", "share_decimals")


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


def earlier(indicator_id: str) -> pl.DataFrame:
    """Return the real numbers of kommuner that a new sheet is held against.

    Columns: area_id, period, breakdown, numerator.
    """
    atlas = Atlas()
    columns = ("area_id", "period", "breakdown", "numerator")
    if indicator_id not in _known_indicators(atlas):
        return pl.DataFrame(schema={**dict.fromkeys(columns[:3], pl.String), "numerator": pl.Int64})
    parts = ("alle", *atlas.indicator(indicator_id).breakdowns)
    frames = [atlas.months(indicator_id, "kommune", breakdown=part) for part in parts]
    real = [frame.filter(pl.col("kind") != "synthetic").select(columns) for frame in frames]
    return pl.concat(real).filter(pl.col("numerator").is_not_null())


def _known_indicators(atlas: Atlas) -> Collection[str]:
    """Return the indicators that have numbers; none where nothing is built yet."""
    try:
        return atlas.indicators
    except WarehouseUnavailableError:
        return ()


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
    if indicator not in _known_indicators(atlas) or period not in atlas.periods(indicator):
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
    """Whether both have the number and they are not the same, shares as far as both are printed."""
    mine, theirs = pl.col(name).cast(pl.Float64), pl.col(f"{name}_known")
    close = pl.lit(1e-9)
    if name == "share_pct":
        decimals = pl.min_horizontal("share_decimals", "share_decimals_known").cast(pl.Float64)
        close = 0.5 * pl.lit(10.0).pow(-decimals) + 1e-9
    return ((mine - theirs).abs() > close).fill_null(value=False)
