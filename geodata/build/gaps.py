"""Close the white strips that the source leaves between neighbours.

The result is a coverage: neighbours share the very same border points. A strip is divided
down its middle (by nearest drawn border), so no kommune grows at another's expense.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi
from shapely import LineString, MultiPolygon, Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from geodata.build.polygons import polygons_of

# The widest strip between two neighbours is about 2 km; sounds as narrow as that are named below.
STRIP_M = 2_000.0
# Lakes on borders (Furesø is the largest) belong to kommuner; fjords open to the sea never
# become holes, because a strip is only filled between two different kommuner.
LARGEST_LAKE_M2 = 60e6
# The source is drawn a little inside the coast: the sizes of all kommuner together fall short.
COAST_M = 150.0
# Cracks in the drawing, as where Læsø is drawn in two pieces, narrower than any named sound.
CRACK_M = 300.0
_GRID_M = 1.0
_SPACING_M = 150.0
_FAR_M = 100_000.0

# Pairs that face each other across water too narrow to tell from a drawn strip.
ACROSS_WATER = frozenset(
    {
        ("0167", "0185"),  # Hvidovre–Tårnby, Kalveboderne
        ("0250", "0316"),  # Frederikssund–Holbæk, Isefjord
        ("0320", "0390"),  # Faxe–Vordingborg, Præstø Fjord
        ("0376", "0390"),  # Guldborgsund–Vordingborg, Storstrømmen
        ("0410", "0607"),  # Middelfart–Fredericia, Lillebælt
        ("0561", "0563"),  # Esbjerg–Fanø, Grådyb
        ("0671", "0773"),  # Struer–Morsø, Limfjorden
        ("0773", "0779"),  # Morsø–Skive, Sallingsund
        ("0773", "0787"),  # Morsø–Thisted, Vilsund
        ("0779", "0820"),  # Skive–Vesthimmerland, Hvalpsund
    }
)

# Water between two kommuner that also share a border on land: lines in UTM 32 that are kept
# open, each with the distance (m) to either side.
OPEN_WATER = (
    (LineString([(572_000, 6_284_500), (590_000, 6_288_500)]), 220.0),  # Mariager Fjord's mouth
    (LineString([(720_500, 6_167_000), (722_800, 6_171_300)]), 500.0),  # Kalveboderne
    (LineString([(722_800, 6_171_300), (726_600, 6_180_000)]), 220.0),  # Københavns Havn
)


def close_gaps(drawn: Mapping[str, MultiPolygon]) -> dict[str, MultiPolygon]:
    """Return a valid coverage: {code: polygons in metres} with the strips given to neighbours."""
    codes = sorted(drawn)
    strips = _strips(drawn)
    borders = [area.boundary for area in drawn.values()]
    faces = _faces([*borders, strips.boundary, _middle_lines(drawn, strips)])
    owners = STRtree([drawn[code] for code in codes])
    inside = [face.representative_point() for face in faces]
    prepared = strips.buffer(_GRID_M)
    shapely.prepare(prepared)
    owned: dict[str, list[Polygon]] = {code: [] for code in codes}
    for face, point in zip(faces, inside, strict=True):
        nearest = int(owners.nearest(point))
        if drawn[codes[nearest]].intersects(point) or prepared.intersects(point):
            owned[codes[nearest]].append(face)
    joined = {code: polygons_of(shapely.union_all(parts)) for code, parts in owned.items()}
    return hand_over_strays(joined, keep=drawn)


def hand_over_strays(
    areas: Mapping[str, MultiPolygon], keep: Mapping[str, BaseGeometry]
) -> dict[str, MultiPolygon]:
    """Give each part that holds nothing of its own kommune to the neighbour it borders most."""
    kept: dict[str, list[Polygon]] = {code: [] for code in areas}
    strays: list[Polygon] = []
    for code, area in areas.items():
        for part in area.geoms:
            held = part.intersection(keep[code]).area > 0.2 * part.area
            (kept[code] if held else strays).append(part)
    whole = {code: shapely.union_all(parts) for code, parts in kept.items()}
    for stray in strays:
        shared = {code: stray.intersection(area).length for code, area in whole.items()}
        nearest = max(shared, key=lambda code: (shared[code], code))
        if shared[nearest] > 0:
            whole[nearest] = whole[nearest].union(stray)
    return {code: polygons_of(area) for code, area in whole.items()}


def _strips(drawn: Mapping[str, MultiPolygon]) -> BaseGeometry:
    """Return the strips between neighbours, and the lakes that they run into."""
    land = shapely.union_all(list(drawn.values()))
    closed = land.buffer(STRIP_M / 2, quad_segs=8).buffer(-STRIP_M / 2, quad_segs=8).union(land)
    reach = {code: area.buffer(STRIP_M, quad_segs=8) for code, area in drawn.items()}
    between = [
        reach[a].intersection(reach[b])
        for a, b in combinations(sorted(drawn), 2)
        if (a, b) not in ACROSS_WATER and drawn[a].distance(drawn[b]) < STRIP_M
    ]
    filled = closed.intersection(shapely.union_all(between)).union(land)
    grown = filled.buffer(COAST_M + CRACK_M / 2, quad_segs=3).buffer(-CRACK_M / 2, quad_segs=3)
    water = shapely.union_all([line.buffer(width) for line, width in OPEN_WATER])
    grown = grown.difference(water).union(land)
    lakes = [
        Polygon(ring)
        for part in polygons_of(grown).geoms
        for ring in part.interiors
        if Polygon(ring).area < LARGEST_LAKE_M2
    ]
    return shapely.union_all([grown, *lakes]).difference(land)


def _middle_lines(drawn: Mapping[str, MultiPolygon], strips: BaseGeometry) -> BaseGeometry:
    """Return the lines in the strips that lie equally far from two kommuner."""
    points: list[NDArray[np.float64]] = []
    owners: list[int] = []
    near = strips.buffer(STRIP_M)
    shapely.prepare(near)
    for index, code in enumerate(sorted(drawn)):
        border = shapely.get_coordinates(shapely.segmentize(drawn[code].boundary, _SPACING_M))
        border = np.unique(border[shapely.intersects_xy(near, border)], axis=0)
        points.append(border)
        owners.extend([index] * len(border))
    # Four points of nobody's, far out, so that no line between two kommuner is without end.
    west, south, east, north = strips.buffer(_FAR_M).bounds
    points.append(np.array([(west, south), (west, north), (east, south), (east, north)]))
    cells = Voronoi(np.concatenate(points))
    owner = np.array([*owners, -1, -1, -1, -1])[cells.ridge_points]
    ends = np.array(cells.ridge_vertices)
    between = (owner[:, 0] != owner[:, 1]) & (owner >= 0).all(axis=1)
    lines = shapely.linestrings(cells.vertices[ends[between]])
    shapely.prepare(strips)
    return shapely.multilinestrings(lines[shapely.intersects(strips, lines)])


def _faces(lines: list[BaseGeometry]) -> list[Polygon]:
    noded = shapely.union_all(lines, grid_size=_GRID_M)
    return list(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))
