"""Figures as PNG, drawn from SVG with the fonts that the repository ships."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import resvg_py

from pages.figures.text_metrics import FONT_FAMILY, FONT_FILES

ROOT = Path(__file__).parents[2]
SECONDS = 60
_ONE_AT_A_TIME = threading.Lock()


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


def svg_to_png_apart(svg: str, *, width: int) -> bytes:
    """The same, in a process of its own: drawing holds the interpreter for a second or two.

    One at a time, so that a server keeps a core for its readers. Raises CalledProcessError or
    TimeoutExpired when the process fails.
    """
    with _ONE_AT_A_TIME:
        return subprocess.run(
            [sys.executable, "-m", "pages.figures.png", str(width)],
            input=svg.encode(),
            capture_output=True,
            check=True,
            cwd=ROOT,
            timeout=SECONDS,
        ).stdout


if __name__ == "__main__":
    sys.stdout.buffer.write(svg_to_png(sys.stdin.buffer.read().decode(), width=int(sys.argv[1])))
