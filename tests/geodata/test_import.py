"""The import of official geometry: right files in several shapes, and every wrong one."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias

import geopandas
import pandas
import pytest
import shapely
from shapely import MultiPolygon

import geodata
from geodata.__main__ import main
from geodata.build import files, reading
from geodata.build.svgpath import polygons_of_path
from tests.geodata.drawn import frames, in_country, in_frame

# geopandas ships no types, so a frame is Any to the type checker.
Frame: TypeAlias = Any


@pytest.fixture(autouse=True)
def data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("INDSATSATLAS_DATA", str(folder))
    return folder


@pytest.fixture(scope="module")
def right(coverage: Mapping[str, MultiPolygon]) -> Frame:
    """A right file's content: the generalised polygons under official column names."""
    codes = sorted(coverage)
    return geopandas.GeoDataFrame(
        {"KOMKODE": codes}, geometry=[coverage[code] for code in codes], crs="EPSG:25832"
    )


def write(frame: Frame, file: Path) -> Path:
    """Write by ending; a .zip holds a Shapefile."""
    if file.suffix != ".zip":
        frame.to_file(file)
        return file
    folder = file.with_suffix("")
    folder.mkdir()
    frame.to_file(folder / "kommuner.shp")
    with zipfile.ZipFile(file, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)
    return file


def test_dagi_replaces_the_generalised_map(
    dagi: Path, kommuner: Mapping[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(dagi)]) == 0
    assert "Det officielle kort er i brug" in capsys.readouterr().out
    asset = geodata.load_map()
    assert geodata.map_path() == geodata.imported_path()
    assert not asset.source.generalised
    assert "Klimadatastyrelsen" in asset.source.attribution
    assert [area.id for area in asset.levels["kommune"]] == sorted(kommuner)  # no 0411
    assert len(asset.levels["jobcenter"]) == 94
    assert len(geodata.map_bytes()) < 400_000
    boxes = frames(asset)
    for area in asset.levels["kommune"]:
        for ring in polygons_of_path(area.d):
            assert any(b.contains(ring) for b in boxes.values()) or all(
                b.disjoint(ring) for b in boxes.values()
            ), area.id
    # Saltholm, which the generalised map lacks, is drawn beside Amager in the capital's frame.
    taarnby = next(area for area in asset.levels["kommune"] if area.id == "0185")
    assert len(in_frame(taarnby, boxes["hovedstaden"]).geoms) >= 2
    # Rounding may close an inlet of the detailed coast, but never move a border by itself: the
    # drawn areas may overlap by no more than that rounding.
    enlarged = [in_frame(area, boxes["hovedstaden"]) for area in asset.levels["kommune"]]
    together = shapely.union_all(enlarged).area
    assert sum(area.area for area in enlarged) == pytest.approx(together, rel=1e-3)

    assert main(["restore"]) == 0
    assert geodata.map_path() == geodata.MAP_PATH
    assert geodata.load_map().source.generalised


@pytest.mark.parametrize("ending", ["gpkg", "zip", "shp", "geojson"])
def test_formats_and_codes_as_numbers_or_text(tmp_path: Path, right: Frame, ending: str) -> None:
    file = tmp_path / f"kommuner.{ending}"
    if ending == "gpkg":
        # Among other layers, codes as numbers, mixed case.
        other = geopandas.GeoDataFrame({"id": [1]}, geometry=right.geometry[:1], crs=right.crs)
        other.to_file(file, layer="anden")
        numbers = right.assign(KommuneKode=right["KOMKODE"].astype(int)).drop(columns="KOMKODE")
        numbers.to_file(file, layer="kommuneinddeling")
    elif ending == "geojson":
        write(right.to_crs("EPSG:4326").rename(columns={"KOMKODE": "kode"}), file)
    else:
        write(right, file)
    read = reading.read_official(file)
    assert sorted(read["code"]) == sorted(right["KOMKODE"])
    assert read.crs.to_epsg() == (4326 if ending == "geojson" else 25832)


def test_ended_versions_of_a_kommune_are_left_out(tmp_path: Path, right: Frame) -> None:
    now = right.assign(registreringTil=None)
    before = right[:3].assign(registreringTil="2006-12-31T00:00:00Z")
    both = geopandas.GeoDataFrame(pandas.concat([before, now]), crs=right.crs)
    read = reading.read_official(write(both, tmp_path / "historik.gpkg"))
    assert len(read) == 98


def test_small_overlaps_are_cleaned(tmp_path: Path, right: Frame) -> None:
    wider = right.copy()
    row = wider.index[wider["KOMKODE"] == "0657"][0]  # Herning, 30 m into its neighbours
    wider.loc[row, "geometry"] = wider.geometry[row].buffer(30)
    assert main(["import", str(write(wider, tmp_path / "kommuner.gpkg"))]) == 0
    levels = geodata.load_map().levels["kommune"]
    boxes = frames(geodata.load_map())
    drawn = [in_country(area, boxes) for area in levels]
    assert shapely.coverage_is_valid([shape for shape in drawn if not shape.is_empty])


# Each wrong file: how it is made from a right one, and what the one message must say.
Wrong = Callable[[Frame, Path], Path]


def _points(right: Frame, folder: Path) -> Path:
    return write(right.set_geometry(right.geometry.centroid), folder / "punkter.gpkg")


def _no_codes(right: Frame, folder: Path) -> Path:
    return write(right.rename(columns={"KOMKODE": "navn"}), folder / "uden.gpkg")


def _names_for_codes(right: Frame, folder: Path) -> Path:
    return write(right.assign(KOMKODE="Herning"), folder / "navne.gpkg")


def _wrong_crs(right: Frame, folder: Path) -> Path:
    return write(right.set_crs("EPSG:25833", allow_override=True), folder / "zone33.gpkg")


def _utm_said_to_be_degrees(right: Frame, folder: Path) -> Path:
    return write(right.set_crs("EPSG:4326", allow_override=True), folder / "meter.geojson")


def _axes_swapped(right: Frame, folder: Path) -> Path:
    degrees = right.to_crs("EPSG:4326")
    swapped = shapely.transform(degrees.geometry.to_numpy(), lambda points: points[:, ::-1])
    return write(degrees.set_geometry(swapped, crs="EPSG:4326"), folder / "byttet.geojson")


def _no_crs(right: Frame, folder: Path) -> Path:
    file = write(right, folder / "uden.shp")
    file.with_suffix(".prj").unlink()
    return file


def _ninety_seven(right: Frame, folder: Path) -> Path:
    return write(right[right["KOMKODE"] != "0825"], folder / "97.gpkg")


def _old_codes(right: Frame, folder: Path) -> Path:
    codes = right["KOMKODE"].replace("0101", "0999")
    return write(right.assign(KOMKODE=codes), folder / "gamle.gpkg")


def _codes_shuffled(right: Frame, folder: Path) -> Path:
    return write(right.assign(KOMKODE=list(reversed(right["KOMKODE"]))), folder / "byt.gpkg")


def _overlapping(right: Frame, folder: Path) -> Path:
    wider = right.copy()
    row = wider.index[wider["KOMKODE"] == "0147"][0]  # Frederiksberg, 2 km into København
    wider.loc[row, "geometry"] = wider.geometry[row].buffer(2_000)
    return write(wider, folder / "overlap.gpkg")


def _not_json(right: Frame, folder: Path) -> Path:
    file = folder / "side.geojson"
    file.write_text("<!doctype html><title>Log ind</title>", "utf-8")
    return file


def _half_json(right: Frame, folder: Path) -> Path:
    file = write(right, folder / "halv.geojson")
    file.write_bytes(file.read_bytes()[:200_000])
    return file


def _json_without_areas(right: Frame, folder: Path) -> Path:
    file = folder / "tom.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": []}), "utf-8")
    return file


def _empty(right: Frame, folder: Path) -> Path:
    file = folder / "tom.gpkg"
    file.touch()
    return file


def _truncated_zip(right: Frame, folder: Path) -> Path:
    file = write(right, folder / "halv.zip")
    file.write_bytes(file.read_bytes()[:40_000])
    return file


def _missing(right: Frame, folder: Path) -> Path:
    return folder / "findes-ikke.gpkg"


WRONG: dict[Wrong, str] = {
    _points: "indeholder punkter",
    _no_codes: "ingen kolonne med kommunekoder",
    _names_for_codes: "værdien «Herning» i kolonnen KOMKODE",
    _wrong_crs: "uden for Danmark: angivet koordinatsystem er EPSG:25833",
    _utm_said_to_be_degrees: "uden for Danmark: angivet koordinatsystem er EPSG:4326",
    _axes_swapped: "akserne er byttet om",
    _no_crs: "siger ikke, hvilket koordinatsystem",
    _ninety_seven: "der mangler Læsø (0825)",
    _old_codes: "der mangler København (0101) og koderne 0999 er ikke kommuner",
    _codes_shuffled: "Koder og flader hører ikke sammen",
    _overlapping: "København og Frederiksberg dækker begge",
    _not_json: "kan ikke læses som geodata",
    _half_json: "halv.geojson",
    _json_without_areas: "indeholder ingen flader",
    _empty: "er tom",
    _truncated_zip: "kan ikke læses som geodata",
    _missing: "findes ikke",
}


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__.strip("_"))
def test_a_wrong_file_gives_one_message_and_the_old_map_stays(
    wrong: Wrong, right: Frame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served = geodata.imported_path()
    served.parent.mkdir(parents=True)
    served.write_bytes(geodata.MAP_PATH.read_bytes())
    before = (served.read_bytes(), served.stat().st_mtime_ns)
    folder = tmp_path / "filer"
    folder.mkdir()
    assert main(["import", str(wrong(right, folder))]) == 1
    message = capsys.readouterr().err
    assert WRONG[wrong] in message
    assert message.startswith("Fejl: ")
    assert message.count("\n") == 1
    assert "Traceback" not in message
    assert (served.read_bytes(), served.stat().st_mtime_ns) == before
    assert list(served.parent.iterdir()) == [served]  # no temporary file left


# --- by address -----------------------------------------------------------------------------


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A stand-in for an agency's address, on the loopback."""
    folder = tmp_path / "server"
    folder.mkdir()
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", folder
        running.shutdown()


def test_import_by_address(right: Frame, server: tuple[str, Path]) -> None:
    address, folder = server
    write(right.to_crs("EPSG:4326"), folder / "kommuner.geojson")
    assert main(["import", f"{address}/kommuner.geojson?format=geojson"]) == 0
    assert geodata.map_path() == geodata.imported_path()


def test_an_address_that_fails_says_so(
    server: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", f"{server[0]}/intet.gpkg"]) == 1
    assert "svarer 404" in capsys.readouterr().err
    assert main(["import", "http://127.0.0.1:1/kommuner.gpkg"]) == 1
    assert "kan ikke hentes" in capsys.readouterr().err
    assert geodata.map_path() == geodata.MAP_PATH


def test_a_folder_that_cannot_be_written_says_so(
    right: Frame,
    tmp_path: Path,
    data_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data_folder.write_text("a file where the folder should be", "utf-8")
    assert main(["import", str(write(right, tmp_path / "kommuner.gpkg"))]) == 1
    assert "kan ikke gemmes" in capsys.readouterr().err


# --- the command line -----------------------------------------------------------------------


def test_without_a_file_it_says_where_to_find_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import"]) == 2
    said = capsys.readouterr().out
    assert "https://datafordeler.dk" in said
    assert "Klimadatastyrelsen" in said


@pytest.mark.parametrize("arguments", [["-h"], ["import", "-h"], ["build", "-h"], ["ukendt"], []])
def test_help_and_refusals_are_danish(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    said = "".join(capsys.readouterr())
    assert "brug: python -m geodata" in said
    for english in ("usage", "show this help", "options", "positional", "error", "invalid"):
        assert english not in said


# --- putting the file in place --------------------------------------------------------------


def test_a_reader_keeps_the_file_it_opened_and_a_failure_keeps_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "map.json"
    files.replace_file(target, b"old")
    with target.open("rb") as reader:
        files.replace_file(target, b"new")
        assert reader.read() == b"old"  # replaced, not written over
    assert target.read_bytes() == b"new"

    def disk_full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        files.replace_file(target, b"newer")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]
