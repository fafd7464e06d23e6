"""A kommune among the others: its region, its jobcenter, its neighbours in the alphabet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from pages.language import danish
from queries import Atlas

Named = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """Where a kommune belongs; `shared_with` share its jobcenter, `basis` is how well known."""

    name: str
    region: str
    landsdel: str
    jobcenter: str
    basis: str
    shared_with: tuple[str, ...]


@lru_cache(maxsize=4)
def in_order(atlas: Atlas, _version: str) -> list[Named]:
    """Return all kommuner as (code, name) in Danish order."""
    rows = atlas.areas().filter(level="kommune").select("area_id", "name").rows()
    return sorted(rows, key=lambda row: danish.sort_key(row[1]))


@lru_cache(maxsize=4)
def neighbours(atlas: Atlas, _version: str) -> dict[str, tuple[Named, Named]]:
    """Return by code the kommune before and after in the alphabet; the last meets the first."""
    row = in_order(atlas, _version)
    return {code: (row[n - 1], row[(n + 1) % len(row)]) for n, (code, _) in enumerate(row)}


def around(atlas: Atlas, code: str) -> Place:
    """Return where a kommune belongs."""
    areas = atlas.areas()
    own = areas.filter(area_id=code).row(0, named=True)
    jobcenter = areas.filter(area_id=own["jobcenter_id"]).row(0, named=True)
    shared = areas.filter(pl.col("jobcenter_id") == own["jobcenter_id"], pl.col("area_id") != code)[
        "name"
    ]
    return Place(
        name=own["name"],
        region=own["region"],
        landsdel=own["landsdel"],
        jobcenter=jobcenter["name"],
        basis=jobcenter["basis"],
        shared_with=tuple(shared),
    )


def participation(atlas: Atlas, code: str) -> tuple[list[str], str]:
    """Return the programmes that a document names the kommune in, and what no document says."""
    rows = atlas.initiatives().rows(named=True)
    took_part = [f"{row['title']} ({row['period_text']})" for row in rows if code in row["members"]]
    silent = [row["title"] for row in rows if row["kommuner"] and not row["members"]]
    told = (
        f"Dokumenterne nævner ikke, hvem der er med i {danish.listing(silent)}." if silent else ""
    )
    if not took_part:
        took_part = ["Kommunen er ikke nævnt på de deltagerlister, der findes."]
    return took_part, told
