"""The part 'Tid i gruppe 2': the 20 people, the spread, and each period of time as a table.

The stacked bars themselves, as figure 1 of the letter, stand beside the map.
"""

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
from pages.frame.chart import chart
from pages.frame.filters import panel
from pages.indicator.chart_files import chart_files
from pages.indicator.drill import choose
from pages.indicator.scene import Scene
from pages.language import danish, synthetic
from pages.language.sentences import LEVEL_NOUNS
from queries import Atlas

PARTS = ("tid_over_9", "tid_6_til_9", "tid_3_til_6", "tid_under_3")
ADDRESSED = 20
"""People over 9 months in each kommune that the letter was sent to (F8)."""
HOW = (
    "Søjlerne ved kortet står som i figur 1 i ministerens brev: efter andelen over 9 måneder, med "
    "antallet af borgere i parentes. Skraveret er det, der er skjult: kun hvor meget det fylder "
    "tilsammen, er kendt."
)


def time_in_group(atlas: Atlas, now: Scene, ink: Ink) -> None:
    """Draw the part for the measure 'Over 9 måneder', folded until asked for (`tid=vis`)."""
    if not now.stacks:
        return
    part = panel("tid", "Tid i gruppe 2: mindst 20 borgere, fordeling og tabel")
    if not part.open:
        return
    level = now.view.level
    titles = [now.indicator.breakdowns[name] for name in PARTS]
    title = f"Tid i gruppe 2, {now.month}"
    marked = partial(synthetic.marked, made_up=now.made_up)
    spread = marked(spread_sentence(now))
    many, told = _twenty(atlas, now)
    with part:
        st.html(
            f"<p>{escape(marked(told))}</p>{_listed(many)}"
            f'<p>{escape(marked(_summary(now)))}</p><p class="note">{escape(HOW)}</p>'
        )
        chart(
            _histogram(now, ink),
            key=f"fordeling_{level}",
            alt=f"Fordeling. {spread}",
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
                for row in now.stacks
            ],
            selected=now.selected,
            caption=title,
            sort=None,
            key=f"tid_tabel_{level}",
            on_select=partial(choose, now),
        )
        figures = {"stablet": "Søjlerne efter tid", "fordeling": "Fordelingen"}
        st.html(chart_files(atlas, now, figures))


def _summary(now: Scene) -> str:
    """Return how many areas are shown whole, in part and not at all, and how many have nobody."""
    hidden = [sum(cell["status"] == "suppressed" for cell in row) for row in now.stacks]
    here = [row[0]["status"] != "not_collected" for row in now.stacks]
    complete = sum(n == 0 and known for n, known in zip(hidden, here, strict=True))
    partly = sum(n > 0 for n in hidden)
    return (
        f"Af {sum(here)} {LEVEL_NOUNS[now.view.level][1]} med borgere i gruppe 2 er alle fire "
        f"tidsrum vist for {complete}, og i {partly} er et eller flere tidsrum skjult."
    )


def _listed(many: list[tuple[str, int]]) -> str:
    """Return the kommuner with their numbers as a list in columns."""
    items = "".join(
        f"<li><span>{escape(name)}</span> <span>{danish.number(n)}</span></li>" for name, n in many
    )
    return f"<ul class='mindst'>{items}</ul>" if many else ""


def _twenty(atlas: Atlas, now: Scene) -> tuple[list[tuple[str, int]], str]:
    """Return the kommuner with at least 20 people over 9 months, as the letter says of its.

    With them, how many they are, and how many others.
    """
    cells = atlas.cells(now.indicator.indicator_id, now.view.period, "kommune", now.around)
    many = cells.filter(pl.col("numerator") >= ADDRESSED).sort("numerator", descending=True)
    fewer = cells.filter(pl.col("numerator") < ADDRESSED).height
    count = {word: cells.filter(status=word).height for word in ("suppressed", "not_collected")}
    noun = "kommune har" if many.height == 1 else "kommuner har"
    text = (
        f"{now.where}: {many.height} {noun} mindst {ADDRESSED} borgere, der har været over 9 "
        f"måneder i gruppe 2. {fewer} har færre, {count['suppressed']} er skjult og regnes hverken "
        f"til den ene eller den anden side, og {count['not_collected']} er ikke opgjort."
    )
    if now.view.level == "jobcenter":
        text += " Her tælles kommuner, mens søjlerne og tabellen viser jobcentre."
    return many.select("name", "numerator").rows(), text


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
        f"{now.where}: De {len(shares)} {noun} med vist andel ligger fra {low} til {high}; den "
        f"midterste andel er {middle}"
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
