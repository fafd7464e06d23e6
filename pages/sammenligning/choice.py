"""What the address of a comparison asks for, and a Danish sentence for each part it cannot have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

import polars as pl

from pages.frame.address import known_value, selected_area
from pages.language import danish
from queries import Level

MOST = 10
TOO_MANY = (
    "der sammenlignes højst ti ad gangen, fordi flere ikke kan kendes fra hinanden på figurerne. "
    "{} er ikke med."
)
LEVELS: tuple[Level, ...] = ("kommune", "jobcenter")
PUBLISHED = "offentliggjorte"
KINDS = {"alle": "Også syntetiske tal", PUBLISHED: "Kun offentliggjorte tal"}
"""Which numbers are shown (`tal`), in words."""
FILES_PUBLISHED = {"kilde": "offentliggjort"}
"""The same for the files."""


@dataclass(frozen=True)
class Choice:
    """A comparison: kommuner as chosen, the areas they are on the level, and one indicator.

    On the level of jobcentre two kommuner may be one area, so `area_ids` may be fewer.
    `published` leaves made-up numbers out.
    """

    kommuner: tuple[str, ...]
    area_ids: tuple[str, ...]
    level: Level
    measure: str
    peers: str = ""
    published: bool = False

    def parameters(self) -> dict[str, str]:
        """Return the address parameters of the areas, defaults left out."""
        return {
            "sammenlign": ",".join(self.kommuner),
            **({"niveau": self.level} if self.level != LEVELS[0] else {}),
        }


def read_choice(
    parameters: Mapping[str, str], areas: pl.DataFrame, measures: Iterable[str]
) -> tuple[Choice, list[str]]:
    """Return the comparison an address asks for, and the sentences that say what was left out.

    `areas` are the façade's areas, `measures` the known indicators, the default first.
    """
    known = list(measures)
    names = dict(areas.filter(level="kommune").select("area_id", "name").rows())
    level, problems = known_value(
        parameters,
        "niveau",
        LEVELS,
        LEVELS[0],
        "niveauet {} kan ikke vises her, så kommuner vises.",
    )
    published, unknown = read_published(parameters)
    measure, more = known_value(
        parameters,
        "maal",
        known,
        known[0],
        "målet {} har ingen offentliggjorte tal, så et andet vises."
        if published
        else "målet {} findes ikke, så det første vises.",
    )
    kommuner, told = read_codes(parameters.get("sammenlign", ""), names)
    chosen = cast("Level", level)
    found = [selected_area(areas, chosen, code) or code for code in kommuner]
    choice = Choice(
        kommuner=tuple(kommuner),
        area_ids=tuple(dict.fromkeys(found)),
        level=chosen,
        measure=measure,
        peers=parameters.get("fagfaeller", ""),
        published=published,
    )
    return choice, [*problems, *unknown, *more, *told]


def read_published(parameters: Mapping[str, str]) -> tuple[bool, list[str]]:
    """Return whether an address leaves made-up numbers out, and what to say of one not known."""
    value, problems = known_value(
        parameters, "tal", KINDS, "alle", "valget af tal {} findes ikke, så alle tal vises."
    )
    return value == PUBLISHED, problems


def read_codes(written: str, names: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the known kommune codes of a comma list in its order, and what to say of the rest."""
    asked = list(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))
    unknown = [code for code in asked if code not in names]
    known = [code for code in asked if code in names]
    return known[:MOST], [*_unknown(unknown), *_too_many(known[MOST:], names)]


def _unknown(codes: list[str]) -> list[str]:
    if not codes:
        return []
    plain = [f"»{code}«" for code in codes if re.fullmatch(r"[\w-]{1,20}", code)]
    shown = f" {danish.listing(plain[:5])}" if plain else ""
    one = len(codes) == 1
    return [
        f"Adressen kunne ikke læses helt: {'kommunekoden' if one else 'kommunekoderne'}{shown} "
        "findes ikke. En kommunekode har fire cifre, fx 0316."
    ]


def _too_many(codes: list[str], names: Mapping[str, str]) -> list[str]:
    if not codes:
        return []
    left_out = danish.listing([names[code] for code in codes[:5]])
    if len(codes) > 5:
        left_out = f"{', '.join(names[c] for c in codes[:5])} og {len(codes) - 5} andre"
    return [f"Valget kunne ikke følges helt: {TOO_MANY.format(left_out)}"]
