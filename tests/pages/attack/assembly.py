"""From what a stranger read to what a stranger knows: cells and sums, month by month.

Made apart from the code that decides what to hide. Areas are put together from the list of
kommuner, indicators over the same people are known by their equal denominators, breakdowns that
add up by doing so in the country.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path

import queries
from queries.disclosure.publication import Cell, Publication, Relation, at_most, equal, total
from tests.pages.attack.reading import ABSENT, Key, Told

LAND, NOWHERE = "000", "uden kommune"
"""The country, and those in it who have no known kommune: nobody prints these."""
THRESHOLD = 3
ALSO_ZERO = "Også nul kan være skjult"
AMONG = (("fuld_afgang|alle", "ordinaere_timer|alle"),)
"""Who is in the first is in the second: whoever has left to a job has hours in it."""
KINDS = ("virksomhedspraktik|praktik", "virksomhedspraktik|loentilskud")
EITHER = "virksomhedspraktik|alle"
"""Who is in one of the kinds, or in both, is in this."""
MANY = 10
"""So many equal denominators are no accident."""

Cells = Mapping[str, Told]
"""What is told of one series (indicator and breakdown) in one month, by area."""


@cache
def parts() -> dict[str, tuple[str, ...]]:
    """Return {area: the areas that it is the sum of}, from the list of kommuner."""
    with (Path(queries.__file__).parent / "facts" / "kommuner.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    jobcentres: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        jobcentres[row["jobcenterkode"]].append(row["kommunekode"])
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        shared = len(jobcentres[row["jobcenterkode"]]) > 1
        below = row["jobcenterkode"] if shared else row["kommunekode"]
        for whole, part in (
            (LAND, row["regionkode"]),
            (row["regionkode"], row["nuts3"]),
            (row["nuts3"], below),
            (row["jobcenterkode"], row["kommunekode"]),
        ):
            if part not in found[whole]:
                found[whole].append(part)
    return {whole: tuple(listed) for whole, listed in found.items()}


@dataclass
class Month:
    """All that is told of the same people in one month: cells by series ('indicator|breakdown')."""

    period: str
    series: dict[str, Cells] = field(default_factory=dict)
    learned: list[Relation] = field(default_factory=list)
    """What else is told of these people: sums of hidden numbers, and what these lie between."""

    @property
    def areas(self) -> list[str]:
        """The areas that anything is told of."""
        told = {area for cells in self.series.values() for area in cells}
        return sorted(area for area in told if any(self.there(key, area) for key in self.series))

    def there(self, key: str, area: str) -> bool:
        """Whether there is a number of an area, printed or not."""
        cell = self.series[key].get(area)
        return cell is not None and cell.status != ABSENT

    def people(self, area: str) -> int | None:
        """Return how many people an area has, where any series prints it."""
        for cells in self.series.values():
            cell = cells.get(area)
            if cell is not None and not cell.hidden and cell.status != ABSENT:
                low, high = cell.whole("naevner_mindst"), cell.whole("naevner_hoejst")
                assert low == high, f"{cell.where}: {area} has no one denominator"
                return low or 0
        return None


def same_people(told: Mapping[Key, Told]) -> Iterator[Month]:
    """Yield the months; indicators with the same denominators wherever both are shown together."""
    found: dict[str, dict[str, dict[str, Told]]] = defaultdict(lambda: defaultdict(dict))
    bases: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for key, cell in told.items():
        found[key.period][f"{key.indicator}|{key.breakdown}"][key.area] = cell
        if (people := cell.numbers.get("naevner_mindst", 0)) >= THRESHOLD:
            bases[key.indicator][key.area, key.period] = people
    first = {indicator: indicator for indicator in sorted({key.indicator for key in told})}
    for one, other in combinations(first, 2):
        both = bases[one].keys() & bases[other].keys()
        if len(both) >= MANY and all(bases[one][at] == bases[other][at] for at in both):
            first[other] = first[one]
    for period, series in sorted(found.items()):
        groups: dict[str, Month] = {}
        for name, cells in sorted(series.items()):
            same = first[name.split("|")[0]]
            groups.setdefault(same, Month(period)).series[name] = cells
        yield from groups.values()


def publication(month: Month, zeros: Mapping[str, bool]) -> Publication:
    """Return what a stranger knows of a month; `zeros` says of each series whether they are shown.

    Names: 'n/' numerator, 'r/' the rest of the people, 'p/' all people, with series and area.
    """
    made = _Maker(month, zeros)
    cells = tuple(made.cells())
    made.names = {cell.name for cell in cells}
    relations = (*made.relations(), *month.learned)
    return Publication(cells, relations, title=f"{month.period} {[*month.series]}")


@dataclass
class _Maker:
    month: Month
    zeros: Mapping[str, bool]
    names: set[str] = field(default_factory=set)

    @property
    def alone(self) -> bool:
        return len(self.month.series) == 1

    def cells(self) -> Iterator[Cell]:
        for area in [*self.month.areas, NOWHERE]:
            people = self.month.people(area)
            if not self.alone:
                yield Cell(f"p/{area}", people, hidden=people is None, zeros_are_shown=True)
            for key in self.month.series:
                if area == NOWHERE and LAND in self.month.series[key]:
                    for kind in "nr":
                        yield Cell(f"{kind}/{key}/{area}", None, hidden=True)
                elif area != NOWHERE and self.month.there(key, area):
                    yield from self._pair(key, area, people)

    def _pair(self, key: str, area: str, people: int | None) -> Iterator[Cell]:
        cell = self.month.series[key][area]
        if not cell.hidden:
            count = cell.whole("antal")
            assert count is not None
            assert people is not None
            yield Cell(f"n/{key}/{area}", count)
            yield Cell(f"r/{key}/{area}", people - count)
            return
        zeros = self.zeros[key]
        said = zeros and people is not None and ALSO_ZERO not in cell.words.get("note", "")
        for kind in "nr":
            name = f"{kind}/{key}/{area}"
            yield Cell(name, None, low=int(said), high=people, hidden=True, zeros_are_shown=zeros)

    def relations(self) -> Iterator[Relation]:
        month = self.month
        for key in month.series:
            # Of several series the rest follows from the number and all people.
            for kind in "nr" if self.alone else "n":
                yield from self._sums(f"{kind}/{key}/")
        if self.alone:
            return
        yield from self._sums("p/")
        for area in [*month.areas, NOWHERE]:
            for key in month.series:
                if self._has(n := f"n/{key}/{area}"):
                    yield total(f"p/{area}", (n, f"r/{key}/{area}"), f"{area}: number and rest")
            yield from self._between(area)

    def _sums(self, prefix: str) -> Iterator[Relation]:
        below = parts()
        for whole, members in below.items():
            if not self._has(prefix + whole):
                continue
            used = self._reach(prefix, members)
            if used is None:
                continue
            title = f"{whole} is the sum of its parts ({prefix})"
            if whole == LAND:
                used.append(prefix + NOWHERE)
            yield total(prefix + whole, used, title)

    def _reach(self, prefix: str, members: Iterable[str]) -> list[str] | None:
        """Return the cells that make up some areas; what is not told is asked of its own parts."""
        found: list[str] = []
        for member in members:
            if self._has(prefix + member):
                found.append(prefix + member)
            elif member in parts():
                deeper = self._reach(prefix, parts()[member])
                if deeper is None:
                    return None
                found += deeper
            elif self._untold(prefix, member):
                return None
        return found

    def _untold(self, prefix: str, area: str) -> bool:
        """Whether an area has no cell at all, rather than nobody."""
        key = prefix.split("/")[1]
        series = (
            [self.month.series[key]] if key in self.month.series else self.month.series.values()
        )
        return not any(area in cells for cells in series)

    def _between(self, area: str) -> Iterator[Relation]:
        def name(key: str) -> str:
            return f"n/{key}/{area}"

        for part, whole in AMONG:
            if self._has(name(part), name(whole)):
                yield at_most(name(part), name(whole), f"{area}: {part} among {whole}")
        if self._has(name(EITHER), *map(name, KINDS)):
            one, two = map(name, KINDS)
            yield at_most(one, name(EITHER), f"{area}: a kind among both")
            yield at_most(two, name(EITHER), f"{area}: a kind among both")
            both = ((one, 1), (two, 1), (name(EITHER), -1))
            yield Relation(both, 0, None, f"{area}: nobody is in neither kind")
        classes = self.classes()
        if classes and self._has(*map(name, classes)):
            yield total(f"p/{area}", map(name, classes), f"{area}: classes add up")
        for one, other in self.twins():
            if self._has(name(one), name(other)):
                yield equal(name(one), name(other), f"{area}: told twice")

    def classes(self) -> list[str]:
        """Return the breakdowns of one indicator that add up to all people in the country."""
        by_indicator: dict[str, list[str]] = defaultdict(list)
        for key in self.month.series:
            if not key.endswith("|alle"):
                by_indicator[key.split("|")[0]].append(key)
        for listed in by_indicator.values():
            cells = [self.month.series[key].get(LAND) for key in listed]
            counts = [cell.whole("antal") for cell in cells if cell is not None]
            told = len(counts) == len(listed) and None not in counts
            if told and sum(count or 0 for count in counts) == self.month.people(LAND):
                return listed
        return []

    def twins(self) -> Iterator[tuple[str, str]]:
        """Yield a breakdown and its indicator where all their numbers are the same."""
        for key in self.month.series:
            whole = f"{key.split('|')[0]}|alle"
            if key == whole or whole not in self.month.series:
                continue
            one, other = (
                {area: (cell.status, cell.numbers.get("antal")) for area, cell in cells.items()}
                for cells in (self.month.series[key], self.month.series[whole])
            )
            if one == other:
                yield key, whole

    def _has(self, *names: str) -> bool:
        return all(name in self.names for name in names)
