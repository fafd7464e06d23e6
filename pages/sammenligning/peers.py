"""Whom an area is likened to: the rule in the address, and the areas it leads to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from pages.frame.address import selected_area
from pages.language import danish
from queries import Atlas, Level, UserError, statistics

RULES = {
    "region": "Samme region",
    "landsdel": "Samme landsdel",
    "stoerrelse": "Samme antal borgere i ressourceforløb",
    "naermeste": "Ligner på valgte kendetegn",
    "egen": "Egen gruppe",
}
SIZE, DENSITY = "ressourceforloeb_people", "ressourceforloeb_people_per_km2"
PLACE = ("centroid_lat", "centroid_lon")
"""Two characteristics that only mean something together: one weight for both."""
USUAL = statistics.Peers("region")
STARTS = {
    "stoerrelse": statistics.Peers("stoerrelse", {SIZE: 1.0}),
    "naermeste": statistics.Peers("naermeste", {SIZE: 1.0, DENSITY: 1.0}),
}
"""What a rule begins with when a reader turns to it; then its weights are the reader's."""


@dataclass(frozen=True)
class Group:
    """The peers of one area by their ids on its level; `problem` says why there are none."""

    area_ids: tuple[str, ...]
    problem: str = ""


def read_peers(
    written: str, known: Collection[str] | None = None
) -> tuple[statistics.Peers, list[str]]:
    """Return the rule an address asks for, else same region, and the sentence that says so.

    With `known` codes, members of an own group that are not among them are left out and named.
    """
    if not written:
        return USUAL, []
    try:
        rule = statistics.Peers.parse(written)
    except UserError as error:
        return USUAL, [
            f"De sammenlignelige i adressen kunne ikke læses, så samme region bruges. {error}"
        ]
    wrong = [code for code in rule.members if known is not None and code not in known]
    if not wrong:
        return rule, []
    members = tuple(code for code in rule.members if code not in wrong)
    told = f"Den egne gruppe har koder, der ikke findes: {danish.listing(wrong[:5])}."
    return replace(rule, members=members), [told]


@lru_cache(maxsize=4)
def characteristics(atlas: Atlas, _version: str) -> dict[str, str]:
    """Return what kommuner are likened by: titles by id, one title for both parts of a place."""
    rows = atlas.characteristics().select("characteristic_id", "title").unique()
    titles = {one: title for one, title in sorted(rows.rows()) if one not in PLACE}
    return titles | dict.fromkeys(PLACE, "Beliggenhed")


@lru_cache(maxsize=512)
def group(atlas: Atlas, _version: str, area_id: str, level: Level, written: str) -> Group:
    """Return the peers of an area by the rule in `written` (see `statistics.Peers.parse`).

    Kommuner are likened by characteristics; a jobcenter stands for the kommune it is named after,
    and so do its peers.
    """
    areas = atlas.areas()
    rule, _ = read_peers(written)
    try:
        found = statistics.peer_group(
            areas, atlas.characteristics(), area_id.removeprefix("J"), rule
        )
    except UserError as error:
        return Group((), str(error))
    codes = found["area_id"].to_list()
    ids = dict.fromkeys(selected_area(areas, level, code) or code for code in codes)
    ids.pop(area_id, None)
    problem = "" if ids else "Reglen giver ingen sammenlignelige kommuner."
    return Group(tuple(ids), problem)


@lru_cache(maxsize=128)
def told(atlas: Atlas, _version: str, area_id: str, level: Level, written: str) -> str:
    """Return who the peers of an area are, each with what it is near by, as a sentence."""
    names = dict(atlas.areas().select("area_id", "name").rows())
    found = group(atlas, _version, area_id, level, written)
    if not found.area_ids:
        return found.problem
    rule, _ = read_peers(written)
    beside = _nearness(atlas, area_id, rule)
    listed = danish.listing(
        [names[area] + beside.get(area.removeprefix("J"), "") for area in found.area_ids]
    )
    ordered = "" if not beside else ", de nærmeste først"
    scale = " Afstand 0 er helt ens på de valgte kendetegn." if rule.rule == "naermeste" else ""
    count = len(found.area_ids)
    return f"{count} ligner {names[area_id]} efter reglen{ordered}: {listed}.{scale}"


def _nearness(atlas: Atlas, area_id: str, rule: statistics.Peers) -> dict[str, str]:
    """Return by kommune what it is near by, in words: a distance, or a number of people."""
    frame = atlas.characteristics()
    if rule.rule == "naermeste":
        found = statistics.peer_group(atlas.areas(), frame, area_id.removeprefix("J"), rule)
        return {
            code: f" (afstand {danish.number(distance, 2)})"
            for code, distance in found.drop_nulls("distance").rows()
        }
    if rule.rule != "stoerrelse" or set(rule.weights) != {SIZE}:
        return {}
    people = frame.filter(characteristic_id=SIZE).select("area_id", "low", "high").drop_nulls()
    return {
        code: f" ({danish.interval(int(low), int(high))} borgere)"
        for code, low, high in people.rows()
    }


def described(rule: statistics.Peers, titles: dict[str, str]) -> str:
    """Return a rule in words, with the weights a reader has chosen."""
    word = RULES[rule.rule][:1].lower() + RULES[rule.rule][1:]
    if rule.rule in {"region", "landsdel", "egen"}:
        return word
    told = {titles.get(name, name): weight for name, weight in rule.weights.items() if weight}
    weights = ", ".join(
        f"{title} vægt {f'{weight:g}'.replace('.', ',')}" for title, weight in told.items()
    )
    return f"{word}: de {rule.number} nærmeste ({weights})"
