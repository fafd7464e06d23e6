"""The page 'Overblik': the published national numbers by subject, and where to look next."""

from __future__ import annotations

from html import escape

import polars as pl
import streamlit as st

from pages.frame import statements
from queries import Atlas, Source

SUBJECTS = {
    "passive_ressourceforloeb": "Passive i ressourceforløb",
    "gruppe_2": "Flere skal med: gruppe 2",
    "virksomhedspraktik": "Flere skal med: virksomhedspraktik",
    "flere_skal_med": "Flere skal med: projektet",
    "bedre_ressourceforloeb": "Bedre Ressourceforløb",
    "initiativpakke_2017": "Initiativpakken 2017",
    "bedre_indsats": "Bedre indsats for borgere i ressourceforløb",
}
ONLY_MADE_UP = ("gruppe_2", "virksomhedspraktik")
PAGES = {
    "passive_ressourceforloeb": ("/passive", "Se kommuner og jobcentre"),
    "gruppe_2": ("/gruppe-2", "Se jobcentre og kommuner"),
    "virksomhedspraktik": ("/virksomhedspraktik", "Se kommuner og jobcentre"),
}


def show(atlas: Atlas) -> None:
    """Draw one section per subject with its published numbers and their documents."""
    sources = atlas.sources()
    rows = atlas.statements()
    st.title("Hvad gør kommuner og jobcentre?", anchor=False)
    st.html(
        '<p class="manchet">Offentliggjorte tal om borgere i ressourceforløb og i Flere skal med. '
        "Hvert tal har sin kilde. Tallene for de enkelte kommuner står på siden "
        '<a href="/passive" target="_self">Passive i ressourceforløb</a>.</p>'
    )
    st.html(
        '<div class="emner">'
        + "".join(
            section(subject, title, rows.filter(pl.col("subject") == subject), sources)
            for subject, title in SUBJECTS.items()
        )
        + "</div>"
    )


def section(subject: str, title: str, rows: pl.DataFrame, sources: dict[str, Source]) -> str:
    """Return one subject as HTML: its numbers, the documents they stand in, and its page."""
    note = statements.NOTES.get(subject, "")
    link = ""
    if subject in PAGES:
        address, label = PAGES[subject]
        mark = " (syntetiske tal)" if subject in ONLY_MADE_UP else ""
        link = f'<p><a href="{address}" target="_self">{escape(label + mark)}</a></p>'
    return (
        f"<section><h2>{escape(title)}</h2>"
        + (f"<p>{escape(note)}</p>" if note else "")
        + statements.items(rows)
        + statements.documents(rows, sources)
        + f"{link}</section>"
    )
