"""Which areas lie beside each other, so that arrow keys can walk the whole map."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import shapely
from shapely import MultiPolygon, STRtree

# Two kommuner that meet in a point are not neighbours.
SHORTEST_BORDER_M = 100.0
# Lands this near across the water are linked where they are nearest: Storebælt, Lillebælt, …
NARROW_SEA_M = 25_000.0


def neighbours(areas: Mapping[str, MultiPolygon]) -> dict[str, list[str]]:
    """Return {id: neighbouring ids}, symmetric, and with a way from any area to any other.

    Neighbours share a border. An area without one gets the two nearest areas, and lands parted
    by the sea are linked where they are nearest: all across narrow water, and as many more as
    it takes to reach everything.
    """
    ids = sorted(areas)
    shapes = [areas[area_id] for area_id in ids]
    links = _shared_borders(shapes)
    distance = _distances(shapes)
    lands = _groups(len(ids), links)
    for (only,) in (land for land in lands if len(land) == 1):
        nearest = np.argsort(distance[only], kind="stable")[:2]
        links |= {_link(only, int(other)) for other in nearest}
    for land, other in combinations(lands, 2):
        metres, link = _nearest(distance, land, other)
        if metres <= NARROW_SEA_M:
            links.add(link)
    while len(groups := _groups(len(ids), links)) > 1:
        links.add(min(_nearest(distance, groups[0], other) for other in groups[1:])[1])
    beside: dict[str, list[str]] = {area_id: [] for area_id in ids}
    for a, b in sorted(links):
        beside[ids[a]].append(ids[b])
        beside[ids[b]].append(ids[a])
    return {area_id: sorted(others) for area_id, others in beside.items()}


def land_borders(areas: Mapping[str, MultiPolygon]) -> dict[str, list[str]]:
    """Return {id: ids of the areas it shares a border with on land}, symmetric."""
    ids = sorted(areas)
    beside: dict[str, list[str]] = {area_id: [] for area_id in ids}
    for a, b in sorted(_shared_borders([areas[area_id] for area_id in ids])):
        beside[ids[a]].append(ids[b])
        beside[ids[b]].append(ids[a])
    return {area_id: sorted(others) for area_id, others in beside.items()}


def _shared_borders(shapes: list[MultiPolygon]) -> set[tuple[int, int]]:
    pairs = STRtree(shapes).query(shapes, predicate="intersects").T
    return {
        (int(a), int(b))
        for a, b in pairs
        if a < b and shapes[a].intersection(shapes[b]).length >= SHORTEST_BORDER_M
    }


def _distances(shapes: list[MultiPolygon]) -> np.ndarray:
    each = np.array(shapes, dtype=object)
    distance = np.array([shapely.distance(shape, each) for shape in shapes])
    np.fill_diagonal(distance, np.inf)
    return distance


def _nearest(
    distance: np.ndarray, land: set[int], other: set[int]
) -> tuple[float, tuple[int, int]]:
    """Return how far apart two lands are, and the areas where they are nearest."""
    here, there = sorted(land), sorted(other)
    across = distance[np.ix_(here, there)]
    row, column = np.unravel_index(int(across.argmin()), across.shape)
    return float(across[row, column]), _link(here[int(row)], there[int(column)])


def _groups(count: int, links: set[tuple[int, int]]) -> list[set[int]]:
    groups = [{index} for index in range(count)]
    for a, b in sorted(links):
        joined = [group for group in groups if a in group or b in group]
        groups = [group for group in groups if group not in joined]
        groups.append(set().union(*joined))
    return sorted(groups, key=min)


def _link(a: int, b: int) -> tuple[int, int]:
    return (min(a, b), max(a, b))
