"""The page 'Overblik': the published national numbers by subject, what is new, where to go next."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import polars as pl
import streamlit as st

from pages.flere_skal_med import gruppe_2, virksomhedspraktik
from pages.frame import statements
from pages.frame.links import link
from pages.language.glossary import explain
from pages.oversigt.cards import Subject, card
from pages.oversigt.news import news
from pages.oversigt.search_box import search_box, the_index
from pages.oversigt.tour import tour
from pages.ressourceforloeb import passive
from queries import Atlas, Source

CARDS = (
    Subject(
        page=passive.PAGE,
        title="Passive i ressourceforløb",
        headline="P1",
        what="uden aktivt tilbud og uden mentor det seneste år",
        sentence="Det var {P2} af alle i ressourceforløb med mindst 1 års anciennitet.",
        level="kommune",
    ),
    Subject(
        page=gruppe_2.PAGE,
        title="Flere skal med: gruppe 2",
        headline="F7",
        what="på de gamle ydelser havde ventet over 9 måneder",
        sentence="{F4} er visiteret til gruppe 2; {F6} fik fortsat en af de tre gamle ydelser.",
        level="jobcenter",
    ),
    Subject(
        page=virksomhedspraktik.PAGE,
        title="Virksomhedspraktik",
        headline="F10",
        what="af indsatsgruppen i praktik eller løntilskud",
        sentence="{F11} af indsatsgruppen havde ordinære timer, og {F12} var helt i job.",
        level="kommune",
    ),
)
SUBJECTS = {
    "passive_ressourceforloeb": "Passive i ressourceforløb",
    "gruppe_2": "Flere skal med: gruppe 2",
    "virksomhedspraktik": "Flere skal med: virksomhedspraktik",
    "flere_skal_med": "Flere skal med: projektet",
    "bedre_ressourceforloeb": "Bedre Ressourceforløb",
    "initiativpakke_2017": "Initiativpakken 2017",
    "bedre_indsats": "Bedre indsats for borgere i ressourceforløb",
    "": "Andet i dokumenterne",
}
DOORS = (
    (
        "Jeg skal bruge ét tal",
        "Søg øverst på siden, fx »passive Holbæk«. Tallet står med kilde, dato og forbehold.",
        ("Kommuner og jobcentre", "passive"),
    ),
    (
        "Jeg vil sammenligne min kommune",
        "Op til ti kommuner side om side, med usikkerhed og forskel i borgere.",
        ("Sammenlign kommuner", "sammenlign"),
        ("Kommuneprofil", "kommune"),
    ),
    (
        "Jeg skal kontrollere en påstand",
        "Alle landstal står herunder med forbehold og dokument.",
        ("Dokumenter og definitioner", "kilder"),
        ("Initiativer", "initiativer"),
    ),
)


def show(atlas: Atlas) -> None:
    """Draw search, cards, news and doors on one screen, and below them every published figure."""
    with st.container(key="overblik"):
        search_box(atlas, "Hvad gør kommuner og jobcentre?")
        tour(st.query_params)
        st.html(_body(atlas, atlas.version))


def prepare(atlas: Atlas) -> None:
    """Make what all readers share, so that the first of them does not wait for it."""
    _body(atlas, atlas.version)
    the_index(atlas, atlas.version)


@lru_cache(maxsize=2)
def _body(atlas: Atlas, _version: str) -> str:
    cards = "".join(card(atlas, subject) for subject in CARDS)
    return explain(
        f'<div class="kortene">{cards}</div>'
        f'<div class="videre">{news(atlas)}{doors()}</div>'
        f"{every_statement(atlas)}"
    )


def doors() -> str:
    """Return where to go next, by what a reader has come for, as HTML."""
    items = "".join(
        f"<li><h3>{escape(title)}</h3><p>{escape(text)} "
        + " · ".join(link(label, path) for label, path in links)
        + "</p></li>"
        for title, text, *links in DOORS
    )
    return (
        f'<nav class="doere" aria-labelledby="hvorhen"><h2 id="hvorhen">Hvor vil du hen?</h2>'
        f"<ul>{items}</ul></nav>"
    )


def every_statement(atlas: Atlas) -> str:
    """Return every published figure by subject, each with its hedge, period and document."""
    sources = atlas.sources()
    rows = atlas.statements().with_columns(pl.col("subject").fill_null(""))
    return (
        '<section class="alle-tal" id="alle-tal"><h2>Alle offentliggjorte landstal</h2>'
        '<p>Hvert tal med sit forbehold, sin periode og sit dokument. <a href="/?rundvisning=vis" '
        'target="_self">Vis rundvisningen</a></p><div class="emner">'
        + "".join(
            section(title, rows.filter(subject=subject), sources, atlas.version)
            for subject, title in SUBJECTS.items()
        )
        + "</div></section>"
    )


def section(title: str, rows: pl.DataFrame, sources: dict[str, Source], version: str) -> str:
    """Return one subject as HTML: its numbers and the documents they stand in."""
    if rows.is_empty():
        return ""
    return (
        f"<section><h3>{escape(title)}</h3>{statements.items(rows, version)}"
        f"{statements.documents(rows, sources)}</section>"
    )
