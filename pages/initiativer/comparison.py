"""The named kommuner beside all others: published numbers, intervals, and what they do not say."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from pages.frame import evidence
from pages.initiativer import groups
from pages.language import danish
from pages.metode.sections import table
from queries import Atlas, statistics

SELECTED = (
    "Kommunerne søgte selv og blev udvalgt i en ansøgningsrunde. De er ikke trukket ved lod, og de "
    "kan have været anderledes end de øvrige, før projektet begyndte."
)
MEASURES_NO_EFFECT = "Forskellen mellem grupperne siger derfor ikke noget om projektets virkning."
TOO_NARROW = (
    "95 pct.-intervallet regner kun med tilfældighed mellem borgere. Kommunerne i en gruppe er "
    "også indbyrdes forskellige, så det er smallere end den usikkerhed, der er om gruppen."
)


def comparison(atlas: Atlas, row: Mapping[str, Any]) -> None:
    """Draw both groups side by side under the warning that goes before them."""
    group = groups.published(atlas, atlas.version, tuple(row["members"]))
    source = atlas.sources()[group.everywhere["source_id"][0]]
    month = danish.period(group.period)
    rows = [[escape(name), *groups.row(cells)] for name, cells in group.parts.items()]
    st.html(
        '<h2 class="omraader">De navngivne ved siden af de øvrige</h2>'
        f"{warning(row, month)}"
        f"<p>{escape(sentence(group))}</p>"
        + table(
            f"{group.indicator.title}, {month}, lagt sammen af de kommuner, hvis tal er vist",
            ["Gruppe", *groups.HEADS],
            rows,
            numbers=(1, 2, 3, 4, 5, 6),
        )
        + f'<p class="note">{groups.left_out(group.parts)} Andelen er regnet ud af summerne, ikke '
        f"et gennemsnit af kommunernes andele. {TOO_NARROW}</p>"
        f'<p class="note">{escape(evidence.caption(source, group.period, "tabel 1"))}</p>'
    )


def warning(row: Mapping[str, Any], month: str) -> str:
    """Return what a reader must know before comparing, as HTML."""
    return (
        '<div class="forbehold" role="note"><strong>Sammenligningen viser ikke en effekt.</strong> '
        f"{SELECTED} {escape(month.capitalize())} ligger midt i projektet "
        f"({escape(row['period_text'])}): Tallet er hverken fra før eller efter. "
        f"{MEASURES_NO_EFFECT}</div>"
    )


def sentence(group: groups.Group) -> str:
    """Return both groups' totals in a sentence."""
    told = []
    for name, cells in group.parts.items():
        total = statistics.total(cells)
        if total is not None:
            told.append(
                f"{name}: {danish.number(total.numerator)} af "
                f"{danish.people(total.denominator_low, total.denominator_high)} borgere, "
                f"{groups.share(total)} ({total.areas} af {cells.height} kommuner har vist tal)"
            )
    return f"{group.indicator.title} i {danish.period(group.period)}. {'. '.join(told)}."
