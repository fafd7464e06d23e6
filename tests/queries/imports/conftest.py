"""A data folder of its own for every test of imports."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, which `Store()` and the warehouse's path lie in."""
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    return tmp_path
