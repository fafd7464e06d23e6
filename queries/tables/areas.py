"""Which names of a table are areas of Denmark, and which of them make up which."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from queries.sources.kommune_names import KOMMUNER_CSV, KommuneNames, fold

LAND = "000"
_LAND_NAMES = ("hele landet", "landet", "land", "danmark", "alle kommuner", "kommuner i alt")
_LEVELS = ("land", "region", "landsdel", "jobcenter", "kommune")
_PAIR = re.compile(r"\s*(?:/| og | & |\+)\s*")


@dataclass(frozen=True)
class Areas:
    """The areas and their names. Ids are those of the atlas; `children` go one level down.

    `level` by id; `kommuner` are those of each area, `name` the official name.
    """

    level: Mapping[str, str]
    name: Mapping[str, str]
    kommuner: Mapping[str, frozenset[str]]
    _ids: Mapping[tuple[str, str], str]

    def find(self, names: Sequence[str]) -> dict[str, str]:
        """Return the area of each name that is one; what a name may mean is settled by the rest.

        'Nordjylland' and 'Bornholm' are several things: the level that most names have is taken.
        """
        possible = {name: self._levels(name) for name in names}
        count: dict[str, int] = defaultdict(int)
        for levels in possible.values():
            if len(levels) == 1:
                count[next(iter(levels))] += 1
        return {
            name: max(levels.items(), key=lambda each: (count[each[0]], each[0] == "kommune"))[1]
            for name, levels in possible.items()
            if levels
        }

    def _levels(self, name: str) -> dict[str, str]:
        text = fold(name)
        for level in ("region", "landsdel"):
            if text.startswith(f"{level} "):
                found = self._ids.get((level, text.removeprefix(f"{level} ")))
                return {level: found} if found else {}
        text = re.sub(r"\s*(?:,? i alt|,? total)$", "", text)
        if text.startswith("jobcenter "):
            text = text.removeprefix("jobcenter ")
            found = self._ids.get(("jobcenter", self._pair(text)))
            return {"jobcenter": found} if found else {}
        levels = {level: self._ids[level, text] for level in _LEVELS if (level, text) in self._ids}
        if levels and "kommune" in levels:
            levels.pop("jobcenter", None)
        if not levels and (pair := self._ids.get(("jobcenter", self._pair(text)))):
            return {"jobcenter": pair}
        return levels

    def _pair(self, text: str) -> str:
        return "/".join(sorted(_PAIR.split(text)))

    def made_of(self, whole: str, present: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return which of the areas that are present make up `whole`, and the kommuner missing.

        The coarsest level below that is there in full; else its kommuner, whichever are there.
        """
        own = self.kommuner[whole]
        below = _LEVELS[_LEVELS.index(self.level[whole]) + 1 :]
        for level in below:
            parts = [
                each
                for each in present
                if each != whole and self.level[each] == level and self.kommuner[each] <= own
            ]
            if parts and frozenset().union(*(self.kommuner[each] for each in parts)) == own:
                return parts, []
        parts = [each for each in present if self.level[each] == "kommune" and each in own]
        covered = set(parts)
        for each in present:
            # 'Tårnby og Dragør' as one line in a list of kommuner.
            together = self.kommuner[each]
            if self.level[each] == "jobcenter" and each != whole and together <= own - covered:
                parts.append(each)
                covered |= together
        return parts, sorted(own - covered)


@cache
def areas() -> Areas:
    """Return the areas that the repository ships."""
    level, name, ids = {LAND: "land"}, {LAND: "Hele landet"}, {}
    kommuner: dict[str, set[str]] = defaultdict(set)
    names = KommuneNames.from_csv()
    with KOMMUNER_CSV.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["kommunekode"]
            for variant in names.variants[code]:
                ids["kommune", fold(variant)] = code
            for what, key, title in (
                ("kommune", code, row["navn"]),
                ("landsdel", row["nuts3"], row["landsdel"]),
                ("region", row["regionkode"], row["region"]),
                ("jobcenter", row["jobcenterkode"], row["jobcenter"]),
            ):
                level[key], name[key] = what, title
                kommuner[key].add(code)
                plain = fold(title).removeprefix("region ").removeprefix("jobcenter ")
                if what == "jobcenter":
                    plain = "/".join(sorted(plain.split("/")))
                if what != "kommune":
                    ids[what, plain] = key
            kommuner[LAND].add(code)
    ids |= {("land", each): LAND for each in _LAND_NAMES}
    return Areas(level, name, {key: frozenset(found) for key, found in kommuner.items()}, ids)
