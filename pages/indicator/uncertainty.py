"""The part 'Er forskellen tilfældig?': funnel, intervals and verdicts of one view."""

from __future__ import annotations

from functools import lru_cache, partial
from html import escape
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.components.area_table import Column, Row, area_table
from pages.figures.area_cells import in_order
from pages.figures.bars import Ink
from pages.figures.funnel import Point, funnel_plot
from pages.figures.intervals import Span, interval_plot
from pages.frame.chart import chart
from pages.frame.filters import panel
from pages.indicator.drill import choose
from pages.indicator.scene import Scene
from pages.language import chance, danish, synthetic
from pages.language.sentences import value
from queries import statistics

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


def uncertainty(now: Scene, ink: Ink) -> None:
    """Draw the part, folded until asked for (`usikkerhed=vis`)."""
    part = panel("usikkerhed", LABEL)
    if not part.open:
        return
    inside = _inside(now)
    text = synthetic.marked(chance.counts(inside, now.where), made_up=now.made_up)
    title = f"{LABEL} {now.title}"
    name = f"{now.indicator.indicator_id}_{now.view.period}_{now.view.level}_%s"
    name += synthetic.FILE_LABEL if now.made_up else ""
    select = partial(choose, now)
    with part:
        st.html(f'<p>{escape(text)}</p><p class="note">{escape(HOW)}</p>')
        left, right = st.columns(2, gap="medium")
        with left:
            chart(
                _funnel(now, ink),
                key=f"tragt_{now.view.level}",
                alt=f"Tragt. {title}. {text}",
                file_name=name % "tragt",
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
                file_name=name % "intervaller",
                on_select=select,
            )


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
    known = now.judged.filter(pl.col("verdict").is_not_null())
    inside = set(now.cells["area_id"])
    people = [int(n) for n in known["funnel_denominator"]] or [1]
    points = [
        Point(
            cell["area_id"],
            cell["name"].removeprefix("Jobcenter "),
            cell["funnel_denominator"],
            cell["funnel_share_pct"],
            cell["verdict"],
            f"{value(cell)}, {chance.verdict(cell)}",
            cell["area_id"] in inside,
        )
        for cell in known.iter_rows(named=True)
    ]
    return funnel_plot(
        points,
        statistics.funnel(
            now.national, round(1.2 * max(people)), smallest=min(people), also=people
        ),
        national=now.national["share_pct"],
        national_label=f"Hele landet {now.national_share}",
        axis_title=f"{now.indicator.short_title}, {now.indicator.unit}",
        selected=now.selected,
        badge=now.badge,
        ink=ink,
    )


@lru_cache(maxsize=32)
def _intervals(now: Scene, ink: Ink) -> go.Figure:
    known = _inside(now).filter(pl.col("rank_low").is_not_null())
    spans = [
        Span(
            cell["area_id"],
            cell["name"].removeprefix("Jobcenter "),
            min(max(cell["share_pct"], cell["low_pct"]), cell["high_pct"]),
            cell["low_pct"],
            cell["high_pct"],
            cell["verdict"] in ("over", "under"),
            f"{value(cell)}, interval {chance.interval(cell)} pct.",
        )
        for cell in known.iter_rows(named=True)
    ]
    return interval_plot(
        spans,
        national=now.national["share_pct"],
        national_label=f"Hele landet {now.national_share}",
        axis_title=f"{now.indicator.short_title}, {now.indicator.unit}",
        selected=now.selected,
        badge=now.badge,
        ink=ink,
    )
