"""Figures in words: fractions, 'hver femte', 'dobbelt så mange', 'ingen', 'en kvart milliard'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from queries.claims import hedges
from queries.claims.figure import BARE, COUNT, KOMMUNER, MONEY, RATIO, SHARE, Figure
from queries.claims.number_words import ROUND, WORDS, value_of

_SPECIAL_RATIO = re.compile(
    r"(?<!\w)(?P<r>dobbelt\s+så\s+\w+|det\s+dobbelte|tredobbelt|det\s+tredobbelte|"
    r"halvt\s+så\s+\w+|halvanden\s+gang\s+så\s+\w+|en\s+fordobling|fordoblet)(?!\w)"
)
_RATIOS: dict[str, int | Fraction] = {
    "dobbelt": 2,
    "det dobb": 2,
    "tredobb": 3,
    "det tred": 3,
    "halvt": Fraction(1, 2),
}
_RATIOS |= {"halvanden": Fraction(3, 2), "en fordobl": 2, "fordoblet": 2}
_PARTS = {
    "tredjedel": 3,
    "fjerdedel": 4,
    "femtedel": 5,
    "sjettedel": 6,
    "syvendedel": 7,
    "ottendedel": 8,
    "niendedel": 9,
    "tiendedel": 10,
}
_EVERY = {
    "anden": 2,
    "tredje": 3,
    "fjerde": 4,
    "femte": 5,
    "sjette": 6,
    "syvende": 7,
    "ottende": 8,
    "niende": 9,
    "tiende": 10,
    "tyvende": 20,
}
_FRACTION = re.compile(
    rf"(?<!\w)(?:(?:(?P<count>{WORDS}|en|et|\d+)\s+)?(?P<part>{'|'.join(_PARTS)})(?:e|en|ene)?"
    rf"|(?P<half>halvdelen|det\s+halve)(?!\s+så)"
    rf"|hver\s+(?P<every>{'|'.join(_EVERY)}|\d+\s?\.)(?!\s+(?:måned|uge|dag|gang|år))"
    r"|(?P<most>(?:et\s+|det\s+store\s+|et\s+stort\s+|et\s+klart\s+)?flertal(?:let)?|de\s+fleste|"
    r"størstedelen|hovedparten|størsteparten)"
    r"|(?P<few>et\s+mindretal|mindretallet))(?!\w)"
)
_OF_NUMBER = re.compile(
    r"\s+af\s+(?:andelen|antallet|tallet|niveauet|landsgennemsnittet|gennemsnittet|det\s+nationale)(?!\w)"
)
_PART_MONEY = re.compile(
    r"(?<!\w)(?:en\s+)?(?P<part>kvart|halv)\s+(?P<scale>milliard|million)(?:\s+(?:kroner|"
    r"kr\.?))?(?!\w)"
)
_NONE = re.compile(
    r"(?<!\w)(?:(?P<of>ingen|ikke\s+en\s+eneste|ikke\s+én)\s+(?:\w+\s+)?(?:borgere|personer|passiv|"
    r"passive|borger|person|mennesker|kommuner?)(?!\w)|"
    r"(?P<alone>ikke\s+(?:en|én)\s+eneste)(?=\s*(?:[.,;:!?)]|$))|"
    r"(?<=s\s)(?P<only>ene|eneste)(?=\s+(?:passive?\s+)?(?:borger|person|passive)(?!\w))|"
    r"(?P<sole>den\s+eneste)(?=\s+(?:danske\s+)?kommune(?!\w))|"
    r"(?P<bare>ingen)(?=\s*(?:[.,;:!?)]|$)))"
)
_THOUSANDS = re.compile(r"[. ](?=\d{3})")


def digits_value(written: str) -> tuple[Fraction, int]:
    """Return the number that digits stand for, and its decimals: '21,4' -> 21.4 and 1."""
    bare = _THOUSANDS.sub("", written) if "," not in written else written.replace(".", "")
    bare = bare.replace(" ", "").replace(",", ".")
    whole, _, rest = bare.partition(".")
    return Fraction(f"{whole}.{rest}" if rest else whole), len(rest)


def value_in(written: str) -> tuple[Fraction, int | None] | None:
    """Return the number that digits or words stand for, and its decimals (None for words)."""
    if written[:1].isdigit():
        return digits_value(written[:30])
    value = ROUND.get(written) or (1 if written in {"en", "et"} else value_of(written))
    return None if value is None else (Fraction(value), None)


def halves(text: str) -> Iterator[Figure]:
    """Read 'en kvart milliard' as money."""
    for found in _PART_MONEY.finditer(text):
        part = Fraction(1, 4) if found["part"] == "kvart" else Fraction(1, 2)
        value = part * (1000 if found["scale"].startswith("milliard") else 1)
        hedge, start = hedges.before(text, found.start())
        begin, end = found.span()
        word = text[start:begin].strip()
        where = (start, end, begin, end, end, None)
        yield Figure(MONEY, value, value, hedge, word, *where, is_words=True)


def none(text: str) -> Iterator[Figure]:
    """Read 'ingen borgere' as none of them, and 'Holbæks eneste borger' as one."""
    for found in _NONE.finditer(text):
        begin, end = found.span(found.lastgroup or 0)
        kommuner = found["sole"] or "kommune" in found.group()
        kind = KOMMUNER if kommuner else BARE if found["bare"] else COUNT
        value = Fraction(1 if found["only"] or found["sole"] else 0)
        number = (value, value, hedges.EXACT, "", begin, end, begin, end, end, None)
        yield Figure(kind, *number, is_words=True)


def _one_in(every: str) -> Fraction:
    """Return the share of 'hver femte' and 'hver 5.'; one in none is none."""
    many = _EVERY.get(every) or int(every.rstrip(" .")[:9])
    return Fraction(100, many) if many else Fraction(0)


def fractions(text: str) -> Iterator[Figure]:
    """Read 'to tredjedele', 'hver femte', 'halvdelen' and 'et flertal' as shares."""
    for found in _FRACTION.finditer(text):
        value, slack = Fraction(50), Fraction(hedges.SHARE_TOLERANCE)
        hedge, start = hedges.before(text, found.start())
        if part := found["part"]:
            many = found["count"] or ""
            read = value_in(many) if many not in {"", "en", "et"} else (Fraction(1), None)
            value = 100 * (read[0] if read else Fraction(1)) / _PARTS[part]
        elif every := found["every"]:
            value = _one_in(every)
        elif found["most"]:
            hedge = hedges.MORE_THAN
        elif found["few"]:
            hedge = hedges.LESS_THAN
        if value > 100:
            continue
        word = text[start : found.start()].strip()
        begin, end = found.span()
        if _OF_NUMBER.match(text, end):
            ratio = (
                RATIO,
                value / 100,
                value / 100,
                hedge,
                word,
                start,
                end,
                begin,
                end,
                end,
                None,
            )
            yield Figure(*ratio, is_words=True)
            continue
        yield Figure(
            *(SHARE, value, value, hedge, word, start, end, begin, end, end, None, slack),
            is_words=True,
        )


def ratios(text: str) -> Iterator[Figure]:
    """Read 'dobbelt så mange' and 'halvt så mange'."""
    for found in _SPECIAL_RATIO.finditer(text):
        said = " ".join(found["r"].split())
        value = next(Fraction(v) for stem, v in _RATIOS.items() if said.startswith(stem))
        hedge, start = hedges.before(text, found.start())
        begin, end = found.span()
        word = text[start:begin].strip()
        yield Figure(
            *(RATIO, value, value, hedge, word, start, end, begin, end, end, None), is_words=True
        )
