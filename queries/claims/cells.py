"""Claims about published cells: counts, shares, denominators and sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from queries.claims import asks, hedges, numbers
from queries.claims import subjects as s
from queries.claims.asks import Ask
from queries.claims.cell_lookup import COUNTRY, cells_of, newer_fixes, whose
from queries.claims.evidence import Cell, Evidence
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
    is_of_one,
    least_denied,
    mended,
    mended_share,
    worst_of,
)
from queries.claims.period_check import period_fix, period_of
from queries.claims.periods import period_in_words
from queries.claims.records import Verdict
from queries.claims.wording import held_against, interval, number, of_cell, pct

_MOST_SUMMED = 10
_WHOLE = re.compile(
    r"af\s+(?:alle\s+|samtlige\s+|de\s+)?(?:\w+\s+){0,2}?(?:borger\w*|person\w*|modtager\w*|"
    r"deltager\w*|dem|ressourceforløbsmodtager\w*)"
)
_KOMMUNER = re.compile(r"\s+(?:af\s+)?(?:alle\s+|landets\s+|de\s+)*kommune(?:r|rne)?(?!\w)")
_OF_LAND = re.compile(
    r"\s+af\s+(?:alle\s+|landets\s+|de\s+)*(?:passive(?!\w)|(?<=landets\s)\d)|"
    r"\s+af\s+(?:alle\s+)?landets(?=\s*(?:[.,;)]|$))"
)
_OF_PASSIVE = re.compile(
    r"(?<!\w)(?:af|blandt)\s+(?:(?:de|alle|samtlige|landets|kommunens)\s+){1,2}(?:[\d.]+\s+)?passive"
    r"(?:\s+(?:i\s+)?(?:borger|person|ressourceforløb)\w*){0,3}\s+"
    r"(?:er|var|har|havde|bor|boede)\s+(?:\w+\s+)?$"
)
"""Before a share that is of the passive people alone: 'af de 2.790 passive er 21 pct. …'."""
_NAMED = re.compile(r"(?<!\w)(?:passiv|uvirksom)")
OTHER_WHOLE = re.compile(
    r"(?<!\w)af\s+(?:[\w]+\s+){0,6}?(?:offentlig\w*\s+(?:forsørgelse|ydelse\w*)|befolkningen|"
    r"overførselsindkomst\w*|arbejdsstyrken|ledige|arbejdsløse|danskere|indbyggere)(?!\w)"
)
NO_SENIORITY = "Tallet gælder kun dem med mindst 1 års anciennitet; det siger sætningen ikke."
ONLY_PASSIVE = (
    "Kun tal for de passive er offentliggjort. Skriv om dem, så kan sætningen holdes op mod kilden."
)
OWN = "Nævneren er ikke offentliggjort: det er atlassets regning ud fra antal og afrundet andel."


def judge_level(ask: Ask, known: Evidence, lower: str) -> Outcome:
    """Judge a count, share, denominator or sum of published cells."""
    figure = ask.figure
    periods = known.periods[ask.indicator_id]
    period = period_of(ask, periods)
    cells = cells_of(ask, known, period.period)
    if figure is None or not cells:
        return cannot("Der er ikke offentliggjort et tal for området.")
    other = _other_measure(ask, lower)
    found = _judge(ask, figure, cells, lower, known)
    found = replace(found, source_ids=tuple(sorted({cell.source_id for cell in cells})))
    if cells[0].area_id == COUNTRY and ask.family == s.RF and ask.aspect == s.PASSIVE:
        wanted = {numbers.COUNT: "P1", numbers.SHARE: "P2"}.get(figure.kind, "")
        found = replace(found, statement_id=wanted if wanted in known.statements else "")
    if period.other is not None:
        return _other_period(found, ask, period.period)
    if other:
        if found.stands:
            return replace(found, verdict=Verdict.DOES_NOT_HOLD, explanation=other, fixes=())
        return cannot(other, source_ids=found.source_ids)
    if found.stands:
        found = _whole(found, ask, figure, lower)
    if found.verdict is Verdict.DOES_NOT_HOLD and found.fixes:
        hint = whose(ask, figure, known, period.period)
        found = replace(found, explanation=f"{found.explanation}{hint}")
    found = replace(found, newer=newer_fixes(ask, figure, known, period.period, lower))
    return found.with_caveats([period.caveat if found.stands else ""])


def _judge(ask: Ask, figure: Figure, cells: Sequence[Cell], lower: str, known: Evidence) -> Outcome:
    if ask.relation == asks.SUM and len(cells) > 1:
        if ask.aspect != s.PASSIVE:
            return cannot(ONLY_PASSIVE)
        return _sum(figure, cells, lower)
    if figure.kind == numbers.POINTS:
        return _points(figure, cells, lower)
    judged = [_one(ask, figure, cell, lower, known) for cell in cells]
    worst = least_denied(judged) if ask.negated else worst_of(judged)
    if len(judged) == 1:
        return worst
    return replace(
        worst,
        number="; ".join(one.number for one in judged),
        explanation=" ".join(
            dict.fromkeys(one.explanation for one in judged if one.verdict is worst.verdict)
        ),
        fixes=(),
    )


def _one(ask: Ask, figure: Figure, cell: Cell, lower: str, known: Evidence) -> Outcome:  # noqa: PLR0911
    if figure.kind == numbers.SHARE and _KOMMUNER.match(lower, figure.unit_end):
        said = of_cell(cell)
        text = "Den offentliggjorte andel er af borgere, ikke af kommuner."
        if figure.low == cell.share:
            return Outcome(
                Verdict.DOES_NOT_HOLD, text, said, suggestion="Skriv, hvem andelen er af."
            )
        return cannot(text, number=said)
    if figure.kind == numbers.SHARE and _OF_LAND.match(lower, figure.unit_end):
        if cell.area_id == COUNTRY:
            return cannot("Hvordan de passive fordeler sig, er ikke offentliggjort.")
        return _of_land(figure, cell, known)
    if figure.kind == numbers.SHARE and _OF_PASSIVE.search(lower, 0, figure.start):
        return cannot("Hvordan de passive fordeler sig, er ikke offentliggjort.")
    other = ask.family == s.RF and ask.aspect == s.ACTIVE and s.COMPLEMENT not in ask.own_cues
    if other and not s.BOTH.search(lower):
        return cannot("Kun tilbud og mentor tilsammen er opgjort, ikke det ene for sig.")
    if ask.aspect == s.POPULATION:
        return _population(ask, figure, cell, lower)
    if figure.kind == numbers.SHARE:
        return _share(ask, figure, cell, lower)
    return _count(ask, figure, cell, lower)


def _of_land(figure: Figure, cell: Cell, known: Evidence) -> Outcome:
    """Judge how much of the whole country's number is in one kommune."""
    indicator = s.INDICATORS[s.RF, s.PASSIVE]
    land = known.cell(indicator, cell.period, COUNTRY)
    if land is None or not land.numerator or cell.numerator is None:
        return cannot("Andelen af hele landets tal kan ikke tjekkes.")
    share = Fraction(100 * cell.numerator, land.numerator)
    how = f"{number(cell.numerator)} / {number(land.numerator)} = {pct(share, 1)}"
    return _own(figure, Bounds(share, share), f"{of_cell(cell)}; {of_cell(land)}", how)


def _count(ask: Ask, figure: Figure, cell: Cell, lower: str) -> Outcome:
    if cell.numerator is None or cell.low is None or cell.high is None:
        return cannot("Antallet er ikke offentliggjort.")
    said = of_cell(cell)
    if ask.aspect == s.ACTIVE:
        low, high = cell.low - cell.numerator, cell.high - cell.numerator
        how = f"{interval(cell.low, cell.high)} − {number(cell.numerator)} = {interval(low, high)}"
        return _own(figure, Bounds.of(low, high), said, how)
    truth = Bounds.of(cell.numerator, cell.numerator)
    outcome = exact(figure, truth, Fraction(cell.numerator), said, cell, lower)
    if figure.whole is not None and outcome.stands:
        fits = cell.low <= figure.whole <= cell.high
        how = f"{number(cell.numerator)} af {interval(cell.low, cell.high)}"
        if not fits:
            return Outcome(Verdict.DOES_NOT_HOLD, f"Nævneren passer ikke: {how}.", said, how)
        return replace(outcome, arithmetic=how).with_caveats([OWN])
    return outcome


def exact(  # noqa: PLR0917
    figure: Figure, truth: Bounds, printed: Fraction, said: str, cell: Cell, lower: str
) -> Outcome:
    """Judge a figure against a number of people that is published."""
    claimed = figure.bounds()
    how = _compared(figure, claimed, number(printed), lower)
    if agrees(claimed, truth) == YES:
        return Outcome(Verdict.HOLDS, f"Tallet passer: {said}.", said, how)
    fixes = () if is_of_one(figure, lower) else (mended(figure, truth, printed, lower),)
    explanation = (
        f"Det offentliggjorte tal er {number(printed)} ({period_in_words(cell.period)}, "
        f"{cell.name})."
    )
    return Outcome(Verdict.DOES_NOT_HOLD, explanation, said, how, "Ret tallet.", fixes)


def _compared(figure: Figure, claimed: Bounds, truth: str, lower: str) -> str:
    """Return how a figure with its hedge was held against the number."""
    said = lower[figure.start : figure.end].strip()
    if figure.hedge is hedges.EXACT and not figure.slack:
        return held_against(said, "datalageret har", truth)
    low = (
        ""
        if claimed.low is None
        else ("over " if claimed.low_open else "fra ") + number(claimed.low)
    )
    high = (
        ""
        if claimed.high is None
        else ("under " if claimed.high_open else "til ") + number(claimed.high)
    )
    return f"»{said}« læses som {' '.join(part for part in (low, high) if part)}; tallet er {truth}"


def _share(ask: Ask, figure: Figure, cell: Cell, lower: str) -> Outcome:
    truth, printed = cell.share_bounds, cell.share
    if truth is None or printed is None:
        return cannot("Andelen er ikke offentliggjort.")
    said = of_cell(cell)
    if ask.aspect == s.ACTIVE and truth.low is not None and truth.high is not None:
        how = f"100 − {number(printed)} = {pct(100 - printed)}"
        # The ends are left out: 77 is not the rest of 24, though 23,5 would round to 24.
        is_open = truth.low < truth.high
        rest = Bounds(100 - truth.high, 100 - truth.low, is_open, is_open)
        return _own(figure, rest, said, how)
    claimed = figure.bounds()
    how = _compared(figure, claimed, pct(printed, cell.decimals), lower)
    outcome = agrees(claimed, truth)
    is_loose = figure.slack or figure.hedge is not hedges.EXACT
    if is_loose and not figure.decimals and Bounds(printed, printed).within(claimed):
        outcome = YES
    if outcome == YES:
        return Outcome(Verdict.HOLDS, f"Andelen passer: {said}.", said, how)
    rounding = (
        f"Andelen er kun offentliggjort i hele procent ({pct(printed, cell.decimals)}); "
        f"afvigelsen kan ikke ses af kilden."
    )
    if outcome == MAYBE:
        strict = figure.hedge in {hedges.MORE_THAN, hedges.LESS_THAN}
        if strict:
            return cannot(
                rounding,
                number=said,
                arithmetic=how,
                suggestion=f"Skriv {pct(printed, cell.decimals)}",
            )
        near = figure.low == figure.high and abs(figure.low - printed) <= Fraction(1, 2)
        if near or figure.slack:
            return Outcome(Verdict.HOLDS_WITH_CAVEAT, rounding, said, how)
    fix = mended_share(figure, truth, printed, lower)
    where = f"({period_in_words(cell.period)}, {cell.name})"
    explanation = f"Den offentliggjorte andel er {pct(printed, cell.decimals)} {where}."
    return Outcome(Verdict.DOES_NOT_HOLD, explanation, said, how, "Ret andelen.", fix)


def _own(figure: Figure, truth: Bounds, said: str, how: str) -> Outcome:
    """Judge against a number that is our own arithmetic: at best it holds with a caveat."""
    outcome = agrees(figure.bounds(), truth)
    if outcome == NO:
        return Outcome(
            Verdict.DOES_NOT_HOLD,
            f"Det passer ikke med det, de offentliggjorte tal giver: {how}.",
            said,
            how,
        )
    exactly = "" if outcome == YES else " Det nøjagtige tal kendes ikke."
    text = (
        f"Passer med det, de offentliggjorte tal giver: {how}. Det er atlassets regning, ikke et "
        f"offentliggjort tal.{exactly}"
    )
    return Outcome(Verdict.HOLDS_WITH_CAVEAT, text, said, how)


def _population(ask: Ask, figure: Figure, cell: Cell, lower: str) -> Outcome:
    if cell.low is None or cell.high is None or cell.numerator is None:
        return cannot("Antallet er ikke offentliggjort.")
    if figure.kind != numbers.COUNT:
        return cannot("Der er ikke offentliggjort en andel af den slags.")
    how = (
        f"{number(cell.numerator)} er {pct(cell.share or Fraction(0), cell.decimals)} af "
        f"{interval(cell.low, cell.high)}"
    )
    found = _own(figure, Bounds.of(cell.low, cell.high), of_cell(cell), how)
    if "seniority" in ask.cues or ask.inherited or "of_whole" in ask.cues:
        return found
    if figure.low == cell.numerator:
        text = f"{number(figure.low)} er antallet af passive, ikke af alle i ressourceforløb."
        return Outcome(
            Verdict.DOES_NOT_HOLD, text, of_cell(cell), suggestion="Skriv, hvem der tælles."
        )
    if found.stands:
        return found.with_caveats([NO_SENIORITY])
    return cannot(
        f"Hvor mange der er i ressourceforløb i alt, er ikke offentliggjort. {OWN} {how}."
    )


def _points(figure: Figure, cells: Sequence[Cell], lower: str) -> Outcome:
    cell = cells[0]
    said = of_cell(cell)
    text = "En andel måles i procent. Procentpoint er forskellen mellem to andele."
    fits = cell.share is not None and cell.share == figure.low
    fix = (Fix(figure.number_end, figure.unit_end, " pct."),) if fits else ()
    return Outcome(Verdict.DOES_NOT_HOLD, text, said, "", "Skriv pct.", fix)


def _sum(figure: Figure, cells: Sequence[Cell], lower: str) -> Outcome:
    parts = [cell.numerator for cell in cells if cell.numerator is not None]
    if (
        len(parts) < len(cells)
        or len(cells) > _MOST_SUMMED
        or any(cell.area_id == COUNTRY for cell in cells)
    ):
        return cannot("Summen kan ikke tjekkes.")
    total = sum(parts)
    how = f"{' + '.join(number(part) for part in parts)} = {number(total)}"
    said = "; ".join(of_cell(cell) for cell in cells)
    if agrees(figure.bounds(), Bounds.of(total, total)) == YES:
        text = f"Summen passer: {how}. Summen er atlassets regning."
        return Outcome(Verdict.HOLDS_WITH_CAVEAT, text, said, how)
    fix = mended(figure, Bounds.of(total, total), Fraction(total), lower)
    return Outcome(
        Verdict.DOES_NOT_HOLD, f"Summen er en anden: {how}.", said, how, "Ret summen.", (fix,)
    )


def _other_measure(ask: Ask, lower: str) -> str:
    if ask.family != s.RF:
        return ""
    if "other_whole" in ask.own_cues and ask.figure and ask.figure.kind == numbers.SHARE:
        whole = OTHER_WHOLE.search(lower, ask.figure.end)
        if whole is not None:
            return (
                "Den offentliggjorte andel er af borgere i ressourceforløb med mindst 1 års "
                "anciennitet, ikke af andre. En anden andel er ikke offentliggjort."
            )
    if "other_seniority" in ask.own_cues:
        return (
            "Den offentliggjorte opgørelse gælder borgere med mindst 1 års anciennitet, ikke "
            "en anden anciennitet."
        )
    if "other_lookback" in ask.own_cues and "passive" in ask.own_cues:
        return "Den offentliggjorte opgørelse ser på det seneste år, ikke på en anden periode."
    is_told = ask.aspect == s.PASSIVE and "passive" in ask.own_cues
    if is_told and not _NAMED.search(lower) and not s.BOTH.search(lower):
        return (
            "Det offentliggjorte tal er dem, der hverken har haft et aktivt tilbud eller en "
            "mentor, "
            "ikke dem, der kun mangler det ene."
        )
    return ""


def _other_period(found: Outcome, ask: Ask, period: str) -> Outcome:
    """A right number in a wrong period does not hold; of another number nothing is known."""
    said = period_in_words(period)
    time = ask.time.text if ask.time else ""
    if found.stands and ask.time is not None:
        fixes = () if ask.time_inherited else (period_fix(ask.time, period),)
        text = (
            f"Tallet er offentliggjort for {said}, ikke for »{time}«. For den periode er der "
            f"ingen offentliggjorte tal."
        )
        return replace(
            found,
            verdict=Verdict.DOES_NOT_HOLD,
            explanation=text,
            suggestion="Ret perioden.",
            fixes=fixes,
        )
    text = (
        f"Der er kun offentliggjort tal for {said}, ikke for »{time}«. For andre perioder er der "
        f"kun opdigtede tal, "
        "og de er ikke belæg."
    )
    use = f"Brug tallet for {said}: {found.number}".removesuffix(".")
    return cannot(text, source_ids=found.source_ids, suggestion=f"{use}.")


def _whole(found: Outcome, ask: Ask, figure: Figure, lower: str) -> Outcome:
    if ask.family != s.RF or "seniority" in ask.cues or ask.aspect == s.POPULATION:
        return found
    if figure.kind == numbers.SHARE and "everyone" in ask.own_cues:
        at = re.search(r"ressourceforløb(?!s)", lower)
        fixes = (Fix(at.end(), at.end(), " med mindst 1 års anciennitet"),) if at else ()
        text = (
            "Andelen er af dem, der har mindst 1 års anciennitet i ressourceforløb, ikke af alle "
            "i ressourceforløb. "
            "Den andel er ikke offentliggjort."
        )
        return replace(
            found,
            verdict=Verdict.DOES_NOT_HOLD,
            explanation=text,
            suggestion="Skriv, hvem andelen er af.",
            fixes=fixes,
        )
    if (
        ask.aspect == s.PASSIVE
        and figure.kind == numbers.SHARE
        and _WHOLE.search(lower, figure.start)
    ):
        return found.with_caveats([NO_SENIORITY])
    if (
        ask.aspect == s.PASSIVE
        and not re.search(r"(?<!\w)passiv", lower)
        and "subject" not in ask.inherited
    ):
        return found.with_caveats([NO_SENIORITY])
    return found
