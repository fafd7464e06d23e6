"""Ten marks that are told apart by shape alone, and the small drawings they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from pages.figures.svg import element

SHAPES = (
    "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0z",  # circle
    "M-4.5-4.5h9v9h-9z",  # square
    "M0-5.5L5.5 4.5H-5.5z",  # triangle
    "M0-6L6 0L0 6L-6 0z",  # diamond
    "M0 5.5L5.5-4.5H-5.5z",  # triangle, point down
    "M-1.8-5.5h3.6v3.7h3.7v3.6h-3.7v3.7h-3.6v-3.7h-3.7v-3.6h3.7z",  # plus
    "M-5-3L-3-5L0-2L3-5L5-3L2 0L5 3L3 5L0 2L-3 5L-5 3L-2 0z",  # cross
    "M-5.8 0L-2.9-5h5.8L5.8 0L2.9 5h-5.8z",  # hexagon
    "M-5-5.5h10L-5 5.5h10z",  # hourglass
    "M0-6L1.6-1.8L6-1.5L2.6 1.4L3.7 5.8L0 3.4L-3.7 5.8L-2.6 1.4L-6-1.5L-1.6-1.8z",  # star
)
"""Drawn around (0, 0), about 11 pixels wide; as many as areas can be compared."""


def percent(share: float) -> str:
    """Return a place along a drawing of any width: 34.5 -> '34.5%'."""
    return f"{share:.1f}".removesuffix(".0") + "%"


def definitions(number: int) -> str:
    """Return the first marks to be used by `mark` and `key`, once per page: invisible."""
    paths = "".join(element("path", d=d, id=f"mrk{n}") for n, d in enumerate(SHAPES[:number]))
    return element("svg", f"<defs>{paths}</defs>", class_="mrk-liste", aria_hidden="true")


def mark(shape: int, across: float) -> str:
    """Return one mark at `across` pct. of the width, in the middle of its lane."""
    return element("use", href=f"#mrk{shape}", x=percent(across))


def key(shape: int) -> str:
    """Return a mark to stand before a name in running text."""
    used = element("use", href=f"#mrk{shape}")
    return element("svg", used, class_="tegn", aria_hidden="true")


def broken_path(points: Sequence[tuple[float, float] | None]) -> str:
    """Return points as SVG path data in whole pixels, broken at each None.

    Steps are relative: half the letters of absolute places.
    """
    drawn, before = "", None
    for point in points:
        if point is None:
            before = None
            continue
        here = (round(point[0]), round(point[1]))
        if before is None:
            drawn += f"M{here[0]} {here[1]}h0"
        else:
            right, down = here[0] - before[0], here[1] - before[1]
            drawn += f"l{right}{'' if down < 0 else ' '}{down}"
        before = here
    return drawn
