"""Where everything stands in the drawing: the country, Bornholm and the enlarged capital.

All places are given in UTM 32 and hold for the generalised and the official geometry alike;
``land_under_frames`` is the check that no frame covers land.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely import MultiPolygon, Polygon, box
from shapely.affinity import affine_transform

Box = tuple[float, float, float, float]

# West, south, east, north in metres. The country without Bornholm, and the sea east of it.
EXTENT: Box = (436_000, 6_044_000, 800_000, 6_408_000)
WIDTH = 1000.0
# Landsdelene Byen København and Københavns omegn.
CAPITAL_NUTS3 = frozenset({"DK011", "DK012"})
BORNHOLM = "0400"
MARGIN = 4_000.0
LABEL_HEIGHT = 10_000.0


@dataclass(frozen=True)
class Inset:
    """A labelled frame in empty sea, and how much larger than the country it may draw."""

    id: str
    label: str
    frame: Box
    largest_scale: float


CAPITAL = Inset("hovedstaden", "Hovedstadsområdet", (668_000, 6_284_000, 797_000, 6_405_000), 3.6)
ISLAND = Inset("bornholm", "Bornholm", (748_000, 6_092_000, 797_000, 6_150_000), 1.0)
INSETS = (ISLAND, CAPITAL)


def inset_of(code: str, nuts3: str) -> Inset | None:
    """Return the inset a kommune is drawn in, if any."""
    if code == BORNHOLM:
        return ISLAND
    return CAPITAL if nuts3 in CAPITAL_NUTS3 else None


@dataclass(frozen=True)
class Drawing:
    """Maps from metres to SVG units: [a, b, d, e, dx, dy] for the country and each inset."""

    country: list[float]
    insets: Mapping[str, list[float]]

    def draw(self, shape: MultiPolygon, inset: Inset | None) -> list[MultiPolygon]:
        """Return the shape in SVG units: in its place, and enlarged after it.

        Bornholm is drawn in its inset only.
        """
        drawn = [] if inset is ISLAND else [affine_transform(shape, self.country)]
        if inset:
            drawn.append(affine_transform(shape, self.insets[inset.id]))
        return drawn


def drawing(coverage: Mapping[str, MultiPolygon], insets: Mapping[str, Inset | None]) -> Drawing:
    """Return the maps that fill the frame with the country and each inset with its kommuner."""
    country = _to_svg(1.0, (EXTENT[0], EXTENT[3]), (EXTENT[0], EXTENT[3]))
    maps = {}
    for inset in INSETS:
        shown = [area for code, area in coverage.items() if insets[code] is inset]
        west, south, east, north = shapely.total_bounds(shown).tolist()
        left, bottom, right, top = inset.frame
        room = (left + MARGIN, bottom + MARGIN, right - MARGIN, top - LABEL_HEIGHT)
        scale = min(
            inset.largest_scale,
            (room[2] - room[0]) / (east - west),
            (room[3] - room[1]) / (north - south),
        )
        middle = ((west + east) / 2, (south + north) / 2)
        centre = ((room[0] + room[2]) / 2, (room[1] + room[3]) / 2)
        maps[inset.id] = _to_svg(scale, middle, centre)
    return Drawing(country, maps)


def view_box() -> list[float]:
    """Return [0, 0, width, height] in SVG units."""
    return [0, 0, WIDTH, round((EXTENT[3] - EXTENT[1]) * _unit())]


def frame_rect(inset: Inset) -> list[float]:
    """Return the inset's frame as [x, y, width, height] in SVG units."""
    left, bottom, right, top = inset.frame
    unit = _unit()
    corners = ((left - EXTENT[0]), (EXTENT[3] - top), (right - left), (top - bottom))
    return [round(metres * unit, 1) for metres in corners]


def land_under_frames(
    coverage: Mapping[str, MultiPolygon], insets: Mapping[str, Inset | None]
) -> list[str]:
    """Return the codes of kommuner that a frame would cover or that leave the drawing."""
    frames: list[Polygon] = [box(*inset.frame) for inset in INSETS]
    whole = box(*EXTENT)
    return [
        code
        for code, area in sorted(coverage.items())
        if insets[code] is not ISLAND
        and (not whole.contains(area) or any(area.intersects(frame) for frame in frames))
    ]


def _unit() -> float:
    return WIDTH / (EXTENT[2] - EXTENT[0])


def _to_svg(scale: float, point: tuple[float, float], lands_at: tuple[float, float]) -> list[float]:
    """Return the map that scales about ``point``, moves it to ``lands_at`` and turns y down."""
    unit = _unit()
    a = scale * unit
    dx = (lands_at[0] - EXTENT[0]) * unit - a * point[0]
    dy = (EXTENT[3] - lands_at[1]) * unit + a * point[1]
    return [a, 0, 0, -a, dx, dy]
