"""The areas of the atlas as one tree: each is the sum of those next in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from queries.sources import facts

UNKNOWN = "uoplyst"
"""Where people without a known kommune are counted: in the country, and nowhere else."""


@dataclass(frozen=True)
class Places:
    """The areas as one tree: country, regions, landsdele, shared jobcentres, kommuner.

    `children` leads from every area to those in it; a jobcenter that is one kommune is no area of
    its own, but in `same` with its kommune.
    """

    children: dict[str, tuple[str, ...]]
    kommuner: tuple[str, ...]
    same: dict[str, str]
    names: dict[str, str]

    def without_totals(self) -> dict[str, tuple[str, ...]]:
        """Return the tree without regions and landsdele: the country, and what lies next in it."""
        shared = {area: parts for area, parts in self.children.items() if area.startswith("J")}
        members = {part for parts in shared.values() for part in parts}
        alone = tuple(area for area in self.kommuner if area not in members)
        return {facts.LAND: (*alone, *shared)} | shared

    def sentence(self, whole: str, parts: tuple[str, ...]) -> str:
        """Return in Danish that an area is the sum of its parts."""
        name = self.names[whole]
        if len(parts) == 1:
            return f"{name} og {self.names[parts[0]]} er de samme borgere"
        kind = "kommuner"
        if whole == facts.LAND and parts[0] in self.children:
            kind = "regioner"
        elif parts[0].startswith("DK"):
            kind = "landsdele"
        return f"{name} er summen af sine {kind}"


@lru_cache(maxsize=1)
def places() -> Places:
    """Return the areas from the shipped facts."""
    links = facts.area_parents().sort("area_id").rows()
    members: dict[str, tuple[str, ...]] = {}
    for area, parent in links:
        if parent.startswith("J"):
            members[parent] = (*members.get(parent, ()), area)
    shared = {jobcenter: parts for jobcenter, parts in members.items() if len(parts) > 1}
    # A kommune of a shared jobcenter lies in its landsdel through the jobcenter.
    elsewhere = (members.keys() - shared.keys()).union(*shared.values())
    children = dict(shared)
    for area, parent in links:
        if not parent.startswith("J") and area not in elsewhere:
            children[parent] = (*children.get(parent, ()), area)
    names: Mapping[str, str] = dict(facts.areas().select("area_id", "name").iter_rows())
    landsdele = {area: f"Landsdel {name}" for area, name in names.items() if area[:2] == "DK"}
    return Places(
        children=children,
        kommuner=tuple(sorted(area for parts in members.values() for area in parts)),
        same={jobcenter: parts[0] for jobcenter, parts in members.items() if len(parts) == 1},
        names={**names, **landsdele, UNKNOWN: "Borgere uden kendt kommune"},
    )
