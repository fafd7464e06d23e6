"""The map as one SVG document for print, download and documents.

The same areas, colours and patterns as the map on screen (`pages.components.area_map`), in the
light theme. The same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from geodata import Area, Frame, MapAsset
from geodata.asset import parse_map
from pages.figures.legend import Fill, Legend, MapCell
from pages.figures.palette import (
    BACKGROUND,
    CLASS_FILLS,
    DIVERGING_FILLS,
    LIGHT_BORDER,
    LINES,
    PATTERNS,
    SOLID_TONES,
    STATUS_LABELS,
    TEXT,
    TONES,
    light_border,
)
from pages.figures.svg import element, text
from pages.figures.text_metrics import FONT_FAMILY, text_width, wrapped

PAGE = 900.0  # the drawing's own width; `width` only scales it
MARGIN = 32.0
INNER = PAGE - 2 * MARGIN
FONTS = f"'{FONT_FAMILY}', 'Source Sans 3', 'Source Sans Pro', system-ui, sans-serif"
SWATCH = (28.0, 17.0)
NAME_SIZE = 18.5  # of a tile's name, in the units of the tiles


def map_svg(
    asset: MapAsset | Mapping[str, Any],
    *,
    level: str,
    cells: Sequence[MapCell],
    legend: Legend,
    selected: str | None,
    title: str,
    subtitle: str,
    source: str,
    note: str | None = None,
    badge: str | None = None,
    width: int = 900,
    tiles: bool = False,
) -> str:
    """The document: title, subtitle, map with insets, key, note and source.

    `asset` may also be the parsed JSON of the file that browsers fetch; `level` is one of its
    levels ('kommune', 'jobcenter'). Areas without a cell are dimmed.
    With `tiles` it is the equal-area map. `badge` ('SYNTETISKE TAL') stands on the map. `width` is
    the width in pixels at which the document presents itself.
    """
    if not isinstance(asset, MapAsset):
        asset = parse_map(json.dumps(asset).encode())
    parts = [*_defs()]
    y = MARGIN
    for line in wrapped(title, 27, INNER, semibold=True):
        y += 28
        parts.append(text(line, MARGIN, y, 27, font_weight="600", fill=TEXT))
    y += 4
    for line in wrapped(subtitle, 17, INNER):
        y += 24
        parts.append(text(line, MARGIN, y, 17, fill=_tone("muted")))
    y += 26
    drawing, height = _map(
        asset, level, cells, selected, y, diverging=legend.diverging, tiles=tiles
    )
    parts += drawing
    if badge:
        parts += _badge(badge, MARGIN, y)
    y += height + 30
    key, y = _key(legend, next((c for c in cells if c.area_id == selected), None), y)
    parts += key
    y += 14
    for paragraph in (note, source):
        for line in wrapped(paragraph or "", 14, INNER):
            y += 19
            parts.append(text(line, MARGIN, y, 14, fill=_tone("muted")))
        y += 4
    y += MARGIN - 8
    return sheet(parts, title, f"{subtitle} {note or ''}".strip(), width=width, height=y)


def sheet(parts: Sequence[str], title: str, description: str, *, width: int, height: float) -> str:
    """Return a whole SVG document of what is drawn on a page of `PAGE` times `height`.

    `width` is that of the picture in pixels; `title` and `description` name it for those who do
    not see it.
    """
    head = element("title", escape(title), id="t") + element("desc", escape(description), id="d")
    ground = element("rect", width=PAGE, height=height, fill=BACKGROUND)
    return element(
        "svg",
        "\n".join([head, ground, *filter(None, parts)]) + "\n",
        xmlns="http://www.w3.org/2000/svg",
        lang="da",
        role="img",
        aria_labelledby="t d",
        viewBox=f"0 0 {PAGE:g} {height:g}",
        width=width,
        height=round(width * height / PAGE),
        font_family=FONTS,
    )


def _map(
    asset: MapAsset,
    level: str,
    cells: Sequence[MapCell],
    selected: str | None,
    y: float,
    *,
    diverging: bool,
    tiles: bool,
) -> tuple[list[str], float]:
    left, top, wide, high = asset.tiles.view_box if tiles else asset.view_box
    scale = INNER / wide
    by_id = {cell.area_id: cell for cell in cells}
    areas = asset.levels[level]
    if tiles:
        areas = tuple(replace(area, d=asset.tiles.path(area)) for area in areas)
    inside = (
        []
        if tiles
        else [
            *_frames(asset.frames, scale),
            *(_line(area.d, "coast", _tone("coast"), scale) for area in areas),
        ]
    )
    inside += [_area(area, by_id.get(area.id), scale, diverging) for area in areas]
    if tiles:
        for area in areas:
            inside += _short_name(area, by_id.get(area.id), diverging)
    for area in areas:
        if area.id == selected:
            inside += [
                _line(area.d, "halo", BACKGROUND, scale),
                _line(area.d, "selection", TEXT, scale, id="valgt"),
            ]
    move = f"translate({MARGIN - left * scale:g} {y - top * scale:g}) scale({scale:.5g})"
    return [element("g", "\n".join(inside), transform=move)], high * scale


def _short_name(area: Area, cell: MapCell | None, diverging: bool) -> Iterator[str]:
    """Yield the lines of a tile's name; on hatch they stand on a halo of the background."""
    fill: Fill = cell.fill if cell else "outside"
    dark = isinstance(fill, int) and light_border(fill, diverging=diverging)
    lines = area.short.split("|")
    (x, y), size = area.tile, NAME_SIZE
    halo: dict[str, str | float] = {
        "stroke": BACKGROUND,
        "stroke_width": 3,
        "paint_order": "stroke",
    }
    for place, line in enumerate(lines):
        yield text(
            line,
            x,
            y + size * (0.36 + 1.05 * (place - (len(lines) - 1) / 2)),
            size,
            text_anchor="middle",
            fill=BACKGROUND if dark else TEXT,
            aria_hidden="true",
            **({} if isinstance(fill, int) else halo),
        )


def _area(area: Area, cell: MapCell | None, scale: float, diverging: bool) -> str:
    fill: Fill = cell.fill if cell else "outside"
    light = isinstance(fill, int) and light_border(fill, diverging=diverging)
    border = _tone("grey") if fill == "outside" else LIGHT_BORDER if light else _tone("border")
    said = f"{cell.name}: {cell.value_text}" if cell else ""
    return element(
        "path",
        element("title", escape(said)) if said else "",
        d=area.d,
        id=f"a{area.id}",
        class_=f"area fill-{fill}",
        fill=_paint(fill, diverging=diverging),
        stroke=border,
        stroke_width=LINES["area"] / scale,
        stroke_linejoin="round",
        fill_rule="evenodd",
    )


def _line(d: str, kind: str, colour: str, scale: float, **more: str) -> str:
    wide = LINES[kind] / scale
    return element(
        "path", d=d, fill="none", stroke=colour, stroke_width=wide, stroke_linejoin="round", **more
    )


def _frames(frames: Sequence[Frame], scale: float) -> Iterator[str]:
    for frame in frames:
        x, y, width, height = frame.rect
        yield element(
            "rect",
            x=x,
            y=y,
            width=width,
            height=height,
            fill="none",
            stroke=_tone("frame"),
            stroke_width=LINES["frame"] / scale,
        )
        yield text(frame.label, x, y - 6 / scale, 13 / scale, fill=_tone("muted"))


def _badge(label: str, x: float, y: float) -> Iterator[str]:
    wide = text_width(label, 18, semibold=True) + len(label) * 0.8 + 24
    yield element(
        "rect", x=x, y=y, width=wide, height=34, rx=4, fill=BACKGROUND, stroke=TEXT, stroke_width=2
    )
    yield text(
        label,
        x + 12,
        y + 23.5,
        18,
        font_weight="600",
        letter_spacing=0.8,
        fill=TEXT,
        class_="badge",
    )


def _key(legend: Legend, chosen: MapCell | None, y: float) -> tuple[list[str], float]:
    """The key from `y` down, and where it ends: a line of classes, then statuses and choice."""
    parts = [text(legend.heading, MARGIN, y, 16, font_weight="600", fill=TEXT)]
    if legend.note:
        y += 20
        parts.append(text(legend.note, MARGIN, y, 14, fill=_tone("muted")))
    classes: list[tuple[Fill, str]] = [
        (index, label) for index, (_, _, label) in enumerate(legend.classes)
    ]
    statuses: list[tuple[Fill, str]] = [(s, STATUS_LABELS[s]) for s in legend.statuses_present]
    y += 10
    for entries in (classes, statuses):
        y, drawn = _swatches(entries, y, diverging=legend.diverging)
        parts += drawn
    if chosen:
        parts.append(_box(y, fill=BACKGROUND, stroke=TEXT, stroke_width=LINES["selection"]))
        said = f"Valgt: {chosen.name}, {chosen.value_text}"
        parts.append(text(said, MARGIN + SWATCH[0] + 8, y + 13.5, 15, fill=TEXT))
        y += 26
    return parts, y


def _swatches(
    entries: Sequence[tuple[Fill, str]], y: float, *, diverging: bool
) -> tuple[float, list[str]]:
    parts: list[str] = []
    wide, _ = SWATCH
    x = MARGIN
    for fill, label in entries:
        needed = wide + 8 + text_width(label, 15)
        if x > MARGIN and x + needed > PAGE - MARGIN:
            x, y = MARGIN, y + 26
        parts.append(
            _box(
                y,
                x,
                class_=f"key fill-{fill}",
                fill=_paint(fill, diverging=diverging),
                stroke=_tone("coast"),
            )
        )
        parts.append(text(label, x + wide + 8, y + 13.5, 15, fill=TEXT))
        x += needed + 22
    return (y + 26 if entries else y), parts


def _box(y: float, x: float = MARGIN, **attributes: str | float) -> str:
    wide, high = SWATCH
    return element("rect", "", x=x, y=y, width=wide, height=high, **attributes)


def _defs() -> Iterator[str]:
    for status, pattern in PATTERNS.items():
        ground = element("rect", width=pattern.size, height=pattern.size, fill=_tone("ground"))
        ink = element("g", pattern.mark, fill=_tone("ink"), stroke=_tone("ink"))
        yield element(
            "defs",
            element(
                "pattern",
                ground + ink,
                id=f"pattern-{status}",
                width=pattern.size,
                height=pattern.size,
                patternUnits="userSpaceOnUse",
            ),
        )


def _paint(fill: Fill, *, diverging: bool) -> str:
    if isinstance(fill, int):
        return DIVERGING_FILLS[fill] if diverging else CLASS_FILLS[fill]
    return f"url(#pattern-{fill})" if fill in PATTERNS else _tone(SOLID_TONES[fill])


def _tone(name: str) -> str:
    return TONES[name].hex()
