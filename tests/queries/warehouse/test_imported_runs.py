"""Exact numbers that nobody has published: only what may be shown is kept, anywhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from queries import Atlas
from queries.imports import prepare
from queries.imports.run import Importer
from queries.imports.store import Store
from queries.register.cell_file import read_cells
from queries.sources.incoming import Batch, ImportRefusedError, Provenance
from queries.warehouse import content
from queries.warehouse.audit_command import run_audit
from tests.queries.warehouse.made_imports import HOURS, KOMMUNER, cells

MONTH = "2018M03"
DIGEST = "0123456789abcdef" * 4
SMALL = {"0730": (1, 60), "0710": (2, 60), "0706": (17, 60), "0707": (16, 60)}
"""Two small numbers in one landsdel, and two that may have to be hidden for their sake."""
SWAPPED = SMALL | {"0730": (2, 60), "0710": (1, 60)}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    monkeypatch.setattr(content, "SYNTHETIC_REGISTER", tmp_path / "none.parquet")
    return tmp_path


def batch(small: dict[str, tuple[int, int]] = SMALL, *, day: int = 1, **about: Any) -> Batch:
    numbers = {area: (20 + place % 7, 60) for place, area in enumerate(KOMMUNER)} | small
    given: dict[str, Any] = {
        "kind": "file",
        "publisher": "Jobcenter Nord",
        "title": "Særtræk om timer",
        "document_id": "saertraek.xlsx",
        "retrieved_on": dt.date(2026, 1, 5),
        "licence": "Kun til egen brug",
        "published_note": "Ikke offentliggjort",
        "sha256": DIGEST,
        "series": "saertraek:timer",
    }
    return Batch(
        cells=cells(numbers, period=MONTH),
        provenance=Provenance(**(given | about)),
        recorded_at=dt.date(2026, 1, day),
        is_published=False,
    )


def importer(folder: Path) -> Importer:
    return Importer(store=Store(folder / "import"), target=folder / "atlas.duckdb")


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; when it was made is left out."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = [row[0] for row in connection.execute("SHOW TABLES").fetchall()]
        return {
            table: connection.execute(
                f"SELECT * EXCLUDE ({leave}) FROM {table}" if leave else f"SELECT * FROM {table}"
            ).fetchall()
            for table in tables
            if table not in ("build", "version")
            for leave in ["imported_at" if table == "import" else ""]
        }


def test_what_may_be_shown_is_in_the_warehouse(data: Path) -> None:
    outcome = importer(data).import_batches([batch()])
    atlas = Atlas(data / "atlas.duckdb")
    source = atlas.sources()[atlas.imports()["source_id"].item()]
    assert (source.kind, source.publisher, source.licence) == (
        "file",
        "Jobcenter Nord",
        "Kun til egen brug",
    )
    assert (source.published_note, source.retrieved_on) == (
        "Ikke offentliggjort",
        dt.date(2026, 1, 5),
    )
    assert (source.series, source.import_id) == ("saertraek:timer", outcome.import_ids[0])
    assert source.sha256 not in (None, DIGEST)
    shown = atlas.cells(HOURS, MONTH)
    state = dict(shown.select("area_id", "status").iter_rows())
    assert (state["0730"], state["0710"], state["0101"]) == ("suppressed", "suppressed", "shown")
    assert atlas.cells(HOURS, MONTH).filter(area_id="0101")["numerator"].item() == 20
    meant = sum(20 + place % 7 for place, area in enumerate(KOMMUNER) if area not in SMALL)
    assert atlas.national(HOURS, MONTH)["numerator"] == meant + sum(n for n, _ in SMALL.values())
    (row,) = atlas.protection().filter(source_id=source.source_id).to_dicts()
    assert (row["status"], row["kind"], row["exposed"]) == ("protected", "file", 0)
    assert row["hidden"] >= 4  # the two kommuner and their jobcentres
    assert atlas.imports()["form"].item() == "run"


def test_hidden_numbers_are_nowhere(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sources that differ only in what is hidden give the same bytes, apart from their keys."""
    monkeypatch.setattr(prepare, "content_hash", lambda *_: "f" * 64)
    found = []
    for name, small in (("a", SMALL), ("b", SWAPPED)):
        into = importer(data / name)
        into.import_batches([batch(small, sha256=name * 64)])
        (one,) = into.store.active()
        kept = sorted(path for path in one.folder.rglob("*") if path.is_file())
        found.append(([(path.name, path.read_bytes()) for path in kept], dump(into.target)))
        everything = [path for path in (data / name).rglob("*") if path.is_file()]
        assert not any(name.encode() * 64 in path.read_bytes() for path in everything)
    assert [name for name, _ in found[0][0]] == ["disclosed.parquet", "import.json"]
    assert found[0] == found[1]


def test_the_import_id_tells_nothing_of_the_numbers(data: Path) -> None:
    """Two machines give the same numbers different ids, so that trying all finds nothing."""
    ids = [importer(data / name).import_batches([batch()]).import_ids for name in "ab"]
    assert ids[0] != ids[1]


def test_a_newer_vintage_keeps_what_the_older_hides(data: Path) -> None:
    into = importer(data)
    into.import_batches([batch()])
    into.import_batches([batch(SMALL | {"0101": (30, 60)}, day=9)])
    atlas = Atlas(into.target)
    now = dict(atlas.cells(HOURS, MONTH).select("area_id", "numerator").iter_rows())
    assert (now["0101"], now["0730"], now["0710"]) == (30, None, None)
    then = atlas.cells(HOURS, MONTH, as_of=dt.date(2026, 1, 8))
    assert then.filter(area_id="0101")["numerator"].item() == 20
    assert atlas.conflicts().is_empty()
    assert atlas.imports().height == 2


def test_the_audit_command_takes_it_for_our_own(data: Path, tmp_path: Path) -> None:
    from argparse import Namespace

    importer(data).import_batches([batch()])
    report = tmp_path / "rapport.json"
    asked = Namespace(fra=data / "atlas.duckdb", kriterium=None, json=report)
    assert run_audit(asked) == 0
    assert '"offentliggjort_af_andre": false' in report.read_text("utf-8")


def test_what_a_published_table_hides_is_not_told_by_a_file(data: Path) -> None:
    """Others hide a kommune: our file's number of it is not shown, nor any total."""
    into = importer(data)
    told: dict[str, Any] = dict.fromkeys(KOMMUNER, (25, 60)) | {"0101": None}
    about = replace(batch().provenance, kind="api", series="", document_id="Y1", sha256=None)
    others = Batch(cells(told, period=MONTH), about, dt.date(2026, 1, 1), is_published=True)
    into.import_batches([others])
    into.import_batches([batch()])
    atlas = Atlas(into.target)
    mine = atlas.imports().filter(form="run")["source_id"].item()
    found, _ = read_cells(into.store.active()[1].cells)
    assert found.filter(area_id="0101")["status"].item() == "suppressed"
    assert not set(found["area_id"]) & {"000", "1084", "DK011"}
    # What others have published is shown first, and where the two disagree it is said.
    assert set(atlas.cells(HOURS, MONTH)["kind"]) == {"api"}
    assert set(atlas.conflicts()["other_source_id"]) == {mine}
    assert "0101" not in atlas.conflicts()["area_id"]


def test_what_cannot_be_disclosed_is_refused(data: Path) -> None:
    into = importer(data)
    hides = replace(batch(), cells=cells(dict.fromkeys(KOMMUNER, (25, 60)) | {"0101": None}))
    with pytest.raises(ImportRefusedError, match="København"):
        into.import_batches([hides])
    counts = replace(batch(), cells=cells(dict.fromkeys(KOMMUNER, 25), period=MONTH))
    with pytest.raises(ImportRefusedError, match="mangler antal eller nævner"):
        into.import_batches([counts])
    assert not into.target.exists()
    assert into.store.active() == []
