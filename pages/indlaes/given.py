"""What a data owner gives and answers: held in that session, and nowhere else.

Nothing of it goes into an address, a log line, a cache, a file or an exception: the records here
leave their content out of what is printed of them.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.indlaes.access import only_owner
from queries import importing

KINDS = {
    "fil": "Regneark eller CSV",
    "svar": "Svar eller notat: PDF, Word, webside eller tekst",
    "jobindsats": "Hent fra Jobindsats",
    "statistikbanken": "Hent fra Statistikbanken",
    "register": "Kørsel på registerdata",
}
EXPLAINED = {
    "fil": "Tal for kommunerne i et ark",
    "svar": "Tabeller med tal for kommunerne i et dokument",
    "jobindsats": "Styrelsens tal, med dataejerens egen adgangsnøgle",
    "statistikbanken": "Danmarks Statistiks tal, uden nøgle",
    "register": "Celler, der er optalt på dataejerens maskine",
}
ENDINGS = {
    "fil": ("csv", "txt", "tsv", "xlsx", "xlsm", "xlsb", "xls", "ods", "html", "htm"),
    "svar": ("pdf", "docx", "html", "htm", "txt"),
    "register": ("parquet",),
}
OWN = "indlaes_"
KIND = "indlaes_slags"
_GIVEN, _ANSWERS, _ABOUT, _ROUND = "indlaes_givet", "indlaes_svar", "indlaes_om", "indlaes_omgang"


@dataclass(frozen=True)
class Given:
    """One file, or a text that was pasted: its kind, its name, and its bytes."""

    kind: str
    name: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Answers:
    """The data owner's answers to the questions about a file, and the sheet it is read from."""

    sheet: str = field(default="", repr=False)
    chosen: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def with_answer(self, key: str, value: str) -> Answers:
        """Return these with one more answer, or another one to the same question."""
        return replace(self, chosen=tuple({**dict(self.chosen), key: value}.items()))


def current() -> Given | None:
    """Return what was given in this session, if anything."""
    return st.session_state.get(_GIVEN)


def answers() -> Answers:
    """Return the answers so far."""
    found: Answers = st.session_state.get(_ANSWERS, Answers())
    return found


def about() -> importing.About | None:
    """Return what the data owner has said of the source; None before anything was said."""
    return st.session_state.get(_ABOUT)


def say(key: str, value: str) -> None:
    """Keep an answer."""
    st.session_state[_ANSWERS] = answers().with_answer(key, value)


def say_sheet(name: str) -> None:
    """Keep which sheet is read; answers about another one are let go of."""
    st.session_state[_ANSWERS] = Answers(sheet=name)


def say_about(said: importing.About) -> None:
    """Keep what the source is."""
    st.session_state[_ABOUT] = said


def widget(name: str) -> str:
    """Return the key of a field about what was given: another file has other fields."""
    return f"{OWN}felt_{st.session_state.get(_ROUND, 0)}_{name}"


def remember(name: str, value: object) -> None:
    """Keep something about what was given that is forgotten with it."""
    st.session_state[f"{OWN}husk_{name}"] = value


def recall(name: str) -> Any:
    """Return what was kept under that name, None where nothing was."""
    return st.session_state.get(f"{OWN}husk_{name}")


@only_owner
def give(kind: str, name: str, content: bytes) -> None:
    """Keep what was given in the place of what was before."""
    _forget_about_it()
    st.session_state[_GIVEN] = Given(kind, name, content)


@only_owner
def forget() -> None:
    """Let go of what was given and all that was found out about it, also on the server's side."""
    _release()
    _forget_about_it()
    for key in [key for key in st.session_state if str(key).startswith(f"{OWN}fil_")]:
        del st.session_state[key]
    # A field with another key is an empty one.
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def clear() -> None:
    """Let go of everything in the session of somebody who may not be here."""
    for key in [key for key in st.session_state if str(key).startswith(OWN)]:
        del st.session_state[key]


@only_owner
def uploaded(kind: str) -> None:
    """Keep the file that was just chosen."""
    file = st.session_state.get(file_key(kind))
    if file is not None:
        give(kind, file.name, file.getvalue())
    elif current() is not None:
        st.session_state.pop(_GIVEN)
        _forget_about_it()


@only_owner
def pasted() -> None:
    """Keep the text that was just pasted."""
    give("svar", "indsat.txt", str(st.session_state.get(text_key()) or "").encode())


def text_key() -> str:
    """Return the key of the text field."""
    return f"{OWN}fil_tekst_{st.session_state.get(_ROUND, 0)}"


def file_key(kind: str) -> str:
    """Return the key of the file field."""
    return f"{OWN}fil_{kind}_{st.session_state.get(_ROUND, 0)}"


def _forget_about_it() -> None:
    for key in [key for key in st.session_state if str(key).startswith(f"{OWN}husk_")]:
        del st.session_state[key]
    for key in (_GIVEN, _ANSWERS, _ABOUT):
        st.session_state.pop(key, None)
    for key in [key for key in st.session_state if str(key).startswith(f"{OWN}felt_")]:
        del st.session_state[key]


def _release() -> None:
    """Take the file out of the server's memory now: Streamlit would keep it as long as the page."""
    state = cast("MutableMapping[str, Any]", st.session_state)
    context = get_script_run_ctx()
    if context is None:
        return
    for kind in ENDINGS:
        file = state.get(file_key(kind))
        if file is not None:
            files: Any = context.uploaded_file_mgr
            files.remove_file(context.session_id, file.file_id)


def fill(key: str, value: object) -> None:
    """Put a value into a widget, unless it is there already.

    What is put there by the server takes the place of what is being typed, so it is only done
    where it changes something: a reader who types on while the page is drawn loses nothing.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
