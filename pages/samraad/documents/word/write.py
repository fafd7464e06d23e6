"""A briefing as a Word document that can be edited and defended."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from pages.language import danish, synthetic
from pages.samraad.documents import sources
from pages.samraad.documents.once import tables_once
from pages.samraad.documents.packing import EPOCH, repacked
from pages.samraad.documents.word.chapters import CALM, Chapters, headings
from pages.samraad.documents.word.counting import Counting
from pages.samraad.documents.word.drawing import Drawings
from pages.samraad.documents.word.footnotes import Footnotes
from pages.samraad.documents.word.labels import label_every_page, number_pages
from pages.samraad.documents.word.styles import LANGUAGE, RED, Styles
from pages.samraad.documents.word.template import Template, opened
from pages.samraad.documents.word.xml import (
    Element,
    bold,
    one_line,
    paragraph,
    paragraphs_of,
    run,
    w,
)
from pages.samraad.model import Briefing

Progress = Callable[[int, int], None]

UNTITLED = "Samrådsmappe"
NO_ANSWER = "Der er endnu ikke skrevet et udkast til svar."
NO_QUESTION = "Spørgsmålet er endnu ikke skrevet ind i mappen."


def write(
    briefing: Briefing,
    template: bytes | None = None,
    progress: Progress = lambda done, of: None,
) -> bytes:
    """Return the briefing as .docx, on the ministry's template or our own.

    The same briefing and template give the same bytes. `progress` is told how many parts of how
    many are written. Raises UserError, in Danish, for a template that cannot be used.
    """
    briefing = tables_once(briefing)
    steps = len(briefing.chapters) + 2
    progress(0, steps)
    made = opened(template, _texts(briefing))
    progress(1, steps)
    styles = Styles(made.document.styles.element)
    footnotes = Footnotes(made.document, styles)
    counting = Counting(made.document.element.body, made.place, styles)
    drawings = Drawings(made.document, made.width, made.height)
    chapters = Chapters(styles, footnotes, counting, drawings, made.section)
    body = list(_answer(briefing, styles, counting))
    for number, (chapter, heading) in enumerate(
        zip(briefing.chapters, headings(briefing.chapters), strict=True)
    ):
        if not number:
            body.append(counting.heading(1, "Grundlag for svaret", new_page=True))
        body += chapters.chapter(chapter, heading)
        progress(2 + number, steps)
    body += _definitions(briefing, styles, counting)
    body += _sources(briefing, styles, counting)
    for element in (*_front(briefing, made, styles), counting.contents(), *body):
        made.place.addprevious(element)
    if briefing.made_up:
        label_every_page(made.document, synthetic.WARNING, styles)
    number_pages(made.document, styles)
    footnotes.save()
    _properties(briefing, made)
    out = io.BytesIO()
    made.document.save(out)
    progress(steps, steps)
    return repacked(out.getvalue())


def _texts(briefing: Briefing) -> dict[str, str]:
    return {
        "{{titel}}": one_line(briefing.folder.title) or UNTITLED,
        "{{betegnelse}}": one_line(briefing.folder.reference),
        "{{dataversion}}": one_line(briefing.version),
    }


def _front(briefing: Briefing, made: Template, styles: Styles) -> Iterator[Element]:
    """Yield what the first page says: what this is, the question, and where numbers are from."""
    folder = briefing.folder
    if not made.titled:
        if briefing.made_up:
            label = run(synthetic.BADGE, None, bold(), w("color", val=RED))
            yield paragraph(styles["kind"], label)
        yield paragraph(styles["kind"], run("Materiale til samråd"))
        yield paragraph(styles["title"], run(one_line(folder.title) or UNTITLED))
        if reference := one_line(folder.reference):
            yield paragraph(styles["subtitle"], run(reference))
    named = list(zip(headings(briefing.chapters), briefing.chapters, strict=True))
    if briefing.made_up:
        made_up = [heading for heading, chapter in named if chapter.content.made_up]
        told = f"{synthetic.WARNING}. Det gælder {_quoted(made_up)}."
        yield paragraph(styles["warning"], run(told))
    changed = [heading for heading, c in named if c.content.standing.state not in CALM]
    if changed:
        told = f"Se efter nyere data, før tallene bruges: {_quoted(changed)}."
        yield paragraph(styles["warning"], run(told))
    question = paragraphs_of(folder.question)
    for number, text in enumerate(question or [NO_QUESTION]):
        lead = [run("Spørgsmål: ", None, bold())] if not number and question else []
        yield paragraph(styles["question"], *lead, run(text))
    yield w("p", w("pPr", w("spacing", before=0, after=60)))
    for name, text in _facts(briefing):
        yield paragraph(styles["fact"], run(f"{name}: ", None, bold()), run(text))


def _facts(briefing: Briefing) -> Iterator[tuple[str, str]]:
    yield "Nyeste dataversion", one_line(briefing.version)
    used = sorted({one_line(c.content.version) for c in briefing.chapters})
    if used and used != [one_line(briefing.version)]:
        yield "Tallene er fra dataversion", danish.listing(used)
    days = sorted({s.retrieved_on for s in sources.all_sources(briefing) if s.retrieved_on})
    if days:
        first, last = danish.date(days[0]), danish.date(days[-1])
        yield "Kilderne er hentet", first if first == last else f"mellem {first} og {last}"
    added = sorted({chapter.entry.added_on for chapter in briefing.chapters})
    if added:
        first, last = danish.date(added[0]), danish.date(added[-1])
        yield "Lagt i mappen", first if first == last else f"mellem {first} og {last}"


def _answer(briefing: Briefing, styles: Styles, counting: Counting) -> Iterator[Element]:
    yield counting.heading(1, "Udkast til svar", new_page=bool(briefing.chapters))
    written = paragraphs_of(briefing.folder.answer)
    for text in written:
        yield paragraph(styles["normal"], run(text))
    if not written:
        yield paragraph(styles["note"], run(NO_ANSWER))


def _definitions(briefing: Briefing, styles: Styles, counting: Counting) -> Iterator[Element]:
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for chapter in briefing.chapters:
        if chapter.content.definition:
            title = _bare(chapter.content.title)
            groups.setdefault(chapter.content.definition, []).append(title)
    if groups:
        yield counting.heading(1, "Definitioner")
    for pairs, titles in groups.items():
        # The words of a definition ('Tæller') are the same for every indicator.
        about = "; ".join(dict.fromkeys(filter(None, titles)))
        if about:
            yield paragraph(styles["heading_3"], run(about), keep_next=True)
        for term, text in dict.fromkeys(pairs):
            lead = run(f"{one_line(term)}: ", None, bold())
            yield paragraph(styles["source"], lead, run(one_line(text)))


def _sources(briefing: Briefing, styles: Styles, counting: Counting) -> Iterator[Element]:
    found = sources.all_sources(briefing)
    if found:
        yield counting.heading(1, "Kilder")
    for source in found:
        yield paragraph(styles["source"], run(one_line(sources.long(source))))
    citations = [one_line(chapter.content.citation) for chapter in briefing.chapters]
    told = [citation for citation in dict.fromkeys(citations) if citation]
    if told:
        yield counting.heading(2, "Sådan henvises til tallene")
    for citation in told:
        yield paragraph(styles["source"], run(citation))


def _quoted(titles: list[str]) -> str:
    return danish.listing([f"»{_bare(title)}«" for title in dict.fromkeys(titles)])


def _bare(title: str) -> str:
    """Return a title without the label of made-up numbers, where that is said beside it."""
    return one_line(title).removeprefix(f"{synthetic.BADGE}: ")


def _properties(briefing: Briefing, made: Template) -> None:
    """Say in the file what it is; nothing there tells when or by whom it was written."""
    properties = made.document.core_properties
    title = one_line(briefing.folder.title) or UNTITLED
    properties.title = synthetic.marked(title, made_up=briefing.made_up)[:255]
    properties.subject = one_line(briefing.folder.reference)[:255]
    properties.category = "Samråd"
    properties.comments = f"Dataversion {one_line(briefing.version)}"[:255]
    properties.author = properties.last_modified_by = "Indsatsatlas"
    properties.language = LANGUAGE
    properties.created = properties.modified = EPOCH
    properties.revision = 1
