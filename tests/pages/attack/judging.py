"""The attack: which months, what is judged, and leaks planted to see that it sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from queries.disclosure import attack
from queries.disclosure.audit import Audit, audit
from queries.disclosure.publication import Criterion, Publication
from tests.pages.attack import assembly
from tests.pages.attack.assembly import NOWHERE, Month

EVERY = 4
"""Of indicators alone with 48 months, one month in so many is attacked."""


def attacked(month: Month) -> bool:
    """Whether a month is attacked: all of Flere skal med, of other indicators some."""
    alone = all(key.startswith("passive_") for key in month.series)
    return not alone or int(month.period[5:]) % EVERY == 0


def judge(publication: Publication) -> Audit:
    """Judge numbers and rests of areas; nobody prints anything of those without a kommune."""
    judged = {
        cell.name
        for cell in publication.cells
        if cell.hidden and cell.name[0] in "nr" and not cell.name.endswith(NOWHERE)
    }
    return audit(publication, Criterion.STRICT, insiders=False, counts=False, judged=judged)


def told_too_little(publication: Publication) -> list[str]:
    """Return where even how many people there are is few, or may be known to be few."""
    people = [n for n in publication.hidden if n.startswith("p/") and not n.endswith(NOWHERE)]
    found = attack.intervals(publication, cells=people)
    safe = {
        name
        for name, (low, high) in found.items()
        if low >= assembly.THRESHOLD or (low <= 1 and (high is None or high >= assembly.THRESHOLD))
    }
    return sorted(set(people) - safe)


def planted(publication: Publication, values: Mapping[str, int]) -> Publication:
    """Return the same, with some hidden numbers printed."""
    cells = tuple(
        replace(cell, value=values[cell.name], hidden=False) if cell.name in values else cell
        for cell in publication.cells
    )
    return replace(publication, cells=cells)


def pairs(month: Month, made: Publication, levels: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield two hidden numbers that are all that is hidden of an area whose own is shown."""
    for key in month.series:
        for whole, below in assembly.parts().items():
            names = [f"n/{key}/{area}" for area in below]
            hidden = [name for name in names if name in made.hidden]
            shown = f"n/{key}/{whole}" in made.by_name.keys() - made.hidden
            if whole.startswith(tuple(levels)) and shown and len(hidden) == 2:
                yield hidden[0], hidden[1]
