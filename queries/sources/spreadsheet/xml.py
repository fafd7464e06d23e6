"""XML read as a stream of elements, within limits; nothing of it is fetched or expanded.

A document type is refused: with it go entities of every kind. The tree is never built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import damaged

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Reader(Protocol):
    """What is told of the elements; names come without their prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; attributes are named as they are written, with any prefix."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text stands here; it may come in several parts."""


class Budget:
    """How much XML may still be read of one file, over all its parts."""

    def __init__(self) -> None:
        self.tags = 2 * limits.ELEMENTS

    def take(self, piece: bytes) -> None:
        """Count the tags of a piece. Raises UserError when there are too many."""
        self.tags -= piece.count(b"<")
        if self.tags < 0:
            raise limits.too_large("XML-elementer", limits.ELEMENTS, " i et regneark")


def read_xml(pieces: Iterable[bytes], reader: Reader, budget: Budget) -> None:
    """Tell `reader` of every element. Raises UserError for what is broken, deep or too much."""
    parser = expat.ParserCreate()
    names: dict[str, str] = {}
    depth = 0

    def start(written: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.DEPTH:
            raise damaged("XML-elementer ligger for dybt i hinanden")
        name = names.get(written)
        if name is None:
            name = names[written] = written.rpartition(":")[2]
        reader.start(name, attributes)

    def end(written: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(names[written])

    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    fed = 0
    try:
        for piece in pieces:
            budget.take(piece)
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > limits.TOKEN_BYTES:
                raise damaged("et XML-element er for langt")
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged("ugyldig XML") from error


def _refuse_document_type(*_: object) -> None:
    raise damaged("en del har en dokumenttype (DTD), som regneark ikke har")


def unescaped(text: str) -> str:
    """Return a text of XLSX with `_x000D_` and the like as the signs they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _sign(int(found[1], 16)), text)


def _sign(code: int) -> str:
    return " " if code < 32 or 0xD800 <= code <= 0xDFFF else chr(code)
