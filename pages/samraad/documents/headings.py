"""What items are called where they stand together: those called alike say what kind they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pages.samraad.content import KINDS
from pages.samraad.documents.packing import one_line
from pages.samraad.model import Briefing


def kinds_told(named: Sequence[tuple[str, str]]) -> list[str]:
    """Return what to add to each heading so that no two are alike: ' (kort)', else ''.

    `named` are headings, each with its kind of item. Those of one kind are numbered on.
    """
    alike = Counter(heading for heading, _ in named)
    seen: Counter[tuple[str, str]] = Counter()
    told = []
    for heading, kind in named:
        seen[heading, kind] += 1
        number = f" {seen[heading, kind]}" if seen[heading, kind] > 1 else ""
        word = KINDS[kind].title.lower() if kind in KINDS else "post"
        told.append(f" ({word}{number})" if alike[heading] > 1 else "")
    return told


def told_apart(briefing: Briefing) -> Briefing:
    """Return a briefing whose headings are all different; one that is so already is the same."""
    chapters = briefing.chapters
    if not any(chapter.kind_told for chapter in chapters):
        told = kinds_told([(one_line(c.heading), c.content.item.kind) for c in chapters])
        chapters = tuple(replace(c, kind_told=t) for c, t in zip(chapters, told, strict=True))
    return replace(briefing, chapters=chapters)
