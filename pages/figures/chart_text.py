"""Text as Plotly marks it up (`<b>`, `<br>`), measured and drawn as SVG."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.sax.saxutils import escape

from pages.figures.chart_subset import UnsupportedFigureError
from pages.figures.svg import element
from pages.figures.text_metrics import has_letter, text_width

LINE = 1.3
"""Baseline to baseline, in font sizes, as Plotly has it."""

ASCENT = 0.75
"""Top of the letters over the baseline, in font sizes."""

_TAG = re.compile(r"(</?[a-zA-Z][^>]*>)")
_MARKS = {"<b>": ("b", 1), "</b>": ("b", -1), "<i>": ("i", 1), "</i>": ("i", -1)}


@dataclass(frozen=True)
class Run:
    """A piece of one line in one weight and slant."""

    text: str
    bold: bool
    slanted: bool


def lines(markup: str) -> list[list[Run]]:
    """Return the lines of a text; raises UnsupportedFigureError for other marks than b, i, br."""
    depth = {"b": 0, "i": 0}
    found: list[list[Run]] = [[]]
    for token in _TAG.split(str(markup)):
        if re.fullmatch(r"<br\s*/?>", token):
            found.append([])
        elif token in _MARKS:
            letter, step = _MARKS[token]
            depth[letter] += step
        elif _TAG.fullmatch(token):
            raise UnsupportedFigureError(f"the mark {token} in a text")
        elif token:
            found[-1].append(Run(_known(unescape(token)), depth["b"] > 0, depth["i"] > 0))
    return found


def _known(text: str) -> str:
    if missing := sorted(letter for letter in set(text) if not has_letter(letter)):
        raise UnsupportedFigureError(f"letters that the font lacks: {' '.join(missing)}")
    return text


def size(markup: str, font: float) -> tuple[float, float]:
    """Return width and height of a text at a font size."""
    rows = lines(markup)
    widest = max(sum(text_width(run.text, font, semibold=run.bold) for run in row) for row in rows)
    return widest, font * (1 + LINE * (len(rows) - 1))


def draw(
    markup: str,
    x: float,
    y: float,
    font: float,
    *,
    colour: str,
    anchor: str = "start",
    angle: float = 0,
    kind: str = "",
) -> str:
    """Return the text with its first baseline at `y`; `anchor` as SVG has it; `angle` clockwise."""
    rows = []
    for number, row in enumerate(lines(markup)):
        # A drawing program takes spaces at the ends away.
        runs = "".join(_run(run) for run in row)
        rows.append(element("tspan", runs, x=x, y=y + number * LINE * font) if runs else "")
    attributes: dict[str, Any] = {"font_size": font, "fill": colour, "text_anchor": anchor}
    if angle:
        attributes["transform"] = f"rotate({angle:g} {x:.2f} {y:.2f})"
    if kind:
        attributes["class_"] = kind
    if len(rows) == 1:
        inner = "".join(_run(run) for run in lines(markup)[0])
        return element("text", inner, x=x, y=y, **attributes)
    return element("text", "".join(rows), **attributes)


def _run(run: Run) -> str:
    text = escape(re.sub(r"^ +| +$", lambda m: "\N{NO-BREAK SPACE}" * len(m[0]), run.text))
    look: dict[str, Any] = {}
    if run.bold:
        look["font_weight"] = "600"
    if run.slanted:
        look["font_style"] = "italic"
    return element("tspan", text, **look) if look else text
