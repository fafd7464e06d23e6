"""The shared filters: each shows what the address says and writes back to it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl
import streamlit as st

from pages.frame.address import LEVEL_NAMES, SORTS, View, known_value, read_view
from pages.language import danish
from queries import LAND, Atlas, Level

SHARED = ("omraade", "kommune", "sortering")
"""Choices that mean the same on every page; the others belong to the page they were made on."""

UNFOLDED = (
    "udvikling",
    "serietabel",
    "side_om_side",
    "usikkerhed",
    "potentiale",
    "tid",
    "vejen",
    "tilbud",
)
"""The parts that a reader unfolds."""

OWN = (
    "maal",
    "periode",
    "niveau",
    "tal",
    *UNFOLDED,
    "sammenlign",
    "fagfaeller",
    "fagfaelle_valg",
    "kort",
    "klasser",
    "mod",
)
SHOWN, FOLDED = "vis", "skjul"


@dataclass(frozen=True, eq=False)
class Offer:
    """What a page can show of one indicator: periods by code in words, newest first.

    `printed` are the periods whose numbers stand in a published table, and so have its order.
    """

    periods: Mapping[str, str]
    default_period: str
    printed: Set[str]
    levels: tuple[Level, ...]


def keep_choices(page: str, *, has_filters: bool) -> None:
    """Bring the choices along to another page with filters: the menu's links drop them.

    Where somebody lives is the same question everywhere; a period or level is not, and a page must
    not turn to made-up numbers because another had no others. An address that has choices of its
    own always wins, and what is let go of stays gone.
    """
    arrived = st.session_state.get("side") != page
    st.session_state["side"] = page
    if not has_filters:
        return
    names = (*SHARED, *OWN)
    chosen = {name: st.query_params[name] for name in names if name in st.query_params}
    kept = st.session_state.setdefault("valg", {"": {}})
    if arrived and not chosen:
        own = {name: value for name, value in kept.get(page, {}).items() if name in OWN}
        st.query_params.update(own | kept[""])
    else:
        kept[page] = chosen
        kept[""] = {name: value for name, value in chosen.items() if name in SHARED}


def select(kommune: str | None) -> None:
    """Select a kommune by its code, or none; the address carries it from here on."""
    _write("kommune", kommune or "")


def go(**parameters: str) -> None:
    """Put several choices into the address at once; an empty one is taken out of it."""
    for name, value in parameters.items():
        _write(name, value)


def _write(parameter: str, value: str) -> None:
    if value:
        st.query_params[parameter] = value
    else:
        st.query_params.pop(parameter, None)


def _written(parameter: str, default: str) -> None:
    """Put a filter's new value into the address; the default is left out of it."""
    value = st.session_state[f"valg_{parameter}"] or ""
    _write(parameter, "" if value == default else value)


def _box(
    parameter: str, label: str, options: Mapping[str, str], value: str | None, **more: Any
) -> None:
    """Draw a select box that shows `value` of the address; `default` is left out of it."""
    default = more.pop("default", next(iter(options)))
    st.session_state[f"valg_{parameter}"] = value
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=f"valg_{parameter}",
        on_change=_written,
        args=(parameter, default),
        **more,
    )


def chosen_measure(measures: Mapping[str, str]) -> str:
    """Return the measure (`maal`) that the address asks for, else the first."""
    value, _ = known_value(st.query_params, "maal", measures, next(iter(measures)), "")
    return value


def area_filters(
    atlas: Atlas,
    areas: pl.DataFrame,
    offer: Offer,
    measures: Mapping[str, str],
    measure_label: str = "Mål",
) -> View:
    """Draw the row of filters and return the view that the address asks for.

    `measures` are the indicators to choose between, by their names in the address, and
    `measure_label` what the choice is called.
    """
    first = next(iter(measures))
    measure, problems = known_value(
        st.query_params,
        "maal",
        measures,
        first,
        f"målet {{}} findes ikke, så »{measures[first]}« vises.",
    )
    view, more = read_view(
        st.query_params,
        periods=offer.periods,
        default_period=offer.default_period,
        areas=areas,
        levels=offer.levels,
    )
    with st.container(key="adressefejl"):  # always there, so that nothing below it moves
        for problem in [*problems, *more]:
            st.warning(problem)
    kommuner, places = _options(atlas, atlas.version)
    with st.container(horizontal=True, key="filtre"):
        if len(measures) > 1:
            _box("maal", measure_label, measures, measure)
        _box(
            "kommune",
            "Find kommune",
            kommuner,
            view.kommune,
            default="",
            index=None,
            placeholder="Skriv et navn, fx Aarhus",
        )
        _box("omraade", "Område", places, view.within)
        levels = {str(name): label for name, label in LEVEL_NAMES.items() if name in offer.levels}
        _box("niveau", "Niveau", levels, view.level, default=offer.levels[0])
        if len(offer.periods) > 1:
            periods, usual = offer.periods, offer.default_period
            _box("periode", "Periode", periods, view.period, default=usual)
        sorts, sort = SORTS, view.sort
        if view.period not in offer.printed:
            # A register has no order of its own.
            sorts = {name: label for name, label in SORTS.items() if name != "svaret"}
            sort = "andel" if sort == "svaret" else sort
        _box("sortering", "Rækkefølge", sorts, sort)
    return view


def panel(parameter: str, label: str, *, opens_as: str = SHOWN, opened: bool = False) -> Any:
    """Draw a part that a reader unfolds, and that is only made when it is open (see `.open`).

    The address says `opens_as` or 'skjul'; `opened` is what it is where the address is silent.
    """
    key = f"valg_{parameter}"
    asked = st.query_params.get(parameter)
    st.session_state[key] = asked == opens_as if asked in {opens_as, FOLDED} else opened

    def folded() -> None:
        now = bool(st.session_state[key])
        _write(parameter, "" if now == opened else opens_as if now else FOLDED)

    return st.expander(label, key=key, on_change=folded)


@lru_cache(maxsize=4)
def _options(atlas: Atlas, _version: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the options of both area filters; they change only with the data version."""
    areas = atlas.areas()
    return kommune_options(areas), place_options(areas)


def kommune_options(areas: pl.DataFrame) -> dict[str, str]:
    """Return kommuner in Danish order with their other names, so that a search finds both."""
    kommuner = areas.filter(level="kommune").select("area_id", "name", "aliases").rows()
    return {
        code: f"{name} ({', '.join(aliases)})" if aliases else name
        for code, name, aliases in sorted(kommuner, key=lambda row: danish.sort_key(row[1]))
    }


def place_options(areas: pl.DataFrame) -> dict[str, str]:
    """Return the whole country, then regions each followed by its landsdele."""
    options = {LAND: "Hele landet"}
    for region_id, name in areas.filter(level="region").select("area_id", "name").rows():
        options[region_id] = name
        inside = (pl.col("level") == "landsdel") & pl.col("within").list.contains(region_id)
        for landsdel_id, landsdel in areas.filter(inside).select("area_id", "name").rows():
            options[landsdel_id] = f"– {landsdel}"
    return options
