"""What a number is of where its sentence does not say it: the topic of the text carries on.

A topic is carried over sentences and paragraphs until another is named. A named kommune or a word
such as 'det' ties a number to it; without such a tie, or with several topics, the writer is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from queries.claims import numbers
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, LAND, Place
from queries.claims.context import FUNCTION, Context, Topic, is_elliptic
from queries.claims.frames import Frame
from queries.claims.numbers import Figure

TOPIC = "topic"
CARRIED = "carried"
"""The mark of a claim whose subject comes from more than one sentence or a paragraph away."""
_PEOPLE = {numbers.COUNT, numbers.SHARE}
_UNITS = {*_PEOPLE, numbers.KOMMUNER, numbers.MONEY, numbers.BARE}
_TIE = re.compile(r"(?<!\w)(?:det|her|tallet|andelen|antallet|heraf|hvoraf|af\s+dem)(?!\w)")
_LIGHT = frozenset(
    (
        *("kommet", "nået", "nåede", "står", "regering", "regeringen", "bevilget", "afsatte"),
        *("penge", "satspuljen", "puljen", "midler", "eneste", "sådan", "ser", "noteret"),
        *(
            "registreret",
            "helt",
            "følger",
            "fulgte",
            "deler",
            "delte",
            "udvalgt",
            "valgt",
            "melder",
        ),
        *("viser", "ender", "endte", "måles", "målt", "opgøres", "bag", "lander", "landede"),
    )
)
_WHOLE = re.compile(
    r"\s+af\s+(?:(?:de|den|det|alle|samtlige|vores|landets|hele|disse)\s+)*([a-zæøå][\w-]+)"
)
_OWN_WHOLE = re.compile(
    r"(?:borger|person|deltager|modtager|kommune|gruppe|menneske|visitere|passiv)\w*|dem|disse|tal\w*"
)
_PEOPLE_NOUN = re.compile(
    r"(?:borger|person|deltager|modtager|mennesker|folk|visiterede|passiv)\w*|"
    r"(?:ressourceforløbs|projekt)\w+|"
)
_THOSE = re.compile(r"(?<!\w)(?:med|til|hos|for|fra)\s+(?:de|disse)\s+$")
"""Before kommuner that are only pointed at: 'møder med de fem kommuner'."""
_ROW = re.compile(r"\D{2,40}?\s[\d.,]+\s+[\d.,]+\s*(?:%|pct\.?)?\s*")
_NOUN_FIRST = re.compile(
    r"\W*(?:(?:og|men|mens|samtidig)\s+)?"
    r"(?!ministe|parti|aftale|folketing|stat|resultat|effekt|udvikling|beløb|gruppe|omfang|niveau)"
    r"([a-zæøå]{3,}(?:en|et|ne))\s+(?:er|var|ligger|lå|udgør|udgjorde|falder|faldt|stiger|steg|"
    r"blev|koster|kostede|vokser|voksede|har\s+været)(?!\w)"
)
_OTHERS = {"other_whole", "other_benefit"}
_OWN_CUES = {
    s.IG: {"practice", "ordinary", "exit", "got_job"},
    s.G2: {"over_9", "changed", "not_changed", "visited", "still"},
    s.RF: {"passive"},
    s.BI: {"granted", "applied", "refused"},
}
_NEXT_WORD = re.compile(r"[\s\"'(]*([a-zæøå]\w*)")


@dataclass(frozen=True)
class Carried:
    """A topic that a number may be of; `choices` are all of them where the writer must choose."""

    family: str
    aspect: str
    cues: frozenset[str]
    is_far: bool
    choices: tuple[str, ...] = ()


def carried(frame: Frame, figure: Figure, context: Context) -> Carried | None:  # noqa: PLR0911
    """Return what a number with a unit is of by the topics before it, or None without any."""
    kind = figure.kind
    if not context.topics or kind not in _UNITS or _is_row(frame):
        return None
    if _has_own_subject(frame, figure, context):
        return None
    named = any(one.level in {KOMMUNE, JOBCENTER} for one in frame.places)
    if kind == numbers.BARE:
        if figure.low.denominator != 1 or not _stands_alone(frame, figure):
            return None
        if not any(_beside(frame, figure, one) for one in frame.places):
            return None
        kind = numbers.COUNT
    found = _candidates(frame, kind, context.topics)
    if not found:
        return Carried("", "", frozenset(), False, ("subject",))
    newest, aspect = found[0]
    told = aspect not in {"", s.TABLE} or newest.family in s.PROGRAMMES
    tied = named or _TIE.search(frame.lower) is not None or kind == numbers.MONEY
    own = bool(frame.names & _OWN_CUES.get(newest.family, set()))
    light = is_elliptic(frame.lower, [*frame.taken(), *_light(frame)])
    follows = (frame.sentence.index - newest.sentence, frame.sentence.paragraph) == (
        1,
        newest.paragraph,
    )
    near = newest.paragraph == frame.sentence.paragraph or named or len(context.topics) == 1
    rival = named and newest.family != s.RF and any(one.family == s.RF for one, _ in found)
    is_newest = newest is context.topics[-1]
    far = frame.sentence.index - newest.sentence > 1 or newest.paragraph != frame.sentence.paragraph
    if is_newest and told and not rival and (own or (near and light and (tied or follows))):
        return Carried(newest.family, aspect, newest.cues, far)
    if kind == numbers.KOMMUNER:
        found = [(one, s.TABLE if one.family == s.RF else how) for one, how in found]
    base, what = next(((one, how) for one, how in found if one.family == s.RF), found[0])
    likely = [at for at in found if at[0] in {newest, base}] if named else found
    choices = tuple({one.family: f"{one.family}/{how}" for one, how in reversed(likely)}.values())
    return Carried(
        base.family, what or s.PASSIVE if base.family == s.RF else what, base.cues, far,
        (TOPIC, *choices),
    )  # fmt: skip


def topic_in(choice: str) -> tuple[str, str]:
    """Return family and aspect of one of the `choices`."""
    family, _, aspect = choice.partition("/")
    return family, aspect or (s.PASSIVE if family == s.RF else "")


def _candidates(frame: Frame, kind: str, topics: Sequence[Topic]) -> list[tuple[Topic, str]]:
    """Return the topics that such a number is published of, the newest first."""
    found = []
    for topic in reversed(topics):
        family = topic.family
        own = s.aspects(family, set(frame.names), kind)
        aspect = own[0] if own else topic.aspect
        if family == s.RF and kind in _PEOPLE:
            found.append((topic, aspect if aspect in {s.PASSIVE, s.ACTIVE, ""} else s.PASSIVE))
        elif family == s.RF and kind == numbers.KOMMUNER:
            found.append((topic, s.PASSIVE if _has_limit(frame) else s.TABLE))
        elif (family, aspect, kind) in s.TARGETS:
            found.append((topic, aspect))
        elif family in s.PROGRAMMES and (family, s.WHOLE, kind) in s.TARGETS:
            found.append((topic, s.WHOLE))
    return found


def _has_limit(frame: Frame) -> bool:
    """Tell whether kommuner are counted by their numbers: '30 kommuner har under 10 passive'."""
    return bool(frame.compared) or any(one.kind in _PEOPLE for one in frame.figures)


def _light(frame: Frame) -> list[tuple[int, int]]:
    return [one.span() for one in re.finditer(r"\w+", frame.lower) if one.group() in _LIGHT]


def _is_row(frame: Frame) -> bool:
    """Tell whether a line is a row of a table: a place and numbers without a word beside."""
    if _ROW.fullmatch(frame.lower):
        return True
    taken = [(one.start, one.end) for one in frame.places]
    taken += [(one.start, one.end) for one in frame.figures]
    return not any(
        not any(start <= word.start() < end for start, end in taken)
        for word in re.finditer(r"[a-zæøå]+", frame.lower)
    )


def _beside(frame: Frame, figure: Figure, place: Place) -> bool:
    """Tell whether only small words stand between a number and a kommune: 'I Holbæk er det 117'."""
    if place.level not in {KOMMUNE, JOBCENTER, LAND} or place.is_reference:
        return False
    first = min(place.end, figure.number_end)
    between = frame.lower[first : max(place.start, figure.start)]
    if re.search(r"[\d\n]", between):
        return False
    return all(word in FUNCTION or word in _LIGHT for word in re.findall(r"\w{2,}", between))


def _is_named(frame: Frame, figure: Figure) -> bool:
    """Tell whether the clause begins with a noun of its own: 'ledigheden er 3,5 pct.'."""
    first, _ = frame.segment(figure.number_start)
    noun = _NOUN_FIRST.match(frame.lower, first, figure.start)
    if noun is None or any(cue.start <= noun.start(1) < cue.end for cue in frame.cues):
        return False
    return not (noun.group(1) in FUNCTION or noun.group(1) in _LIGHT)


def _has_own_subject(  # noqa: PLR0911
    frame: Frame, figure: Figure, context: Context
) -> bool:
    """Tell whether a number says itself that it is of something else: '12 pct. af lærerne'."""
    if frame.names & _OTHERS or ("package" in frame.names and context.programme != s.IP):
        return True
    if figure.kind == numbers.KOMMUNER and _THOSE.search(frame.lower, 0, figure.start):
        return True
    if figure.kind in {numbers.SHARE, numbers.MONEY} and _is_named(frame, figure):
        return True
    if figure.kind == numbers.COUNT:
        return _PEOPLE_NOUN.fullmatch(figure.noun) is None
    if figure.kind != numbers.SHARE:
        return False
    whole = _WHOLE.match(frame.lower, figure.unit_end)
    if whole is None:
        return False
    if any(c.start <= whole.start(1) < c.end for c in frame.cues if c.name != "programme"):
        return False
    if any(one.start <= whole.start(1) < one.end for one in frame.places):
        return False
    return whole.group(1) not in FUNCTION and _OWN_WHOLE.fullmatch(whole.group(1)) is None


def _stands_alone(frame: Frame, figure: Figure) -> bool:
    """Tell whether no word after a number says that it counts something else."""
    word = _NEXT_WORD.match(frame.lower, figure.number_end)
    if word is None or any(cue.start <= word.start(1) < cue.end for cue in frame.cues):
        return True
    return word.group(1) in FUNCTION or any(
        one.start <= word.start(1) < one.end for one in frame.places
    )
