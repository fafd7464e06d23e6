"""The atlas's own kommuner and jobcentre as GeoJSON in degrees, as a WebGL map wants them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import geopandas

from queries import Atlas

KOMMUNER = Path(__file__).resolve().parents[3] / "geodata" / "kommuner.geojson"


@cache
def geojson(level: str) -> bytes:
    """Return the areas of `level` ('kommune', 'jobcenter'); each feature's id is the area's."""
    shapes = geopandas.read_file(KOMMUNER).rename(columns={"kommunekode": "area_id"})
    if level == "jobcenter":
        members = Atlas().areas().filter(level="kommune").select("area_id", "jobcenter_id").rows()
        shapes["area_id"] = shapes["area_id"].map(dict(members))
        shapes = shapes.dissolve("area_id", as_index=False)
    degrees = shapes.to_crs("EPSG:4326").set_index("area_id")
    degrees.geometry = degrees.geometry.set_precision(1e-4)
    return bytes(degrees.to_json().encode())
