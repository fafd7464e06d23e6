"""Kept data versions: the number as it was, and nothing of what is withheld now."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from queries import Atlas
from queries.imports.run import Importer
from queries.warehouse import archive, build
from queries.warehouse import content as contents
from queries.warehouse.content import Content, shipped_content
from tests.queries.imports.small import PASSIVE, batch, importer

LATER = dt.date(2020, 2, 29)
MONTH = "2018M01"


@pytest.fixture(scope="module")
def base() -> Content:
    """What the repository ships without what is made up: it takes no time to audit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "SYNTHETIC_REGISTER", Path("there is none"))
        return shipped_content()


@pytest.fixture
def into(tmp_path: Path, base: Content, monkeypatch: pytest.MonkeyPatch) -> Importer:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    return importer(tmp_path, base)


def number(atlas: Atlas | None, area_id: str = "0101") -> Any:
    assert atlas is not None
    return atlas.cells(PASSIVE, MONTH).filter(area_id=area_id)["numerator"].item()


def correct(into: Importer) -> tuple[str, str, str]:
    """Import a table and its correction; return the versions and the correction's id."""
    first = into.import_batches([batch(first=100)])
    wrong = Atlas(into.target).cells(PASSIVE, MONTH)["source_id"][0]
    again = batch(first=101, corrects=wrong, document_id="berigtigelse", recorded_at=LATER)
    second = into.import_batches([again])
    return first.version, second.version, second.import_ids[0]


def test_an_earlier_version_has_the_number_as_it_was(into: Importer) -> None:
    first, second, _ = correct(into)
    atlas = Atlas(into.target)
    assert atlas.version == second
    assert atlas.at(second) is atlas
    # The first of the kommuner by code.
    assert (number(atlas), number(atlas.at(first))) == (101, 100)
    old = atlas.at(first)
    assert old is not None
    assert old.version == first
    assert {source.document_id for source in old.sources().values()}.isdisjoint({"berigtigelse"})
    assert set(archive.kept(into.target)) >= {first, second}


def test_the_same_facade_is_asked_again(into: Importer) -> None:
    first, _, _ = correct(into)
    atlas = Atlas(into.target)
    assert atlas.at(first) is atlas.at(first)


@pytest.mark.parametrize("version", ["", "0" * 12, "../../../etc", "ABCDEFABCDEF", "0" * 13])
def test_what_is_no_kept_version_is_none(into: Importer, version: str) -> None:
    correct(into)
    assert Atlas(into.target).at(version) is None


def test_undo_leaves_nothing_behind(into: Importer) -> None:
    first, second, import_id = correct(into)
    open_before = Atlas(into.target)
    assert number(open_before.at(first)) == 100
    into.undo(import_id)
    atlas = Atlas(into.target)
    assert atlas.version == first
    assert atlas.at(second) is None
    assert archive.kept(into.target) == [first]
    told = import_id.encode()
    for path in archive.folder_of(into.target).iterdir():
        assert told not in path.read_bytes(), path


def test_a_version_with_what_was_undone_is_not_read_before_it_is_removed(
    into: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second, import_id = correct(into)
    # As though the process were killed right after the new warehouse took the old one's place.
    monkeypatch.setattr(build, "_archive", lambda _target: None)
    into.undo(import_id)
    assert second in archive.kept(into.target)
    assert Atlas(into.target).at(second) is None
    monkeypatch.undo()
    build.keep_in_force(into.target)
    assert second not in archive.kept(into.target)


def hidden(content: Content, area_id: str) -> Content:
    """The content as a newer decision hides one area in it."""
    here = (pl.col("area_id") == area_id) & (pl.col("period") == MONTH)
    nothing = {
        name: pl.when(here).then(None).otherwise(pl.col(name)).alias(name)
        for name in (
            "numerator",
            "denominator_low",
            "denominator_high",
            "share_pct",
            "share_decimals",
        )
    }
    cells = content.tables["observation"]
    changed = cells.with_columns(
        *nothing.values(),
        status=pl.when(here).then(pl.lit("suppressed")).otherwise(pl.col("status")),
        note=pl.when(here).then(pl.lit("Skjult nu")).otherwise(pl.col("note")),
    ).select(cells.columns)
    return replace(content, tables={**content.tables, "observation": changed})


def test_a_cell_that_is_hidden_now_is_hidden_in_earlier_versions_too(into: Importer) -> None:
    first = into.import_batches([batch(first=850)]).version
    before = Atlas(into.target).cells(PASSIVE, MONTH)
    content = into.around.content(into.store.active())
    areas = ("0101", "J0101")
    for area in areas:
        content = hidden(content, area)
    second = build.build(content, into.target)
    assert second != first
    atlas = Atlas(into.target)
    old = atlas.at(first)
    assert old is not None
    cell = old.cells(PASSIVE, MONTH).filter(area_id="0101").row(0, named=True)
    assert (cell["status"], cell["numerator"], cell["share_pct"]) == ("suppressed", None, None)
    assert (cell["note"], cell["denominator_low"]) == ("Skjult nu", None)
    rest = old.cells(PASSIVE, MONTH).filter(pl.col("area_id") != "0101")
    same = before.filter(pl.col("area_id") != "0101")
    assert rest.drop("rank").equals(same.drop("rank"))
    with duckdb.connect(str(archive.path_of(into.target, first)), read_only=True) as connection:
        assert connection.execute("SELECT version FROM build").fetchall() == [(first,)]
        found = connection.execute(
            "SELECT count(*) FROM observation WHERE numerator = 850"
        ).fetchall()
    assert found == [(0,)]


def test_a_cell_of_our_own_that_is_gone_now_is_gone_before_too(into: Importer) -> None:
    into.import_batches([batch(first=500)])
    content = into.around.content(into.store.active())
    cells, sources = content.tables["observation"], content.tables["source"]
    imported = pl.col("import_id").is_not_null()
    own = sources.with_columns(
        choices=pl.when(imported).then(pl.lit("{}")).otherwise(pl.col("choices")),
        kind=pl.when(imported).then(pl.lit("register")).otherwise(pl.col("kind")),
        import_id=pl.lit(None, pl.String),
    )
    no_import = content.tables["import"].clear()
    tables = {**content.tables, "source": own, "import": no_import}
    first = build.build(replace(content, tables=tables), into.target)
    less = cells.filter(~((pl.col("period") == MONTH) & pl.col("area_id").is_in(["0101", "J0101"])))
    build.build(replace(content, tables={**tables, "observation": less}), into.target)
    old = Atlas(into.target).at(first)
    assert old is not None
    assert "0101" not in old.cells(PASSIVE, MONTH)["area_id"]
    assert old.cells(PASSIVE, MONTH).height == 97


def test_an_older_data_folder_gets_its_version_kept(into: Importer) -> None:
    first = into.import_batches([batch()]).version
    shutil.rmtree(archive.folder_of(into.target))
    build.keep_in_force(into.target)
    assert archive.kept(into.target) == [first]
    second = into.import_batches([batch("2018M02")]).version
    assert set(archive.kept(into.target)) == {first, second}


def test_the_version_in_force_is_kept_before_it_is_replaced(into: Importer) -> None:
    first = into.import_batches([batch(first=100)]).version
    shutil.rmtree(archive.folder_of(into.target))
    into.import_batches([batch("2018M02")])
    assert number(Atlas(into.target).at(first)) == 100


@pytest.mark.skipif(os.name == "nt", reason="no inodes")
def test_a_kept_file_is_a_link_and_takes_no_room(into: Importer) -> None:
    first = into.import_batches([batch()]).version
    kept = archive.path_of(into.target, first)
    assert kept is not None
    assert kept.stat().st_ino == into.target.stat().st_ino


def test_it_is_copied_where_the_disk_has_no_links(
    into: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refused)
    first = into.import_batches([batch()]).version
    kept = archive.path_of(into.target, first)
    assert kept is not None
    assert kept.read_bytes() == into.target.read_bytes()


def test_a_damaged_or_old_file_is_not_read_and_goes(into: Importer) -> None:
    first, _, _ = correct(into)
    path = archive.path_of(into.target, first)
    assert path is not None
    path.write_bytes(b"not a database" * 400)
    assert Atlas(into.target).at(first) is None
    archive.clear(into.target)
    assert first not in archive.kept(into.target)


def test_a_folder_that_cannot_be_written_stops_no_build(
    into: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    into.import_batches([batch()])

    def refused(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "clear", refused)
    second = into.import_batches([batch("2018M02")])
    assert Atlas(into.target).version == second.version


def test_the_oldest_go_first(into: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_KEPT", 2)
    versions = []
    for month in ("2018M01", "2018M02", "2018M03"):
        versions.append(into.import_batches([batch(month)]).version)
        kept = archive.path_of(into.target, versions[-1])
        assert kept is not None
        os.utime(kept, ns=(len(versions), len(versions)))
    archive.clear(into.target)
    assert archive.kept(into.target) == [versions[2], versions[1]]
