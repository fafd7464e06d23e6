"""Make the served map (see ``geodata.MapAsset``) from a coverage of kommuner."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import shapely
from shapely import MultiPolygon

from geodata.build import layout
from geodata.build.facts import Kommune
from geodata.build.neighbours import neighbours
from geodata.build.polygons import polygons_of
from geodata.build.short_names import short_name
from geodata.build.svgpath import DECIMALS, path_of
from geodata.build.tiles import tile_drawing, tile_slots

Json = dict[str, Any]


def make_asset(
    coverage: Mapping[str, MultiPolygon],
    kommuner: Mapping[str, Kommune],
    jobcenter_of: Mapping[str, str],
    source: Json,
) -> Json:
    """Return the map as JSON values: view box, source, frames, tiles, and areas per level.

    ``coverage`` is {kommunekode: polygons in UTM 32 metres} and ``jobcenter_of`` is
    {kommunekode: jobcenterkode}; both must hold exactly the kommuner of ``kommuner``.
    Raises ValueError when they do not, or when a frame would cover land.
    """
    if not set(coverage) == set(kommuner) == set(jobcenter_of):
        raise ValueError("coverage, kommuner and jobcenter_of must hold the same codes")
    insets = {code: layout.inset_of(code, kommuner[code].nuts3) for code in kommuner}
    if covered := layout.land_under_frames(coverage, insets):
        raise ValueError(f"a frame covers land, or land leaves the drawing: {covered}")
    drawing = layout.drawing(coverage, insets)
    jobcentre = dissolve(coverage, jobcenter_of)
    jobcenter_insets = {jobcenter_of[code]: inset for code, inset in insets.items()}
    drawn_as, middles = tile_drawing(tile_slots(coverage))
    names = {one.jobcenter: one.jobcenter_name for one in kommuner.values()}
    names |= {code: one.name for code, one in kommuner.items()}
    # A jobcenter has the tile and the short name of the kommune that it is named after.
    tiles = {code: (middles[code], short_name(kommuner[code].name)) for code in kommuner}
    named_after = {jobcenter: jobcenter.removeprefix("J") for jobcenter in jobcentre}
    jobcenter_tiles = {jobcenter: tiles[code] for jobcenter, code in named_after.items()}
    return {
        "view_box": layout.view_box(),
        "source": source,
        "tiles": drawn_as,
        "frames": [
            {"id": inset.id, "label": inset.label, "rect": layout.frame_rect(inset)}
            for inset in layout.INSETS
        ],
        "levels": {
            "kommune": _level(coverage, drawing, insets, tiles, names),
            "jobcenter": _level(jobcentre, drawing, jobcenter_insets, jobcenter_tiles, names),
        },
    }


def dissolve(
    coverage: Mapping[str, MultiPolygon], group_of: Mapping[str, str]
) -> dict[str, MultiPolygon]:
    """Return {group: the union of its areas}."""
    members: dict[str, list[MultiPolygon]] = {}
    for code in sorted(coverage):
        members.setdefault(group_of[code], []).append(coverage[code])
    return {
        group: polygons_of(shapely.coverage_union_all(areas)) for group, areas in members.items()
    }


def asset_bytes(asset: Json) -> bytes:
    """Return the map as it is written and served: UTF-8, no spaces, a line per area."""
    text = json.dumps(asset, ensure_ascii=False, separators=(",", ":"))
    return (text.replace('{"id":', '\n{"id":') + "\n").encode()


def _level(
    areas: Mapping[str, MultiPolygon],
    drawing: layout.Drawing,
    insets: Mapping[str, layout.Inset | None],
    tiles: Mapping[str, tuple[list[int], str]],
    names: Mapping[str, str],
) -> list[Json]:
    beside = neighbours(areas)
    level = []
    for area_id in sorted(areas):
        drawn = drawing.draw(areas[area_id], insets[area_id])
        tile, short = tiles[area_id]
        level.append(
            {
                "id": area_id,
                "name": names[area_id],
                "d": path_of(drawn),
                "label": _label(drawn[-1]),
                "neighbours": beside[area_id],
                "tile": tile,
                "short": short,
            }
        )
    return level


def _label(drawn: MultiPolygon) -> list[float]:
    """Return the point of the largest part that is farthest from its border."""
    largest = max(drawn.geoms, key=lambda part: part.area)
    centre = shapely.maximum_inscribed_circle(largest, tolerance=0.5).coords[0]
    return [round(number, DECIMALS) for number in centre]
