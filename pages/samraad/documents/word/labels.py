"""What stands on every page: the label of made-up numbers, and a page number where none is."""

from __future__ import annotations

from docx.document import Document
from docx.section import Section, _Footer, _Header
from lxml import etree

from pages.samraad.documents.word.default import page_number
from pages.samraad.documents.word.styles import RED, Styles
from pages.samraad.documents.word.xml import Element, one_line, paragraph, q, run, w


def label_every_page(document: Document, text: str, styles: Styles) -> None:
    """Write a text first in every header that a page can have."""
    done: set[int] = set()
    for number, section in enumerate(document.sections):
        for header in _headers(document, section):
            if number and header.is_linked_to_previous:
                continue  # the same as the section's before
            root = _made(header)
            if id(root) not in done:
                done.add(id(root))
                told = run(one_line(text), None, w("b"), w("color", val=RED))
                root.insert(0, paragraph(styles["header"], told))


def number_pages(document: Document, styles: Styles) -> None:
    """Add a page number in the footers of a document that has none anywhere."""
    every = [
        part
        for section in document.sections
        for part in (*_headers(document, section), *_footers(document, section))
        if not part.is_linked_to_previous
    ]
    if any(_numbers(part._element) for part in every):
        return
    done: set[int] = set()
    for number, section in enumerate(document.sections):
        for footer in _footers(document, section):
            if number and footer.is_linked_to_previous:
                continue
            root = _made(footer)
            if id(root) not in done:
                done.add(id(root))
                root.append(page_number(styles["footer"]))


def _headers(document: Document, section: Section) -> list[_Header]:
    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    if document.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
    return headers


def _footers(document: Document, section: Section) -> list[_Footer]:
    footers = [section.footer]
    if section.different_first_page_header_footer:
        footers.append(section.first_page_footer)
    if document.settings.odd_and_even_pages_header_footer:
        footers.append(section.even_page_footer)
    return footers


def _made(story: _Header | _Footer) -> Element:
    """Return the content of a header or footer, which is made where there is none."""
    if story.is_linked_to_previous:
        story.is_linked_to_previous = False
        root = story._element
        for child in list(root):
            root.remove(child)
        if isinstance(story, _Header):
            root.append(w("p"))
        return root
    return story._element


def _numbers(root: etree._Element) -> bool:
    told = "".join(found.text or "" for found in root.iter(q("w:instrText")))
    simple = "".join(found.get(q("w:instr"), "") for found in root.iter(q("w:fldSimple")))
    return "PAGE" in f"{told} {simple}".upper().split()
