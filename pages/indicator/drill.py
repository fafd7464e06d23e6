"""From the country down to a jobcenter and back: breadcrumbs, and what a click on an area does."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import polars as pl
import streamlit as st

from pages.frame import filters
from pages.frame.address import LEVEL_NAMES, View
from pages.frame.filters import Offer
from pages.frame.links import address, link
from pages.indicator.scene import Scene
from pages.language import danish
from pages.language.sentences import LEVEL_NOUNS
from queries import LAND, LEVELS, Atlas, Level

MANY = 40
"""More bars than these would fill pages of paper."""
PLACES = ("region", "landsdel")
WHY_NO_PLACES = (
    "Kilden har kun tal for kommuner, og atlasset lægger dem ikke sammen: Et tal for hele området "
    "ville afsløre de kommuner, hvis tal er skjult."
)


def breadcrumbs(atlas: Atlas, now: Scene) -> None:
    """Draw the way from the country to what is chosen, each step a link up to it."""
    steps = []
    path = _path(atlas, atlas.version, now.view.kommune or now.view.within)
    here = _here(now, [level for _, level, _ in path])
    for area_id, level, name in path:
        if level == here:
            steps.append(f'<li aria-current="page">{escape(name)}</li>')
        else:
            steps.append(f"<li>{_step(now, area_id, level, name)}</li>")
    further = ""
    if kommune := now.view.kommune:
        name = {level: name for _, level, name in path}["kommune"]
        further = (
            f"<p>{link(f'Profil af {name}', 'kommune', kommune=kommune)} · "
            f"{link(f'Sammenlign {name} med andre', 'sammenlign', sammenlign=kommune)}</p>"
        )
    many = " mange" if now.cells.height > MANY else ""
    st.html(
        f'<nav class="sti{many}" aria-label="Brødkrummer"><ol>{"".join(steps)}</ol>{further}</nav>'
    )


@lru_cache(maxsize=256)
def _path(atlas: Atlas, _version: str, area_id: str) -> tuple[tuple[str, Level, str], ...]:
    """Return id, level and name of an area and all above it, the country first."""
    areas = atlas.areas()
    row = areas.row(by_predicate=pl.col("area_id") == area_id, named=True)
    found = areas.filter(pl.col("area_id").is_in([area_id, *row["within"]]))
    order = pl.col("level").replace_strict({level: n for n, level in enumerate(LEVELS)})
    return tuple(found.sort(order).select("area_id", "level", "name").rows())


def _here(now: Scene, levels: list[Level]) -> Level:
    """Return the level of the step that is on show: of a kommune's five, the one chosen."""
    return now.view.level if now.view.kommune and now.view.level in levels else levels[-1]


def _step(now: Scene, area_id: str, level: Level, name: str) -> str:
    """Return the link to one step; a place shows its parts, a kommune or jobcenter itself."""
    if level in ("kommune", "jobcenter"):
        return _link(now, name, niveau=level)
    shown = now.view.level
    if LEVELS.index(shown) <= LEVELS.index(level) or level == "land":
        shown = _below(now, level)
    return _link(now, name, niveau=shown, omraade=area_id, kommune="")


def _below(now: Scene, level: Level) -> Level:
    return "landsdel" if level == "region" and "landsdel" in now.page.levels else _usual(now)


def _usual(now: Scene) -> Level:
    return now.page.levels[0]


def _link(now: Scene, text: str, **changes: str) -> str:
    """Return a link to this page as it is but for `changes`; defaults are left out."""
    known = {name: st.query_params[name] for name in st.query_params} | changes
    defaults = {"niveau": _usual(now), "omraade": LAND}
    kept = {k: v for k, v in known.items() if v and v != defaults.get(k)}
    return f'<a href="{escape(address(now.page.path, **kept))}" target="_self">{escape(text)}</a>'


def choose(now: Scene, area_id: str) -> None:
    """Put a clicked area into the address: a kommune is selected, a region or landsdel opened.

    A jobcenter stands for the kommune it is named after; on a map of regions a kommune stands for
    the region it lies in.
    """
    if now.view.level not in PLACES:
        filters.select(area_id.removeprefix("J"))
        return
    if "above" in now.mapped.columns and area_id in now.mapped["area_id"]:
        area_id = str(
            now.mapped.row(by_predicate=pl.col("area_id") == area_id, named=True)["above"]
        )
    if area_id:
        level = _below(now, now.view.level)
        filters.go(omraade=area_id, niveau="" if level == _usual(now) else level, kommune="")


def let_go(now: Scene) -> None:
    """Take what is selected out of the address: the kommune, else the place it stands for."""
    if now.view.kommune:
        filters.select(None)
    else:
        filters.go(omraade="" if now.around == LAND else now.around)


def no_numbers(atlas: Atlas, now: Scene, offered: Offer) -> None:
    """Say why a month has no numbers on the level asked for, and where there are some."""
    plural = LEVEL_NOUNS[now.view.level][1]
    why = WHY_NO_PLACES if now.printed and now.view.level in PLACES else ""
    usual = LEVEL_NAMES[_usual(now)].lower()
    ways = [_link(now, f"Se {usual} for {danish.period(now.view.period)}", niveau=_usual(now))]
    if period := _nearest(atlas, atlas.version, now.indicator.indicator_id, now.view):
        ways.append(_link(now, f"Se {plural} for {offered.periods[period]}", periode=period))
    st.html(
        f'<div class="tomt" role="note"><p><strong>Ingen tal for {plural} i '
        f"{danish.period(now.view.period)}.</strong> {why}</p><p>{' · '.join(ways)}</p></div>"
    )


@lru_cache(maxsize=64)
def _nearest(atlas: Atlas, _version: str, indicator_id: str, view: View) -> str | None:
    """Return the period nearest in the list that has numbers on the view's level."""
    periods = atlas.periods(indicator_id)
    at = periods.index(view.period)
    for period in sorted(periods, key=lambda p: abs(periods.index(p) - at)):
        if not atlas.cells(indicator_id, period, view.level).is_empty():
            return period
    return None
