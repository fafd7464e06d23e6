"""The page 'Data': what is loaded and how fresh it is, and how more is brought in.

It is the data owner's alone, see `access`. What is given stays in the session, see `given`; it is
read, judged and imported by processes of their own, see `queries.importing`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from pages.frame import confidential, filters
from pages.frame.address import known_value
from pages.indlaes import access, conflicts, given, loaded, new, progress, releases
from queries import Atlas

T = TypeVar("T")
LEAD = (
    "Her ses, hvilke tal atlasset bygger på, og hvor friske de er. Nye tal indlæses, "
    "kontrolleres og tages i brug her, og en indlæsning kan altid fortrydes."
)
FAILED = (
    "Siden kunne ikke vises på grund af en fejl i programmet. Prøv igen. Hvis fejlen bliver ved, "
    "så oplys hændelsesnummer **{}** til den, der driver løsningen. Intet af filen står i loggen."
)
PARTS = {
    "indlaest": "Indlæst",
    "ny": "Indlæs nye tal",
    "kalender": "Kalender",
    "uenighed": "Uenige kilder",
}


def show(atlas: Atlas) -> None:
    """Draw the page for the data owner; for others only who may see it."""
    st.title("Data", anchor=False)
    refused = access.refusal()
    if refused is not None:
        given.clear()
        _refuse(refused)
        return
    st.html(f'<p class="manchet">{LEAD}</p>')
    guarded(progress.draw)
    chosen, problems = known_value(
        st.query_params, "vis", PARTS, "indlaest", "delen {} findes ikke."
    )
    for problem in problems:
        st.warning(problem)
    _choose(chosen)
    draw = {
        "indlaest": loaded.draw,
        "ny": new.draw,
        "kalender": releases.draw,
        "uenighed": conflicts.draw,
    }[chosen]
    guarded(lambda: draw(atlas))


def guarded(make: Callable[[], T]) -> T | None:
    """Return what `make` makes, see `confidential.guarded`."""
    return confidential.guarded(make, FAILED, "the page of data was drawn")


def _choose(chosen: str) -> None:
    st.session_state["indlaes_del"] = chosen

    def change() -> None:
        part = st.session_state.get("indlaes_del") or "indlaest"
        filters.go(vis="" if part == "indlaest" else part)

    st.segmented_control(
        "Del af siden",
        list(PARTS),
        format_func=PARTS.__getitem__,
        key="indlaes_del",
        on_change=change,
        label_visibility="collapsed",
        required=True,
    )


def _refuse(refused: access.Refusal) -> None:
    st.html(f'<p class="manchet">{refused.text}</p>')
    if refused.can_log_in:
        st.button("Log ind", type="primary", on_click=st.login, key="indlaes_log_ind")
    st.html(f'<p class="note">{access.WAYS}</p>')
