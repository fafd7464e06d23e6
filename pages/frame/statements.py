"""Published statements as HTML: each with its hedge, period and document."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from pages.frame import evidence, mappe
from pages.language import danish
from pages.language.glossary import explain
from queries import Atlas, Source

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


def published(atlas: Atlas, subject: str) -> str:
    """Return what is published of a subject for the whole country, to be shown before all else."""
    rows = atlas.statements().filter(pl.col("subject") == subject)
    note = f"<p>{escape(NOTES[subject])}</p>" if subject in NOTES else ""
    return explain(
        '<section class="offentliggjort"><h2>Offentliggjort for hele landet</h2>'
        f"{note}{items(rows, atlas.version)}{documents(rows, atlas.sources())}</section>"
    )


def items(rows: pl.DataFrame, version: str) -> str:
    """Return statements as a list of texts and figures, each with a button for the folder."""
    inner = "".join(
        f"<div><dt>{escape(row['text'])}{when(row)} "
        f"{mappe.statement(row['statement_id'], row['text'])}</dt>"
        f"<dd>{escape(figure(row))}</dd></div>"
        for row in rows.iter_rows(named=True)
    )
    return f"<dl {mappe.shared(version)}>{inner}</dl>"


def documents(rows: pl.DataFrame, sources: Mapping[str, Source]) -> str:
    """Return the line with the documents that statements stand in."""
    used = [sources[source_id] for source_id in rows["source_id"].unique(maintain_order=True)]
    return f'<p class="note">Kilde: {escape("; ".join(map(evidence.reference, used)))}</p>'


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
