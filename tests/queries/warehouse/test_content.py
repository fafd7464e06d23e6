"""What goes into the warehouse: documents, the synthetic register, and a data owner's own cells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import Atlas, UserError
from queries.indicators.definition import load_indicators
from queries.register.choices import Choices
from queries.register.publish import disclosed_cells, synthetic_source, write_cells
from queries.warehouse import content
from queries.warehouse.build import build
from tests.queries.register.made_counts import made_counts

DAY = dt.date(2026, 1, 1)
OWN: dict[str, Any] = {
    "source_id": "eget-register",
    "kind": "register",
    "title": "Eget register",
    "document_id": "Kørsel 1",
    "recorded_at": DAY,
    "choices": Choices().as_dict(),
    "criterion": "strict",
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    (tmp_path / "register").mkdir()
    return tmp_path


def counted() -> set[str]:
    """The indicators that a register gives; the others only come with an import."""
    return {name for name, one in load_indicators().items() if one.register}


def put(path: Path, source: dict[str, Any], *periods: str) -> None:
    cells = disclosed_cells(
        made_counts(periods),
        source_id=source["source_id"],
        recorded_at=source["recorded_at"],
        published_elsewhere=content.published_cells(),
    )
    write_cells(cells, path, source=source)


def test_own_cells_stand_beside_what_is_shipped(data: Path) -> None:
    shipped = content.shipped_content()
    put(data / "register" / "kørsel 1.parquet", OWN, "2017M06", "2019M12")
    full = content.full_content()
    observation = full.tables["observation"]
    own = observation.filter(pl.col("source_id") == "eget-register")
    assert observation.height == shipped.tables["observation"].height + own.height
    assert content.shipped_content().tables["observation"].equals(shipped.tables["observation"])
    counted = {name for name, one in load_indicators().items() if one.register}
    assert set(full.tables["indicator"]["indicator_id"]) == counted
    target = data / "atlas.duckdb"
    build(full, target)
    source = Atlas(target).sources()["eget-register"]
    assert (source.kind, source.publisher, source.is_synthetic) == ("register", "Dataejeren", False)
    assert source.choices["group_2_boundaries"] == [3, 6, 9]
    assert source.retrieved_on == DAY


def test_own_cells_are_part_of_what_the_build_was_made_from(data: Path) -> None:
    before = content.inputs_hash()
    assert before == content.shipped_content().inputs_hash
    put(data / "register" / "a.parquet", OWN, "2019M12")
    after = content.inputs_hash()
    assert before != after == content.full_content().inputs_hash
    assert content.shipped_content().inputs_hash == before


def test_a_file_that_is_no_such_file_is_refused(data: Path) -> None:
    (data / "register" / "a.parquet").write_bytes(b"kommune;antal")
    with pytest.raises(UserError, match=r"Filen a\.parquet kan ikke bruges"):
        content.full_content()


def test_two_runs_need_two_names(data: Path) -> None:
    put(data / "register" / "a.parquet", OWN, "2019M11")
    put(data / "register" / "b.parquet", OWN, "2019M12")
    with pytest.raises(UserError, match="To kilder hedder 'eget-register'"):
        content.full_content()


def test_what_is_shipped_as_synthetic_says_so(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = tmp_path / "synthetic_register.parquet"
    monkeypatch.setattr(content, "SYNTHETIC_REGISTER", shipped)
    source = synthetic_source(seed=554, recorded_at=DAY, choices=Choices().as_dict())
    put(shipped, source, "2019M12")
    (row,) = (
        content.shipped_content()
        .tables["source"]
        .filter(pl.col("source_id") == "syntetisk-register")
        .to_dicts()
    )
    assert (row["kind"], row["publisher"]) == ("synthetic", "Indsatsatlas")
    assert row["title"] == "Syntetisk register: opdigtede personer, kun til afprøvning"
    assert row["document_id"] == "Syntetisk register, frø 554"
    put(shipped, OWN, "2019M12")
    with pytest.raises(ValueError, match="not synthetic"):
        content.shipped_content()


def test_every_counted_indicator_has_numbers_once_the_synthetic_register_is_shipped() -> None:
    offered = set(content.shipped_content().tables["indicator"]["indicator_id"])
    assert offered == (
        {name for name, one in load_indicators().items() if one.register}
        if content.SYNTHETIC_REGISTER.exists()
        else {"passive_ressourceforloeb"}
    )
