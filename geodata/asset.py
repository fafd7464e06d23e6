"""The map as pages read it: frozen, checked when read, and free of geometry libraries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
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
class Area:
    """One area: its path (fill-rule evenodd), a point inside it, and the areas beside it."""

    id: str
    d: str
    label: tuple[float, float]
    neighbours: tuple[str, ...]


@dataclass(frozen=True)
class MapAsset:
    """A whole map. ``levels`` holds the areas sorted by id under "kommune" and "jobcenter"."""

    view_box: tuple[float, float, float, float]
    source: Source
    frames: tuple[Frame, ...]
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
        levels=MappingProxyType(
            {level: tuple(_area(area) for area in values["levels"][level]) for level in LEVELS}
        ),
    )


def _area(values: dict[str, Any]) -> Area:
    x, y = values["label"]
    return Area(values["id"], values["d"], (x, y), tuple(values["neighbours"]))


def _four(numbers: list[float]) -> tuple[float, float, float, float]:
    a, b, c, d = numbers
    return (a, b, c, d)
