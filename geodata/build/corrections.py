"""Mistakes of the source that a reader of the map would notice, mended by general knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapely import MultiPolygon, box

from geodata.build.polygons import polygons_of


@dataclass(frozen=True)
class Transfer:
    """Land inside a box (UTM 32) that is drawn with one kommune and belongs to another."""

    giver: str
    taker: str
    west: float
    south: float
    east: float
    north: float


TRANSFERS = (
    # The southern half of Holmsland Klit, and Tipperne: Ringkøbing-Skjern, not Varde.
    Transfer("0573", "0760", 440_000, 6_185_900, 456_000, 6_206_000),
)


def correct(placed: Mapping[str, MultiPolygon]) -> dict[str, MultiPolygon]:
    """Return the drawing, roughly placed in UTM 32, with the source's mistakes mended."""
    mended = dict(placed)
    for transfer in TRANSFERS:
        area = box(transfer.west, transfer.south, transfer.east, transfer.north)
        moved = mended[transfer.giver].intersection(area)
        mended[transfer.giver] = polygons_of(mended[transfer.giver].difference(area))
        mended[transfer.taker] = polygons_of(mended[transfer.taker].union(moved))
    return mended
