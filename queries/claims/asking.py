"""The claims of a sentence, in order, and what it leaves for the sentences after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from queries.claims import asks, numbers, relations
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, LAND, Place
from queries.claims.asks import BY_COUNT, BY_SHARE, Ask
from queries.claims.carrying import CARRIED, TOPIC
from queries.claims.context import Context, Topic, is_elliptic
from queries.claims.frames import Frame
from queries.claims.mood import fact_from, is_denied, is_neither, is_wish
from queries.claims.numbers import Figure
from queries.claims.periods import Time
from queries.claims.resolving import Resolved, resolve
from queries.claims.unnumbered import (
    PEOPLE,
    compared_places,
    indicator_of,
    measured_by,
    without_figures,
)


def asked(frame: Frame, context: Context) -> list[Ask]:
    """Return the claims of a sentence, in order, and let the context know of it."""
    if frame.sentence.bullet:
        context.paragraph = frame.sentence.paragraph
    elliptic = is_elliptic(frame.lower, frame.taken())
    found = [*_figures(frame, context, elliptic), *without_figures(frame, context, elliptic)]
    found = _once(sorted(found, key=lambda ask: (ask.start, ask.end)))
    _remember(frame, context, found)
    return found


def _once(found: list[Ask]) -> list[Ask]:
    """Return the claims with one for each change: 'faldet fra 25 til 21 pct.' is one."""
    kept: list[Ask] = []
    for ask in found:
        last = kept[-1] if kept else None
        if last and last.relation == ask.relation == asks.CHANGE and ask.start <= last.end:
            kept[-1] = replace(ask, start=min(last.start, ask.start), end=max(last.end, ask.end))
        else:
            kept.append(ask)
    return kept


def _of_before(frame: Frame, at: int, context: Context) -> Figure:
    """Give a bare number the kind of the one before it: '34 kommuner søgte, 24 fik tilsagn'."""
    one = frame.figures[at]
    words = frame.names & {"granted", "applied", "refused"}
    if one.kind != numbers.BARE or not words:
        return one
    if not at:
        return replace(one, kind=numbers.KOMMUNER) if context.programme == s.BI else one
    before = frame.figures[at - 1]
    return replace(one, kind=before.kind) if before.kind == numbers.KOMMUNER else one


def _figures(frame: Frame, context: Context, elliptic: bool) -> Iterator[Ask]:
    if frame.lower.rstrip().endswith(":") and re.match(r"(?:de|følgende)\s", frame.lower):
        return
    limits: set[int] = set()
    beside: set[int] = set()
    # A kommune that is named beside their number is held against the limit too.
    named = any(one.level == KOMMUNE for one in frame.places)
    figures = [_of_before(frame, at, context) for at in range(len(frame.figures))]
    for figure in figures:
        if figure.kind == numbers.KOMMUNER:
            resolved = resolve(frame, figure, context, elliptic)
            limit = _limit(frame, figure) if resolved and resolved.family == s.RF else None
            if limit is not None:
                (beside if named else limits).add(limit.start)
    for figure in figures:
        planned = "br" in frame.names and "passive" not in frame.names
        if figure.start in limits or is_wish(frame.lower, figure.start, was_planned=planned):
            continue
        short = elliptic or _is_short(frame, fact_from(frame.lower, figure.start))
        resolved = resolve(frame, figure, context, short)
        if resolved is not None:
            ask = _of_figure(frame, figure, resolved, context)
            if ask is not None and figure.start in beside:
                ask = replace(ask, own_cues=ask.own_cues | {asks.LIMIT}, is_shared=False)
            if ask is not None:
                yield ask


def _is_short(frame: Frame, at: int) -> bool:
    """Tell whether what stands after a wish is elliptic, where one ends at that place."""
    taken = [(first - at, last - at) for first, last in frame.taken() if last > at]
    return at > 0 and is_elliptic(frame.lower[at:], taken)


def _of_figure(frame: Frame, figure: Figure, what: Resolved, context: Context) -> Ask | None:
    if figure.kind == numbers.BARE:
        figure = replace(figure, kind=numbers.COUNT)
    time, late = frame.time_of(figure.number_start, context, what.inherited)
    where, far = frame.places_of(figure, context, what.inherited)
    names = (
        frame.names
        | (
            (context.cues if context.family == what.family else frozenset()) | what.cues
            if what.inherited or (late and context.family == what.family)
            else frozenset()
        )
        | (what.said & {CARRIED})
    )
    inherited = tuple(
        name
        for name, is_so in (("subject", what.inherited), ("area", far), ("period", late))
        if is_so
    )
    base = Ask(
        asks.LEVEL, what.family, what.aspect, figure.start, figure.end, figure, where,
        time=time, time_inherited=late, cues=names, own_cues=frame.names | what.said,
        indicator_id=indicator_of(frame, what, context), inherited=inherited,
        about_shown=frame.about_shown, secret_words=frame.secret_words,
        about_many=frame.about_many, times=tuple(frame.times),
        possible=what.possible, negated=is_denied(frame.lower, figure.start)
        or is_neither(frame.lower, (one.start for one in where if not far)),
        either=frame.either(where),
    )  # fmt: skip
    if figure.kind == numbers.KOMMUNER and what.family == s.RF and TOPIC not in what.possible:
        return _kommuner(frame, base, figure)
    if figure.kind not in PEOPLE:
        return base
    return _related(frame, base, figure)


def _related(frame: Frame, base: Ask, figure: Figure) -> Ask:  # noqa: PLR0911
    """Return a level, or a distance, ratio, sum or change where the words say so."""
    comparison = measured_by(frame, figure)
    if comparison is not None:
        by = comparison.by or BY_COUNT
        if figure.kind in (numbers.POINTS, numbers.SHARE):
            by = BY_SHARE
        elif figure.kind == numbers.COUNT:
            by = BY_COUNT
        elif re.search(
            r"(?<!\w)(?:høj|stor|andel|lav)\w*", frame.lower[figure.start : figure.end + 20]
        ):
            by = BY_SHARE
        where = compared_places(frame, comparison) or base.places
        direction = comparison.direction or (1 if figure.kind == numbers.RATIO else 0)
        return replace(
            base, relation=asks.COMPARE, others=comparison.others, direction=direction, by=by,
            places=where, end=max(figure.end, comparison.end),
        )  # fmt: skip
    changes = relations.change(frame.lower)
    first, last = frame.segment(figure.number_start)
    if changes and (first <= changes.start() < last or figure.kind == numbers.POINTS):
        return replace(
            base,
            relation=asks.CHANGE,
            start=min(changes.start(), figure.start),
            end=max(changes.end(), figure.end),
        )
    if relations.is_more(frame.lower, figure.unit_end) and not frame.compared:
        return replace(base, relation=asks.CHANGE)
    if figure.kind == numbers.RATIO:
        land = [one for one in frame.places if one.level == LAND and one.start >= figure.end]
        if not land:
            return replace(base, relation=asks.CHANGE)
        others = [group for group in frame.groups if group[0].level != LAND]
        where = others[0] if others else base.places
        return replace(
            base, relation=asks.COMPARE, others=(land[0],), direction=1, by=BY_SHARE,
            places=where, end=land[0].end,
        )  # fmt: skip
    if figure.kind == numbers.COUNT and len(base.places) > 1 and relations.SUM.search(frame.lower):
        return replace(base, relation=asks.SUM)
    shared = figure.kind == numbers.COUNT and len(base.places) > 1
    if shared and not base.either and not relations.EACH.search(frame.lower):
        return replace(base, is_shared=True)
    return base


def _kommuner(frame: Frame, base: Ask, figure: Figure) -> Ask | None:
    limit = _limit(frame, figure)
    if limit is not None and limit.kind == numbers.COUNT and relations.SUM.search(frame.lower):
        return replace(base, relation=asks.KOMMUNER, predicate=limit, places=(), secret_words=True)
    above = next((one for one in frame.compared if one.others[0].level == LAND), None)
    if base.aspect in {s.PASSIVE, s.ACTIVE} and (limit is not None or above is not None):
        ends = [figure.end, *([limit.end] if limit else []), *([above.end] if above else [])]
        starts = [
            figure.start,
            *([limit.start] if limit else []),
            *([above.start] if above else []),
        ]
        return replace(
            base, relation=asks.KOMMUNER, predicate=limit, places=_kommuner_in(base.places),
            start=min(starts), end=max(ends),
            others=above.others if above and limit is None else (),
            direction=above.direction if above and limit is None else 0,
        )  # fmt: skip
    if "table" in frame.names:
        return replace(base, aspect=s.TABLE, places=())
    return None


def _kommuner_in(where: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the kommuner that are named beside their number: of hidden ones nothing is said."""
    return tuple(one for one in where if one.level in {KOMMUNE, JOBCENTER})


def _is_of_reference(frame: Frame, figure: Figure) -> bool:
    """Tell whether a figure only tells what the reference is: 'landsgennemsnittet på 21 pct.'."""
    near = [one for one in frame.places if one.is_reference and one.end <= figure.start]
    return (
        bool(near)
        and re.fullmatch(r"\s*(?:på|,|\()\s*", frame.lower[near[-1].end : figure.start]) is not None
    )


def _limit(frame: Frame, figure: Figure) -> Figure | None:
    rest = [
        one
        for one in frame.figures
        if one is not figure
        and one.kind in {numbers.SHARE, numbers.COUNT}
        and not _is_of_reference(frame, one)
    ]
    return min(rest, key=lambda one: abs(one.start - figure.start), default=None)


def _remember(frame: Frame, context: Context, found: list[Ask]) -> None:
    named = [one for one in s.families(set(frame.names)) if one in s.PROGRAMMES]
    if named:
        context.programme, context.programme_in = named[0], frame.sentence.paragraph
    elif frame.names & {"g2", "ig"}:
        context.programme = s.FSM
    if context.paragraph != frame.sentence.paragraph and not frame.sentence.bullet:
        context.family, context.aspect, context.places, context.time = "", "", (), None
        context.cues = frozenset()
    context.paragraph = frame.sentence.paragraph
    named_here = [group for group in frame.groups if group[0].level in {KOMMUNE, JOBCENTER}]
    if named_here:
        context.named, context.named_in = named_here[-1], frame.sentence.paragraph
    own = [one for one in frame.times if not one.since and not one.yearless and not one.is_span]
    told: list[Time] = [one.time for one in found if one.time is not None and not one.time.yearless]
    if own or told:
        context.time = told[-1] if told else own[-1]
    subjects = [one for one in found if one.relation not in {asks.MEMBER, asks.SPAN}]
    subjects = [one for one in subjects if TOPIC not in one.possible]
    _tell_topics(frame, context, subjects)
    if subjects:
        last = subjects[-1]
        context.family, context.aspect, context.places = last.family, last.aspect, last.places
        context.cues = last.cues
        context.indicator_id = last.indicator_id
    elif (families := s.families(set(frame.names))) and frame.names & {
        "passive",
        "active",
        "g2",
        "ig",
    }:
        context.family = families[0]
        what = s.aspects(families[0], set(frame.names))
        context.aspect = what[0] if what else ""
        context.cues = frame.names
        context.indicator_id = s.INDICATORS.get((families[0], context.aspect), "")
        context.places = frame.groups[-1] if frame.groups else ()


def _tell_topics(frame: Frame, context: Context, subjects: list[Ask]) -> None:
    """Let the context know what the sentence is about, the most particular last."""
    at = (frame.sentence.index, frame.sentence.paragraph)
    told = [(one.family, one.aspect, one.cues - {CARRIED}) for one in subjects if not one.possible]
    names = set(frame.names)
    families = s.families(names)
    if not told and s.RF in families and len(families) > 1 and "passive" not in names:
        families.remove(s.RF)
    for family in reversed(families):
        if not any(family == one for one, _, _ in told):
            aspects = s.aspects(family, names)
            told.insert(0, (family, aspects[0] if aspects else "", frame.names))
    for family, aspect, cues in told:
        if family and aspect not in {"unknown", s.POPULATION, s.ACTIVE, s.TABLE}:
            context.speaks_of(Topic(family, aspect, cues, *at))
        elif family:
            context.speaks_of(Topic(family, "", cues, *at))
