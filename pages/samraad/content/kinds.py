"""What can be put in a samrådsmappe: every kind of item, and the parameters that it has."""

from __future__ import annotations

from dataclasses import dataclass

from pages.figures.map_choices import PARAMETERS as MAP_PARAMETERS

CHOICE = ("indikator", "periode", "niveau", "omraade", "kommune", "opdeling", "kilde")
OVER_TIME = ("indikator", "niveau", "omraade", "kommune", "opdeling", "kilde")
PARAMETER_LENGTH = 600
"""The longest value: a hundred kommuner of a comparison are 499 characters."""


@dataclass(frozen=True)
class Kind:
    """A kind of item: its Danish title, what its parameters are called, and those it must have.

    `page` is where it is seen today: the path of a page, or '' for that of its indicator.
    """

    title: str
    parameters: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    page: str = ""


def _of_indicator(title: str, *more: str) -> Kind:
    return Kind(title, (*CHOICE, *more), ("indikator",))


KINDS: dict[str, Kind] = {
    "kort": _of_indicator("Kort", *MAP_PARAMETERS),
    "soejler": _of_indicator("Søjler", "sortering", "sammenlign"),
    "tragt": _of_indicator("Tragt"),
    "intervaller": _of_indicator("Intervaller"),
    "stablet": _of_indicator("Tid, stablet"),
    "fordeling": _of_indicator("Fordeling"),
    "forloeb": _of_indicator("Vejen til job"),
    "serie": Kind("Udvikling over tid", OVER_TIME, ("indikator",)),
    "tabel": _of_indicator("Tabel", "sortering", "sammenlign"),
    "serietabel": Kind("Udvikling over tid som tabel", OVER_TIME, ("indikator",)),
    "saetning": _of_indicator("Sætning"),
    "profil": Kind("Kommuneprofil", ("kommune", "kilde", "fagfaeller"), ("kommune",), "kommune"),
    "sammenligning": Kind(
        "Sammenligning af kommuner",
        ("sammenlign", "niveau", "indikator", "kilde"),
        ("sammenlign",),
        "sammenlign",
    ),
    "udsagn": Kind("Offentliggjort udsagn", ("id",), ("id",), "kilder"),
    "udsagnstabel": Kind("Offentliggjorte udsagn", (), (), "kilder"),
    "kilder": Kind("Kilder", (), (), "kilder"),
    "initiativer": Kind("Satspuljeinitiativer", (), (), "initiativer"),
}
"""Every kind by its name in an address (`slags`)."""
