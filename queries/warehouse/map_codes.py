"""The areas that the served map has, read as data: this package knows no geometry."""

from __future__ import annotations

import json

from queries.warehouse.paths import ROOT

SERVED_MAP = ROOT / "geodata" / "map.json"


def map_codes() -> dict[str, set[str]]:
    """Return the area ids of the map by level; the warehouse must have the same."""
    levels = json.loads(SERVED_MAP.read_text("utf-8"))["levels"]
    return {level: {area["id"] for area in areas} for level, areas in levels.items()}
