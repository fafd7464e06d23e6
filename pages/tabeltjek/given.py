"""The table a reader gives: held in that reader's session, and nowhere else.

Nothing of it goes into an address, a log line, a cache, a file or an exception: the records here
leave their content out of what is printed of them.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from queries import table_examples

Way = Literal["indsat", "fil", "opdigtet", "offentliggjort"]
"""Pasted, a file, or one of the examples: a made-up one or a published one."""

TEXT = "tabeltjek_tekst"
_GIVEN = "tabeltjek_givet"
_FILE = "tabeltjek_fil"
_ROUND = "tabeltjek_omgang"
_OWN = "tabeltjek_"
WIDGETS = ("sum_i_tabel_", "ark_i_tabel")
"""Fields about the table. Another table leaves them alone: a field whose value is taken away says
that it was changed."""
MOST_MEGABYTES = 2
"""The browser refuses a larger file and says so; `queries.check_table` has a limit of its own."""
ENDINGS = ("csv", "txt", "tsv", "xlsx", "xls", "ods")


@dataclass(frozen=True)
class Given:
    """One table as it was given: pasted text, or the bytes of a file."""

    way: Way
    content: str | bytes = field(repr=False)

    @property
    def octets(self) -> bytes:
        """The content as a file would hold it."""
        return self.content.encode() if isinstance(self.content, str) else self.content


def current() -> Given | None:
    """Return the table of this session, if any."""
    return st.session_state.get(_GIVEN)


def forget() -> None:
    """Let go of the table and all that was found out about it, also on the server's side."""
    _release()
    again = st.session_state.get(_ROUND, 0) + 1
    for key in [key for key in st.session_state if str(key).startswith((_OWN, *WIDGETS))]:
        del st.session_state[key]
    st.session_state[_ROUND] = again  # a file field with another key is an empty one
    st.session_state[TEXT] = ""


def draw() -> None:
    """Draw the three ways to give a table: a text field, a file field and an example."""
    here = current()
    if here is not None and isinstance(here.content, str):
        st.session_state.setdefault(TEXT, here.content)
    pasted, chosen = st.columns(2, gap="large")
    with pasted:
        st.text_area(
            "Indsæt tabellen",
            key=TEXT,
            height=190,
            placeholder="Markér cellerne i regnearket, kopiér dem, og indsæt dem her",
        )
        st.button("Tjek tabellen", type="primary", key="tabeltjek_tjek", on_click=_pasted)
    with chosen:
        st.file_uploader(
            "Eller vælg en fil: CSV, Excel (XLSX, XLS) eller OpenDocument (ODS)",
            type=list(ENDINGS),
            key=_file_key(),
            on_change=_uploaded,
            max_upload_size=MOST_MEGABYTES,
        )
        with st.container(key="eksempler", gap="xxsmall"):
            st.html("<p>Eller prøv med et eksempel:</p>")
            for one in table_examples():
                st.button(
                    one.title,
                    key=f"tabeltjek_eksempel_{one.key}",
                    type="tertiary",
                    on_click=_example,
                    args=(one.key,),
                )


def remember(name: str, value: object) -> None:
    """Keep something about the table that is forgotten with it."""
    st.session_state[_OWN + name] = value


def recall(name: str) -> Any:
    """Return what was kept under that name, None where nothing was."""
    return st.session_state.get(_OWN + name)


def _set(way: Way, content: str | bytes) -> None:
    for key in [key for key in st.session_state if str(key).startswith("tabeltjek_om_")]:
        del st.session_state[key]
    st.session_state[_GIVEN] = Given(way, content)


def _pasted() -> None:
    _set("indsat", st.session_state.get(TEXT) or "")


def _example(key: str) -> None:
    text = next(one.text for one in table_examples() if one.key == key)
    st.session_state[TEXT] = text
    _set("opdigtet" if key.startswith("opdigtet") else "offentliggjort", text)


def _uploaded() -> None:
    file = st.session_state.get(_file_key())
    if file is not None:
        _set("fil", file.getvalue())
        st.session_state[TEXT] = ""
    elif (here := current()) is not None and here.way == "fil":
        st.session_state.pop(_GIVEN)


def _file_key() -> str:
    return f"{_FILE}_{st.session_state.get(_ROUND, 0)}"


def _release() -> None:
    """Take the file out of the server's memory now: Streamlit would keep it as long as the page."""
    state = cast("MutableMapping[str, Any]", st.session_state)
    file, context = state.get(_file_key()), get_script_run_ctx()
    if file is not None and context is not None:
        files: Any = context.uploaded_file_mgr
        files.remove_file(context.session_id, file.file_id)
