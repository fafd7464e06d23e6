"""How wide a text is in the font of exported figures, so that an SVG can wrap it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FONT_FILES = (FONTS / "AtlasSans-Regular.ttf", FONTS / "AtlasSans-Semibold.ttf")
FONT_FAMILY = "Atlas Sans"
_MISSING = 0.6  # of the font size: wider than most letters, so that lines rather break early


def text_width(text: str, size: float, *, semibold: bool = False) -> float:
    """Width of `text` at font size `size`, in the same unit; kerning is left out."""
    advances = _advances()["Semibold" if semibold else "Regular"]
    return size * sum(advances.get(character, _MISSING) for character in text)


def has_letter(letter: str) -> bool:
    """Whether the font of exported figures has a letter; another would be missing in a PNG."""
    return letter in _advances()["Regular"]


def wrapped(text: str, size: float, width: float, *, semibold: bool = False) -> list[str]:
    """The lines of `text` that fit in `width`; a longer single word keeps a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, semibold=semibold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _advances() -> dict[str, dict[str, float]]:
    advances: dict[str, dict[str, float]] = json.loads(
        (FONTS / "advances.json").read_text(encoding="utf-8")
    )
    return advances
