"""Each named kommune with its interval beside the country's share, in a chart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.figures.bars import Ink
from pages.figures.intervals import Span, interval_plot
from pages.frame.chart import chart
from pages.frame.filters import select
from pages.initiativer import groups
from pages.language import chance, danish, sentences
from queries import Atlas


def one_by_one(atlas: Atlas, row: Mapping[str, Any], ink: Ink) -> None:
    """Draw the intervals of the named kommuner, highest share first; a click selects one."""
    members = tuple(row["members"])
    group = groups.published(atlas, atlas.version, members)
    named = groups.judged_members(atlas, atlas.version, members)
    told = chance.counts(named, groups.names(len(members))[0])
    title = f"{group.indicator.title} i {danish.period(group.period)} med 95 pct.-interval"
    st.html(
        f'<section class="afsnit-lille"><h3>Hver af de navngivne ved siden af landet</h3>'
        f"<p>{escape(told)} Kommuner med skjult tal er ikke med. De samme tal står i tabellen "
        "ovenfor.</p></section>"
    )
    chart(
        _figure(atlas, atlas.version, members, st.query_params.get("kommune"), ink),
        key="navngivne_intervaller",
        alt=f"{title}. {told}",
        on_select=select,
    )


@lru_cache(maxsize=32)
def _figure(
    atlas: Atlas, version: str, members: tuple[str, ...], selected: str | None, ink: Ink
) -> go.Figure:
    group = groups.published(atlas, version, members)
    indicator = group.indicator
    national = atlas.national(indicator.indicator_id, group.period, source_kind="published")
    share = danish.pct(national["share_pct"], national["share_decimals"])
    known = groups.judged_members(atlas, version, members).filter(pl.col("low_pct").is_not_null())
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
