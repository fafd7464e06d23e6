"""The script Streamlit runs: page settings, navigation, the chosen page and the footer."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from pages.flere_skal_med import gruppe_2, virksomhedspraktik
from pages.frame import embed, filters, share
from pages.frame.data import atlas
from pages.indlaes import access, indlaes
from pages.initiativer import initiativer
from pages.language import danish
from pages.metode import fortrolighed, kilder, om, tilgaengelighed
from pages.oversigt import overblik
from pages.ressourceforloeb import passive
from pages.sammenligning import kommune, sammenlign
from pages.samraad import henvisning, paastandstjek, samraad
from pages.tabeltjek import tabeltjek
from queries import Atlas

LOGO = Path(__file__).parent / "assets" / "logo.svg"
FIXED = "henvisning"
"""Permanent addresses."""
INDICATOR_PAGES = (passive, gruppe_2, virksomhedspraktik)
WITH_FILTERS = {module.PAGE.path for module in INDICATOR_PAGES}


def page(
    show: Callable[[Atlas], None],
    title: str,
    path: str,
    *,
    first: bool = False,
    visible: bool = True,
) -> st.Page:
    """Return a page; `show` draws it from the façade it is given. `visible` is of the menu."""
    return st.Page(
        lambda: show(atlas()),
        title=title,
        url_path=path,
        default=first,
        visibility="visible" if visible else "hidden",
    )


st.set_page_config(page_title="Indsatsatlas", layout="wide", initial_sidebar_state=250)
st.logo(LOGO, size="large")
chosen = st.navigation(
    [
        page(overblik.show, "Overblik", "overblik", first=True),
        *(page(module.show, module.PAGE.title, module.PAGE.path) for module in INDICATOR_PAGES),
        page(sammenlign.show, "Sammenlign kommuner", "sammenlign"),
        page(kommune.show, "Kommuneprofil", "kommune"),
        page(initiativer.show, "Initiativer", "initiativer"),
        page(tabeltjek.show, "Tabeltjek", "tabeltjek"),
        page(samraad.show, "Samråd", "samraad"),
        page(paastandstjek.show, "Påstandstjek", "paastandstjek"),
        page(indlaes.show, "Data", "indlaes", visible=access.is_owner()),
        page(kilder.show, "Kilder og metode", "kilder"),
        page(fortrolighed.show, "Fortrolighed", "fortrolighed"),
        page(om.show, "Om atlasset", "om"),
        page(henvisning.show, "Henvisning", FIXED, visible=False),
        page(tilgaengelighed.show, "Tilgængelighed", "tilgaengelighed"),
    ]
)
st.set_page_config(page_title=f"{chosen.title} – Indsatsatlas")
filters.keep_choices(
    chosen.url_path, has_filters=chosen.url_path in {*WITH_FILTERS, "sammenlign", "kommune"}
)
if chosen.url_path in WITH_FILTERS:  # elsewhere a part alone would lose its warnings and source
    embed.prepare()
if chosen.url_path != FIXED:  # its data version is the one that it shows
    share.notice(atlas())
chosen.run()

built = atlas().built()
if embed.embedded() and chosen.url_path not in WITH_FILTERS:
    embed.line(f"{chosen.title}. Dataversion {built.version}.", share.address())
st.html(
    '<footer class="sidefod"><p>Indsatsatlas · dataversion '
    f"<code>{escape(built.version)}</code> fra {danish.date(built.built_at)} · "
    '<a href="/data/">Alle data</a> · <a href="/kilder" target="_self">Kilder og metode</a> · '
    '<a href="/fortrolighed" target="_self">Fortrolighed</a> · '
    '<a href="/om" target="_self">Om atlasset</a> · '
    '<a href="/tilgaengelighed" target="_self">Tilgængelighedserklæring</a></p></footer>'
)
