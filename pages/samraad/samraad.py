"""The page 'Samråd': the folder with question, draft answer and evidence, and what it becomes.

The folder lives in the reader's browser. The server sees it while the page is open, looks each
entry up in the data version that it was seen in, and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.components.folder import folder_editor
from pages.components.open_page import open_page
from pages.frame import confidential
from pages.samraad import folder, making_part, paastandstjek, shown
from pages.samraad.folder import Reading
from pages.samraad.making_part import TEXT
from pages.samraad.model import Folder
from queries import Atlas, UserError

KEY = "samraad_mappe"
NUMBER, OPENED = "samraad_nummer", "samraad_aabnet"
CHECK, CHECKED = "tjek", "samraad_tjek"
"""What the editor asks for when the draft is to be checked, and that it has been."""
LEAD = (
    "Saml grundlaget for et svar: Læg kort, figurer, tabeller, sætninger og kommuneprofiler i "
    "mappen fra atlassets andre sider, skriv spørgsmål og udkast her, og få det hele som dokument. "
    "Hver post viser tallene, som de var, da den blev lagt i, og siger til, hvis nyere data har "
    "ændret dem."
)
PRIVACY = (
    "<strong>Mappen ligger kun i din browser.</strong> Serveren ser den, mens siden er åben, for "
    "at slå posterne op og lave dokumenter; den gemmer intet og skriver intet af det i logfiler. "
    "Ryddes browserens data, er mappen væk: Gem den som fil, hvis den skal bruges igen eller deles."
)
FAILED = (
    "Mappen kunne ikke vises på grund af en fejl i programmet. Den ligger uændret i din browser. "
    "Genindlæs siden. Hvis fejlen bliver ved, så oplys hændelsesnummer **{}** til den, der driver "
    "løsningen."
)


def show(atlas: Atlas) -> None:
    """Draw the folder, and below it the documents that it can become."""
    st.title("Samråd", anchor=False)
    st.html(f'<p class="manchet samraad">{LEAD}</p>')
    _body(atlas)
    st.html(f'<p class="note fortroligt samraad">{PRIVACY}</p>')


def current() -> str:
    """Return the folder's text as the browser last told it, '' for none."""
    text: str = st.session_state.get(TEXT, "")
    return text


@st.fragment
def _body(atlas: Atlas) -> None:
    """Draw the folder and its documents; what is typed runs this part alone."""
    confidential.guarded(lambda: _draw(atlas), FAILED, "a folder was shown")
    making_part.draw(atlas)
    if st.session_state.pop(CHECKED, False):
        open_page("/paastandstjek", key="samraad_til_tjek")


def _asked(told: Mapping[str, Any]) -> None:
    """Begin a document, or take the draft answer along to Påstandstjek."""
    text = told.get("t")
    if told.get("w") != CHECK or not isinstance(text, str):
        making_part.asked(told)
        return
    paastandstjek.give(folder.read(text).folder.answer)
    st.session_state[CHECKED] = True


def _draw(atlas: Atlas) -> None:
    text = current()
    reading = folder.read(text) if text else Reading(Folder())
    folder_editor(
        number=st.session_state.get(NUMBER, 0),
        shown=shown.all_shown(atlas, reading.slots),
        problems=reading.problems,
        opened=st.session_state.get(OPENED),
        documents=making_part.documents(),
        key=KEY,
        on_folder=_heard,
        on_file=_file_given,
        on_make=_asked,
    )


def _heard(told: Mapping[str, Any]) -> None:
    """Keep the folder's text for as long as the session lives; a number says which one it was."""
    text, number = told.get("t"), told.get("n")
    if isinstance(text, str) and isinstance(number, (int, float)):
        st.session_state[TEXT], st.session_state[NUMBER] = text, int(number)


def _file_given(told: Mapping[str, Any]) -> None:
    """Judge a file; only what was read here, written anew, goes back to the browser."""
    number, text = told.get("id"), told.get("t")
    if not isinstance(number, str) or not isinstance(text, str):
        return
    try:
        read = folder.parse(text)
        st.session_state[OPENED] = {"id": number[:40], "m": folder.as_record(read)}
    except UserError as error:
        st.session_state[OPENED] = {"id": number[:40], "e": str(error)}
