"""What a finished document's reader is told of its draft answer: how many claims do not stand."""

from __future__ import annotations

import logging

from queries import Atlas, Report, Verdict, check_claims

_LOG = logging.getLogger(__name__)
_SAID = (
    (Verdict.DOES_NOT_HOLD, "der ikke holder"),
    (Verdict.CANNOT_BE_CHECKED, "der ikke kan tjekkes"),
    (Verdict.AMBIGUOUS, "der kan læses på flere måder"),
)
FAILED = (
    "Udkastets påstande kunne ikke tjekkes på grund af en fejl i programmet. Prøv i Påstandstjek."
)


def told(atlas: Atlas, answer: str) -> list[str]:
    """Return a Danish sentence about a draft's claims, or none where all of them hold.

    A draft that cannot be checked stops no document: that is told instead.
    """
    if not answer.strip():
        return []
    try:
        return sentence(check_claims(atlas, answer))
    except Exception as error:  # its message may quote the draft, so only its kind is logged
        _LOG.error("%s while a draft was checked", type(error).__name__)
        return [FAILED]


def sentence(report: Report) -> list[str]:
    """Return the sentence of a report: 'Udkastet har 2 påstande, der ikke holder. Se …'."""
    found = [(report.count(verdict), which) for verdict, which in _SAID]
    parts = [(count, which) for count, which in found if count]
    if not parts:
        return []
    (first, which), *rest = parts
    noun = "påstand" if first == 1 else "påstande"
    texts = [f"{first} {noun}, {which}", *(f"{count}, {other}" for count, other in rest)]
    listed = texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])}, og {texts[-1]}"
    see = "den" if sum(count for count, _ in parts) == 1 else "dem"
    return [f"Udkastet har {listed}. Se {see} i Påstandstjek."]
