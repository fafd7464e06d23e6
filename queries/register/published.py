"""A source's disclosed cells as a reader holds them: what is published together, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from queries.cells import WHOLE, is_instead
from queries.disclosure.instead import Instead, with_told
from queries.disclosure.known_people import people_known
from queries.disclosure.places import places
from queries.disclosure.publication import Publication
from queries.disclosure.together import (
    Count,
    Month,
    Series,
    of_other_people,
    publication,
)
from queries.indicators.definition import Indicator, load_indicators
from queries.register.instead import learn, rows_of, whole_key
from queries.register.notes import zeros_are_hidden
from queries.register.suppression import series_title
from queries.sources.facts import LAND

ABSENT = "not_collected"


@dataclass(frozen=True)
class Together:
    """The disclosed cells of one month that are over the same people, by indicator and breakdown.

    `cells` has CELL_SCHEMA and one source. `roles` are those of `Register.role`.
    """

    period: str
    indicators: tuple[str, ...]
    cells: pl.DataFrame
    roles: Mapping[str, str] = field(default_factory=dict)


def together(cells: pl.DataFrame, choices: Mapping[str, object]) -> Iterator[Together]:
    """Yield what is published together of a register's disclosed cells, made with `choices`."""
    known = load_indicators()
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set(cells["indicator_id"])):
        register = known[name].register
        groups[(register.told_with if register else "") or name].append(name)
    people = {name: group for group, names in groups.items() for name in names}
    grouped = cells.with_columns(people=pl.col("indicator_id").replace_strict(people))
    for (_, period), part in sorted(
        grouped.partition_by("people", "period", as_dict=True, include_key=True).items()
    ):
        names = tuple(sorted(set(part["indicator_id"])))
        registers = {name: known[name].register for name in names}
        roles = {name: one.role(choices) for name, one in registers.items() if one}
        yield Together(str(period), names, part.drop("people"), roles)


def publications(
    cells: pl.DataFrame, choices: Mapping[str, object]
) -> dict[tuple[str, str], Publication]:
    """Return the publication that each indicator and period of a source is part of."""
    found: dict[tuple[str, str], Publication] = {}
    for one in together(cells, choices):
        made = as_read(one)
        found |= {(name, one.period): made for name in one.indicators}
    return found


def as_read(told: Together) -> Publication:
    """Return what a reader of these cells knows, and knows to be hidden."""
    month = month_of_cells(told)
    return with_told(publication(people_known(month)), _told_instead(told, month))


def _told_instead(told: Together, month: Month) -> Iterator[Instead]:
    known, keys = load_indicators(), {series.key for series in month.series}
    mine = told.cells.filter(is_instead())
    for (name,), rows in sorted(mine.partition_by("indicator_id", as_dict=True).items()):
        indicator = known[str(name)]
        key = whole_key(indicator, keys)
        for row in rows_of(rows):
            yield Instead(row, tuple(learn(indicator, key, row)))


def month_of_cells(told: Together) -> Month:
    """Return the model of disclosed cells; a breakdown that is the whole indicator stands once."""
    known = load_indicators()
    series: list[Series] = []
    divide: list[str] = []
    within: list[tuple[str, str]] = []
    overlap: list[tuple[str, str, str]] = []
    same: list[tuple[str, str]] = []
    for name in told.indicators:
        indicator = known[name]
        mine = told.cells.filter(pl.col("indicator_id") == name, ~is_instead())
        parts = {
            str(key[0]): part for key, part in mine.partition_by("breakdown", as_dict=True).items()
        }
        register = indicator.register
        adding_up = bool(register and register.breakdowns_add_up and len(parts) > 1)
        whole = register.itself if register else None
        twice = adding_up and _twice(parts, whole)
        for breakdown in (WHOLE, *indicator.breakdowns):
            if breakdown not in parts or (twice and breakdown == WHOLE):
                continue
            key = f"{name}|{breakdown}"
            if adding_up and breakdown != WHOLE:
                divide.append(key)
            series.append(_series(indicator, breakdown, parts[breakdown]))
        if adding_up and not twice and whole:
            same.append((f"{name}|{WHOLE}", f"{name}|{whole.breakdown_id}"))
        if register and register.within in told.indicators:
            within.append((f"{name}|{WHOLE}", f"{register.within}|{WHOLE}"))
        kinds = [kind for kind in indicator.limited if kind in parts]
        if len(kinds) == 2:
            overlap.append((f"{name}|{kinds[0]}", f"{name}|{kinds[1]}", f"{name}|{WHOLE}"))
    other = of_other_people(told.roles)
    lands = told.cells.filter(pl.col("area_id") == LAND)
    titles = " og ".join(known[name].title for name in told.indicators)
    return Month(
        title=f"{titles}, {told.period}",
        series=tuple(series),
        tree=places().without_totals() if lands.is_empty() else places().children,
        divide=tuple(divide),
        within=tuple(within),
        overlap=tuple(overlap),
        same=tuple(same),
        rest=tuple(f"{name}|{WHOLE}" for name, role in other.items() if role != "among"),
        rest_is="rest_is" in other.values(),
        among=tuple(f"{name}|{WHOLE}" for name, role in other.items() if role == "among"),
    )


def _twice(parts: Mapping[str, pl.DataFrame], whole: object) -> bool:
    """Whether the whole indicator is told again, cell by cell, by the breakdown that it is."""
    name = getattr(whole, "breakdown_id", None)
    if name not in parts:
        return False
    columns = ["area_id", "status", "numerator", "denominator_low"]
    one, other = (parts[key].select(columns).sort("area_id") for key in (WHOLE, str(name)))
    return one.equals(other)


def _series(indicator: Indicator, breakdown: str, cells: pl.DataFrame) -> Series:
    counts: dict[str, Count] = {}
    columns = ("area_id", "status", "numerator", "denominator_low")
    for area, status, numerator, people in cells.select(columns).iter_rows():
        if area in places().same or status == ABSENT:
            continue  # a jobcenter that is one kommune is told by it; elsewhere there is nobody
        shown = status == "shown"
        # A number that is a share of nothing is that of an area with nobody.
        counts[area] = Count(numerator, (people or 0) if shown else None, hidden=not shown)
    return Series(
        key=f"{indicator.indicator_id}|{breakdown}",
        title=series_title(indicator, breakdown),
        rule=indicator.disclosure,
        counts=counts,
        zeros_hide=zeros_are_hidden(cells["note"]),
    )
