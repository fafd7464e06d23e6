"""Who took part: the named kommuner on map and list, or plainly that no document names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pages.components.area_map import area_map
from pages.figures import area_cells
from pages.figures.legend import Legend, MapCell, share_legend
from pages.frame.filters import select
from pages.frame.links import link
from pages.frame.map_paths import map_address
from pages.initiativer.groups import Group, judged_members, published
from pages.language import chance, danish, sentences
from queries import Atlas

HEADS = ("Antal", "Andel", "Nævner", "Interval", "Mod landet")


def participants(atlas: Atlas, row: Mapping[str, Any]) -> None:
    """Draw the kommuner of one programme as far as the documents name them."""
    if not row["members"]:
        st.html(f'<h2 class="omraader">Kommunerne</h2><p>{escape(unnamed(row))}</p>')
        return
    group = published(atlas, atlas.version, tuple(row["members"]))
    st.html(
        f'<h2 class="omraader">De {len(row["members"])} navngivne kommuner</h2>'
        f"<p>Kortet viser {group.indicator.short_title.lower()} i {danish.period(group.period)} i "
        "de navngivne kommuner. De øvrige er dæmpet.</p>"
    )
    left, right = st.columns(2, gap="medium")
    cells, legend = _map(atlas, atlas.version, group)
    chosen = st.query_params.get("kommune")
    selected = chosen if chosen in row["members"] else None
    with left:
        area_map(
            asset_url=map_address(),
            level="kommune",
            cells=cells,
            legend=legend,
            selected=selected,
            title=f"{row['title']}: {group.indicator.short_title.lower()}, "
            f"{danish.period(group.period)}",
            description=f"Kort over de {len(row['members'])} navngivne kommuner.",
            badge=None,
            key="kort_deltagere",
            on_select=select,
        )
    with right:
        judged = judged_members(atlas, atlas.version, tuple(row["members"]))
        st.html(_told(group, selected))
        st.html(_list(group, judged))


def unnamed(row: Mapping[str, Any]) -> str:
    """Return that the documents do not name the kommuner, and what follows from it."""
    if not row["kommuner"]:
        return (
            "Dokumentet udpeger ikke bestemte kommuner: Brevet er sendt til alle kommuner. Der er "
            "derfor ingen deltagere at vise på et kort."
        )
    return (
        f"Dokumenterne navngiver ikke de {row['kommuner']} kommuner. Listen er ikke med i den "
        "udgave, atlasset har, og kan derfor hverken vises på et kort eller sammenlignes med "
        "andre. Atlasset gætter ikke."
    )


@lru_cache(maxsize=8)
def _map(atlas: Atlas, _version: str, group: Group) -> tuple[list[MapCell], Legend]:
    """Return the named kommuner alone: the map dims those it is told nothing of."""
    indicator = group.indicator
    cells = area_cells.map_cells(group.inside, indicator, set(group.inside["area_id"]))
    whole = indicator.format.share_decimals == 0
    legend = share_legend(indicator.short_title, cells, indicator.format.class_breaks, whole=whole)
    return cells, replace(legend, statuses_present=(*legend.statuses_present, "outside"))


def _told(group: Group, selected: str | None) -> str:
    """Return the selected kommune's sentence: apart from the table, which then need not be sent."""
    if selected is None:
        return '<p class="valgt-kommune">Vælg en kommune på kortet, eller følg et navn.</p>'
    cell = group.inside.row(by_predicate=pl.col("area_id") == selected, named=True)
    return (
        f'<p class="valgt-kommune"><strong>{escape(cell["name"])}</strong>: '
        f"{escape(sentences.value(cell))}. "
        + link(f"Se hele profilen for {cell['name']}", "kommune", kommune=selected)
        + ".</p>"
    )


def _list(group: Group, judged: pl.DataFrame) -> str:
    rows = "".join(
        "<tr><th scope='row'>"
        + link(cell["name"], "kommune", kommune=cell["area_id"])
        + "</th>"
        + "".join(f"<td>{escape(text)}</td>" for text in _texts(cell))
        + "</tr>"
        for cell in area_cells.in_order(judged, "navn").iter_rows(named=True)
    )
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("Kommune", *HEADS))
    title = f"{group.indicator.title}, {danish.period(group.period)}"
    return (
        f"<div class='rul navngivne' tabindex='0' role='region' "
        f"aria-label='Navngivne kommuner'><table><caption>{escape(title)}. Et navn fører til "
        "kommunens profil. Nævneren er regnet baglæns af den afrundede andel. Intervallet er i "
        "pct. med 95 pct. sikkerhed.</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _texts(cell: Mapping[str, Any]) -> list[str]:
    return [*area_cells.table_row(cell), chance.interval(cell), chance.verdict(cell)]
