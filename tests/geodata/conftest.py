"""What the geometry's tests share: the committed polygons, and the official ones to measure by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from shapely import MultiPolygon

from geodata.build import facts, files, georeference
from geodata.build.facts import Kommune
from geodata.build.georeference import Place

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def dagi() -> Path:
    file = SHARED / "geodata" / "dagi_kommuner_1_500k_2014.geojson"
    assert file.is_file(), f"these tests measure against DAGI, which must lie at {file}"
    return file


@pytest.fixture(scope="session")
def kommuner() -> Mapping[str, Kommune]:
    return facts.read_kommuner()


@pytest.fixture(scope="session")
def places() -> Mapping[str, Place]:
    return georeference.read_places(files.CENTROIDS_CSV)


@pytest.fixture(scope="session")
def coverage() -> Mapping[str, MultiPolygon]:
    return files.read_coverage()
