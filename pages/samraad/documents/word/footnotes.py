"""Footnotes of Word: a part of their own, which python-docx does not know."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from pages.samraad.documents.word.styles import Styles
from pages.samraad.documents.word.template import parts_named
from pages.samraad.documents.word.xml import Element, paragraph, q, run, w

_AFTER = ("endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang",
          "clrSchemeMapping", "doNotIncludeSubdocsInStats", "shapeDefaults", "decimalSymbol",
          "listSeparator")  # fmt: skip
"""What comes after `footnotePr` in the settings, by the schema."""


class Footnotes:
    """The footnotes of a document, the template's own included where something refers to them."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._document = document
        self._styles = styles
        self._part = next(parts_named(document, "footnotes"), None)
        self._root = self._read()

    def add(self, text: str) -> Element:
        """Add a footnote and return the run that refers to it."""
        ids = [int(note.get(q("w:id"), "0")) for note in self._root]
        number = max(0, *ids) + 1 if ids else 1
        mark = self._styles["footnote_mark"]
        reference = w("r", w("rPr", w("rStyle", val=mark)), w("footnoteRef"))
        told = paragraph(self._styles["footnote"], reference, run(f" {text}"))
        self._root.append(w("footnote", told, id=number))
        return w("r", w("rPr", w("rStyle", val=mark)), w("footnoteReference", id=number))

    def save(self) -> None:
        """Put the footnotes in the package; leave it as it is where there are none."""
        if self._part is None and len(self._root) <= 2:
            return
        body = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self._part is not None:
            self._part._blob = body
            return
        package = self._document.part.package
        self._part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, body, package)
        self._document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._announce()

    def _read(self) -> Element:
        if self._part is None:
            separators = (("separator", -1), ("continuationSeparator", 0))
            return etree.fromstring(
                etree.tostring(w("footnotes", *(_separator(*one) for one in separators)))
            )
        root = etree.fromstring(self._part.blob, etree.XMLParser(resolve_entities=False))
        used = {
            reference.get(q("w:id"))
            for reference in self._document.element.iter(q("w:footnoteReference"))
        }
        for note in list(root):
            if note.get(q("w:type"), "normal") == "normal" and note.get(q("w:id")) not in used:
                root.remove(note)
        return root

    def _announce(self) -> None:
        """Name the separators in the settings, where Word looks for them."""
        settings = self._document.settings.element
        if settings.find(q("w:footnotePr")) is not None:
            return
        told = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
        after = (child for child in settings if etree.QName(child).localname in _AFTER)
        place = next(after, None)
        settings.append(told) if place is None else place.addprevious(told)


def _separator(kind: str, number: int) -> Element:
    spacing = w("pPr", w("spacing", after=0, line=240, lineRule="auto"))
    return w("footnote", w("p", spacing, w("r", w(kind))), type=kind, id=number)
