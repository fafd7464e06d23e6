"""A series as a download: every month of the country and of the areas asked for."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pages.exports.dataset import (
    Asked,
    Dataset,
    measured,
    one_version,
    used_sources,
    with_label,
    word,
)
from pages.language import danish
from queries import LAND, Atlas, Level, UserError, statistics


def series(atlas: Atlas, asked: Asked, area_ids: Sequence[str]) -> Dataset:
    """Return every period of `area_ids` from every source, or from those of one kind.

    `asked.period` is not used. Raises UserError as the façade does, and where there is nothing.
    """
    return one_version(atlas, lambda version: _series(atlas, version, asked, area_ids))


def areas_of(atlas: Atlas, level: Level, within: str, kommune: str | None) -> list[str]:
    """Return the country and one area, or all areas of a level in `within`.

    The one area is `kommune` (its id on the level), or `within` where the level is the country.
    """
    one = kommune or (within if level == "land" else LAND)
    if one != LAND or level == "land":
        return list(dict.fromkeys((LAND, one)))
    areas = atlas.areas().filter(pl.col("level") == level)
    inside = pl.col("within").list.contains(within) | (pl.col("area_id") == within)
    return areas.filter(inside)["area_id"].to_list()


def _with_interval(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with Wilson's interval; ranks would compare every month with every other."""
    needed = ("numerator", "denominator_low", "denominator_high")
    there = pl.all_horizontal(pl.col(*needed).is_not_null()) & (pl.col("status") == "shown")
    rows = cells.with_row_index("row")
    shown = rows.filter(there)
    count, low, high = (shown[name].to_numpy() for name in needed)
    interval = {
        "row": shown["row"],
        "low_pct": statistics.wilson(count, high)[0],
        "high_pct": statistics.wilson(count, low)[1],
    }
    return rows.join(pl.DataFrame(interval), on="row", how="left", maintain_order="left")


def _series(atlas: Atlas, version: str, asked: Asked, area_ids: Sequence[str]) -> Dataset:
    indicator = atlas.indicator(asked.indicator_id)
    cells = atlas.series(asked.indicator_id, area_ids, breakdown=asked.breakdown, as_of=asked.as_of)
    if asked.source_kind is not None:
        cells = cells.filter(pl.col("kind") == asked.source_kind)
    if cells.is_empty():
        raise UserError("Der er ingen tal i serien med de valg.")
    used = used_sources(atlas, cells)
    periods = sorted(cells["period"].unique().to_list())
    first, last = periods[0], periods[-1]
    areas = atlas.areas()
    chosen = [area for area in area_ids if area != LAND]
    single = chosen[0] if len(chosen) == 1 else asked.within
    documents = {key: source.document_id for key, source in used.items()}
    levels = dict(areas.select("area_id", "level").rows())
    rows = _with_interval(cells).select(
        omraadekode="area_id",
        omraade="name",
        niveau=word("area_id", levels),
        **measured(indicator),
        kilde=word("source_id", documents),
    )
    return Dataset(
        indicator=indicator,
        breakdown=asked.breakdown,
        period=f"{first}-{last}",
        when=f"{danish.period(first)} til {danish.period(last)}",
        level=asked.level,
        within=single,
        within_name=areas.filter(pl.col("area_id") == single)["name"].item(),
        rows=with_label(rows, cells["source_id"], used),
        everywhere=cells,
        sources=tuple(used.values()),
        version=version,
        series=True,
        as_of=asked.as_of,
    )
