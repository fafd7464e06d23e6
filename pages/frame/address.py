"""The address is the one place where a view's choices live: widgets show it and write to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

import polars as pl

from pages.language import danish
from queries import LAND, LEVELS, Level

LEVEL_NAMES: dict[Level, str] = {
    "region": "Regioner",
    "landsdel": "Landsdele",
    "kommune": "Kommuner",
    "jobcenter": "Jobcentre",
}
SORTS = {
    "svaret": "Som i kildens tabel",
    "andel": "Andel, højest først",
    "andel_op": "Andel, lavest først",
    "antal": "Antal, flest først",
    "navn": "Navn, A–Å",
}


@dataclass(frozen=True)
class View:
    """What a reader has chosen: period, level, area filter, selected kommune and order."""

    period: str
    level: Level = "kommune"
    within: str = LAND
    kommune: str | None = None
    sort: str = "svaret"

    def parameters(self, *, default_period: str, default_level: str = "kommune") -> dict[str, str]:
        """Return the address parameters of this view, defaults left out."""
        written = {
            "periode": self.period if self.period != default_period else "",
            "niveau": self.level if self.level != default_level else "",
            "omraade": self.within if self.within != LAND else "",
            "kommune": self.kommune or "",
            "sortering": self.sort if self.sort != "svaret" else "",
        }
        return {name: value for name, value in written.items() if value}


def known_value(
    parameters: Mapping[str, str], name: str, known: Collection[str], default: str, problem: str
) -> tuple[str, list[str]]:
    """Return one parameter's value, or its default and the sentence that says so.

    `problem` has a place `{}` for what the address holds.
    """
    value = parameters.get(name)
    if not value or value in known:
        return value or default, []
    # Only plain values are repeated: what is shown passes through Markdown.
    shown = f"»{value}«" if re.fullmatch(r"[\w-]{1,20}", value) else "i adressen"
    return default, [f"Adressen kunne ikke læses helt: {problem.format(shown)}"]


def selected_area(
    areas: pl.DataFrame, level: str, kommune: str | None, within: str = LAND
) -> str | None:
    """Return the area of a level that stands for a choice, or None.

    It is the chosen kommune itself, its jobcenter, its landsdel or its region. Where no kommune is
    chosen, a region or landsdel in the area filter (`within`) stands for itself on such a level.
    """
    chosen = kommune or (within if level in ("region", "landsdel") and within != LAND else None)
    if not chosen or level == "land":
        return kommune or None
    if level == "jobcenter":
        return str(areas.filter(pl.col("area_id") == chosen)["jobcenter_id"].item())
    return _upwards(areas, chosen).get(level)


def surroundings(areas: pl.DataFrame, level: str, within: str) -> str:
    """Return the area whose parts are shown: `within`, or what is above it where that is too small.

    A landsdel holds no regions, so on the level of regions it stands among those of the country.
    """
    order: list[str] = list(LEVELS)
    above = _upwards(areas, within)
    wide = [area for name, area in above.items() if order.index(name) < order.index(level)]
    return wide[-1] if wide else LAND


def _upwards(areas: pl.DataFrame, area_id: str) -> dict[str, str]:
    """Return an area and those above it, by level from the country down; jobcentres left out."""
    row = areas.row(by_predicate=pl.col("area_id") == area_id, named=True)
    ids = {area_id, *row["within"]}
    found = areas.filter(pl.col("area_id").is_in(ids), pl.col("level") != "jobcenter")
    return dict(found.select("level", "area_id").rows())


def read_view(
    parameters: Mapping[str, str],
    *,
    periods: Collection[str],
    default_period: str,
    areas: pl.DataFrame,
    levels: tuple[Level, ...] = ("kommune", "jobcenter"),
) -> tuple[View, list[str]]:
    """Return the view an address asks for, and a Danish sentence for each part that it cannot have.

    `periods` are the known ones, `areas` the façade's areas, `levels` those with numbers, the
    default first. A wrong part falls back to its default; the rest of the address still counts.
    """
    by_level: dict[str, set[str]] = {level: set() for level in LEVELS}
    for area_id, its_level in areas.select("area_id", "level").iter_rows():
        by_level[its_level].add(area_id)
    problems: list[str] = []

    def chosen(name: str, known: Collection[str], default: str, problem: str) -> str:
        value, told = known_value(parameters, name, known, default, problem)
        problems.extend(told)
        return value

    places = by_level["region"] | by_level["landsdel"] | {LAND}
    month, level = danish.period(default_period), LEVEL_NAMES[levels[0]].lower()
    view = View(
        period=chosen(
            "periode", periods, default_period, f"perioden {{}} har ingen tal, så {month} vises."
        ),
        level=cast(
            "Level",
            chosen(
                "niveau", levels, levels[0], f"niveauet {{}} kan ikke vises her, så {level} vises."
            ),
        ),
        within=chosen("omraade", places, LAND, "området {} findes ikke, så hele landet vises."),
        kommune=chosen("kommune", by_level["kommune"], "", "kommunekoden {} findes ikke.") or None,
        sort=chosen("sortering", SORTS, "svaret", "rækkefølgen {} findes ikke, så svarets vises."),
    )
    return view, problems
