"""Names of sheets and texts of print heads, as Excel allows them."""

from __future__ import annotations

import re

from pages.samraad.documents.packing import one_line, plain

MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
MOST_TEXT = 32_000
"""Letters in a cell; Excel takes 32.767."""

CUT = " … (resten er ikke med: cellen er for lang til Excel)"


def sheet_name(number: int, heading: str, *, made_up: bool, kind: str = "") -> str:
    """Return a sheet's name: its number in the briefing, which no other has, and its heading.

    `kind` is kept whole at the end: ' (kort)' as ' kort'.
    """
    text = " ".join(_FORBIDDEN.sub(" ", plain(heading)).split())
    mark = "SYNTETISK " if made_up else ""
    last = kind.replace("(", "").replace(")", "").replace(",", "")[: MOST // 2]
    name = f"{number} {mark}{text}"[: MOST - len(last)].strip(" '")
    return f"{name}{last}" or str(number)


def cell_text(text: str) -> str:
    """Return a text that a cell can hold; one that is cut says so."""
    text = plain(text)
    return text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + CUT


def print_text(text: str, most: int = 90) -> str:
    """Return a text for a printed page's head: '&' begins a command there."""
    text = one_line(text)
    if len(text) > most:
        text = f"{text[:most].rstrip()} …"
    return text.replace("&", "&&")
