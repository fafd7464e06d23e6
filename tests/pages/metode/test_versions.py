"""What the page tells of data versions: one, two, and what differs between them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pages.language import danish
from pages.metode.versions import changed
from queries import Atlas
from queries.warehouse.build import build
from queries.warehouse.content import Content
from tests.pages.conftest import ServeFile
from tests.pages.running import run, text


@pytest.fixture(scope="module")
def rebuilt_file(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse built twice: the second time without one synthetic month."""
    path = tmp_path_factory.mktemp("rebuilt") / "atlas.duckdb"
    build(content, path)
    observations = content.tables["observation"].filter(pl.col("period") != "2016M01")
    build(replace(content, tables=content.tables | {"observation": observations}), path)
    return path


def test_a_fresh_machine_has_one_version(warehouse_file: Path, serve_file: ServeFile) -> None:
    atlas = serve_file(warehouse_file)
    test = run("metode.kilder")
    page = text(test)
    assert "Her kendes kun én version" in page
    assert atlas.version in page
    assert list(test.selectbox) == []


def test_two_versions_and_what_was_withdrawn(rebuilt_file: Path, serve_file: ServeFile) -> None:
    atlas = serve_file(rebuilt_file)
    newest, before = atlas.versions()["version"].to_list()
    rows = atlas.changes(before, newest)
    assert rows is not None
    (row,) = rows.filter(pl.col("indicator_id") == "passive_ressourceforloeb").to_dicts()
    assert row["withdrawn"] > 90
    test = run("metode.kilder")
    page = text(test)
    assert "Her kendes kun én version" not in page
    assert f"Fra {before} til {newest}" in page
    assert rows.height > 1
    for row in rows.to_dicts():
        title = atlas.indicator(row["indicator_id"]).title
        gone = f"januar 2016 0 0 {danish.number(row['withdrawn'])}"
        assert f"{title} syntetisk Syntetisk register, frø 554 {gone}" in page
    assert [box.value for box in test.selectbox] == [before, newest]


def test_the_other_way_the_cells_are_new(rebuilt_file: Path, serve_file: ServeFile) -> None:
    atlas = serve_file(rebuilt_file)
    newest, before = atlas.versions()["version"].to_list()
    rows = atlas.changes(newest, before)
    assert rows is not None
    page = text(run("metode.kilder", fra=newest, til=before))
    assert f"Fra {newest} til {before}" in page
    for added in rows["added"]:
        assert f"januar 2016 {danish.number(added)} 0 0" in page


def test_a_version_that_is_not_known_falls_back(rebuilt_file: Path, serve_file: ServeFile) -> None:
    atlas = serve_file(rebuilt_file)
    newest, before = atlas.versions()["version"].to_list()
    assert f"Fra {before} til {newest}" in text(run("metode.kilder", fra="findes-ikke"))


def test_the_same_version_twice_has_no_difference(atlas: Atlas) -> None:
    assert "Ingen tal er forskellige" in changed(atlas, atlas.version, atlas.version)
    assert "kendes ikke her" in changed(atlas, "ukendt", atlas.version)
