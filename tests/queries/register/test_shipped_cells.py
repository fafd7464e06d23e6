"""The cells that are shipped are byte for byte what the made-up register gives. Takes minutes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest

from queries.__main__ import main
from queries.register.cell_file import read_cells
from queries.warehouse.content import SYNTHETIC_REGISTER


def test_the_shipped_cells_are_what_the_register_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path / "data"))
    register = tmp_path / "syntetisk register"
    assert main(["register", "generate", str(register)]) == 0
    capsys.readouterr()
    call = ["register", "compute", str(register), "--to", str(tmp_path), "--name", "nu"]
    assert main(call) == 0
    cells, source = read_cells(tmp_path / "nu.parquet")
    shipped, shipped_source = read_cells(SYNTHETIC_REGISTER)
    assert cells.equals(shipped)
    assert source == shipped_source
    # The day its numbers were made, not the day that the made-up register is known to.
    assert source.recorded_at == dt.date(2026, 11, 26)
    assert (tmp_path / "nu.parquet").read_bytes() == SYNTHETIC_REGISTER.read_bytes()
    report = json.loads((tmp_path / "nu.json").read_text("utf-8"))
    assert report["synthetic"] is True
    assert report["choices"]["seniority_weeks"]["value"] == 52
    rows = {entry["file"]: entry["rows"] for entry in report["inputs"]}
    assert (
        rows["benefits.parquet"]
        == pl.scan_parquet(register / "benefits.parquet").select(pl.len()).collect().item()
    )
    assert {len(entry["sha256"]) for entry in report["inputs"]} == {64}
    said = capsys.readouterr().out
    assert said == (tmp_path / "nu.txt").read_text("utf-8")
    assert "SYNTETISKE TAL: opdigtede borgere" in said
    assert "year_back=12_months" in said
    assert report["disclosure"] == {"criterion": "strict", "earlier": []}
    assert "Kriterium »strict«: Alle tal til og med grænsen er stadig mulige" in said
