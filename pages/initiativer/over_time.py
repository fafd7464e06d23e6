"""Before, during and after a programme: only made-up numbers can show it, so it is folded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.figures.bars import Ink
from pages.figures.time_lines import Line, time_lines
from pages.frame.chart import chart
from pages.frame.filters import panel
from pages.initiativer import groups
from pages.language import danish, synthetic
from pages.metode.sections import table
from queries import Atlas, statistics

Months = dict[str, tuple[statistics.Total | None, statistics.Total | None]]
NOTICE = (
    '<div class="syntetisk" role="note"><strong>Syntetiske tal.</strong> Der findes ingen '
    "offentliggjorte tal fra før eller efter projektet. Tallene herunder er opdigtede: De viser, "
    "hvordan en rigtig serie ville stå her, og siger intet om projektet. De må ikke citeres.</div>"
)


def over_time(atlas: Atlas, row: Mapping[str, Any], ink: Ink) -> None:
    """Draw the part that shows made-up series of both groups, when a reader unfolds it."""
    indicator_id = groups.PUBLISHED_HERE
    if not atlas.periods(indicator_id, "synthetic"):
        return
    part = panel("udvikling", "Før, under og efter projektet (syntetiske tal)")
    if not part.open:
        return
    members = tuple(row["members"])
    months = _months(atlas, atlas.version, members)
    title = atlas.indicator(indicator_id).title
    told = synthetic.marked(sentence(title, months, len(members)), made_up=True)
    with part:
        st.html(f'{NOTICE}<p class="note">{escape(told)}</p>')
        chart(
            _figure(atlas, atlas.version, members, (row["starts_on"], row["ends_on"]), ink),
            key="foer_og_efter",
            alt=told,
        )
        st.html(_table(title, months, len(members)) + others(atlas, members))


@lru_cache(maxsize=8)
def _months(atlas: Atlas, _version: str, members: tuple[str, ...]) -> Months:
    return groups.monthly(atlas, groups.PUBLISHED_HERE, members, "synthetic")


@lru_cache(maxsize=16)
def _figure(
    atlas: Atlas,
    version: str,
    members: tuple[str, ...],
    span: tuple[dt.date, dt.date | None],
    ink: Ink,
) -> go.Figure:
    months = _months(atlas, version, members)
    indicator = atlas.indicator(groups.PUBLISHED_HERE)
    lines = [
        Line(
            name=name,
            start=next(iter(months)),
            values=[_rounded(pair[n]) for pair in months.values()],
            made_up=True,
            first=n == 1,
            decimals=1,
            word="syntetisk",
        )
        for n, name in enumerate(groups.names(len(members)))
    ]
    figure = time_lines(
        lines,
        axis_title=f"{indicator.short_title}, {indicator.unit}",
        badge=synthetic.BADGE,
        ink=ink,
    )
    starts_on, ends_on = span
    last = ends_on or dt.date(int(max(months)[:4]), 12, 31)
    figure.add_vrect(
        x0=starts_on.isoformat(),
        x1=last.isoformat(),
        fillcolor=ink.text,
        opacity=0.08,
        line_width=0,
        layer="below",
    )
    figure.add_annotation(
        x=(starts_on + (last - starts_on) / 2).isoformat(),
        y=0,
        yref="paper",
        yanchor="bottom",
        text="projektperioden",
        showarrow=False,
        font={"size": 13, "color": ink.text},
    )
    return figure


def _rounded(total: statistics.Total | None) -> float | None:
    value = groups.middle(total)
    return None if value is None else round(value, 1)


def sentence(title: str, months: Months, members: int) -> str:
    """Return where both groups begin and end."""
    told = []
    for n, name in enumerate(groups.names(members)):
        points = [(period, pair[n]) for period, pair in months.items() if pair[n] is not None]
        ends = [points[0], points[-1]] if len(points) > 1 else points
        parts = [f"{groups.share(total)} i {danish.period(p)}" for p, total in ends if total]
        told.append(f"{name} {danish.listing(parts)}")
    return f"{title}, lagt sammen af de viste: {'; '.join(told)}."


def _table(title: str, months: Months, members: int) -> str:
    rows = [
        [danish.period(period), *_texts(inside), *_texts(outside)]
        for period, (inside, outside) in months.items()
    ]
    heads = ["Måned"]
    for word in (f"de {members}", "øvrige"):
        heads += [f"Antal, {word}", f"Nævner, {word}", f"Andel, {word}", f"Med tal, {word}"]
    caption = synthetic.marked(f"{title}, måned for måned", made_up=True)
    body = table(caption, heads, rows, numbers=range(1, 9))
    summary = "<summary>Vis tallene som tabel (syntetisk)</summary>"
    return f'<details class="tabel">{summary}{body}</details>'


def _texts(total: statistics.Total | None) -> list[str]:
    if total is None:
        return ["–"] * 4
    return [
        danish.number(total.numerator),
        danish.interval(total.denominator_low, total.denominator_high),
        groups.share(total),
        str(total.areas),
    ]


def others(atlas: Atlas, members: tuple[str, ...]) -> str:
    """Return the indicators that have made-up numbers only, in their default month, as a table."""
    rows = []
    for indicator in atlas.indicators.values():
        if atlas.periods(indicator.indicator_id, "published"):
            continue
        period = atlas.default_period(indicator.indicator_id)
        group = groups.grouped(atlas, indicator.indicator_id, period, members, "synthetic")
        for name, cells in group.parts.items():
            what = f"{escape(indicator.title)}, {danish.period(period)}"
            rows.append([what, escape(name), *groups.row(cells)])
    caption = synthetic.marked(
        "De øvrige indikatorer, lagt sammen af de kommuner, hvis tal er vist", made_up=True
    )
    heads = ["Indikator", "Gruppe", *groups.HEADS]
    return table(caption, heads, rows, numbers=range(2, 8)) if rows else ""
