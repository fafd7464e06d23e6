"""Plain text in whatever encoding it has."""

from __future__ import annotations

import codecs
import re

from queries.sources.documents.model import DocumentText, document_text
from queries.sources.documents.placed import cell_text, plain_letters, without_bullet

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_OLD = ("cp1252", "cp865", "mac_roman")
_DANISH = frozenset("æøåÆØÅéüö")
_USUAL = re.compile(r"[\w\s.,:;()%/'\"?!*+&§<>=–—’‘”“»«•@#\[\]-]")
_CELL_SPACE = re.compile("(?<=\\d)[\u00a0\u2007\u2009\u202f](?=\\d{3}(?!\\d))")


def decoded(content: bytes) -> str:
    """Return the text of bytes: by their mark, as declared, as UTF-8, or as old Danish files are.

    Of the old encodings the one that gives most Danish letters and fewest odd signs is taken.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if content[:400].count(0) > len(content[:400]) // 4:
        big = content[:400:2].count(0) > content[1:400:2].count(0)
        return content.decode("utf-16-be" if big else "utf-16-le", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:4096])
    if declared:
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    sample = content[:200_000]
    best = max(_OLD, key=lambda name: _likeness(sample.decode(name, "replace")))
    return content.decode(best, "replace")


def read_plain(text: str) -> DocumentText:
    """Return the lines of a text as they are, apart from bullets, ligatures and narrow spaces."""
    lines = [
        (_line(raw), f"linje {number}") for number, raw in enumerate(text.split("\n"), start=1)
    ]
    return document_text(lines, "tekst")


def _line(raw: str) -> str:
    """Clean a line; in one with tabs, as pasted from a table, every part is a cell."""
    text = plain_letters(raw)
    if "\t" in text:
        return "\t".join(cell_text(_spaced(part)) for part in text.split("\t"))
    return without_bullet(_CELL_SPACE.sub(".", text))


def _spaced(cell: str) -> str:
    text = cell.strip(" \r")
    return text.replace(" ", "\u00a0") if re.fullmatch(r"\d{1,3}( \d{3})+", text) else text


def _likeness(text: str) -> int:
    odd = sum(not _USUAL.match(char) for char in text)
    return sum(char in _DANISH for char in text) - 3 * odd
