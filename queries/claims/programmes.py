"""When a programme runs, and which kommuner take part."""

from __future__ import annotations

from dataclasses import replace

from queries.claims import subjects as s
from queries.claims.areas import LAND
from queries.claims.asks import Ask
from queries.claims.evidence import Evidence
from queries.claims.outcome import Fix, Outcome, cannot
from queries.claims.periods import in_words
from queries.claims.published import NOTHING
from queries.claims.records import Verdict


def judge_span(ask: Ask, known: Evidence, lower: str) -> Outcome:
    """Judge when a programme is said to run."""
    row, time = known.initiatives.get(s.SPANS[ask.family]), ask.time
    if row is None or time is None:
        return cannot(NOTHING)
    first = row["starts_on"].year * 12 + row["starts_on"].month - 1
    last = row["ends_on"].year * 12 + row["ends_on"].month - 1
    words = row["period_text"]
    source = (row["source_id"],)
    if ask.edge:
        wanted = first if ask.edge == "first" else last
        holds = time.first <= wanted <= time.last
        close = time.first == time.last == wanted
    else:
        holds = time.first <= first <= time.first + 11 and time.last - 11 <= last <= time.last
        close = (time.first, time.last) == (first, last)
        holds = close or (holds and time.first % 12 == 0 and time.last % 12 == 11)
    basis = Outcome(
        Verdict.HOLDS, f"Passer med kilden: {words}.", f"{row['title']}: {words}", source_ids=source
    )
    statement = next(
        (
            one
            for key, one in known.statements.items()
            if key in {"B4", "S4"} and one.subject == row["initiative_id"]
        ),
        None,
    )
    basis = replace(basis, statement_id=statement.statement_id if statement else "")
    if close:
        return basis
    if holds:
        return basis.with_caveats([f"Kilden er mere præcis: {words}."])
    right = (
        in_words(first, first)
        if ask.edge == "first"
        else in_words(last, last)
        if ask.edge
        else words
    )
    fix = (Fix(time.start, time.end, right),)
    return replace(
        basis,
        verdict=Verdict.DOES_NOT_HOLD,
        explanation=f"Kilden siger {words}.",
        suggestion="Ret perioden.",
        fixes=fix,
    )


def judge_member(ask: Ask, known: Evidence, lower: str) -> Outcome:
    """Judge whether kommuner take part in a programme, or are left out of the published table."""
    if ask.aspect == s.TABLE:
        return _left_out(ask, known)
    row = known.initiatives.get(s.INITIATIVES.get(ask.family, ""))
    if row is not None and row["kommuner"] and any(one.level == LAND for one in ask.places):
        every = len(known.known.jobcentre)
        return Outcome(
            Verdict.DOES_NOT_HOLD if row["kommuner"] != every else Verdict.HOLDS,
            f"Kilden siger {row['kommuner']} af landets {every} kommuner.",
            f"{row['title']}: {row['kommuner']} kommuner",
            source_ids=(row["source_id"],),
        )
    if row is None or not row["members"]:
        title = s.SUBJECT_WORDS.get(ask.family, "initiativet")
        return cannot(f"Kommunerne i {title} er ikke navngivet i noget dokument, atlasset har.")
    members = set(row["members"])
    outside = [one.name for one in ask.places if not set(one.area_ids) <= members]
    inside = [one.name for one in ask.places if set(one.area_ids) <= members]
    wrong = inside if ask.negated else outside
    source = (row["source_id"],)
    text = f"De {len(members)} kommuner i {row['title']} er navngivet i kilden."
    basis = Outcome(
        Verdict.HOLDS,
        f"Passer. {text}",
        f"{row['title']}: {len(members)} kommuner",
        source_ids=source,
    )
    if not wrong:
        return basis
    what = "er med" if ask.negated else "er ikke med"
    return replace(
        basis,
        verdict=Verdict.DOES_NOT_HOLD,
        explanation=f"{', '.join(wrong)} {what}. {text}",
        suggestion="Ret listen.",
    )


def _left_out(ask: Ask, known: Evidence) -> Outcome:
    indicator = s.INDICATORS[s.RF, s.PASSIVE]
    periods = known.periods.get(indicator, ())
    cells = (
        [known.cell(indicator, periods[0], key) for one in ask.places for key in one.area_ids]
        if periods
        else []
    )
    there = [cell.name for cell in cells if cell is not None and cell.status != "left_out"]
    statement = known.statements.get("P3")
    if not cells or statement is None:
        return cannot(NOTHING)
    basis = Outcome(
        Verdict.HOLDS, f"Passer med kilden: {statement.text}.", statement.text,
        source_ids=(statement.source_id,), statement_id=statement.statement_id,
    )  # fmt: skip
    if there:
        return replace(
            basis,
            verdict=Verdict.DOES_NOT_HOLD,
            explanation=f"{', '.join(there)} er med i tabellen.",
        )
    return basis
