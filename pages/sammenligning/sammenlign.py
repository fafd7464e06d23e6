"""The page 'Sammenlign kommuner': up to ten areas side by side."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from pages.figures.marks import definitions
from pages.frame import links
from pages.sammenligning import comparison, peers, strips
from pages.sammenligning.choice import Choice
from pages.sammenligning.controls import controls
from pages.sammenligning.detail import detail
from pages.sammenligning.over_time import over_time
from pages.sammenligning.share_part import share_part
from queries import Atlas, Level

EXAMPLES = (
    ("Holbæk, Slagelse, Næstved og Køge", "0316,0330,0370,0259"),
    ("De fire største byer", "0101,0751,0461,0851"),
    ("Øerne: Bornholm, Samsø, Ærø, Langeland og Læsø", "0400,0741,0492,0482,0825"),
)
NOTICE = (
    '<div class="syntetisk" role="note"><strong>Syntetiske tal.</strong> Der er ikke fundet '
    "offentliggjorte tal for kommuner og jobcentre for disse mål. Tallene herunder er opdigtede: "
    "De viser, hvordan atlasset virker, og siger intet om virkeligheden. De må ikke citeres.</div>"
)


def show(atlas: Atlas) -> None:
    """Draw the page for the comparison in the address."""
    st.title("Sammenlign kommuner", anchor=False)
    choice = controls(atlas)
    if not choice.area_ids:
        st.html(_empty())
        return
    st.markdown(
        _profile(atlas, atlas.version, choice.area_ids, choice.level, published=choice.published),
        unsafe_allow_html=True,
    )
    st.html(_detail(atlas, atlas.version, choice))
    over_time(atlas, choice)
    share_part(atlas, "sammenlign", choice.area_ids, choice.level, choice.parameters())


def _empty() -> str:
    items = "".join(
        f"<li>{links.link(name, 'sammenlign', sammenlign=codes)}</li>" for name, codes in EXAMPLES
    )
    return (
        "<p>Vælg op til ti kommuner ovenfor. Så vises de side om side på alle mål: hvor de ligger "
        "blandt alle kommuner, hvor langt der er til landet, regionen og dem, der ligner, i "
        f"procentpoint og i borgere, og hvordan det har udviklet sig.</p><p>For eksempel:</p>"
        f"<ul>{items}</ul>"
    )


@lru_cache(maxsize=128)
def _profile(
    atlas: Atlas, _version: str, area_ids: tuple[str, ...], level: Level, *, published: bool
) -> str:
    real, made_up = comparison.by_kind(comparison.everything(atlas, level, published=published))
    parts = [definitions(len(area_ids)), "<h2>Profil</h2>"]
    if real:
        parts.append(strips.block(real, area_ids, made_up=False))
    if made_up:
        parts.append(NOTICE + strips.block(made_up, area_ids, made_up=True))
    key = (
        '<p class="note">Hver prik er en kommune eller et jobcenter med vist andel. Linjen '
        "om et mærke er usikkerheden (95 pct.).</p>"
    )
    return "<div>" + "".join(parts) + key + "</div>"


@lru_cache(maxsize=256)
def _detail(atlas: Atlas, _version: str, choice: Choice) -> str:
    one = comparison.judged(atlas, atlas.version, choice.measure, choice.level)
    if one is None or (choice.published and one.kind != "published"):
        told = "offentliggjorte " if choice.published else ""
        return f"<p>Der er ingen {told}tal for dette mål på dette niveau.</p>"
    rule, _ = peers.read_peers(choice.peers)
    words = peers.described(rule, peers.characteristics(atlas, atlas.version))
    return detail(atlas, one, choice, words)
