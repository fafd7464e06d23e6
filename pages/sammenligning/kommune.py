"""The page 'Kommuneprofil': one kommune on one page, and on one sheet of paper."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from pages.frame import filters, links, mappe
from pages.frame.address import known_value
from pages.sammenligning import peers
from pages.sammenligning.choice import FILES_PUBLISHED, read_published
from pages.sammenligning.controls import kinds, kommuner
from pages.sammenligning.place import in_order
from pages.sammenligning.share_part import share_part
from pages.sammenligning.sheet import sheet
from queries import Atlas


def show(atlas: Atlas) -> None:
    """Draw the profile of the kommune in the address, or the list to choose from."""
    names = dict(in_order(atlas, atlas.version))
    code, problems = known_value(
        st.query_params,
        "kommune",
        names,
        "",
        "kommunekoden {} findes ikke. En kommunekode har fire cifre, fx 0316. Vælg en kommune.",
    )
    rule, more = peers.read_peers(st.query_params.get("fagfaeller", ""), names)
    published, unknown = read_published(st.query_params)
    st.title(f"Kommuneprofil: {names[code]}" if code else "Kommuneprofil", anchor=False)
    with st.container(key="adressefejl"):
        for problem in [*problems, *more, *unknown]:
            st.warning(problem)
    with st.container(horizontal=True, key="filtre"):
        filters._box(
            "kommune",
            "Find kommune",
            kommuner(atlas, atlas.version),
            code or None,
            default="",
            index=None,
            placeholder="Skriv et navn, fx Aarhus",
        )
        kinds(atlas, published=published)
    if code:
        html = sheet(atlas, atlas.version, code, rule.text(), published=published)
        put = _into_folder(atlas, code, rule.text(), published=published)
        st.markdown(html + put, unsafe_allow_html=True)
        share_part(atlas, "kommune", [code], "kommune", {"kommune": code})
    else:
        st.html(_list(atlas, atlas.version))


def _into_folder(atlas: Atlas, code: str, rule: str, *, published: bool) -> str:
    """Return the button of the profile as it is shown; only peers that were chosen are named."""
    peers_chosen = rule if st.query_params.get("fagfaeller") else ""
    kinds = FILES_PUBLISHED if published else {}
    parameters = {"kommune": code, "fagfaeller": peers_chosen} | kinds
    return mappe.row(parameters, atlas.version, [mappe.Choice("profil", "Profilen")])


@lru_cache(maxsize=4)
def _list(atlas: Atlas, _version: str) -> str:
    items = "".join(
        f"<li>{links.link(name, 'kommune', kommune=code)}</li>"
        for code, name in in_order(atlas, atlas.version)
    )
    return f'<p>Vælg en af de 98 kommuner.</p><ul class="alle-kommuner">{items}</ul>'
