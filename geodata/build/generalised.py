"""The generalised map, from drawn paths to polygons, and from polygons to the served map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapely import MultiPolygon

from geodata.build.asset import asset_bytes, make_asset
from geodata.build.corrections import correct
from geodata.build.coverage import problems, round_to_metres, simplify
from geodata.build.facts import Kommune
from geodata.build.gaps import close_gaps
from geodata.build.georeference import Place, place_roughly, warp
from geodata.build.paths import drawn_polygons

SOURCE: dict[str, Any] = {
    "id": "react-denmark-map-1.0.0",
    "title": "Generaliseret kommunekort til læsning, ikke til opmåling",
    "licence": "MIT",
    "attribution": (
        "Tegnet efter react-denmark-map 1.0.0, © 2022 Martin Polley (MIT), "
        "rettet ind efter kommunernes tyngdepunkter og arealer"
    ),
    "generalised": True,
}
# Simplified twice: lightly, to make the warp quick, and afterwards to the size that is served.
_BEFORE_WARP_M = 120.0
_SERVED_M = 150.0


def make_coverage(paths: Mapping[str, str], places: Mapping[str, Place]) -> dict[str, MultiPolygon]:
    """Return the kommuner as a valid coverage in UTM 32, whole metres.

    Raises ValueError when the polygons do not fit together: the source or a step is wrong.
    """
    placed = correct(place_roughly(drawn_polygons(paths), places))
    closed = simplify(close_gaps(placed), _BEFORE_WARP_M)
    coverage = round_to_metres(simplify(warp(closed, places), _SERVED_M))
    if found := problems(coverage):
        raise ValueError("; ".join(found))
    return coverage


def make_map(
    coverage: Mapping[str, MultiPolygon],
    kommuner: Mapping[str, Kommune],
    jobcenter_of: Mapping[str, str],
) -> bytes:
    """Return the served map of the generalised polygons."""
    return asset_bytes(make_asset(coverage, kommuner, jobcenter_of, SOURCE))
