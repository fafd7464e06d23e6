"""The claims of a sentence, in order, and what it leaves for the sentences after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from queries.claims import asks, numbers, relations
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, LAND, LARGER, UNKNOWN, Place
from queries.claims.asks import BY_COUNT, BY_SHARE, Ask
from queries.claims.context import Context, is_elliptic
from queries.claims.frames import Frame
from queries.claims.numbers import Figure
from queries.claims.periods import Time
from queries.claims.resolving import Resolved, resolve

_MEMBER = re.compile(
    r"(?<!\w)(?:deltag\w*|deltog|er\s+med|var\s+med|med\s+i|blandt|udvalgt\w*|valgt|omfattet|indgår|indgik|"
    r"(?:fået|fik|får|modtog|modtaget)\s+tilsagn|med\s+til|en\s+del\s+af|udtaget|tilsluttet|(?:en|én)\s+af\s+de)(?!\w)"
)
_LEFT_OUT = re.compile(
    r"(?<!\w)(?:indgår|er|var|optræder|medtages)\s+(?:\w+\s+)?(?:ikke|udeladt)(?!\w)|(?<!\w)udeladt(?!\w)"
)
_NOT = re.compile(r"(?<!\w)(?:ikke|aldrig|hverken)(?!\w)")
_PERIOD = re.compile(
    r"(?<!\w)(?:projektperiode\w*|perioden?|løber|løb|gennemføres|gennemført\w*|varer|varede|kører|kørte|forløber|strækker)(?!\w)"
)
_BEGINS = re.compile(
    r"(?<!\w)(?:påbegynd\w*|begynd\w*|start\w*|gik\s+i\s+gang|indled\w*|igangsat|skudt\s+i\s+gang)\s+(?:\w+\s+)?(?:i\s+|den\s+)?$"
)
_ENDS = re.compile(
    r"(?<!\w)(?:afslut\w*|slutte\w*|slut|udløb\w*|ophør\w*|færdig)\s+(?:\w+\s+)?(?:i\s+|den\s+)?$"
)
_COUNTABLE = (KOMMUNE, JOBCENTER, LARGER, UNKNOWN)
_PEOPLE = {numbers.COUNT, numbers.SHARE, numbers.BARE, numbers.POINTS, numbers.RATIO}


def asked(frame: Frame, context: Context) -> list[Ask]:
    """Return the claims of a sentence, in order, and let the context know of it."""
    if frame.sentence.bullet:
        context.paragraph = frame.sentence.paragraph
    elliptic = is_elliptic(frame.lower, frame.taken())
    found = [*_figures(frame, context, elliptic), *_without_figures(frame, context, elliptic)]
    found.sort(key=lambda ask: (ask.start, ask.end))
    _remember(frame, context, found)
    return found


def _figures(frame: Frame, context: Context, elliptic: bool) -> Iterator[Ask]:
    if frame.lower.rstrip().endswith(":") and re.match(r"(?:de|følgende)\s", frame.lower):
        return
    limits: set[int] = set()
    for figure in frame.figures:
        if figure.kind == numbers.KOMMUNER:
            resolved = resolve(frame, figure, context, elliptic)
            limit = _limit(frame, figure) if resolved and resolved.family == s.RF else None
            if limit is not None:
                limits.add(limit.start)
    for figure in frame.figures:
        if figure.start in limits:
            continue
        resolved = resolve(frame, figure, context, elliptic)
        if resolved is not None:
            ask = _of_figure(frame, figure, resolved, context)
            if ask is not None:
                yield ask


def _of_figure(frame: Frame, figure: Figure, what: Resolved, context: Context) -> Ask | None:
    if figure.kind == numbers.BARE:
        figure = replace(figure, kind=numbers.COUNT)
    time, late = frame.time_of(figure.number_start, context, what.inherited)
    where, far = frame.places_of(figure, context, what.inherited)
    names = frame.names | (
        context.cues if what.inherited or late and context.family == what.family else frozenset()
    )
    inherited = tuple(
        name
        for name, is_so in (("subject", what.inherited), ("area", far), ("period", late))
        if is_so
    )
    base = Ask(
        asks.LEVEL, what.family, what.aspect, figure.start, figure.end, figure, where,
        time=time, time_inherited=late, cues=names, own_cues=frame.names,
        indicator_id=_indicator(frame, what, context), inherited=inherited,
        about_shown=frame.about_shown, secret_words=frame.secret_words, times=tuple(frame.times),
        possible=what.possible,
    )  # fmt: skip
    if figure.kind == numbers.KOMMUNER and what.family == s.RF:
        return _kommuner(frame, base, figure)
    if figure.kind not in _PEOPLE:
        return base
    return _related(frame, base, figure)


def _related(frame: Frame, base: Ask, figure: Figure) -> Ask:
    """Return a level, or a distance, ratio, sum or change where the words say so."""
    comparison = _comparison(frame, figure)
    if comparison is not None:
        by = comparison.by or BY_COUNT
        if figure.kind == numbers.POINTS or figure.kind == numbers.SHARE:
            by = BY_SHARE
        elif figure.kind == numbers.COUNT:
            by = BY_COUNT
        elif re.search(
            r"(?<!\w)(?:høj|stor|andel|lav)\w*", frame.lower[figure.start : figure.end + 20]
        ):
            by = BY_SHARE
        where = _subject_places(frame, comparison) or base.places
        direction = comparison.direction or (1 if figure.kind == numbers.RATIO else 0)
        return replace(
            base, relation=asks.COMPARE, others=comparison.others, direction=direction, by=by,
            places=where, end=max(figure.end, comparison.end),
        )  # fmt: skip
    changes = relations.CHANGE.search(frame.lower)
    first, last = frame.segment(figure.number_start)
    if changes and (first <= changes.start() < last or figure.kind == numbers.POINTS):
        return replace(
            base,
            relation=asks.CHANGE,
            start=min(changes.start(), figure.start),
            end=max(changes.end(), figure.end),
        )
    if figure.kind == numbers.RATIO:
        return replace(base, relation=asks.CHANGE)
    if figure.kind == numbers.COUNT and len(base.places) > 1 and relations.SUM.search(frame.lower):
        return replace(base, relation=asks.SUM)
    return base


def _comparison(frame: Frame, figure: Figure) -> relations.Compared | None:
    """Return the comparison that a figure measures: '31 procentpoint over landsgennemsnittet'."""
    for one in frame.compared:
        close = (
            figure.start <= one.start + 2
            and one.start - figure.end <= 30
            and figure.number_start < one.end
        )
        inside = one.start <= figure.number_start and figure.end <= one.end
        if figure.kind == numbers.RATIO and (close or inside or abs(one.start - figure.start) < 40):
            return one
        if close and (
            figure.kind == numbers.POINTS or relations.is_difference(frame.lower, figure.unit_end)
        ):
            return one
    if figure.kind == numbers.POINTS:
        return next(iter(frame.compared), None)
    return None


def _subject_places(frame: Frame, comparison: relations.Compared) -> tuple[Place, ...]:
    """Return what is compared: the places before the comparison that are not compared with."""
    against = {one.others for one in frame.compared}
    free = [
        group
        for group in frame.groups
        if group not in against and group[0].level in (*_COUNTABLE, LAND)
    ]
    before = [group for group in free if group[0].start < comparison.start]
    return before[-1] if before else free[0] if free else ()


def _kommuner(frame: Frame, base: Ask, figure: Figure) -> Ask | None:
    limit = _limit(frame, figure)
    above = next((one for one in frame.compared if one.others[0].level == LAND), None)
    if base.aspect in {s.PASSIVE, s.ACTIVE} and (limit is not None or above is not None):
        ends = [figure.end, *([limit.end] if limit else []), *([above.end] if above else [])]
        starts = [
            figure.start,
            *([limit.start] if limit else []),
            *([above.start] if above else []),
        ]
        return replace(
            base, relation=asks.KOMMUNER, predicate=limit, start=min(starts), end=max(ends), places=(),
            others=above.others if above and limit is None else (),
            direction=above.direction if above and limit is None else 0,
        )  # fmt: skip
    if "table" in frame.names:
        return replace(base, aspect=s.TABLE, places=())
    return None


def _limit(frame: Frame, figure: Figure) -> Figure | None:
    rest = [
        one
        for one in frame.figures
        if one is not figure and one.kind in {numbers.SHARE, numbers.COUNT}
    ]
    return min(rest, key=lambda one: abs(one.start - figure.start), default=None)


def _indicator(frame: Frame, what: Resolved, context: Context) -> str:
    if what.family == s.OTHER:
        word = next((cue for cue in frame.cues if cue.name in {"benefit", "other_benefit"}), None)
        said = frame.lower[word.start : word.end] if word else ""
        return next(
            (one for stem, one in s.BENEFITS.items() if said.startswith(stem)), context.indicator_id
        )
    return s.INDICATORS.get((what.family, what.aspect), "")


def _without_figures(frame: Frame, context: Context, elliptic: bool) -> Iterator[Ask]:
    yield from _comparisons(frame, context, elliptic)
    yield from _ranks(frame, context, elliptic)
    yield from _memberships(frame, context)
    yield from _spans(frame, context)


def _topic(frame: Frame, context: Context, elliptic: bool) -> Resolved | None:
    """Return whose numbers a comparison or rank is of."""
    names = set(frame.names)
    found = s.families(names)
    for family in (s.RF, s.G2, s.IG, s.OTHER):
        if family in found and (what := s.aspects(family, names)):
            return Resolved(family, what[0])
    reaches = context.reaches(frame.sentence.paragraph) and context.family in {
        s.RF,
        s.G2,
        s.IG,
        s.OTHER,
    }
    if reaches and context.aspect and (elliptic or names & {"passive", "this"} or s.RF in found):
        return Resolved(context.family, context.aspect, True)
    if "passive" in names and not found:
        return Resolved(s.RF, s.PASSIVE, False, ("benefit",))
    return None


def _comparisons(frame: Frame, context: Context, elliptic: bool) -> Iterator[Ask]:
    what = _topic(frame, context, elliptic) if frame.compared else None
    if what is None or any(one.kind == numbers.KOMMUNER for one in frame.figures):
        return
    for one in frame.compared:
        if any(_comparison(frame, figure) is one for figure in frame.figures):
            continue
        where = _subject_places(frame, one)
        late = not where and what.inherited
        where = where or (context.places if late else ())
        if not where:
            continue
        time, old = frame.time_of(one.start, context, what.inherited)
        start = min(one.start, where[0].start) if not late else one.start
        by = one.by or (BY_SHARE if one.direction == 0 else "")
        yield Ask(
            asks.COMPARE, what.family, what.aspect, start, max(one.end, where[-1].end if not late else 0), None, where,
            one.others, time, old, one.direction, by, cues=frame.names | context.cues if what.inherited else frame.names,
            own_cues=frame.names, indicator_id=_indicator(frame, what, context), possible=what.possible,
            inherited=("subject",) if what.inherited else (), secret_words=frame.secret_words,
        )  # fmt: skip


def _ranks(frame: Frame, context: Context, elliptic: bool) -> Iterator[Ask]:
    if not frame.ranks or any(one.level == LARGER for one in frame.places) and not frame.places:
        return
    what = _topic(frame, context, elliptic)
    groups = [group for group in frame.groups if group[0].level in _COUNTABLE]
    if what is None or not groups:
        return
    one = frame.ranks[0]
    where = groups[0]
    time, old = frame.time_of(one.start, context, what.inherited)
    yield Ask(
        asks.RANK, what.family, what.aspect, min(one.start, where[0].start), max(one.end, where[-1].end), None, where,
        (), time, old, one.direction, one.by, one.rank, one.among, cues=frame.names, own_cues=frame.names,
        indicator_id=_indicator(frame, what, context), possible=what.possible, about_shown=frame.about_shown,
        secret_words=frame.secret_words, inherited=("subject",) if what.inherited else (),
    )  # fmt: skip


def _programme(frame: Frame, context: Context) -> str:
    named = [one for one in s.families(set(frame.names)) if one in s.PROGRAMMES]
    if named:
        return named[0]
    return context.programme if "programme" in frame.names else ""


def _memberships(frame: Frame, context: Context) -> Iterator[Ask]:
    """Yield who takes part in a programme, and who is not in the published table."""
    left_out = _LEFT_OUT.search(frame.lower)
    named = [one for one in frame.places if one.level == KOMMUNE]
    if left_out and named and "table" in frame.names and not frame.figures:
        yield Ask(
            asks.MEMBER, s.RF, s.TABLE, min(left_out.start(), named[0].start), max(left_out.end(), named[-1].end),
            None, tuple(named), cues=frame.names, own_cues=frame.names, negated=True,
        )  # fmt: skip
        return
    verb = _MEMBER.search(frame.lower)
    programme = _programme(frame, context)
    where = [one for one in frame.places if one.level == KOMMUNE]
    if verb is None or not programme or not where or frame.names & {"passive", "g2", "ig"}:
        return
    if any(one.kind in {numbers.COUNT, numbers.SHARE, numbers.MONEY} for one in frame.figures):
        return
    negated = _NOT.search(frame.lower) is not None
    yield Ask(
        asks.MEMBER, programme, s.WHOLE, min(verb.start(), where[0].start), max(verb.end(), where[-1].end),
        None, tuple(where), cues=frame.names, own_cues=frame.names, negated=negated,
    )  # fmt: skip


def _spans(frame: Frame, context: Context) -> Iterator[Ask]:
    programme = _programme(frame, context)
    if programme not in s.SPANS or any(one.kind == numbers.MONEY for one in frame.figures):
        return
    for time in frame.times:
        if time.relative or time.yearless:
            continue
        before = frame.lower[max(0, time.start - 40) : time.start]
        edge = "first" if _BEGINS.search(before) else "last" if _ENDS.search(before) else ""
        if edge or time.is_span and _PERIOD.search(frame.lower):
            yield Ask(
                asks.SPAN,
                programme,
                s.WHOLE,
                time.start,
                time.end,
                time=time,
                cues=frame.names,
                edge=edge,
            )


def _remember(frame: Frame, context: Context, found: list[Ask]) -> None:
    named = [one for one in s.families(set(frame.names)) if one in s.PROGRAMMES]
    if named:
        context.programme = named[0]
    elif frame.names & {"g2", "ig"}:
        context.programme = s.FSM
    if context.paragraph != frame.sentence.paragraph and not frame.sentence.bullet:
        context.family, context.aspect, context.places, context.time = "", "", (), None
        context.cues = frozenset()
    context.paragraph = frame.sentence.paragraph
    own = [one for one in frame.times if not one.since and not one.yearless and not one.is_span]
    told: list[Time] = [one.time for one in found if one.time is not None and not one.time.yearless]
    if own or told:
        context.time = told[-1] if told else own[-1]
    subjects = [one for one in found if one.relation not in {asks.MEMBER, asks.SPAN}]
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


__all__ = ["BY_COUNT", "BY_SHARE", "asked"]
