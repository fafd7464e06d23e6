"""The equal-area map: one hexagon for each kommune, near where it lies and beside its neighbours.

Three steps, none with chance in it: the country is stretched until areas that border on each other
lie one hexagon apart in their true direction; an assignment problem gives each area a hexagon of
its own near that place; and exchanges keep more neighbours together and the sea open.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import shortest_path
from shapely import MultiPolygon

from geodata.build.layout import BORNHOLM
from geodata.build.neighbours import land_borders, neighbours

Floats = NDArray[np.float64]
Slot = tuple[int, int]

ROW = math.sqrt(3) / 2
"""Height of a row of pointed hexagons whose width is 1."""

WIDTH = 60
"""Width of a hexagon in the drawing's units, with the gap to the next."""

_GAP = 2
_MARGIN = 2  # free hexagons on each side of the stretched country
_BORNHOLM_AWAY = 2.0  # widths, at least
# What an exchange weighs: a hexagon's width from the place sought, squared; a width between areas
# that border on each other; two hexagons that touch where the sea lies between; a lone hexagon.
_FAR, _APART, _FALSE, _LONE = 0.25, 1.0, 0.9, 1.5
_ISLET = 0.2  # a lone island may lie beside what it belongs to
_SEA_STEP = 1.3  # how much longer than a border a link across the sea is
_ROUNDS = 40


def tile_slots(areas: Mapping[str, MultiPolygon]) -> dict[str, Slot]:
    """Return {kommunekode: (column, row)} of a grid where odd rows stand half a column right.

    No two share a slot; Bornholm stands apart in the south-east. The smallest column and row are 0.
    """
    ids = sorted(set(areas) - {BORNHOLM})
    country = {code: areas[code] for code in ids}
    links = _pairs(ids, neighbours(country))
    borders = _pairs(ids, land_borders(country))
    wanted = _stretched(_centroids(country, ids), links, borders)
    grid = _grid(wanted)
    away = ((wanted[:, None, :] - _places(grid)[None, :, :]) ** 2).sum(axis=2)
    taken = linear_sum_assignment(away)[1]
    taken = _exchanged(taken, grid, away, borders)
    slots = {code: grid[index] for code, index in zip(ids, taken.tolist(), strict=True)}
    return _from_zero(_with_bornholm(slots))


def place(slot: Slot) -> tuple[float, float]:
    """Return the middle of a slot in hexagon widths, y downwards."""
    column, row = slot
    return column + 0.5 * (row % 2), row * ROW


def touching(a: Slot, b: Slot) -> bool:
    """Whether two hexagons share a side."""
    (ax, ay), (bx, by) = place(a), place(b)
    return a != b and math.hypot(ax - bx, ay - by) < 1.01


def tile_drawing(slots: Mapping[str, Slot]) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Return how tiles are drawn, and {kommunekode: middle as [x, y]}.

    How they are drawn is what `geodata.Tiles` holds.
    """
    places = {code: place(slot) for code, slot in slots.items()}
    west = min(x for x, _ in places.values())
    middles = {
        code: [round((x - west + 0.5) * WIDTH), round((y + 1 / math.sqrt(3)) * WIDTH)]
        for code, (x, y) in places.items()
    }
    half = WIDTH // 2 - _GAP // 2
    side = round(half / math.sqrt(3)) * 2  # even, so that half of it is whole
    hexagon = f"l{half} {side // 2}v{side}l-{half} {side // 2}-{half}-{side // 2}v-{side}z"
    wide = max(x for x, _ in middles.values()) + WIDTH // 2
    high = max(y for _, y in middles.values()) + side + 1
    drawn = {"view_box": [0, 0, wide, high], "width": 2 * half, "side": side, "hexagon": hexagon}
    return drawn, middles


def _stretched(centroids: Floats, links: Sequence[Slot], borders: Sequence[Slot]) -> Floats:
    """Return places where neighbours lie about one width apart, in their true direction.

    Every pair is sought as many widths apart as there are steps between them, and counts less the
    more steps there are; links across the sea are `_SEA_STEP`.
    """
    count = len(centroids)
    by_land = set(borders)
    steps = np.zeros((count, count))
    for pair in links:
        steps[pair] = 1.0 if pair in by_land else _SEA_STEP
    far = shortest_path(csr_matrix(steps), directed=False)
    first, second = np.triu_indices(count, 1)
    apart = centroids[second] - centroids[first]
    sought = apart / np.linalg.norm(apart, axis=1)[:, None] * far[first, second][:, None]
    weight = 1 / far[first, second] ** 1.5
    laplacian = np.zeros((count, count))
    np.add.at(laplacian, (first, first), weight)
    np.add.at(laplacian, (second, second), weight)
    laplacian[first, second] = laplacian[second, first] = -weight
    pull = np.zeros((count, 2))
    np.add.at(pull, second, sought * weight[:, None])
    np.add.at(pull, first, -sought * weight[:, None])
    solved = np.asarray(np.linalg.lstsq(laplacian, pull, rcond=None)[0], dtype=np.float64)
    wide = math.sqrt(count / _spread(solved))
    return np.asarray(np.round(solved * np.array([wide, -wide]), 6))


def _spread(points: Floats) -> float:
    """Return how many hexagons the places would cover if each kept its distance to the nearest."""
    apart = np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = np.sort(apart, axis=1)[:, :3].mean(axis=1)
    return float(len(points) * np.median(nearest) ** 2)


def _grid(points: Floats) -> list[Slot]:
    west, north = np.floor(points.min(axis=0)) - _MARGIN
    east, south = np.ceil(points.max(axis=0)) + _MARGIN
    rows = range(math.floor(north / ROW), math.ceil(south / ROW) + 1)
    return [(column, row) for row in rows for column in range(int(west), int(east) + 1)]


def _places(slots: Sequence[Slot]) -> Floats:
    return np.array([place(slot) for slot in slots])


def _exchanged(
    taken: NDArray[np.int64], grid: Sequence[Slot], away: Floats, borders: Sequence[Slot]
) -> NDArray[np.int64]:
    """Return the slots after all exchanges that lower what `_FAR` and the others weigh."""
    places = _places(grid)
    apart = np.linalg.norm(places[:, None, :] - places[None, :, :], axis=2)
    touch = (apart > 0) & (apart < 1.01)
    count = len(taken)
    bordering = np.zeros((count, count), dtype=bool)
    for pair in borders:
        bordering[pair] = bordering[pair[::-1]] = True
    land = _lands(count, borders)
    by_sea = land[:, None] != land[None, :]
    alone = np.bincount(land)[land] == 1

    def cost(area: int, slot: int, at: NDArray[np.int64]) -> float:
        others = np.arange(count) != area
        beside = touch[slot, at] & others
        far = np.maximum(apart[slot, at[bordering[area] & others]] - 1, 0).sum()
        false = (beside & by_sea[area]) @ np.where(alone | alone[area], _ISLET, _FALSE)
        lone = 0.0 if alone[area] or beside.any() else _LONE
        return float(_FAR * away[area, slot] + _APART * far + _FALSE * false + lone)

    taken = taken.copy()
    for _ in range(_ROUNDS):
        better = False
        for area in range(count):
            near = np.argsort(away[area], kind="stable")[:60]
            holder = {int(slot): other for other, slot in enumerate(taken)}
            best, least = None, -1e-9
            for slot in near.tolist():
                if slot == taken[area]:
                    continue
                other = holder.get(slot)
                trial = taken.copy()
                trial[area] = slot
                before = cost(area, int(taken[area]), taken)
                if other is not None:
                    trial[other] = taken[area]
                    before += cost(other, slot, taken)
                after = cost(area, slot, trial)
                if other is not None:
                    after += cost(other, int(taken[area]), trial)
                if after - before < least:
                    best, least = trial, after - before
            if best is not None:
                taken, better = best, True
        if not better:
            break
    return taken


def _lands(count: int, borders: Sequence[Slot]) -> NDArray[np.int64]:
    land = np.arange(count)
    for a, b in borders:
        land[land == land[b]] = land[a]
    return np.unique(land, return_inverse=True)[1].astype(np.int64)


def _with_bornholm(slots: dict[str, Slot]) -> dict[str, Slot]:
    """Return the slots with Bornholm at the eastern edge, south-east of all that is near it."""
    places = _places(list(slots.values()))
    x, y = places[places[:, 0].argmax()]
    row = round(y / ROW)
    while True:
        column = math.floor(x - 0.5 * (row % 2))
        here = np.array(place((column, row)))
        if np.linalg.norm(places - here, axis=1).min() >= _BORNHOLM_AWAY:
            return slots | {BORNHOLM: (column, row)}
        row += 1


def _from_zero(slots: dict[str, Slot]) -> dict[str, Slot]:
    west = min(column for column, _ in slots.values())
    north = min(row for _, row in slots.values())
    north -= north % 2  # an odd row stands half a column right, and must stay odd
    return {code: (column - west, row - north) for code, (column, row) in sorted(slots.items())}


def _centroids(areas: Mapping[str, MultiPolygon], ids: Sequence[str]) -> Floats:
    return np.array([areas[code].centroid.coords[0] for code in ids])


def _pairs(ids: Sequence[str], beside: Mapping[str, Sequence[str]]) -> list[Slot]:
    at = {code: index for index, code in enumerate(ids)}
    return [(at[a], at[b]) for a, b in combinations(ids, 2) if b in beside.get(a, ())]
