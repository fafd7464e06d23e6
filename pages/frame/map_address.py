"""Where the browser fetches the map's paths."""

from __future__ import annotations

import geodata


def map_address() -> str:
    """Return the address of the map's paths; it changes with their content."""
    return f"/geo/{geodata.map_hash()}.json"
