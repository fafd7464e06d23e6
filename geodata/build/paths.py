"""Read the drawn kommuner out of the npm package react-denmark-map and flatten their curves.

The package (MIT, Martin Polley) holds one SVG path per kommune in its bundle, among paths of
other drawings. Its units are about 30 metres, y pointing down; Bornholm is drawn as an inset.
"""

from __future__ import annotations

import math
import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from shapely import MultiPolygon, Polygon, make_valid
from shapely.geometry.base import BaseGeometry

from geodata.build.polygons import polygons_of
from queries.errors import UserError

BUNDLE_IN_PACKAGE = "package/dist/esm/index.js"
_DRAWN_AREA = re.compile(r'code:"(\d{3})",d:"([^"]+)"')
_COMMAND = re.compile(r"([MmLlCcZz])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_FLATNESS = 1.0

Point = tuple[float, float]


def extract_paths(package: Path) -> dict[str, str]:
    """Return {kommunekode: path}, from the package's tgz or from its index.js.

    Only three-digit codes are kommuner; the same bundle holds regions under four digits.
    """
    found = _DRAWN_AREA.findall(_bundle_text(package))
    if not found:
        raise UserError(
            f"Filen {package.name} indeholder ingen kommunekoder med tegnede stier. "
            "Der skal bruges pakken react-denmark-map 1.0.0 (tgz-filen fra "
            "«npm pack react-denmark-map@1.0.0», eller dens dist/esm/index.js)."
        )
    return {code.zfill(4): compact(path) for code, path in sorted(found)}


def compact(path: str) -> str:
    """Rewrite a path with whole, relative numbers; rounding never adds up along the path.

    A source unit is some 30 metres: the digits behind the decimal point say nothing.
    """
    words: list[str] = []
    at = (0, 0)
    for command, points in _absolute_commands(path):
        if command == "Z":
            words.append("z")
            continue
        whole = [(round(x), round(y)) for x, y in points]
        if command == "M":
            words.append(f"M{whole[0][0]} {whole[0][1]}")
        else:
            steps = " ".join(f"{x - at[0]} {y - at[1]}" for x, y in whole)
            words.append(f"{command.lower()}{steps}")
        at = whole[-1]
    return re.sub(r" (?=-)", "", "".join(words))


def drawn_polygons(paths: Mapping[str, str]) -> dict[str, MultiPolygon]:
    """Return each kommune as valid polygons in the drawing's units, y still pointing down."""
    return {code: _to_polygons(path) for code, path in paths.items()}


def _bundle_text(package: Path) -> str:
    try:
        if package.suffix == ".js":
            return package.read_text("utf-8")
        with tarfile.open(package) as archive:
            member = archive.extractfile(BUNDLE_IN_PACKAGE)
            if member is None:
                raise KeyError(BUNDLE_IN_PACKAGE)
            return member.read().decode("utf-8")
    except (OSError, KeyError, tarfile.TarError, UnicodeDecodeError, EOFError) as error:
        raise UserError(
            f"Filen {package} findes ikke eller er ikke pakken react-denmark-map 1.0.0. Hent den "
            "med «npm pack react-denmark-map@1.0.0», og angiv tgz-filen eller dens index.js."
        ) from error


def _to_polygons(path: str) -> MultiPolygon:
    rings = [ring for ring in _rings(path) if len(set(ring)) > 2]
    shape: BaseGeometry = Polygon()
    for ring in sorted(rings, key=lambda ring: -abs(Polygon(ring).area)):
        # Even-odd: a ring inside what is drawn already is a hole.
        shape = shape.symmetric_difference(make_valid(Polygon(ring)))
    return polygons_of(make_valid(shape))


def _rings(path: str) -> Iterator[list[Point]]:
    """Yield each ring; four kommuner in the source are drawn without the closing command."""
    ring: list[Point] = []
    for command, points in _absolute_commands(path):
        if command == "M":
            yield ring
            ring = [points[0]]
        elif command == "L":
            ring.append(points[0])
        elif command == "C":
            ring.extend(_flatten(ring[-1], *points))
    yield ring


def _flatten(start: Point, control1: Point, control2: Point, end: Point) -> Iterator[Point]:
    """Yield points along a cubic curve, close enough that no chord is more than a unit off."""
    bend = max(
        math.dist(start, control1) + math.dist(control1, control2) + math.dist(control2, end)
        - math.dist(start, end),
        0.0,
    )  # fmt: skip
    steps = max(1, math.ceil(math.sqrt(bend / _FLATNESS)))
    for step in range(1, steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        corners = (start, control1, control2, end)
        yield (
            sum(w * p[0] for w, p in zip(weights, corners, strict=True)),
            sum(w * p[1] for w, p in zip(weights, corners, strict=True)),
        )


def _absolute_commands(path: str) -> Iterator[tuple[str, list[Point]]]:
    """Yield M, L, C and Z with absolute points, one segment at a time."""
    at = start = (0.0, 0.0)
    for letter, text in _COMMAND.findall(path):
        command = letter.upper()
        if command == "Z":
            at = start
            yield "Z", []
            continue
        numbers = [float(number) for number in _NUMBER.findall(text)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        size = 3 if command == "C" else 1
        for first in range(0, len(pairs), size):
            offset = at if letter.islower() else (0.0, 0.0)
            points = [(x + offset[0], y + offset[1]) for x, y in pairs[first : first + size]]
            at = points[-1]
            if command == "M":
                start = at
            yield command, points
            command = "L" if command == "M" else command
