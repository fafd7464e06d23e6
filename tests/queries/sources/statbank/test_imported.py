"""From the stand-in to the built warehouse: what is fetched is what the atlas says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from queries import Atlas
from queries.imports import surroundings
from queries.imports.of_service import known
from queries.imports.run import Importer
from queries.imports.store import Store
from queries.sources.catalogue import load_catalogue
from queries.sources.statbank.client import StatbankClient
from queries.sources.statbank.fetch import fetch_table
from queries.warehouse import content as contents
from tests.queries.imports.small import ask
from tests.queries.sources.statbank.stand_in import Number, StandIn, auk01

INDICATOR = "ressourceforloeb_fuldtidsmodtagere"
ENTRY = load_catalogue()["statistikbanken_auk01"]
ROWS: dict[tuple[str, str], Number] = {
    ("000", "2017K1"): 20_417,
    ("101", "2017K1"): 1_822,
    ("492", "2017K1"): None,
    ("000", "2017K2"): 20_890,
    ("101", "2017K2"): 1_850,
}
CELLS = (
    "SELECT area_id, period, status, numerator FROM observation"
    f" WHERE indicator_id = '{INDICATOR}' AND area_id IN ('000', '0101', '0461', '0492')"
    " ORDER BY period, area_id, recorded_at"
)


@pytest.fixture
def into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Importer:
    """The whole transaction with gate and audit, in a folder of its own, without the made-up."""
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    for module in (contents, surroundings):
        monkeypatch.setattr(module, "SYNTHETIC_REGISTER", Path("there is none"))
    return Importer(Store(tmp_path / "import"), tmp_path / "atlas.duckdb")


def test_from_the_service_to_the_atlas_and_again_when_it_is_updated(
    service: StandIn, client: StatbankClient, into: Importer
) -> None:
    cube = service.add(auk01(["2017K1"], ROWS))

    first = fetch_table(ENTRY, client, known(ENTRY, into.store.active()))
    assert first is not None
    into.import_batches([first])

    assert ask(into.target, CELLS) == [
        ("000", "2017Q1", "shown", 20_417),
        ("0101", "2017Q1", "shown", 1_822),
        ("0461", "2017Q1", "shown", 0),
        ("0492", "2017Q1", "suppressed", None),
    ]
    atlas = Atlas(into.target)
    assert INDICATOR in atlas.further
    assert INDICATOR not in atlas.indicators
    (source,) = [one for one in atlas.sources().values() if one.publisher == "Danmarks Statistik"]
    assert source.document_id == "Statistikbanken, tabel AUK01"
    assert source.published_on == dt.date(2025, 9, 12)

    assert fetch_table(ENTRY, client, known(ENTRY, into.store.active())) is None

    later = service.add(auk01(["2017K1", "2017K2"], ROWS | {("101", "2017K1"): 1_830}))
    later.updated = "2025-12-12T08:00:00"
    second = fetch_table(ENTRY, client, known(ENTRY, into.store.active()))
    assert second is not None
    into.import_batches([second])

    rows = ask(into.target, CELLS)
    assert [row for row in rows if row[0] == "0101"] == [
        ("0101", "2017Q1", "shown", 1_822),
        ("0101", "2017Q1", "shown", 1_830),
        ("0101", "2017Q2", "shown", 1_850),
    ]
    assert cube.updated < later.updated
