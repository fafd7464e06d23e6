"""What `/table/{id}` tells: periods, areas, other dimensions and measures, found by label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from queries.sources.http import Client
from queries.sources.jobindsats.faults import listed, refuse
from queries.sources.jobindsats.labels import normal
from queries.sources.jobindsats.section import PERIOD_TYPES
from queries.sources.jobindsats.tables import items
from queries.sources.kommune_names import KommuneNames

COUNTRY = "000"
COUNTRY_NAMES = ("hele landet", "landet", "danmark", "i alt")
UNKNOWN_AREA_NAMES = ("uoplyst område", "uoplyst", "ukendt område", "uoplyst kommune")
_MOST_LIKELY = 90


@dataclass(frozen=True)
class Metadata:
    """One table as its metadata describe it.

    `areas` maps the name of an area, as the metadata write it, to its code ('000' is the country;
    None is no area of ours: 'Uoplyst område', a region). `totals` holds, for every dimension but
    area, the hierarchy to ask the total of and the names that its total goes by.
    """

    table: str
    name: str
    periods: tuple[str, ...]
    hierarchy: str
    areas: Mapping[str, str | None]
    totals: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]

    @property
    def area_codes(self) -> frozenset[str]:
        """The codes that every period must have a row for."""
        return frozenset(code for code in self.areas.values() if code)


def fetch_metadata(
    client: Client, table: str, hierarchy: str, period_type: str, names: KommuneNames
) -> Metadata:
    """Ask for a table's metadata and read them; ImportRefusedError when something is not there."""
    what = f"tabel {table}, metadata"
    tree = client.get(f"table/{table}", {"format": "json"}, what=what).json()
    return read_metadata(tree, table, hierarchy, period_type, names)


def read_metadata(
    tree: Any, table: str, hierarchy: str, period_type: str, names: KommuneNames
) -> Metadata:
    """Read the JSON of `/table/{id}`; see `fetch_metadata`."""
    named = list(items(tree, "table_id"))
    if any(str(one["table_id"]).strip().casefold() != table.casefold() for one in named):
        raise refuse(table, "other_table", "tjenesten sendte metadata for en anden tabel.")
    found, areas = _areas(tree, table, hierarchy, names)
    measures = tuple(str(one["measure_name"]).strip() for one in items(tree, "measure_name"))
    return Metadata(
        table,
        str(named[0].get("table_name") or table) if named else table,
        _periods(tree, table, period_type),
        found,
        areas,
        _totals(tree, table, found),
        tuple(dict.fromkeys(measures)),
    )


def _periods(tree: Any, table: str, period_type: str) -> tuple[str, ...]:
    groups = {
        str(group["periodtype_id"]).strip(): [
            str(item["period_id"]).strip() for item in items(group, "period_id")
        ]
        for group in items(tree, "periodtype_id")
    }
    periods = groups.get(period_type, [])
    if not periods:
        text = (
            f"periodetypen »{period_type}« findes ikke. Tabellen har: "
            f"{listed(key for key, values in groups.items() if values)}."
        )
        raise refuse(table, "period_type_not_found", text)
    if wrong := [one for one in periods if not re.fullmatch(PERIOD_TYPES[period_type], one)]:
        text = f"perioderne {listed(wrong, 5)} er ikke af typen »{period_type}«."
        raise refuse(table, "period_unreadable", text, value=wrong[0][:40])
    return tuple(sorted(set(periods)))


def _areas(
    tree: Any, table: str, hierarchy: str, names: KommuneNames
) -> tuple[str, dict[str, str | None]]:
    """The hierarchy with this id, else the only one that holds the kommuner, and its areas."""
    there = {
        str(one["hierarchy_id"]).strip(): [
            str(value.get("value_name") or "").strip() for value in items(one, "value_id")
        ]
        for one in items(tree, "hierarchy_id")
    }
    found = [key for key in there if key == hierarchy] or [
        key
        for key, areas in there.items()
        if sum(map(bool, map(names.code, areas))) >= _MOST_LIKELY
    ]
    if len(found) != 1:
        text = f"områdeinddelingen »{hierarchy}« findes ikke. Tabellen har: {listed(there)}."
        raise refuse(table, "hierarchy_not_found", text)
    areas: dict[str, str | None] = {}
    for name in filter(None, there[found[0]]):
        areas[name] = area_code(name, names)
    codes = [code for code in areas.values() if code]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    missing = [names.name(code) for code in names.codes if code not in codes]
    if twice or missing:
        text = (
            f"metadata har to navne for samme område ({', '.join(twice)})."
            if twice
            else f"metadata mangler {len(missing)} kommuner: {listed(missing, 5)}."
        )
        raise refuse(table, "areas_incomplete", text)
    return found[0], areas


def area_code(name: str, names: KommuneNames) -> str | None:
    """Return the kommunekode of a name, '000' for the country, None for no area of ours."""
    return COUNTRY if normal(name) in COUNTRY_NAMES else names.code(name)


def is_unknown_area(name: str) -> bool:
    """Tell whether a name stands for people whose area is not known."""
    return normal(name) in UNKNOWN_AREA_NAMES


def _totals(tree: Any, table: str, area_hierarchy: str) -> dict[str, tuple[str, ...]]:
    """For every dimension but area: its first hierarchy with a total, and the total's names."""
    totals: dict[str, tuple[str, ...]] = {}
    for dimension in items(tree, "dimension_id"):
        hierarchies = list(items(dimension, "hierarchy_id"))
        if any(str(one["hierarchy_id"]).strip() == area_hierarchy for one in hierarchies):
            continue
        for one in hierarchies:
            tops = [v for v in items(one, "value_id") if str(v["value_id"]).strip() == "/"]
            if tops:
                names = tuple(str(value.get("value_name") or "").strip() for value in tops)
                totals[str(one["hierarchy_id"]).strip()] = names
                break
        else:
            name = str(dimension.get("dimension_name") or dimension["dimension_id"])[:80]
            text = f"tabellen er delt op efter »{name}«, som ikke har en total (»/«)."
            raise refuse(table, "no_total", text)
    return totals
