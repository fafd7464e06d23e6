"""The part 'Offentliggjort og syntetisk side om side': how well the made-up numbers imitate."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.components.area_table import Column, Row, area_table
from pages.figures import pairs
from pages.frame.filters import panel, select
from pages.indicator.scene import Scene
from pages.language import danish, synthetic
from queries import Atlas

COLUMNS = (
    Column("Område"),
    Column("Offentliggjort antal", "right", "Som trykt i kilden"),
    Column("Offentliggjort andel", "right", "Som trykt i kilden, i hele procent"),
    Column("Syntetisk antal", "right", "Opdigtede borgere i tælleren"),
    Column("Syntetisk andel", "right", "Tæller divideret med nævner, afrundet"),
    Column("Syntetisk nævner", "right", "Opdigtede borgere i nævneren"),
    Column("Forskel i antal", "right", "Syntetisk minus offentliggjort, hvor begge tal er vist"),
)


def side_by_side(atlas: Atlas, now: Scene) -> None:
    """Draw both numbers of every area, folded until asked for (`side_om_side=vis`)."""
    if not now.beside:
        return
    label = "Offentliggjort og syntetisk side om side"
    part = panel("side_om_side", label)
    if not part.open:
        return
    indicator_id, period, level = now.indicator.indicator_id, now.view.period, now.view.level
    made_up = atlas.cells(indicator_id, period, level, now.view.within, source_kind="synthetic")
    rows = pairs.pairs(now.cells, made_up)
    with part:
        st.html(
            '<div class="syntetisk" role="note"><strong>Syntetiske tal ved siden af de '
            "offentliggjorte.</strong> De syntetiske er opdigtede borgere, valgt så de gengiver "
            f"det offentliggjorte. {escape(pairs.agreement(rows))} Hver side skjuler efter sin "
            "egen regel, og der regnes ingen forskel af et skjult tal.</div>"
        )
        area_table(
            columns=COLUMNS,
            rows=[
                Row(cell["area_id"], (cell["name"], *pairs.texts(pair)), cell["status"])
                for pair in rows
                for cell in (pair.published,)
            ],
            selected=now.selected,
            caption=f"{now.indicator.title}, {danish.period(period)}: offentliggjort og "
            f"{synthetic.BADGE}",
            sort=None,
            key=f"sammenligning_{level}",
            on_select=lambda area_id: select(area_id.removeprefix("J")),
        )
