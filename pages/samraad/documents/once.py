"""A table is printed once: a map and the bars of the same numbers share it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from pages.samraad.documents.headings import told_apart
from pages.samraad.model import Briefing, Chapter

SEE = "Tallene står i tabellen i afsnittet »{}«."


def tables_once(briefing: Briefing) -> Briefing:
    """Return a briefing whose figures do not repeat a table that another entry has.

    It stays where the reader asked for it as a table, else with the first figure that has it; the
    others say where it is, by a heading that no other entry has. Every entry of another data
    version keeps its own.
    """
    briefing = told_apart(briefing)
    kept: dict[Hashable, int] = {}
    for number, chapter in enumerate(briefing.chapters):
        key = _numbers(chapter)
        if key is None:
            continue
        first = kept.setdefault(key, number)
        if chapter.content.svg is None and briefing.chapters[first].content.svg is not None:
            kept[key] = number
    chapters = []
    for number, chapter in enumerate(briefing.chapters):
        there = kept.get(_numbers(chapter), number)
        chapters.append(
            chapter
            if there == number or chapter.content.svg is None
            else _without(chapter, briefing.chapters[there].heading)
        )
    return replace(briefing, chapters=tuple(chapters))


def _numbers(chapter: Chapter) -> Hashable:
    """Return what makes two tables the same: their cells in any order, None without a table."""
    content = chapter.content
    if content.table is None or not content.table.rows:
        return None
    sources = tuple(source.source_id for source in content.sources)
    return content.version, sources, content.table.columns, frozenset(content.table.rows)


def _without(chapter: Chapter, heading: str) -> Chapter:
    content = chapter.content
    notes = (*content.notes, SEE.format(heading))
    return replace(chapter, content=replace(content, table=None, notes=notes))
