"""The map of areas on screen: reached by keyboard, named for screen readers, reporting choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

import geodata
from pages.components.browser_modules import loader
from pages.components.packing import joined
from pages.figures.legend import Legend, MapCell

__all__ = ["MapCell", "Months", "area_map"]

_STATUS_CODES = {
    "suppressed": "s",
    "left_out": "l",
    "not_collected": "n",
    "no_difference": "x",
    "outside": "o",
}


@dataclass(frozen=True)
class Months:
    """What a map needs to move in time by itself: see `pages.exports.map_months` for the file.

    `address` of the file, the `period` that the page shows, and the `heading` that goes before the
    month in the map's title. `scales` are classes by the letter of the month's kind of numbers, or
    under '*' for all: boundaries (pct.), labels, and how they came about.
    """

    address: str
    period: str
    heading: str
    scales: Mapping[str, tuple[Sequence[float], Sequence[str], str]]


_component = st.components.v2.component(
    "area_map",
    # Space for the map while it is fetched, so that the page does not jump.
    html='<div data-root style="min-height:min(80vh,100vw)"></div>',
    js=loader("map.js"),
)


def area_map(
    *,
    asset_url: str,
    level: str,
    cells: Sequence[MapCell],
    legend: Legend,
    selected: str | None,
    title: str,
    description: str,
    badge: str | None,
    key: str,
    on_select: Callable[[str], None],
    note: str = "",
    tiles: bool = False,
    months: Months | None = None,
    on_period: Callable[[str], None] | None = None,
) -> None:
    """Draw the map of `level` ('kommune', 'jobcenter') from the asset at `asset_url`.

    `title` stands above the map and names it; `description` (the figure's sentence) is read to
    screen readers. `badge` is written on the map itself, so that a picture of it keeps it.
    `on_select` is called with an area id, or with "" when the reader removes the choice, before the
    script runs again; the page answers by passing `selected`. Areas with the fill 'outside' and
    areas without a cell are dimmed and cannot be chosen. `note` stands below the map. With `tiles`
    it is the equal-area map. With `months` a slider beneath moves it in time in the browser alone;
    where the reader comes to rest, `on_period` is called with the period.
    """

    def period_changed() -> None:
        if on_period and (period := st.session_state[key].period):
            on_period(period)

    _component(
        key=key,
        data=map_message(
            asset_url=asset_url,
            level=level,
            cells=cells,
            legend=legend,
            selected=selected,
            title=title,
            description=description,
            badge=badge,
            note=note,
            tiles=tiles,
            months=months,
        ),
        on_select_change=lambda: on_select(st.session_state[key].select or ""),
        on_period_change=period_changed,
    )


def map_message(
    *,
    asset_url: str,
    level: str,
    cells: Sequence[MapCell],
    legend: Legend,
    selected: str | None,
    title: str,
    description: str,
    badge: str | None,
    note: str = "",
    tiles: bool = False,
    months: Months | None = None,
) -> dict[str, object]:
    """What goes to the browser at every change: one string per column, under 5 kB for 98 areas."""
    more: dict[str, object] = {}
    if note:
        more["o"] = note
    if tiles:
        more["m"] = "t"
    if legend.diverging:
        more["k"] = "d"
    if months:
        more["p"] = {
            "u": months.address,
            "p": months.period,
            "t": months.heading,
            "s": {
                kind: {"b": list(breaks), "c": list(labels), "n": how}
                for kind, (breaks, labels, how) in months.scales.items()
            },
        }
    key: dict[str, object] = {
        "t": legend.heading,
        "c": [label for _, _, label in legend.classes],
        "s": list(legend.statuses_present),
    }
    if legend.note:
        key["n"] = legend.note
    return {
        "a": asset_url,
        "l": level,
        **_named(level, cells),
        "v": joined([cell.value_text for cell in cells], "|"),
        "f": "".join(_code(cell) for cell in cells),
        "g": key,
        "s": selected,
        "t": title,
        "d": description,
        "b": badge,
        **more,
    }


def _named(level: str, cells: Sequence[MapCell]) -> dict[str, str]:
    """Return ids and names; nothing where they are those of the map's file, in its order."""
    known = [(area.id, area.name) for area in geodata.load_map().levels[level]]
    if known == [(cell.area_id, cell.name) for cell in cells]:
        return {}
    return {
        "i": joined([cell.area_id for cell in cells], " "),
        "n": joined([cell.name for cell in cells], "|"),
    }


def _code(cell: MapCell) -> str:
    return str(cell.fill) if isinstance(cell.fill, int) else _STATUS_CODES[cell.fill]
