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
FIRST = ("tests/queries/register/test_shipped_cells.py", "tests/pages/", "tests/browser/")
"""What takes minutes comes first, so that what begins last is over soon. The longest test has
processes of its own: it runs beside pages, since browsers would wait for it beyond their time.
"""
SHARED = ROOT.parent / "shared"

# Random examples at the desk, the same ones in CI: a landing must not hang on luck.
settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in an order in which no process waits for another at the end."""

    def place(item: pytest.Item) -> int:
        return next((n for n, name in enumerate(FIRST) if item.nodeid.startswith(name)), len(FIRST))

    items.sort(key=place)


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
