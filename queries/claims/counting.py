"""How many kommuner lie over or under a limit."""

from __future__ import annotations

from fractions import Fraction

from queries.claims import hedges, numbers
from queries.claims.asks import BY_COUNT, BY_SHARE, Ask
from queries.claims.cell_lookup import COUNTRY
from queries.claims.evidence import Cell, Evidence
from queries.claims.hedges import Bounds
from queries.claims.numbers import Figure
from queries.claims.outcome import MAYBE, YES, Fix, Outcome, agrees, cannot, mended_kommuner
from queries.claims.records import Verdict
from queries.claims.wording import interval, pct

ROUNDED = (
    "Andelene er afrundet til hele procent, så forskellen kan ikke ses af de offentliggjorte tal."
)
LEFT_OUT = (
    "Optalt blandt de kommuner, kilden viser en andel for; Fanø og Læsø er ikke med i tabellen."
)


def value_of(cell: Cell, by: str) -> Bounds | None:
    """Return what is published of a cell: its share or its number of people."""
    if by == BY_SHARE:
        return cell.share_bounds
    return None if cell.numerator is None else Bounds.of(cell.numerator, cell.numerator)


def judge_kommuner(ask: Ask, known: Evidence, period: str, lower: str) -> Outcome:
    """Judge how many kommuner lie over or under a limit."""
    figure, limit = ask.figure, ask.predicate
    if figure is None:
        return cannot("Der mangler et antal kommuner.")
    rows = [cell for cell in known.kommuner(ask.indicator_id, period) if cell.is_shown]
    by = BY_COUNT if limit is not None and limit.kind == numbers.COUNT else BY_SHARE
    sure = perhaps = 0
    wanted, words = _wanted(ask, known, period)
    if wanted is None:
        return cannot("Grænsen er ikke offentliggjort.")
    exactly = 0
    for cell in rows:
        value = value_of(cell, by)
        if value is None:
            continue
        fits = agrees(wanted, value)
        sure += fits == YES
        perhaps += fits == MAYBE
        exactly += _by_print(cell, by, ask, known, period)
    truth = Bounds.of(sure, sure + perhaps)
    how = f"{words}: {interval(sure, sure + perhaps)} af {len(rows)} kommuner med vist antal"
    if perhaps:
        how += f" (efter de afrundede andele: {exactly})"
    outcome = agrees(figure.bounds(), truth)
    holds = outcome == YES or figure.bounds().meets(Bounds.of(exactly, exactly))
    if holds:
        caveats = [LEFT_OUT if by == BY_SHARE else "", "" if outcome == YES else ROUNDED]
        return Outcome(Verdict.HOLDS, f"Optællingen passer. {how}.", how, how).with_caveats(
            [*caveats, "Optællingen er atlassets."]
        )
    fix: tuple[Fix, ...] = ()
    if figure.hedge is hedges.EXACT and figure.low == figure.high:
        fix = mended_kommuner(figure, exactly, lower)
    return Outcome(
        Verdict.DOES_NOT_HOLD,
        f"Optællingen giver noget andet. {how}.",
        how,
        how,
        "Ret antallet af kommuner.",
        fix,
    )


def _wanted(ask: Ask, known: Evidence, period: str) -> tuple[Bounds | None, str]:
    if ask.predicate is not None:
        return ask.predicate.bounds(), "Inden for grænsen"
    land = known.cell(ask.indicator_id, period, COUNTRY)
    if land is None or land.share_bounds is None or land.share is None:
        return None, ""
    limits = land.share_bounds
    side = (
        Bounds(limits.high, None, True)
        if ask.direction > 0
        else Bounds(None, limits.low, False, True)
    )
    return side, f"{'Over' if ask.direction > 0 else 'Under'} hele landet ({pct(land.share)})"


def _by_print(cell: Cell, by: str, ask: Ask, known: Evidence, period: str) -> bool:
    printed = cell.share if by == BY_SHARE else Fraction(cell.numerator or 0)
    if printed is None:
        return False
    if ask.predicate is not None:
        return Bounds(printed, printed).meets(_plain(ask.predicate))
    land = known.cell(ask.indicator_id, period, COUNTRY)
    return (
        land is not None and land.share is not None and (printed - land.share) * ask.direction > 0
    )


def _plain(figure: Figure) -> Bounds:
    """Return the limit as it is written: a share without a hedge is that whole per cent."""
    if figure.hedge is hedges.EXACT and not figure.slack and figure.low == figure.high:
        return Bounds(figure.low, figure.low)
    return figure.bounds()
