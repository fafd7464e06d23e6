"""The shared filters: each shows what the address says and writes back to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import polars as pl
import streamlit as st

from pages.frame.address import SORTS, View, read_view
from pages.language import danish
from queries import LAND, Atlas

LEVEL_NAMES = {"kommune": "Kommuner", "jobcenter": "Jobcentre"}


PARAMETERS = ("periode", "niveau", "omraade", "kommune", "sortering")


def keep_choices(page: str, *, has_filters: bool) -> None:
    """Bring the choices along to another page with filters: the menu's links drop them.

    An address that has choices of its own always wins, and what is let go of stays gone.
    """
    arrived = st.session_state.get("side") != page
    st.session_state["side"] = page
    if not has_filters:
        return
    chosen = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    if arrived and not chosen:
        st.query_params.update(st.session_state.get("valg", {}))
    else:
        st.session_state["valg"] = chosen


def select(kommune: str | None) -> None:
    """Select a kommune by its code, or none; the address carries it from here on."""
    _write("kommune", kommune or "")


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
    default = next(iter(options)) if value is not None or "index" not in more else ""
    st.session_state[f"valg_{parameter}"] = value
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=f"valg_{parameter}",
        on_change=_written,
        args=(parameter, default if parameter != "kommune" else ""),
        **more,
    )


def area_filters(atlas: Atlas, areas: pl.DataFrame, periods: list[str]) -> View:
    """Draw the row of filters and return the view that the address asks for."""
    view, problems = read_view(st.query_params, periods=periods, areas=areas)
    with st.container(key="adressefejl"):  # always there, so that nothing below it moves
        for problem in problems:
            st.warning(problem)
    kommuner, places = _options(atlas, atlas.version)
    with st.container(horizontal=True, key="filtre"):
        _box(
            "kommune",
            "Find kommune",
            kommuner,
            view.kommune,
            index=None,
            placeholder="Skriv et navn, fx Aarhus",
        )
        _box("omraade", "Område", places, view.within)
        _box("niveau", "Niveau", LEVEL_NAMES, view.level)
        if len(periods) > 1:
            _box("periode", "Periode", {p: danish.period(p) for p in periods}, view.period)
        _box("sortering", "Rækkefølge", SORTS, view.sort)
    return view


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
