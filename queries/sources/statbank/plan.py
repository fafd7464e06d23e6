"""What to ask a table for: planned from its own description, and split where it is too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from queries.sources.kommune_names import KommuneNames
from queries.sources.statbank.areas import Areas, find_areas
from queries.sources.statbank.faults import fault
from queries.sources.statbank.periods import period_of
from queries.sources.statbank.tableinfo import Table, Variable, fold

CELL_LIMIT = 1_000_000
TO_DO = "Ret kataloget, så det passer med tabellen på statistikbanken.dk."


@dataclass(frozen=True)
class Part:
    """One request: codes of areas and periods, and one code of every other variable.

    `area` and `time` are the codes of those two variables; `fixed` maps the others to the one
    value asked for. `order` holds the codes of all variables as the table has them.
    """

    table: str
    order: tuple[str, ...]
    area: str
    time: str
    fixed: Mapping[str, str]
    areas: tuple[str, ...]
    periods: tuple[str, ...]

    @property
    def cells(self) -> int:
        """Cells as the service counts them: rows times columns, the value's column too."""
        return len(self.areas) * len(self.periods) * (len(self.order) + 1)

    def wanted(self, variable: str) -> tuple[str, ...]:
        """The codes asked for of one variable."""
        if variable == self.area:
            return self.areas
        return self.periods if variable == self.time else (self.fixed[variable],)

    def payload(self, form: str) -> dict[str, Any]:
        """The JSON to send; BULK writes texts unless it is told to write codes."""
        presented = {"valuePresentation": "Code"} if form == "BULK" else {}
        variables = [{"code": code, "values": list(self.wanted(code))} for code in self.order]
        asked = {"table": self.table, "format": form, "lang": "da"}
        return asked | presented | {"variables": variables}

    def halves(self) -> tuple[Part, Part] | None:
        """The same in two, by time and then by area; None for a single cell."""
        if (middle := len(self.periods) // 2) > 0:
            first, rest = self.periods[:middle], self.periods[middle:]
            return replace(self, periods=first), replace(self, periods=rest)
        if (middle := len(self.areas) // 2) > 0:
            return replace(self, areas=self.areas[:middle]), replace(
                self, areas=self.areas[middle:]
            )
        return None


@dataclass(frozen=True)
class Plan:
    """The whole request, with what its codes mean: `periods` maps codes of Tid to periods."""

    table: Table
    areas: Areas
    periods: Mapping[str, str]
    whole: Part


def plan(
    table: Table, select: Mapping[str, str], names: KommuneNames, first_period: str = ""
) -> Plan:
    """Plan the request for all kommuner and the country, and all periods from `first_period`.

    `select` names one value by its text for each of the other variables, by their texts: of totals
    and parts that overlap only the one that is meant is asked for. Raises StatbankError when a
    variable or value is not there (or not once), when a variable has no value chosen, and for a
    period that cannot be read.
    """
    areas = find_areas(table, names)
    others = [one for one in table.variables if not one.is_time and one is not areas.variable]
    chosen = {fold(name): text for name, text in select.items()}
    if unknown := sorted(set(chosen) - {fold(one.text) for one in others}):
        there = ", ".join(f"»{one.text}«" for one in others)
        raise fault(table.table, f"variablen »{unknown[0]}« findes ikke ({there}).", TO_DO)
    fixed = {one.code: _chosen(table, one, chosen) for one in others}
    whole = Part(
        table.table,
        tuple(one.code for one in table.variables),
        areas.variable.code,
        table.time.code,
        fixed,
        tuple(areas.area_ids),
        tuple(periods := _periods(table, first_period)),
    )
    return Plan(table, areas, periods, whole)


def split(part: Part, limit: int = CELL_LIMIT) -> Iterator[Part]:
    """Yield `part` in pieces of at most `limit` cells (or single cells), by time, then by area."""
    halves = part.halves() if part.cells > limit else None
    if halves is None:
        yield part
        return
    for half in halves:
        yield from split(half, limit)


def _chosen(table: Table, variable: Variable, chosen: Mapping[str, str]) -> str:
    wanted = chosen.get(fold(variable.text))
    if wanted is None:
        raise fault(
            table.table,
            f"der er ikke valgt en værdi af variablen »{variable.text}«, så tallene kan være "
            "talt flere gange.",
            TO_DO,
        )
    codes = [one.code for one in variable.values if fold(one.text) == fold(wanted)]
    if len(codes) != 1:
        times = "to eller flere gange" if codes else "ikke"
        raise fault(table.table, f"»{wanted}« findes {times} i variablen »{variable.text}«.", TO_DO)
    return codes[0]


def _periods(table: Table, first_period: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in table.time.values:
        period = period_of(value.code)
        if period is None or period in found.values():
            raise fault(table.table, f"perioden »{value.code}« kan ikke læses.", TO_DO)
        found[value.code] = period
    wanted = {code: period for code, period in found.items() if period >= first_period}
    if not wanted:
        raise fault(table.table, f"der er ingen perioder fra {first_period}.", TO_DO)
    return wanted
