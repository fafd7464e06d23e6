"""The map of 98 kommuner and 94 jobcentre: what pages may ask of the geometry.

Importing this package loads no geometry library. ``python -m geodata`` makes the map.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from geodata.asset import Area, Frame, MapAsset, Source, Tiles, parse_map, with_tiles
from queries.errors import UserError

__all__ = [
    "MAP_PATH",
    "Area",
    "Frame",
    "MapAsset",
    "Source",
    "Tiles",
    "imported_path",
    "load_map",
    "map_bytes",
    "map_hash",
    "map_path",
]

MAP_PATH = Path(__file__).with_name("map.json")
"""The generalised map that is shipped."""

_ROOT = Path(__file__).resolve().parents[1]
_Version = tuple[Path, int, int]


def imported_path() -> Path:
    """Return where an imported official map lies (it need not exist)."""
    data = Path(os.environ.get("INDSATSATLAS_DATA") or _ROOT / ".data")
    return data / "geodata" / "map.json"


def map_path() -> Path:
    """Return the file that is served: an imported official map, else the shipped one."""
    return _version()[0]


def map_bytes() -> bytes:
    """Return the served file as it is (JSON, UTF-8)."""
    return _read(_version())[0]


def map_hash() -> str:
    """Return 16 hexadecimal digits that change when the served map does."""
    return _read(_version())[1]


def load_map() -> MapAsset:
    """Return the served map; a newly imported one without a restart.

    Raises UserError when the file cannot be read as a map.
    """
    return _read(_version())[2]


def _version() -> _Version:
    for path in (imported_path(), MAP_PATH):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        return path, status.st_mtime_ns, status.st_size
    raise UserError(f"Kortet mangler: {MAP_PATH.name} skulle ligge i mappen geodata.")


@lru_cache(maxsize=2)
def _read(version: _Version) -> tuple[bytes, str, MapAsset]:
    content = version[0].read_bytes()
    try:
        content = with_tiles(content, MAP_PATH)
        asset = parse_map(content)
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"Kortfilen {version[0].name} kan ikke læses som et kort ({error!r}). "
            "Kør «python -m geodata restore» for at gå tilbage til det medfølgende kort."
        ) from error
    return content, hashlib.sha256(content).hexdigest()[:16], asset
