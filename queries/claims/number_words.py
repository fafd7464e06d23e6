"""Danish number words from nul to the hundred thousands, in one word or several."""

from __future__ import annotations

import re

_UNITS = {"én": 1, "ét": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7}
_UNITS |= {"otte": 8, "ni": 9}
_TEENS = [
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
    "femten",
    "seksten",
    "sytten",
    "atten",
    "nitten",
]
_TENS = {"tyve": 20, "tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60, "halvfjerds": 70}
_TENS |= {"firs": 80, "halvfems": 90}
_SMALL = {"nul": 0} | _UNITS | {word: 10 + at for at, word in enumerate(_TEENS)} | _TENS
_SMALL |= {
    f"{unit}og{ten}": low + high
    for ten, high in _TENS.items()
    for unit, low in ({"en": 1, "et": 1} | _UNITS).items()
}
_SCALES = {"hundrede": 100, "hundred": 100, "tusinde": 1000, "tusind": 1000}
_ALL = sorted([*_SMALL, *_SCALES], key=len, reverse=True)
_ONE = f"(?:{'|'.join(_ALL)})"
_PART = re.compile(f"{_ONE}|(?P<and>og)|\\s+")
WORDS = rf"{_ONE}{{1,4}}(?:\s(?:og\s)?{_ONE}{{1,4}}){{0,6}}"
"""A regular expression for a number in words, in small letters."""

ROUND = {"en halv snes": 10, "en snes": 20, "et halvt hundrede": 50, "et halvt tusinde": 500}
"""Round numbers that are said without being counted."""
ONE = r"(?:en|et)(?=\s+(?:ud\s+af|procent(?:point)?|pct\.?)\s)"
"""The one of 'en ud af fem' and 'et procentpoint'."""
SAID = rf"{'|'.join(ROUND)}|{WORDS}|{ONE}"
"""A regular expression for a number in words wherever one may stand first."""


def value_of(words: str) -> int | None:
    """Return the number that words stand for, or None where they do not make one number."""
    total, now = 0, None
    parts = [found.group() for found in _PART.finditer(words)]
    for part in parts:
        if part == "og" or part.isspace():
            continue
        if part in _SCALES:
            scale = _SCALES[part]
            if scale == 100:
                if now is not None and now > 99:
                    return None
                now = (1 if now is None else now) * 100
            else:
                if total:
                    return None
                total, now = (1 if now is None else now) * 1000, None
        else:
            small = _SMALL[part]
            if now is None:
                now = small
            elif now >= 100 and now % 100 == 0:
                now += small
            else:
                return None
    return total + (now or 0)
