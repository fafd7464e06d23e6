"""The part 'Er forskellen tilfældig?': funnel, intervals and verdicts of one view."""

from __future__ import annotations

from functools import lru_cache, partial
from html import escape
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.components.area_table import Column, Row, area_table
from pages.figures import judged_cells
from pages.figures.area_cells import in_order
from pages.figures.bars import Ink
from pages.frame.chart import chart
from pages.frame.filters import panel
from pages.indicator.chart_files import chart_files
from pages.indicator.drill import choose
from pages.indicator.scene import Scene
from pages.language import chance, danish, synthetic
from pages.language.sentences import value
from queries import Atlas

LABEL = "Er forskellen tilfældig?"
COLUMNS = (
    Column("Område"),
    Column(
        "Andel (interval)", "right", "Wilsons 95 pct. interval: så langt kan tilfældigheder flytte"
    ),
    Column(
        "Mod landet",
        "left",
        "'Over' og 'under' er uden for 95 pct. grænserne, 'klart' også uden for 99,8 pct.",
    ),
    Column("Plads", "right", "De pladser, som tallene holder åbne; nr. 1 har den højeste andel"),
)
HOW = (
    "Tragten viser, hvor langt fra landets andel et område kan komme ved et tilfælde: Jo færre "
    "borgere, jo længere. Andele regnes som trukket tilfældigt blandt borgere; hvad en forskel "
    "skyldes, siger grænserne intet om. Hvor nævneren kun kendes som et interval, tegnes det "
    "punkt, der ligger nærmest landet."
)


def uncertainty(atlas: Atlas, now: Scene, ink: Ink) -> None:
    """Draw the part, folded until asked for (`usikkerhed=vis`)."""
    part = panel("usikkerhed", LABEL)
    if not part.open:
        return
    inside = _inside(now)
    text = synthetic.marked(chance.counts(inside, now.where), made_up=now.made_up)
    title = f"{LABEL} {now.title}"
    select = partial(choose, now)
    with part:
        st.html(f'<p>{escape(text)}</p><p class="note">{escape(HOW)}</p>')
        left, right = st.columns(2, gap="medium")
        with left:
            chart(
                _funnel(now, ink),
                key=f"tragt_{now.view.level}",
                alt=f"Tragt. {title}. {text}",
                on_select=select,
            )
            area_table(
                columns=COLUMNS,
                rows=_rows(inside),
                selected=now.selected,
                caption=title,
                sort=None,
                key=f"usikkerhed_tabel_{now.view.level}",
                on_select=select,
            )
        with right:
            chart(
                _intervals(now, ink),
                key=f"intervaller_{now.view.level}",
                alt=f"Intervaller. {title}. {text}",
                on_select=select,
            )
        st.html(chart_files(atlas, now, {"tragt": "Tragten", "intervaller": "Intervallerne"}))


def _inside(now: Scene) -> pl.DataFrame:
    """Return the judged cells inside the filter, the highest share first."""
    inside = now.judged.filter(pl.col("area_id").is_in(now.cells["area_id"].implode()))
    return in_order(inside, "andel")


def _rows(inside: pl.DataFrame) -> list[Row]:
    return [
        Row(cell["area_id"], (cell["name"], *_texts(cell)), cell["status"])
        for cell in inside.iter_rows(named=True)
    ]


def _texts(cell: dict[str, Any]) -> tuple[str, str, str]:
    if cell["rank_low"] is None:
        return value(cell), "–", "–"
    share = danish.pct(cell["share_pct"], cell["share_decimals"])
    return f"{share} ({chance.interval(cell)})", chance.verdict(cell), chance.ranks(cell)


@lru_cache(maxsize=32)
def _funnel(now: Scene, ink: Ink) -> go.Figure:
    return judged_cells.funnel(now.judged, now.national, now.indicator, **_marked(now), ink=ink)


@lru_cache(maxsize=32)
def _intervals(now: Scene, ink: Ink) -> go.Figure:
    return judged_cells.intervals(now.judged, now.national, now.indicator, **_marked(now), ink=ink)


def _marked(now: Scene) -> dict[str, Any]:
    return {"inside": set(now.cells["area_id"]), "selected": now.selected, "badge": now.badge}
