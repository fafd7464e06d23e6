"""Which indicator a table is, as far as its caption tells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from queries.indicators.definition import load_indicators

_SURE = 0.6
_CLEAR = 0.2
_SUBJECTS = {
    "ressourceforløb": r"ressourceforløb",
    "jobafklaring": r"jobafklaring",
    "kontanthjælp": r"kontant(?:hjælp|-)",
    "uddannelseshjælp": r"uddannelseshjælp",
    "integration": r"integrationsydelse|selvforsørgelses|hjemrejse|overgangsydelse",
    "sygedagpenge": r"sygedagpenge",
    "dagpenge": r"(?<!syge)(?<!barsels)dagpenge",
    "ledighedsydelse": r"ledighedsydelse",
    "fleksjob": r"fleksjob",
    "førtidspension": r"førtidspension",
    "gruppe 2": r"gruppe\s+2\b",
    "flere skal med": r"flere\s+skal\s+med|indsatsgruppe",
    "passive": r"passiv|(?:hverken|ikke|uden)\b.{0,60}?(?:aktiv|indsats|tilbud)",
    "ordinære timer": r"ordinære\s+(?:løn)?timer",
    "virksomhedspraktik": r"virksomhedspraktik|løntilskud",
    "afgang": r"afgang",
    "aktivering": r"aktiveringsgrad",
    "skiftet ydelse": r"skiftet\s+ydelse|anden\s+ydelse",
    "fuldtidspersoner": r"fuldtidsperson",
    "varighed": r"\d+\s+måneder|varighed",
}
"""What captions and the titles of indicators speak of, and how it is written."""
_PATTERNS = {name: re.compile(pattern) for name, pattern in _SUBJECTS.items()}


@dataclass(frozen=True)
class Suggestion:
    """An indicator that a caption may be of; `score` is 1 when both speak of just the same.

    `shared` is how many subjects both speak of.
    """

    indicator_id: str
    title: str
    score: float
    shared: int = 0


def suggestions(caption: str, most: int = 3) -> list[Suggestion]:
    """Return the indicators most like a caption, the likeliest first.

    The score is how many of the subjects that caption or title has are in both. An indicator that
    shares none with the caption is not among them.
    """
    spoken_of = subjects(caption)
    scored: list[Suggestion] = []
    for name, one in load_indicators().items():
        own = subjects(one.title)
        score = round(_likeness(spoken_of, own), 3)
        scored.append(Suggestion(name, one.title, score, len(spoken_of & own)))
    scored.sort(key=lambda one: (-one.score, one.indicator_id))
    return [one for one in scored[:most] if one.score > 0]


def is_clear(found: list[Suggestion]) -> bool:
    """Tell whether the first suggestion is likely, and well ahead of the next one.

    Whom a table counts alone does not tell what it counts of them: two subjects are needed.
    """
    if not found or found[0].score < _SURE or found[0].shared < 2:
        return False
    return len(found) == 1 or found[0].score - found[1].score >= _CLEAR


def subjects(text: str) -> set[str]:
    """Return what a caption or title speaks of."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return {name for name, pattern in _PATTERNS.items() if pattern.search(plain)}


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one & other else 0.0
