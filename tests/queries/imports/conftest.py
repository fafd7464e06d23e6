"""A data folder of its own for every test of imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries.warehouse import content as contents
from queries.warehouse.content import Content, shipped_content


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, which `Store()` and the warehouse's path lie in."""
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def base() -> Content:
    """What the repository ships without what is made up: it takes no time to audit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "SYNTHETIC_REGISTER", Path("there is none"))
        return shipped_content()
