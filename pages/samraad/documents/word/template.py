"""A ministry's template: is it one, and where in it does the document's content come?"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.opc.part import Part

from pages.samraad.documents.word.default import default_template
from pages.samraad.documents.word.reaching import check_reach
from pages.samraad.documents.word.xml import Element, R, q, run, w
from queries import UserError

MARKER = "{{samraad}}"
MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
ADVICE = "Gem skabelonen i Word som »Word-dokument (*.docx)« og prøv igen."

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"
# What a template's body may point at; nothing of it is kept where nothing points any more.
_OF_BODY = ("header", "footer", "image", "hyperlink", "oleObject", "package", "chart", "comments")
_OF_BODY_TOO = ("commentsExtended", "commentsIds", "commentsExtensible", "diagramData")
# They make Word ask, fetch something, or tell of another document.
_SETTINGS = ("updateFields", "attachedTemplate", "mailMerge", "rsids", "documentProtection")


@dataclass(frozen=True)
class Template:
    """A template made ready: content comes before `place`, `width` and `height` are of its text.

    Both are in twips, twentieths of a point. `titled` says whether it writes the title itself.
    """

    document: Document
    place: Element
    section: Element
    width: int
    height: int
    titled: bool


def opened(template: bytes | None, texts: Mapping[str, str]) -> Template:
    """Open a template, or the default, with its own content gone and `texts` in its places.

    Raises UserError, in Danish, for what is no template, has macros, or fetches something.
    """
    document = _read(default_template() if template is None else template)
    body = document.element.body
    marked = [p for p in body.iterchildren(q("w:p")) if _text(p).strip() == MARKER]
    whole = not marked
    if whole:
        for child in list(body):
            if child.tag != q("w:sectPr") or child is not body[-1]:
                body.remove(child)
    section = _section(body, marked[0] if marked else None)
    if body.find(q("w:sectPr")) is None:
        body.append(section)
    place = _place(body, marked)
    titled = any("{{titel}}" in _text(p) for p in body.iter(q("w:p")))
    _forget(document, whole=whole)
    check_reach(document)
    for story in stories(document):
        for paragraph in story.iter(q("w:p")):
            _fill(paragraph, texts)
    return Template(document, place, section, *room(section), titled)


def stories(document: Document) -> Iterator[Element]:
    """Yield the body, and each header and footer that the document has."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")) and not relation.is_external:
            yield relation.target_part.element


def parts_named(document: Document, ending: str) -> Iterator[Part]:
    """Yield the parts that the document points at by relations of a type."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{ending}") and not relation.is_external:
            yield relation.target_part


def _read(template: bytes) -> Document:
    if len(template) > MOST_BYTES:
        raise UserError(
            f"Skabelonen fylder {len(template) // 1_000_000} MB. Den må højst fylde "
            f"{MOST_BYTES // 1_000_000} MB. Gør billederne i den mindre og prøv igen."
        )
    if template.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(
            "Skabelonen er beskyttet med en adgangskode eller gemt i det gamle format (.doc). "
            + ADVICE
        )
    try:
        return docx.Document(io.BytesIO(_as_document(template)))
    except UserError:
        raise
    # What is wrong with a zip archive or XML of others has no common kind of error.
    except Exception as error:
        raise UserError(
            f"Skabelonen kan ikke læses: filen er ikke et helt Word-dokument (.docx). {ADVICE}"
        ) from error


def _as_document(template: bytes) -> bytes:
    """Return a .docx as it is and a .dotx as a .docx; raises UserError for macros and bombs."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            raise UserError(
                f"Skabelonen fylder mere end {MOST_UNPACKED // 1_000_000} MB, når den pakkes ud. "
                + ADVICE
            )
        kinds = archive.read("[Content_Types].xml").decode("utf-8-sig")
        names = [name.casefold() for name in archive.namelist()]
        if "macroenabled" in kinds.casefold() or any(
            "vbaproject" in name or "/activex/" in name for name in names
        ):
            raise UserError(
                "Skabelonen har makroer (.docm eller .dotm), og det kan et samrådsdokument ikke "
                f"have. {ADVICE}"
            )
        if _MAIN.format("template") not in kinds:
            return template
        kinds = kinds.replace(_MAIN.format("template"), _MAIN.format("document"))
        with zipfile.ZipFile(out, "w") as new:
            for name in archive.namelist():
                body = kinds.encode() if name == "[Content_Types].xml" else archive.read(name)
                new.writestr(name, body)
    return out.getvalue()


def _section(body: Element, marked: Element | None) -> Element:
    """Return the page setup that holds where the content comes, made where there is none."""
    found = list(body.iter(q("w:sectPr")))
    if marked is not None:
        order = {element: number for number, element in enumerate(body.iter())}
        found = [section for section in found if order[section] > order[marked]]
    if found:
        return found[0]
    return w(
        "sectPr",
        w("pgSz", w=11906, h=16838),
        w("pgMar", top=1418, right=1418, bottom=1418, left=1418, header=709, footer=709, gutter=0),
    )


def _place(body: Element, marked: list[Element]) -> Element:
    """Return the element that content comes before; the first marker is gone, and so are others."""
    if not marked:
        return body[-1]
    for paragraph in marked:
        for child in list(paragraph):
            if child.tag != q("w:pPr"):
                paragraph.remove(child)
    first = marked[0]
    for paragraph in marked:
        keeps_section = paragraph.find(f"{q('w:pPr')}/{q('w:sectPr')}") is not None
        if paragraph is not first and not keeps_section:
            body.remove(paragraph)
    following = first.getnext()
    if first.find(f"{q('w:pPr')}/{q('w:sectPr')}") is None and following is not None:
        body.remove(first)
        return following
    return first


def _forget(document: Document, *, whole: bool) -> None:
    """Take away what a body that is gone pointed at, and settings that make Word ask."""
    settings = document.settings.element
    for tag in _SETTINGS:
        for found in settings.findall(q(f"w:{tag}")):
            settings.remove(found)
    for part in parts_named(document, "settings"):
        _drop(part, ("/attachedTemplate", "/mailMergeSource", "/mailMergeHeaderSource"))
    for relation_id, relation in list(document.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del document.part.package.rels[relation_id]
    if whole:
        used = _used(document.element)
        endings = tuple(f"/{name}" for name in (*_OF_BODY, *_OF_BODY_TOO))
        _drop(document.part, endings, keep=used)


def _used(root: Element) -> set[str]:
    return {
        str(value)
        for element in root.iter()
        for name, value in element.attrib.items()
        if str(name).startswith(f"{{{R}}}")
    }


def _drop(part: Part, endings: tuple[str, ...], keep: Set[str] = frozenset()) -> None:
    for relation_id, relation in list(part.rels.items()):
        if relation.reltype.endswith(endings) and relation_id not in keep:
            del part.rels[relation_id]


def _fill(paragraph: Element, texts: Mapping[str, str]) -> None:
    """Put texts in the places of a paragraph, however Word has split these into runs."""
    before = _text(paragraph)
    if not any(name in before for name in texts):
        return
    pieces = list(paragraph.iter(q("w:t")))
    for piece in pieces:
        if any(name in (piece.text or "") for name in texts):
            _write(piece, texts)
    if any(name in _text(paragraph) for name in texts):
        pieces[0].text = _text(paragraph)
        for piece in pieces[1:]:
            piece.text = ""
        _write(pieces[0], texts)


def _write(piece: Element, texts: Mapping[str, str]) -> None:
    places = "|".join(map(re.escape, texts))
    filled = re.sub(places, lambda found: texts[found.group()], piece.text or "")
    written = run(filled).find(q("w:t"))
    piece.text = "" if written is None else written.text
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _text(paragraph: Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(q("w:t")))


def room(section: Element) -> tuple[int, int]:
    """Return width and height of the text of a page; of one column, where there are several."""
    size, margins = section.find(q("w:pgSz")), section.find(q("w:pgMar"))
    columns = section.find(q("w:cols"))
    wide = _twips(size, "w", 11906) - _twips(margins, "left", 1418) - _twips(margins, "right", 1418)
    high = _twips(size, "h", 16838)
    high -= abs(_twips(margins, "top", 1418)) + abs(_twips(margins, "bottom", 1418))
    wide -= _twips(margins, "gutter", 0)
    count = _twips(columns, "num", 1)
    if count > 1:
        wide = (wide - (count - 1) * _twips(columns, "space", 720)) // count
    return max(wide, 2000), max(high, 3000)


def _twips(element: Element | None, name: str, otherwise: int) -> int:
    try:
        return otherwise if element is None else int(float(element.get(q(f"w:{name}"), otherwise)))
    except ValueError:
        return otherwise
