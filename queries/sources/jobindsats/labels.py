"""Compare labels and values as people read them, and read one value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

NOT_PUBLISHED = ("-", "–", "..", ".", "…", "")
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"\s*[‐-―-]\s*")
_PERCENT = re.compile(r"(,? *\(?\s*(i )?(pct\.?|%|procent)\s*\)?)$")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_GROUPED = re.compile(r"-?[0-9]{1,3}( [0-9]{3})+")
_COMMA = re.compile(r"-?([0-9]{1,15}|[0-9]{1,3}([. ][0-9]{3})+),[0-9]{1,15}")
_POINT = re.compile(r"-?[0-9]{1,15}\.([0-9]{1,2}|[0-9]{4,15})")


def normal(label: str) -> str:
    """Return a label without what does not change its meaning: case, spaces, kinds of dash."""
    text = unicodedata.normalize("NFKC", label).replace("\u00ad", "").casefold()
    return _DASHES.sub("-", _SPACES.sub(" ", text)).strip(" .:")


def without_unit(label: str) -> str:
    """Return a normal label without '(pct.)' at its end."""
    return _PERCENT.sub("", normal(label)).strip()


def find_label(wanted: str, labels: Iterable[str]) -> list[int]:
    """Return the places of `wanted`: the same label, else a share's without '(pct.)'.

    More than one place, or none, means that it cannot be told.
    """
    known = list(labels)
    same = [place for place, label in enumerate(known) if normal(label) == normal(wanted)]
    if same:
        return same
    bare = without_unit(wanted)
    if bare == normal(wanted):
        return []  # A count is never found under the label of a share.
    return [place for place, label in enumerate(known) if without_unit(label) == bare]


@dataclass(frozen=True)
class Value:
    """One value: a number, not published, or what cannot be read as either."""

    kind: Literal["number", "not_published", "unreadable"]
    number: Decimal = Decimal(0)


def read_value(cell: object) -> Value:
    """Read a cell of JSON or CSV: a number, or text with a decimal comma.

    A point is a decimal sign only where it cannot be one of thousands: '1.234' is unreadable.
    """
    if cell is None:
        return Value("not_published")
    number: Decimal | None = None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = Decimal(repr(cell))
    elif isinstance(cell, str):
        text = _SPACES.sub(" ", cell).strip()
        if text in NOT_PUBLISHED or text.casefold() == "null":
            return Value("not_published")
        number = _from_text(text)
    if number is None or not number.is_finite():
        return Value("unreadable")
    return Value("number", number)


def _from_text(text: str) -> Decimal | None:
    if _WHOLE.fullmatch(text) or _POINT.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(" ", ""))
    if _COMMA.fullmatch(text):
        return Decimal(re.sub(r"[. ]", "", text).replace(",", "."))
    return None
