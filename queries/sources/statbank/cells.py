"""From the numbers of a table to cells of `IncomingCells`, with what there is to tell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from queries.sources.incoming import Finding, incoming
from queries.sources.statbank.agreement import Agreed
from queries.sources.statbank.faults import fault
from queries.sources.statbank.plan import Plan
from queries.sources.statbank.tableinfo import Value

HIDDEN = (
    "Danmarks Statistik viser ikke tallet (»..«): det mangler, er diskretioneret eller er for "
    "usikkert."
)
UNCLEAR = "Danmarks Statistiks to dataformer er ikke enige om, hvorvidt tallet er 0 eller mangler."


def cells(
    plan: Plan, agreed: Agreed, indicator_id: str, breakdown: str = "alle"
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Return a cell per area and period, with counts as printed, and the findings.

    A missing number is suppressed with the reason; a kommune that the table does not have is
    left_out in all periods. Raises StatbankError for a number that is not a count: with decimals,
    or below 0.
    """
    unclear = set(agreed.unclear)
    rows: list[dict[str, Any]] = []
    for (area, time), number in agreed.values.items():
        note = "" if number is not None else UNCLEAR if (area, time) in unclear else HIDDEN
        count = None if number is None else _count(plan, area, time, number)
        status = "shown" if number is not None else "suppressed"
        cell = (indicator_id, breakdown, plan.areas.area_ids[area], plan.periods[time])
        rows.append(_row(cell, status, count, note))
    note = f"Tabel {plan.table.table} har ikke kommunen."
    for missing in plan.areas.missing:
        for period in plan.periods.values():
            cell = (indicator_id, breakdown, missing.code, period)
            rows.append(_row(cell, "left_out", None, note))
    findings = _findings(plan, agreed)
    frame = pl.DataFrame(rows, schema_overrides={"numerator": pl.Int64}, infer_schema_length=None)
    return incoming(frame, findings, what=f"Tabel {plan.table.table}"), findings


def _count(plan: Plan, area: str, time: str, number: Decimal) -> int:
    if number < 0 or number != number.to_integral_value():
        raise fault(
            plan.table.table,
            f"tallet for område {area} i {time} er {str(number).replace('.', ',')} og ikke et "
            "helt antal.",
            "Tabellen kan ikke indlæses som antal; se dens enhed på statistikbanken.dk.",
        )
    return int(number)


def _row(
    cell: tuple[str, str, str, str], status: str, count: int | None, note: str
) -> dict[str, Any]:
    indicator_id, breakdown, area_id, period = cell
    return {
        "indicator_id": indicator_id,
        "area_id": area_id,
        "period": period,
        "breakdown": breakdown,
        "status": status,
        "numerator": count,
        "denominator_low": None,
        "denominator_high": None,
        "share_pct": None,
        "share_decimals": None,
        "note": note,
        "source_row": None,
    }


def _findings(plan: Plan, agreed: Agreed) -> tuple[Finding, ...]:
    areas, name = plan.areas, plan.table.table
    found: list[Finding] = []
    if areas.left_out:
        text = (
            f"{len(areas.left_out)} områder i tabel {name} er ikke kommuner og er ikke hentet: "
            f"{_listed(areas.left_out)}."
        )
        found.append(Finding("note", "areas_left_out", text))
    if areas.missing:
        text = (
            f"Tabel {name} har ikke {len(areas.missing)} af kommunerne: {_listed(areas.missing)}. "
            "De vises uden tal. Se efter, om det er meningen."
        )
        found.append(Finding("warning", "kommuner_missing", text))
    if areas.renamed:
        text = (
            f"Tabel {name} har navne, atlasset ikke kender, på koder, det kender: "
            f"{_listed(areas.renamed)}. Se efter, at det er de samme kommuner, før du siger ja."
        )
        found.append(Finding("warning", "kommuner_renamed", text))
    if agreed.unclear:
        text = f"{len(agreed.unclear)} tal er udeladt. {UNCLEAR}"
        found.append(Finding("warning", "zero_or_missing", text))
    if not any(agreed.values.values()):
        text = f"Alle tal i tabel {name} er 0 eller mangler. Se efter, om det kan passe."
        found.append(Finding("warning", "nothing_but_zero", text))
    if not plan.table.is_active:
        text = f"Danmarks Statistik opdaterer ikke længere tabel {name}."
        found.append(Finding("note", "table_closed", text))
    return tuple(found)


def _listed(values: Sequence[Value], most: int = 8) -> str:
    shown = ", ".join(f"{one.code} {one.text}" for one in values[:most])
    return shown + (" og flere" if len(values) > most else "")
