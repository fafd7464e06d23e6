"""The words that follow made-up numbers wherever they go: one spelling for page, file and chart."""

from __future__ import annotations

from pages.language import danish

BADGE = "SYNTETISKE TAL"
"""Written on every figure, at the head of every sentence and in every file's name."""

WARNING = f"{BADGE}: opdigtede, kun til afprøvning"

FILE_LABEL = "_SYNTETISK"


def marked(text: str, *, made_up: bool) -> str:
    """Return a sentence with the label in front of it where its numbers are made up."""
    return f"{BADGE}: {text}" if made_up else text


def period(code: str, *, made_up: bool) -> str:
    """Return a period in words, and what its numbers are: 'juli 2017 (syntetisk)'."""
    return danish.period(code) + (" (syntetisk)" if made_up else "")
