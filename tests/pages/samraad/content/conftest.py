"""A small data folder that is corrected, renewed and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries.imports.run import Importer
from queries.warehouse import content as contents
from queries.warehouse.content import Content, shipped_content
from tests.queries.imports.small import importer


@pytest.fixture(scope="package")
def base() -> Content:
    """What the repository ships without what is made up: it takes no time to audit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "SYNTHETIC_REGISTER", Path("there is none"))
        return shipped_content()


@pytest.fixture
def into(tmp_path: Path, base: Content, monkeypatch: pytest.MonkeyPatch) -> Importer:
    """Imports into a data folder of the test's own."""
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    return importer(tmp_path, base)
