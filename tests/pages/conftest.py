"""Warehouses whose made-up numbers can be told from all others, and one without any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pages.frame import data
from queries import Atlas
from queries.warehouse.build import build
from queries.warehouse.content import Content

ServeFile = Callable[[Path], Atlas]
FACTOR = 100_003
"""What every made-up count is multiplied by: then it has six digits, and nothing published has."""


def synthetic_ids(content: Content) -> list[str]:
    sources = content.tables["source"]
    ids = sources.filter(pl.col("kind") == "synthetic")["source_id"].to_list()
    assert ids, "the repository ships synthetic numbers"
    return ids


@pytest.fixture(scope="session")
def marked_file(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped warehouse, with every made-up count recognisable by its size."""
    made_up = pl.col("source_id").is_in(synthetic_ids(content))
    counts = ("numerator", "denominator_low", "denominator_high")
    observations = content.tables["observation"].with_columns(
        pl.when(made_up).then(pl.col(name) * FACTOR).otherwise(name).alias(name) for name in counts
    )
    told = content.tables["alternative"].with_columns(pl.col("numerator", "denominator") * FACTOR)
    path = tmp_path_factory.mktemp("marked") / "atlas.duckdb"
    tables = content.tables | {"observation": observations, "alternative": told}
    build(replace(content, tables=tables), path)
    return path


@pytest.fixture(scope="session")
def published_file(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped warehouse without its synthetic numbers."""
    real = ~pl.col("source_id").is_in(synthetic_ids(content))
    told = ("source", "observation", "alternative", "protection")
    tables = {name: content.tables[name].filter(real) for name in told}
    known = tables["observation"]["indicator_id"].unique().to_list()
    indicators = content.tables["indicator"].filter(pl.col("indicator_id").is_in(known))
    path = tmp_path_factory.mktemp("published") / "atlas.duckdb"
    build(replace(content, tables=content.tables | tables | {"indicator": indicators}), path)
    return path


@pytest.fixture
def serve_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[ServeFile]:
    """`serve_file(path)`: let the pages ask that warehouse until the test ends."""

    def serve(path: Path) -> Atlas:
        monkeypatch.setenv("INDSATSATLAS_DATA", str(path.parent))
        data.atlas.cache_clear()
        return data.atlas()

    yield serve
    data.atlas.cache_clear()
