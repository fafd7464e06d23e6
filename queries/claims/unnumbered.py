"""Claims without a figure of their own: compared, ranked, changed, taking part, and when."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from queries.claims import asks, numbers, relations
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, LAND, LARGER, UNKNOWN, Place
from queries.claims.asks import BY_SHARE, Ask
from queries.claims.carrying import CARRIED
from queries.claims.context import Context
from queries.claims.frames import Frame
from queries.claims.mood import is_denied, is_wish
from queries.claims.numbers import Figure
from queries.claims.resolving import Resolved

_MEMBER = re.compile(
    r"(?<!\w)(?:deltag\w*|deltog|er\s+med|var\s+med|med\s+i|blandt|udvalgt\w*|valgt|omfattet|"
    r"indgår|indgik|"
    r"(?:fået|fik|får|modtog|modtaget)\s+tilsagn|med\s+til|en\s+del\s+af|udtaget|tilsluttet|"
    r"(?:en|én)\s+af\s+de)(?!\w)"
)
_LEFT_OUT = re.compile(
    r"(?<!\w)(?:indgår|er|var|optræder|medtages)\s+(?:\w+\s+)?(?:ikke|udeladt)(?!\w)|"
    r"(?<!\w)udeladt(?!\w)"
)
_NOT = re.compile(r"(?<!\w)(?:ikke|aldrig|hverken)(?!\w)")
_OTHER_CLAUSE = re.compile(
    r",\s+(?:det\s+(?:er|var|gør)|men|mens|hvorimod|derimod)(?!\w)|(?<!,)\s+(?:men|mens)(?!\w)|"
    r",\s+(?=[\w-]+(?:\s+(?:er|var|gør|deltager|deltog))?\s+ikke(?!\w))"
)
_PERIOD = re.compile(
    r"(?<!\w)(?:projektperiode\w*|perioden?|løber|løb|gennemføres|gennemført\w*|varer|varede|"
    r"kører|kørte|forløber|strækker)(?!\w)"
)
_BEGINS = re.compile(
    r"(?<!\w)(?:påbegynd\w*|begynd(?:te|er|t)|start(?:ede|er|et)|gik\s+i\s+gang|indled\w*|igangsat|"
    r"skudt\s+i\s+gang)\s+(?:\w+\s+)?(?:i\s+|den\s+)?$"
)
_ENDS = re.compile(
    r"(?<!\w)(?:afslut\w*|slutte\w*|slut|udløb\w*|ophør\w*|færdig)\s+(?:\w+\s+)?(?:i\s+|den\s+)?$|"
    r"(?<!\w)(?:løber|løb|varer|varede|kører|kørte)\s+(?:helt\s+)?(?:frem\s+)?(?:ind)?til\s+"
    r"(?:og\s+med\s+|udgangen\s+af\s+|slutningen\s+af\s+)?$"
)
_MEASURED = re.compile(r"(?<!\w)(?:andel\w*|antal\w*|tallet|passivandel\w*|flere|færre)(?!\w)")
COUNTABLE = (KOMMUNE, JOBCENTER, LARGER, UNKNOWN)
PEOPLE = {numbers.COUNT, numbers.SHARE, numbers.BARE, numbers.POINTS, numbers.RATIO}


def without_figures(frame: Frame, context: Context, elliptic: bool) -> Iterator[Ask]:
    """Yield the claims that no figure makes."""
    yield from _comparisons(frame, context, elliptic)
    yield from _ranks(frame, context, elliptic)
    yield from _changes(frame, context, elliptic)
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
    newest = context.topics[-1] if context.topics and ("passive" in names or elliptic) else None
    if newest and (newest.family, newest.aspect) == (s.RF, s.PASSIVE):
        return Resolved(s.RF, s.PASSIVE, True, (), frozenset({CARRIED}), newest.cues)
    if "passive" in names and not found:
        return Resolved(s.RF, s.PASSIVE, False, ("benefit",))
    return None


def _comparisons(frame: Frame, context: Context, elliptic: bool) -> Iterator[Ask]:
    what = _topic(frame, context, elliptic) if frame.compared else None
    if what is None or any(one.kind == numbers.KOMMUNER for one in frame.figures):
        return
    for one in frame.compared:
        if any(measured_by(frame, figure) is one for figure in frame.figures):
            continue
        where = compared_places(frame, one)
        late = not where and what.inherited
        where = where or (context.places if late else ())
        if not where:
            continue
        time, old = frame.time_of(one.start, context, what.inherited)
        start = min(one.start, where[0].start) if not late else one.start
        by = one.by or (BY_SHARE if one.direction == 0 else "")
        last = one.end if late else max(one.end, where[-1].end)
        yield Ask(
            asks.COMPARE, what.family, what.aspect, start, last, None, where, one.others, time, old,
            one.direction, by, own_cues=frame.names,
            cues=(frame.names | context.cues if what.inherited else frame.names) | what.said,
            indicator_id=indicator_of(frame, what, context), possible=what.possible,
            inherited=("subject",) if what.inherited else (), secret_words=frame.secret_words,
        )  # fmt: skip


def _ranks(frame: Frame, context: Context, elliptic: bool) -> Iterator[Ask]:
    if not frame.ranks or (any(one.level == LARGER for one in frame.places) and not frame.places):
        return
    what = _topic(frame, context, elliptic)
    groups = [group for group in frame.groups if group[0].level in COUNTABLE]
    far = () if groups else frame.spoken_of(context)
    if what is None or not (groups or far):
        return
    seen: set[tuple[int, int]] = set()
    for one in frame.ranks:
        if frame.segment(one.start) in seen or is_wish(frame.lower, one.start):
            continue
        seen.add(frame.segment(one.start))
        before = [group for group in groups if group[0].start < one.start]
        where = far or (before[-1] if before else groups[0])
        time, old = frame.time_of(one.start, context, what.inherited)
        first = one.start if far else min(one.start, where[0].start)
        last = one.end if far else max(one.end, where[-1].end)
        yield Ask(
            asks.RANK, what.family, what.aspect, first, last, None, where,
            (), time, old, one.direction, one.by, one.rank, one.among, cues=frame.names | what.said,
            own_cues=frame.names, indicator_id=indicator_of(frame, what, context),
            possible=what.possible, about_shown=frame.about_shown, secret_words=frame.secret_words,
            inherited=("subject",) if what.inherited else (),
            negated=is_denied(frame.lower, one.start),
        )  # fmt: skip


def _changes(frame: Frame, context: Context, elliptic: bool) -> Iterator[Ask]:
    """Yield a change that is said without a number: 'andelen er halveret'."""
    one = relations.change(frame.lower)
    if one is None or not _MEASURED.search(frame.lower) or is_wish(frame.lower, one.start()):
        return
    if any(figure.kind in PEOPLE for figure in frame.figures):
        return
    what = _topic(frame, context, elliptic)
    if what is not None:
        yield Ask(
            asks.CHANGE, what.family, what.aspect, *one.span(), None, tuple(frame.places),
            cues=frame.names, own_cues=frame.names, possible=what.possible,
            indicator_id=indicator_of(frame, what, context), times=tuple(frame.times),
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
            asks.MEMBER, s.RF, s.TABLE, min(left_out.start(), named[0].start),
            max(left_out.end(), named[-1].end), None, tuple(named), cues=frame.names,
            own_cues=frame.names, negated=True,
        )  # fmt: skip
        return
    verb = _MEMBER.search(frame.lower)
    programme = _programme(frame, context)
    every = [one for one in frame.places if one.level == LAND and "kommuner" in one.name]
    where = [one for one in frame.places if one.level == KOMMUNE] or every
    if verb is None or not programme or not where or frame.names & {"passive", "g2", "ig"}:
        return
    if any(one.kind in {numbers.COUNT, numbers.SHARE, numbers.MONEY} for one in frame.figures):
        return
    for at, (group, negated) in enumerate(_taking_part(frame, where)):
        said = [verb.span(), *((one.start, one.end) for one in group)][at > 0 :]
        yield Ask(
            asks.MEMBER, programme, s.WHOLE, min(said)[0], max(last for _, last in said), None,
            group, cues=frame.names, own_cues=frame.names, negated=negated,
        )  # fmt: skip


def _taking_part(frame: Frame, where: Sequence[Place]) -> Iterator[tuple[tuple[Place, ...], bool]]:
    """Yield places and whether they are said not to take part: 'Holbæk er med, Herning ikke'."""
    denied = [one.start() for one in _NOT.finditer(frame.lower)]
    cuts = [one.start() for one in _OTHER_CLAUSE.finditer(frame.lower)] if denied else []
    for first, last in itertools.pairwise([0, *cuts, len(frame.lower)]):
        group = tuple(one for one in where if first <= one.start < last)
        if group:
            yield group, any(first <= at < last for at in denied)


def _spans(frame: Frame, context: Context) -> Iterator[Ask]:
    programme = _programme(frame, context)
    if programme not in s.SPANS or any(one.kind == numbers.MONEY for one in frame.figures):
        return
    for time in frame.times:
        if time.relative or time.yearless:
            continue
        before = frame.lower[max(0, time.start - 40) : time.start]
        edge = "first" if _BEGINS.search(before) else "last" if _ENDS.search(before) else ""
        if edge or (time.is_span and _PERIOD.search(frame.lower)):
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


def measured_by(frame: Frame, figure: Figure) -> relations.Compared | None:
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


def compared_places(frame: Frame, comparison: relations.Compared) -> tuple[Place, ...]:
    """Return what is compared: the places before the comparison that are not compared with."""
    against = {one.others for one in frame.compared}
    free = [
        group
        for group in frame.groups
        if group not in against and group[0].level in (*COUNTABLE, LAND)
    ]
    before = [group for group in free if group[0].start < comparison.start]
    return before[-1] if before else free[0] if free else ()


def indicator_of(frame: Frame, what: Resolved, context: Context) -> str:
    """Return the indicator whose cells answer, or ''."""
    if what.family == s.OTHER:
        word = next((cue for cue in frame.cues if cue.name in {"benefit", "other_benefit"}), None)
        said = frame.lower[word.start : word.end] if word else ""
        return next(
            (one for stem, one in s.BENEFITS.items() if said.startswith(stem)), context.indicator_id
        )
    return s.INDICATORS.get((what.family, what.aspect), "")
