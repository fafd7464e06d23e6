"""The page 'Overblik': the published national numbers by subject, and where to look next."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pages.frame import evidence
from pages.language import danish
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
NOTES = {
    "gruppe_2": "Gruppe 2: borgere i projektet, som kommunen vurderer hører til førtidspension, "
    "fleksjob eller ressourceforløb, og hvis sag skal for rehabiliteringsteamet.",
    "virksomhedspraktik": "Indsatsgruppen: borgere i den virksomhedsrettede indsats i projektet.",
}
HEDGE_WORDS = {
    "more_than": "mere end ",
    "about": "ca. ",
    "a_little_over": "godt ",
    "at_least": "mindst ",
}


def show(atlas: Atlas) -> None:
    """Draw one section per subject with its published numbers and their documents."""
    sources = atlas.sources()
    statements = atlas.statements()
    st.title("Hvad gør kommuner og jobcentre?", anchor=False)
    st.html(
        '<p class="manchet">Offentliggjorte tal om borgere i ressourceforløb og i Flere skal med. '
        "Hvert tal har sin kilde. Tallene for de enkelte kommuner står på siden "
        '<a href="/passive" target="_self">Passive i ressourceforløb</a>.</p>'
    )
    st.html(
        '<div class="emner">'
        + "".join(
            section(
                title,
                NOTES.get(subject, ""),
                statements.filter(pl.col("subject") == subject),
                sources,
            )
            for subject, title in SUBJECTS.items()
        )
        + "</div>"
    )


def section(title: str, note: str, rows: pl.DataFrame, sources: dict[str, Source]) -> str:
    """Return one subject as HTML: its numbers, then the documents they stand in."""
    items = "".join(
        f"<div><dt>{escape(row['text'])}{when(row)}</dt><dd>{escape(figure(row))}</dd></div>"
        for row in rows.iter_rows(named=True)
    )
    used = [sources[source_id] for source_id in rows["source_id"].unique(maintain_order=True)]
    documents = "; ".join(map(evidence.reference, used))
    return (
        f"<section><h2>{escape(title)}</h2>"
        + (f"<p>{escape(note)}</p>" if note else "")
        + f"<dl>{items}</dl>"
        f'<p class="note">Kilde: {escape(documents)}</p></section>'
    )


def figure(row: dict[str, Any]) -> str:
    """Return a statement's figure with its hedge: 'ca. 2.400 personer', 'mere end 90 pct.'."""
    if row["value"] is None:
        return str(row["unit"])
    if "ud af" in row["hedge_word"]:
        return str(row["hedge_word"])
    decimals = 0 if row["value"] == int(row["value"]) else 1
    amount = f"{danish.number(row['value'], decimals)}\N{NO-BREAK SPACE}{row['unit']}"
    return HEDGE_WORDS.get(row["hedge"], "") + amount


def when(row: dict[str, Any]) -> str:
    """Return the statement's period in parentheses, or nothing."""
    return f" ({danish.period(row['period'])})" if row["period"] else ""
