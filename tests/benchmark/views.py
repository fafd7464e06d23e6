"""The changes of filters that are measured, and how many areas each then shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from queries import LAND, Atlas, Level

INDICATOR = "passive_ressourceforloeb"
REGION = "1084"  # Hovedstaden, with 29 kommuner
CLICKED = "0751"  # Aarhus: large enough to be hit by a click at its middle
PLACE, LEVEL = "Område", "Niveau"


@dataclass(frozen=True)
class Change:
    """Choosing `option` in the filter `label` leaves `areas` on map, bars and table."""

    label: str
    option: str
    areas: int


@dataclass(frozen=True)
class Views:
    """How many kommuner there are, and the changes there and back."""

    everywhere: int
    to_region: Change
    to_land: Change
    to_jobcentres: Change
    to_kommuner: Change


def views(data: Path) -> Views:
    """Ask the warehouse in the folder `data` what the pages will show."""
    atlas = Atlas(data / "atlas.duckdb")
    period = atlas.default_period(INDICATOR)

    def count(level: Level, within: str = LAND) -> int:
        return atlas.cells(INDICATOR, period, level, within).height

    names = dict(atlas.areas().select("area_id", "name").rows())
    kommuner = count("kommune")
    return Views(
        everywhere=kommuner,
        to_region=Change(PLACE, names[REGION], count("kommune", REGION)),
        to_land=Change(PLACE, names[LAND], kommuner),
        to_jobcentres=Change(LEVEL, "Jobcentre", count("jobcenter")),
        to_kommuner=Change(LEVEL, "Kommuner", kommuner),
    )
