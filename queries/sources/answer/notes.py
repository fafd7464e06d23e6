"""The notes under a table, and what they say about what is hidden or left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries.sources.answer.lines import Line, is_noise, join_lines
from queries.sources.kommune_names import KommuneNames

_NOTE = re.compile(r"(?:Anm|Anmærkning(?:er)?|Noter?)\s*[.:]|\*+\s?\w|\d\)\s", re.IGNORECASE)
_SOURCE = re.compile(r"Kilder?\s*:\s*", re.IGNORECASE)

_NUMBER_WORDS = {"to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "ti": 10}
_THRESHOLD = re.compile(
    rf"(?:færre end|mindre end|under)\s+(?P<number>\d{{1,9}}|{'|'.join(_NUMBER_WORDS)})\s+"
    r"\w*(?:borgere|personer|modtagere|observationer|deltagere)",
    re.IGNORECASE,
)
# What a mark stands for: '"." angiver færre end 3', 'under 3 er vist som "."'.
_QUOTE = r"[\"'»«”“„’‘()]*"
_MARK = re.compile(
    rf"(?<!\S){_QUOTE}\.{_QUOTE}\s*(?:=|:|(?:angiver|betyder|markerer|dækker|står for|viser|er)\b)"
    rf"|\b(?:angivet|markeret|vist|skrevet|noteret) (?:med|som|ved) (?:et )?[\"'»«”“„’‘(]+\.",
    re.IGNORECASE,
)
_LARGEST_THRESHOLD = 50  # more people than this are a group the note speaks of, not a rule
_HIDING = re.compile(r"diskret|erstat|udela|udelu|skjul|anonym|indgår", re.IGNORECASE)


@dataclass(frozen=True)
class Notes:
    """The note's paragraphs, the source line without 'Kilde:', and the index after both."""

    paragraphs: tuple[str, ...]
    source: str
    end: int


def begins_note(text: str) -> bool:
    """Tell whether a line begins a note or the source line."""
    return bool(_NOTE.match(text) or _SOURCE.match(text))


def read_notes(lines: Sequence[Line], start: int, stop: int) -> Notes:
    """Read the notes that begin at the first line of text from `start`, if it begins a note.

    A paragraph ends at a blank line or where another note begins. Further paragraphs belong to
    the note when they begin as one, or when the source line is still to come.
    """
    paragraphs: list[str] = []
    source = ""
    index, end = start, start
    source_at = next((i for i in range(start, stop) if _SOURCE.match(lines[i].text)), None)
    while index < stop:
        if is_noise(lines, index):
            index += 1
            continue
        goes_on = bool(paragraphs) and source_at is not None and index < source_at
        if not begins_note(lines[index].text) and not goes_on:
            break
        first = index
        index += 1
        while index < stop and lines[index].text and not begins_note(lines[index].text):
            index += 1
        text = join_lines(line.text for line in lines[first:index])
        if _SOURCE.match(text):
            source = join_lines([source, _SOURCE.sub("", text, count=1)])
        else:
            paragraphs.append(text)
        end = index
    return Notes(tuple(paragraphs), source, end)


def hiding_threshold(paragraphs: Iterable[str]) -> int | None:
    """Return n when the notes say that counts of fewer than n people are hidden, else None.

    When several numbers are given, the largest: it allows most.
    """
    text = " ".join(paragraphs)
    if not _HIDING.search(text) and not _MARK.search(text):
        return None
    words = [match["number"].casefold() for match in _THRESHOLD.finditer(text)]
    numbers = [_NUMBER_WORDS.get(word) or int(word) for word in words]
    return max((n for n in numbers if n <= _LARGEST_THRESHOLD), default=None)


def named_in(paragraphs: Iterable[str], codes: Iterable[str], names: KommuneNames) -> list[str]:
    """Return those of `codes` whose kommune the notes name, by official name or alias.

    Case matters here: 'Vejen' is a kommune, 'vejen' is a road.
    """
    text = _spelling(" ".join(paragraphs))
    return [
        code
        for code in codes
        if any(
            re.search(rf"(?<!\w){re.escape(_spelling(variant))}s?(?!\w)", text)
            for variant in names.variants[code]
        )
    ]


def _spelling(text: str) -> str:
    return text.replace("Aa", "Å").replace("aa", "å").replace(" - ", " ").replace("-", " ")
