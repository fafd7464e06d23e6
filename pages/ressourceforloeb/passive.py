"""The page 'Passive i ressourceforløb': headline, map, bars and table of one selection."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.components.area_map import area_map
from pages.components.area_table import Column, Row, area_table
from pages.figures import area_cells
from pages.figures.bars import Ink, Reference, ranked_bars
from pages.figures.legend import Legend, MapCell, share_legend
from pages.frame import evidence, filters
from pages.frame.address import View, selected_area
from pages.frame.chart import chart
from pages.frame.routes import map_address
from pages.language import danish, sentences
from queries import Atlas, Indicator, Source

INDICATOR = "passive_ressourceforloeb"
COLUMNS = (
    Column("Område"),
    Column("Antal", "right", "Borgere uden aktivt tilbud og uden mentor det seneste år"),
    Column("Andel", "right", "Som offentliggjort, i hele procent"),
    Column(
        "Nævner (beregnet)",
        "right",
        "Alle med mindst 1 års anciennitet. Ikke offentliggjort: regnet baglæns af andelen",
    ),
)


@dataclass(frozen=True, eq=False)
class Scene:
    """All that the page shows, asked for once: the country, every area, and those chosen.

    One object per view and data version, shared by all readers: nothing in it may be changed.
    """

    indicator: Indicator
    view: View
    national: dict[str, Any]
    everywhere: pl.DataFrame
    cells: pl.DataFrame
    source: Source
    where: str
    selected: str | None

    @property
    def title(self) -> str:
        """The title of map, bars and table."""
        return f"{self.indicator.title}, {danish.period(self.view.period)}"

    @property
    def badge(self) -> str | None:
        """What is written on the figures themselves where numbers are made up."""
        return "SYNTETISKE TAL" if "synthetic" in self.everywhere["kind"] else None

    @property
    def national_share(self) -> str:
        """The country's share in words."""
        return danish.pct(self.national["share_pct"], self.national["share_decimals"])


def show(atlas: Atlas) -> None:
    """Draw the page for the view in the address."""
    st.title(atlas.indicator(INDICATOR).title, anchor=False)
    view = filters.area_filters(atlas, atlas.areas(), atlas.periods(INDICATOR))
    scene = _scene(atlas, atlas.version, view)
    headline(scene)
    selection(scene)
    figures(scene)
    proof(atlas, scene)


@lru_cache(maxsize=128)
def _scene(atlas: Atlas, _version: str, view: View) -> Scene:
    """Ask for a view's numbers; remembered, since most readers open the same few views."""
    indicator = atlas.indicator(INDICATOR)
    areas = atlas.areas()
    chosen = atlas.cells(INDICATOR, view.period, view.level, view.within)
    national = atlas.national(INDICATOR, view.period)
    return Scene(
        indicator=indicator,
        view=view,
        national=national,
        source=atlas.sources()[national["source_id"]],
        everywhere=atlas.cells(INDICATOR, view.period, view.level),
        cells=area_cells.in_order(chosen, view.sort),
        where=areas.filter(pl.col("area_id") == view.within)["name"].item(),
        selected=selected_area(areas, view.level, view.kommune),
    )


def headline(scene: Scene) -> None:
    """Draw the sentence and the key numbers of the selection."""
    counts = sentences.above_and_below(scene.cells, scene.national)
    nouns = sentences.LEVEL_NOUNS[scene.view.level]
    # A place's name with its preposition ('på Fyn') would need a list; a colon needs none.
    here = "" if scene.where == "Hele landet" else f"{scene.where}: "
    tiles = [
        (danish.number(scene.national["numerator"]), "borgere i hele landet"),
        (scene.national_share, "af alle med mindst 1 års anciennitet"),
        *(
            (str(counts[side]), f"{here}{nouns[counts[side] != 1]} ligger {word}")
            for side, word in (
                ("above", f"over landets {scene.national_share}"),
                ("below", "under"),
            )
        ),
    ]
    items = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for v, k in tiles)
    rest = f"{counts['level']} på landets niveau"
    if counts["without"]:
        rest += f", og {counts['without']} uden vist andel"
    rest += "."
    if here:
        rest += (
            " Kilden har ikke tal for regioner og landsdele, og atlasset lægger ikke kommuner "
            "sammen, fordi det ville afsløre de skjulte."
        )
    st.html(
        f'<p class="manchet">{escape(sentences.national(scene.indicator, scene.national))}</p>'
        f'<dl class="noegletal">{items}</dl><p class="note">{escape(rest)}</p>'
    )


def selection(scene: Scene) -> None:
    """Draw the sentence of the selected area, with a way to let go of it.

    The box is always there: an element that comes and goes would move those below it to another
    place in Streamlit's tree, where they are drawn anew and lose the keyboard's focus.
    """
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="valgt"):
        if scene.selected is None:
            st.markdown("Vælg en kommune på kortet, i søjlerne, i tabellen eller ved at søge.")
            return
        cell = scene.everywhere.filter(pl.col("area_id") == scene.selected).row(0, named=True)
        sentence = sentences.area(cell, scene.national, scene.indicator, scene.everywhere)
        outside = ""
        if scene.selected not in scene.cells["area_id"]:
            outside = f" {cell['name']} ligger uden for {scene.where}."
        source = evidence.reference(scene.source)
        st.markdown(f"{sentence} {sentences.trace(cell, source)}{outside}")
        st.button("Fjern valg", on_click=filters.select, args=(None,))


def figures(scene: Scene) -> None:
    """Draw map, table and bars; a click in one selects in all through the address."""
    level = scene.view.level
    summary = sentences.spread(scene.cells, scene.national, scene.where)
    left, right = st.columns(2, gap="medium")
    with left:
        cells, legend = _map(scene)
        area_map(
            asset_url=map_address(),
            level=level,
            cells=cells,
            legend=legend,
            selected=scene.selected,
            title=scene.title,
            description=summary,
            badge=scene.badge,
            key=f"kort_{level}",
            on_select=_select,
        )
        area_table(
            columns=COLUMNS,
            rows=_rows(scene),
            selected=scene.selected,
            caption=scene.title,
            sort=None,
            key=f"tabel_{level}",
            on_select=_select,
        )
    with right:
        ink = Ink("#f0f2f4", "#14181d") if st.context.theme.type == "dark" else Ink()
        alt = f"{scene.title}. {summary}"
        chart(_bars(scene, ink), key=f"soejler_{level}", alt=alt, on_select=_select)


@lru_cache(maxsize=128)
def _map(scene: Scene) -> tuple[list[MapCell], Legend]:
    cells = area_cells.map_cells(scene.everywhere, scene.indicator, set(scene.cells["area_id"]))
    form = scene.indicator.format
    whole = form.share_decimals == 0
    return cells, share_legend(scene.indicator.short_title, cells, form.class_breaks, whole=whole)


@lru_cache(maxsize=128)
def _rows(scene: Scene) -> list[Row]:
    return [
        Row(cell["area_id"], (cell["name"], *area_cells.table_row(cell)), cell["status"])
        for cell in scene.cells.iter_rows(named=True)
    ]


@lru_cache(maxsize=128)
def _bars(scene: Scene, ink: Ink) -> go.Figure:
    return ranked_bars(
        area_cells.bars(scene.cells, scene.indicator),
        axis_title=f"{scene.indicator.short_title}, {scene.indicator.unit}",
        reference=Reference(scene.national["share_pct"], f"Hele landet {scene.national_share}"),
        selected=scene.selected,
        badge=scene.badge,
        ink=ink,
    )


def _select(area_id: str) -> None:
    """Put a clicked area into the address; a jobcenter stands for the kommune it is named after."""
    filters.select(area_id.removeprefix("J"))


def proof(atlas: Atlas, scene: Scene) -> None:
    """Draw caption, downloads, definition and source."""
    note = evidence.caption(scene.source, scene.view.period, "tabel 1")
    if scene.view.level == "jobcenter":
        note += (
            " Jobcentre er lagt sammen af kommuner. Hvor en af kommunerne er skjult eller udeladt "
            "i kilden, er jobcentret skjult, fordi summen ellers ville afsløre tallet."
        )
    st.caption(note)
    parameters = scene.view.parameters(default_period="")
    parameters.pop("sortering", None)
    evidence.downloads(scene.indicator.indicator_id, parameters)
    left, right = st.columns(2, gap="large")
    with left:
        evidence.definition(scene.indicator)
    with right:
        evidence.source_card(scene.source, atlas.sources())
