"""Where a kommune lies: the equal-area map as dots, one of them marked, as small as an icon."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from html import escape

import geodata
from pages.figures.svg import element


@lru_cache(maxsize=256)
def locator(area_id: str, beside: tuple[str, ...] = (), *, alt: str) -> str:
    """Return the map as inline SVG, with `area_id` filled and those `beside` it (peers) darker."""
    asset = geodata.load_map()
    left, top, wide, high = asset.tiles.view_box
    places = {area.id: area.tile for area in asset.levels["kommune"]}
    others = set(places) - {area_id, *beside}
    layers = {"sted": others, "sted nabo": beside, "sted her": (area_id,)}
    dot = asset.tiles.width * 0.82
    parts = [
        element("path", d=_dots(places, inside), class_=css, stroke_width=dot)
        for css, inside in layers.items()
    ]
    return element(
        "svg",
        element("title", escape(alt)) + "".join(parts),
        viewBox=f"{left:g} {top:g} {wide:g} {high:g}",
        class_="sted-kort",
        role="img",
    )


def _dots(places: dict[str, tuple[float, float]], area_ids: Collection[str]) -> str:
    found = (places[area] for area in sorted(area_ids) if area in places)
    return "".join(f"M{round(x)} {round(y)}h0" for x, y in found)
