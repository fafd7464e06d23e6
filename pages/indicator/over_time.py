"""The part 'Udvikling over tid': the country and the selected area, month by month."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.figures import series_cells
from pages.figures.bars import Ink
from pages.figures.time_lines import Event, time_lines
from pages.frame import evidence, mappe
from pages.frame.chart import chart
from pages.frame.filters import panel
from pages.frame.share import sources_line
from pages.indicator.events import events, listed, marks
from pages.indicator.scene import Scene
from pages.language import danish, synthetic
from pages.language.time import over_time as over_time_sentence
from pages.language.time import tests as trend_tests
from pages.language.time import trends as trend_sentence
from queries import LAND, Atlas, statistics

FILES = {
    "csv": "Serien som CSV",
    "xlsx": "Serien som Excel",
    "json": "Serien som JSON",
    "svg": "Serien som SVG",
    "png": "Serien som PNG",
}

TABLE = "Vis tallene som tabel"
LONG = 60
"""Months whose table is sent at once; that of twenty years is larger than all else on the page."""


def over_time(atlas: Atlas, now: Scene, ink: Ink) -> None:
    """Draw the series where there is one, unfolded where the page is synthetic already.

    Beside published numbers it is folded: made-up ones are shown there only when asked for.
    """
    indicator_id = now.indicator.indicator_id
    if len(atlas.periods(indicator_id)) < 2:
        return
    made_up = bool(atlas.periods(indicator_id, "synthetic"))
    label = "Udvikling over tid" + (" (syntetiske tal)" if made_up else "")
    part = panel("udvikling", label, opened=now.made_up)
    if not part.open:
        return
    areas = _areas(now)
    found = events(
        atlas,
        atlas.version,
        frozenset({indicator_id, now.page.subject}),
        frozenset({now.view.kommune} if now.view.kommune else ()),
    )
    sentence, sources, figure = _drawn(atlas, atlas.version, indicator_id, areas, ink, marks(found))
    with part:
        st.html(f'<p class="note">{escape(sentence)} {_hint(now)}</p>')
        chart(
            figure,
            key="udvikling",
            alt=f"{now.indicator.title} over tid. {sentence}",
        )
        below = f'<p class="note">{escape(sources)}</p>{listed(atlas, found, made_up=made_up)}'
        around = below, _links(atlas, now, made_up=made_up)
        _with_table(atlas, indicator_id, areas, around, made_up=made_up)


def _with_table(
    atlas: Atlas,
    indicator_id: str,
    areas: tuple[str, ...],
    around: tuple[str, str],
    *,
    made_up: bool,
) -> None:
    """Draw the table between what stands before and after it; a long one is made when unfolded."""
    before, after = around
    if len(atlas.periods(indicator_id)) <= LONG:
        table = _table(atlas, atlas.version, indicator_id, areas, made_up=made_up)
        summary = f"<summary>{TABLE}</summary>"
        st.html(f"{before}<details class='tabel'>{summary}{table}</details>{after}")
        return
    st.html(before)
    part = panel("serietabel", TABLE)
    if part.open:
        with part:
            st.html(_table(atlas, atlas.version, indicator_id, areas, made_up=made_up))
    st.html(after)


def _areas(now: Scene) -> tuple[str, ...]:
    """Return the country, the region of what is chosen, and what is chosen."""
    chosen = (LAND, now.region, now.selected)
    return tuple(dict.fromkeys(area for area in chosen if area is not None))


@lru_cache(maxsize=128)
def _drawn(
    atlas: Atlas,
    _version: str,
    indicator_id: str,
    areas: tuple[str, ...],
    ink: Ink,
    events: tuple[Event, ...],
) -> tuple[str, str, go.Figure]:
    """Return what the months say, their sources, and the figure; the middle area is a region."""
    indicator = atlas.indicator(indicator_id)
    months = series_cells.monthly(atlas.series(indicator_id, areas))
    trends = series_cells.trends(months)
    figure = time_lines(
        series_cells.lines(
            months,
            between=areas[1] if len(areas) > 2 else None,
            trends=series_cells.trend_marks(trends),
        ),
        axis_title=f"{indicator.short_title}, {indicator.unit}",
        badge=synthetic.BADGE if months["made_up"].any() else None,
        ink=ink,
        events=events,
    )
    said = f"{over_time_sentence(months)} {trend_sentence(_named(months))}".strip()
    used = series_cells.used_sources(months, atlas.sources())
    return said, sources_line(used), figure


def _named(months: pl.DataFrame) -> list[tuple[str, str, statistics.Trend | None]]:
    names = dict(months.select("area_id", "name").unique().rows())
    return [(names[area], word, one) for (area, word), one in series_cells.trends(months).items()]


def _hint(now: Scene) -> str:
    if now.selected is not None:
        return "Hvor et tal er skjult, er linjen brudt."
    return "Vælg et område ovenfor for at se det sammen med hele landet."


@lru_cache(maxsize=64)
def _table(
    atlas: Atlas, _version: str, indicator_id: str, areas: tuple[str, ...], *, made_up: bool
) -> str:
    months = series_cells.monthly(atlas.series(indicator_id, areas))
    names = dict(months.select("area_id", "name").unique().rows())
    known = [area for area in areas if area in names]
    heads = "".join(f"<th scope='colgroup' colspan='3'>{escape(names[a])}</th>" for a in known)
    parts = "<th scope='col'>Antal</th><th scope='col'>Andel</th><th scope='col'>Nævner</th>"
    body = "".join(
        f"<tr><th scope='row'>{danish.period(period)}</th>"
        f"<td>{word}</td>"
        + "".join(f"<td class='tal'>{escape(text)}</td>" for text in texts)
        + "</tr>"
        for period, word, texts in series_cells.table(months, known)
    )
    name = atlas.indicator(indicator_id).title
    title = escape(synthetic.marked(f"{name} over tid", made_up=made_up))
    tested = f"<p class='note'>{escape(trend_tests(_named(months)))}</p>"
    return (
        "<div class='rul' tabindex='0' role='region' aria-label='Serien som tabel'><table>"
        f"<caption>{title}</caption><thead>"
        f"<tr><th scope='col' rowspan='2'>Måned</th><th scope='col' rowspan='2'>Slags</th>{heads}"
        f"</tr><tr>{parts * len(known)}</tr></thead><tbody>{body}</tbody></table></div>{tested}"
    )


def _links(atlas: Atlas, now: Scene, *, made_up: bool) -> str:
    parameters = {"kommune": now.view.kommune} if now.view.kommune else {}
    if parameters and now.view.level != "kommune":
        parameters["niveau"] = now.view.level
    elif not parameters and now.selected:
        parameters = {"niveau": now.view.level, "omraade": now.selected}
    links = evidence.download_links(
        f"{now.indicator.indicator_id}_serie", parameters, FILES, made_up=made_up
    )
    put = mappe.row(
        {"indikator": now.indicator.indicator_id} | parameters,
        atlas.version,
        [mappe.Choice("serie", "Kurven"), mappe.Choice("serietabel", "Tabellen over tid")],
    )
    return f"{put}<nav class='hent' aria-label='Hent serien'><ul>{links}</ul></nav>"
