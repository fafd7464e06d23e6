"""What can be fetched from Jobindsats and Statistikbanken, and how it stands with each of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from pages.indlaes import machine, progress
from pages.indlaes.access import only_owner
from pages.indlaes.dates import told_date
from pages.metode.sections import folded, table
from queries import Atlas, importing

SOURCES = {"jobindsats": "Jobindsats", "statistikbanken": "Statistikbanken"}
HEADS = ["Tabel", "Hyppighed", "Indikatorer", "Hentet senest", "Tal fra", "Næste forventes"]
NOTHING = "<p>Der er ingen tabeller i kataloget fra denne kilde.</p>"
NOT_MAPPED = "ikke knyttet til en indikator endnu"
CHOSEN = "indlaes_hent"


def draw(atlas: Atlas, source: str) -> None:
    """Draw the catalogue of one source, and what to fetch of it."""
    told = machine.overview(atlas)
    entries = [one for one in told.get("catalogue", ()) if one["source"] == source]
    key = told.get("keys", {}).get(source)
    with st.container(key="indlaes_hentes"):
        if key is not None:
            st.html(key_state(key))
        st.html(catalogue(SOURCES[source], entries))
        usable = {one["entry_id"]: one["title"] for one in entries if one["indicators"]}
        if not usable:
            return
        chosen = f"{CHOSEN}_{source}"
        st.multiselect(
            "Hent disse tabeller (ingen valgt: alle)",
            list(usable),
            format_func=lambda one: usable.get(one, one),
            key=chosen,
            placeholder="Vælg tabeller",
        )
        missing = key is not None and not key["is_set"]
        st.button(
            f"Hent fra {SOURCES[source]}",
            type="primary",
            key=f"indlaes_hent_{source}_nu",
            disabled=missing,
            on_click=_fetch,
            args=(chosen, tuple(usable)),
        )


def key_state(key: Mapping[str, Any]) -> str:
    """Return whether the access key is set, and how to set it; never the key itself."""
    how = f"<p>{escape(str(key['how']))}</p>"
    if key["is_set"]:
        return f'<p class="note">Adgangsnøglen er sat på serveren.</p>{folded("Skift nøglen", how)}'
    return (
        '<div class="forbehold"><p><strong>Adgangsnøglen mangler, så der kan ikke hentes.</strong>'
        f"</p>{how}<p>Skriv den aldrig her på siden.</p></div>"
    )


def catalogue(name: str, entries: Sequence[Mapping[str, Any]]) -> str:
    """Return the tables of the catalogue as HTML."""
    if not entries:
        return NOTHING
    rows = [
        [
            f"{escape(one['title'])} <small>({escape(one['table'])})</small>",
            escape(one["frequency"]),
            escape(", ".join(one["indicators"]) or NOT_MAPPED),
            told_date(one.get("fetched_on")) or "aldrig",
            told_date(one.get("updated_on")),
            told_date(one.get("next_on")),
        ]
        for one in entries
    ]
    meanings = "".join(
        f"<dt>{escape(one['title'])}</dt><dd>{escape(one['meaning'])} "
        f"<em>{escape(one['verified'])}</em></dd>"
        for one in entries
    )
    about = f'<div class="definition"><dl>{meanings}</dl></div>'
    return table(f"Tabeller fra {name}", HEADS, rows) + folded("Hvad tabellerne måler", about)


@only_owner
def _fetch(chosen: str, usable: tuple[str, ...]) -> None:
    entries = [one for one in st.session_state.get(chosen) or usable if one in usable]
    st.session_state[progress.FETCHED] = entries
    progress.start(lambda: importing.begin_fetch(entries))
