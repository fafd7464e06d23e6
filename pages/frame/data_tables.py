"""The files across indicators, as their addresses ask for them."""

from __future__ import annotations

from collections.abc import Mapping

from pages.exports.alternatives import of_alternatives
from pages.exports.asking import source_kind
from pages.exports.tables import (
    LEVELS,
    Table,
    of_kommuner,
    of_programmes,
    of_protection,
    of_sources,
)
from queries import Atlas, Level, UserError


def table(atlas: Atlas, name: str, given: Mapping[str, str]) -> Table:
    """Return the file `name` (see `data_list.TABLES`); raises UserError for what it cannot have."""
    if name == "initiativer":
        return of_programmes(atlas)
    if name == "kilder":
        return of_sources(atlas)
    if name == "fortrolighed":
        return of_protection(atlas)
    if name == "alternativer":
        return of_alternatives(atlas, given.get("indikator"))
    parameter = {"kommune": "kommune", "sammenlign": "sammenlign"}[name]
    codes = [code.strip() for code in given.get(parameter, "").split(",") if code.strip()]
    if not codes:
        example = "0316" if name == "kommune" else "0316,0330"
        raise UserError(f"Vælg kommune med {parameter}={example}.")
    if name == "kommune" and len(codes) > 1:
        raise UserError("Vælg én kommune; flere ved siden af hinanden er /data/sammenlign.csv.")
    chosen = tuple(dict.fromkeys(codes))
    return of_kommuner(
        atlas, chosen, _level(given), _months(atlas), source_kind(given.get("kilde"))
    )


def _level(given: Mapping[str, str]) -> Level | None:
    level = given.get("niveau")
    for known in LEVELS:
        if level == known:
            return known
    if level:
        raise UserError(f"Der er ingen fil for niveauet {level}. Vælg {' eller '.join(LEVELS)}.")
    return None


def _months(atlas: Atlas) -> dict[str, str]:
    """Return the month of each indicator that its page opens with: file and page say the same."""
    # A page that is imported here would import the routes, which import this.
    from pages.sammenligning.measures import subjects

    return {key: one.period for key, one in subjects(atlas, atlas.version).items()}
