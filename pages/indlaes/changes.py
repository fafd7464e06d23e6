"""What importing a file would change: new cells, changed cells, and other sources that disagree."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.language import danish
from pages.metode.sections import table
from queries import Atlas, Indicator, importing

HEADS = [
    "Indikator",
    "Periode",
    "Opdeling",
    "Celler",
    "Heraf nye",
    "Heraf ændrede",
    "Skjult eller uden tal",
    "Andre kilder siger noget andet",
]
MOST_SHOWN = 60


def draw(atlas: Atlas, seen: importing.Inspection) -> None:
    """Draw a line per indicator, period and breakdown."""
    with st.container(key="indlaes_aendringer"):
        st.html("<h2>Det ændrer importen</h2>" + told(atlas, seen))


def told(atlas: Atlas, seen: importing.Inspection) -> str:
    """Return what would change, as HTML."""
    if not seen.series:
        return "<p>Der er endnu ikke læst nogen tal.</p>"
    titles = {one.indicator_id: one.title for one in known(atlas).values()}
    rows = [
        [
            escape(titles.get(one.indicator, one.indicator)),
            danish.period(one.period),
            escape("i alt" if one.breakdown == "alle" else one.breakdown),
            *(danish.number(n) for n in (one.cells, one.added, one.changed)),
            *(danish.number(n) for n in (one.hidden, one.conflicts)),
        ]
        for one in seen.series[:MOST_SHOWN]
    ]
    more = len(seen.series) - MOST_SHOWN
    rest = f'<p class="note">Og {danish.number(more)} linjer til.</p>' if more > 0 else ""
    added, changed = (sum(getattr(one, n) for one in seen.series) for n in ("added", "changed"))
    conflicts = sum(one.conflicts for one in seen.series)
    lead = (
        f"<p>I alt {danish.number(added)} nye celler og {danish.number(changed)} ændrede. "
        f"{_conflicts(conflicts)} Intet overskrives: de gamle tal kan stadig ses, og importen kan "
        "fortrydes.</p>"
    )
    return lead + table("Det ændrer importen", HEADS, rows, numbers=range(3, 8)) + rest


def known(atlas: Atlas) -> dict[str, Indicator]:
    """Return every indicator, those of other form too."""
    return {**atlas.indicators, **atlas.further}


def _conflicts(count: int) -> str:
    if not count:
        return "Ingen andre kilder siger noget andet."
    cells = "1 celle" if count == 1 else f"{danish.number(count)} celler"
    return f"I {cells} siger en anden kilde noget andet; begge tal beholdes og nævnes."
