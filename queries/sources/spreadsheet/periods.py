"""The periods that cells and headings name: '2017M06', '2017Q2', '2017W23', '2017'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from queries.month_names import MONTHS

_SHORT = {name[:3]: at + 1 for at, name in enumerate(MONTHS)}
_NAMED = (
    {name: at + 1 for at, name in enumerate(MONTHS)} | _SHORT | {"sept": 9, "mrt": 3, "okto": 10}
)
_M = r"(?P<month>" + "|".join(sorted(_NAMED, key=len, reverse=True)) + r")\.?"
_Y = r"(?P<year>(?:19|20|21)\d\d)"
_YY = r"(?:(?P<year>(?:19|20|21)\d\d)|['’]?(?P<short>\d\d))"
_K = r"(?:kvartal|kvt|kv|q|k)\.?"
_GAP = r"[\s,./_-]*"
_DAY = r"(?P<day>\d\d?)"
_WHOLE = [
    re.compile(pattern)
    for pattern in (
        rf"{_Y}\s*m\s*(?P<number>\d\d?)",
        rf"{_Y}[-/](?P<number>\d\d?)",
        rf"{_Y}(?P<number>\d\d)",
        rf"(?P<number>\d\d?)[-/.]{_Y}",
        rf"{_M}(?:\s+måned)?{_GAP}{_YY}",
        rf"{_Y}{_GAP}{_M}(?:\s+måned)?",
        rf"{_Y}-(?P<number>\d\d)-{_DAY}(?:[ t]00:00(?::00)?(?:\.0+)?)?",
        rf"{_DAY}[-/.]\s?(?P<number>\d\d?)[-/.]\s?{_Y}(?: 00:00(?::00)?)?",
        rf"{_DAY}\.?\s*{_M}{_GAP}{_Y}",
        rf"(?P<quarter>[1-4])\.?\s*{_K}{_GAP}{_YY}",
        rf"{_K}\s*(?P<quarter>[1-4]){_GAP}{_Y}",
        rf"{_Y}{_GAP}{_K}\s*(?P<quarter>[1-4])",
        rf"{_Y}{_GAP}(?P<quarter>[1-4])\.?\s*{_K}",
        rf"uge\s*(?P<week>\d\d?){_GAP}{_Y}",
        rf"{_Y}{_GAP}(?:uge|w|u)\s*(?P<week>\d\d?)",
        rf"(?:(?:hele\s+)?året?\s*)?{_Y}",
    )
]
_BARE = re.compile(
    rf"{_M}(?:\s+måned)?|(?P<quarter>[1-4])\.?\s*{_K}|{_K}\s*(?P<q>[1-4])|uge\s*(?P<week>\d\d?)"
)
_NUMBER = re.compile(r"\d\d?")
_INSIDE = [
    re.compile(rf"(?<![\w.]){pattern}(?![\w])")
    for pattern in (
        rf"{_Y}\s?m\s?(?P<number>\d\d)",
        rf"{_DAY}\.?\s+{_M}\s*{_Y}",
        rf"{_M}(?:\s+måned)?[\s,]*{_Y}",
        rf"(?P<quarter>[1-4])\.?\s*{_K}[\s,]*(?:i\s+)?{_Y}",
        rf"{_K}\s*(?P<quarter>[1-4])[\s,]*{_Y}",
        rf"{_Y}[\s,]*{_K}\s*(?P<quarter>[1-4])",
        rf"uge\s*(?P<week>\d\d?)[\s,]*(?:i\s+)?{_Y}",
        rf"{_Y}[\s,]*(?:uge|w|u)\s*(?P<week>\d\d?)",
        rf"{_Y}-(?P<number>\d\d)(?:-{_DAY})?",
        _Y,
    )
]
_FOOTNOTE = re.compile(
    r"(?:\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]+|(?<=\d)\s?\(?[1-9]\)|\((?:foreløbig\w*|forel\.)\))$"
)
_SHORT_CODE = re.compile(r"(?:y_)?(?P<short>\d\d)(?P<number>\d\d)")


@dataclass(frozen=True)
class Part:
    """A month, quarter or week without its year: kind 'M', 'Q' or 'W', and its number."""

    kind: str
    number: int

    def of(self, year: int) -> str | None:
        """Return the period it is in a year; None where the year has no such week."""
        return period(year, self.kind, self.number)


def period(year: int, kind: str, number: int) -> str | None:
    """Return a period's code; None where there is no such month, quarter or week."""
    if kind == "M":
        return f"{year}M{number:02d}" if 1 <= number <= 12 else None
    if kind == "Q":
        return f"{year}Q{number}" if 1 <= number <= 4 else None
    last_week = date(year, 12, 28).isocalendar().week
    return f"{year}W{number:02d}" if 1 <= number <= last_week else None


def in_words(code: str) -> str:
    """Return a period as a reader writes it: '2017M06' is 'juni 2017'."""
    year, kind, number = code[:4], code[4:5], code[5:]
    if kind == "M":
        return f"{MONTHS[int(number) - 1]} {year}"
    if kind == "Q":
        return f"{number}. kvartal {year}"
    return f"uge {int(number)} {year}" if kind == "W" else code


def month_of(column: str) -> pl.Expr:
    """Return the month in which the period in a column begins, counted from year 0."""
    text = pl.col(column)
    number = text.str.slice(5).cast(pl.Int64, strict=False).fill_null(1) - 1
    kind = text.str.slice(4, 1)
    within = (
        pl.when(kind == "Q").then(3 * number).when(kind == "W").then(number * 12 // 53)
    ).otherwise(number)
    return 12 * text.str.slice(0, 4).cast(pl.Int64) + within


def _folded(text: str) -> str:
    return _FOOTNOTE.sub("", " ".join(text.casefold().replace("\u00a0", " ").split())).strip()


@lru_cache(maxsize=20_000)
def read_period(text: str) -> str | None:
    """Return the period that a whole text is; None where it is none.

    A date is the month it lies in. Two-digit years are of this century. '1701' is not read here:
    see `short_codes`.
    """
    folded = _folded(text)
    for pattern in _WHOLE:
        if (match := pattern.fullmatch(folded)) and (code := _code(match.groupdict())):
            return code
    return None


@lru_cache(maxsize=20_000)
def read_part(text: str) -> Part | None:
    """Return the month, quarter or week that a text names without a year."""
    match = _BARE.fullmatch(_folded(text))
    if not match:
        return None
    parts = match.groupdict()
    if parts["month"]:
        return Part("M", _NAMED[parts["month"]])
    if quarter := parts["quarter"] or parts["q"]:
        return Part("Q", int(quarter))
    week = int(parts["week"])
    return Part("W", week) if 1 <= week <= 53 else None


def numbered_part(text: str, kind: str) -> Part | None:
    """Return the part that a number is under a heading that says which kind ('M', 'Q', 'W')."""
    if not _NUMBER.fullmatch(text):
        return read_part(text)
    number = int(text)
    return Part(kind, number) if 1 <= number <= {"M": 12, "Q": 4, "W": 53}[kind] else None


def is_day(text: str) -> bool:
    """Whether a text is a date that is neither a month's first nor its last day."""
    folded = _folded(text)
    for pattern in (_WHOLE[6], _WHOLE[7], _WHOLE[8]):
        if (match := pattern.fullmatch(folded)) and (code := _code(match.groupdict())):
            year, month, day = int(code[:4]), int(code[5:]), int(match["day"])
            ends = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
            return day != 1 and day != date.fromordinal(ends).day
    return False


def find_periods(text: str) -> tuple[list[str], str]:
    """Return the distinct periods named inside a text, and the text without them.

    What stands there as a range ('juni 2016 - juni 2017') gives more than one.
    """
    rest = _folded(text)
    found: list[tuple[int, str]] = []
    for pattern in _INSIDE:
        for match in list(pattern.finditer(rest)):
            if code := _code(match.groupdict()):
                found.append((match.start(), code))
            rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    return list(dict.fromkeys(code for _, code in sorted(found))), " ".join(rest.split())


def is_short(text: str) -> bool:
    """Whether a text is four digits as in '1701' (or 'Y_1701')."""
    return bool(_SHORT_CODE.fullmatch(_folded(text)))


def short_codes(texts: list[str], kind: str) -> dict[str, str] | None:
    """Return the periods of '1701' and the like, read as months ('M') or weeks ('W') of 2017.

    None where a single one cannot be that.
    """
    found = {}
    for text in texts:
        match = _SHORT_CODE.fullmatch(_folded(text))
        code = match and period(2000 + int(match["short"]), kind, int(match["number"]))
        if not code:
            return None
        found[text] = code
    return found


def _code(parts: dict[str, str | None]) -> str | None:
    year = int(parts.get("year") or 2000 + int(parts.get("short") or 0))
    if day := parts.get("day"):
        number = parts.get("number")
        month = int(number) if number else _NAMED[parts["month"] or ""]
        try:
            date(year, month, int(day))
        except ValueError:
            return None
    if name := parts.get("month"):
        return period(year, "M", _NAMED[name])
    for key, kind in (("number", "M"), ("quarter", "Q"), ("week", "W")):
        if value := parts.get(key):
            return period(year, kind, int(value))
    return str(year)
