"""A warehouse that another edition of the atlas has built: who opens it is told what to do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from queries import UserError, WarehouseUnavailableError
from queries.__main__ import main
from queries.warehouse.connection import OtherFormError, Warehouse

REPLACED = "CREATE OR REPLACE TABLE protection AS SELECT {} FROM protection"
OLDER = {
    "DROP TABLE protection": "protection.breakdown",
    REPLACED.format("* EXCLUDE (cells)"): "protection.cells",
    REPLACED.format("* REPLACE (cells::BIGINT AS cells)"): "protection.cells",
}
PUBLIC = (
    "Tallene kan ikke vises: datalageret er lavet af en anden, som regel ældre, udgave af "
    "atlasset end den, der kører. Stop serveren, og start den igen med python3 dashboard.py, "
    "som bygger datalageret på ny."
)


def changed(warehouse_file: Path, folder: Path, statement: str) -> Path:
    """Return a copy of the warehouse after `statement`."""
    path = folder / "atlas.duckdb"
    shutil.copy(warehouse_file, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
    return path


@pytest.mark.parametrize(("statement", "named"), OLDER.items())
def test_what_is_missing_is_named_with_the_remedy(
    warehouse_file: Path, tmp_path: Path, statement: str, named: str
) -> None:
    path = changed(warehouse_file, tmp_path, statement)
    with pytest.raises(OtherFormError) as refused:
        _ = Warehouse(path).version
    assert isinstance(refused.value, WarehouseUnavailableError)
    assert str(refused.value) == (
        f"Datalageret {path} er lavet af en anden, som regel ældre, udgave af atlasset: {named} "
        "mangler eller er anderledes. Stop serveren, og start den igen med python3 dashboard.py, "
        "som bygger datalageret på ny. Eller byg det for sig med: python -m queries build"
    )
    assert refused.value.PUBLIC == PUBLIC


def test_what_is_more_disturbs_nobody(warehouse_file: Path, tmp_path: Path) -> None:
    path = changed(warehouse_file, tmp_path, "CREATE TABLE later (what VARCHAR)")
    assert Warehouse(path).version == Warehouse(warehouse_file).version


def test_a_file_without_tables_is_no_other_edition(tmp_path: Path) -> None:
    path = tmp_path / "atlas.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(UserError, match=r"kan ikke læses\. Byg det igen") as refused:
        _ = Warehouse(path).version
    assert not isinstance(refused.value, OtherFormError)


def test_a_server_that_runs_keeps_the_one_it_can_read(
    warehouse_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "atlas.duckdb"
    shutil.copy(warehouse_file, path)
    warehouse = Warehouse(path)
    version = warehouse.version
    folder = tmp_path / "new"
    folder.mkdir()
    changed(warehouse_file, folder, "DROP TABLE protection").replace(path)
    assert warehouse.version == version
    assert f"still serving version {version}: Datalageret" in caplog.text


def test_the_commands_say_so_and_a_start_builds_it_anew(
    warehouse_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = changed(warehouse_file, tmp_path, "DROP TABLE protection")
    assert main(["audit", "--fra", str(path)]) == 1
    assert re.match(r"Fejl: Datalageret .* er lavet af en anden", capsys.readouterr().err)
    monkeypatch.setattr("queries.warehouse.content.SYNTHETIC_REGISTER", tmp_path / "nothing")
    assert main(["build", "--if-needed", "--to", str(path)]) == 0
    assert len(Warehouse(path).version) == 12
