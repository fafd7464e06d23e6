"""The areas with all that is above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

_DEPTH = {level: depth for depth, level in enumerate(("land", "region", "landsdel"))}
_DEPTH |= {"jobcenter": len(_DEPTH), "kommune": len(_DEPTH) + 1}


def with_above(areas: pl.DataFrame, links: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """Return `areas` with region and landsdel (names), jobcenter_id, and within (ids, sorted).

    `links` are area and parent. The tree is walked here: a recursive query costs more than all
    others of a page.
    """
    above: dict[str, set[str]] = {area: set() for area in areas["area_id"]}
    level, name = (dict(areas.select("area_id", key).iter_rows()) for key in ("level", "name"))
    # Parents of the upper levels first, so that what is above them is known already.
    for area, parent in sorted(links, key=lambda link: _DEPTH[level[link[0]]]):
        above[area] |= {parent} | above[parent]

    def one(wanted: str, texts: Mapping[str, str]) -> pl.Series:
        found = ([up for up in above[area] if level[up] == wanted] for area in above)
        ids = [min(found_here, default=None) for found_here in found]
        return pl.Series([texts.get(up) if up else None for up in ids], dtype=pl.String)

    return areas.with_columns(
        region=one("region", name),
        landsdel=one("landsdel", name),
        jobcenter_id=one("jobcenter", {area: area for area in above}),
        within=pl.Series([sorted(above[area]) for area in above], dtype=pl.List(pl.String)),
    )
