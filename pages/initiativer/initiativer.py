"""The page 'Initiativer': the satspulje programmes, who took part, and what can be said of them."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.figures.bars import Ink
from pages.figures.timeline import timeline
from pages.frame import filters, mappe, statements
from pages.frame.address import known_value
from pages.frame.chart import chart, ink
from pages.initiativer import programmes
from pages.initiativer.comparison import comparison
from pages.initiativer.one_by_one import one_by_one
from pages.initiativer.over_time import over_time
from pages.initiativer.participants import participants
from pages.metode.documents import card
from queries import Atlas

LEAD = (
    "{} initiativer i dokumenterne handler om borgere i ressourceforløb og i Flere skal med. Vælg "
    "et for at se, hvem der deltog, hvad der er sagt om det, og hvor det står."
)
OUTER_DAYS = (
    "Søjlerne går fra den første til den sidste dag, som dokumentets ord kan betyde; »ultimo 2016« "
    "er den 31. december 2016."
)

SHARES_MONEY = "initiativpakke_2017"


def show(atlas: Atlas) -> None:
    """Draw all programmes, and the one that the address names."""
    st.title("Initiativer", anchor=False)
    rows = atlas.initiatives()
    row = choice(rows)
    selected = row["initiative_id"] if row else None
    st.html(f'<p class="manchet">{LEAD.format(rows.height)}</p>')
    chart(
        _figure(atlas, atlas.version, selected, ink()),
        key="tidslinje",
        alt=f"Tidslinje over {rows.height} initiativer. {sentence(rows)}",
        on_select=choose,
    )
    put = mappe.row({}, atlas.version, [mappe.Choice("initiativer", "Tabellen over initiativer")])
    table = programmes.table(rows, atlas.sources(), selected)
    st.html(f'<p class="note">{OUTER_DAYS}</p>{table}{put}')
    if row is None:
        return
    details(atlas, row)
    participants(atlas, row)
    if row["members"]:
        comparison(atlas, row)
        one_by_one(atlas, row, ink())
        over_time(atlas, row, ink())
    proof(atlas, row)


def choice(rows: pl.DataFrame) -> dict[str, Any] | None:
    """Draw the filter and return the programme that the address asks for, or None."""
    options = dict(rows.select("initiative_id", "title").rows())
    known, problems = known_value(
        st.query_params, "initiativ", options, "", "initiativet {} findes ikke."
    )
    with st.container(key="adressefejl"):
        for problem in problems:
            st.warning(problem)
    with st.container(horizontal=True, key="filtre"):
        filters._box(
            "initiativ",
            "Initiativ",
            options,
            known or None,
            default="",
            index=None,
            placeholder="Vælg et initiativ",
        )
    return rows.row(by_predicate=pl.col("initiative_id") == known, named=True) if known else None


def choose(initiative_id: str) -> None:
    """Put a clicked programme into the address."""
    st.query_params["initiativ"] = initiative_id


def sentence(rows: pl.DataFrame) -> str:
    """Return all programmes in a sentence, for those who do not see the bars."""
    return " ".join(
        f"{row['title']}: {', '.join(programmes.facts(row))}." for row in rows.iter_rows(named=True)
    )


@lru_cache(maxsize=32)
def _figure(atlas: Atlas, _version: str, selected: str | None, ink: Ink) -> go.Figure:
    return timeline(
        programmes.bars(atlas.initiatives()),
        programmes.moments(atlas),
        selected=selected,
        ink=ink,
    )


def details(atlas: Atlas, row: dict[str, Any]) -> None:
    """Draw the chosen programme's facts and all that is published about it."""
    told = programmes.statements_of(atlas.statements(), row["initiative_id"])
    money = f" {programmes.SAME_MONEY}" if row["initiative_id"] == SHARES_MONEY else ""
    st.html(
        f'<h2 class="omraader">{escape(row["title"])}</h2>'
        f'<p class="note">{escape(", ".join(programmes.facts(row)))}.{money}</p>'
        '<section class="offentliggjort"><h3>Det siger dokumenterne</h3>'
        f"{statements.items(told, atlas.version)}"
        f"{statements.documents(told, atlas.sources())}</section>"
    )


def proof(atlas: Atlas, row: dict[str, Any]) -> None:
    """Draw the documents behind the chosen programme."""
    sources = atlas.sources()
    told = programmes.statements_of(atlas.statements(), row["initiative_id"])
    used = programmes.documents_of(row, told, sources)
    noun = "Dokumentet" if len(used) == 1 else "Dokumenterne"
    st.html(
        f'<section><h2 class="omraader">{noun}</h2>'
        + "".join(card(source, sources) for source in used)
        + "</section>"
    )
