"""Whether a right number is said of the right time and the right people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from queries.claims import numbers
from queries.claims import subjects as s
from queries.claims.asks import Ask
from queries.claims.evidence import Evidence, Statement
from queries.claims.numbers import Figure
from queries.claims.outcome import Fix, Outcome
from queries.claims.period_check import period_fix
from queries.claims.periods import Time, months_of, period_in_words
from queries.claims.records import Verdict

_EXPECTED = re.compile(
    r"(?<!\w)(?:forvent\w*|ventes|ventede\w*|skulle|planlagt\w*|anslå\w*|regne\w*)"
)
_FSM_STARTS = 2017 * 12 + 7


def in_context(  # noqa: PLR0917
    ask: Ask, figure: Figure, statement: Statement, found: Outcome, known: Evidence, lower: str
) -> Outcome:
    """Judge the time and the whole of a number that is right."""
    late = _time(ask, statement, found, known)
    if late.verdict is Verdict.DOES_NOT_HOLD:
        return late
    caveats = [*_whole(ask, figure, statement, lower)]
    if any(one.startswith("!") for one in caveats):
        text = next(one for one in caveats if one.startswith("!"))[1:]
        return replace(
            late,
            verdict=Verdict.DOES_NOT_HOLD,
            explanation=text,
            suggestion="Skriv, hvem tallet er af.",
        )
    return late.with_caveats(caveats)


def _whole(ask: Ask, figure: Figure, statement: Statement, lower: str) -> Iterator[str]:
    key, cues = statement.statement_id, ask.cues
    share = figure.kind == numbers.SHARE
    if key == "F9" and share and "recipients" not in cues:
        text = "Andelen er af kontanthjælpsmodtagerne i gruppe 2, ikke af alle i gruppe 2."
        yield f"!{text}" if "everyone" in ask.own_cues else text
    if key == "F7" and share and not cues & {"still", "benefit", "of_these", "system", "this"}:
        text = (
            "Andelen er af dem, der fortsat var på kontanthjælp, uddannelseshjælp eller "
            "integrationsydelse, ikke af alle i gruppe 2."
        )
        yield (
            f"!{text}"
            if "everyone" in ask.own_cues or re.search(r"af\s+de\s+(?:godt\s+)?8\.000", lower)
            else text
        )
    if key == "F10" and "wage_subsidy" not in cues and "practice" in cues:
        yield "Tallet dækker både virksomhedspraktik og løntilskud."
    if key == "F12" and "got_job" in cues and "exit" not in cues:
        yield "Kilden tæller dem, der helt er afgået til beskæftigelse."
    if "forvente" in statement.text and not _EXPECTED.search(lower):
        yield "Kilden siger, hvad der forventedes, ikke hvad der blev nået."
    if key in {"F10", "F11", "F12"} and share and "ig" not in cues and ask.family == s.IG:
        yield "Andelen er af indsatsgruppen."


def _time(ask: Ask, statement: Statement, found: Outcome, known: Evidence) -> Outcome:
    if statement.period and statement.subject in {"gruppe_2", "virksomhedspraktik"}:
        return _at(ask, statement, found)
    if ask.family in {s.G2, s.IG}:
        return _between(ask, statement, found, known)
    if ask.family == s.JOBS:
        return _since(ask, found)
    return _years(ask, statement, found, known)


def _at(ask: Ask, statement: Statement, found: Outcome) -> Outcome:
    time, words = ask.time, period_in_words(statement.period)
    if time is None:
        return found.with_caveats([f"Perioden er ikke nævnt; tallet er fra {words}."])
    if time.is_exactly(statement.period):
        return found
    if time.covers(statement.period):
        return found.with_caveats(
            [f"Tallet er et nedslag i {words} og dækker ikke hele »{time.text}«."]
        )
    fixes = () if ask.time_inherited else (period_fix(time, statement.period),)
    text = f"Tallet er fra {words}, ikke fra »{time.text}«."
    return replace(
        found,
        verdict=Verdict.DOES_NOT_HOLD,
        explanation=text,
        suggestion="Ret perioden.",
        fixes=fixes,
    )


def _between(ask: Ask, statement: Statement, found: Outcome, known: Evidence) -> Outcome:
    time = ask.time
    if time is None or ask.time_inherited:
        return found
    told = known.sources[statement.source_id].published_on
    if told and time.is_day and time.first == told.year * 12 + told.month - 1:
        return found
    last = told.year * 12 + told.month - 1 if told else time.last
    if time.last < _FSM_STARTS or time.first > last:
        text = (
            f"Tallet er fra brevet af {told.day}. {period_in_words(f'{told.year}M{told.month:02}')}"
            if told
            else "Tallet er fra brevet"
        )
        return replace(
            found, verdict=Verdict.DOES_NOT_HOLD, explanation=f"{text}, ikke fra »{time.text}«."
        )
    return found.with_caveats(["Kilden angiver ingen måned for tallet."])


def _since(ask: Ask, found: Outcome) -> Outcome:
    since = min(
        (one for one in ask.times if not one.relative and not one.yearless),
        key=lambda one: abs(one.start - ask.start),
        default=None,
    )
    summer = (2015 * 12 + 5, 2015 * 12 + 7)
    if since is None:
        return found.with_caveats(["Kilden regner fra sommeren 2015; det siger sætningen ikke."])
    if since.first > summer[1] or since.last < summer[0]:
        text = f"Kilden regner fra sommeren 2015, ikke fra »{since.text}«."
        fix = (Fix(since.start, since.end, "sommeren 2015"),)
        return replace(
            found,
            verdict=Verdict.DOES_NOT_HOLD,
            explanation=text,
            suggestion="Ret perioden.",
            fixes=fix,
        )
    if (since.first, since.last) != summer:
        return found.with_caveats(["Kilden regner fra sommeren 2015."])
    return found


def _years(ask: Ask, statement: Statement, found: Outcome, known: Evidence) -> Outcome:
    """Hold the years of a sentence about a programme against those of document and programme."""
    times = [
        one
        for one in ask.times
        if not one.relative and not one.yearless and not (one.is_day and one is not ask.time)
    ]
    if not times or ask.time_inherited:
        return found
    allowed = _allowed(ask, statement, known)
    for time in times:
        if statement.statement_id == "B1" and time.is_span:
            written = re.search(r"(\d{4})-(\d{4})", statement.text)
            if written and (time.first // 12, time.last // 12) != (
                int(written[1]),
                int(written[2]),
            ):
                return _wrong_year(found, time, written.group())
        if time.first // 12 not in allowed and time.last // 12 not in allowed:
            return _wrong_year(found, time, f"{min(allowed)}–{max(allowed)}")
    return found


def _wrong_year(found: Outcome, time: Time, right: str) -> Outcome:
    text = f"Kilden knytter tallet til {right}, ikke til »{time.text}«."
    return replace(
        found, verdict=Verdict.DOES_NOT_HOLD, explanation=text, suggestion="Ret perioden."
    )


def _allowed(ask: Ask, statement: Statement, known: Evidence) -> set[int]:
    years = {int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", statement.text)}
    source = known.sources[statement.source_id]
    if source.published_on:
        years.add(source.published_on.year)
    if statement.period:
        years |= {month // 12 for month in months_of(statement.period)}
    row = known.initiatives.get(s.INITIATIVES.get(ask.family, ""))
    if row is not None:
        last = row["ends_on"] or row["starts_on"]
        years |= set(range(row["starts_on"].year, last.year + 1))
    return years
