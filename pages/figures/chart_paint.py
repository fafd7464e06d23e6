"""Colours, dashes, patterns and marker symbols of Plotly as SVG attributes."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from typing import Any

from pages.figures.chart_subset import Part, UnsupportedFigureError, one_of
from pages.figures.svg import element

COLORWAY = tuple(
    f"#{colour}"
    for colour in re.findall(
        "......", "1f77b4ff7f0e2ca02cd627289467bd8c564be377c27f7f7fbcbd2217becf"
    )
)
"""Plotly's own colours, in the order it gives them to traces that name none."""
NAMES = {"white": "#ffffff", "black": "#000000", "grey": "#808080", "gray": "#808080"}
_RGB = re.compile(r"rgba?\(([\d.]+), ?([\d.]+), ?([\d.]+)(?:, ?([\d.]+))?\)")
_DASHES = {"solid": (), "dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1)}
_PATHS: Mapping[str, str] = {
    "/": "M0,{s} L{s},0 M-{q},{q} L{q},-{q} M{p},{r} L{r},{p}",
    "\\": "M0,0 L{s},{s} M{p},-{q} L{r},{q} M-{q},{p} L{q},{r}",
    "x": "M0,{s} L{s},0 M0,0 L{s},{s}",
    "-": "M0,{h} L{s},{h}",
    "|": "M{h},0 L{h},{s}",
    "+": "M0,{h} L{s},{h} M{h},0 L{h},{s}",
}

Attributes = dict[str, Any]


def paint(kind: str, colour: str | None, opacity: float | None = None) -> Attributes:
    """Return the attributes of a fill or stroke (`kind`): a plain colour and its opacity.

    Word processors do not know rgba, so its last part becomes an attribute of its own.
    """
    alpha = 1.0 if opacity is None else float(opacity)
    plain = colour or "none"
    if found := _RGB.fullmatch(plain):
        plain = "#" + "".join(f"{round(float(part)):02x}" for part in found.groups()[:3])
        alpha *= float(found[4] or 1)
    plain = NAMES.get(plain, plain)
    if plain != "none" and not re.fullmatch(r"#[0-9a-fA-F]{3,6}|url\(#[\w-]+\)", plain):
        raise UnsupportedFigureError(f"the colour {colour!r}")
    if alpha == 0:
        return {kind: "none"}
    return {kind: plain} | ({f"{kind}_opacity": alpha} if alpha < 1 else {})


def stroke(line: Part | None, colour: str, width: float = 2) -> Attributes:
    """Return the attributes of a line with Plotly's colour, width and dash."""
    line = line or {}
    wide = float(width if line.get("width") is None else line["width"])
    drawn = paint("stroke", line.get("color") or colour) | {"stroke_width": wide}
    dash = line.get("dash") or "solid"
    if re.fullmatch(r"[\d.]+(px)?([, ]+[\d.]+(px)?)*", dash):
        return drawn | {"stroke_dasharray": dash.replace("px", "")}
    parts = _DASHES[one_of("dash", dash, _DASHES)]
    # As plotly.js: lengths follow the width, and a thin line has dashes as if it were 3 wide.
    unit = max(wide, 3)
    text = " ".join(f"{part * unit:g}" for part in parts)
    return drawn | ({"stroke_dasharray": text} if text else {})


def pattern(shape: str, own: Part, colour: str) -> tuple[str, str]:
    """Return a pattern's id and its definition: `shape` in the ink `fgcolor` over `colour`."""
    one_of("pattern", shape, (*_PATHS, "."))
    size = float(own.get("size") or 8)
    ink = own.get("fgcolor") or "#444444"
    ground = own.get("bgcolor") or colour
    solidity = float(own.get("solidity") or 0.3)
    across = shape in "/\\x"
    tile = size * math.sqrt(2) if across and shape != "x" else size
    look = f"{shape}|{size}|{ink}|{ground}|{solidity}"
    name = f"m{hashlib.sha256(look.encode()).hexdigest()[:10]}"
    if shape == ".":
        radius = size * math.sqrt(solidity / math.pi)
        mark = element("circle", cx=size / 2, cy=size / 2, r=radius, **paint("fill", ink))
    else:
        places = {"s": tile, "h": tile / 2, "q": tile / 4, "p": tile * 3 / 4, "r": tile * 5 / 4}
        d = _PATHS[shape].format(**{key: f"{value:.2f}" for key, value in places.items()})
        wide = size * solidity if not across else size * solidity * 0.8
        mark = element("path", d=d, fill="none", stroke_width=wide, **paint("stroke", ink))
    base = element("rect", width=tile, height=tile, **paint("fill", ground))
    frame: Attributes = {"width": tile, "height": tile, "patternUnits": "userSpaceOnUse"}
    return name, element("defs", element("pattern", base + mark, id=name, **frame))


def marker(symbol: str, x: float, y: float, size: float, look: Attributes) -> str:
    """Return one marker of a diameter `size` around a place."""
    open_ = symbol.endswith("-open")
    name = symbol.removesuffix("-open")
    if open_:
        look = look | paint("fill", None)
    radius = size / 2
    if name == "circle":
        return element("circle", cx=x, cy=y, r=radius, **look)
    if name == "square":
        return element("rect", x=x - radius, y=y - radius, width=size, height=size, **look)
    points = _corners(name, radius)
    if points is None:
        raise UnsupportedFigureError(f"the marker {symbol!r}")
    d = "M" + " L".join(f"{x + dx:.2f},{y + dy:.2f}" for dx, dy in points)
    return element("path", d=d if name.startswith("line") else f"{d} Z", **look)


def _corners(name: str, radius: float) -> list[tuple[float, float]] | None:
    wide, half, third = radius * 1.3, radius / 2, radius * 2 / math.sqrt(3)
    arm = radius * 0.4
    cross = [
        (radius * 1.2, arm), (arm, arm), (arm, radius * 1.2), (-arm, radius * 1.2), (-arm, arm),
        (-radius * 1.2, arm), (-radius * 1.2, -arm), (-arm, -arm), (-arm, -radius * 1.2),
        (arm, -radius * 1.2), (arm, -arm), (radius * 1.2, -arm),
    ]  # fmt: skip
    turn = math.sqrt(0.5)
    known: dict[str, list[tuple[float, float]]] = {
        "diamond": [(wide, 0), (0, wide), (-wide, 0), (0, -wide)],
        "triangle-up": [(-third, half), (third, half), (0, -radius)],
        "triangle-down": [(-third, -half), (third, -half), (0, radius)],
        "triangle-left": [(half, -third), (half, third), (-radius, 0)],
        "triangle-right": [(-half, -third), (-half, third), (radius, 0)],
        "cross": cross,
        "x": [((dx - dy) * turn, (dx + dy) * turn) for dx, dy in cross],
        "line-ns": [(0, radius * 1.4), (0, -radius * 1.4)],
        "line-ew": [(radius * 1.4, 0), (-radius * 1.4, 0)],
    }
    return known.get(name)
