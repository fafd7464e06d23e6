"""Danish numbers, months and order, as a reader in Denmark expects them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from queries import MONTHS


def number(value: float, decimals: int = 0) -> str:
    """Return a number with thousands points and decimal comma: 2790 -> '2.790', 21.46 -> '21,5'."""
    step = Decimal(1).scaleb(-decimals)
    exact = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    return f"{exact:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def pct(share: float, decimals: int = 0) -> str:
    """Return a share in pct.: 21 -> '21 pct.' with a space that does not break."""
    return f"{number(share, decimals)}\N{NO-BREAK SPACE}pct."


def people(low: int, high: int) -> str:
    """Return a number of people known as an interval, as short as it is honest.

    A point is exact ('58'); an interval becomes 'ca.' and its middle, rounded no finer than the
    interval is wide: 223-227 -> 'ca. 225', 1635-1755 -> 'ca. 1.700'.
    """
    if low == high:
        return number(low)
    step = next((step for step in (100, 10) if high - low >= step), 1)
    return f"ca.\N{NO-BREAK SPACE}{number(round((low + high) / 2 / step) * step)}"


def interval(low: int, high: int) -> str:
    """Return an interval of people as it stands in a table: '223–227', or '58' for a point."""
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def period(code: str) -> str:
    """Return a period in words: '2017M06' -> 'juni 2017', '2018Q4' -> '4. kvartal 2018'."""
    year, kind, part = code[:4], code[4:5], code[5:]
    if kind == "M":
        return f"{MONTHS[int(part) - 1]} {year}"
    if kind == "Q":
        return f"{int(part)}. kvartal {year}"
    if kind == "W":
        return f"uge {int(part)} {year}"
    return year


def date(day: dt.date) -> str:
    """Return a date: 2017-09-27 -> '27. september 2017'."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def sort_key(name: str) -> str:
    """Return a key that sorts as Danish does: æ, ø, å last, and 'aa' as å."""
    return name.casefold().replace("aa", "å").translate(str.maketrans("æøå", "{|}"))


def listing(names: list[str]) -> str:
    """Return names in a sentence: 'Fanø og Læsø', 'Allerød, Dragør og Randers'."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` characters, cut only where a sentence, item or part ends.

    A number is never left without its unit and month: 'Ribe 12,2 pct. i maj; Fur 3 pct. i juni'
    -> 'Ribe 12,2 pct. i maj …'. A text without such an end in reach becomes '…'.
    """
    if len(text) <= most:
        return text
    ends = [found.start() for found in re.finditer(r"[;,] |(?<!pct)[.] (?=[A-ZÆØÅ])", text)]
    return f"{text[: max((end for end in ends if end <= most - 2), default=0)]} …".lstrip()
