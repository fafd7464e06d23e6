"""Claims about published statements: programmes, money, gruppe 2, indsatsgruppen, private job."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from queries.claims import asks, hedges, numbers
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, LARGER, REST, UNKNOWN
from queries.claims.asks import Ask
from queries.claims.evidence import Evidence, Statement
from queries.claims.hedges import Bounds
from queries.claims.numbers import Figure
from queries.claims.outcome import MAYBE, NO, YES, Fix, Outcome, agrees, cannot, mended
from queries.claims.period_check import period_fix
from queries.claims.periods import Time, in_words, months_of, period_in_words
from queries.claims.records import Verdict
from queries.claims.wording import interval, number, pct

ONLY_MADE_UP = "For området er der kun opdigtede tal i atlasset, og de er ikke belæg."
NOTHING = "Der er ikke offentliggjort et tal, som påstanden kan holdes op mod."
_DECEMBER = "2018M12"
_FSM_STARTS = 2017 * 12 + 7
_UNITS = {"personer": "borgere", "pct.": "pct."}


def judge_statement(ask: Ask, known: Evidence, lower: str) -> Outcome:
    """Judge a claim against the published statements."""
    figure = ask.figure
    if figure is None or ask.relation in {asks.COMPARE, asks.RANK, asks.KOMMUNER, asks.SUM}:
        return _without(ask, known)
    if ask.relation == asks.CHANGE:
        return cannot(
            "Der er kun offentliggjort ét tal, så en udvikling kan ikke tjekkes; serierne i atlasset er opdigtede."
        )
    if ask.aspect == s.OVER_9 and figure.kind == numbers.COUNT and _addressed(ask):
        return _against(ask, figure, known.statements["F8"], known, lower)
    if figure.kind != numbers.KOMMUNER and any(
        one.level in {KOMMUNE, JOBCENTER, LARGER, REST, UNKNOWN} for one in ask.places
    ):
        return _without(ask, known)
    derived = _derived(ask, figure, known)
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
        f"»{lower[figure.start : figure.end].strip()}« mod »{words}«",
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
    if outcome == NO or outcome == MAYBE:
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
            text = f"Tallet er det samme, men kilden siger {words}; sætningen siger det på en anden måde."
            found = replace(basis, verdict=Verdict.HOLDS_WITH_CAVEAT, explanation=text)
        else:
            return _wrong(ask, figure, statement, basis, bounds, value, known, lower)
    else:
        found = basis
    return _in_context(ask, figure, statement, found, known, lower)


def _rounds(figure: Figure, value: Fraction) -> bool:
    """Tell whether an amount is the published one with fewer decimals: 62 mio. for 61,8."""
    if figure.kind != numbers.MONEY or figure.hedge is not hedges.EXACT or value.denominator == 1:
        return False
    return figure.decimals == 0 and abs(figure.low - value) <= Fraction(1, 2)


def _wrong(
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
    elif (
        statement.hedge == "exact"
        or figure.kind == numbers.SHARE
        or statement.count_hedge == "exact"
    ):
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
            return f" {said(other, figure.kind).capitalize()} er et andet tal: {other.text[:1].lower()}{other.text[1:]}."
    return ""


def _elsewhere(ask: Ask, figure: Figure, known: Evidence) -> Outcome:
    """What is asked is not published: a number that belongs to something else does not hold."""
    for target in sorted(_family(ask.family)):
        other = known.statements.get(target)
        if other is not None and _matches(figure, other):
            words = said(other, figure.kind)
            text = (
                f"Kildens tal {words} gælder noget andet: {other.text[:1].lower()}{other.text[1:]}."
            )
            return Outcome(
                Verdict.DOES_NOT_HOLD, text, f"{other.text}: {words}", suggestion="Ret, hvad tallet er af.",
                source_ids=(other.source_id,), statement_id=other.statement_id,
            )  # fmt: skip
    return cannot(NOTHING + (f" {ONLY_MADE_UP}" if ask.indicator_id in known.made_up else ""))


def _in_context(
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
        text = "Andelen er af dem, der fortsat var på kontanthjælp, uddannelseshjælp eller integrationsydelse, ikke af alle i gruppe 2."
        yield (
            f"!{text}"
            if "everyone" in ask.own_cues or re.search(r"af\s+de\s+(?:godt\s+)?8\.000", lower)
            else text
        )
    if key == "F10" and "wage_subsidy" not in cues and "practice" in cues:
        yield "Tallet dækker både virksomhedspraktik og løntilskud."
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


def _derived(ask: Ask, figure: Figure, known: Evidence) -> Outcome | None:
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


def size_of_effort_group(known: Evidence) -> tuple[int, int]:
    """Return the sizes of indsatsgruppen that the published counts and rounded shares leave open."""
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
        Verdict.HOLDS_WITH_CAVEAT, f"Passer med de offentliggjorte tal: {how}. Det er atlassets regning.", how, how,
        source_ids=(statement.source_id,), statement_id=statement.statement_id,
    )  # fmt: skip
    if outcome == NO:
        return replace(
            basis,
            verdict=Verdict.DOES_NOT_HOLD,
            explanation=f"De offentliggjorte tal giver noget andet: {how}.",
        )
    return basis


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
        holds = close or holds and time.first % 12 == 0 and time.last % 12 == 11
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
