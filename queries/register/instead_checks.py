"""Are the rows of a file that tell something instead of hidden numbers what the atlas would tell?

Each is of a form that the audit reads, allowed by its indicator's file, and of numbers that are all
hidden in the file. What they give away together is the audit's to say.
"""

from __future__ import annotations

import polars as pl

from queries.cells import WHOLE, is_instead
from queries.disclosure.places import places
from queries.indicators.definition import Indicator
from queries.register.instead import AND, Row, rows_of


def fault(frame: pl.DataFrame, indicator: Indicator) -> str:
    """Return what is wrong with such rows of one indicator, in Danish and without a number.

    `frame` has CELL_SCHEMA and holds the indicator's cells too. '' where nothing is wrong.
    """
    rows = frame.filter(is_instead())
    if rows.is_empty():
        return ""
    counted = pl.col("denominator_low").is_not_null()
    decimals = pl.when(counted).then(pl.lit(indicator.format.share_decimals, pl.Int8))
    form = (pl.col("origin") == "source") & (pl.col("note") == "")
    form &= pl.col("share_decimals").eq_missing(decimals)
    if not rows.select(form.fill_null(value=False).all()).item():
        return f"{indicator.title} har en anmærkning eller oprindelse, som atlasset ikke kender"
    if rows["numerator"].has_nulls():
        return f"{indicator.title} mangler et antal i stedet for skjulte tal"
    for (period,), month in frame.partition_by("period", as_dict=True).items():
        if wrong := _fault_of_month(month, indicator):
            return f"{indicator.title} har i {period} i stedet for skjulte tal {wrong}"
    return ""


def _fault_of_month(month: pl.DataFrame, indicator: Indicator) -> str:
    columns = ("breakdown", "area_id")
    hidden = set(month.filter(status="suppressed").select(columns).iter_rows())
    together: list[str] = []
    for row in rows_of(month.filter(is_instead())):
        cells = _cells(row, indicator)
        if not cells:
            return "et, som ikke er tilladt"
        if not hidden.issuperset(cells):
            return "et af noget, der ikke er skjult"
        if _is_small(row, indicator):
            return "et, som selv er for lille til at vises"
        if row[2] == "combined":
            together += [area for _, area in cells]
    return "et område i to samlede områder" if len(set(together)) < len(together) else ""


def _cells(row: Row, indicator: Indicator) -> list[tuple[str, str]]:
    """Return the breakdowns and areas that a row tells of; none where it may not be told."""
    breakdown, area, status, number, people = row
    allowed = indicator.disclosure.alternatives
    if status == "coarser":
        groups = {group.group_id: group.of for group in allowed.coarser_groups}
        fine = people is not None and area in places().names and area not in places().same
        return [(member, area) for member in groups.get(breakdown, ())] if fine else []
    if breakdown != WHOLE:
        return []
    if status == "rounded":
        base = allowed.round_to
        fine = base > 0 and number >= 0 and number % base == 0 and people is None
        return [(WHOLE, area)] if fine and area in places().names else []
    parts = area.split(AND)
    fine = allowed.combined_areas and people is not None and len(parts) > 1
    fine = fine and parts == sorted(set(parts)) and set(parts) <= set(places().kommuner)
    return [(WHOLE, part) for part in parts] if fine else []


def _is_small(row: Row, indicator: Indicator) -> bool:
    _, _, status, number, people = row
    if status == "rounded":
        return False
    least = indicator.disclosure.threshold
    return people is None or not least <= number <= people - least
