"""The committed map, as a reader's browser gets it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import brotli
import pytest
import shapely
from shapely import MultiPolygon, Point, box

import geodata
from geodata import MapAsset
from geodata.asset import LEVELS, parse_map
from geodata.build import facts, generalised
from geodata.build.facts import Kommune
from geodata.build.svgpath import polygons_of_path
from queries.errors import UserError
from tests.geodata.drawn import evenodd, frames, in_country, in_frame

CAPITAL = {"DK011", "DK012"}


@pytest.fixture(scope="module")
def asset() -> MapAsset:
    return parse_map(geodata.MAP_PATH.read_bytes())


def test_ids_are_those_of_the_facts(asset: MapAsset, kommuner: Mapping[str, Kommune]) -> None:
    ids = {level: [area.id for area in asset.levels[level]] for level in LEVELS}
    assert ids["kommune"] == sorted(kommuner)
    assert ids["jobcenter"] == sorted({kommune.jobcenter for kommune in kommuner.values()})
    assert (len(ids["kommune"]), len(ids["jobcenter"])) == (98, 94)


def test_the_map_is_what_the_committed_polygons_give(
    coverage: Mapping[str, MultiPolygon], kommuner: Mapping[str, Kommune]
) -> None:
    built = generalised.make_map(coverage, kommuner, facts.jobcenter_of(kommuner))
    assert built == geodata.MAP_PATH.read_bytes()


def test_size_as_served_is_within_the_budget() -> None:
    content = geodata.MAP_PATH.read_bytes()
    # DESIGN.md allows 250 kB; the aim is below 120 kB for the poorer of the two encodings.
    assert len(gzip.compress(content)) < 120_000
    assert len(brotli.compress(content)) < 60_000


@pytest.mark.parametrize("level", LEVELS)
def test_drawn_areas_fit_together_without_gaps_or_crossings(asset: MapAsset, level: str) -> None:
    boxes = frames(asset)
    for area in asset.levels[level]:
        for ring in polygons_of_path(area.d):
            assert ring.is_valid, (area.id, shapely.is_valid_reason(ring))
    country = [in_country(area, boxes) for area in asset.levels[level]]
    country = [drawn for drawn in country if not drawn.is_empty]
    capital = [in_frame(area, boxes["hovedstaden"]) for area in asset.levels[level]]
    capital = [drawn for drawn in capital if not drawn.is_empty]
    for drawn in (country, capital):
        assert [shapely.is_valid_reason(area) for area in drawn if not area.is_valid] == []
        assert shapely.coverage_is_valid(drawn)
        land = shapely.coverage_union_all(drawn)
        slivers = [
            shapely.Polygon(ring).area
            for part in shapely.get_parts(land)
            for ring in part.interiors
            if shapely.Polygon(ring).area < 20  # square units: some 2.6 km² in the country
        ]
        assert slivers == []


def test_frames_lie_in_empty_sea(asset: MapAsset) -> None:
    boxes = frames(asset)
    x, y, width, height = asset.view_box
    whole = box(x, y, x + width, y + height)
    assert set(boxes) == {"bornholm", "hovedstaden"}
    assert boxes["bornholm"].disjoint(boxes["hovedstaden"])
    for frame in boxes.values():
        assert whole.contains(frame)
    for area in asset.levels["kommune"]:
        for ring in polygons_of_path(area.d):
            assert whole.contains(ring), area.id
            inside = [frame.contains(ring) for frame in boxes.values()]
            apart = [frame.disjoint(ring) for frame in boxes.values()]
            assert any(inside) or all(apart), area.id


def test_bornholm_only_in_its_frame_and_the_capital_drawn_twice(
    asset: MapAsset, kommuner: Mapping[str, Kommune]
) -> None:
    boxes = frames(asset)
    for area in asset.levels["kommune"]:
        small = in_country(area, boxes)
        large = in_frame(area, boxes["hovedstaden"])
        if area.id == "0400":
            assert small.is_empty
            assert not in_frame(area, boxes["bornholm"]).is_empty
        elif kommuner[area.id].nuts3 in CAPITAL:
            # The scale of the inset, three or more, squared; the small one is rounded more.
            assert 8.5 < large.area / small.area < 14, area.id
        else:
            assert large.is_empty
            assert not small.is_empty


@pytest.mark.parametrize("level", LEVELS)
def test_label_lies_in_the_largest_drawn_part(asset: MapAsset, level: str) -> None:
    for area in asset.levels[level]:
        drawn = evenodd(polygons_of_path(area.d))
        largest = max(drawn.geoms, key=lambda part: part.area)
        assert largest.contains(Point(area.label)), area.id


@pytest.mark.parametrize("level", LEVELS)
def test_every_area_is_reached_by_walking_neighbours(asset: MapAsset, level: str) -> None:
    beside = {area.id: set(area.neighbours) for area in asset.levels[level]}
    assert all(area in beside[other] for area, others in beside.items() for other in others)
    assert all(area not in others for area, others in beside.items())
    start = next(iter(beside))
    reached, edge = {start}, [start]
    while edge:
        for other in beside[edge.pop()] - reached:
            reached.add(other)
            edge.append(other)
    assert reached == set(beside)


def test_neighbours_are_those_of_the_real_country(asset: MapAsset) -> None:
    beside = {area.id: set(area.neighbours) for area in asset.levels["kommune"]}
    assert beside["0147"] == {"0101"}  # Frederiksberg lies inside København
    assert "0185" in beside["0155"]  # Dragør has Tårnby only, over land
    assert "0167" not in beside["0185"]  # Tårnby: not Hvidovre, across Kalveboderne
    assert beside["0550"] == {"0510", "0561", "0580"}  # Tønder
    assert beside["0661"] == {"0657", "0665", "0671", "0760", "0779", "0791"}  # Holstebro
    assert beside["0410"] == {"0420", "0480", "0607"}  # Middelfart: Fredericia across Lillebælt
    assert beside["0400"] == {"0155", "0185"}  # Bornholm: its two nearest
    assert "0330" in beside["0450"] | beside["0440"]  # Fyn and Sjælland, across Storebælt


def test_a_jobcentre_is_the_union_of_its_kommuner(
    asset: MapAsset, kommuner: Mapping[str, Kommune]
) -> None:
    drawn = {
        area.id: evenodd(polygons_of_path(area.d))
        for level in LEVELS
        for area in asset.levels[level]
    }
    for area in asset.levels["jobcenter"]:
        parts = [drawn[code] for code, kommune in kommuner.items() if kommune.jobcenter == area.id]
        union = shapely.union_all(parts)
        # Rounding to a tenth of a unit is the same on both sides, so nothing at all may differ.
        assert union.symmetric_difference(drawn[area.id]).area < 1e-6, area.id


def test_source_says_generalised_and_licence(asset: MapAsset) -> None:
    assert asset.source.generalised is True
    assert asset.source.licence == "MIT"
    assert "Martin Polley" in asset.source.attribution


def test_facade_serves_the_shipped_map_without_an_import(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    assert geodata.map_path() == geodata.MAP_PATH
    assert geodata.map_bytes() == geodata.MAP_PATH.read_bytes()
    assert geodata.load_map() is geodata.load_map()
    assert len(geodata.map_hash()) == 16


def test_facade_sees_an_imported_map_without_restart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    before = geodata.map_hash()
    values = json.loads(geodata.MAP_PATH.read_bytes())
    values["source"]["id"] = "dagi-test"
    imported = geodata.imported_path()
    imported.parent.mkdir(parents=True)
    imported.write_text(json.dumps(values), "utf-8")
    assert geodata.load_map().source.id == "dagi-test"
    assert geodata.map_hash() != before
    imported.unlink()
    assert geodata.load_map().source.id == "react-denmark-map-1.0.0"
    assert geodata.map_hash() == before


def test_a_broken_map_file_gives_one_danish_message(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    geodata.imported_path().parent.mkdir(parents=True)
    geodata.imported_path().write_text('{"view_box": [0, 0, 1', "utf-8")
    with pytest.raises(UserError, match="python -m geodata restore"):
        geodata.load_map()


def test_importing_the_facade_loads_no_geometry_library() -> None:
    heavy = "{'geopandas', 'shapely', 'scipy', 'pyproj', 'pyogrio'}"
    code = f"import geodata, sys; geodata.load_map(); print(sorted({heavy} & set(sys.modules)))"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
