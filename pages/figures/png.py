"""Figures as PNG, drawn from SVG with the fonts that the repository ships."""

from __future__ import annotations

import resvg_py

from pages.figures.text_metrics import FONT_FAMILY, FONT_FILES


def svg_to_png(svg: str, *, width: int) -> bytes:
    """The SVG document as a PNG of `width` pixels on white.

    System fonts are left out, so that the same document gives the same picture everywhere.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(path) for path in FONT_FILES],
        font_family=FONT_FAMILY,
        sans_serif_family=FONT_FAMILY,
    )
