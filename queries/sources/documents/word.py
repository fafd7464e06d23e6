"""The text of a Word document (.docx): paragraphs and tables in order, without what is deleted."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from queries.sources.documents.blocks import MOST_COLUMNS, Block, Cell, Table, Writer
from queries.sources.documents.model import (
    MOST_UNPACKED,
    DocumentError,
    DocumentText,
    document_text,
)
from queries.sources.documents.remarks import listed, note, warning
from queries.sources.documents.xml import attribute, child, local, parse_xml
from queries.sources.incoming import Finding

_DAMAGED = (
    "Word-filen er beskadiget eller ikke hel og kan ikke læses. Åbn den i Word, gem den som en ny "
    ".docx-fil, og prøv igen."
)
_MARK = re.compile(r"[\d*†‡a-z]{1,3}[).,]?")
_WRAPPERS = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple"}
    | {"dir", "bdo", "Choice", "oMath", "oMathPara", "r"}
)
_DELETED = frozenset({"del", "moveFrom", "cellDel"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}


def read_word(content: bytes) -> DocumentText:
    """Return the text of a .docx; DocumentError for a file that is damaged or grows too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            package = _Package(file)
            main = package.main()
            body = child(parse_xml(package.part(main), _DAMAGED), "body")
            notes = package.notes(main)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise DocumentError(_DAMAGED) from None
    except (RuntimeError, KeyError, IndexError):  # RuntimeError: a part with a password
        raise DocumentError(_DAMAGED) from None
    if body is None:
        raise DocumentError(_DAMAGED)
    reader = _Reader(notes)
    try:
        blocks = list(reader.document(body))
    except RecursionError:
        raise DocumentError(_DAMAGED) from None
    return document_text(Writer().lines(blocks), "Word", reader.remarks())


@dataclass
class _Package:
    """The parts of a .docx, unpacked within `MOST_UNPACKED` in all."""

    file: zipfile.ZipFile
    unpacked: int = 0

    def part(self, name: str) -> bytes:
        with self.file.open(name) as part:
            content = part.read(MOST_UNPACKED - self.unpacked + 1)
        self.unpacked += len(content)
        if self.unpacked > MOST_UNPACKED:
            raise DocumentError(
                "Word-filen pakker ud til mere end 100 MB og bliver ikke læst. Gem siderne med "
                "tabellerne som et dokument for sig, og prøv igen."
            )
        return content

    def _targets(self, of: str, kind: str) -> list[str]:
        folder, name = posixpath.split(of)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.file.NameToInfo:
            return []
        root = parse_xml(self.part(relations), _DAMAGED)
        return [
            posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
            for relation in root
            if (attribute(relation, "Type") or "").endswith(f"/{kind}")
            and attribute(relation, "TargetMode") != "External"
            and (target := attribute(relation, "Target"))
        ]

    def main(self) -> str:
        return (self._targets("", "officeDocument") or ["word/document.xml"])[0]

    def notes(self, main: str) -> dict[str, Any]:
        """Return footnotes and endnotes as elements by kind and id ('footnote 2')."""
        found: dict[str, Any] = {}
        for kind in ("footnote", "endnote"):
            for name in self._targets(main, f"{kind}s"):
                if name not in self.file.NameToInfo:
                    continue
                for entry in parse_xml(self.part(name), _DAMAGED):
                    found[f"{kind} {attribute(entry, 'id')}"] = entry
        return found


@dataclass
class _Reader:
    """Walks the body. Notes are set after the next table, or at the end: there its notes stand."""

    notes: dict[str, Any]
    waiting: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    def _count(self, what: str) -> None:
        self.seen[what] = self.seen.get(what, 0) + 1

    def document(self, body: Any) -> Iterator[Block]:
        for block in self.blocks(body):
            yield block
            if isinstance(block, Table):
                yield from self._flush()
        yield from self._flush()

    def _flush(self) -> Iterator[str]:
        waiting, self.waiting = self.waiting, []
        for reference in waiting:
            number = reference.rpartition(" ")[2]
            texts = [block for block in self.blocks(self.notes[reference]) if block]
            text = "\n".join(text for text in texts if isinstance(text, str)).strip()
            if text:
                yield f"{number}) {text}"

    def blocks(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            name = local(element)
            if name == "p":
                yield self.paragraph(element)
                boxes, self.boxes = self.boxes, []
                for box in boxes:
                    yield from self.blocks(box)
            elif name == "tbl":
                yield self.table(element)
            elif name in _DELETED:
                self._count("deleted")
            elif name == "altChunk":
                self._count("embedded")
            elif name in _WRAPPERS:
                yield from self.blocks(element)

    def paragraph(self, element: Any) -> str:
        parts: list[str] = []
        self._inline(element, parts)
        return "".join(parts).replace("\r", " ")

    def _inline(self, element: Any, parts: list[str]) -> None:
        for part in element:
            name = local(part)
            if name == "t":
                parts.append(str(part.text or ""))
            elif name in _SIGNS:
                parts.append(_SIGNS[name])
            elif name == "sym":
                parts.append("\ufffd")
            elif name in ("footnoteReference", "endnoteReference"):
                self._refer(f"{name.removesuffix('Reference')} {attribute(part, 'id')}")
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._drawn(part, name, parts)
            elif name in _DELETED:
                self._count("deleted")
            elif name == "r":
                self._run(part, parts)
            elif name in _WRAPPERS:
                if name in ("ins", "moveTo"):
                    self._count("inserted")
                self._inline(part, parts)

    def _refer(self, reference: str) -> None:
        if reference in self.notes and reference not in self.waiting:
            self.waiting.append(reference)

    def _run(self, run: Any, parts: list[str]) -> None:
        properties = child(run, "rPr")
        if _is_on(child(properties, "vanish")):
            self._count("hidden")
            return
        inner: list[str] = []
        self._inline(run, inner)
        text = "".join(inner)
        align = child(properties, "vertAlign")
        raised = align is not None and attribute(align, "val") == "superscript"
        if raised and _MARK.fullmatch(text.strip()):
            self.marks.append(f"»{text.strip()}«")
        else:
            parts.append(text)

    def _drawn(self, element: Any, name: str, parts: list[str]) -> None:
        """Keep text boxes for after the paragraph; a choice between two forms is read once."""
        if name == "AlternateContent":
            first = next(iter(element), None)
            if first is not None:
                self._inline(first, parts)
            return
        if name == "object":
            self._count("embedded")
        boxes = [box for box in element.iter() if local(box) == "txbxContent"]
        self.boxes += [box for box in boxes if not any(box in b.iterdescendants() for b in boxes)]
        if not boxes and name != "object":
            self._count("picture")

    def table(self, element: Any) -> Table:
        table = Table()
        for row in _through(element, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self._count("deleted")
                continue
            if child(properties, "ins") is not None:
                self._count("inserted")
            column = _number(child(properties, "gridBefore"), 0)
            cells: list[Cell] = []
            for cell in _through(row, "tc"):
                about = child(cell, "tcPr")
                span = _number(child(about, "gridSpan"), 1)
                if child(about, "cellDel") is not None:
                    self._count("deleted")
                elif not (_goes_on(child(about, "vMerge")) or _goes_on(child(about, "hMerge"))):
                    content: list[str | Table] = []
                    for block in self.blocks(cell):
                        content += [block] if isinstance(block, Table) else block.split("\n")
                    cells.append(Cell(column, span, content))
                column += span
            table.rows.append(cells)
        return table

    def remarks(self) -> Iterator[Finding]:
        if self.seen.get("deleted") or self.seen.get("inserted"):
            yield warning(
                "tracked_changes",
                "Dokumentet har rettelser, der ikke er godkendt. Det indsatte er læst, og det "
                "slettede er ikke. Godkend eller afvis dem i Word, hvis det skal være anderledes.",
            )
        if self.seen.get("hidden"):
            yield warning("hidden_text", "Dokumentet har skjult tekst. Den er ikke læst.")
        if self.seen.get("embedded"):
            yield warning(
                "embedded_object",
                "Dokumentet har indlejrede filer (fx et regneark). De er ikke læst.",
            )
        if self.seen.get("picture"):
            yield note("pictures", "Billeder i dokumentet er ikke læst.")
        if self.marks:
            yield note(
                "note_marks",
                "Hævede notetegn er ikke læst som en del af tal og navne "
                f"({listed(self.marks)}). Læs noterne i dokumentet.",
            )


def _through(element: Any, wanted: str) -> Iterator[Any]:
    """Give the rows of a table or the cells of a row, also those inside wrappers."""
    for part in element:
        name = local(part)
        if name == wanted:
            yield part
        elif name in _WRAPPERS:
            yield from _through(part, wanted)


def _is_on(element: Any) -> bool:
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def _goes_on(merge: Any) -> bool:
    return merge is not None and attribute(merge, "val") != "restart"


def _number(element: Any, default: int) -> int:
    text = None if element is None else attribute(element, "val")
    number = int(text) if text and re.fullmatch(r"\d{1,4}", text) else default
    return min(number, MOST_COLUMNS)
