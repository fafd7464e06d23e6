"""From a briefing to the data that `briefing.typ` sets, and the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from pages.language import danish, synthetic
from pages.samraad.documents.once import tables_once
from pages.samraad.documents.packing import EPOCH, plain
from pages.samraad.documents.pdf.letters import Letters
from pages.samraad.documents.pdf.slices import sliced
from pages.samraad.documents.pdf.typeset import typeset
from pages.samraad.documents.powerpoint.fitting import line_count
from pages.samraad.documents.sources import labelled, long
from pages.samraad.model import Briefing, Chapter, Standing, Table
from queries import Source

TEMPLATE = "pdf/briefing.typ"
UNTITLED = "Samrådsmappe"
STATES = {
    "current": "Nyeste data",
    "unchanged": "Nyere data, samme tal",
    "changed": "Rettet",
    "superseded": "Afløst",
    "withdrawn": "Trukket tilbage",
    "unknown": "Ukendt",
}
PAGE, WIDE, LINE = 27.0, 16.4 / 2.54, 0.049
"""A page: its height in cm as generous lines count it, its width in inches, cm of line a point."""

TALLEST, SMALLEST = 17.5, 10.5
"""The height of a figure in cm: at most, and at least where its notes are to stand below it."""

STILL = ("current", "unchanged")
Data = dict[str, Any]


def write(
    briefing: Briefing, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> bytes:
    """Return the briefing as a PDF (PDF/UA-1 and PDF/A-2a); the same briefing, the same bytes.

    `progress` is told how many steps are done of how many. Raises UserError where it cannot be
    set in time.
    """
    briefing = tables_once(briefing)
    steps = len(briefing.chapters) + 2
    letters = Letters()
    sources = _Sources(letters)
    chapters = []
    for number, chapter in enumerate(briefing.chapters, 1):
        chapters.append(_chapter(chapter, number, letters, sources))
        progress(number, steps)
    data = _front(briefing, letters) | {
        "chapters": chapters,
        "definitions": _definitions(briefing, letters),
        "standing": [
            _standing(number, chapter, letters)
            for number, chapter in enumerate(briefing.chapters, 1)
        ],
        "sources": sources.listed,
    }
    progress(steps - 1, steps)
    data["unset"] = letters.told  # last: by now every text has been seen
    (made,) = typeset(TEMPLATE, [data], day(briefing))
    progress(steps, steps)
    return made


def day(briefing: Briefing) -> dt.date:
    """Return the day a document is from: the newest that the briefing itself tells of."""
    days = [chapter.entry.added_on for chapter in briefing.chapters]
    for chapter in briefing.chapters:
        days += [source.retrieved_on for source in chapter.content.sources if source.retrieved_on]
    return max(days, default=EPOCH.date())


class _Sources:
    """The list of sources, each once, numbered in the order that they are met."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self.listed: list[Data] = []

    def number(self, source: Source, version: str) -> int:
        text = self._letters.set(long(source))
        found = next((one for one in self.listed if one["text"] == text), None)
        if found is None:
            note = self._letters.set(plain(source.note))
            found = {
                "number": len(self.listed) + 1,
                "text": text,
                "note": note,
                "versions": [],
                "made_up": source.is_synthetic,
            }
            self.listed.append(found)
        if version not in found["versions"]:
            found["versions"].append(version)
        return int(found["number"])


def _front(briefing: Briefing, letters: Letters) -> Data:
    folder = briefing.folder
    title = letters.set(" ".join(folder.title.split())) or UNTITLED
    moved = [c for c in briefing.chapters if c.content.standing.state not in STILL]
    return {
        "title": title,
        "reference": letters.set(" ".join(folder.reference.split())),
        "question": letters.paragraphs(folder.question),
        "answer": letters.paragraphs(folder.answer),
        "facts": [[label, letters.set(text)] for label, text in _facts(briefing)],
        "warning": synthetic.WARNING if briefing.made_up else "",
        "warned": _warned(briefing),
        "moved": _moved(len(moved), len(briefing.chapters)),
        "version": briefing.version,
    }


def _facts(briefing: Briefing) -> list[tuple[str, str]]:
    contents = [chapter.content for chapter in briefing.chapters]
    versions = list(dict.fromkeys(content.version for content in contents))
    read = {s.retrieved_on for content in contents for s in content.sources if s.retrieved_on}
    added = {chapter.entry.added_on for chapter in briefing.chapters}
    facts = [("Dataversion", danish.listing(versions) if versions else briefing.version)]
    if versions and versions != [briefing.version]:
        facts.append(("Nyeste dataversion", briefing.version))
    if read:
        facts.append(("Kilderne er aflæst", _days(read)))
    if added:
        facts.append(("Lagt i mappen", _days(added)))
    return facts


def _days(days: set[dt.date]) -> str:
    return danish.listing([danish.date(one) for one in sorted(days)])


def _warned(briefing: Briefing) -> str:
    numbers = [str(n) for n, c in enumerate(briefing.chapters, 1) if c.content.made_up]
    if not numbers:
        return ""
    if len(numbers) == len(briefing.chapters):
        where = "Alle tal i dette dokument er opdigtede"
    else:
        what = "Tallene i afsnit" if len(numbers) == 1 else "Tal i afsnittene"
        where = f"{what} {danish.listing(numbers)} er opdigtede"
    return f"{where}, siger intet om virkeligheden og må ikke citeres."


def _moved(moved: int, of: int) -> str:
    if not moved:
        return ""
    return (
        f"{moved} af {of} poster er ikke længere, som da de blev lagt i mappen. Se afsnittet "
        "»Postenes stilling«."
    )


def _chapter(chapter: Chapter, number: int, letters: Letters, sources: _Sources) -> Data:
    content = chapter.content
    numbers = [sources.number(source, content.version) for source in content.sources]
    mark = f"{synthetic.BADGE}: " if content.made_up else ""
    told = mark if "syntetisk" not in content.title.lower() else ""
    found: Data = {
        "number": number,
        "heading": letters.set(" ".join(chapter.heading.split())),
        "subtitle": letters.set(_subtitle(chapter)),
        "label": letters.set(content.label or synthetic.WARNING) if content.made_up else "",
        "sentence": letters.set(content.sentence),
        "comment": letters.paragraphs(chapter.entry.comment),
        "notes": [letters.set(note) for note in content.notes if note],
        "footnotes": [letters.set(long(source)) for source in content.sources],
        "sources": numbers,
        "version": content.version,
        "address": letters.set(content.address),
        "period": letters.set(content.period),
        "figure": None,
        "table": None,
    }
    caption = letters.set(f"{told}{_caption(chapter)}")
    if content.svg:
        found["figure"] = {
            "parts": [{"svg": part.svg, "ratio": part.ratio} for part in sliced(content.svg)],
            "tall": _tall(chapter),
            "alt": plain(labelled(content.alt or content.title, made_up=content.made_up)),
            "caption": caption,
        }
    if content.table:
        found["table"] = {"caption": caption, **_table(content.table, letters)}
    return found


def _tall(chapter: Chapter) -> float:
    """Return how tall a figure is at most, in cm: so that its notes are not alone on a page.

    Where they would leave it less than `SMALLEST`, they go on to the next page.
    """
    content = chapter.content
    left = PAGE - sum(
        around + LINE * size * line_count(plain(text), size, WIDE)
        for text, size, around in (
            (f"99. {chapter.heading}", 15, 0.9),
            (_subtitle(chapter), 9.5, 0.3),
            (content.label if content.made_up else "", 8, 0.5),
            (content.sentence, 10.5, 0.4),
            (chapter.entry.comment, 10.5, 1.4),
            (f"Figur 99. {_caption(chapter)}", 9, 0.6),
            *((f"- {note}", 9, 0.12) for note in content.notes),
            (f"Dataversion og fast adresse: {content.address}", 8, 0.5),
            *((long(source), 8, 0.1) for source in content.sources),
        )
        if text
    )
    return round(min(left, TALLEST), 2) if left >= SMALLEST and not content.table else TALLEST


def _subtitle(chapter: Chapter) -> str:
    """Return the content's own title and subtitle, where the heading does not say them."""
    content = chapter.content
    own = chapter.entry.heading
    parts = [content.title if own and own != content.title else "", content.subtitle]
    return " · ".join(part for part in parts if part)


def _caption(chapter: Chapter) -> str:
    content = chapter.content
    when = f", {content.period}" if content.period and content.period not in content.title else ""
    return f"{content.title}{when}."


def _table(table: Table, letters: Letters) -> Data:
    return {
        "columns": [
            {"name": letters.set(column.name), "number": bool(column.unit)}
            for column in table.columns
        ],
        "rows": [
            [{"text": letters.set(cell.text), "status": cell.status} for cell in row]
            for row in table.rows
        ],
        "marked": table.marked,
        "weights": _weights(table),
        "statuses": sorted({cell.status for row in table.rows for cell in row} - {"shown"}),
    }


def _weights(table: Table) -> list[int]:
    """Return how many letters wide each column is best: its words, and most of its texts, fit."""
    found = []
    for n, column in enumerate(table.columns):
        texts = [row[n].text for row in table.rows] or [""]
        lengths = sorted(map(len, texts))
        words = max(len(word) for text in (column.name, *texts) for word in text.split() or [""])
        usual = lengths[int((len(lengths) - 1) * 0.9)]
        found.append(max(4, min(words, 24), min(usual, 30), min(lengths[-1] // 3, 30)) + 2)
    return found


def _definitions(briefing: Briefing, letters: Letters) -> list[Data]:
    """Return each set of definitions once, with the chapters that it is of."""
    found: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for number, chapter in enumerate(briefing.chapters, 1):
        if chapter.content.definition:
            found.setdefault(chapter.content.definition, []).append(str(number))
    return [
        {
            "of": f"Afsnit {danish.listing(numbers)}",
            "pairs": [[letters.set(part) for part in pair] for pair in dict.fromkeys(pairs)],
        }
        for pairs, numbers in found.items()
    ]


def _standing(number: int, chapter: Chapter, letters: Letters) -> Data:
    standing: Standing = chapter.content.standing
    now = f" Nu: {standing.now}" if standing.now else ""
    return {
        "number": number,
        "heading": letters.set(" ".join(chapter.heading.split())),
        "state": STATES[standing.state],
        "still": standing.state in STILL,
        "text": letters.set(f"{standing.text}{now}"),
        "version": chapter.content.version,
    }
