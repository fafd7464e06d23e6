"""A chapter of the document: one entry of the folder with everything that defends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pages.language import danish, synthetic
from pages.samraad.documents import sources
from pages.samraad.documents.powerpoint.fitting import line_count
from pages.samraad.documents.word.counting import Counting
from pages.samraad.documents.word.cutting import parts
from pages.samraad.documents.word.drawing import HEADED, TWIPS_PER_INCH, Drawings
from pages.samraad.documents.word.footnotes import Footnotes
from pages.samraad.documents.word.styles import RED, Styles
from pages.samraad.documents.word.tables import is_wide, label_of, meanings, native
from pages.samraad.documents.word.template import room
from pages.samraad.documents.word.turning import ending, on_its_side
from pages.samraad.documents.word.xml import (
    Element,
    bold,
    one_line,
    paragraph,
    paragraphs_of,
    q,
    run,
    w,
)
from pages.samraad.model import Chapter, Content

TWIPS_OF_LINE = 13
"""The height of a line for each half point of its letters, with the room between lines."""

CALM = ("current", "unchanged")
"""The standings that need no warning."""


@dataclass(frozen=True)
class Chapters:
    """What chapters are written with; `section` is the setup of their pages."""

    styles: Styles
    footnotes: Footnotes
    counting: Counting
    drawings: Drawings
    section: Element

    def chapter(self, chapter: Chapter, heading: str) -> Iterator[Element]:
        """Yield a chapter: heading, sentence, comment, figure, table, and what to know of them."""
        content, styles = chapter.content, self.styles
        yield self.counting.heading(2, heading)
        if under := _under(chapter):
            yield paragraph(styles["under"], run(under))
        if content.made_up:
            yield paragraph(styles["warning"], run(label_of(content)), keep_next=True)
        yield from self._standing(content)
        if sentence := one_line(content.sentence):
            label = f"{synthetic.BADGE}: "
            said = sentence.removeprefix(label)
            whole = said != sentence or all(source.is_synthetic for source in content.sources)
            told = content.made_up or said != sentence
            lead = [_red(label if whole else f"Delvis {label}")] if told else []
            # A figure takes its heading and sentence along to the page that has room for it.
            yield paragraph(
                styles["sentence"],
                *lead,
                run(said),
                self._note(content),
                keep_next=content.svg is not None,
            )
        for number, text in enumerate(paragraphs_of(chapter.entry.comment)):
            lead = [] if number else [run("Kommentar: ", None, bold())]
            yield paragraph(styles["comment"], *lead, run(text), keep_next=content.svg is not None)
        yield from self._figure(content, self._taken(chapter, heading))
        yield from self._table(content)
        yield from self._notes(chapter)

    def _taken(self, chapter: Chapter, heading: str) -> tuple[int, int]:
        """Return about what stands with a chapter's figure on its page, in twips; never too little.

        First with the notes below it, then without them: its headings, sentence and comment above,
        caption and footnote below.
        """
        content = chapter.content
        levels = [level for level, _, _ in self.counting.headings[-2:]]
        moved = content.standing.state not in CALM
        told = (
            ("Grundlag" if levels == [1, 2] else "", 34, 780),
            (heading, 26, 560),
            (_under(chapter), 19, 140),
            (label_of(content) if content.made_up else "", 19, 260),
            (f"Nyere: {content.standing.text} {content.standing.now}" if moved else "", 19, 260),
            (content.sentence, 23, 160),
            *((text, 21, 220) for text in paragraphs_of(chapter.entry.comment)),
            (f"Figur 99. {content.title}. {content.subtitle}.", 18, 440),
            (f"{sources.source_line(content)} Hentet 27. september 2026.", 18, 320),
        )
        notes = (f"Bemærk: {note}" for note in (*content.notes, content.standing.text))
        below = (*notes, f"Fast adresse: {content.address}")
        least = self._tall(told)
        if content.table is not None:  # it stands between figure and notes
            return least, least
        return least + self._tall((text, 17, 90) for text in below), least

    def _tall(self, told: Iterable[tuple[str, int, int]]) -> int:
        """Return about how tall paragraphs are: text, half points of its letters, room around."""
        wide = self.drawings.width / TWIPS_PER_INCH
        return sum(
            around + size * TWIPS_OF_LINE * line_count(one_line(text), size / 2, wide)
            for text, size, around in told
            if text
        )

    def _figure(self, content: Content, taken: tuple[int, ...]) -> Iterator[Element]:
        if content.svg is None:
            return
        label = synthetic.BADGE if content.made_up else ""
        cut = parts(content.svg, self.drawings.tallest, label)
        for number, part in enumerate(cut, 1):
            which = f" (del {number} af {len(cut)})" if len(cut) > 1 else ""
            words = f"{alt(content)}{which}"
            drawn = self.drawings.add(
                part,
                words,
                content.title,
                cut=bool(which),
                taken=(HEADED,) if number > 1 else taken,
            )
            yield paragraph(self.styles["figure"], drawn, keep_next=True)
            yield self._caption("Figur", content, above=False, which=which, again=number > 1)

    def _table(self, content: Content) -> Iterator[Element]:
        if content.table is None or not content.table.columns:
            return
        width, height = room(self.section)
        sized = self.section.find(q("w:pgSz")) is not None
        turned = sized and height > width and is_wide(content.table, width)
        if turned:
            yield ending(self.section)
            width = height
        yield self._caption("Tabel", content, above=True)
        yield native(content, content.table, self.styles, width, alt(content))
        source = sources.source_line(content)
        told = " ".join(filter(None, (meanings(content.table), source)))
        below = paragraph(self.styles["note"], run(one_line(told)))
        below[0].append(w("spacing", before=100))
        yield below
        if turned:
            yield ending(on_its_side(self.section))

    def _caption(
        self, name: str, content: Content, *, above: bool, which: str = "", again: bool = False
    ) -> Element:
        told = ". ".join(filter(None, (_bare(content.title), _bare(content.subtitle))))
        note = None if again or one_line(content.sentence) else self._note(content)
        marked = sources.labelled(f"{told}{which}.", made_up=content.made_up)
        return self.counting.caption(name, marked, note, above=above, again=again)

    def _note(self, content: Content) -> Element:
        """Return the mark of a footnote that says where the numbers are from."""
        days = sorted({source.retrieved_on for source in content.sources if source.retrieved_on})
        read = f" Hentet {danish.listing([danish.date(day) for day in days])}." if days else ""
        return self.footnotes.add(one_line(sources.source_line(content) + read))

    def _standing(self, content: Content) -> Iterator[Element]:
        standing = content.standing
        if standing.state in CALM:
            return
        text = [run("Nyere data: ", None, bold()), run(one_line(standing.text))]
        if now := one_line(standing.now):
            text.append(run(f" Nu: {now}"))
        yield paragraph(self.styles["warning"], *text, keep_next=True)

    def _notes(self, chapter: Chapter) -> Iterator[Element]:
        content, style = chapter.content, self.styles["note"]
        notes = [one_line(note) for note in content.notes]
        for note in notes:
            if not note or note.rstrip(".") == synthetic.WARNING:
                continue  # the label is said above
            yield paragraph(style, run("Bemærk: ", None, bold()), run(note))
        told = f"Dataversion {one_line(content.version)}."
        if content.standing.state in CALM and content.standing.text:
            told += f" {one_line(content.standing.text)}"
        told += f" Lagt i mappen {danish.date(chapter.entry.added_on)}."
        yield paragraph(style, run(told))
        if address := one_line(content.address):
            yield paragraph(style, run("Fast adresse: ", None, bold()), run(address))


def alt(content: Content) -> str:
    """Return what a drawing or table shows in words, and that it is made up where it is."""
    told = one_line(content.alt) or one_line(content.sentence) or one_line(content.title)
    return sources.labelled(told, made_up=content.made_up)


def headings(chapters: Sequence[Chapter]) -> list[str]:
    """Return the heading of each chapter on one line."""
    return [one_line(chapter.heading) for chapter in chapters]


def _under(chapter: Chapter) -> str:
    """Return title and subtitle below a heading of the reader's own, else the subtitle."""
    content = chapter.content
    given = [content.title] if chapter.entry.heading else []
    return " · ".join(filter(None, map(one_line, (*given, content.subtitle))))


def _red(text: str) -> Element:
    return run(text, None, w("b"), w("color", val=RED))


def _bare(text: str) -> str:
    return one_line(text).rstrip(".")
