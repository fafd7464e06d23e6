"""Claims that hold kommuner against each other or the country: more, less, ranks, how many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from queries.claims import asks, hedges, numbers
from queries.claims.asks import BY_COUNT, BY_SHARE, Ask
from queries.claims.cell_lookup import COUNTRY, cells_of
from queries.claims.counting import ROUNDED, judge_kommuner, value_of
from queries.claims.evidence import Cell, Evidence
from queries.claims.hedges import Bounds
from queries.claims.numbers import Figure
from queries.claims.outcome import MAYBE, NO, YES, Fix, Outcome, agrees, cannot, worst_of
from queries.claims.period_check import period_of
from queries.claims.periods import period_in_words
from queries.claims.records import Verdict
from queries.claims.secrecy import AMONG_HIDDEN, SUGGESTION
from queries.claims.wording import interval, number, of_cell, pct

_ONLY = re.compile(r"(?<!\w)(?:kun|alene|udelukkende)\s+(?:i\s+|på\s+)?$")
ARITHMETIC = "Forskellen er atlassets regning."


def judge_compared(ask: Ask, known: Evidence, lower: str) -> Outcome:
    """Judge a comparison, a rank or a number of kommuner."""
    period = period_of(ask, known.periods[ask.indicator_id])
    if period.other is not None:
        said = period_in_words(period.period)
        return cannot(
            f"Der er kun offentliggjort tal for {said}, ikke for »{period.other.text}«. For "
            f"andre perioder er der kun "
            "opdigtede tal, og de er ikke belæg."
        )
    judge = {asks.COMPARE: _compare, asks.RANK: _rank, asks.KOMMUNER: judge_kommuner}[ask.relation]
    found = judge(ask, known, period.period, lower)
    sources = {cell.source_id for cell in known.cells[ask.indicator_id, period.period].values()}
    found = replace(found, source_ids=tuple(sorted(sources)))
    return found.with_caveats([period.caveat if found.stands else ""])


def _compare(ask: Ask, known: Evidence, period: str, lower: str) -> Outcome:
    cells = cells_of(ask, known, period)
    others = cells_of(replace(ask, places=ask.others), known, period)
    if not cells or not others:
        return cannot("Der er ikke offentliggjort tal at sammenligne.")
    judged = [_pair(ask, one, other, lower) for one in cells for other in others]
    if len(others) == 1 and _ONLY.search(lower, 0, ask.places[0].start if ask.places else 0):
        judged.append(_alone(ask, cells, others[0], known.kommuner(ask.indicator_id, period)))
    worst = worst_of(judged)
    if len(judged) == 1:
        return worst
    said = "; ".join(dict.fromkeys(of_cell(cell) for cell in (*cells, *others)))
    return replace(worst, number=said, fixes=())


def _alone(ask: Ask, named: Sequence[Cell], other: Cell, every: Sequence[Cell]) -> Outcome:
    """Judge that no more than the named ones are above: 'kun København har flere end Aalborg'."""
    said = of_cell(other)
    theirs = value_of(other, ask.by)
    if ask.direction <= 0 or theirs is None or other.area_id == COUNTRY:
        return cannot(AMONG_HIDDEN, number=said, suggestion=SUGGESTION)
    ids = {cell.area_id for cell in named} | {other.area_id}
    rest = [(cell, value_of(cell, ask.by)) for cell in every if cell.area_id not in ids]
    orders = [(cell, _order(value, theirs)) for cell, value in rest if value is not None]
    above = [cell for cell, order in orders if order == 1]
    if above:
        text = f"Flere ligger over {other.name}, bl.a. {_printed(above[0], ask.by)}."
        return Outcome(Verdict.DOES_NOT_HOLD, text, said)
    if any(order is None for _, order in orders):
        return cannot(ROUNDED, number=said)
    return Outcome(Verdict.HOLDS, f"Ingen andre ligger over {other.name}.", said)


def _pair(ask: Ask, one: Cell, other: Cell, lower: str) -> Outcome:
    said = f"{of_cell(one)}; {of_cell(other)}"
    if ask.by == BY_COUNT and COUNTRY in {one.area_id, other.area_id}:
        return cannot(
            "Et antal i en kommune og i hele landet kan ikke sammenlignes sådan; sammenlign "
            "andele.",
            number=said,
        )
    mine, theirs = value_of(one, ask.by), value_of(other, ask.by)
    if mine is None or theirs is None:
        return cannot("Der er ikke offentliggjort tal at sammenligne.")
    if ask.figure is None:
        return _direction(ask, one, other, mine, theirs, said)
    return _distance(ask, ask.figure, (one, other), (mine, theirs), said)


def _direction(  # noqa: PLR0917
    ask: Ask, one: Cell, other: Cell, mine: Bounds, theirs: Bounds, said: str
) -> Outcome:
    same_print = ask.by == BY_SHARE and one.share == other.share
    order = _order(mine, theirs)
    how = f"{_printed(one, ask.by)} mod {_printed(other, ask.by)}"
    if ask.direction == 0:
        if same_print or (order == 0 and mine.is_point and theirs.is_point):
            return Outcome(Verdict.HOLDS, f"Passer: {how}.", said, how)
        return Outcome(Verdict.DOES_NOT_HOLD, f"De er ikke ens: {how}.", said, how)
    if order == ask.direction:
        return Outcome(Verdict.HOLDS, f"Passer: {how}.", said, how)
    if order is None or (order == 0 and not (mine.is_point and theirs.is_point)):
        return cannot(f"{ROUNDED} {how}.", number=said, arithmetic=how)
    return Outcome(
        Verdict.DOES_NOT_HOLD,
        f"Det er omvendt eller ens: {how}.",
        said,
        how,
        "Ret sammenligningen.",
    )


def _order(mine: Bounds, theirs: Bounds) -> int | None:
    """Return 1 where one lies wholly above the other, -1 below, 0 for equal points, else None."""
    if mine.is_point and theirs.is_point and mine.low == theirs.low:
        return 0
    if mine.meets(theirs) or None in {mine.low, mine.high, theirs.low, theirs.high}:
        return None
    return 1 if (mine.low or 0) > (theirs.low or 0) else -1


def _printed(cell: Cell, by: str) -> str:
    if by == BY_SHARE and cell.share is not None:
        return f"{cell.name} {pct(cell.share, cell.decimals)}"
    return f"{cell.name} {number(cell.numerator or 0)}"


def _distance(
    ask: Ask, figure: Figure, cells: tuple[Cell, Cell], values: tuple[Bounds, Bounds], said: str
) -> Outcome:
    mine, theirs = values
    if figure.kind == numbers.RATIO:
        return _ratio(ask, figure, cells, values, said)
    sign = ask.direction or 1
    zero = Fraction(0)
    first = sign * ((mine.low or zero) - (theirs.high or zero))
    last = sign * ((mine.high or zero) - (theirs.low or zero))
    truth = Bounds(min(first, last), max(first, last))
    printed = [
        cell.share if ask.by == BY_SHARE else Fraction(cell.numerator or 0) for cell in cells
    ]
    gap = (printed[0] or Fraction(0)) - (printed[1] or Fraction(0))
    unit = " procentpoint" if ask.by == BY_SHARE else ""
    how = f"{number(printed[0] or 0)} − {number(printed[1] or 0)} = {number(gap)}{unit}".replace(
        "= -", "= −"
    )
    if figure.kind == numbers.SHARE:
        return _in_percent(figure, cells, values, gap * sign, said, how)
    outcome = agrees(figure.bounds(), truth)
    if outcome == YES or (outcome == MAYBE and sign * gap == figure.low):
        caveat = (
            ARITHMETIC
            if outcome == YES
            else f"{ARITHMETIC} Andelene er afrundet, så den nøjagtige forskel kendes ikke."
        )
        return Outcome(Verdict.HOLDS, f"Passer: {how}.", said, how).with_caveats([caveat])
    fix: tuple[Fix, ...] = ()
    if sign * gap > 0 and figure.hedge is hedges.EXACT:
        fix = (Fix(figure.number_start, figure.number_end, number(sign * gap)),)
    return Outcome(
        Verdict.DOES_NOT_HOLD, f"Forskellen er en anden: {how}.", said, how, "Ret forskellen.", fix
    )


def _in_percent(  # noqa: PLR0917
    figure: Figure,
    cells: tuple[Cell, Cell],
    values: tuple[Bounds, Bounds],
    gap: Fraction,
    said: str,
    how: str,
) -> Outcome:
    """A distance between shares that is given in pct.: as a rule meant as procentpoint."""
    mine, theirs = values
    if gap == figure.low or not (mine.low and theirs.high and mine.high and theirs.low):
        text = (
            f"Forskellen mellem to andele måles i procentpoint: {how}. {number(figure.low)} pct. "
            f"ville være noget andet."
        )
        fix = (Fix(figure.number_end, figure.unit_end, " procentpoint"),)
        if figure.is_words and figure.low == 1:
            fix = (Fix(figure.number_start, figure.unit_end, "et procentpoint"),)
        return Outcome(Verdict.DOES_NOT_HOLD, text, said, how, "Skriv procentpoint.", fix)
    low, high = 100 * mine.low / theirs.high - 100, 100 * mine.high / theirs.low - 100
    relative = (
        f"{_printed(cells[0], BY_SHARE)} er {interval(abs(low), abs(high), 0)} pct. fra "
        f"{_printed(cells[1], BY_SHARE)}"
    )
    truth = Bounds(min(abs(low), abs(high)), max(abs(low), abs(high)))
    if agrees(figure.bounds(), truth) == NO:
        return Outcome(
            Verdict.DOES_NOT_HOLD, f"Forskellen er en anden: {how}; {relative}.", said, how
        )
    return Outcome(
        Verdict.HOLDS_WITH_CAVEAT,
        f"Passer som relativ forskel: {relative}. I procentpoint: {how}.",
        said,
        how,
    )


def _ratio(
    ask: Ask, figure: Figure, cells: tuple[Cell, Cell], values: tuple[Bounds, Bounds], said: str
) -> Outcome:
    mine, theirs = values
    if not theirs.low or not theirs.high or mine.low is None or mine.high is None:
        return cannot("Forholdet kan ikke regnes ud.", number=said)
    low, high = mine.low / theirs.high, mine.high / theirs.low
    truth = Bounds(low, high)
    tops = [cell.share if ask.by == BY_SHARE else Fraction(cell.numerator or 0) for cell in cells]
    how = f"{number(tops[0] or 0)} / {number(tops[1] or 1)} = {interval(low, high, 1)} gange"
    outcome = agrees(figure.bounds(), truth)
    if outcome == NO or (outcome == MAYBE and figure.hedge in {hedges.MORE_THAN, hedges.LESS_THAN}):
        return Outcome(Verdict.DOES_NOT_HOLD, f"Forholdet er et andet: {how}.", said, how)
    return Outcome(Verdict.HOLDS, f"Passer: {how}.", said, how).with_caveats(
        ["Forholdet er atlassets regning."]
    )


def _rank(ask: Ask, known: Evidence, period: str, lower: str) -> Outcome:
    named = cells_of(ask, known, period)
    every = known.kommuner(ask.indicator_id, period)
    printed = ask.by == BY_SHARE and ask.direction > 0 and not ask.about_shown
    rows = [cell for cell in every if cell.is_shown or (printed and cell.share is not None)]
    if not named or any(cell.area_id == COUNTRY for cell in named):
        return cannot("Kun enkelte kommuner kan have en plads i rækken.")
    judged = [_place(ask, cell, rows, every, len(named)) for cell in named]
    worst = worst_of(judged)
    if (
        worst.verdict is Verdict.DOES_NOT_HOLD
        and len(named) == 1
        and ask.rank == 1
        and not ask.blandt
    ):
        worst = _with_first(ask, worst, rows)
    return worst


def _unseen(ask: Ask, mine: Fraction, every: Sequence[Cell]) -> int:
    """Return how many kommuner without a shown number may stand nearer to the bottom.

    Their printed shares are held up; of those without one nothing is known, and by people of none.
    """
    if ask.about_shown or ask.direction > 0:
        return 0
    hidden = [cell for cell in every if not cell.is_shown]
    return sum(ask.by == BY_COUNT or cell.share is None or cell.share <= mine for cell in hidden)


def _place(
    ask: Ask, cell: Cell, rows: Sequence[Cell], every: Sequence[Cell], among: int
) -> Outcome:
    printed = {
        one.area_id: one.share if ask.by == BY_SHARE else Fraction(one.numerator or 0)
        for one in rows
    }
    mine = printed.get(cell.area_id)
    if mine is None:
        return cannot("Kommunen har ingen plads i rækken.")
    ahead = sum(
        1 for value in printed.values() if value is not None and (value - mine) * ask.direction > 0
    )
    ties = sum(1 for value in printed.values() if value == mine)
    first, last = ahead + 1, ahead + ties
    what = "vist antal" if all(one.is_shown for one in rows) else "trykt andel"
    where = "fra toppen" if ask.direction > 0 else "fra bunden"
    place = f"nr. {first}" if first == last else f"nr. {first}–{last} (delt)"
    how = f"{_printed(cell, ask.by)}: {place} {where} af {len(rows)} kommuner med {what}"
    said = of_cell(cell)
    if ask.blandt or among > 1:
        most = ask.rank if ask.blandt else among
        holds, may = last <= most, first <= most
    else:
        holds, may = first == last == ask.rank, first <= ask.rank <= last
    unseen = _unseen(ask, mine, every)
    if not may and not ask.blandt and among == 1 and last < ask.rank <= last + unseen:
        return cannot(AMONG_HIDDEN, number=said, suggestion=SUGGESTION)
    if not may:
        return Outcome(
            Verdict.DOES_NOT_HOLD, f"Pladsen er en anden: {how}.", said, how, "Ret pladsen."
        )
    if ask.direction < 0 and not ask.about_shown:
        return cannot(AMONG_HIDDEN, suggestion=SUGGESTION)
    found = Outcome(Verdict.HOLDS, f"Passer: {how}.", said, how)
    tie = (
        ""
        if holds
        else "Flere kommuner har samme afrundede tal, så rækkefølgen mellem dem kendes ikke."
    )
    return found.with_caveats([tie])


def _with_first(ask: Ask, found: Outcome, rows: Sequence[Cell]) -> Outcome:
    def key(cell: Cell) -> Fraction:
        return (cell.share if ask.by == BY_SHARE else Fraction(cell.numerator or 0)) or Fraction(0)

    best = max((key(cell) * ask.direction for cell in rows), default=Fraction(0))
    first = [cell for cell in rows if key(cell) * ask.direction == best]
    if len(first) != 1:
        return found
    place = ask.places[0]
    said = f"{found.explanation} Først er {_printed(first[0], ask.by)}."
    return replace(
        found,
        explanation=said,
        fixes=(Fix(place.start, place.end, first[0].name),),
        number=f"{found.number}; {of_cell(first[0])}",
    )
