"""The committed files of the generalised map, and how a map file is replaced."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shapely import MultiPolygon
from shapely.geometry import mapping, shape

from geodata.build.polygons import polygons_of

FOLDER = Path(__file__).resolve().parents[1]
PATHS_JSON = FOLDER / "source" / "react-denmark-map-1.0.0.json"
CENTROIDS_CSV = FOLDER / "kommune_centroider.csv"
KOMMUNER_GEOJSON = FOLDER / "kommuner.geojson"


def read_paths(file: Path = PATHS_JSON) -> dict[str, str]:
    """Return the drawn paths of the source: {kommunekode: SVG path}."""
    paths: dict[str, str] = json.loads(file.read_text("utf-8"))["paths"]
    return paths


def paths_bytes(paths: Mapping[str, str]) -> bytes:
    """Return the drawn paths as the committed file, one kommune a line."""
    values = {
        "source": "react-denmark-map 1.0.0 (npm), dist/esm/index.js",
        "licence": "MIT, Copyright (c) 2022 Martin Polley; see LICENSE.md beside this file",
        "changed": "numbers made whole and relative; kommuner only",
        "paths": dict(sorted(paths.items())),
    }
    return (json.dumps(values, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n").encode()


def read_coverage(file: Path = KOMMUNER_GEOJSON) -> dict[str, MultiPolygon]:
    """Return the committed polygons: {kommunekode: UTM 32, whole metres}."""
    features = json.loads(file.read_text("utf-8"))["features"]
    return {
        feature["properties"]["kommunekode"]: polygons_of(shape(feature["geometry"]))
        for feature in features
    }


def coverage_bytes(coverage: Mapping[str, MultiPolygon]) -> bytes:
    """Return the polygons as GeoJSON in UTM 32, one kommune a line.

    GeoJSON is by its standard WGS 84; the older ``crs`` member says otherwise, is read by
    common tools, and keeps the coordinates whole.
    """
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {"kommunekode": code},
                "geometry": _whole(mapping(area)),
            },
            separators=(",", ":"),
        )
        for code, area in sorted(coverage.items())
    ]
    crs = '{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25832"}}'
    head = f'{{"type":"FeatureCollection","crs":{crs},"features":['
    return (head + "\n" + ",\n".join(lines) + "\n]}\n").encode()


def replace_file(path: Path, content: bytes) -> None:
    """Put new content in place in one step: a reader sees the old file or the new, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        os.replace(temporary, path)  # noqa: PTH105 - named here because it is the atomic step
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _whole(geometry: dict[str, Any]) -> dict[str, Any]:
    def whole(part: Any) -> Any:
        return int(part) if isinstance(part, float) else [whole(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": whole(geometry["coordinates"])}
