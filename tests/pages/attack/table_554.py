"""The published table of spm. 554 as the outputs give it, with whatever else they tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from queries.disclosure.publication import Cell, Publication, Relation, equal, total
from tests.pages.attack.assembly import LAND, THRESHOLD, parts
from tests.pages.attack.reading import ABSENT, Key, Told

INDICATOR, PERIOD = "passive_ressourceforloeb", "2017M06"


def told_of(collected: Mapping[Key, Told], *, made_up: bool) -> dict[str, Told]:
    """Return what the outputs tell of the table's month, by area."""
    return {
        key.area: told
        for key, told in collected.items()
        if (key.indicator, key.period, key.made_up) == (INDICATOR, PERIOD, made_up)
    }


def printed(cells: Mapping[str, Told]) -> Publication:
    """Return kommuner and country: a hidden count is under 3, above 0 where its share is."""
    kommuner = [area for area in sorted(cells) if area.isdigit() and area not in parts()]
    made = [_cell(area, cells[area]) for area in [LAND, *kommuner] if cells[area].status != ABSENT]
    return Publication(tuple(made), (total(LAND, kommuner, "the country is its kommuner"),))


def _cell(area: str, told: Told) -> Cell:
    if not told.hidden:
        return Cell(area, told.whole("antal"))
    least = 1 if told.numbers.get("andel_pct") else 0
    return Cell(area, None, low=least, high=THRESHOLD - 1, hidden=True)


def with_all_else(
    table: Publication, cells: Mapping[str, Told], made_up: Mapping[str, Told]
) -> Publication:
    """Return the table with every other number of that month: other levels, the made-up source.

    The made-up register counts the same people as the table does; it shows numbers of its own only
    where it says so, so its numbers are taken for theirs.
    """
    more: list[Cell] = []
    relations: list[Relation] = [*table.relations]
    kommuner = {cell.name for cell in table.cells} - {LAND}
    for source, mark in ((cells, ""), (made_up, "made up ")):
        for area, told in sorted(source.items()):
            if told.status == ABSENT or (mark == "" and area in table.by_name):
                continue
            name = f"{mark}{area}"
            count = None if told.hidden else told.whole("antal")
            more.append(Cell(name, count, hidden=count is None))
            members = sorted(_kommuner(area) & kommuner)
            same = area if area in table.by_name else ""
            relations += [equal(name, same)] if same else [total(name, members)]
    return replace(table, cells=(*table.cells, *more), relations=tuple(relations))


def shown_counts(table: Publication) -> Iterator[tuple[str, int]]:
    """Yield the counts that are printed."""
    for cell in table.cells:
        if not cell.hidden and cell.value is not None:
            yield cell.name, cell.value


def _kommuner(area: str) -> set[str]:
    below = parts().get(area)
    return {area} if below is None else set().union(*map(_kommuner, below))
