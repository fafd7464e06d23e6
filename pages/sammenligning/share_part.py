"""The box 'Del og henvis' of comparison and profile: what may be cited is only the published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.frame.share import Shown, address, citation, permanent
from pages.language import danish, sentences
from pages.sammenligning.comparison import Judged, everything
from pages.samraad.references import NO_CITATION
from queries import Atlas, Level

KINDS = {"kommune": "profil", "sammenlign": "sammenligning"}
"""The kind of item that a page's file is, see `pages.samraad`."""


def share_part(
    atlas: Atlas, file: str, area_ids: Sequence[str], level: Level, parameters: Mapping[str, str]
) -> None:
    """Draw the folded box for some areas; `file` with `parameters` is their file of numbers."""
    box = st.expander("Del og henvis", key="del", on_change="rerun")
    if box.open:
        with box:
            st.html(content(atlas, file, area_ids, level, parameters))


def content(
    atlas: Atlas, file: str, area_ids: Sequence[str], level: Level, parameters: Mapping[str, str]
) -> str:
    """Return the box: link with data version, a citation per published measure, the file."""
    link = address(atlas.version)
    whole = everything(atlas, level)
    only = {**parameters, "kilde": "offentliggjort"}
    fixed = permanent(KINDS[file], only, atlas.version)
    cited = [_cited(atlas, one, area_ids, fixed) for one in whole if one.kind == "published"]
    if any(one.made_up for one in whole):
        cited.append(NO_CITATION if not cited else "De syntetiske tal må ikke citeres.")
    query = urlencode(only, safe=",")
    data = f"/data/{file}.csv?{query}"
    told = "".join(f"<dd>{escape(text)}</dd>" for text in cited)
    return (
        '<section class="del"><dl>'
        f'<dt>Link til denne visning</dt><dd><a href="{escape(link)}" target="_self">'
        f"{escape(link)}</a></dd><dt>Fast adresse: de offentliggjorte tal, som de er nu</dt>"
        f'<dd><a href="{escape(fixed)}" target="_self">{escape(fixed)}</a></dd>'
        f"<dt>Henvisning til de offentliggjorte tal</dt>{told}"
        f'<dt>De offentliggjorte tals adresse</dt><dd><a href="{escape(data)}" download>'
        f"{escape(data)}</a></dd></dl>"
        '<p class="note">Linket husker dataversionen: Er tallene ændret, når det åbnes, siger '
        "siden det og viser de nye.</p></section>"
    )


def _cited(atlas: Atlas, one: Judged, area_ids: Sequence[str], link: str) -> str:
    country = danish.pct(one.national["share_pct"], one.national["share_decimals"])
    places = [f"{row['name']}: {sentences.value(row)}" for row in one.rows(area_ids)]
    subject = one.subject
    shown = Shown(
        indicator=subject.indicator,
        source=one.source,
        period=subject.period,
        title=subject.label,
        sentence=f"{subject.label}. {'; '.join(places)}; hele landet {country}.",
        rows=subject.page.printed_as if subject.page else "",
        made_up=False,
        files={},
    )
    return citation(atlas.version, shown, link, dt.datetime.now(tz=dt.UTC).date())
