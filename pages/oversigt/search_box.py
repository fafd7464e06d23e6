"""The search box: one field, and below it where each answer is."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

import polars as pl
import streamlit as st

from pages.components.open_page import open_page
from pages.flere_skal_med import gruppe_2, virksomhedspraktik
from pages.frame.links import link
from pages.language import sentences, synthetic
from pages.oversigt.search import Hit, direct, search, why_nothing
from pages.oversigt.search_index import Index, make_index
from pages.ressourceforloeb import passive
from queries import Atlas

PAGES = (passive.PAGE, gruppe_2.PAGE, virksomhedspraktik.PAGE)
PARAMETER, KEY, GO = "soeg", "soegefelt", "soeg_gaa"
NUMBERS_SHOWN = 3
LONGEST = 200
EXAMPLES = ("passive Holbæk", "jobcenter Ishøj", "gruppe 2 uden tilbud", "spm 554")


@st.fragment
def search_box(atlas: Atlas, title: str) -> None:
    """Draw the page's title, the field with the address's question, and its answers.

    Only this part of the page runs again when something is searched for.
    A question that can mean one thing only leads there when it is sent; one that came with the
    address is answered on the page, so that Back does not lead away again.
    """
    asked = st.query_params.get(PARAMETER, "")[:LONGEST]
    index = the_index(atlas, atlas.version)
    st.session_state[KEY] = asked
    with st.container(horizontal=True, vertical_alignment="bottom", key="hoved"):
        st.title(title, anchor=False)
        with (
            st.form("soeg", border=False),
            st.container(horizontal=True, vertical_alignment="bottom", key="soegelinje"),
        ):
            st.text_input(
                "Søg i atlasset",
                key=KEY,
                max_chars=LONGEST,
                placeholder="Kommune, jobcenter, mål, dokument, spørgsmål …",
            )
            st.form_submit_button("Søg", on_click=_sent)
    st.html(f'<div class="fund" role="status">{answers(atlas, index, asked)}</div>')
    if st.session_state.pop(GO, False) and (there := leads_to(direct(search(index, asked)))):
        open_page(there, key="soeg_aaben")


def _sent() -> None:
    asked = st.session_state[KEY].strip()
    if asked:
        st.query_params[PARAMETER] = asked
    else:
        st.query_params.pop(PARAMETER, None)
    st.session_state[GO] = bool(asked)


def leads_to(hit: Hit | None) -> str:
    """Return the page of an answer; '' for a place inside a page, or a file: those stay links."""
    parts = urlsplit(hit.address) if hit else None
    if parts is None or parts.fragment or parts.path == "/" or parts.path.startswith("/data"):
        return ""
    return parts.geturl()


@lru_cache(maxsize=2)
def the_index(atlas: Atlas, _version: str) -> Index:
    """Return the index of one data version."""
    return make_index(atlas, PAGES)


def answers(atlas: Atlas, index: Index, asked: str) -> str:
    """Return the answers to a question as HTML; where there are none, why, and what can be done."""
    if not asked:
        examples = ", ".join(_again(example) for example in EXAMPLES)
        return f'<p class="note">Prøv fx {examples}.</p>'
    hits = search(index, asked)
    if not hits:
        examples = ", ".join(_again(example) for example in EXAMPLES)
        return (
            f"<p><strong>Intet fundet.</strong> {escape(why_nothing(index, asked))}</p>"
            f'<p class="note">Prøv fx {examples}, eller se '
            '<a href="/kilder" target="_self">alle dokumenter og ord</a> og '
            '<a href="/data/">alle data</a>.</p>'
        )
    count = "1 sted" if len(hits) == 1 else f"{len(hits)} steder"
    items = "".join(_item(atlas, hit, n) for n, hit in enumerate(hits))
    return (
        f'<p class="note">{count} for »{escape(asked)}«. '
        '<a href="/" target="_self">Ryd søgningen</a></p>'
        f"<ol>{items}</ol>"
    )


def _again(text: str) -> str:
    return link(text, "", **{PARAMETER: text})


def _item(atlas: Atlas, hit: Hit, number: int) -> str:
    value = number_of(atlas, hit) if number < NUMBERS_SHOWN else ""
    shown = f" <strong>{escape(value)}</strong>" if value else ""
    return (
        f'<li><a href="{escape(hit.address)}" target="_self">{escape(hit.title)}</a> '
        f'<span class="slags">{escape(hit.kind)}</span>{shown}'
        f'<span class="note">{escape(hit.why)}</span></li>'
    )


def number_of(atlas: Atlas, hit: Hit) -> str:
    """Return the number that an answer is about, marked where it is made up; '' without one."""
    if hit.cell is None:
        return ""
    indicator_id, area_id, period = hit.cell
    level = atlas.areas().filter(area_id=area_id)["level"][0]
    found = atlas.cells(indicator_id, period, level).filter(pl.col("area_id") == area_id)
    if found.is_empty():
        return ""
    cell = found.row(0, named=True)
    return synthetic.marked(sentences.value(cell), made_up=cell["kind"] == "synthetic")
