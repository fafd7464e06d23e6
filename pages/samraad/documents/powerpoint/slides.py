"""Which slides a briefing becomes, and what stands on each."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches

from pages.figures.png import svg_to_png_apart
from pages.language import synthetic
from pages.samraad.documents.packing import one_line, plain
from pages.samraad.documents.powerpoint import notes
from pages.samraad.documents.powerpoint.charts import add_chart
from pages.samraad.documents.powerpoint.design import (
    CAPTION,
    FIGURE,
    PLACES,
    SENTENCE,
    SOURCE,
    TABLE,
    TALL,
    TITLE,
    Box,
)
from pages.samraad.documents.powerpoint.fitting import (
    LINE_HEIGHT,
    POINTS,
    cut,
    height_of,
    largest,
    pages_of,
)
from pages.samraad.documents.powerpoint.selection import shown
from pages.samraad.documents.powerpoint.shapes import (
    AFTER,
    SMALL,
    Titles,
    describe,
    fill,
    new_slide,
)
from pages.samraad.documents.powerpoint.tables import add_table, parts_of
from pages.samraad.documents.sources import (
    NO_BREAK,
    all_sources,
    labelled,
    long,
    paragraphs,
    source_line,
)
from pages.samraad.model import Briefing, Chapter, Content

BODY_SIZES = (28, 24, 22, 20, 18)
SMALLEST = 18
SOURCE_SIZE = 12
MOST_PAGES = 3
"""Slides of a draft answer that is shown; a longer one is read aloud, from the notes."""

IN_THE_NOTES = "Udkastet til svar er for langt til slides og står i noterne til denne."
MOST_CUT = 120
"""Letters of a comment that are enough to be shown where not all of it fits."""

LEAST_COMMENT = 0.24
"""Inches that must be left below a sentence for the comment to begin there."""

MOST_TALL = 1.7
"""Height of a drawing against its width, where it can still be read on a slide."""

DPI = 300
OLD = ("changed", "superseded", "withdrawn", "unknown")
"""Standings that must be seen on the slide itself."""


SENTENCES = ("saetning", "udsagn")
"""Kinds that are a sentence, though its numbers can be had as a table."""

TABLES = ("tabel", "serietabel", "profil", "sammenligning")
"""Kinds that are tables, whatever else is drawn of them."""


def front(deck: Deck, briefing: Briefing, titles: Titles) -> None:
    """Add the title slide, and the question and answer where they need slides of their own."""
    folder = briefing.folder
    title = folder.title.strip() or "Samrådsmappe"
    slide = new_slide(deck, "Forside", title, titles, _label(made_up=briefing.made_up))
    reference = one_line(folder.reference)
    box = PLACES["Forside"][CAPTION]
    fill(slide, CAPTION, [cut(reference, 20, (box.width, box.height))] if reference else [])
    question = paragraphs(folder.question)
    box = PLACES["Forside"][SENTENCE]
    size = largest(question, (22, 20, 18), (box.width, box.height), after=AFTER)
    fill(slide, SENTENCE, question if size else [], size=size, after=AFTER)
    answer = paragraphs(folder.answer)
    short = bool(answer) and len(_pages(answer, BODY_SIZES)[1]) <= MOST_PAGES
    told = [IN_THE_NOTES] if answer and not short else []
    fill(slide, SOURCE, [*told, f"Indsatsatlas, dataversion {briefing.version}"])
    told = [f"Spørgsmål: {folder.question}" if folder.question else ""]
    told += ["Udkast til svar:", *answer] if answer else []
    notes.add_notes(slide, [folder.title, folder.reference, *told])
    if question and size is None:
        _text_slides(deck, "Spørgsmålet", question, titles)
    if short:
        _text_slides(deck, "Udkast til svar", answer, titles)


def entry(deck: Deck, chapter: Chapter, titles: Titles) -> None:
    """Add the slides of an entry: its drawing, chart, table or sentence."""
    content = chapter.content
    if content.item.kind in SENTENCES and content.sentence.strip():
        _sentence(deck, chapter, titles)
    elif _has_table(content) and content.item.kind in TABLES:
        _table(deck, chapter, titles)
    elif content.svg and (content.item.kind == "kort" or content.chart is None):
        _picture(deck, chapter, titles)
    elif content.chart and content.chart.categories and content.chart.series:
        _chart(deck, chapter, titles)
    elif _has_table(content):
        _table(deck, chapter, titles)
    else:
        _sentence(deck, chapter, titles)


def _sentence(deck: Deck, chapter: Chapter, titles: Titles) -> None:
    content = chapter.content
    slides = _text_slides(
        deck,
        chapter.heading,
        paragraphs(content.sentence),
        titles,
        content=content,
        sizes=(36, 32, *BODY_SIZES),
        comment=chapter.entry.comment,
    )
    for slide in slides:
        notes.add_notes(slide, notes.of_chapter(chapter))


def _has_table(content: Content) -> bool:
    return bool(content.table and content.table.rows and content.table.columns)


def sources(deck: Deck, briefing: Briefing, titles: Titles) -> None:
    """Add the last slide: every source of the briefing, on as many slides as they take."""
    listed = [long(source) for source in all_sources(briefing)] or ["Mappen har ingen kilder."]
    slides = _text_slides(
        deck,
        "Kilder",
        listed,
        titles,
        sizes=(20, 18, 16, 14),
        most=None,
        label=_label(made_up=briefing.made_up),
    )
    for slide in slides:
        notes.add_notes(slide, [f"Dataversion {briefing.version}.", *listed])


def _label(*, made_up: bool) -> str:
    return synthetic.WARNING if made_up else ""


def _chapter_slide(
    deck: Deck, layout: str, chapter: Chapter, titles: Titles, *, heading: str = ""
) -> Slide:
    """Add a slide with heading, label and sentence; a sentence too long has a slide before it."""
    content = chapter.content
    box = PLACES[layout][SENTENCE]
    room = (box.width, box.height)
    texts = paragraphs(content.sentence)
    sizes = BODY_SIZES[1:] if layout in ("Figur", "Kort") else BODY_SIZES[3:]
    size = largest(texts, sizes, room, after=AFTER)
    if texts and size is None:
        if not heading:
            for before in _text_slides(deck, chapter.heading, texts, titles, content=content):
                notes.add_notes(before, notes.of_chapter(chapter))
        texts, size = [cut(" ".join(texts), SMALLEST, room)], SMALLEST
    slide = new_slide(
        deck,
        layout,
        heading or chapter.heading,
        titles,
        (content.label or synthetic.WARNING) if content.made_up else "",
        kind=content.item.kind,
    )
    comment = "" if heading else chapter.entry.comment
    small, comment = _below(layout, texts, size, comment)
    fill(slide, SENTENCE, texts, size=size, after=AFTER, small=small)
    _source(slide, layout, content, comment)
    return slide


def _below(layout: str, texts: Sequence[str], size: int | None, comment: str) -> tuple[str, str]:
    """Return what of a comment stands below the sentence, and what must stand by the source."""
    if not comment.strip():
        return "", ""
    text = f"Kommentar: {one_line(comment)}"
    box = PLACES[layout][SENTENCE]
    used = height_of(texts, size or SMALLEST, box.width, after=AFTER) if texts else 0.0
    left = box.height - used - 2 * AFTER / POINTS
    short = cut(text, SMALL, (box.width, left)) if left >= LEAST_COMMENT else ""
    return (short, "") if short == text or len(short) > MOST_CUT else ("", text)


def _source(slide: Slide, layout: str, content: Content, comment: str = "") -> None:
    """Write what must be known and where it is from; caveats without room are in the notes."""
    box = PLACES[layout][SOURCE]
    source = source_line(content)
    told = [f"Bemærk: {plain(content.standing.text)}"] if content.standing.state in OLD else []
    line = (box.width, LINE_HEIGHT * SOURCE_SIZE / POINTS)
    beside = [cut(comment, SOURCE_SIZE, line)] if comment else []
    more = "Flere forbehold står i noterne."
    noted = [one_line(note) for note in content.notes if note.strip()]

    def fits(texts: Sequence[str]) -> bool:
        return height_of([*beside, *texts], SOURCE_SIZE, box.width) <= box.height

    for number, note in enumerate(noted):
        last = number == len(noted) - 1
        trial = [*told, note if told else f"Bemærk: {note}"]
        joined = " ".join(trial)
        if fits([joined if last else f"{joined} {more}", source]):
            told = [joined]
        else:
            told = [f"{' '.join(told)} {more}".strip()]
            break
    texts = [*told, source]
    if not fits(texts):
        lines = 2 * len(told) + len(beside)
        texts = [*told, cut(source, SOURCE_SIZE, (box.width, box.height - 0.2 * lines))]
    fill(slide, SOURCE, [*beside, *texts])


def _chart(deck: Deck, chapter: Chapter, titles: Titles) -> None:
    content = chapter.content
    assert content.chart
    part = shown(content, content.chart)
    slide = _chapter_slide(deck, "Figur", chapter, titles)
    box = FIGURE if part.told else Box(FIGURE.x, FIGURE.y, FIGURE.width, FIGURE.height + 0.5)
    add_chart(slide, part.chart, box, alt=_alt(content), made_up=content.made_up)
    _caption(slide, "Figur", part.told)
    notes.add_notes(slide, notes.of_chapter(chapter, part.told))


def _caption(slide: Slide, layout: str, told: str) -> None:
    box = PLACES[layout][CAPTION]
    size = largest([told], (14, 12), (box.width, box.height)) or 12
    fill(slide, CAPTION, [cut(told, size, (box.width, box.height))] if told else [], size=size)


def _alt(content: Content) -> str:
    text = content.alt or content.sentence or content.title
    return labelled(text, made_up=content.made_up)


def _picture(deck: Deck, chapter: Chapter, titles: Titles) -> None:
    content = chapter.content
    assert content.svg
    picture = svg_to_png_apart(plain(content.svg), width=round(TALL.width * DPI))
    wide, high = struct.unpack(">II", picture[16:24])
    if high > wide * MOST_TALL and _has_table(content):
        _table(deck, chapter, titles)  # all of the drawing would be too small to read
        return
    layout, box = "Kort", TALL
    if wide > high * 1.15:
        layout = "Figur"
        box = Box(FIGURE.x, FIGURE.y, FIGURE.width, FIGURE.height + 0.5)
        picture = svg_to_png_apart(plain(content.svg), width=round(box.width * DPI))
    slide = _chapter_slide(deck, layout, chapter, titles)
    scale = min(box.width / wide, box.height / high)
    width, height = wide * scale, high * scale
    drawn = slide.shapes.add_picture(
        io.BytesIO(picture),
        Inches(box.x + (box.width - width) / 2),
        Inches(box.y + (box.height - height) / 2),
        Inches(width),
        Inches(height),
    )
    describe(drawn, "Kort" if content.item.kind == "kort" else "Figur", _alt(content))
    fill(slide, CAPTION, [])
    notes.add_notes(slide, notes.of_chapter(chapter))


def _table(deck: Deck, chapter: Chapter, titles: Titles) -> None:
    content = chapter.content
    assert content.table
    parts = parts_of(content.table, TABLE)
    for number, part in enumerate(parts, start=1):
        more = f" (fortsat, {number} af {len(parts)})" if number > 1 else ""
        heading = _continued(chapter.heading, more)
        slide = _chapter_slide(deck, "Tabel", chapter, titles, heading=heading)
        add_table(slide, content.table, part, TABLE, alt=_alt(content))
        told = part.told
        if not told and number < len(parts):
            told = f"Tabellen fortsætter på næste slide ({number} af {len(parts)})."
        _caption(slide, "Tabel", told)
        notes.add_notes(slide, notes.of_chapter(chapter, told))


def _continued(heading: str, more: str) -> str:
    if not more:
        return ""
    box = PLACES["Tabel"][TITLE]
    short = cut(one_line(heading), 24, (box.width - 3.2, 0.8), bold=True)
    return short + more.replace(" af ", f"{NO_BREAK}af{NO_BREAK}")


def _pages(texts: Sequence[str], sizes: Sequence[int]) -> tuple[int, list[list[str]]]:
    """Return the size of letters of a text on slides of its own, and its slides."""
    box = PLACES["Tekst"][SENTENCE]
    room = (box.width, box.height)
    size = largest(texts, sizes, room, after=AFTER) or sizes[-1]
    return size, pages_of(texts, size, room, after=AFTER)


def _text_slides(
    deck: Deck,
    heading: str,
    texts: Sequence[str],
    titles: Titles,
    *,
    content: Content | None = None,
    sizes: Sequence[int] = BODY_SIZES,
    most: int | None = MOST_PAGES,
    label: str = "",
    comment: str = "",
) -> list[Slide]:
    """Add slides of text, as many as it takes; of a very long one the first, saying so."""
    size, pages = _pages(texts, sizes)
    left_out = 0
    if most and len(pages) > most:
        pages, left_out = pages[:most], len(pages) - most
    if content and content.made_up:
        label = content.label or synthetic.WARNING
    slides = []
    for number, page in enumerate(pages or [[]], start=1):
        more = f" (fortsat, {number} af {len(pages)})" if number > 1 else ""
        title = _continued(heading, more) or heading
        kind = content.item.kind if content else ""
        slide = new_slide(deck, "Tekst", title, titles, label, kind=kind)
        small, beside = _below("Tekst", page, size, comment if number == 1 else "")
        fill(slide, SENTENCE, page, size=size, after=AFTER, small=small)
        if content:
            _source(slide, "Tekst", content, beside)
        elif left_out and number == len(pages):
            fill(slide, SOURCE, ["Teksten er længere. Hele teksten står i noterne."])
        else:
            fill(slide, SOURCE, [])
        slides.append(slide)
    return slides
