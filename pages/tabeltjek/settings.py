"""What the table is held to: smallest shown number, zeros and criterion, from the address."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.frame import filters
from pages.frame.address import known_value
from pages.language import disclosure

THRESHOLDS = {
    str(n): f"Færre end {n}" + (" (standard)" if n == 3 else "")
    for n in (3, 2, 4, 5, 6, 7, 8, 9, 10, 15, 20)
}
ZEROS = {"skjules": "Nul er også et lille tal", "vises": "Nul må vises"}
HIDDEN = {
    "tabellen": "Det, tabellen siger",
    "smaa": "At skjulte tal er små",
    "ukendte": "Intet om, hvor store de er",
}
CRITERIA = {one.name: one.title for one in disclosure.CRITERIA.values()}
_BY_NAME = {one.name: criterion for criterion, one in disclosure.CRITERIA.items()}


@dataclass(frozen=True)
class Settings:
    """The primary rule (fewer than `threshold` people, zero too unless shown) and the criterion.

    `hidden_is_small`: whether a reader knows that a hidden number is one of these; None as the
    table says.
    """

    threshold: int
    zeros_are_shown: bool
    criterion: str
    hidden_is_small: bool | None = None

    @property
    def told(self) -> str:
        """What the criterion demands, with its numbers."""
        return disclosure.meaning(
            self.criterion, self.threshold, zeros_are_shown=self.zeros_are_shown
        )


def read() -> tuple[Settings, list[str]]:
    """Return what the address asks for, and a sentence for each part that it cannot have."""
    threshold, one = known_value(
        st.query_params, "taerskel", THRESHOLDS, "3", "grænsen {} kan ikke vælges, så 3 bruges."
    )
    zeros, two = known_value(
        st.query_params, "nul", ZEROS, "skjules", "valget {} for nul findes ikke."
    )
    criterion, three = known_value(
        st.query_params, "kriterium", CRITERIA, "streng", "kriteriet {} findes ikke."
    )
    hidden, four = known_value(
        st.query_params, "skjulte", HIDDEN, "tabellen", "valget {} for skjulte tal findes ikke."
    )
    small = {"tabellen": None, "smaa": True, "ukendte": False}[hidden]
    chosen = Settings(int(threshold), zeros == "vises", _BY_NAME[criterion], small)
    return chosen, [*one, *two, *three, *four]


def draw(chosen: Settings) -> None:
    """Draw the choices and what they mean."""
    with st.container(horizontal=True, key="filtre"):
        filters._box("taerskel", "Et lille tal er", THRESHOLDS, str(chosen.threshold))
        zeros = "vises" if chosen.zeros_are_shown else "skjules"
        filters._box("nul", "Nul", ZEROS, zeros)
        name = disclosure.CRITERIA[chosen.criterion].name
        filters._box("kriterium", "Krav til de skjulte tal", CRITERIA, name)
        hidden = {None: "tabellen", True: "smaa", False: "ukendte"}[chosen.hidden_is_small]
        filters._box("skjulte", "Hvad læseren ved om et skjult tal", HIDDEN, hidden)
    st.html(f'<p class="note">{chosen.told}</p>')
