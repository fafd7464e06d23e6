"""The files: marked, readable by anyone, and the same as the frames."""

from __future__ import annotations

import tomllib
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from queries.register.synthetic import SEED, generate, write
from queries.register.synthetic.files import _group_size
from queries.register.synthetic.frames import NAMES

COPIES = 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "register"
    steps: list[tuple[int, int]] = []
    write(folder, SEED, COPIES, lambda done, total: steps.append((done, total)))
    assert steps == [(1, COPIES), (2, COPIES)]
    return folder


def test_nothing_else_is_written(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        *(f"{name}.parquet" for name in NAMES),
        "mapping.toml",
        "README.txt",
    }


def test_every_file_says_that_it_is_synthetic(folder: Path) -> None:
    for name in NAMES:
        metadata = pq.read_metadata(folder / f"{name}.parquet").metadata
        assert metadata[b"kind"] == b"synthetic"
        assert metadata[b"synthetic"] == b"true"
        assert metadata[b"seed"] == str(SEED).encode()
    assert tomllib.loads((folder / "mapping.toml").read_text("utf-8"))["synthetic"] is True
    readme = (folder / "README.txt").read_text("utf-8")
    assert readme.startswith("SYNTETISK: opdigtede personer")


def test_what_is_streamed_is_what_is_generated(folder: Path) -> None:
    for name, frame in generate(SEED, COPIES).items():
        assert pl.read_parquet(folder / f"{name}.parquet").equals(frame), name


def test_row_groups_are_even(folder: Path) -> None:
    assert _group_size(667_000) == 222_334  # three groups
    assert _group_size(600) == 600
    metadata = pq.read_metadata(folder / "benefits.parquet")
    rows = [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)]
    assert all(150_000 < n < 375_000 for n in rows), rows


def test_no_copies_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one copy"):
        write(tmp_path, copies=0)
