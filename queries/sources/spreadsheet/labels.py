"""What the columns beside the numbers are: codes, periods, classes, or nothing that is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from queries.sources.spreadsheet.area_column import places
from queries.sources.spreadsheet.headers import Region
from queries.sources.spreadsheet.measures import measure_of
from queries.sources.spreadsheet.periods import (
    Part,
    find_periods,
    numbered_part,
    read_part,
    read_period,
    short_codes,
)
from queries.tables.columns import YEARS

_PERIOD_WORDS = re.compile(
    r"period|måned|\bmdr\b|\bår\b|årstal|kvartal|\buge|\btid\b|dato|opgørelse"
)
_KINDS = {"M": r"måned|\bmdr\b", "Q": r"kvartal|\bkvt?\b", "W": r"\buge"}
_SHORT = re.compile(r"(?:y_)?\d{4}", re.IGNORECASE)
_MOST_CLASSES = 300
_LOOKED_AT = 200


@dataclass(frozen=True)
class Heading:
    """What the headings of a column say: one period or none, and the rest.

    `key` is the rest as it is compared. `wrong` says that there is more than one period, as text.
    """

    text: str
    period: str
    rest: str
    wrong: str = ""

    @property
    def key(self) -> str:
        """The heading without periods, casefolded."""
        return " ".join(self.rest.casefold().split())


def read_heading(parts: tuple[str, ...], codes: dict[str, str] | None = None) -> Heading:
    """Return what a column's headings say; `codes` are periods of headings such as '1701'."""
    text = ", ".join(parts)
    found: list[str] = []
    rest: list[str] = []
    bare: list[Part] = []
    for part in parts:
        if codes and part in codes:
            found.append(codes[part])
        elif code := read_period(part):
            found.append(code)
        elif half := read_part(part):
            bare.append(half)
        else:
            inside, left = find_periods(part)
            found += inside
            if left := left.strip(" ,.;:-–()/"):
                rest.append(left if inside else part)
    years = {code for code in found if len(code) == 4}
    whole = {code for code in found if len(code) > 4}
    if len(bare) == 1 and len(years) == 1 and not whole:
        whole = {code for code in [bare[0].of(int(next(iter(years))))] if code}
    elif bare:
        rest += [part for part in parts if read_part(part)]
    periods = sorted(whole) or sorted(years)
    if len(periods) == 1:
        return Heading(text, periods[0], " ".join(rest))
    return Heading(text, "", " ".join(rest), wrong=", ".join(periods))


def heading_codes(headings: tuple[tuple[str, ...], ...], kind: str) -> dict[str, str] | None:
    """Return the periods of headings such as '1701'; None where there are none."""
    texts = list(
        dict.fromkeys(part for parts in headings for part in parts if _SHORT.fullmatch(part))
    )
    texts = [text for text in texts if not (text.isdecimal() and int(text) in YEARS)]
    return short_codes(texts, kind) if texts else None


def label_role(region: Region, at: int, heading: str) -> str:
    """Return the role of a column that is no number and not the area, '' for an unknown text.

    'numbers' where it may be one of numbers, 'part?' where it is a part of a year if another column
    is of years. `heading` is without a period of its own.
    """
    if at in region.others:
        return _area_role(region, at)
    texts = [text for text in region.body.to_series(at).unique().to_list() if text]
    return _role_of(texts, heading.casefold()) if texts else "ignore"


def _role_of(texts: list[str], heading: str) -> str:
    worded = bool(_PERIOD_WORDS.search(heading))
    kind = part_kind(heading)
    if not any(_may_be_period(text) for text in texts[:_LOOKED_AT]):
        return ""
    periods = sum(read_period(text) is not None for text in texts)
    lettered = any(not text.isdecimal() for text in texts)
    if all(text.isdecimal() and len(text) == 4 and int(text) in YEARS for text in texts):
        role = "year" if worded else "numbers"
    elif 10 * periods >= 9 * len(texts):
        role = "period" if lettered or worded else "numbers"
    elif all(read_part(text) for text in texts):
        role = "part"
    elif kind and all(numbered_part(text, kind) for text in texts):
        role = "part?"  # A count may be as small: only beside a column of years.
    else:
        # Where only some are misspelled it is an error later, not another role.
        short = all(_SHORT.fullmatch(text) for text in texts)
        role = "period" if worded and (short or 2 * periods > len(texts)) else ""
    return role


def _may_be_period(text: str) -> bool:
    return bool(
        read_period(text) or read_part(text) or _SHORT.fullmatch(text) or numbered_part(text, "W")
    )


def part_kind(heading: str) -> str:
    """Return which part of a year a heading names: M, Q, W or ''."""
    return next(
        (kind for kind, words in _KINDS.items() if re.search(words, heading.casefold())), ""
    )


def text_role(region: Region, at: int, repeated: bool) -> str:
    """Return the role of a column of texts: measure, breakdown or ignore.

    `repeated` says that areas stand several times for one period, so something divides them.
    """
    texts = [text for text in region.body.to_series(at).unique().to_list() if text]
    roles = [measure_of(text) for text in texts]
    if 1 < len(texts) <= 12 and all(roles) and len(set(roles)) == len(roles):
        return "measure"
    if repeated and 1 < len(texts) <= _MOST_CLASSES:
        return "breakdown"
    return "ignore"


def _area_role(region: Region, at: int) -> str:
    """Return whether a further column of areas is the code of the first."""
    pairs = region.body.select(pl.nth(region.area).alias("name"), pl.nth(at).alias("code")).unique()
    pairs = pairs.filter((pl.col("name") != "") & (pl.col("code") != ""))
    names, codes = places(pairs["name"]), places(pairs["code"])
    same = sum(names[name].area_id == codes[code].area_id != "" for name, code in pairs.iter_rows())
    return "area_code" if same and same * 2 >= pairs.height else "ignore"
