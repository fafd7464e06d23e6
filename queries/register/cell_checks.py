"""Is a run's file whole? What the audit takes for granted: every level, and only known words.

A sum that is not there to be checked can still be made by a reader: a file with regions but no
country, or with a kommune missing, is refused rather than audited in part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import polars as pl

from queries.disclosure.places import places
from queries.indicators.definition import Indicator
from queries.register.notes import NOBODY, hidden_note
from queries.sources import facts

MONTH = re.compile(r"[0-9]{4}M(0[1-9]|1[0-2])")
SMALLEST = frozenset({"kommune", "jobcenter"})
"""The levels of a month that another source has a table of: no new totals."""
ABSENT = "not_collected"
_SERIES = ["period", "breakdown"]


def fault(frame: pl.DataFrame, indicator: Indicator) -> str:
    """Return what is wrong with one indicator's cells, in Danish and without a number; else ''.

    `frame` has CELL_SCHEMA.
    """
    for check in (_periods, _words, _numbers, _levels, _same_areas, _nobody):
        if found := check(frame, indicator):
            return found
    return ""


def people_of(indicator: Indicator, choices: Mapping[str, object]) -> str:
    """Return the name of the people that an indicator is a share of, counted with `choices`.

    Indicators with the same name are over the same people.
    """
    register = indicator.register
    same = register and register.people and choices.items() >= dict(register.people_where).items()
    return register.people if register and same else indicator.indicator_id


def _periods(frame: pl.DataFrame, indicator: Indicator) -> str:
    strange = [one for one in sorted(set(frame["period"])) if not MONTH.fullmatch(one)]
    if not strange:
        return ""
    return f"{indicator.title} har perioden {strange[0]!r}; en måned skrives som 2018M01"


def _words(frame: pl.DataFrame, indicator: Indicator) -> str:
    """Check notes, origins and decimals: free text beside a hidden number could tell it."""
    rule = indicator.disclosure
    hidden = [hidden_note(rule), hidden_note(rule, zeros=True)]
    status, note = pl.col("status"), pl.col("note")
    known = (
        ((status == "shown") & (note == ""))
        | ((status == ABSENT) & (note == NOBODY))
        | ((status == "suppressed") & note.is_in(hidden))
    )
    twin = pl.col("area_id").is_in(list(places().same))
    origin = pl.when(twin).then(pl.lit("same_area")).otherwise(pl.lit("source"))
    counted = pl.col("denominator_low").is_not_null()
    decimals = pl.when(counted).then(pl.lit(indicator.format.share_decimals, pl.Int8))
    for fine, what in (
        (known, "en anmærkning"),
        (pl.col("origin") == origin, "en oprindelse"),
        (pl.col("share_decimals").eq_missing(decimals), "et antal decimaler"),
    ):
        if place := _first(frame, ~fine.fill_null(value=False)):
            return f"{indicator.title} har {what}, som atlasset ikke kender ({place})"
    return ""


def _numbers(frame: pl.DataFrame, indicator: Indicator) -> str:
    """Check that what is shown has its numbers; a number out of nobody is zero."""
    number, people = pl.col("numerator"), pl.col("denominator_low")
    fine = pl.when(people.is_null()).then(number == 0).otherwise((number >= 0) & (number <= people))
    if place := _first(frame, (pl.col("status") == "shown") & ~fine.fill_null(value=False)):
        return (
            f"{indicator.title} har en vist celle uden antal eller med en umulig nævner ({place})"
        )
    return ""


def _levels(frame: pl.DataFrame, indicator: Indicator) -> str:
    found = frame.join(_areas(), on="area_id").group_by(*_SERIES, "level").len()
    whole = dict(_areas().group_by("level").len().iter_rows())
    by_series: dict[tuple[str, str], set[str]] = {}
    for period, breakdown, level, number in found.sort(pl.all()).iter_rows():
        by_series.setdefault((period, breakdown), set()).add(level)
        if number != whole[level]:
            return f"{indicator.title} mangler områder på niveauet {level} i {period}"
    for (period, breakdown), levels in by_series.items():
        if breakdown not in indicator.limited and levels not in (SMALLEST, set(whole)):
            missing = sorted(set(whole) - levels)
            return f"{indicator.title} mangler hele niveauer i {period}: {', '.join(missing)}"
    return ""


def _same_areas(frame: pl.DataFrame, indicator: Indicator) -> str:
    """Check that a jobcenter that is one kommune has the cell of that kommune."""
    told = ["status", "numerator", "denominator_low"]
    twins = pl.DataFrame(
        list(places().same.items()), schema=["area_id", "kommune"], orient="row"
    ).cast(pl.String)
    both = frame.join(twins, on="area_id").join(
        frame.select(*_SERIES, *told, kommune="area_id"), on=[*_SERIES, "kommune"], how="left"
    )
    differs = [pl.col(name).ne_missing(pl.col(f"{name}_right")) for name in told]
    if place := _first(both, pl.any_horizontal(differs)):
        return f"{indicator.title} har et jobcenter, som afviger fra sin ene kommune ({place})"
    return ""


def _nobody(frame: pl.DataFrame, indicator: Indicator) -> str:
    """Check that where nobody is, nobody is in its parts either."""
    links = facts.area_parents()
    state = frame.select(*_SERIES, "area_id", absent=pl.col("status") == ABSENT)
    parts = state.join(links, on="area_id").rename({"area_id": "part", "parent_id": "area_id"})
    both = parts.join(state, on=[*_SERIES, "area_id"], suffix="_above")
    if place := _first(both, pl.col("absent_above") & ~pl.col("absent")):
        return f"{indicator.title} har tal for en del af et område uden borgere ({place})"
    return ""


def _first(frame: pl.DataFrame, wrong: pl.Expr) -> str:
    found = frame.filter(wrong).select("period", "area_id").sort(pl.all()).head(1)
    return " i ".join(reversed([str(one) for one in found.row(0)])) if found.height else ""


@lru_cache(maxsize=1)
def _areas() -> pl.DataFrame:
    return facts.areas().select("area_id", "level")
