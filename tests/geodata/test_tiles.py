"""The equal-area map: a tile for every area, near its place and beside its neighbours."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations

import geopandas
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon
from shapely.affinity import translate

import geodata
from geodata import MapAsset
from geodata.asset import LEVELS, parse_map
from geodata.build.facts import Kommune
from geodata.build.neighbours import land_borders
from geodata.build.short_names import short_name
from geodata.build.tiles import place, tile_slots, touching
from pages.figures.text_metrics import text_width

Slots = Mapping[str, tuple[int, int]]


@pytest.fixture(scope="module")
def slots(coverage: Mapping[str, MultiPolygon]) -> Slots:
    return tile_slots(coverage)


@pytest.fixture(scope="module")
def asset() -> MapAsset:
    return parse_map(geodata.MAP_PATH.read_bytes())


def kept(slots: Slots, areas: Mapping[str, MultiPolygon]) -> float:
    """Share of the borders on land whose two areas have tiles that touch."""
    beside = land_borders(areas)
    pairs = [(a, b) for a, b in combinations(sorted(areas), 2) if b in beside[a]]
    return sum(touching(slots[a], slots[b]) for a, b in pairs) / len(pairs)


def test_every_kommune_has_a_tile_of_its_own(slots: Slots, kommuner: Mapping[str, Kommune]) -> None:
    assert set(slots) == set(kommuner)
    assert len(set(slots.values())) == 98
    assert min(column for column, _ in slots.values()) == 0
    assert min(row for _, row in slots.values()) == 0


def test_neighbours_stay_neighbours_and_the_sea_stays_open(
    slots: Slots, coverage: Mapping[str, MultiPolygon]
) -> None:
    # Measured: 147 of 185 borders. A plane of hexagons cannot hold many more: København alone
    # borders on seven kommuner, and a rim has no room for what lies behind it.
    assert kept(slots, coverage) > 0.78
    land = lands(coverage)
    across = [
        (a, b)
        for a, b in combinations(sorted(slots), 2)
        if touching(slots[a], slots[b]) and land[a] != land[b]
    ]
    assert all({a, b} & {"0492", "0563", "0741", "0773", "0825"} for a, b in across), across


def lands(areas: Mapping[str, MultiPolygon]) -> dict[str, int]:
    beside, land = land_borders(areas), dict[str, int]()
    for number, start in enumerate(sorted(areas)):
        edge = [] if start in land else [start]
        while edge:
            area = edge.pop()
            land[area] = number
            edge += [other for other in beside[area] if other not in land]
    return land


def test_tiles_lie_where_the_kommuner_lie(
    slots: Slots, coverage: Mapping[str, MultiPolygon]
) -> None:
    ids = sorted(set(slots) - {"0400"})
    there = np.array([place(slots[code]) for code in ids]) * [1, -1]
    true = np.array([coverage[code].centroid.coords[0] for code in ids])
    # The best fit of scale and place on each axis: what is left is how far tiles are moved. The
    # capital has room for 28 tiles where 28 kommuner lie within one tile's width of the country.
    off = np.zeros_like(there)
    for axis in (0, 1):
        slope, start = np.polyfit(true[:, axis], there[:, axis], 1)
        off[:, axis] = there[:, axis] - slope * true[:, axis] - start
    assert np.hypot(*off.T).mean() < 2.2  # tile widths, of 17 across
    # North is up: of two kommuner 40 km apart from south to north, the northern one is above.
    order = [
        there[a, 1] > there[b, 1]
        for a, b in combinations(range(len(ids)), 2)
        if true[a, 1] - true[b, 1] > 40_000
    ]
    assert np.mean(order) > 0.97


def test_bornholm_stands_apart_in_the_south_east(slots: Slots) -> None:
    x, y = place(slots["0400"])
    others = [place(slot) for code, slot in slots.items() if code != "0400"]
    assert min(math.hypot(x - u, y - v) for u, v in others) >= 2
    assert x >= max(u for u, _ in others) - 1
    assert y > place(slots["0155"])[1]  # south of Dragør


@pytest.mark.parametrize("level", LEVELS)
def test_drawn_tiles_have_the_same_size_and_do_not_overlap(asset: MapAsset, level: str) -> None:
    areas = asset.levels[level]
    hexagon = shapely.from_wkt("POLYGON ((29 0, 58 17, 58 51, 29 68, 0 51, 0 17, 29 0))")
    assert asset.tiles.hexagon == "l29 17v34l-29 17-29-17v-34z"
    assert (asset.tiles.width, asset.tiles.side) == (58, 34)
    drawn = [translate(hexagon, x - 29, y - 34) for x, y in (area.tile for area in areas)]
    whole = shapely.box(*asset.tiles.view_box)
    assert all(whole.contains(tile) for tile in drawn)
    tree = shapely.STRtree(drawn)
    assert len(tree.query(drawn, predicate="intersects").T) == len(areas)  # each only itself


def test_a_jobcenter_has_the_tile_and_name_of_its_kommune(asset: MapAsset) -> None:
    kommuner = {area.id: area for area in asset.levels["kommune"]}
    for area in asset.levels["jobcenter"]:
        own = kommuner[area.id.removeprefix("J")]
        assert (area.tile, area.short) == (own.tile, own.short)


def test_names_fit_their_tiles(kommuner: Mapping[str, Kommune]) -> None:
    short = {one.name: short_name(one.name).split("|") for one in kommuner.values()}
    assert len({tuple(lines) for lines in short.values()}) == 98
    for name, lines in short.items():
        assert len(lines) <= 2, name
        # In letters of 18.5, as map.css and map_svg write them, within a tile of 58.
        assert max(text_width(line, 18.5) for line in lines) < 58, name
        # Only letters of the name, in its order.
        rest = iter(name)
        assert all(letter in rest for letter in "".join(lines) if letter not in ".-"), name


def test_tiles_of_the_official_map_keep_as_many_neighbours(dagi: object) -> None:
    frame = geopandas.read_file(dagi).to_crs("EPSG:25832")
    dissolved = frame.dissolve("KOMKODE").geometry.drop("0411")
    official = {str(code): shapely.force_2d(area).simplify(200) for code, area in dissolved.items()}
    slots = tile_slots(official)
    assert len(set(slots.values())) == 98
    assert kept(slots, official) > 0.75
