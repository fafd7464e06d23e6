"""The map as pages read it: frozen, checked when read, and free of geometry libraries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

LEVELS = ("kommune", "jobcenter")


@dataclass(frozen=True)
class Source:
    """Where the borders come from; ``generalised`` means for reading, not for measuring."""

    id: str
    title: str
    licence: str
    attribution: str
    generalised: bool


@dataclass(frozen=True)
class Frame:
    """An inset's box: Danish label, and [x, y, width, height] in SVG units."""

    id: str
    label: str
    rect: tuple[float, float, float, float]


@dataclass(frozen=True)
class Tiles:
    """How the equal-area map is drawn, in units of its own.

    `width` is that of a hexagon without the gap to the next; `side` is the length of its side, and
    from its middle to its upper corner; `hexagon` is the path from that corner round.
    """

    view_box: tuple[float, float, float, float]
    width: float
    side: float
    hexagon: str

    def path(self, area: Area) -> str:
        """Return the hexagon of an area."""
        x, y = area.tile
        return f"M{x:g} {y - self.side:g}{self.hexagon}"


@dataclass(frozen=True)
class Area:
    """One area: its name, its path (fill-rule evenodd), a point inside it, and the areas beside it.

    `tile` is the middle of its hexagon on the equal-area map, and `short` the name written there,
    a line break as `|`.
    """

    id: str
    name: str
    d: str
    label: tuple[float, float]
    neighbours: tuple[str, ...]
    tile: tuple[float, float]
    short: str


@dataclass(frozen=True)
class MapAsset:
    """A whole map. ``levels`` holds the areas sorted by id under "kommune" and "jobcenter"."""

    view_box: tuple[float, float, float, float]
    source: Source
    frames: tuple[Frame, ...]
    tiles: Tiles
    levels: Mapping[str, tuple[Area, ...]]


def parse_map(content: bytes) -> MapAsset:
    """Return the map in a file's content.

    Raises ValueError, KeyError or TypeError when the content is not a map.
    """
    values: dict[str, Any] = json.loads(content)
    return MapAsset(
        view_box=_four(values["view_box"]),
        source=Source(**values["source"]),
        frames=tuple(
            Frame(frame["id"], frame["label"], _four(frame["rect"])) for frame in values["frames"]
        ),
        tiles=_tiles(values["tiles"]),
        levels=MappingProxyType(
            {level: tuple(_area(area) for area in values["levels"][level]) for level in LEVELS}
        ),
    )


def with_tiles(content: bytes, shipped: Path) -> bytes:
    """Return a map's content; one imported before there were tiles gets those of `shipped`.

    Raises ValueError, KeyError or TypeError when the content is not a map.
    """
    values: dict[str, Any] = json.loads(content)
    if "tiles" in values:
        return content
    complete = json.loads(shipped.read_bytes())
    values["tiles"] = complete["tiles"]
    for level in LEVELS:
        tiles = {area["id"]: area for area in complete["levels"][level]}
        for area in values["levels"][level]:
            area |= {name: tiles[area["id"]][name] for name in ("name", "tile", "short")}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _tiles(values: dict[str, Any]) -> Tiles:
    return Tiles(_four(values["view_box"]), values["width"], values["side"], values["hexagon"])


def _area(values: dict[str, Any]) -> Area:
    x, y = values["label"]
    across, down = values["tile"]
    return Area(
        id=values["id"],
        name=values["name"],
        d=values["d"],
        label=(x, y),
        neighbours=tuple(values["neighbours"]),
        tile=(across, down),
        short=values["short"],
    )


def _four(numbers: list[float]) -> tuple[float, float, float, float]:
    a, b, c, d = numbers
    return (a, b, c, d)
