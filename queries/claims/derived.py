"""What follows from published statements by arithmetic: at best it holds with a caveat."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from queries.claims import numbers
from queries.claims import subjects as s
from queries.claims.asks import Ask
from queries.claims.evidence import Evidence, Statement
from queries.claims.hedges import Bounds
from queries.claims.numbers import Figure
from queries.claims.outcome import NO, Outcome, agrees
from queries.claims.records import Verdict
from queries.claims.wording import interval, number, pct


def derived_from(ask: Ask, figure: Figure, known: Evidence) -> Outcome | None:
    """Judge what follows from published statements by arithmetic."""
    tell = known.statements
    if ask.aspect == s.OFFER and figure.kind == numbers.SHARE and "F9" in tell:
        share = tell["F9"].value or Fraction(0)
        return _own(
            figure,
            Bounds(100 - share - Fraction(1, 2), 100 - share + Fraction(1, 2)),
            f"100 − {number(share)} = {pct(100 - share)}",
            tell["F9"],
        )
    if ask.aspect == s.NOT_CHANGED and figure.kind == numbers.SHARE and "F5" in tell:
        share = tell["F5"].value or Fraction(0)
        how = f"10 − 7 = 3 ud af ti ({pct(100 - share)})"
        return _own(figure, Bounds(95 - share, 105 - share), how, tell["F5"])
    if ask.aspect == s.REFUSED and figure.kind == numbers.KOMMUNER and {"S1", "S2"} <= set(tell):
        applied, granted = tell["S2"].value or Fraction(0), tell["S1"].value or Fraction(0)
        gap = applied - granted
        return _own(
            figure,
            Bounds(gap, gap),
            f"{number(applied)} − {number(granted)} = {number(gap)}",
            tell["S2"],
        )
    if (
        ask.aspect == s.EXIT_OF_ORDINARY
        and figure.kind == numbers.SHARE
        and {"F11", "F12"} <= set(tell)
    ):
        part, whole = tell["F12"].count or 0, tell["F11"].count or 1
        share = Fraction(100 * part, whole)
        return _own(
            figure,
            Bounds(share, share),
            f"{number(part)} / {number(whole)} = {pct(share, 1)}",
            tell["F12"],
        )
    if ask.family == s.IG and ask.aspect == s.SIZE and figure.kind == numbers.COUNT:
        low, high = size_of_effort_group(known)
        return _own(
            figure,
            Bounds.of(low, high),
            f"de offentliggjorte antal og andele passer, når gruppen er på {interval(low, high)}",
            tell["F11"],
        )
    return None


_KOMMUNER = re.compile(r"\s+(?:af\s+)?(?:alle\s+|landets\s+|de\s+)*kommune(?:r|rne)?(?!\w)")


def of_kommuner(ask: Ask, figure: Figure, known: Evidence, lower: str) -> Outcome | None:
    """Judge a share of all kommuner: 'ni ud af ti kommuner er med'."""
    if figure.kind != numbers.SHARE or not _KOMMUNER.match(lower, figure.unit_end):
        return None
    target = s.TARGETS.get((ask.family, s.WHOLE, numbers.KOMMUNER), "")
    statement, every = known.statements.get(target), len(known.known.jobcentre)
    if statement is None or statement.value is None:
        return None
    share = 100 * statement.value / every
    how = f"{number(statement.value)} af {every} kommuner = {pct(share, 1)}"
    return _own(figure, Bounds(share, share), how, statement)


def size_of_effort_group(known: Evidence) -> tuple[int, int]:
    """Return the sizes of indsatsgruppen that published counts and shares leave open."""
    low, high = Fraction(0), Fraction(10**9)
    for key in ("F10", "F11", "F12"):
        one = known.statements[key]
        if one.count is None or one.value is None:
            continue
        high = min(high, 100 * one.count / (one.value - Fraction(1, 2)))
        low = max(low, 100 * one.count / (one.value + Fraction(1, 2)))
    return -int(-low // 1), int(high // 1)


def _own(figure: Figure, truth: Bounds, how: str, statement: Statement) -> Outcome:
    outcome = agrees(figure.bounds(), truth)
    basis = Outcome(
        Verdict.HOLDS_WITH_CAVEAT, f"Passer med de offentliggjorte tal: {how}. Det er atlassets "
            f"regning.", how, how,
        source_ids=(statement.source_id,), statement_id=statement.statement_id,
    )  # fmt: skip
    if outcome == NO:
        return replace(
            basis,
            verdict=Verdict.DOES_NOT_HOLD,
            explanation=f"De offentliggjorte tal giver noget andet: {how}.",
        )
    return basis
