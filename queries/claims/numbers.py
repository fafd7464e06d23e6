"""Danish number language: every figure of a sentence, with what it counts and its hedge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from queries.claims import hedges
from queries.claims.figure import (
    BARE,
    COUNT,
    DURATION,
    JOBCENTRE,
    JOBS,
    KOMMUNER,
    MEASURES,
    MESSAGES,
    MONEY,
    POINTS,
    RATIO,
    SHARE,
    Figure,
    Span,
)
from queries.claims.number_words import ROUND, SAID, WORDS
from queries.claims.phrases import fractions, halves, none, ratios, value_in

__all__ = [
    "BARE",
    "COUNT",
    "DURATION",
    "JOBCENTRE",
    "JOBS",
    "KOMMUNER",
    "MEASURES",
    "MESSAGES",
    "MONEY",
    "POINTS",
    "RATIO",
    "SHARE",
    "Figure",
    "figures",
    "is_listed",
]

_DIGITS = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?(?!\d)|\d+,\d+|\d+\.\d{1,2}(?!\d)|\d+"
_NUMBER = re.compile(
    rf"(?<![\w.,/§-])(?<!§ )(?:(?P<digits>{_DIGITS})(?![\w/])|(?P<words>{SAID})(?!\w))"
)
_RANGE = re.compile(
    rf"\s*(?:(?P<dash>-|–|—)|(?P<til>til)\s|(?P<og>og)\s)\s*(?P<n>{_DIGITS}|{WORDS})(?!\w)"
)
_SAME_UNIT = re.compile(r"\s*(?:pct\.?|procent|%)?")
_OUT_OF = re.compile(rf"\s+(?:ud\s+)?af\s+(?:(?:de|hver)\s+)?(?P<n>{_DIGITS}|{WORDS})(?!\w)")
_OF_KOMMUNER = re.compile(r"\s+(?:af\s+)?(?:landets\s+|danske\s+)?kommuner(?!\w)")
_PERCENT = re.compile(r"\s*-?(?:pct\.?|procent|%|pct)(?![\w-])")
_POINTS = re.compile(
    r"\s*-?(?:procent(?:\s|-)?point(?:s)?|pct\.?(?:\s|-)?point(?:s)?|%(?:\s|-)?point(?:s)?|pp\.?|"
    r"point(?=\s+(?:over|under|højere|lavere|mere|mindre|større)))(?!\w)"
)
_MONEY = re.compile(
    r"\s*(?P<scale>mio\.?|millioner|million|mia\.?|milliarder|milliard|t\.|tusind)?\s*"
    r"(?P<kr>kr\.?|kroner|dkk)?(?!\w)"
)
_TIMES = re.compile(
    r"\s+gange\s+(?:så\s+\w+|flere|højere|større|mere|færre|lavere|mindre)|\s+gange\s+(?=\w)"
)
_FEW_WORDS = 3
_WORD = re.compile(r"[\s\"'(]+([\w-]+)")
_BETWEEN_WORDS = (
    "i af på der som har er var blev til for med og eller ud om ved hos fra over under end "
    "det at ikke den havde bliver inden siden hvor hvoraf heraf mod kr pct fordi så men"
)
_NOT_BETWEEN = frozenset(_BETWEEN_WORDS.split())
_NOUNS = (
    (
        KOMMUNER,
        re.compile(r"kommune(?:r|rne|rnes|rs)?$|ansøgning(?:er)?$|ansøgere$|projektkommuner"),
    ),
    (KOMMUNER, re.compile(r"pilotkommuner(?:ne)?$|deltagerkommuner(?:ne)?$")),
    (JOBCENTRE, re.compile(r"jobcent(?:er|re|rene|ret)$")),
    (JOBS, re.compile(r"(?:job|jobs|arbejdspladser|stillinger|jobbene|private?job)$")),
    (MEASURES, re.compile(r"(?:tiltag|initiativer|elementer|nye?tiltag|spor)$")),
    (MESSAGES, re.compile(r"(?:pointer|budskaber|hovedpointer)$")),
    (DURATION, re.compile(r"(?:år|års|årige?|måned(?:er|ers)?|uger?s?|dage|mdr)$")),
    (
        COUNT,
        re.compile(
            r"(?:\w*borger(?:e|ne|es)?|\w*person(?:er|erne)?|mennesker|\w*modtager(?:e|ne|es)?|"
            r"\w*deltager(?:e|ne)?|ledige|danskere|visiterede|passive?|\w*hjælpsmodtager|folk)$"
        ),
    ),
)
_MONTHS_IN = (("år", 12), ("måned", 1), ("mdr", 1))
_LISTED = re.compile(r"\s*(?:,|og|samt|, og)\s*(?:henholdsvis\s+)?")
IDIOM = re.compile(
    r"(?<!\w)(?:under\s+[eé]e?t(?=\s*(?:[.,;:)]|$)|\s+(?:er|har|havde|var|udgør|udgjorde|og|der|i|"
    r"for|med|som|viser|giver|findes|bliver|blev)(?!\w))|på\s+[eé]n\s+gang|i\s+[eé]t(?!\w)"
    r"(?=\s*(?:[.,;:)]|$)))"
)
"""Words that look like a number and are none: 'Næstved og Vordingborg under ét'."""
_DENIED = re.compile(r",\s+men\s+")
"""Between a number that is denied and the one that is said: 'ikke 34, men 24 kommuner'."""
_THOUSAND = re.compile(r"\s+tusinde?(?=\s)")


def figures(text: str, masked: Iterable[Span] = ()) -> list[Figure]:
    """Return the figures of a sentence in small letters, in order, outside the places `masked`."""
    taken = sorted(masked)
    found = [*fractions(text), *ratios(text), *none(text), *halves(text)]
    taken += [(one.start, one.end) for one in found]
    at = 0
    while (number := _NUMBER.search(text, at)) is not None:
        at = number.end()
        if any(start < number.end() and number.start() < end for start, end in taken):
            continue
        one = _figure(text, number)
        if one is not None and not _is_too_many(text, one):
            found.append(one)
            at = max(at, one.end)
    return _with_shared_unit(text, sorted(found, key=lambda one: one.start))


def _with_shared_unit(text: str, found: list[Figure]) -> list[Figure]:
    """Give numbers of a list the unit of the last one: '15 og 24 pct.'."""
    for at in range(len(found) - 2, -1, -1):
        one, following = found[at], found[at + 1]
        between = text[one.end : following.start]
        shared = _LISTED.fullmatch(between) or _DENIED.fullmatch(between)
        if one.kind == BARE and following.kind != BARE and shared:
            found[at] = replace(one, kind=following.kind, noun=following.noun)
    return found


def is_listed(text: str, one: Figure, other: Figure) -> bool:
    """Tell whether two figures stand beside each other in a list."""
    return _LISTED.fullmatch(text[one.end : other.start]) is not None


def _figure(text: str, number: re.Match[str]) -> Figure | None:
    read = value_in(number.group())
    if read is None:
        return None
    low, decimals = read
    high, end = low, number.end()
    if thousand := _THOUSAND.match(text, end):
        low, high, end, decimals = low * 1000, high * 1000, thousand.end(), None
    hedge, start = hedges.before(text, number.start())
    hedge_word = text[start : number.start()].strip()
    if number.group() in ROUND and hedge is hedges.EXACT:
        hedge = hedges.ABOUT
    one = Figure(
        *(BARE, low, high, hedge, hedge_word, start, end, number.start(), end, end, decimals),
        is_words=decimals is None,
    )
    return _after_hedge(text, _with_unit(text, _with_range(text, one)))


def _with_range(text: str, one: Figure) -> Figure:
    """Read the second number of 'mellem 20 og 25', '20-25' and '20 til 25'."""
    between = re.search(r"(?<!\w)i?mellem\s+$", text[: one.number_start])
    unit = _SAME_UNIT.match(text, one.number_end)
    at = unit.end() if unit and between else one.number_end
    following = _RANGE.match(text, at)
    if following is None or (following["og"] and not between):
        return one
    from_ = re.search(r"(?<!\w)fra\s+$", text[: one.number_start])
    read = value_in(following["n"])
    if read is None or read[0] <= one.low or (following["til"] and from_):
        return one
    start = between.start() if between else one.start
    return replace(
        one,
        high=read[0],
        start=start,
        number_start=one.number_start,
        number_end=following.end(),
        unit_end=following.end(),
        end=following.end(),
        hedge=hedges.BETWEEN,
        hedge_word=text[start : one.number_start].strip(),
    )


def _with_unit(text: str, one: Figure) -> Figure:
    at = one.number_end
    for kind, unit in ((POINTS, _POINTS), (SHARE, _PERCENT)):
        if found := unit.match(text, at):
            return replace(one, kind=kind, end=found.end(), unit_end=found.end())
    if found := _OUT_OF.match(text, at):
        part = _out_of(text, one, found)
        if part is not None:
            return part
    if (found := _MONEY.match(text, at)) and (found["scale"] or found["kr"]):
        return _money(one, found)
    if found := _TIMES.match(text, at):
        return replace(one, kind=RATIO, end=found.end(), unit_end=found.end())
    return _with_noun(text, one)


def _out_of(text: str, one: Figure, found: re.Match[str]) -> Figure | None:
    read = value_in(found["n"])
    if read is None or read[0].denominator != 1 or read[0] <= 0:
        return None
    whole = int(read[0])
    if whole not in {*range(2, 11), 20, 100} or one.low > whole:
        if "ud" not in found.group():
            return None
        kommuner = _OF_KOMMUNER.match(text, found.end())
        if whole in {92, 96, 98} and kommuner:
            end = kommuner.end()
            return replace(one, kind=KOMMUNER, noun="kommuner", whole=whole, end=end)
        return replace(one, kind=COUNT, whole=whole, end=found.end(), number_end=one.number_end)
    share, slack = 100 * one.low / whole, Fraction(100, 2 * whole)
    limit = Fraction(5) if whole >= 10 else Fraction(hedges.SHARE_TOLERANCE)
    return replace(
        one,
        kind=SHARE,
        low=share,
        high=share,
        slack=min(slack, limit),
        decimals=None,
        end=found.end(),
        number_end=found.end(),
        unit_end=found.end(),
        is_words=True,
    )


def _money(one: Figure, found: re.Match[str]) -> Figure:
    scale = found["scale"] or ""
    factor = Fraction(1000) if scale.startswith(("mia", "milliard")) else Fraction(1)
    if not scale or scale.startswith(("t", "tusind")):
        factor = Fraction(1, 10**6) if not scale else Fraction(1, 1000)
        if scale and not found["kr"]:
            return one
    low, high = one.low * factor, one.high * factor
    end = found.end()
    return replace(one, kind=MONEY, low=low, high=high, end=end, unit_end=end)


def _with_noun(text: str, one: Figure) -> Figure:
    at = one.number_end
    ahead = re.match(
        r"\s+af\s+(?:landets|danmarks|de|alle|samtlige)(?:\s+danske|\s+\d+)?(?=\s)|"
        r"\s+af(?=\s+kommunerne)",
        text[at : at + 40],
    )
    at += ahead.end() if ahead else 0
    for _ in range(_FEW_WORDS + 1):
        word = _WORD.match(text, at)
        if word is None or word.group(1) in _NOT_BETWEEN:
            return one
        for kind, noun in _NOUNS:
            if noun.match(word.group(1)):
                return _of_noun(one, kind, word)
        at = word.end()
        if text[at : at + 1] in {",", ".", ":"}:
            return one
    return one


def _of_noun(one: Figure, kind: str, word: re.Match[str]) -> Figure:
    noun = word.group(1)
    whole = None
    if kind == DURATION:
        whole = next((int(one.low * per) for stem, per in _MONTHS_IN if noun.startswith(stem)), -1)
    return replace(one, kind=kind, noun=noun, end=word.end(), whole=whole)


def _is_too_many(text: str, one: Figure) -> bool:
    return (
        re.match(
            r"\s+for\s+(?:mange|få|meget|"
            r"lidt)(?!\w)",
            text[one.end : one.end + 14],
        )
        is not None
    )


def _after_hedge(text: str, one: Figure) -> Figure:
    for pattern, hedge in hedges.AFTER:
        if one.hedge is hedges.EXACT and (found := pattern.match(text, one.end)):
            return replace(one, hedge=hedge, hedge_word=found.group().strip(), end=found.end())
    return one
