"""What was decided while a file was read: each question with its choices, to be corrected."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.indlaes import given
from pages.indlaes.access import only_owner
from queries import importing

PLACES = ("header_rows", "first_row", "last_row", "excluded")
"""Questions about rows; they are seldom wrong, and stand with those about columns."""
FOLDED = "Rækker og kolonner"
ASKED = "<h3>Svar på dette</h3><p>Filen siger det ikke selv.</p>"
DECIDED = "<h3>Rigtigt forstået?</h3><p>Det er læst af filen. Ret det, der ikke passer.</p>"
ABREAST = 3


def draw(seen: importing.Inspection) -> None:
    """Draw what must be answered, what was understood, and folded what is seldom wrong."""
    # What was once asked stays where it is, so that the one who answers does not lose the place.
    asked = (given.recall("spurgt") or frozenset()) | {
        one.key for one in seen.questions if one.asked
    }
    given.remember("spurgt", asked)
    placed = {one.key for one in seen.columns} | set(PLACES)
    groups = (
        ("spurgt", ASKED, [one for one in seen.questions if one.key in asked]),
        (
            "forstaaet",
            DECIDED,
            [one for one in seen.questions if one.key not in asked | placed],
        ),
    )
    for name, lead, questions in groups:
        with st.container(key=f"indlaes_{name}"):
            if questions:
                st.html(lead)
                _boxes(questions)
    folded = [one for one in seen.questions if one.key in placed - asked]
    if folded:
        with st.expander(FOLDED):
            _boxes(folded)


def _boxes(questions: Sequence[importing.Question]) -> None:
    for start in range(0, len(questions), ABREAST):
        columns = st.columns(ABREAST, gap="medium")
        for column, one in zip(columns, questions[start : start + ABREAST], strict=False):
            with column:
                _box(one)


def _box(one: importing.Question) -> None:
    key = given.widget(f"sp_{one.key}")
    labels = dict(one.choices)
    if one.free and len(labels) < 2:
        given.fill(key, labels.get(one.chosen, one.chosen))
        st.text_input(
            one.title, key=key, help=one.help or None, on_change=_answered, args=(one.key, key)
        )
        return
    answered = one.chosen in labels
    given.fill(key, one.chosen if answered else None)
    st.selectbox(
        one.title,
        list(labels),
        format_func=lambda value: labels.get(value, value),
        key=key,
        index=0 if answered else None,
        placeholder="Vælg eller skriv" if one.free else "Vælg",
        accept_new_options=one.free,
        help=one.help or None,
        on_change=_answered,
        args=(one.key, key),
    )


@only_owner
def _answered(question: str, key: str) -> None:
    value = st.session_state.get(key)
    if value is not None:
        given.say(question, str(value))
