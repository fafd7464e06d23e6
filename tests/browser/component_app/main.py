"""The page of the component tests: map and table over the same invented numbers.

The address chooses the state: `valgt`, `udvalg` (only one region inside), `skilt` (badge).
"""

from __future__ import annotations

import csv
from typing import Literal

import streamlit as st

from pages.components.area_map import MapCell, area_map
from pages.components.area_table import Column, Row, area_table
from pages.figures.legend import share_legend
from pages.figures.palette import STATUS_LABELS, classify
from tests.browser.component_app.server import ASSET_ADDRESS, KOMMUNER

# One area for each look: hidden, left out and not collected; Odense is zero, which is a value.
STATUSES: dict[str, Literal["suppressed", "left_out", "not_collected"]] = {
    "0155": "suppressed",
    "0730": "suppressed",
    "0665": "left_out",
    "0376": "not_collected",
}
ZERO = "0461"

st.set_page_config(page_title="Komponenter", layout="wide")
params = st.query_params
selected = st.session_state.get("valgt", params.get("valgt"))
only_region = params.get("udvalg")


def choose(area_id: str) -> None:
    """Remember what a component reports, and that it did."""
    st.session_state["valgt"] = area_id or None
    st.session_state["rapporter"] = [*st.session_state.get("rapporter", []), area_id]


with KOMMUNER.open(encoding="utf-8") as file:
    areas = list(csv.DictReader(file))
offset = int(st.number_input("Forskydning", 0, 50, 0, step=5))
cells, rows = [], []
for place, area in enumerate(areas):
    code, name = area["kommunekode"], area["navn"]
    share = 0 if code == ZERO else (place * 7 + offset) % 53
    status = STATUSES.get(code)
    if only_region and area["regionkode"] != only_region:
        cells.append(MapCell(code, name, STATUS_LABELS["outside"], "outside"))
        continue
    if status:
        cells.append(MapCell(code, name, STATUS_LABELS[status], status))
        rows.append(Row(code, (name, area["region"], "skjult", "skjult"), status))
        continue
    count = share * 41
    text = f"{count:,}".replace(",", ".")
    cells.append(MapCell(code, name, f"{share} pct., {text} borgere", classify(share)))
    rows.append(Row(code, (name, area["region"], f"{share} pct.", text), "shown"))

st.title("Komponenter")
left, right = st.columns([3, 2])
with left:
    area_map(
        asset_url=ASSET_ADDRESS,
        level="kommune",
        cells=cells,
        legend=share_legend("Andel passive, juni 2017", cells),
        selected=selected,
        title="Passive i ressourceforløb, juni 2017",
        description="Kortet viser opdigtede tal.",
        badge="SYNTETISKE TAL" if params.get("skilt") else None,
        key="kort",
        on_select=choose,
    )
with right:
    area_table(
        columns=[
            Column("Kommune"),
            Column("Region"),
            Column("Andel", "right", "Andelen af borgere i ressourceforløb, der er passive."),
            Column("Antal", "right"),
        ],
        rows=rows,
        selected=selected,
        caption="Passive i ressourceforløb efter kommune",
        sort=(2, True),
        key="tabel",
        on_select=choose,
    )
st.write("VALGT:", selected or "intet")
st.write("RAPPORTER:", " ".join(r or "–" for r in st.session_state.get("rapporter", [])))
