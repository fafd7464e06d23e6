"""Numbered captions and bookmarks, whose numbers are right before Word has computed anything."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pages.samraad.documents.word import xml
from pages.samraad.documents.word.styles import Styles
from pages.samraad.documents.word.xml import Element, one_line, paragraph, q, run, w


@dataclass
class Counting:
    """Counts figures, tables and headings on from what stands before them in the template."""

    body: Element
    place: Element
    styles: Styles
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    """Level, text and bookmark of each heading, in order."""

    def __post_init__(self) -> None:
        self._counts = {name: self._before(name) for name in ("Figur", "Tabel")}
        marks = list(self.body.iter(q("w:bookmarkStart")))
        self._mark = max((int(mark.get(q("w:id"), "0")) for mark in marks), default=0)
        self._names = {mark.get(q("w:name")) for mark in marks}

    def heading(self, level: int, text: str, *, new_page: bool = False) -> Element:
        """Return a heading that the table of contents can point at."""
        shown = one_line(text)
        name = self._name()
        self.headings.append((level, shown, name))
        made = paragraph(
            self.styles[f"heading_{level}"],
            w("bookmarkStart", id=self._mark, name=name),
            run(shown),
            w("bookmarkEnd", id=self._mark),
        )
        if new_page:
            made[0].append(w("pageBreakBefore"))
        return made

    def caption(
        self, name: str, text: str, note: Element | None, *, above: bool, again: bool = False
    ) -> Element:
        """Return 'Figur 1. …' or 'Tabel 2. …'; one above its table stays with it.

        `again` says the last number once more, for another part of the same.
        """
        self._counts[name] += not again
        number = run(str(self._counts[name]))
        same = r"\c " if again else ""
        made = paragraph(
            self.styles["caption"],
            run(f"{name} "),
            *xml.field(rf"SEQ {name} {same}\* ARABIC", [number]),
            run(f". {one_line(text)}"),
            *([note] if note is not None else []),
            keep_next=above,
        )
        if above:
            made[0].append(w("spacing", before=240))
        return made

    def contents(self) -> Element:
        """Return the table of contents, filled in.

        It has no page numbers: only Word knows them, and wrong ones are worse than none. Each
        line is a link.
        """
        lines = []
        for number, (level, text, mark) in enumerate(self.headings):
            link = w("hyperlink", run(text), anchor=mark, history=1)
            begun = xml.field_start(r'TOC \o "1-2" \n \h \z \u') if not number else []
            lines.append(paragraph(self.styles[f"toc_{level}"], *begun, link))
        if not lines:
            return w("sdt", w("sdtContent", w("p")))
        lines[-1].append(xml.field_end())
        gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        title = paragraph(self.styles["toc_heading"], run("Indhold"))
        return w("sdt", w("sdtPr", gallery), w("sdtContent", title, *lines))

    def _before(self, name: str) -> int:
        count = 0
        for element in self.body.iter():
            if element is self.place:
                break
            if element.tag == q("w:instrText") or element.tag == q("w:fldSimple"):
                told = f"{element.text or ''} {element.get(q('w:instr'), '')}"
                count += bool(re.search(rf"\bSEQ\s+{name}\b", told))
        return count

    def _name(self) -> str:
        self._mark += 1
        number = 700_000_000 + self._mark
        while f"_Toc{number}" in self._names:
            number += 1
        self._names.add(f"_Toc{number}")
        return f"_Toc{number}"
