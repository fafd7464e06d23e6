"""Fixtures of the readers: the kommune names, and the published document."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries.sources.kommune_names import KommuneNames


@pytest.fixture(scope="session")
def names() -> KommuneNames:
    """The names the repository ships."""
    return KommuneNames.from_csv()


@pytest.fixture(scope="session")
def spm_554(shared: Path) -> str:
    """The text of the corrected answer to BEU alm. del spm. 554."""
    return (shared / "seeds" / "002_98f7a85d99b85152.txt").read_text(encoding="utf-8")
