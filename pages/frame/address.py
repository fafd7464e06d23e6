"""The address is the one place where a view's choices live: widgets show it and write to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

import polars as pl

from queries import LAND, LEVELS, Level

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

    def parameters(self, *, default_period: str) -> dict[str, str]:
        """Return the address parameters of this view, defaults left out."""
        written = {
            "periode": self.period if self.period != default_period else "",
            "niveau": self.level if self.level != "kommune" else "",
            "omraade": self.within if self.within != LAND else "",
            "kommune": self.kommune or "",
            "sortering": self.sort if self.sort != "svaret" else "",
        }
        return {name: value for name, value in written.items() if value}


def selected_area(areas: pl.DataFrame, level: str, kommune: str | None) -> str | None:
    """Return the id that a selected kommune has on a level: its own, or its jobcenter's."""
    if not kommune or level != "jobcenter":
        return kommune or None
    return str(areas.filter(pl.col("area_id") == kommune)["jobcenter_id"].item())


def read_view(
    parameters: Mapping[str, str],
    *,
    periods: list[str],
    areas: pl.DataFrame,
    levels: tuple[Level, ...] = ("kommune", "jobcenter"),
) -> tuple[View, list[str]]:
    """Return the view an address asks for, and a Danish sentence for each part that it cannot have.

    `periods` are the known ones, newest first, `areas` the façade's areas, `levels` those with
    numbers. A wrong part falls back to its default; the rest of the address still counts.
    """
    by_level = {level: set(areas.filter(level=level)["area_id"]) for level in LEVELS}
    problems: list[str] = []

    def chosen(name: str, known: Collection[str], default: str, problem: str) -> str:
        value = parameters.get(name)
        if value and value not in known:
            # Only plain values are repeated: what is shown passes through Markdown.
            shown = f"»{value}«" if re.fullmatch(r"[\w-]{1,20}", value) else "i adressen"
            told = problem.format(shown)
            problems.append(f"Adressen kunne ikke læses helt: {told}")
        return value if value and value in known else default

    places = by_level["region"] | by_level["landsdel"] | {LAND}
    view = View(
        period=chosen(
            "periode", periods, periods[0], "perioden {} har ingen tal, så den nyeste vises."
        ),
        level=cast(
            "Level",
            chosen(
                "niveau", levels, "kommune", "niveauet {} kan ikke vises her, så kommuner vises."
            ),
        ),
        within=chosen("omraade", places, LAND, "området {} findes ikke, så hele landet vises."),
        kommune=chosen("kommune", by_level["kommune"], "", "kommunekoden {} findes ikke.") or None,
        sort=chosen("sortering", SORTS, "svaret", "rækkefølgen {} findes ikke, så svarets vises."),
    )
    return view, problems
