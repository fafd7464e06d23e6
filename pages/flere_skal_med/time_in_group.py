"""The part 'Tid i gruppe 2': stacked bars as figure 1 of the letter, spread and the 20 people."""

from __future__ import annotations

from functools import lru_cache, partial
from html import escape

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.components.area_table import Column, Row, area_table
from pages.figures import stack_cells
from pages.figures.bars import Ink
from pages.figures.distribution import histogram
from pages.figures.stack_cells import Cell
from pages.figures.stacked import stacked_bars
from pages.frame.chart import chart
from pages.frame.filters import panel
from pages.indicator.chart_files import chart_files
from pages.indicator.drill import choose
from pages.indicator.scene import Scene
from pages.language import danish, synthetic
from pages.language.sentences import LEVEL_NOUNS
from queries import Atlas, Level

PARTS = ("tid_over_9", "tid_6_til_9", "tid_3_til_6", "tid_under_3")
ADDRESSED = 20
"""People over 9 months in each kommune that the letter was sent to (F8)."""
HOW = (
    "Som figur 1 i ministerens brev: efter andelen over 9 måneder, med antallet af borgere i "
    "parentes. Skraveret er det, der er skjult: kun hvor meget det fylder tilsammen, er kendt. "
    "Grænserne ved 3 og 6 måneder er atlassets egne."
)

Rows = tuple[tuple[Cell, ...], ...]


def time_in_group(atlas: Atlas, now: Scene, ink: Ink) -> None:
    """Draw the part for the measure 'Over 9 måneder', folded until asked for (`tid=vis`)."""
    if not set(PARTS) <= set(now.indicator.breakdowns):
        return
    part = panel("tid", "Tid i gruppe 2 (figur 1 i brevet)")
    if not part.open:
        return
    level, period = now.view.level, now.view.period
    rows = _rows(atlas, atlas.version, now.indicator.indicator_id, period, level, now.around)
    titles = [now.indicator.breakdowns[name] for name in PARTS]
    name = f"{now.indicator.indicator_id}_{period}_{level}_%s"
    name += synthetic.FILE_LABEL if now.made_up else ""
    title = f"Tid i gruppe 2, {now.month}"
    marked = partial(synthetic.marked, made_up=now.made_up)
    spread = marked(spread_sentence(now))
    with part:
        st.html(f'<p>{escape(marked(_twenty(atlas, now)))}</p><p class="note">{escape(HOW)}</p>')
        left, right = st.columns(2, gap="medium")
        with left:
            chart(
                _stacked(now, rows, ink),
                key=f"tid_{level}",
                alt=f"{title}. {marked(_summary(rows, level))}",
                file_name=name % "tid",
                on_select=partial(choose, now),
            )
        with right:
            chart(
                _histogram(now, ink),
                key=f"fordeling_{level}",
                alt=f"Fordeling. {spread}",
                file_name=name % "fordeling",
            )
            st.html(f'<p class="note">{escape(spread)}</p>')
            area_table(
                columns=(
                    Column("Område"),
                    Column("Borgere", "right", now.indicator.denominator),
                    *(Column(text, "right") for text in titles),
                ),
                rows=[
                    Row(row[0]["area_id"], (row[0]["name"], *stack_cells.table_texts(row)))
                    for row in rows
                ],
                selected=now.selected,
                caption=title,
                sort=None,
                key=f"tid_tabel_{level}",
                on_select=partial(choose, now),
            )
        st.html(chart_files(now, {"stablet": "Søjlerne", "fordeling": "Fordelingen"}))


@lru_cache(maxsize=32)
def _rows(
    atlas: Atlas, _version: str, indicator_id: str, period: str, level: Level, around: str
) -> Rows:
    parts = [atlas.cells(indicator_id, period, level, around, breakdown=name) for name in PARTS]
    return tuple(stack_cells.in_order(stack_cells.joined(parts)))


def _stacked(now: Scene, rows: Rows, ink: Ink) -> go.Figure:
    return stacked_bars(
        [stack_cells.stack(row) for row in rows if row[0]["status"] != "not_collected"],
        part_names=[now.indicator.breakdowns[name] for name in PARTS],
        axis_title="Andel af borgere i gruppe 2, pct.",
        label_title="Over 9 mdr.",
        selected=now.selected,
        badge=now.badge,
        ink=ink,
    )


def _summary(rows: Rows, level: Level) -> str:
    """Return how many areas are shown whole, in part and not at all, and how many have nobody."""
    hidden = [sum(cell["status"] == "suppressed" for cell in row) for row in rows]
    here = [row[0]["status"] != "not_collected" for row in rows]
    complete = sum(n == 0 and known for n, known in zip(hidden, here, strict=True))
    partly = sum(n > 0 for n in hidden)
    return (
        f"Af {sum(here)} {LEVEL_NOUNS[level][1]} med borgere i gruppe 2 er alle fire tidsrum vist "
        f"for {complete}, og i {partly} er et eller flere tidsrum skjult."
    )


def _twenty(atlas: Atlas, now: Scene) -> str:
    """Return which kommuner have at least 20 people over 9 months, as the letter says of its."""
    cells = atlas.cells(now.indicator.indicator_id, now.view.period, "kommune", now.around)
    many = cells.filter(pl.col("numerator") >= ADDRESSED).sort("numerator", descending=True)
    fewer = cells.filter(pl.col("numerator") < ADDRESSED).height
    count = {word: cells.filter(status=word).height for word in ("suppressed", "not_collected")}
    names = [f"{name} ({danish.number(n)})" for name, n in many.select("name", "numerator").rows()]
    text = (
        f"{now.where}: {many.height} kommuner har mindst {ADDRESSED} borgere, der har været over 9 "
        "måneder i gruppe 2"
    )
    text += f": {danish.listing(names)}. " if names else ". "
    return (
        f"{text}{fewer} har færre, {count['suppressed']} er skjult og regnes hverken til den ene "
        f"eller den anden side, og {count['not_collected']} er ikke opgjort."
    )


def spread_sentence(now: Scene) -> str:
    """Return between which shares the areas lie, and the middle one."""
    shares = now.cells["share_pct"].drop_nulls().sort()
    if shares.is_empty():
        return "Der er ingen viste andele."
    low, middle, high = (
        danish.pct(float(value), now.indicator.format.share_decimals)
        for value in (shares[0], shares.quantile(0.5, "lower") or 0.0, shares[-1])
    )
    noun = LEVEL_NOUNS[now.view.level][len(shares) != 1]
    return (
        f"{now.where}: De {len(shares)} {noun} med vist andel ligger fra {low} til {high}, og den "
        f"midterste på {middle}."
    )


@lru_cache(maxsize=32)
def _histogram(now: Scene, ink: Ink) -> go.Figure:
    cell = now.cell(now.selected) if now.selected else None
    chosen = None
    if cell is not None and cell["share_pct"] is not None:
        chosen = (cell["name"].removeprefix("Jobcenter "), cell["share_pct"])
    return histogram(
        now.cells["share_pct"].drop_nulls().to_list(),
        national=now.national["share_pct"],
        national_label=f"Hele landet {now.national_share}",
        chosen=chosen,
        axis_title=f"{now.indicator.short_title}, {now.indicator.unit}",
        count_title=f"Antal {LEVEL_NOUNS[now.view.level][1]}",
        badge=now.badge,
        ink=ink,
    )
