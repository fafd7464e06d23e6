"""The same content as the atlas's map page, with Streamlit's and Plotly's own means.

It shows what the page would cost without a map, table, shell or settings of our own.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from queries import LAND, Atlas

INDICATOR = "passive_ressourceforloeb"
LEVELS = {"kommune": "Kommuner", "jobcenter": "Jobcentre"}
SORTS = {"andel": "Andel, højest først", "antal": "Antal, flest først", "navn": "Navn, A–Å"}
COLOURS = ["#fbe3c4", "#f5b78a", "#e2795b", "#b63a4b", "#6d1237"]
NO_STYLE = {"version": 8, "sources": {}, "layers": []}  # no background from another host


@cache
def atlas() -> Atlas:
    """The façade, one for all sessions."""
    return Atlas()


def choose() -> None:
    """Put a click in map, bars or table into the filter 'Find kommune'."""
    for key in ("kort", "soejler"):
        if points := st.session_state[key].selection.points:
            st.session_state.kommune = points[0].get("location") or points[0]["customdata"][0]
    if rows := st.session_state.tabel.selection.rows:
        st.session_state.kommune = st.session_state.viste[rows[0]]


def filters(areas: pl.DataFrame) -> tuple[str | None, str, str, str]:
    """Draw the filters; return the chosen kommune, area, level and order."""
    names = dict(areas.select("area_id", "name").rows())
    kommuner = areas.filter(level="kommune").sort("name")["area_id"].to_list()
    places = [LAND, *areas.filter(pl.col("level").is_in(["region", "landsdel"]))["area_id"]]
    box = st.columns(4)
    kommune = box[0].selectbox("Find kommune", kommuner, None, names.__getitem__, key="kommune")
    within = box[1].selectbox("Område", places, format_func=names.__getitem__)
    level = box[2].selectbox("Niveau", list(LEVELS), format_func=LEVELS.__getitem__)
    order = box[3].selectbox("Rækkefølge", list(SORTS), format_func=SORTS.__getitem__)
    return kommune, within, level, order


def the_map(cells: pl.DataFrame, level: str, selected: str | None) -> go.Figure:
    """Draw the map with WebGL; the shapes come by address."""
    steps = [(i / 5 + end / 5, colour) for i, colour in enumerate(COLOURS) for end in (0, 1)]
    trace = go.Choroplethmap(
        geojson=f"/geo/{level}.json",
        locations=cells["area_id"].to_list(),
        z=cells["share_pct"].fill_null(0).to_list(),
        text=cells["name"].to_list(),
        zmin=0,
        zmax=50,
        colorscale=steps,
        marker={"line": {"width": [3 if a == selected else 0.6 for a in cells["area_id"]]}},
    )
    view = {"style": NO_STYLE, "center": {"lat": 56.0, "lon": 11.2}, "zoom": 5.6}
    return go.Figure(trace, {"map": view, "height": 700, "margin": dict.fromkeys("lrtb", 0)})


def the_bars(cells: pl.DataFrame, national: dict[str, Any], selected: str | None) -> go.Figure:
    """Draw one bar per area, the first on top."""
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=cells["name"].to_list(),
            x=cells["share_pct"].fill_null(0).to_list(),
            text=[f"{x:g} pct." if x is not None else "skjult" for x in cells["share_pct"]],
            customdata=[[area] for area in cells["area_id"]],
            textposition="outside",
            marker={
                "color": cells["share_pct"].fill_null(0).to_list(),
                "colorscale": "Reds",
                "line": {"width": [3 if area == selected else 0.5 for area in cells["area_id"]]},
            },
        ),
        {"height": 19 * cells.height + 64, "yaxis": {"autorange": "reversed", "dtick": 1}},
    )
    return figure.add_vline(x=national["share_pct"], line={"dash": "dot"})


def show() -> None:
    """Draw the page."""
    indicator, areas = atlas().indicator(INDICATOR), atlas().areas()
    period = atlas().periods(INDICATOR)[0]
    st.title(indicator.title)
    kommune, within, level, order = filters(areas)
    cells = atlas().cells(INDICATOR, period, level, within)  # type: ignore[arg-type]  # of LEVELS
    by = {"andel": "share_pct", "antal": "numerator", "navn": "name"}[order]
    cells = cells.sort(by, descending=order != "navn", nulls_last=True)
    st.session_state.viste = cells["area_id"].to_list()
    national: dict[str, Any] = atlas().national(INDICATOR, period)
    share = national["share_pct"]
    tiles = st.columns(4)
    tiles[0].metric("Borgere i hele landet", national["numerator"])
    tiles[1].metric("Andel af alle", f"{share:g} pct.")
    tiles[2].metric("Over landet", cells.filter(pl.col("share_pct") > share).height)
    tiles[3].metric("Under landet", cells.filter(pl.col("share_pct") < share).height)
    if kommune:
        st.info(", ".join(map(str, areas.filter(area_id=kommune).select("name", "region").row(0))))
    left, right = st.columns(2)
    with left:
        map_figure = the_map(cells, level, kommune)
        st.plotly_chart(map_figure, key="kort", on_select=choose, selection_mode="points")
        columns = ("name", "numerator", "denominator_low", "denominator_high", "share_pct")
        st.dataframe(
            cells.select(columns), key="tabel", on_select=choose, selection_mode="single-row"
        )
    with right:
        bars = the_bars(cells, national, kommune)
        st.plotly_chart(bars, key="soejler", on_select=choose, selection_mode="points")
    source = atlas().sources()[str(national["source_id"])]
    st.caption(f"Kilde: {source.publisher}, {source.document_id}. Opgjort {period}.")
    st.download_button("Tabel som CSV", cells.select(columns).write_csv(separator=";"), "tabel.csv")
    left, right = st.columns(2)
    left.markdown(f"## Sådan er det opgjort\n{indicator.definition}\n\n{indicator.numerator}")
    left.markdown("\n".join(f"- {text}" for text in indicator.caveats + indicator.open_choices))
    right.markdown(f"## Kilde\n{source.title}\n\n{source.note}")


st.set_page_config(page_title="Passive i ressourceforløb", layout="wide")
show()
