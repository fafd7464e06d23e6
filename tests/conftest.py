"""Fixtures every part shares: the documents beside the checkout, and a real warehouse."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from queries import Atlas
from queries.warehouse.build import build
from queries.warehouse.content import Content, shipped_content

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

# Random examples at the desk, the same ones in CI: a landing must not hang on luck.
settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the source documents; without it the tests of them fail, not skip."""
    if not (SHARED / "seeds").is_dir():
        pytest.fail(f"The source documents are not in {SHARED}: put them there to test the reader")
    return SHARED


@pytest.fixture(scope="session")
def content() -> Content:
    """What the repository ships, made by production code."""
    return shipped_content()


@pytest.fixture(scope="session")
def warehouse_file(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse built from what the repository ships; read it, never change it."""
    path = tmp_path_factory.mktemp("warehouse") / "atlas.duckdb"
    build(content, path)
    return path


@pytest.fixture(scope="session")
def atlas(warehouse_file: Path) -> Atlas:
    """The façade over that warehouse."""
    return Atlas(warehouse_file)
