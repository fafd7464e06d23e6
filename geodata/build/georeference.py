"""Place the drawing in UTM zone 32: an affine fit, then a smooth warp onto known facts.

The facts are a centroid and a size per kommune (kommune_centroider.csv). Bornholm is drawn as
an inset in the source and gets a placement of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer
from shapely import MultiPolygon
from shapely.affinity import affine_transform

from geodata.build.coverage import simplify
from geodata.build.polygons import polygons_of
from geodata.build.warp import Targets, fit_field

BORNHOLM = "0400"
TAARNBY = "0185"
# Saltholm belongs to Tårnby and is not drawn in the source: where it lies and its size in km².
SALTHOLM = (12.7656, 55.6367, 16.0)

UTM32 = "EPSG:25832"
_SKETCH_M = 400.0


@dataclass(frozen=True)
class Place:
    """What is known about a kommune: centroid (UTM 32, metres) and size (m²)."""

    x: float
    y: float
    size: float


def read_places(file: Path) -> dict[str, Place]:
    """Return {kommunekode: Place} for what the source draws (Tårnby without Saltholm)."""
    to_utm = Transformer.from_crs("EPSG:4326", UTM32, always_xy=True)
    places = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            x, y = to_utm.transform(float(row["lon"]), float(row["lat"]))
            places[row["kommunekode"]] = Place(x, y, float(row["areal_km2"]) * 1e6)
    lon, lat, km2 = SALTHOLM
    x, y = to_utm.transform(lon, lat)
    places[TAARNBY] = _without(places[TAARNBY], Place(x, y, km2 * 1e6))
    return places


def place_roughly(
    drawn: Mapping[str, MultiPolygon], places: Mapping[str, Place]
) -> dict[str, MultiPolygon]:
    """Return the drawing in metres: one affine map for all, a shift and a scale for Bornholm."""
    mainland = sorted(set(drawn) - {BORNHOLM})
    centroids = np.array([[drawn[code].centroid.x, drawn[code].centroid.y, 1] for code in mainland])
    known = np.array([[places[code].x, places[code].y] for code in mainland])
    fit = np.linalg.lstsq(centroids, known, rcond=None)[0]
    (a, d), (b, e), (dx, dy) = fit.tolist()
    placed = {code: affine_transform(area, [a, b, d, e, dx, dy]) for code, area in drawn.items()}
    place, island = places[BORNHOLM], placed[BORNHOLM]
    scale = (place.size / island.area) ** 0.5
    shift_x, shift_y = place.x - scale * island.centroid.x, place.y - scale * island.centroid.y
    placed[BORNHOLM] = affine_transform(island, [scale, 0, 0, scale, shift_x, shift_y])
    return {code: polygons_of(area) for code, area in placed.items()}


def warp(
    coverage: Mapping[str, MultiPolygon], places: Mapping[str, Place]
) -> dict[str, MultiPolygon]:
    """Return the coverage bent onto the known centroids and sizes; borders stay shared."""
    codes = sorted(set(coverage) - {BORNHOLM})
    targets = Targets(
        centroids=np.array([[places[code].x, places[code].y] for code in codes]),
        sizes=np.array([places[code].size for code in codes]),
    )
    # Centroids and sizes hardly depend on small corners: a third of them, a third of the time.
    sketch = simplify({code: coverage[code] for code in codes}, _SKETCH_M)
    field = fit_field([sketch[code] for code in codes], targets)
    bent = shapely.transform(
        [coverage[code] for code in codes], lambda points: points + field(points)
    )
    return {BORNHOLM: coverage[BORNHOLM], **dict(zip(codes, bent, strict=True))}


def _without(whole: Place, part: Place) -> Place:
    size = whole.size - part.size
    return Place(
        x=(whole.x * whole.size - part.x * part.size) / size,
        y=(whole.y * whole.size - part.y * part.size) / size,
        size=size,
    )
