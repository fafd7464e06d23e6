"""Map, table and bars of one view: a click in one selects in all of them."""

from __future__ import annotations

from functools import lru_cache, partial

import plotly.graph_objects as go
import streamlit as st

from pages.components.area_table import Column, Row, area_table
from pages.exports.definitions import are_exact
from pages.figures import area_cells, stack_cells
from pages.figures.bars import Ink, Reference, ranked_bars
from pages.figures.stacked import stacked_bars
from pages.frame.chart import chart, ink
from pages.indicator.drill import choose
from pages.indicator.map_part import map_part
from pages.indicator.scene import Scene
from pages.language import sentences, synthetic


def figures(now: Scene) -> None:
    """Draw map, table and bars; a click in one selects in all through the address."""
    level = now.view.level
    select_area = partial(choose, now)
    summary = sentences.spread(now.cells, now.national, now.where)
    summary = synthetic.marked(summary, made_up=now.made_up)
    left, right = st.columns(2, gap="medium")
    with left:
        breaks = map_part(now, summary, select_area)
        area_table(
            columns=_columns(now),
            rows=_rows(now),
            selected=now.selected,
            caption=now.title,
            sort=None,
            key=f"tabel_{level}",
            on_select=select_area,
        )
    with right:
        drawn = _stacked(now, ink()) if now.stacks else _bars(now, ink(), breaks)
        chart(
            drawn,
            key=f"soejler_{level}",
            alt=f"{now.title}. {summary}",
            on_select=select_area,
        )


@lru_cache(maxsize=128)
def _columns(now: Scene) -> tuple[Column, ...]:
    """Say of each column what it is: a document gives rounded shares, a register whole counts."""
    share, base, base_help = "Tæller divideret med nævner", "Nævner", now.indicator.denominator
    if now.printed and not are_exact(now.cells):
        share, base = "Som offentliggjort, i hele procent", "Nævner (beregnet)"
        base_help += ". Ikke offentliggjort: regnet baglæns af andelen"
    return (
        Column("Område"),
        Column("Antal", "right", now.indicator.numerator),
        Column("Andel", "right", share),
        Column(base, "right", base_help),
    )


@lru_cache(maxsize=128)
def _rows(now: Scene) -> list[Row]:
    return [
        Row(cell["area_id"], (cell["name"], *area_cells.table_row(cell)), cell["status"])
        for cell in now.cells.iter_rows(named=True)
    ]


@lru_cache(maxsize=128)
def _stacked(now: Scene, ink: Ink) -> go.Figure:
    parts = [now.indicator.breakdowns[name] for name in now.measure.stacked]
    return stacked_bars(
        [stack_cells.stack(row) for row in now.stacks],
        part_names=parts,
        axis_title="Andel af borgerne i nævneren, pct.",
        label_title=parts[0].replace("måneder", "mdr."),
        selected=now.selected,
        badge=now.badge,
        ink=ink,
    )


@lru_cache(maxsize=128)
def _bars(now: Scene, ink: Ink, breaks: tuple[float, ...] | None) -> go.Figure:
    return ranked_bars(
        area_cells.bars(
            now.cells,
            now.indicator,
            people=bool(now.page.people_in_names),
            counts=now.view.sort == "antal",
            breaks=breaks,
        ),
        axis_title=f"{now.indicator.short_title}, {now.indicator.unit}",
        reference=Reference(now.national["share_pct"], f"Hele landet {now.national_share}"),
        selected=now.selected,
        badge=now.badge,
        ink=ink,
    )
