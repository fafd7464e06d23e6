"""Texts and names on a slide: filled places, alternative texts, language, and the reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Pt

from pages.samraad.documents.packing import one_line, plain
from pages.samraad.documents.powerpoint.design import (
    LABEL,
    LANGUAGE,
    NAMES,
    NUMBER,
    PLACES,
    SOURCE,
    TITLE,
)
from pages.samraad.documents.powerpoint.fitting import cut, largest

TITLE_SIZES = (28, 24, 20)
SMALL = 13
"""Points of what is said beside the text itself."""

AFTER = 8.0
"""Points below a paragraph."""


KIND_WORDS = {
    "kort": "kort",
    "soejler": "søjler",
    "tragt": "tragt",
    "intervaller": "intervaller",
    "stablet": "tid",
    "fordeling": "fordeling",
    "forloeb": "vejen til job",
    "serie": "udvikling",
    "tabel": "tabel",
    "serietabel": "udvikling som tabel",
    "saetning": "i én sætning",
    "kilder": "oversigt",
}
"""What tells two entries of the same title apart."""

LAST = {"kilder"}
"""Titles that the last slides have."""


class Titles:
    """Titles of slides, each given once: a second one of the same words says what else it is."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def unique(self, title: str, kind: str = "") -> str:
        """Return the title; where it was used before, with its kind, and then with ' (2)'."""
        title = one_line(title) or "Uden overskrift"
        word = KIND_WORDS.get(kind)
        if word and title.casefold() in {*self._used, *LAST}:
            title = f"{title}: {word}"
        found, number = title, 2
        while found.casefold() in self._used:
            found, number = f"{title} ({number})", number + 1
        self._used.add(found.casefold())
        return found


def new_slide(
    deck: Deck, layout: str, title: str, titles: Titles, label: str = "", *, kind: str = ""
) -> Slide:
    """Add a slide of a layout with its title, number, and the label of made-up numbers if any.

    A title that is too long for its place is cut where it says so; the notes have it whole.
    """
    number = list(PLACES).index(layout)
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[number])
    box = PLACES[layout][TITLE]
    room = (box.width, box.height)
    sizes = (40, 32, 28, 24) if layout == "Forside" else TITLE_SIZES
    title = one_line(title)
    size = largest([title], sizes, room, bold=True)
    if size is None:
        size = sizes[-1]
        title = cut(title, size, (box.width - 0.6, box.height), bold=True)
    fill(slide, TITLE, [titles.unique(title, kind)], size=size if size != sizes[0] else None)
    fill(slide, LABEL, [label] if label else [])
    _page_number(slide, PLACES[layout][NUMBER].emu())
    return slide


def fill(
    slide: Slide,
    idx: int,
    texts: Sequence[str],
    *,
    size: int | None = None,
    after: float = 0,
    small: str = "",
) -> None:
    """Write paragraphs in a place of the slide, or take the place away where there are none.

    `small` is a last paragraph in letters of `SMALL` points.
    """
    place = next((p for p in slide.placeholders if p.placeholder_format.idx == idx), None)
    if place is None:
        return
    if not any((*texts, small)):
        place._element.getparent().remove(place._element)
        return
    write(place.text_frame, texts, size=size, after=after)
    if small:
        paragraph = place.text_frame.add_paragraph() if texts else place.text_frame.paragraphs[0]
        paragraph.space_before = Pt(AFTER)
        run = paragraph.add_run()
        run.text = plain(small)
        run.font.size = Pt(SMALL)
    place.name = NAMES[idx]


def write(frame: Any, texts: Sequence[str], *, size: int | None = None, after: float = 0) -> None:
    """Write paragraphs in a text frame, a run each, in Danish."""
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        if after and number < len(texts) - 1:
            paragraph.space_after = Pt(after)
        for part, line in enumerate(plain(text).split("\n")):
            if part:
                paragraph.add_line_break()
            run = paragraph.add_run()
            run.text = line.replace("\t", " ")
            if size:
                run.font.size = Pt(size)


def describe(shape: Any, name: str, text: str) -> None:
    """Give a figure its name and the words of one who cannot see it."""
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("name", plain(name))
    about.set("descr", plain(text))


def decorate(shape: Any, name: str) -> None:
    """Say that a shape is read by nobody: what it shows is told elsewhere."""
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("name", name)
    about.append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext '
            'uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://'
            'schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        )
    )


def in_reading_order(slide: Slide) -> None:
    """Put the shapes in the order they are read: label, title, text, figure, caption, source."""
    tree = slide.shapes._spTree
    order = {LABEL: 1, TITLE: 0, SOURCE: 8, NUMBER: 9, 13: 2, 16: 5}

    def rank(element: etree._Element) -> int:
        place = element.find(f".//{qn('p:nvPr')}/{qn('p:ph')}")
        if place is None:
            return 4
        return order[int(place.get("idx", "0"))]

    shapes = sorted(list(tree)[2:], key=rank)
    for shape in shapes:
        tree.append(shape)


def in_danish(slide: Slide) -> None:
    """Say that every run on the slide, in its notes and its figures is Danish."""
    roots = [slide._element]
    if slide.has_notes_slide:
        roots.append(slide.notes_slide._element)
    frames = [shape for shape in slide.shapes if isinstance(shape, GraphicFrame)]
    roots += [frame.chart.part._element for frame in frames if frame.has_chart]
    for root in roots:
        for name in ("a:rPr", "a:endParaRPr", "a:defRPr"):
            for properties in root.iter(qn(name)):
                properties.set("lang", LANGUAGE)
        for run in root.iter(qn("a:r")):
            if run.find(qn("a:rPr")) is None:
                run.insert(0, run.makeelement(qn("a:rPr"), {"lang": LANGUAGE}))


def _page_number(slide: Slide, place: tuple[Any, ...]) -> None:
    number = max((shape.shape_id for shape in slide.shapes), default=1) + 1
    slide.shapes._spTree.append(
        parse_xml(
            '<p:sp xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:nvSpPr>'
            f'<p:cNvPr id="{number}" name="{NAMES[NUMBER]}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
            f'</p:cNvSpPr><p:nvPr><p:ph type="sldNum" sz="quarter" idx="{NUMBER}"/></p:nvPr>'
            "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld "
            f'id="{{00000000-1234-1234-1234-123412341234}}" type="slidenum"><a:rPr '
            f'lang="{LANGUAGE}"/><a:t>‹nr.›</a:t></a:fld></a:p></p:txBody></p:sp>'
        )
    )
