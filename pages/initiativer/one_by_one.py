"""Each named kommune with its interval beside the country's share, as chart and table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.figures import area_cells
from pages.figures.bars import Ink
from pages.figures.intervals import Span, interval_plot
from pages.frame.chart import chart
from pages.frame.filters import select
from pages.initiativer import groups
from pages.language import chance, danish, sentences
from pages.metode.sections import table
from queries import Atlas, statistics


def one_by_one(atlas: Atlas, row: Mapping[str, Any], ink: Ink) -> None:
    """Draw the intervals of the named kommuner, highest share first; a click selects one."""
    members = tuple(row["members"])
    group = groups.published(atlas, atlas.version, members)
    named = _judged(atlas, atlas.version, members)
    told = chance.counts(named, groups.names(len(members))[0])
    title = f"{group.indicator.title} i {danish.period(group.period)} med 95 pct.-interval"
    st.html(
        f'<section class="afsnit-lille"><h3>Hver af de navngivne ved siden af landet</h3>'
        f"<p>{escape(told)} Kommuner med skjult tal er ikke med.</p></section>"
    )
    chart(
        _figure(atlas, atlas.version, members, st.query_params.get("kommune"), ink),
        key="navngivne_intervaller",
        alt=f"{title}. {told}",
        file_name=f"{row['initiative_id']}_{group.indicator.indicator_id}_{group.period}",
        on_select=select,
    )
    heads = ["Kommune", "Andel", "95 pct.-interval", "Ved siden af landet"]
    rows = [
        [
            escape(cell["name"]),
            area_cells.table_row(cell)[1] if cell["low_pct"] is not None else "skjult",
            f"{chance.interval(cell)} pct." if cell["low_pct"] is not None else "–",
            chance.verdict(cell),
        ]
        for cell in named.iter_rows(named=True)
    ]
    st.html(
        '<details class="tabel"><summary>Vis tallene som tabel</summary>'
        f"{table(title, heads, rows, numbers=(1, 2))}</details>"
    )


@lru_cache(maxsize=8)
def _judged(atlas: Atlas, version: str, members: tuple[str, ...]) -> pl.DataFrame:
    """Return the named kommuner as they are judged among all kommuner."""
    group = groups.published(atlas, version, members)
    national = atlas.national(group.indicator.indicator_id, group.period, source_kind="published")
    judged = statistics.judged(group.everywhere, national)
    named = judged.filter(pl.col("area_id").is_in(members))
    return area_cells.in_order(named, "andel")


@lru_cache(maxsize=32)
def _figure(
    atlas: Atlas, version: str, members: tuple[str, ...], selected: str | None, ink: Ink
) -> go.Figure:
    group = groups.published(atlas, version, members)
    indicator = group.indicator
    national = atlas.national(indicator.indicator_id, group.period, source_kind="published")
    share = danish.pct(national["share_pct"], national["share_decimals"])
    known = _judged(atlas, version, members).filter(pl.col("low_pct").is_not_null())
    spans = [
        Span(
            cell["area_id"],
            cell["name"],
            min(max(cell["share_pct"], cell["low_pct"]), cell["high_pct"]),
            cell["low_pct"],
            cell["high_pct"],
            cell["verdict"] in ("over", "under"),
            f"{sentences.value(cell)}, interval {chance.interval(cell)} pct.",
        )
        for cell in known.iter_rows(named=True)
    ]
    return interval_plot(
        spans,
        national=national["share_pct"],
        national_label=f"Hele landet {share}",
        axis_title=f"{indicator.short_title}, {indicator.unit}",
        selected=selected,
        badge=None,
        ink=ink,
    )
