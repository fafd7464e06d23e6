"""What is loaded and how fresh it is: a line per source, and per import the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pages.indlaes import progress
from pages.indlaes.access import only_owner
from pages.indlaes.dates import expected, told_date
from pages.language import danish
from pages.metode.sections import table
from pages.tabeltjek.understood import plain
from queries import Atlas, Source, importing

KINDS = {
    "published": "offentliggjort",
    "api": "hentet",
    "file": "egen fil",
    "register": "egen kørsel",
    "synthetic": "syntetisk",
}
HEADS = [
    "Kilde",
    "Udgiver",
    "Slags",
    "Nyeste periode",
    "Tal fra",
    "Indlæst",
    "Næste tal",
    "Celler",
    "Uenigheder",
]
NONE = "<p>Der er ikke indlæst noget endnu ud over det, atlasset leveres med.</p>"
UNKNOWN = "ikke oplyst"
ASKED = "indlaes_fortryd"


def draw(atlas: Atlas) -> None:
    """Draw the sources, and the imports with their way back."""
    st.html(f"<h2>Kilder og friskhed</h2>{sources(atlas)}")
    rows = atlas.imports().to_dicts()
    st.html(f"<h2>Indlæsninger</h2>{'' if rows else NONE}")
    with st.container(key="indlaes_importer"):
        for row in rows:
            _import(row)


def sources(atlas: Atlas) -> str:
    """Return a table with a line per source that there are numbers from."""
    found = atlas.sources()
    periods = newest(atlas)
    audited = cell_counts(atlas)
    imports = {row["source_id"]: row for row in atlas.imports().to_dicts()}
    conflicts = conflict_counts(atlas)
    rows = [
        _source(
            found[name],
            periods.get(name),
            audited.get(name, 0),
            imports.get(name, {}),
            conflicts.get(name, 0),
        )
        for name in found
        if name in periods or name in imports
    ]
    told = table("Kilder med tal i atlasset", HEADS, rows, numbers=(7, 8))
    return f'<div class="friskhed">{told}</div>'


def newest(atlas: Atlas) -> dict[str, str]:
    """Return each source's newest period."""
    frame = atlas.protection().group_by("source_id").agg(period=pl.col("period").max())
    return dict(frame.select("source_id", "period").iter_rows())


def cell_counts(atlas: Atlas) -> dict[str, int]:
    """Return how many cells of each source the build's audit went through, shown and hidden."""
    frame = atlas.protection().group_by("source_id").agg(pl.col("cells").sum())
    return dict(frame.select("source_id", "cells").iter_rows())


def conflict_counts(atlas: Atlas) -> dict[str, int]:
    """Return how many cells of each source another source says something else of."""
    pairs = atlas.conflicts()
    named = pl.concat([pairs["source_id"], pairs["other_source_id"]])
    return Counter(named.to_list())


def _source(
    one: Source, period: str | None, audited: int, imported: Mapping[str, Any], conflicts: int
) -> list[str]:
    next_on = imported.get("next_expected_on")
    at = imported.get("imported_at")
    cells = imported.get("new_cells", audited)
    return [
        f"{escape(one.title)} <small>{escape(one.document_id)}</small>",
        escape(one.publisher),
        KINDS.get(one.kind, escape(one.kind)),
        danish.period(period) if period else "",
        told_date(imported.get("updated_on") or one.published_on) or UNKNOWN,
        told_date(at) if at else f"fulgte med ({told_date(one.retrieved_on)})",
        expected(next_on) or UNKNOWN,
        danish.number(cells),
        danish.number(conflicts),
    ]


def _import(row: Mapping[str, Any]) -> None:
    name = str(row["import_id"])
    with st.container(key=f"indlaes_en_{name}", horizontal=True):
        st.html(
            f"<div><strong>{escape(row['title'])}</strong><br>Indlæst "
            f"{told_date(row['imported_at'])}, {danish.number(row['cells'])} celler. "
            f"Nummer <code>{escape(name)}</code>. {escape(row['note'])}</div>"
        )
        st.button(
            f"Fortryd »{plain(row['title'][:60])}«",
            key=f"indlaes_fortryd_{name}",
            on_click=_ask,
            args=(name,),
        )
    if st.session_state.get(ASKED) == name:
        _confirm(row)


def _confirm(row: Mapping[str, Any]) -> None:
    name = str(row["import_id"])
    with st.container(key="indlaes_bekraeft", border=True):
        st.html(
            f'<p role="alert"><strong>Fortryd indlæsningen af »{escape(row["title"])}«?</strong> '
            f"{danish.number(row['new_cells'])} celler tages ud af atlasset, og det, der stod før, "
            "vises igen. Datalageret bygges og efterprøves på ny. Indlæsningen kan gentages.</p>"
        )
        with st.container(horizontal=True):
            st.button(
                "Ja, fortryd",
                type="primary",
                key="indlaes_fortryd_ja",
                on_click=_undo,
                args=(name,),
                disabled=progress.is_running(),
            )
            st.button("Nej, behold", key="indlaes_fortryd_nej", on_click=_ask, args=("",))


@only_owner
def _ask(name: str) -> None:
    st.session_state[ASKED] = name


@only_owner
def _undo(name: str) -> None:
    st.session_state[ASKED] = ""
    progress.start(lambda: importing.begin_undo(name))
