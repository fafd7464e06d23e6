"""What the tests of documents share."""

from __future__ import annotations

from functools import lru_cache

import pytest

from pages.figures.png import svg_to_png
from pages.samraad.documents.word import drawing


@lru_cache(maxsize=64)
def _picture(svg: str, width: int) -> bytes:
    return svg_to_png(svg, width=width)


@pytest.fixture(autouse=True)
def pictures_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each figure of a Word document once and here, not in a process for each."""
    if "word" in request.node.nodeid:
        monkeypatch.setattr(drawing, "svg_to_png_apart", lambda svg, *, width: _picture(svg, width))
