"""What one text of a table says: a count, a share, a hidden number, a name or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Sort = Literal["count", "share", "decimal", "hidden", "text", "empty"]

_SPACES = re.compile("[\\s\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+")
_PERCENT = re.compile(r"\s*(?:%|pct\.?|procent)$", re.IGNORECASE)
_PEOPLE = re.compile(r"\s*(?:personer|person|pers\.?|borgere|borger)$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?<=\d)\s*(?:\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]+|\d?\))$")
_DANISH = re.compile(r"-?\d{1,3}(?:[.  ]\d{3})+|-?\d+")
_ENGLISH = re.compile(r"-?\d{1,3}(?:[,  ]\d{3})+|-?\d+")
_BELOW = re.compile(
    r"(?:(?P<open><|under|færre end|mindre end|u\.)|(?P<closed>≤|<=|højst|maks\.?|max\.?))"
    r"\s*(?P<number>\d+|en|to|tre|fire|fem|ti)(?:\s*(?:personer|pers\.?|borgere))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?P<low>\d{1,2})\s*[-–—]\s*(?P<high>\d{1,2})")
_DECIMALS = r"(?:\d{1,2}|\d{4,})(?:\s*(?:%|pct\.?))?"
_POINT = re.compile(r"[\d,]*\d\." + _DECIMALS)
_COMMA = re.compile(r"[\d.]*\d," + _DECIMALS)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_DANISH_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_WORDS = {"en": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "ti": 10}
_LONGEST_NUMBER = 15

DASHES = frozenset("-–—−")
MARKS = frozenset(
    {".", "..", "...", "…", ":", "*", "**", "***", "x", "xx", "•", "·", "∙", "●", "#", "?"}
    | {"n/a", "na", "i.o.", "u.o.", "ikke oplyst", "uoplyst", "skjult", "diskret", "diskretioneret"}
    | {"diskr", "diskr.", "fortrolig", "fortroligt", "hemmeligt", "udeladt", "maskeret"}
)
"""What stands where a number is hidden, casefolded; a dash may also be a printed zero."""
_FEW = frozenset({"få", "meget få", "for få"})  # hidden too, but nothing to hide others with


@dataclass(frozen=True, slots=True)
class Number:
    """What a text says.

    `value` is a count. `percent` is a share or another decimal number as it is written, with a
    decimal point and trailing zeros; `marked` says that a percent sign stood there. `low` and
    `high` are what a mark itself says of the hidden number ('<3': at most 2).
    """

    sort: Sort
    value: int | None = None
    percent: str = ""
    marked: bool = False
    low: int = 0
    high: int | None = None
    dash: bool = False


EMPTY, TEXT = Number("empty"), Number("text")


def tidy(text: str) -> str:
    """Return a text with every kind of space as one plain space, without those around it."""
    return _SPACES.sub(" ", text).strip()


def tidy_indented(text: str) -> str:
    """As `tidy`, but a name keeps the spaces in front: they may show what is part of what."""
    bare = tidy(text)
    if not bare[:1].isalpha() or bare.casefold() in MARKS:
        return bare
    before = len(text) - len(text.lstrip())
    return " " * min(before, 20) + bare


def read_number(text: str, *, english: bool = False) -> Number:
    """Read one tidied text; `english` swaps the meaning of '.' and ','."""
    if not text:
        return EMPTY
    if (hidden := _mark(text)) is not None:
        return hidden
    marked = bool(_PERCENT.search(text))
    bare = _PEOPLE.sub("", _FOOTNOTE.sub("", _PERCENT.sub("", text))).replace("−", "-").strip()
    bare = bare[1:] if bare.startswith("+") and bare[1:2].isdecimal() else bare
    parts = _parts(bare, english=english)
    if parts is None:
        return TEXT
    whole, decimals = parts
    written = f"{whole}.{decimals}" if decimals else whole
    if marked or decimals:
        return Number("share" if marked else "decimal", percent=written, marked=marked)
    return Number("count", value=int(whole), percent=whole)


def _parts(bare: str, *, english: bool) -> tuple[str, str] | None:
    """Return the digits before and after the decimal sign; None where it is no number."""
    point, other = (".", ",") if english else (",", ".")
    whole, found, decimals = bare.rpartition(point)
    if not found:
        whole, decimals = bare, ""
        # '0.125' and '12.5' are decimals also in a Danish table: no thousands are written so.
        before, _, after = bare.rpartition(other)
        if before and after.isdecimal() and (len(after) != 3 or before in {"0", "-0"}):
            whole, decimals, found = before, after, other
    if bool(found) != bool(decimals) or not (decimals or "0").isdecimal() or not bare.isascii():
        return None
    if not (_ENGLISH if english else _DANISH).fullmatch(whole):
        return None
    digits = re.sub(r"[^\d-]", "", whole)
    return (digits, decimals) if len(digits + decimals) <= _LONGEST_NUMBER else None


def looks_english(texts: list[str]) -> bool:
    """Whether numbers are written '1,234.5' or '1,234': nothing speaks for the comma as decimal."""
    if any(_COMMA.fullmatch(text) or text.startswith("0,") for text in texts):
        return False
    return any(_POINT.fullmatch(text) for text in texts) or (
        any(_THOUSANDS.fullmatch(text) for text in texts)
        and not any(_DANISH_THOUSANDS.fullmatch(text) for text in texts)
    )


def without_decimals(number: Number) -> Number | None:
    """Return '2,0' as the count 2; None where a number has decimals or is a share."""
    if number.sort == "count":
        return number
    whole, _, decimals = number.percent.partition(".")
    if number.sort != "decimal" or number.marked or decimals.strip("0"):
        return None
    return Number("count", value=int(whole), percent=whole)


def _mark(text: str) -> Number | None:
    folded = _FOOTNOTE.sub("", text.casefold()).strip("()[] ")
    if folded in DASHES:
        return Number("hidden", dash=True)
    if folded in MARKS or folded in _FEW:
        return Number("hidden")
    if found := _BELOW.fullmatch(folded):
        number = _WORDS.get(found["number"]) or int(found["number"])
        return Number("hidden", high=number if found["closed"] else max(0, number - 1))
    if (found := _RANGE.fullmatch(folded)) and int(found["low"]) < int(found["high"]):
        return Number("hidden", low=int(found["low"]), high=int(found["high"]))
    return None
