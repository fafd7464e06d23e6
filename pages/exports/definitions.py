"""What an indicator means, as texts: the same on the page, in a file and in a document."""

from __future__ import annotations

import re

from queries import Indicator

COUNTED = (
    "I de syntetiske tal er både tæller og nævner talt op. Det, der står her om afrundede andele "
    "og beregnede nævnere, gælder de offentliggjorte tal."
)
IN_THE_TABLE = re.compile(r" \((?:anmærkningen|svarets tekst)[^)]*\)")
"""Where the answer to spm. 554 says so; other indicators share the choice, but not the table."""


def terms(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """Return who is counted among whom, the definition and the rule for what is hidden."""
    return (
        ("Tæller", indicator.numerator),
        ("Nævner", indicator.denominator),
        ("Definition", indicator.definition),
        (
            "Diskretion",
            f"{indicator.disclosure.rule}. Skjulte tal er heller ikke med i summer, filer eller "
            "beskrivelser.",
        ),
    )


def caveats(indicator: Indicator, *, counted: bool = False) -> tuple[str, ...]:
    """Return the caveats; `counted` as in `evidence.definition`."""
    return (*((COUNTED,) if counted else ()), *indicator.caveats)


def open_choices(indicator: Indicator, *, questions: bool) -> list[str]:
    """Return what the source leaves open, with the atlas' answers unless only `questions`."""
    if questions:
        return [text.partition(" Her: ")[0] for text in indicator.open_choices]
    return [IN_THE_TABLE.sub("", text) for text in indicator.open_choices]
