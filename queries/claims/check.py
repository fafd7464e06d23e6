"""Check a draft: sentences, claims, evidence and verdicts, in that order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from queries.atlas import Atlas
from queries.claims import asks, numbers
from queries.claims import subjects as s
from queries.claims.asking import asked
from queries.claims.asks import Ask
from queries.claims.carrying import CARRIED
from queries.claims.cells import ONLY_PASSIVE, judge_level
from queries.claims.changes import judge_change
from queries.claims.choosing import left_open, which_place
from queries.claims.comparisons import judge_compared
from queries.claims.context import Context
from queries.claims.evidence import Evidence, evidence
from queries.claims.frames import Frame
from queries.claims.outcome import Fix, Outcome, cannot
from queries.claims.programmes import judge_member, judge_span
from queries.claims.published import judge_statement
from queries.claims.records import Claim, Finding, Reading, Report, Verdict
from queries.claims.secrecy import guard
from queries.claims.text import Sentence, Text, plain, sentences

_LONGEST_WORDS = 12
_OF_PASSIVE = (asks.COMPARE, asks.RANK, asks.KOMMUNER, asks.CHANGE)
_NO_PEOPLE = (asks.MEMBER, asks.SPAN)
_HIDING = (numbers.COUNT, numbers.SHARE, numbers.KOMMUNER, numbers.MONEY, numbers.JOBS)
_RELATIONS = {
    asks.LEVEL: "er",
    asks.SUM: "sum af",
    asks.COMPARE: "sammenlignet med",
    asks.RANK: "plads i rækken",
    asks.KOMMUNER: "antal kommuner",
    asks.CHANGE: "udvikling",
    asks.MEMBER: "deltager",
    asks.SPAN: "periode",
}


def check_claims(atlas: Atlas, text: str, choices: Mapping[str, str] | None = None) -> Report:
    """Return every checkable claim of a Danish draft, judged against what is published.

    Deterministic: the same text, choices and data version give the same report. `choices` says, by
    claim_id, which reading of an ambiguous claim is meant. Never raises for any text.
    """
    known = evidence(atlas)
    draft = plain(text)
    context = Context()
    claims: list[Claim] = []
    unread: list[tuple[int, int]] = []
    count = 0
    for sentence in sentences(draft):
        count += 1
        frame = Frame(sentence, known.known)
        found = asked(frame, context)
        for ask in found:
            claim_id = f"p{len(claims) + 1}"
            chosen = (choices or {}).get(claim_id, "")
            claims.append(_claim(ask, claim_id, chosen, sentence, draft, text, known))
        if not found and any(one.kind in _HIDING for one in frame.figures):
            unread.append(draft.span(sentence.start, sentence.end))
    return Report(tuple(claims), tuple(unread), count, known.version)


def _claim(  # noqa: PLR0917  # private, called once
    ask: Ask,
    claim_id: str,
    chosen: str,
    sentence: Sentence,
    draft: Text,
    text: str,
    known: Evidence,
) -> Claim:
    start, end = draft.span(
        sentence.start + ask.start, sentence.start + max(ask.end, ask.start + 1)
    )
    first, last = draft.span(sentence.start, sentence.end)
    path = question = ""
    options: tuple[tuple[str, str, Ask], ...] = ()
    for _ in range(_LONGEST_WORDS):
        opened = which_place(ask, known)
        if opened is None and guard(ask, known) is None:
            opened = left_open(ask, known)
        if opened is None:
            options = ()
            break
        options, question = opened.options, opened.question
        wanted = [one for one in options if _step(chosen, path) == one[0]]
        if not wanted:
            break
        path, ask = "+".join(part for part in (path, wanted[0][0]) if part), wanted[0][2]
    if options:
        readings = tuple(
            _reading("+".join(part for part in (path, key) if part), option, words, sentence)
            for key, words, option in options
        )
        finding = Finding(Verdict.AMBIGUOUS, f"Sætningen kan læses på flere måder. {question}")
        verdict = Verdict.AMBIGUOUS
    else:
        readings = (_reading(path or "r1", ask, "", sentence),)
        outcome = carried_on(denied(judge(ask, known, sentence.lower), ask), ask)
        if asks.LIMIT in ask.own_cues:  # another limit would count other kommuner
            outcome = replace(outcome, fixes=(), newer=())
        finding = _finding(outcome, sentence, draft, text, known)
        verdict, question = finding.verdict, ""
    return Claim(
        claim_id, start, end, first, last, text[start:end], text[first:last],
        verdict, readings, finding, question, path,
    )  # fmt: skip


def _step(chosen: str, path: str) -> str:
    """Return the next part of a choice after those already taken."""
    parts, taken = chosen.split("+"), path.split("+") if path else []
    return parts[len(taken)] if parts[: len(taken)] == taken and len(parts) > len(taken) else ""


def denied(outcome: Outcome, ask: Ask) -> Outcome:
    """Return the opposite verdict where the sentence denies the claim."""
    if not ask.negated or ask.relation == asks.MEMBER:
        return outcome
    if outcome.stands:
        text = f"Sætningen benægter tallet, men det passer. {outcome.explanation}"
        return replace(outcome, verdict=Verdict.DOES_NOT_HOLD, explanation=text, newer=())
    if outcome.verdict is Verdict.DOES_NOT_HOLD:
        text = f"Sætningen benægter tallet, og det er rigtigt. {outcome.explanation}"
        return replace(outcome, verdict=Verdict.HOLDS, explanation=text, suggestion="", fixes=())
    return outcome


def carried_on(outcome: Outcome, ask: Ask) -> Outcome:
    """Say how a claim was read whose subject comes from more than one sentence away."""
    if CARRIED not in ask.cues or outcome.verdict is Verdict.CANNOT_BE_CHECKED:
        return outcome
    what = "passive i ressourceforløb" if ask.aspect == s.PASSIVE else s.SUBJECT_WORDS[ask.family]
    return outcome.with_caveats([f"Læst som {what}, som teksten handler om."])


def judge(ask: Ask, known: Evidence, lower: str) -> Outcome:  # noqa: PLR0911  # one line per judge
    """Judge a claim that has one reading; `lower` is its sentence in small letters."""
    refused = guard(ask, known)
    if refused is not None:
        return refused
    if "subgroup" in ask.own_cues and ask.family in s.PEOPLE and ask.relation not in _NO_PEOPLE:
        return cannot(
            "Der er ikke offentliggjort tal for en del af gruppen, fx efter køn eller alder."
        )
    if ask.relation == asks.MEMBER:
        return judge_member(ask, known, lower)
    if ask.relation == asks.SPAN:
        return judge_span(ask, known, lower)
    if (
        ask.indicator_id
        and known.periods.get(ask.indicator_id)
        and ask.aspect != s.TABLE
        and ask.family in {s.RF, s.OTHER}
    ):
        if ask.aspect != s.PASSIVE and ask.relation in _OF_PASSIVE:
            return cannot(ONLY_PASSIVE)
        if ask.relation == asks.CHANGE:
            return judge_change(ask, known, lower)
        if ask.relation in {asks.LEVEL, asks.SUM}:
            return judge_level(ask, known, lower)
        return judge_compared(ask, known, lower)
    return judge_statement(ask, known, lower)


def _finding(
    outcome: Outcome, sentence: Sentence, draft: Text, text: str, known: Evidence
) -> Finding:
    return Finding(
        verdict=outcome.verdict,
        explanation=outcome.explanation.replace("..", "."),
        number=outcome.number,
        arithmetic=outcome.arithmetic,
        suggestion=outcome.suggestion,
        corrected=_mended(outcome.fixes, sentence, draft, text),
        newer=_mended(outcome.newer, sentence, draft, text),
        sources=tuple(known.sources[key] for key in outcome.source_ids if key in known.sources),
        statement_id=outcome.statement_id,
    )


def _mended(fixes: tuple[Fix, ...], sentence: Sentence, draft: Text, text: str) -> str:
    """Return the writer's sentence with some of its words replaced, and nothing else changed."""
    if not fixes:
        return ""
    first, last = draft.span(sentence.start, sentence.end)
    at, parts = first, []
    for fix in sorted(fixes, key=lambda one: one.start):
        begin, end = _place(fix, sentence, draft)
        if begin < at:
            continue
        parts += [text[at:begin], fix.text]
        at = end + (fix.text.endswith(".") and text[end : end + 1] == ".")
    return "".join((*parts, text[at:last]))


def _place(fix: Fix, sentence: Sentence, draft: Text) -> tuple[int, int]:
    if fix.start == fix.end:
        at = draft.span(sentence.start + fix.start - 1, sentence.start + fix.start)[1]
        return at, at
    return draft.span(sentence.start + fix.start, sentence.start + fix.end)


def _reading(reading_id: str, ask: Ask, words: str, sentence: Sentence) -> Reading:
    figure = ask.figure
    subject = s.SUBJECT_WORDS.get(ask.family, "")
    measure = s.ASPECT_WORDS.get(ask.aspect, "")
    area = ", ".join(one.name for one in ask.places) or "hele landet"
    against = ", ".join(one.name for one in ask.others)
    relation = _RELATIONS[ask.relation] + (f" {against}" if against else "")
    period = ask.time.text if ask.time else ""
    said = sentence.text[figure.number_start : figure.unit_end].strip() if figure else ""
    hedge = figure.hedge.title if figure else ""
    parts = [
        words,
        subject,
        measure,
        area,
        period,
        f"{figure.hedge_word} {said}".strip() if figure else relation,
    ]
    text = "; ".join(part for part in parts if part)
    return Reading(reading_id, subject, measure, area, period, said, hedge, relation, text)


__all__ = ["check_claims", "judge"]
