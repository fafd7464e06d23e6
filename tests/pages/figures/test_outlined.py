"""Letters as shapes: the same picture as with the font, and every outline is the font's own."""

from __future__ import annotations

import importlib.util
import json
import re

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from pages.figures.outlined import outlined
from pages.figures.text_metrics import FONTS, text_width

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">{}</svg>'


def points(svg: str) -> list[tuple[float, float]]:
    """The corners of every path that has only lines, curves and closings."""
    found = []
    for path in re.findall(r' d="([^"]*)"', svg):
        x = y = 0.0
        for command, numbers in re.findall(r"([MLQHV])([-\d. ]*)", path):
            values = [float(value) for value in numbers.split()]
            if command == "H":
                x = values[-1]
            elif command == "V":
                y = values[-1]
            else:
                x, y = values[-2:]
            found.append((x, y))
    return found


@pytest.mark.parametrize("style", ["Regular", "Semibold"])
def test_the_outlines_are_those_of_the_font_files(style: str) -> None:
    spec = importlib.util.spec_from_file_location("make_fonts", FONTS / "make_fonts.py")
    assert spec
    assert spec.loader
    make_fonts = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_fonts)
    shipped = json.loads((FONTS / "outlines.json").read_text(encoding="utf-8"))
    assert shipped[style] == make_fonts.outlines(TTFont(FONTS / f"AtlasSans-{style}.ttf"))


def test_a_letter_stands_where_the_font_draws_it() -> None:
    font = TTFont(FONTS / "AtlasSans-Regular.ttf")
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord("H")]].draw(pen)
    left, bottom, right, top = pen.bounds
    found = points(outlined(SVG.format('<text x="20" y="50" font-size="10">H</text>')))
    assert min(x for x, _ in found) == pytest.approx(20 + left / 100, abs=0.006)
    assert max(x for x, _ in found) == pytest.approx(20 + right / 100, abs=0.006)
    assert min(y for _, y in found) == pytest.approx(50 - top / 100, abs=0.006)
    assert max(y for _, y in found) == pytest.approx(50 - bottom / 100, abs=0.006)


@pytest.mark.parametrize(("anchor", "share"), [("start", 0.0), ("middle", 0.5), ("end", 1.0)])
def test_a_line_is_anchored_by_its_whole_width(anchor: str, share: float) -> None:
    text = f'<text x="100" y="50" font-size="20" text-anchor="{anchor}">I<tspan>II</tspan></text>'
    plain = '<text x="0" y="50" font-size="20">III</text>'
    moved, still = points(outlined(SVG.format(text))), points(outlined(SVG.format(plain)))
    wide = text_width("III", 20)
    assert len(moved) == len(still)
    for (x, y), (x0, y0) in zip(moved, still, strict=True):
        assert x == pytest.approx(100 - share * wide + x0, abs=0.02)
        assert y == y0


def test_look_and_turn_are_kept_and_lines_begin_anew() -> None:
    given = (
        '<text fill="#123456" transform="rotate(-90 5 6)"><tspan x="1" y="20">I</tspan>'
        '<tspan x="60" y="40" font-weight="600">I</tspan></text>'
    )
    made = outlined(SVG.format(given))
    assert "<text" not in made
    assert 'transform="rotate(-90 5 6)"' in made
    assert made.count('fill="#123456"') == 2
    first, second = (points(f'<p d="{path}"/>') for path in re.findall(r' d="([^"]*)"', made))
    assert max(x for x, _ in first) < 20
    assert min(x for x, _ in second) > 60
    assert max(y for _, y in first) == 20
    assert max(y for _, y in second) == 40


def test_a_text_with_a_letter_of_another_alphabet_is_kept() -> None:
    made = outlined(SVG.format('<text x="1" y="2">Ж</text><text x="1" y="2">A &amp; Å</text>'))
    assert made.count("<text") == 1
    assert "Ж</text>" in made
