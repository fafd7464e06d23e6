"""What a number in a workbook is shown as: a plain number, pct., a date or a time."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Shown = Literal["number", "percent", "date", "time", "elapsed"]

_BUILT_IN: dict[int, Shown] = {
    **dict.fromkeys((9, 10), "percent"),
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58), "date"),
    **dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 47, 55, 56), "time"),
    46: "elapsed",
}
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LONGEST_FORMAT = 1_000
_LAST_DAY = 2_958_465  # 9999-12-31
_NO_SUCH_DAY = 60  # 1900-02-29, which the count of days includes


def shown_as(number: int, code: str = "") -> Shown:
    """Return what a format shows: by its code, or by its number where it is built in."""
    return _of_code(code[:_LONGEST_FORMAT]) if code else _BUILT_IN.get(number, "number")


@lru_cache(maxsize=4096)
def _of_code(code: str) -> Shown:
    section = _LITERAL.sub("", code).split(";")[0]
    if _ELAPSED.search(section):
        return "elapsed"
    bare = _BRACKETS.sub("", section).casefold().replace("am/pm", "h").replace("a/p", "h")
    if "%" in bare:
        return "percent"
    if "general" in bare or "standard" in bare:
        return "number"
    if re.search(r"[yd]|(?<![a-z])m{3,5}(?![a-z])|[åg]", bare.replace("e+", "").replace("e-", "")):
        return "date"
    if re.search(r"[hs]", bare):
        return "time"
    return "date" if "m" in bare else "number"


def plain_number(value: float) -> str:
    """Return a number with a decimal point, no thousands and no exponent, to 15 digits.

    A spreadsheet holds 15 digits: what is further is the machine's rounding.
    """
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    return text if "e" not in text else f"{Decimal(text):f}"


def number_text(written: str) -> float | None:
    """Return the number that a part of a workbook says; None where it is none."""
    if not _NUMBER.fullmatch(written):
        return None
    value = float(written)
    return value if abs(value) < 1e300 else None


def date_text(value: float, shown: Shown, *, from_1904: bool) -> str | None:
    """Return a day count as ISO text; None where it is no day (negative, or past year 9999).

    Days are counted from 1900 with a 29 February that never was, or from 1904.
    """
    if value < 0 or value > _LAST_DAY:
        return None
    seconds = round(value * 86_400)
    if shown == "elapsed":
        hours, rest = divmod(seconds, 3600)
        return f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
    days, rest = divmod(seconds, 86_400)
    clock = f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
    if days == 0 and (shown == "time" or rest):
        return clock
    if from_1904:
        start = dt.date(1904, 1, 1)
    elif days in {0, _NO_SUCH_DAY}:
        return None
    else:
        start = dt.date(1899, 12, 30 if days > _NO_SUCH_DAY else 31)
    try:
        day = (start + dt.timedelta(days=days)).isoformat()
    except OverflowError:
        return None
    return f"{day} {clock}" if rest else day
