"""What a reader chooses a comparison with: areas, level, indicator and peers, in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from html import escape

import streamlit as st

from pages.frame import filters
from pages.frame.address import LEVEL_NAMES
from pages.sammenligning import peers
from pages.sammenligning.choice import (
    KINDS,
    LEVELS,
    MOST,
    PUBLISHED,
    Choice,
    read_choice,
    read_codes,
    read_published,
)
from pages.sammenligning.comparison import everything
from pages.sammenligning.measures import subjects
from pages.sammenligning.place import in_order
from queries import Atlas, statistics

REFUSED = "sammenlign_afvist"
KEY, OWN = "valg_sammenlign", "valg_egen_gruppe"


def controls(atlas: Atlas) -> Choice:
    """Draw the fields and return the comparison that the address asks for."""
    areas = atlas.areas()
    measures = _measures(atlas)
    choice, problems = read_choice(st.query_params, areas, measures)
    rule, more = peers.read_peers(choice.peers, kommuner(atlas, atlas.version))
    with st.container(key="adressefejl"):
        for problem in [*problems, *more, *st.session_state.pop(REFUSED, [])]:
            st.warning(problem)
    with st.container(horizontal=True, key="filtre"):
        _kommuner(atlas, KEY, f"Kommuner (højst {MOST})", choice.kommuner, partial(put, atlas))
        levels: dict[str, str] = {one: LEVEL_NAMES[one] for one in LEVELS}
        filters._box("niveau", "Niveau", levels, choice.level)
        filters._box("maal", "Mål i tabel og kurver", measures, choice.measure)
        kinds(atlas, published=choice.published)
    _peers(atlas, choice, rule)
    return replace(choice, peers=rule.text())


def kinds(atlas: Atlas, *, published: bool) -> None:
    """Draw the choice of numbers, where there are made-up ones to leave out."""
    if any(one.made_up for one in everything(atlas, LEVELS[0])):
        filters._box("tal", "Tal", KINDS, PUBLISHED if published else "alle")


def _measures(atlas: Atlas) -> dict[str, str]:
    if read_published(st.query_params)[0]:
        found = everything(atlas, LEVELS[0], published=True)
        return {one.subject.indicator.indicator_id: one.subject.label for one in found}
    return {one: s.label for one, s in subjects(atlas, atlas.version).items()}


def put(atlas: Atlas, codes: list[str]) -> None:
    """Write the chosen kommuner to the address; what is refused is said once, with the reason."""
    names = dict(in_order(atlas, atlas.version))
    kept, st.session_state[REFUSED] = read_codes(",".join(codes), names)
    filters._write("sammenlign", ",".join(kept))


def _kommuner(
    atlas: Atlas, key: str, label: str, chosen: Sequence[str], write: Callable[[list[str]], None]
) -> None:
    options = kommuner(atlas, atlas.version)
    st.session_state[key] = list(chosen)
    st.multiselect(
        label,
        list(options),
        format_func=lambda code: options[code],
        key=key,
        on_change=lambda: write(list(st.session_state[key])),
        placeholder="Skriv et navn, fx Holbæk",
    )


@lru_cache(maxsize=4)
def kommuner(atlas: Atlas, _version: str) -> dict[str, str]:
    """Return the names to choose between, in Danish order."""
    return filters.kommune_options(atlas.areas())


def _peers(atlas: Atlas, choice: Choice, rule: statistics.Peers) -> None:
    part = filters.panel("fagfaelle_valg", "Sammenlignelige kommuner: hvem der ligner")
    if not part.open:
        return
    with part:
        _rule(atlas, rule)
        if choice.area_ids:
            _found(atlas, choice, rule)


def _rule(atlas: Atlas, rule: statistics.Peers) -> None:
    with st.container(horizontal=True, key="fagfaeller", vertical_alignment="bottom"):
        st.session_state["valg_regel"] = rule.rule
        st.selectbox(
            "Regel",
            list(peers.RULES),
            format_func=lambda name: peers.RULES[name],
            key="valg_regel",
            on_change=_turned,
        )
        if rule.rule in {"stoerrelse", "naermeste"}:
            _numbers(atlas, rule)
        if rule.rule == "egen":
            _kommuner(atlas, OWN, "Kommuner i gruppen", rule.members, _own)


def _found(atlas: Atlas, choice: Choice, rule: statistics.Peers) -> None:
    """Say who they are, and offer as many as there is room for."""
    first = choice.area_ids[0]
    found = peers.group(atlas, atlas.version, first, choice.level, rule.text())
    near = [area.removeprefix("J") for area in found.area_ids]
    new = [code for code in dict.fromkeys(near) if code not in choice.kommuner]
    added = new[: MOST - len(choice.kommuner)]
    told = peers.told(atlas, atlas.version, first, choice.level, rule.text())
    if len(added) < len(new):
        told += (
            f" Der sammenlignes højst {MOST} ad gangen, så knappen tilføjer de første {len(added)}."
        )
    st.html(f'<p class="note">{escape(told)}</p>')
    names = dict(atlas.areas().select("area_id", "name").rows())
    st.button(
        f"Tilføj {len(added)} sammenlignelige til {names[first]}",
        on_click=_fill,
        args=(atlas, [*choice.kommuner, *added]),
        disabled=not added,
    )


def _numbers(atlas: Atlas, rule: statistics.Peers) -> None:
    if rule.rule == "naermeste":
        for name, title in peers.characteristics(atlas, atlas.version).items():
            if name == peers.PLACE[1]:
                continue
            key = f"vaegt_{name}"
            st.session_state[key] = min(10, round(rule.weights.get(name, 0)))
            st.number_input(f"Vægt: {title}", 0, 10, key=key, on_change=_weighed, args=(rule, name))
    st.session_state["vaegt_antal"] = rule.number
    st.number_input(
        "Antal sammenlignelige", 1, 98, key="vaegt_antal", on_change=_weighed, args=(rule, None)
    )


def _turned() -> None:
    name = st.session_state["valg_regel"]
    _write(peers.STARTS.get(name, statistics.Peers(name)))


def _weighed(rule: statistics.Peers, name: str | None) -> None:
    if name is None:
        _write(replace(rule, number=int(st.session_state["vaegt_antal"])))
        return
    names = peers.PLACE if name in peers.PLACE else (name,)
    given = dict.fromkeys(names, float(st.session_state[f"vaegt_{name}"]))
    weights = {key: value for key, value in {**rule.weights, **given}.items() if value}
    # Without any weight all would be equally near: then the rule begins anew.
    _write(replace(rule, weights=weights) if weights else peers.STARTS["naermeste"])


def _own(codes: list[str]) -> None:
    _write(statistics.Peers("egen", members=tuple(codes)))


def _write(rule: statistics.Peers) -> None:
    written = rule.text()
    filters._write("fagfaeller", "" if written == peers.USUAL.text() else written)


def _fill(atlas: Atlas, codes: list[str]) -> None:
    put(atlas, list(dict.fromkeys(codes))[:MOST])
