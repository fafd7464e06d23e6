"""Small helpers on polygons that several steps need."""

from __future__ import annotations

from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry


def polygons_of(shape: BaseGeometry) -> MultiPolygon:
    """Return the polygons of any geometry; lines and points fall away."""
    if isinstance(shape, Polygon):
        return MultiPolygon([] if shape.is_empty else [shape])
    parts = getattr(shape, "geoms", ())
    return MultiPolygon([polygon for part in parts for polygon in polygons_of(part).geoms])
