"""Simplify a coverage as a whole, and check that it is one."""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from shapely import MultiPolygon

from geodata.build.polygons import polygons_of


def simplify(coverage: Mapping[str, MultiPolygon], tolerance: float) -> dict[str, MultiPolygon]:
    """Return the coverage with fewer corners, every border still shared.

    ``tolerance`` (metres) is the side of the square whose area a dropped corner may span.
    """
    codes = sorted(coverage)
    simplified = shapely.coverage_simplify([coverage[code] for code in codes], tolerance)
    return {code: polygons_of(area) for code, area in zip(codes, simplified, strict=True)}


def round_to_metres(coverage: Mapping[str, MultiPolygon]) -> dict[str, MultiPolygon]:
    """Return the coverage in whole metres: the same for both sides of a border."""
    return {
        code: shapely.transform(area, lambda points: points.round())
        for code, area in sorted(coverage.items())
    }


def without_specks(
    coverage: Mapping[str, MultiPolygon], smallest_m2: float
) -> dict[str, MultiPolygon]:
    """Return the coverage without islets too small to see; the largest part always stays."""
    kept = {}
    for code, area in coverage.items():
        largest = max(part.area for part in area.geoms)
        kept[code] = MultiPolygon(
            [part for part in area.geoms if part.area >= min(smallest_m2, largest)]
        )
    return kept


def problems(coverage: Mapping[str, MultiPolygon]) -> list[str]:
    """Return what keeps the polygons from being a valid coverage, in English; empty when valid."""
    found = [
        f"{code}: {shapely.is_valid_reason(area)}"
        for code, area in sorted(coverage.items())
        if not area.is_valid or area.is_empty
    ]
    codes = sorted(coverage)
    edges = shapely.coverage_invalid_edges([coverage[code] for code in codes])
    found += [
        f"{code}: border does not match its neighbour's ({edge.length:.0f} m)"
        for code, edge in zip(codes, edges, strict=True)
        if not edge.is_empty
    ]
    return found
