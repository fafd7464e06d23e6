"""What an indicator means, as texts: the same on the page, in a file and in a document."""

from __future__ import annotations

import re

import polars as pl

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


def caveats(indicator: Indicator, *, counted: bool = False, exact: bool = False) -> tuple[str, ...]:
    """Return the caveats; `counted` as in `evidence.definition`.

    `exact` says that every denominator beside them is known: then no share is rounded away.
    """
    untrue = indicator.rounded_caveats if exact and not counted else ()
    own = (COUNTED,) if counted else ()
    return (*own, *(text for text in indicator.caveats if text not in untrue))


def are_exact(cells: pl.DataFrame) -> bool:
    """Whether cells of the façade have a denominator, and none that is only an interval."""
    low, high = cells["denominator_low"], cells["denominator_high"]
    return bool(low.is_not_null().any()) and bool((low == high).fill_null(value=True).all())


def open_choices(indicator: Indicator, *, questions: bool) -> list[str]:
    """Return what the source leaves open, with the atlas' answers unless only `questions`."""
    if questions:
        return [text.partition(" Her: ")[0] for text in indicator.open_choices]
    return [IN_THE_TABLE.sub("", text) for text in indicator.open_choices]
