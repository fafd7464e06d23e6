"""The three subjects of 'Overblik': each a card with its published number, direction and map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl

from pages.figures import area_cells, series_cells
from pages.figures.legend import MapCell, share_legend
from pages.figures.palette import CLASS_FILLS
from pages.figures.tiles import status_words, tile_map_html
from pages.frame import evidence, mappe, statements
from pages.frame.links import link
from pages.indicator.spec import IndicatorPage
from pages.language import danish, sentences, synthetic
from queries import LAND, Atlas, Indicator, Level, statistics

ARROWS = {"stigende": "▲ stigende", "faldende": "▼ faldende", None: "ingen sikker retning"}


@dataclass(frozen=True)
class Subject:
    """What one card shows: its page, a headline statement, a sentence with statements by id.

    The map is that of the page's first measure, on `level`.
    """

    page: IndicatorPage
    title: str
    headline: str
    what: str
    sentence: str
    level: Level


def card(atlas: Atlas, subject: Subject) -> str:
    """Return one card as HTML: what is published first, and below it the map."""
    by_id = {row["statement_id"]: row for row in atlas.statements().iter_rows(named=True)}
    row = by_id[subject.headline]
    figures = {name: statements.figure(one) for name, one in by_id.items()}
    source = atlas.sources()[row["source_id"]]
    return (
        f'<section class="kort"><h2>{link(subject.title, subject.page.path)}</h2>'
        f'<p class="tal"><strong>{escape(statements.figure(row))}</strong> '
        f"<span>{escape(people(row))}{escape(subject.what)}{statements.when(row)}</span></p>"
        f"<p>{escape(_sentence(subject.sentence.format(**figures)))}</p>"
        f'<p class="note">Kilde: {escape(evidence.reference(source))}. '
        f"{escape(direction(atlas, subject.page.measures[0].indicator_id))}</p>"
        f"{_map(atlas, subject, source.source_id)}{_into_folder(atlas, subject)}</section>"
    )


def _into_folder(atlas: Atlas, subject: Subject) -> str:
    """Return the buttons for the published number and, where there is one, the map of the card."""
    choices = [mappe.Choice("udsagn", "Tallet", {"id": subject.headline})]
    indicator_id = subject.page.measures[0].indicator_id
    if indicator_id in atlas.indicators:
        period = atlas.default_period(indicator_id)
        level = "" if subject.level == "kommune" else subject.level
        shown = {"indikator": indicator_id, "periode": period, "niveau": level, "kort": "fliser"}
        choices.append(mappe.Choice("kort", "Kortet", shown))
    return mappe.row({}, atlas.version, choices, what=subject.title)


def people(row: Mapping[str, Any]) -> str:
    """Return how many people a share is, where that is published too: '= 735 personer '."""
    if row["count"] is None:
        return ""
    hedge = statements.HEDGE_WORDS.get(row["count_hedge"], "")
    return f"= {hedge}{danish.number(row['count'])} personer "


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def direction(atlas: Atlas, indicator_id: str) -> str:
    """Say which way the country's numbers go, of those that are not made up.

    An arrow stands only where a test supports it. One published month has no direction. The months
    may be of other sources than the number above, so theirs are named.
    """
    real = [months for kind, months in _land(atlas, indicator_id).items() if kind != "synthetic"]
    months = max(real, key=lambda one: one.height, default=None)
    if months is None or months.height < 2:
        return "Ét offentliggjort nedslag, ingen udvikling."
    used = series_cells.used_sources(months, atlas.sources())
    return f"Udvikling: {_trend(months)} (kilde: {evidence.references(used)})."


def made_up_direction(atlas: Atlas, indicator_id: str) -> str:
    """Say which way the synthetic series goes, named as such; empty where there is none."""
    months = _land(atlas, indicator_id).get("synthetic")
    return f"Syntetisk serie: {_trend(months)}." if months is not None and months.height > 1 else ""


def _land(atlas: Atlas, indicator_id: str) -> Mapping[str, pl.DataFrame]:
    """Return the country's months by kind, of each kind the source with the most months.

    Vintages of a series, and what corrects them, are one source: each month is as it stands now.
    """
    if indicator_id not in atlas.indicators:
        return {}
    series = atlas.series(indicator_id, [LAND])
    standing = series.unique(["period", "family"], keep="first", maintain_order=True)
    of_one = standing.partition_by("kind", "family", maintain_order=True)
    parts = sorted(of_one, key=lambda one: one.height)
    return {str(part["kind"][0]): part for part in parts}


def _trend(months: pl.DataFrame) -> str:
    found = statistics.trend(months)
    first, last = min(months["period"])[:4], max(months["period"])[:4]
    return f"{ARROWS[found.direction if found else None]}, {first}–{last}"


def _map(atlas: Atlas, subject: Subject, headline: str) -> str:
    """Return the small map with its key, badge and the sentence of its numbers.

    Its source is named where it is another than `headline`, that of the number above.
    """
    indicator_id = subject.page.measures[0].indicator_id
    if indicator_id not in atlas.indicators:
        return '<p class="note">Der er ingen tal for områderne i denne dataversion.</p>'
    indicator = atlas.indicator(indicator_id)
    period = atlas.default_period(indicator_id)
    cells = atlas.cells(indicator_id, period, subject.level)
    made_up = "synthetic" in cells["kind"]
    drawn = area_cells.map_cells(cells, indicator, set(cells["area_id"]))
    spread = sentences.spread(cells, atlas.national(indicator_id, period), "Hele landet")
    title = f"{indicator.title}, {synthetic.period(period, made_up=made_up)}"
    more = made_up_direction(atlas, indicator_id) if made_up else ""
    badge = synthetic.BADGE if made_up else None
    used = {one for one in cells["source_id"] if one != headline and not made_up}
    whose = ""
    if used:
        sources = atlas.sources()
        whose = f" Kilde: {evidence.references(sources[one] for one in sorted(used))}."
    caption = f"{_caption(indicator, period, drawn)}{whose} {more}"
    told = synthetic.marked(caption, made_up=made_up)
    return (
        '<figure class="lille">'
        + tile_map_html(drawn, selected=None, title=title, description=spread, badge=badge)
        + f"<figcaption>{escape(told)}</figcaption>{_key(indicator, drawn)}</figure>"
    )


def _caption(indicator: Indicator, period: str, cells: list[MapCell]) -> str:
    noun = "jobcentre" if any(cell.area_id.startswith("J") for cell in cells) else "kommuner"
    words = status_words(cells)
    return f"{indicator.short_title}, {noun}, {danish.period(period)}." + (
        f" {words.capitalize()}." if words else ""
    )


def _key(indicator: Indicator, cells: list[MapCell]) -> str:
    form = indicator.format
    legend = share_legend("", cells, form.class_breaks, whole=form.share_decimals == 0)
    items = "".join(
        f'<span><i style="background:{CLASS_FILLS[n]}"></i>'
        f"{escape(_short(label, high, exact=form.share_decimals > 0))}</span>"
        for n, (_, high, label) in enumerate(legend.classes)
    )
    return f'<p class="noegle">{items}</p>'


def _short(label: str, high: float | None, *, exact: bool) -> str:
    """Return a class as short as it can be; the last one says what is counted: '90+ pct.'.

    Shares with decimals fill a class up to where the next one begins: '15–<20'.
    """
    if exact and high is not None:
        return label.removesuffix(" pct.").replace("–", "–<")
    return label.replace(" pct. og derover", "+\N{NO-BREAK SPACE}pct.").removesuffix(" pct.")
