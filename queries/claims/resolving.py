"""What the figures of a sentence are about: their family and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from queries.claims import numbers
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, UNKNOWN
from queries.claims.carrying import CARRIED, carried
from queries.claims.context import FUNCTION, Context
from queries.claims.frames import Frame
from queries.claims.numbers import Figure

_IS_COUNT = re.compile(r"(?<!\w)(?:antal\w*|tallet|tal|i\s+alt|flest|færrest|optalt|talt)(?!\w)")
_WAITING = re.compile(r",?\s*(?:der|som)\s+(?:\w+\s+){0,2}?(?:stadig|fortsat|endnu)(?!\w)")
_OUT_OF = re.compile(r"(?<!\w)(?:ud\s+)?af\s+(?:de\s+|i\s+alt\s+)?$")
_THEREOF = re.compile(
    r"\s+(?:(?!passiv)[\w-]+\s+){0,4}?(?:i\s+)?ressourceforløb,?\s+"
    r"(?:og\s+)?(?:heraf|hvoraf|af\s+(?:dem|disse))(?!\w)"
)
"""After the whole of what follows: '225 i ressourceforløb, heraf 117 passive'."""
_EQUATED = re.compile(r"(?<!\w)(?:svare(?:r|de)\s+til|svarende\s+til|betyder|er\s+lig\s+med)(?!\w)")
_OF_WHOLE = re.compile(r"\s+af\s+")
_VERB = re.compile(r"(?<!\w)(?:er|var|har|havde|udgør|udgjorde|blev|fik|får)(?!\w)")
_OWN_CUES = {
    s.IG: {"practice", "ordinary", "exit", "got_job"},
    s.G2: {"over_9", "changed", "not_changed", "visited", "still"},
    s.RF: {"passive"},
    s.OTHER: {"passive"},
}
_NEXT_WORD = re.compile(r"[\s\"'(]*([a-zæøå]\w*)")
_ASKED = {numbers.SHARE, numbers.COUNT, numbers.BARE, numbers.MONEY, numbers.KOMMUNER}
_CELLS = {numbers.SHARE, numbers.COUNT, numbers.BARE}
_ACCEPTS = {
    s.RF: {
        numbers.COUNT,
        numbers.SHARE,
        numbers.POINTS,
        numbers.RATIO,
        numbers.KOMMUNER,
        numbers.BARE,
    },
    s.OTHER: {numbers.COUNT, numbers.SHARE, numbers.POINTS, numbers.RATIO, numbers.BARE},
    s.G2: {numbers.COUNT, numbers.SHARE, numbers.POINTS, numbers.RATIO, numbers.BARE},
    s.IG: {numbers.COUNT, numbers.SHARE, numbers.POINTS, numbers.RATIO, numbers.BARE},
    s.FSM: {numbers.MONEY, numbers.KOMMUNER, numbers.COUNT, numbers.DURATION, numbers.SHARE},
    s.FSM2: {numbers.KOMMUNER, numbers.MONEY},
    s.BR: {numbers.MONEY, numbers.KOMMUNER, numbers.COUNT},
    s.BI: {numbers.MONEY, numbers.KOMMUNER, numbers.COUNT},
    s.IP: {numbers.MEASURES, numbers.MONEY, numbers.MESSAGES},
    s.JOBS: {numbers.JOBS},
}


@dataclass(frozen=True)
class Resolved:
    """What a figure is about."""

    family: str
    aspect: str
    inherited: bool = False
    possible: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    """What is known of it beside the cues: 'equated', where a share is set equal to people."""
    cues: frozenset[str] = frozenset()
    """The cues of the topic that it carries on."""


def resolve(frame: Frame, figure: Figure, context: Context, elliptic: bool) -> Resolved | None:  # noqa: PLR0911
    """Return what a figure is about, or None where that cannot be told."""
    kind = figure.kind
    local = frame.local(figure.number_start)
    for names, inherited in ((local, False), (set(frame.names), False)):
        for family in _ordered(names, kind):
            if kind in _ACCEPTS[family]:
                return _aspect(frame, figure, family, context, inherited)
    family = _topic(frame, kind, context, elliptic)
    if family:
        return _aspect(frame, figure, family, context, True)
    reaches = context.reaches(frame.sentence.paragraph)
    own = bool(frame.names & _OWN_CUES.get(context.family, set()))
    anaphoric = "this" in frame.names or elliptic or own
    rival = kind in _CELLS and _may_be_of_cells(frame, context, context.family)
    if rival and not own:
        reaches = False
    if reaches and anaphoric and context.family in _ACCEPTS and kind in _ACCEPTS[context.family]:
        return _aspect(frame, figure, context.family, context, True)
    if "passive" in local and is_of_other_whole(frame, figure):
        return Resolved(s.RF, s.PASSIVE)
    if _of_granted(frame, kind, context, elliptic):
        return Resolved(s.BI, s.APPLIED if "applied" in local else s.WHOLE, False)
    on = carried(frame, figure, context)
    if on is not None and (on.family or "passive" not in local):
        said = frozenset({CARRIED}) if on.is_far else frozenset()
        found = Resolved(on.family, on.aspect, bool(on.family), on.choices, said, on.cues)
        return _told(frame, figure, found) if on.family == s.RF else found
    if "passive" in local and kind in {numbers.COUNT, numbers.SHARE}:
        return Resolved(s.RF, s.PASSIVE, False, ("benefit",))
    named = any(one.level != UNKNOWN for one in frame.places)
    told = frame.names & {"this", "programme"} or (
        kind != numbers.BARE and _VERB.search(frame.lower)
    )
    if elliptic and told and kind in _ASKED and not reaches and not named:
        return Resolved("", "", False, ("subject",))
    return None


def _may_be_of_cells(frame: Frame, context: Context, family: str) -> bool:
    """Tell whether a number of a kommune may be of passive people spoken of earlier instead."""
    if family == s.RF or not any(one.level in {KOMMUNE, JOBCENTER} for one in frame.places):
        return False
    return any(one.family == s.RF for one in context.topics)


def _of_granted(frame: Frame, kind: str, context: Context, elliptic: bool) -> bool:
    """Tell whether 'tilsagn' or 'søgte' says what a number is of: one programme alone has them."""
    if not frame.names & {"granted", "applied"} or kind not in {numbers.KOMMUNER, numbers.MONEY}:
        return False
    return elliptic and context.programme in {"", s.BI} and not frame.names & {"programme"}


def _topic(frame: Frame, kind: str, context: Context, elliptic: bool) -> str:  # noqa: PLR0911
    """Return the programme that 'projektet' or 'puljen' stands for, if it takes such a figure."""
    named = context.programme
    if not named or (kind in _CELLS and _may_be_of_cells(frame, context, named)):
        return ""
    fits = kind in _ACCEPTS[named]
    if kind == numbers.DURATION:
        return s.FSM if named in {s.FSM, s.FSM2} and "system" in frame.names else ""
    if "programme" in frame.names and fits and kind != numbers.SHARE:
        return named
    if frame.names & {"granted", "applied", "refused"} and named == s.BI and fits:
        return named
    near = context.programme_in == frame.sentence.paragraph and elliptic
    if near and kind in {numbers.KOMMUNER, numbers.MONEY}:
        return named if fits else ""
    if near and kind == numbers.COUNT and not context.reaches(context.paragraph):
        return named if fits else ""
    if named == s.IP and "package" in frame.names and fits:
        return named
    if named == s.IP and kind in {numbers.MEASURES, numbers.MESSAGES} and "ip" in frame.names:
        return named
    return ""


def _aspect(  # noqa: PLR0911
    frame: Frame, figure: Figure, family: str, context: Context, inherited: bool
) -> Resolved | None:
    kind = numbers.COUNT if figure.kind == numbers.BARE else figure.kind
    if figure.kind == numbers.BARE and not _counts(frame, figure, context):
        return None
    if kind == numbers.DURATION:
        return (
            Resolved(s.FSM, s.WHOLE, inherited)
            if family == s.FSM and "system" in frame.names
            else None
        )
    local, names = frame.local(figure.number_start), set(frame.names)
    if family == s.IG and context.aspect == s.ORDINARY and "of_these" in names:
        local, names = local | {"ordinary"}, names | {"ordinary"}
    if family == s.RF and _is_whole(frame, figure, kind):
        return Resolved(family, s.POPULATION, inherited)
    found = s.aspects(family, local | _tail(names), kind)
    if family == s.RF and not found and {"rf", "seniority"} <= local and kind == numbers.COUNT:
        return Resolved(family, s.POPULATION, inherited)
    if not found:
        found = s.aspects(family, names, kind)
    aspect = _nearest(frame, figure, family, kind, found)
    if aspect is not None:
        return _told(frame, figure, Resolved(family, aspect, inherited))
    same = context.family == family and context.reaches(frame.sentence.paragraph)
    if same and context.aspect and (inherited or "this" in names):
        return Resolved(family, context.aspect, True)
    return _usual(frame, figure, family, names, inherited)


def _told(frame: Frame, figure: Figure, found: Resolved) -> Resolved:
    """Let the nearest word say whether passive or active people are meant.

    'Ikke passive' is the rest of the passive. What 'aktive' are the writer is asked, unless the
    sentence names both offer and mentor.
    """
    local = frame.local(figure.number_start)
    words = {"passive", *s.CALLED} & (local if local & {"passive", *s.CALLED} else frame.names)
    near = min(sorted(words), key=lambda one: _distance(frame, figure, one), default="passive")
    if near != "passive" and found.aspect in {s.NO_OFFER, s.OFFER}:
        return replace(found, aspect="unknown")
    if near == "passive" or found.aspect not in {s.PASSIVE, s.ACTIVE}:
        return found
    if near == "not_passive":
        return replace(found, aspect=s.ACTIVE, said=found.said | {s.COMPLEMENT})
    aspect = s.PASSIVE if near == "not_called_active" else s.ACTIVE
    asks_who = found.possible or (() if s.BOTH.search(frame.lower) else (s.ACTIVE,))
    return replace(found, aspect=aspect, possible=asks_who)


def _is_whole(frame: Frame, figure: Figure, kind: str) -> bool:
    """Tell whether a count is what another is out of: 'af de 225 i Holbæk er 117 passive'."""
    if kind != numbers.COUNT or figure.noun == "passive":
        return False
    before = _OUT_OF.search(frame.lower, max(0, figure.start - 12), figure.start)
    later = [one for one in frame.figures if one.start > figure.start]
    if later and _THEREOF.match(frame.lower, figure.number_end, later[0].start):
        return True
    return before is not None and any(one.kind in {kind, numbers.SHARE} for one in later)


def _is_equated(frame: Frame) -> bool:
    """Tell whether a share is set equal to people: 'de 17 pct. svarer til 2 ud af 12'."""
    kinds = {one.kind for one in frame.figures if one.whole is not None}
    shares = any(one.kind == numbers.SHARE for one in frame.figures)
    return shares and numbers.COUNT in kinds and _EQUATED.search(frame.lower) is not None


def is_of_other_whole(frame: Frame, figure: Figure) -> bool:
    """Tell whether a share is said of others than those in ressourceforløb."""
    whole = next((cue for cue in frame.cues if cue.name == "other_whole"), None)
    if whole is None or figure.kind != numbers.SHARE:
        return False
    return whole.start >= figure.end and _OF_WHOLE.match(frame.lower, figure.end) is not None


def _usual(  # noqa: PLR0911
    frame: Frame, figure: Figure, family: str, names: set[str], inherited: bool
) -> Resolved | None:
    """Return what a family is asked of where nothing more is said."""
    kind = numbers.COUNT if figure.kind == numbers.BARE else figure.kind
    if family == s.RF:
        if kind == numbers.COUNT and figure.whole is not None and _is_equated(frame):
            return Resolved(family, s.PASSIVE, inherited)
        if kind == numbers.COUNT and ("seniority" in names or frame.places):
            return Resolved(family, s.POPULATION, inherited)
        if kind == numbers.SHARE and frame.places and _is_equated(frame):
            return Resolved(family, s.PASSIVE, inherited, said=frozenset({"equated"}))
        return None
    if family == s.G2:
        if kind == numbers.COUNT:
            return Resolved(family, s.VISITED, inherited, (s.VISITED, s.STILL))
        return Resolved(family, "unknown", inherited)
    if family == s.IG:
        return Resolved(family, s.SIZE if kind == numbers.COUNT else "unknown", inherited)
    if family == s.OTHER:
        return None
    return Resolved(family, s.WHOLE, inherited)


def _counts(frame: Frame, figure: Figure, context: Context) -> bool:
    """Tell whether a number without a noun is a number of people."""
    if figure.low.denominator != 1 or not _stands_alone(frame, figure):
        return False
    first, last = frame.segment(figure.number_start)
    if _IS_COUNT.search(frame.lower[first:last]) or frame.names & {
        "passive",
        "practice",
        "ordinary",
        "exit",
    }:
        return True
    if any(one.kind == numbers.COUNT for one in frame.figures):
        return True
    spoken = context.family in {s.G2, s.IG} and context.reaches(frame.sentence.paragraph)
    if figure.low >= 100 and (spoken or frame.names & {"g2", "ig"}):
        return True
    return context.reaches(frame.sentence.paragraph) and bool(frame.places)


def _stands_alone(frame: Frame, figure: Figure) -> bool:
    """Tell whether no word after a number says that it counts something else."""
    word = _NEXT_WORD.match(frame.lower, figure.number_end)
    if word is None or any(cue.start <= word.start(1) < cue.end for cue in frame.cues):
        return True
    return word.group(1) in FUNCTION or any(
        one.start <= word.start(1) < one.end for one in frame.places
    )


def _nearest(
    frame: Frame, figure: Figure, family: str, kind: str, found: Sequence[str]
) -> str | None:
    if s.STILL in found and _WAITING.match(frame.lower, figure.end) and kind == numbers.COUNT:
        return s.STILL
    if family in {s.G2} and set(found) & {s.OVER_9, s.OTHER_TIME, s.NO_OFFER, s.OFFER}:
        found = [one for one in found if one != s.STILL]
    if not found:
        return None
    with_target = [
        one
        for one in found
        if (family, one, kind) in s.TARGETS or (one == s.REFUSED and kind == numbers.KOMMUNER)
    ]
    nearest = s.VISITED in found or family in s.PROGRAMMES
    if len(with_target) > 1 or (len(found) > 1 and with_target and nearest):
        near = min(with_target, key=lambda one: _distance(frame, figure, one))
        of_these = kind == numbers.SHARE and s.EXIT_OF_ORDINARY in found
        of_these = of_these and (near == s.EXIT or frame.lower[figure.end :].startswith(" af de"))
        return s.EXIT_OF_ORDINARY if of_these else near
    return found[0]


def _distance(frame: Frame, figure: Figure, aspect: str) -> tuple[bool, int]:
    first, last = frame.segment(figure.number_start)
    name = "granted" if aspect == s.WHOLE else aspect
    spans = [cue for cue in frame.cues if cue.name == name]
    away = []
    for cue in spans:
        after = cue.start > figure.start
        between = (
            frame.lower[figure.end : cue.start] if after else frame.lower[cue.end : figure.start]
        )
        # A comma sets apart: 'i praktik, 11 pct. i ordinære timer'.
        far = len(between) + 20 * between.count(",")
        away.append((not first <= cue.start < last, far))
    return min(away, default=(True, 10**6))


def _tail(names: set[str]) -> set[str]:
    """Cues that hold for a whole sentence wherever they stand."""
    return names & {"of_these", "ordinary"} if "exit" in names and "of_these" in names else set()


def _ordered(names: set[str], kind: str) -> list[str]:
    """Return the families of cues, passive people before programmes where people are counted."""
    found = s.families(names)
    people = kind in {numbers.COUNT, numbers.SHARE, numbers.BARE}
    if people and s.RF in found and names & {"passive"} and s.G2 not in found:
        return [s.RF, *(one for one in found if one != s.RF)]
    return found
