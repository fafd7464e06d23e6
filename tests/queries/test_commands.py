"""`python -m queries`: what it writes, says and answers with."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries import Atlas
from queries.__main__ import main
from queries.warehouse.content import Content


@pytest.fixture(autouse=True)
def _nothing_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path / "data"))


def test_build_writes_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: Content
) -> None:
    target = tmp_path / "sti med mellemrum" / "atlas.duckdb"
    assert main(["build", "--to", str(target)]) == 0
    version = Atlas(target).version
    said = capsys.readouterr().out
    cells = content.tables["observation"].height
    assert said.startswith(f"Datalager {version}: {cells} celler på ")
    assert said.endswith(f" s i {target}\n")


def test_build_if_needed_is_silent_when_nothing_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "atlas.duckdb"
    main(["build", "--if-needed", "--to", str(target)])
    before = target.stat()
    capsys.readouterr()
    assert main(["build", "--if-needed", "--to", str(target)]) == 0
    assert capsys.readouterr() == ("", "")
    assert target.stat().st_mtime_ns == before.st_mtime_ns


def test_build_if_needed_mends_a_broken_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: Content
) -> None:
    target = tmp_path / "atlas.duckdb"
    target.write_bytes(b"ikke en database")
    assert main(["build", "--if-needed", "--to", str(target)]) == 0
    assert Atlas(target).built().observations == content.tables["observation"].height
    said = capsys.readouterr().out
    assert "Historikken begynder her: det tidligere datalager kunne ikke læses.\n" in said


def test_an_impossible_folder_is_told_in_danish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "fil"
    blocked.write_text("en fil, hvor der skulle være en mappe")
    assert main(["build", "--to", str(blocked / "atlas.duckdb")]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"Fejl: Datalageret kunne ikke skrives i {blocked}: ")
    assert "Det gamle datalager er uændret." in said


def test_a_data_owners_file_is_part_of_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "atlas.duckdb"
    main(["build", "--to", str(target)])
    version = Atlas(target).version
    own = tmp_path / "data" / "register"
    own.mkdir(parents=True)
    (own / "egne tal.parquet").write_text("ikke en fil med celler")
    assert main(["build", "--if-needed", "--to", str(target)]) == 1
    assert (
        "Filen egne tal.parquet kan ikke bruges som tal fra et register" in capsys.readouterr().err
    )
    assert Atlas(target).version == version
