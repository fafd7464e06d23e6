"""What is said of cells without a number: the notes that disclosed cells carry."""

from __future__ import annotations

import polars as pl

from queries.indicators.definition import DisclosureRule

NOBODY = "Ingen borgere i nævneren i nogen måned"
ALSO_ZERO = ". Også nul kan være skjult her"


def hidden_note(rule: DisclosureRule, *, zeros: bool = False) -> str:
    """Return the one note of all hidden cells: which of them are small is nobody's business.

    With `zeros` a zero is hidden as other numbers are though the rule shows zeros.
    """
    few = f"færre end {rule.threshold} borgere"
    if rule.zeros_are_shown:
        few = f"1 til {rule.threshold - 1} borgere" if rule.threshold > 3 else "1 eller 2 borgere"
    also = ALSO_ZERO if zeros and rule.zeros_are_shown else ""
    return f"Skjult: tallet er på {few} eller kunne afsløre et andet, der er det{also}"


def zeros_are_hidden(notes: pl.Series) -> bool:
    """Return whether the notes of some cells say that zeros are hidden among them."""
    return bool(notes.str.ends_with(ALSO_ZERO).any())
