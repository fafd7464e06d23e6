"""Which cells of one indicator and month are hidden: the areas, breakdowns and sums as relations.

Two steps, so that no other indicator over the same people can undo it. First the denominators are
protected alone, and an area hidden there is hidden in every breakdown. Then each numerator is
protected as if every other denominator were known, wherever it may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from queries.disclosure.network import Relation
from queries.disclosure.secondary import PROTECT_SCHEMA, protect
from queries.register.levels import UNKNOWN_KOMMUNE as UNKNOWN
from queries.sources import facts

WHOLE = "alle"
SUM = "i alt"


@dataclass(frozen=True)
class Count:
    """The true numbers of one area and breakdown; `small` as the primary rule sees them."""

    numerator: int
    denominator: int
    small: bool
    small_denominator: bool


@dataclass(frozen=True)
class Month:
    """The counts of one indicator and month by breakdown and area, those without a kommune too.

    `concerned` are the areas that the matter concerns; the others are known to have nobody.
    `elsewhere` are the areas whose number is published already: nothing hides behind them.
    `totals` says whether regions and landsdele are published. With `adding_up`, the breakdown that
    is the indicator itself, the breakdowns divide the denominator between them.
    """

    counts: Mapping[str, Mapping[str, Count]]
    concerned: frozenset[str]
    elsewhere: frozenset[str] = frozenset()
    totals: bool = True
    adding_up: str | None = None


@dataclass(frozen=True)
class Places:
    """The areas as one tree: country, regions, landsdele, shared jobcentres, kommuner.

    `children` leads from every area to those in it; a jobcenter that is one kommune is no area of
    its own, but in `same` with its kommune.
    """

    children: dict[str, tuple[str, ...]]
    kommuner: tuple[str, ...]
    same: dict[str, str]

    def without_totals(self) -> dict[str, tuple[str, ...]]:
        """Return the tree without regions and landsdele: the country, and what lies next in it."""
        shared = {area: parts for area, parts in self.children.items() if area.startswith("J")}
        members = {part for parts in shared.values() for part in parts}
        alone = tuple(area for area in self.kommuner if area not in members)
        return {facts.LAND: (*alone, *shared)} | shared


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
    return Places(
        children=children,
        kommuner=tuple(sorted(area for parts in members.values() for area in parts)),
        same={jobcenter: parts[0] for jobcenter, parts in members.items() if len(parts) == 1},
    )


def hidden_areas(month: Month) -> dict[str, set[str]]:
    """Return the areas to hide, by breakdown; the country is never one of them.

    A jobcenter of one kommune is hidden as the kommune is. What breakdowns that overlap (one
    person may be in both) say of each other is an inequality and not protected here; a part of a
    hidden number is hidden.
    """
    secret = _layer(month, "", denominators=True)
    found: dict[str, set[str]] = {}
    if month.adding_up:
        found = _adding_up(month, secret)
        found[WHOLE] = found[month.adding_up]
    else:
        found[WHOLE] = _layer(month, WHOLE, secret=secret, at_least=secret)
        for name in month.counts:
            if name != WHOLE:
                found[name] = _layer(month, name, secret=secret, at_least=found[WHOLE])
    for name, counts in month.counts.items():
        hidden = found[name]
        # What is published elsewhere takes no part above, but is not printed again.
        hidden |= {a for a in month.elsewhere if a in counts and counts[a].small} - {facts.LAND}
        hidden |= {jobcenter for jobcenter, kommune in places().same.items() if kommune in hidden}
        hidden.discard(UNKNOWN)
    return found


def _layer(
    month: Month,
    breakdown: str,
    *,
    denominators: bool = False,
    secret: Iterable[str] = (),
    at_least: Iterable[str] = (),
) -> set[str]:
    """Protect one number per area: a breakdown's numerator, or the denominators."""
    counts = month.counts[WHOLE if denominators else breakdown]
    rows = []
    for area in _areas(month, counts):
        if area in month.elsewhere and breakdown in ("", WHOLE):
            continue
        count = counts[area]
        small = count.small_denominator if denominators else count.small
        rows.append(
            {
                "cell": area,
                "count": count.denominator if denominators else count.numerator,
                "rest": None if denominators else count.denominator - count.numerator,
                "whole_known": not denominators and area not in secret,
                "hidden": small or area == UNKNOWN or area in at_least,
                "secret": small or area != UNKNOWN,
                "may_hide": True,
                "cost": count.denominator,
            }
        )
    hidden = _protected(rows, _sums(month, counts))
    if UNKNOWN in hidden and denominators and not counts[UNKNOWN].small_denominator:
        hidden.discard(UNKNOWN)
    return hidden


def _adding_up(month: Month, secret: set[str]) -> dict[str, set[str]]:
    """Protect breakdowns that divide the denominator, all in one system."""
    names = [name for name in month.counts if name != WHOLE]
    rows, relations = [], []
    for name in names:
        counts = month.counts[name]
        relations += _sums(month, counts, f"|{name}")
        for area in _areas(month, counts):
            if area in month.elsewhere and name == month.adding_up:
                continue
            count = counts[area]
            rows.append(
                {
                    "cell": f"{area}|{name}",
                    "count": count.numerator,
                    "whole_known": False,
                    "hidden": count.small or area == UNKNOWN or area in secret,
                    "secret": count.small or area != UNKNOWN,
                    "may_hide": True,
                    "cost": count.numerator,
                }
            )
    counts = month.counts[WHOLE]
    relations += _sums(month, counts, f"|{SUM}")
    for area in _areas(month, counts):
        if area in (*places().kommuner, UNKNOWN):
            parts = tuple(f"{area}|{name}" for name in names)
            relations.append(Relation(f"{area}|{SUM}", parts))
        if area in secret or area == UNKNOWN:
            rows.append(
                {
                    "cell": f"{area}|{SUM}",
                    "count": counts[area].denominator,
                    "whole_known": False,
                    "hidden": True,
                    "secret": counts[area].small_denominator,
                    "may_hide": True,
                    "cost": counts[area].denominator,
                }
            )
    hidden = _protected(rows, relations)
    return {name: {a for a in counts if f"{a}|{name}" in hidden} for name in names}


def _protected(rows: list[dict[str, object]], relations: list[Relation]) -> set[str]:
    cells = protect(pl.DataFrame(rows, schema=PROTECT_SCHEMA), relations)
    return set(cells.filter("hidden")["cell"])


def _areas(month: Month, counts: Mapping[str, Count]) -> list[str]:
    """Return the areas whose number is not known beforehand: not the country, not those outside."""
    above = [area for area in _tree(month) if area != facts.LAND]
    return [
        area
        for area in (*places().kommuner, *above, UNKNOWN)
        if area in counts and (area in month.concerned or area == UNKNOWN)
    ]


def _sums(month: Month, counts: Mapping[str, Count], suffix: str = "") -> list[Relation]:
    """Return the areas' relations: each is the sum of those in it, the country of all."""
    return [
        Relation(
            f"{total}{suffix}",
            tuple(
                f"{part}{suffix}"
                for part in (*parts, UNKNOWN)
                if part != UNKNOWN or (total == facts.LAND and UNKNOWN in counts)
            ),
        )
        for total, parts in _tree(month).items()
    ]


def _tree(month: Month) -> dict[str, tuple[str, ...]]:
    return places().children if month.totals else places().without_totals()
