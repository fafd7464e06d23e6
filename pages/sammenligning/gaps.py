"""From each chosen area to the country, its region and its peers, in pct.points and in people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import polars as pl

from pages.sammenligning import peers
from pages.sammenligning.comparison import Cell, Judged
from queries import Atlas, statistics

NO_REGIONS = "Kilden har ingen tal for regioner"


@dataclass(frozen=True)
class Beside:
    """An area beside one reference; `why_not` says why there is nothing to compare with."""

    name: str
    share: str | float | None
    gap: statistics.Gap | None
    verdict: str | None
    why_not: str = ""


@dataclass(frozen=True, eq=False)
class Row:
    """One chosen area with its cell and what it is compared with."""

    cell: Cell
    country: Beside
    region: Beside
    peers: Beside
    peer_ids: tuple[str, ...]


@lru_cache(maxsize=256)
def gaps(atlas: Atlas, one: Judged, area_ids: tuple[str, ...], rule: str) -> list[Row]:
    """Return the chosen areas in order, each beside country, region and the peers of `rule`."""
    return [_row(atlas, one, cell, rule) for cell in one.rows(area_ids)]


def _row(atlas: Atlas, one: Judged, cell: Cell, rule: str) -> Row:
    mine = one.some([cell["area_id"]])
    country = Beside(
        "hele landet",
        one.national["share_pct"],
        statistics.gap(cell, one.national),
        cell["verdict"],
    )
    found = peers.group(atlas, atlas.version, cell["area_id"], one.level, rule)
    total = statistics.total(one.some(found.area_ids)) if found.area_ids else None
    beside_peers = Beside(
        "de sammenlignelige", None, None, None, found.problem or "Ingen viste tal"
    )
    if total is not None:
        beside_peers = _beside_peers(mine, as_cell(total, one.national))
    return Row(cell, country, _region(atlas, one, mine), beside_peers, found.area_ids)


def _region(atlas: Atlas, one: Judged, mine: pl.DataFrame) -> Beside:
    name = str(mine["region"][0])
    reference, verdicts = _in_region(atlas, one, name)
    if reference is None:
        return Beside(name, None, None, None, NO_REGIONS)
    return _beside(name, mine, reference, verdicts[mine["area_id"][0]])


@lru_cache(maxsize=512)
def _in_region(
    atlas: Atlas, one: Judged, name: str
) -> tuple[Mapping[str, Any] | None, Mapping[str, str | None]]:
    """Return a region's cell and the verdict of each area in it, judged together, not each alone.

    A verdict is of an area and what it stands beside; which others are judged is all the same.
    """
    regions = atlas.cells(one.subject.indicator.indicator_id, one.subject.period, "region")
    found = regions.filter(pl.col("name") == name, pl.col("kind") == one.kind)
    if found.is_empty():
        return None, {}
    reference = found.row(0, named=True)
    areas = one.cells.filter(pl.col("region") == name).select(PLAIN)
    judged = statistics.judged(areas, reference)
    return reference, dict(judged.select("area_id", "verdict").rows())


def _beside(
    name: str, mine: pl.DataFrame, reference: Mapping[str, Any], verdict: str | None
) -> Beside:
    share = reference["share_pct"]
    if reference["status"] != "shown":
        return Beside(name, None, None, None, "Tallet er skjult")
    return Beside(name, share, statistics.gap(mine.row(0, named=True), reference), verdict)


def _beside_peers(mine: pl.DataFrame, reference: Mapping[str, Any]) -> Beside:
    """Peers may be a handful of people: what sets them apart must be more than their chance too."""
    verdict = statistics.judged(mine.select(PLAIN), reference)["verdict"][0]
    found = _beside("de sammenlignelige", mine, reference, verdict)
    if found.verdict is None or statistics.apart(mine.row(0, named=True), reference):
        return found
    return replace(found, verdict="alike")


PLAIN = ("area_id", "level", "status", "numerator", "denominator_low", "denominator_high", "kind")


def as_cell(total: statistics.Total, national: Cell) -> dict[str, Any]:
    """Return a total as a cell to compare with; its share is rounded as the country's is."""
    middle = (total.share_low_pct + total.share_high_pct) / 2
    return {
        "status": "shown",
        "numerator": total.numerator,
        "denominator_low": total.denominator_low,
        "denominator_high": total.denominator_high,
        "share_pct": round(middle, national["share_decimals"]),
    }


@dataclass(frozen=True)
class Potential:
    """People it would take if the areas on the wrong side of a target came to it."""

    people_low: int
    people_high: int
    areas_low: int
    areas: int
    """Areas that may have to move; `areas_low` must, whatever rounding hides."""


def potentials(one: Judged, rows: list[Row]) -> dict[str, Potential] | None:
    """Return what it would take, by target: the country, and each area's peers' best quarter.

    'land' is for the chosen areas, 'fagfaeller' for them by their own peers, 'alle' for every
    area of the level with numbers to the country's share. None where neither way is better.
    """
    polarity = one.subject.indicator.polarity
    if polarity == "neutral":
        return None
    lower = polarity == "lower_is_better"
    chosen = one.some([row.cell["area_id"] for row in rows])
    found = {
        "land": _single(statistics.potential(chosen, one.national, lower_is_better=lower)),
        "alle": _single(statistics.potential(one.cells, one.national, lower_is_better=lower)),
        "fagfaeller": _to_peers(one, rows, lower=lower),
    }
    return {name: value for name, value in found.items() if value is not None}


def _single(found: statistics.Potential | None) -> Potential | None:
    if found is None:
        return None
    return Potential(found.people_low, found.people_high, found.areas_low, found.areas)


def _to_peers(one: Judged, rows: list[Row], *, lower: bool) -> Potential | None:
    parts = []
    for row in rows:
        target = statistics.best_quarter(one.some(row.peer_ids), lower_is_better=lower)
        mine = one.some([row.cell["area_id"]])
        if target is not None:
            parts.append(statistics.potential(mine, target, lower_is_better=lower))
    known = [part for part in parts if part is not None]
    if not known:
        return None
    return Potential(
        sum(part.people_low for part in known),
        sum(part.people_high for part in known),
        sum(part.areas_low for part in known),
        sum(part.areas for part in known),
    )
