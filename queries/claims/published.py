"""Claims about published statements: programmes, money, gruppe 2, indsatsgruppen, private job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from queries.claims import asks, hedges, numbers
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, LARGER, REST, UNKNOWN
from queries.claims.asks import Ask
from queries.claims.derived import derived_from, of_kommuner
from queries.claims.evidence import Evidence, Statement
from queries.claims.hedges import Bounds
from queries.claims.numbers import Figure
from queries.claims.outcome import (
    MAYBE,
    NO,
    YES,
    Fix,
    Outcome,
    agrees,
    cannot,
    mended,
    mended_kommuner,
    mended_share,
)
from queries.claims.records import Verdict
from queries.claims.statement_context import in_context
from queries.claims.wording import held_against, number

ONLY_MADE_UP = "For området er der kun opdigtede tal i atlasset, og de er ikke belæg."
NOTHING = "Der er ikke offentliggjort et tal, som påstanden kan holdes op mod."


def judge_statement(ask: Ask, known: Evidence, lower: str) -> Outcome:  # noqa: PLR0911
    """Judge a claim against the published statements."""
    figure = ask.figure
    if figure is None or ask.relation in {asks.COMPARE, asks.RANK, asks.KOMMUNER, asks.SUM}:
        return _without(ask, known)
    if ask.relation == asks.CHANGE:
        return cannot(
            "Der er kun offentliggjort ét tal, så en udvikling kan ikke tjekkes; serierne i "
            "atlasset er opdigtede."
        )
    if ask.aspect == s.OVER_9 and figure.kind == numbers.COUNT and _addressed(ask):
        return _against(ask, figure, known.statements["F8"], known, lower)
    if figure.kind != numbers.KOMMUNER and any(
        one.level in {KOMMUNE, JOBCENTER, LARGER, REST, UNKNOWN} for one in ask.places
    ):
        return _without(ask, known)
    if figure.whole is not None and not _is_of_whole(ask, figure, known):
        return cannot(NOTHING)
    if ask.aspect == s.EXIT_OF_ORDINARY and figure.kind == numbers.COUNT:
        ask = replace(ask, aspect=s.EXIT)
    derived = derived_from(ask, figure, known) or of_kommuner(ask, figure, known, lower)
    if derived is not None:
        return derived
    family = (
        s.IG
        if ask.family == s.FSM and ask.aspect in {s.PRACTICE, s.ORDINARY, s.EXIT}
        else ask.family
    )
    target = s.TARGETS.get((family, ask.aspect, figure.kind))
    if figure.kind == numbers.POINTS:
        return Outcome(
            Verdict.DOES_NOT_HOLD,
            "En andel måles i procent, ikke i procentpoint.",
            suggestion="Skriv pct.",
        )
    if target is None or target not in known.statements:
        return _elsewhere(ask, figure, known)
    found = _against(ask, figure, known.statements[target], known, lower)
    if family != ask.family and figure.kind == numbers.SHARE and found.stands:
        text = "Andelen er af indsatsgruppen, ikke af alle deltagere i Flere skal med."
        return replace(
            found,
            verdict=Verdict.DOES_NOT_HOLD,
            explanation=text,
            suggestion="Skriv »af indsatsgruppen«.",
        )
    return found


def _is_of_whole(ask: Ask, figure: Figure, known: Evidence) -> bool:
    """Tell whether the second number of '735 ud af 1.468' is one that a source gives."""
    if figure.kind == numbers.KOMMUNER:
        return figure.whole == len(known.known.jobcentre)
    if figure.kind != numbers.COUNT:
        return True
    of_ordinary = ask.aspect in {s.EXIT, s.EXIT_OF_ORDINARY}
    return of_ordinary and figure.whole == known.statements["F11"].count


def _addressed(ask: Ask) -> bool:
    return any(one.level == UNKNOWN for one in ask.places)


def _without(ask: Ask, known: Evidence) -> Outcome:
    made_up = ask.indicator_id in known.made_up or ask.family in {s.G2, s.IG, s.OTHER}
    return cannot(ONLY_MADE_UP if made_up else NOTHING)


def _figures_of(statement: Statement) -> Iterator[tuple[str, Fraction, str]]:
    """Yield kind, value and hedge of what a statement says."""
    kinds = {
        "personer": numbers.COUNT,
        "pct.": numbers.SHARE,
        "kommuner": numbers.KOMMUNER,
        "mio. kr.": numbers.MONEY,
    }
    kinds |= {
        "job": numbers.JOBS,
        "år": numbers.DURATION,
        "tiltag": numbers.MEASURES,
        "pointer": numbers.MESSAGES,
    }
    if statement.value is not None and statement.unit in kinds:
        yield kinds[statement.unit], statement.value, statement.hedge
    if statement.count is not None:
        yield numbers.COUNT, Fraction(statement.count), statement.count_hedge


def _truth(statement: Statement, kind: str) -> tuple[Bounds, Fraction] | None:
    for own, value, hedge in _figures_of(statement):
        if own == kind:
            is_share = kind == numbers.SHARE
            if is_share and hedge == "rounded" and "ud af" in statement.hedge_word:
                return Bounds(value - 5, value + 5), value
            return hedges.said_by_source(hedge, value, is_share=is_share), value
    return None


def said(statement: Statement, kind: str) -> str:
    """Return a published figure as its document says it: 'godt 8.000 borgere'."""
    unit = {
        numbers.COUNT: "borgere",
        numbers.KOMMUNER: "kommuner",
        numbers.MONEY: "mio. kr.",
        numbers.SHARE: "pct.",
    }
    for own, value, hedge in _figures_of(statement):
        if own != kind:
            continue
        word = statement.hedge_word
        if "ud af" in word:
            return f"{word} ({number(value)} pct.)"
        if statement.count is not None:
            word = "ca." if hedge == "about" else ""
        text = f"{number(value)} {unit.get(kind, statement.unit)}"
        return f"{word} {text}" if word else text
    return statement.unit


def _value(figure: Figure) -> Figure:
    """Return a duration in years."""
    if figure.kind == numbers.DURATION and figure.whole and figure.whole > 0:
        years = Fraction(figure.whole, 12)
        return replace(figure, low=years, high=years)
    return figure


def _against(
    ask: Ask, figure: Figure, statement: Statement, known: Evidence, lower: str
) -> Outcome:
    truth = _truth(statement, figure.kind)
    if truth is None:
        return cannot(NOTHING)
    bounds, value = truth
    claimed = _value(figure)
    words = said(statement, figure.kind)
    basis = Outcome(
        Verdict.HOLDS, f"Passer med kilden: {words}.", f"{statement.text}: {words}",
        held_against(lower[figure.start : figure.end], "kilden siger", words),
        source_ids=(statement.source_id,), statement_id=statement.statement_id,
    )  # fmt: skip
    outcome = agrees(claimed.bounds(), bounds)
    is_loose = figure.slack or figure.hedge is not hedges.EXACT
    if is_loose and statement.hedge == "rounded" and Bounds(value, value).within(claimed.bounds()):
        outcome = YES
    is_same = claimed.low == value and claimed.low == claimed.high
    opposite = claimed.hedge in {
        hedges.LESS_THAN,
        hedges.A_LITTLE_UNDER,
        hedges.MORE_THAN,
        hedges.A_LITTLE_OVER,
    }
    if outcome != NO and _left_open(claimed, statement, value):
        text = f"Kilden siger {words} og lader stå åbent, om det er så mange."
        found = replace(basis, verdict=Verdict.HOLDS_WITH_CAVEAT, explanation=text)
    elif outcome in (NO, MAYBE):
        rounds = _rounds(figure, value)
        if rounds:
            found = replace(
                basis,
                verdict=Verdict.HOLDS_WITH_CAVEAT,
                explanation=f"Afrundet; kilden siger {words}.",
            )
        elif (
            is_same
            and not (opposite and outcome == NO)
            and not (
                opposite
                and statement.hedge in {"exact", "rounded"}
                and figure.kind != numbers.SHARE
            )
        ):
            text = (
                f"Tallet er det samme, men kilden siger {words}; sætningen siger det på en anden "
                f"måde."
            )
            found = replace(basis, verdict=Verdict.HOLDS_WITH_CAVEAT, explanation=text)
        else:
            return _wrong(ask, figure, statement, basis, bounds, value, known, lower)
    else:
        found = basis
    return in_context(ask, figure, statement, found, known, lower)


def _left_open(figure: Figure, statement: Statement, value: Fraction) -> bool:
    """Tell whether a source with one limit leaves a hedged number open: 'næsten 25.000'."""
    if figure.hedge not in {hedges.A_LITTLE_UNDER, hedges.ABOUT}:
        return False
    if statement.count is not None:
        return False
    above = statement.hedge in {"more_than", "at_least"} and figure.low > value
    return above or (statement.hedge in {"less_than", "at_most"} and figure.low < value)


def _rounds(figure: Figure, value: Fraction) -> bool:
    """Tell whether an amount is the published one with fewer decimals: 62 mio. for 61,8."""
    if figure.kind != numbers.MONEY or figure.hedge is not hedges.EXACT or value.denominator == 1:
        return False
    return figure.decimals == 0 and abs(figure.low - value) <= Fraction(1, 2)


def _wrong(  # noqa: PLR0917
    ask: Ask,
    figure: Figure,
    statement: Statement,
    basis: Outcome,
    bounds: Bounds,
    value: Fraction,
    known: Evidence,
    lower: str,
) -> Outcome:
    words = said(statement, figure.kind)
    if figure.kind == numbers.DURATION:
        fix: tuple[Fix, ...] = ()
    elif figure.kind == numbers.SHARE:
        fix = mended_share(figure, bounds, value, lower)
    elif figure.kind == numbers.KOMMUNER and figure.hedge is hedges.EXACT:
        fix = mended_kommuner(figure, int(value), lower)
    elif "exact" in {statement.hedge, statement.count_hedge}:
        fix = (mended(figure, bounds, value, lower),)
    else:
        amount = (
            said(statement, figure.kind)
            .replace(" borgere", "")
            .replace(" kommuner", "")
            .replace(" job", "")
        )
        end = figure.unit_end if figure.kind == numbers.MONEY else figure.number_end
        fix = (
            Fix(
                figure.start, end, amount[:1].upper() + amount[1:] if figure.start == 0 else amount
            ),
        )
    hint = _hint(ask, figure, statement, known)
    text = f"Kilden siger {words}.{hint}"
    return replace(
        basis, verdict=Verdict.DOES_NOT_HOLD, explanation=text, suggestion="Ret tallet.", fixes=fix
    )


def _matches(figure: Figure, statement: Statement) -> bool:
    truth = _truth(statement, figure.kind)
    return truth is not None and _value(figure).low == truth[1] and figure.low == figure.high


def _family(family: str) -> set[str]:
    own = {target for (one, _, _), target in s.TARGETS.items() if one == family}
    if family in {s.G2, s.IG, s.FSM}:
        own |= {
            target for (one, _, _), target in s.TARGETS.items() if one in {s.G2, s.IG, s.FSM}
        } | {"F8"}
    if family in {s.BR, s.BI, s.IP, s.FSM, s.FSM2}:
        own |= {target for (one, _, _), target in s.TARGETS.items() if one in s.PROGRAMMES}
    return own


def _hint(ask: Ask, figure: Figure, statement: Statement, known: Evidence) -> str:
    """Say of what a wrong number is the right one."""
    for target in sorted(_family(ask.family)):
        other = known.statements.get(target)
        if other is not None and other is not statement and _matches(figure, other):
            what = f"{other.text[:1].lower()}{other.text[1:]}"
            return f" {said(other, figure.kind).capitalize()} er et andet tal: {what}."
    return ""


def _elsewhere(ask: Ask, figure: Figure, known: Evidence) -> Outcome:
    """What is asked is not published: a number that belongs to something else does not hold."""
    if ask.own_cues & s.CALLED:
        return cannot(
            f"{NOTHING} Kilden tæller dem i et aktivt tilbud og siger ikke, hvem der er aktive."
        )
    for target in sorted(_family(ask.family)):
        other = known.statements.get(target)
        if other is not None and _matches(figure, other):
            words = said(other, figure.kind)
            text = (
                f"Kildens tal {words} gælder noget andet: {other.text[:1].lower()}{other.text[1:]}."
            )
            return Outcome(
                Verdict.DOES_NOT_HOLD, text, f"{other.text}: {words}",
                suggestion="Ret, hvad tallet er af.",
                source_ids=(other.source_id,), statement_id=other.statement_id,
            )  # fmt: skip
    return cannot(NOTHING + (f" {ONLY_MADE_UP}" if ask.indicator_id in known.made_up else ""))
