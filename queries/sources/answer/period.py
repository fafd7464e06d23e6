"""The period a caption names."""

from __future__ import annotations

import re
from datetime import date

from queries.month_names import MONTHS

_MONTH = "|".join(MONTHS)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_MONTH_PERIOD = re.compile(rf"\b(?P<month>{_MONTH})(?:\s+måned)?,?\s+{_YEAR}")
_QUARTER_PERIOD = re.compile(rf"(?<![\d.])(?P<quarter>[1-4])\.\s*kvartal,?\s+(?:i\s+)?{_YEAR}")
_WEEK_PERIOD = re.compile(rf"\buge\s+(?P<week>\d\d?)(?:\s*,)?\s+(?:i\s+)?{_YEAR}")

# Signs of a second period beside the one that was matched: a month, quarter or week without a
# year of its own, or a year that the match goes on to.
_LOOSE_PART = re.compile(
    rf"\b(?:{_MONTH})\b|\b[1-4]\.\s*kvartal\b|\b[1-4]\.\s*(?:-|–|og|til)\s*$|\buge\s+\d\d?\b"
)
_FURTHER_YEAR = re.compile(r"\s*(?:-|–|/|og|til)\s*(?:19|20)\d\d")


def periods_in(caption: str) -> list[str]:
    """Return the distinct periods a caption names ('2017M06', '2018Q4', '2016W52').

    Exactly one means that the caption says when. A range ('juni-august 2017', '1.-4. kvartal
    2018', 'juni 2016 og 2017') never looks like one period: what it has besides the period it
    ends in is returned too, as printed.
    """
    text = caption.casefold()
    found: list[str] = []
    rest = text
    for pattern in (_MONTH_PERIOD, _QUARTER_PERIOD, _WEEK_PERIOD):
        for match in pattern.finditer(text):
            code = _code(match)
            if code is None:
                continue
            found.append(code)
            rest = rest[: match.start()] + "\n" * len(match.group()) + rest[match.end() :]
            further = _FURTHER_YEAR.match(text, match.end())
            if further:
                found.append(further.group().strip())
    loose = [part.strip() for piece in rest.split("\n") for part in _LOOSE_PART.findall(piece)]
    return list(dict.fromkeys(found + (loose if found else [])))


def _code(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if "month" in parts:
        return f"{year}M{MONTHS.index(parts['month']) + 1:02d}"
    if "quarter" in parts:
        return f"{year}Q{parts['quarter']}"
    week = int(parts["week"])
    last_week = date(year, 12, 28).isocalendar().week  # 28 December is always in the last week
    return f"{year}W{week:02d}" if 1 <= week <= last_week else None
