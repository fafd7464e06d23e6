"""The part 'Praktik og løntilskud hver for sig': the two kinds of offers over time."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from html import escape

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.figures import series_cells
from pages.figures.area_cells import table_row
from pages.figures.bars import Ink
from pages.figures.time_lines import time_lines
from pages.frame.chart import chart
from pages.frame.filters import panel
from pages.indicator.scene import Scene
from pages.language import danish, synthetic
from queries import LAND, Atlas

KINDS = ("praktik", "loentilskud")
TOGETHER = "alle"
HOW = (
    "De to slags vises for hele landet og regionerne. For mindre områder ville de sammen med "
    "tallet for dem begge afsløre skjulte tal. En borger med begge dele i samme måned tælles i "
    "begge, men én gang i tallet for dem tilsammen; derfor kan de ikke lægges sammen."
)


def offers(atlas: Atlas, now: Scene, ink: Ink) -> None:
    """Draw the part where the measure has the two kinds, folded until asked (`tilbud=vis`)."""
    if not set(KINDS) <= set(now.indicator.breakdowns):
        return
    part = panel("tilbud", "Praktik og løntilskud hver for sig")
    if not part.open:
        return
    area = now.region or LAND
    months, figure = _drawn(atlas, atlas.version, now.indicator.indicator_id, area, ink)
    if months.is_empty():
        with part:
            st.html("<p>Der er ingen måneder med tal for de to slags hver for sig.</p>")
        return
    made_up = bool(months["made_up"].any())
    name = str(months["name"][0])
    text = synthetic.marked(f"{name}: {sentence(now, months)}", made_up=made_up)
    with part:
        st.html(f'<p>{escape(text)}</p><p class="note">{escape(HOW)}</p>')
        chart(
            figure,
            key="tilbud",
            alt=f"Praktik og løntilskud over tid. {text}",
        )
        st.html(_table(now, months, synthetic.marked(f"{name} over tid", made_up=made_up)))


def titles(now: Scene) -> dict[str, str]:
    """Return what the two kinds and both together are called."""
    return {TOGETHER: "Praktik eller løntilskud"} | {k: now.indicator.breakdowns[k] for k in KINDS}


@lru_cache(maxsize=16)
def _drawn(
    atlas: Atlas, _version: str, indicator_id: str, area: str, ink: Ink
) -> tuple[pl.DataFrame, go.Figure]:
    """Return the months of both together and each kind, in one frame, and their figure."""
    indicator = atlas.indicator(indicator_id)
    parts, lines = [], []
    names = {TOGETHER: "Praktik eller løntilskud"} | indicator.breakdowns
    for kind in (TOGETHER, *KINDS):
        months = series_cells.monthly(atlas.series(indicator_id, [area], breakdown=kind))
        parts.append(months)
        for line in series_cells.lines(months):
            together, subsidy = kind == TOGETHER, kind == KINDS[1]
            lines.append(replace(line, name=names[kind], first=together, between=subsidy))
    months = pl.concat(parts)
    figure = time_lines(
        lines,
        axis_title="Andel af indsatsgruppen, pct.",
        badge=synthetic.BADGE if months["made_up"].any() else None,
        ink=ink,
    )
    return months, figure


def sentence(now: Scene, months: pl.DataFrame) -> str:
    """Return each kind in the month chosen, or in the newest before it that has numbers."""
    told = []
    for kind, title in titles(now).items():
        rows = months.filter(breakdown=kind, status="shown").sort("period")
        rows = rows.filter(pl.col("period") <= now.view.period)
        if rows.is_empty():
            continue
        row = rows.row(-1, named=True)
        share = danish.pct(row["share_pct"], row["share_decimals"])
        count = danish.number(row["numerator"])
        told.append(f"{title.lower()} {share} ({count} borgere) i {danish.period(row['period'])}")
    return f"{danish.listing(told)}." if told else "Ingen viste tal."


def _table(now: Scene, months: pl.DataFrame, title: str) -> str:
    kinds = titles(now)
    cells = {(r["period"], r["word"], r["breakdown"]): r for r in months.iter_rows(named=True)}
    body = ""
    for period, word in sorted({(period, word) for period, word, _ in cells}):
        body += f"<tr><th scope='row'>{danish.period(period)}</th><td>{word}</td>"
        for kind in kinds:
            cell = cells.get((period, word, kind))
            texts = table_row(cell)[:2] if cell else ("–", "–")
            body += "".join(f"<td class='tal'>{escape(text)}</td>" for text in texts)
        body += "</tr>"
    heads = "".join(f"<th scope='colgroup' colspan='2'>{escape(t)}</th>" for t in kinds.values())
    parts = "<th scope='col'>Antal</th><th scope='col'>Andel</th>" * len(kinds)
    return (
        "<details class='tabel'><summary>Vis tallene som tabel</summary><div class='rul' "
        "tabindex='0' role='region' aria-label='Tilbud som tabel'><table>"
        f"<caption>{escape(title)}</caption><thead><tr><th scope='col' rowspan='2'>Måned</th>"
        f"<th scope='col' rowspan='2'>Slags</th>{heads}</tr><tr>{parts}</tr></thead>"
        f"<tbody>{body}</tbody></table></div></details>"
    )
