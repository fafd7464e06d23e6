"""The cells that a claim is about, whose a wrong number is, and what is newer."""

from __future__ import annotations

from fractions import Fraction

from queries.claims import numbers
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, LAND
from queries.claims.asks import Ask
from queries.claims.evidence import Cell, Evidence
from queries.claims.hedges import Bounds
from queries.claims.numbers import Figure
from queries.claims.outcome import Fix, mended
from queries.claims.period_check import period_fix
from queries.claims.wording import listing, number

COUNTRY = "000"


def cells_of(ask: Ask, known: Evidence, period: str) -> list[Cell]:
    """Return the cells of the places of a claim; of the country where it names none."""
    ids = [
        key
        for place in ask.places
        if place.level in {LAND, KOMMUNE, JOBCENTER}
        for key in place.area_ids
    ]
    found = [known.cell(ask.indicator_id, period, key) for key in ids or [COUNTRY]]
    return [cell for cell in found if cell is not None]


def whose(ask: Ask, figure: Figure, known: Evidence, period: str) -> str:
    """Say whose number it is, where it is a published one of another kommune."""
    own = {key for place in ask.places for key in place.area_ids} or {COUNTRY}
    rows = [
        *known.kommuner(ask.indicator_id, period),
        known.cell(ask.indicator_id, period, COUNTRY),
    ]
    shown = [
        cell for cell in rows if cell is not None and cell.is_shown and cell.area_id not in own
    ]
    if figure.kind == numbers.SHARE and not figure.is_words:
        same = [cell.name for cell in shown if cell.share == figure.low]
    else:
        same = [
            cell.name
            for cell in shown
            if figure.kind == numbers.COUNT and cell.numerator == figure.low
        ]
    if not same or len(same) > 3 or ask.aspect == s.ACTIVE:
        return ""
    return f" {number(figure.low)} er tallet for {listing(same)}."


def newer_fixes(
    ask: Ask, figure: Figure, known: Evidence, period: str, lower: str
) -> tuple[Fix, ...]:
    """Return what the sentence would be with the newest published number."""
    newest = known.periods[ask.indicator_id][0]
    if (
        newest == period
        or ask.time is None
        or ask.time_inherited
        or len(ask.places) > 1
        or figure.whole
    ):
        return ()
    cells = cells_of(ask, known, newest)
    if len(cells) != 1 or not cells[0].is_shown or ask.aspect != s.PASSIVE:
        return ()
    cell = cells[0]
    truth = (
        cell.share_bounds
        if figure.kind == numbers.SHARE
        else Bounds.of(cell.numerator, cell.numerator)
    )
    printed = cell.share if figure.kind == numbers.SHARE else Fraction(cell.numerator or 0)
    if truth is None or printed is None:
        return ()
    return (mended(figure, truth, printed, lower), period_fix(ask.time, newest))
