"""Attacks on kept versions: files that are open, odd, damaged or not ours."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb

from queries import Atlas
from queries.imports.run import Importer
from queries.warehouse import archive, build
from tests.queries.imports.small import PASSIVE, batch
from tests.queries.warehouse.test_archive import MONTH, base, correct, hidden, into, number

__all__ = ["base", "into"]


def cell(atlas: Atlas | None) -> Any:
    assert atlas is not None
    found = atlas.cells(PASSIVE, MONTH).filter(area_id="0101")
    return found.select("status", "numerator").row(0)


def test_a_server_that_had_a_version_open_hides_what_is_hidden_now(into: Importer) -> None:
    first = into.import_batches([batch(first=850)]).version
    into.import_batches([batch("2018M02")])
    atlas = Atlas(into.target)
    assert cell(atlas.at(first)) == ("shown", 850)
    content = into.around.content(into.store.active())
    for area in ("0101", "J0101"):
        content = hidden(content, area)
    build.build(content, into.target)
    assert cell(atlas.at(first)) == ("suppressed", None)


def test_an_entry_that_cannot_be_removed_keeps_no_other(into: Importer) -> None:
    _, second, import_id = correct(into)
    folder = archive.folder_of(into.target)
    (folder / "ffffffffffff.duckdb").mkdir()
    (folder / "left.new").mkdir()
    into.undo(import_id)
    assert not (folder / f"{second}.duckdb").exists()
    assert Atlas(into.target).at("f" * 12) is None


def test_what_is_no_file_of_that_version_is_not_read(into: Importer, tmp_path: Path) -> None:
    first, _, _ = correct(into)
    folder = archive.folder_of(into.target)
    kept = archive.path_of(into.target, first)
    assert kept is not None
    elsewhere = tmp_path / "elsewhere.duckdb"
    shutil.copy(kept, elsewhere)
    (folder / "aaaaaaaaaaaa.duckdb").symlink_to(elsewhere)
    (folder / "bbbbbbbbbbbb.duckdb").symlink_to("/etc/passwd")
    (folder / "cccccccccccc.duckdb").symlink_to(tmp_path)
    (folder / "dddddddddddd.duckdb").write_bytes(b"")
    shutil.copy(kept, folder / "eeeeeeeeeeee.duckdb")
    other = folder / "123456789abc.duckdb"
    shutil.copy(kept, other)
    with duckdb.connect(str(other)) as connection:
        connection.execute("UPDATE build SET version = '123456789abc'")
        connection.execute("DROP TABLE statement")
    atlas = Atlas(into.target)
    for version in [*(letter * 12 for letter in "abcde"), "123456789abc", f"{first}\n"]:
        assert atlas.at(version) is None, version
    archive.clear(into.target)
    assert number(atlas.at(first)) == 100
    assert elsewhere.exists()


def test_a_damaged_file_of_the_version_in_force_is_made_anew(into: Importer) -> None:
    first = into.import_batches([batch(first=100)]).version
    kept = archive.path_of(into.target, first)
    assert kept is not None
    kept.unlink()  # a link: to write into it would damage the warehouse
    kept.write_bytes(b"half a file")
    into.import_batches([batch("2018M02")])
    assert number(Atlas(into.target).at(first)) == 100


def test_a_damaged_warehouse_costs_no_kept_version(into: Importer) -> None:
    first, second, _ = correct(into)
    into.target.unlink()
    into.target.write_bytes(b"not a database" * 400)
    build.keep_in_force(into.target)
    assert set(archive.kept(into.target)) >= {first, second}


def test_a_kept_file_with_a_damaged_block_is_not_read(into: Importer) -> None:
    first, _, _ = correct(into)
    kept = archive.path_of(into.target, first)
    assert kept is not None
    whole = kept.read_bytes()
    damaged = 0
    for at in range(28_672, len(whole), 16_384 * 4):
        kept.write_bytes(whole[:at] + b"?" * 40 + whole[at + 40 :])
        if archive._is_whole(kept):
            continue  # a block that holds nothing
        damaged += 1
        assert Atlas(into.target).at(first) is None
    assert damaged > 3
