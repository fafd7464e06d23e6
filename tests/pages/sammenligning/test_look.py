"""What the style sheet says twice: colours that are told apart, headings of cards."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pages.figures.marks import SHAPES
from pages.sammenligning.sheet import HEADS

ROOT = Path(__file__).parents[3]
SHEET = (ROOT / "pages/frame/assets/sammenligning.css").read_text("utf-8")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_mark_has_a_colour_of_its_own_that_is_seen_on_both_themes() -> None:
    found = re.findall(r"--farve: (#\w{6});", SHEET)
    assert len(set(found)) == len(found) == len(SHAPES)
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    for name in ("light", "dark"):
        ground = theme[name]["backgroundColor"]
        assert [c for c in found if contrast(c, ground) < 3] == []


def test_cards_have_the_headings_of_the_columns() -> None:
    found = re.findall(r'td:nth-child\((\d)\)::before \{ content: "([^"]+)"; \}', SHEET)
    assert found == [(str(n), head) for n, head in enumerate(HEADS[1:], 2)]
