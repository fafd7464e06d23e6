"""Read the drawn map back into polygons: an independent look at what a browser gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from shapely import MultiPolygon, Polygon, box, make_valid

from geodata import Area, MapAsset
from geodata.build.polygons import polygons_of
from geodata.build.svgpath import polygons_of_path


def frames(asset: MapAsset) -> dict[str, Polygon]:
    return {
        frame.id: box(x, y, x + width, y + height)
        for frame in asset.frames
        for x, y, width, height in [frame.rect]
    }


def evenodd(rings: Iterable[Polygon]) -> MultiPolygon:
    """Return what a browser fills; a ring that crosses itself is taken apart first."""
    valid = (make_valid(ring) for ring in rings)
    return polygons_of(reduce(lambda a, b: a.symmetric_difference(b), valid, Polygon()))


def in_country(area: Area, boxes: Mapping[str, Polygon]) -> MultiPolygon:
    """Return what is drawn outside every frame."""
    rings = polygons_of_path(area.d)
    return evenodd(ring for ring in rings if not any(ring.within(b) for b in boxes.values()))


def in_frame(area: Area, frame: Polygon) -> MultiPolygon:
    return evenodd(ring for ring in polygons_of_path(area.d) if ring.within(frame))
