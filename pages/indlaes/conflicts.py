"""Where two sources say something different of the same cell: both numbers, and which is shown."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from pages.indlaes.changes import known
from pages.indlaes.dates import told_date
from pages.language import danish
from pages.metode.sections import table
from queries import Atlas

LEAD = (
    "Begge tal er i atlasset. Siderne viser det, der står under »Vises«: offentliggjorte tal før "
    "andre, og blandt dem de nyeste. Er det ene en fejl, så indlæs en berigtigelse, eller fortryd "
    "indlæsningen."
)
NONE = "<p>Ingen kilder siger noget forskelligt om den samme celle.</p>"
HEADS = ["Område", "Indikator", "Periode", "Opdeling", "Vises", "Fra", "Siger også", "Fra"]
MOST_SHOWN = 500


def draw(atlas: Atlas) -> None:
    """Draw the cells that sources disagree on."""
    st.html("<h2>Uenige kilder</h2>" + told(atlas))


def told(atlas: Atlas) -> str:
    """Return the disagreements as HTML."""
    pairs = atlas.conflicts()
    if pairs.is_empty():
        return NONE
    titles = {one.source_id: one.title for one in atlas.sources().values()}
    named = {one.indicator_id: one for one in known(atlas).values()}
    rows = [_row(pair, titles, named) for pair in pairs.head(MOST_SHOWN).iter_rows(named=True)]
    more = pairs.height - MOST_SHOWN
    rest = f'<p class="note">Og {danish.number(more)} til.</p>' if more > 0 else ""
    count = danish.number(pairs.height)
    caption = f"{count} {'celle' if pairs.height == 1 else 'celler'}, hvor kilder er uenige"
    return f"<p>{LEAD}</p>" + table(caption, HEADS, rows, numbers=(4, 6)) + rest


def _row(pair: Mapping[str, Any], titles: Mapping[str, str], named: Mapping[str, Any]) -> list[str]:
    indicator = named.get(pair["indicator_id"])
    breakdowns = indicator.breakdowns if indicator else {}
    part = pair["breakdown"]
    return [
        escape(pair["name"]),
        escape(indicator.title if indicator else pair["indicator_id"]),
        danish.period(pair["period"]),
        escape("i alt" if part == "alle" else breakdowns.get(part, part)),
        number(pair, ""),
        source(pair, "", titles),
        number(pair, "other_"),
        source(pair, "other_", titles),
    ]


def number(pair: Mapping[str, Any], of: str) -> str:
    """Return one of the two numbers: count, what it is of, and share, as far as they are known."""
    count, low, high = (
        pair[f"{of}{n}"] for n in ("numerator", "denominator_low", "denominator_high")
    )
    share = pair[f"{of}share_pct"]
    parts = [danish.number(count)] if count is not None else []
    if count is not None and low is not None:
        parts.append(f"af {danish.people(low, high)}")
    if share is not None:
        told_share = danish.pct(share, pair[f"{of}share_decimals"] or 0)
        parts.append(f"({told_share})" if parts else told_share)
    return escape(" ".join(parts))


def source(pair: Mapping[str, Any], of: str, titles: Mapping[str, str]) -> str:
    """Return where one of the two numbers is from, and since when it is known."""
    name = pair[f"{of}source_id"]
    since = told_date(pair[f"{of}recorded_at"])
    return f"{escape(titles.get(name, name))} <small>({since})</small>"
