"""What was decided while a file was read: each question with its choices, to be corrected."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.indlaes import given
from pages.indlaes.access import only_owner
from queries import importing

COLUMNS = "Hvad hver kolonne er"
MORE = "Andre valg, som er truffet"


def draw(seen: importing.Inspection) -> None:
    """Draw what must be answered first, and what may be corrected in folded parts."""
    columns = {one.key for one in seen.columns}
    asked = [one for one in seen.questions if one.asked]
    _boxes(asked)
    rest = [one for one in seen.questions if not one.asked]
    own = [one for one in rest if one.key in columns]
    others = [one for one in rest if one.key not in columns]
    if others:
        with st.expander(MORE, expanded=True):
            _boxes(others)
    if own:
        with st.expander(COLUMNS):
            _boxes(own)


def _boxes(questions: Sequence[importing.Question]) -> None:
    with st.container(
        key=f"indlaes_valg_{len(questions)}_{questions[0].key}" if questions else None
    ):
        for one in questions:
            _box(one)


def _box(one: importing.Question) -> None:
    key = given.widget(f"sp_{one.key}")
    labels = dict(one.choices)
    if one.free and len(labels) < 2:
        st.session_state[key] = one.chosen
        st.text_input(
            one.title, key=key, help=one.help or None, on_change=_answered, args=(one.key, key)
        )
        return
    st.session_state[key] = one.chosen if one.chosen in labels else None
    st.selectbox(
        one.title,
        list(labels),
        format_func=lambda value: labels.get(value, value),
        key=key,
        index=None,
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
