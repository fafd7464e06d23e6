"""The part 'Dataversioner': the versions this machine has had, and what differs between two."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl
import streamlit as st

from pages.frame import filters
from pages.language import danish
from pages.metode.sections import Section, drawn, table
from queries import Atlas

KINDS = {
    "published": "offentliggjort",
    "api": "hentet",
    "file": "fil",
    "register": "talt op",
    "synthetic": "syntetisk",
}
ONLY_ONE = (
    "<p>Her kendes kun én version, så der er intet at sammenligne med. Når datalageret bygges om "
    "med noget nyt, huskes det her, hvad der blev anderledes.</p>"
)


def draw(atlas: Atlas, section: Section) -> None:
    """Draw the versions, and the choice of two of them where there are more."""
    known = atlas.versions()
    st.html(drawn(Section(section.anchor, section.title, versions(known))))
    if known["version"].n_unique() > 1:
        two_versions(atlas, known)


def versions(known: pl.DataFrame) -> str:
    """Return every version that is known here, the newest first, as HTML."""
    rows = [
        [
            f"<code>{escape(row['version'])}</code>",
            danish.date(row["built_at"]),
            danish.number(row["observations"]),
            escape(row["note"]) or "–",
        ]
        for row in known.iter_rows(named=True)
    ]
    return (
        "<p>Dataversionen skifter, når noget af det viste skifter, og kun da. Den står nederst på "
        f"hver side og i hver fil.</p>{ONLY_ONE if len(rows) == 1 else ''}"
        + table(
            "Versioner på denne maskine, nyeste først",
            ["Version", "Bygget", "Antal tal", "Bemærk"],
            rows,
            numbers=(2,),
        )
    )


@st.fragment
def two_versions(atlas: Atlas, known: pl.DataFrame) -> None:
    """Draw the choice of two versions, and what differs from the first to the second."""
    options = {
        row["version"]: f"{row['version']} fra {danish.date(row['built_at'])}"
        for row in known.iter_rows(named=True)
    }
    newest, before = list(options)[:2]
    since = _asked("fra", options, before)
    until = _asked("til", options, newest)
    with st.container(horizontal=True, key="versioner"):
        filters._box("fra", "Fra version", options, since, default=before)
        filters._box("til", "Til version", options, until, default=newest)
    st.html(changed(atlas, since, until))


def _asked(parameter: str, options: dict[str, str], default: str) -> str:
    asked = st.query_params.get(parameter, "")
    return asked if asked in options else default


def changed(atlas: Atlas, since: str, until: str) -> str:
    """Return what was added, changed and withdrawn from one version to another, as HTML."""
    rows = atlas.changes(since, until)
    if rows is None:
        return "<p>En af de to versioner kendes ikke her.</p>"
    if rows.is_empty():
        return (
            "<p>Ingen tal er forskellige i de to versioner. Er det ikke den samme version, ligger "
            "forskellen i tekster, kilder eller definitioner.</p>"
        )
    titles = {key: one.title for key, one in {**atlas.indicators, **atlas.further}.items()}
    sources = atlas.sources()
    listed = [
        [
            escape(titles.get(row["indicator_id"], row["indicator_id"])),
            KINDS[row["kind"]],
            escape(sources[row["source_id"]].document_id)
            if row["source_id"] in sources
            else escape(row["source_id"]),
            escape(_periods(row["periods"])),
            *(danish.number(row[what]) for what in ("added", "changed", "withdrawn")),
        ]
        for row in rows.iter_rows(named=True)
    ]
    heads = ["Indikator", "Slags", "Kilde", "Perioder", "Nye", "Ændrede", "Trukket tilbage"]
    caption = f"Fra {since} til {until}: antal tal, der er forskellige"
    return table(caption, heads, listed, numbers=(4, 5, 6))


def _periods(periods: Sequence[str]) -> str:
    if len(periods) == 1:
        return danish.period(periods[0])
    first, last = danish.period(periods[0]), danish.period(periods[-1])
    return f"{first} – {last} ({len(periods)})"
