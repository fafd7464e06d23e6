"""The part 'Udvikling over tid' of a comparison: small multiples on one scale."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import polars as pl
import streamlit as st

from pages.figures import series_cells
from pages.figures.small_multiples import Event, Panel, small_multiples
from pages.frame import links, share
from pages.frame.filters import panel
from pages.language import comparing, danish, synthetic
from pages.language.time import over_time as sentence
from pages.sammenligning.choice import Choice
from pages.sammenligning.measures import subjects
from queries import LAND, Atlas, statistics


def over_time(atlas: Atlas, choice: Choice) -> None:
    """Draw the series where there is one: unfolded where the indicator is made up anyway."""
    subject = subjects(atlas, atlas.version)[choice.measure]
    if len(atlas.periods(choice.measure, "published" if choice.published else None)) < 2:
        return
    published = choice.published
    made_up = not published and bool(atlas.periods(choice.measure, "synthetic"))
    label = "Udvikling over tid" + (" (syntetiske tal)" if made_up else "")
    opened = made_up and subject.period not in atlas.periods(choice.measure, "published")
    part = panel("udvikling", label, opened=opened)
    if not part.open:
        return
    with part:
        st.markdown(
            _figure(atlas, atlas.version, choice.measure, choice.area_ids, published=published),
            unsafe_allow_html=True,
        )


@lru_cache(maxsize=128)
def _figure(
    atlas: Atlas,
    _version: str,
    indicator_id: str,
    area_ids: tuple[str, ...],
    *,
    published: bool,
) -> str:
    indicator = atlas.indicator(indicator_id)
    series = atlas.series(indicator_id, [LAND, *area_ids])
    months = series_cells.monthly(series.filter(kind="published") if published else series)
    made_up = bool(months["made_up"].any())
    country = series_cells.lines(months.filter(area_id=LAND))
    panels = [_panel(months.filter(area_id=area), n) for n, area in enumerate(area_ids)]
    events = atlas.annotations(indicator_id)
    spans = [
        Event(n, f"{row['starts_on']:%YM%m}", f"{row['ends_on'] or row['starts_on']:%YM%m}")
        for n, row in enumerate(events.iter_rows(named=True), start=1)
    ]
    title = synthetic.marked(f"{indicator.title} over tid", made_up=made_up)
    figure = small_multiples(
        [one for one in panels if one is not None],
        country,
        alt=danish.shortened(f"{title}. {sentence(months)}", 600),
        badge=synthetic.BADGE if made_up else None,
        events=spans,
    )
    told = share.sources_line(series_cells.used_sources(months, atlas.sources()))
    sources = f'<p class="note">{escape(told)}</p>'
    return f"<div>{figure}{_key(made_up=made_up)}{sources}{_events(events)}</div>"


def _panel(months: pl.DataFrame, shape: int) -> Panel | None:
    if months.is_empty():
        return None
    return Panel(
        name=str(months["name"][0]),
        shape=shape,
        lines=series_cells.lines(months),
        note=trend_words(months),
        address=links.address("kommune", kommune=str(months["area_id"][0]).removeprefix("J")),
    )


def trend_words(months: pl.DataFrame) -> str:
    """Return the trend of an area's longest series from one source and its vintages, in words."""
    parts = months.partition_by("word", "family")
    longest = max(parts, key=lambda part: part.height)
    return comparing.trend(statistics.trend(longest))


def _key(*, made_up: bool) -> str:
    dashed = "Stiplet: syntetiske (opdigtede) måneder. Prik: offentliggjort. " if made_up else ""
    return (
        f'<p class="note">{dashed}Grå: hele landet. Alle på samme skala, i pct. Hvor et tal er '
        "skjult, er linjen brudt. Retningen er kun skrevet, hvor en test støtter den "
        f"({statistics.Trend(None, 1.0, 0.0, 0).method}, 5 pct.).</p>"
    )


def _events(events: pl.DataFrame) -> str:
    items = "".join(
        f"<li>{escape(row['title'])} ({danish.date(row['starts_on'])})</li>"
        for row in events.iter_rows(named=True)
    )
    if not items:
        return ""
    return f'<p class="note">Hændelser med nummer i figurerne:</p><ol class="note">{items}</ol>'
