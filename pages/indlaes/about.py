"""Where the numbers come from, as the data owner says it: publisher, title, date, and so on."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.indlaes import given
from pages.indlaes.access import only_owner
from pages.indlaes.given import Given
from queries import Atlas, importing

PUBLISHED = {
    "ja": "Ja, andre har offentliggjort dem: de vises, som de er trykt",
    "nej": "Nej, det er egne, præcise tal: de diskretioneres, før noget gemmes",
}
FIELDS = {
    "publisher": ("Udgiver", "Fx Styrelsen for Arbejdsmarked og Rekruttering"),
    "title": ("Titel", "Hvad arket eller dokumentet hedder"),
    "document_id": ("Dokument eller journalnummer", "Fx BEU alm. del, svar på spm. 554"),
    "licence": ("Vilkår for brug", "Fx offentligt dokument, eller CC BY 4.0"),
}
WANTED = ("publisher", "title", "document_id", "licence")
DATE = "Offentliggjort den (dd-mm-åååå)"
NONE = ""


def draw(atlas: Atlas, here: Given, seen: importing.Inspection) -> None:
    """Draw the fields about the source, with what the file itself says where nobody has said."""
    said = given.about() or seen.about
    with st.container(key="indlaes_kilde"):
        st.html("<h2>Kilden</h2>")
        if here.kind == "fil":
            _is_published(said)
        left, right = st.columns(2, gap="large")
        for n, (name, (label, hint)) in enumerate(FIELDS.items()):
            with (left, right)[n % 2]:
                _field(said, name, label, hint)
        with left:
            _date(said)
        with right:
            _corrects(atlas, said)


def _is_published(said: importing.About) -> None:
    key = given.widget("offentliggjort")
    given.fill(key, {True: "ja", False: "nej", None: None}[said.is_published])
    st.radio(
        "Har andre offentliggjort tallene?",
        list(PUBLISHED),
        format_func=PUBLISHED.__getitem__,
        key=key,
        index=None,
        on_change=_published,
        args=(said, key),
    )


def lacks(said: importing.About) -> list[str]:
    """Return in Danish what is not said yet of the source."""
    missing = []
    if said.is_published is None:
        missing.append("Svar på, om andre har offentliggjort tallene.")
    empty = [FIELDS[name][0].lower() for name in WANTED if not getattr(said, name).strip()]
    if empty:
        missing.append(f"Udfyld under »Kilden«: {', '.join(empty)}.")
    if said.published_on and importing.day(said.published_on) is None:
        missing.append("Ret dagen under »Kilden«: den skal skrives som 27-09-2017.")
    return missing


def _field(said: importing.About, name: str, label: str, hint: str) -> None:
    key = given.widget(f"om_{name}")
    given.fill(key, getattr(said, name))
    st.text_input(label, key=key, placeholder=hint, on_change=_said, args=(said, name, key))


def _date(said: importing.About) -> None:
    key = given.widget("om_published_on")
    found = importing.day(said.published_on)
    given.fill(key, f"{found:%d-%m-%Y}" if found else said.published_on)
    st.text_input(DATE, key=key, placeholder="27-09-2017", on_change=_dated, args=(said, key))


def _corrects(atlas: Atlas, said: importing.About) -> None:
    titles = {NONE: "Ingen"} | {
        one.source_id: f"{one.title} ({one.document_id})"
        for one in atlas.sources().values()
        if not one.is_synthetic
    }
    key = given.widget("om_corrects")
    given.fill(key, said.corrects if said.corrects in titles else NONE)
    st.selectbox(
        "Retter denne kilde (berigtigelse)",
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        on_change=_said,
        args=(said, "corrects", key),
    )


def _now(said: importing.About) -> importing.About:
    """Return what has been said by now: two fields may change before the page is drawn again."""
    return given.about() or said


@only_owner
def _said(said: importing.About, name: str, key: str) -> None:
    value = str(st.session_state.get(key) or "").strip()
    given.say_about(importing.About(**{**vars(_now(said)), name: value}))


@only_owner
def _dated(said: importing.About, key: str) -> None:
    text = str(st.session_state.get(key) or "").strip()
    found = importing.day(text)
    given.say_about(replace(_now(said), published_on=found.isoformat() if found else text))


@only_owner
def _published(said: importing.About, key: str) -> None:
    value = {"ja": True, "nej": False}.get(str(st.session_state.get(key)))
    given.say_about(replace(_now(said), is_published=value))
