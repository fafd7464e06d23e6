"""The text of a PDF file."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from queries.sources.documents.columns import in_reading_order
from queries.sources.documents.mending import with_whole_names
from queries.sources.documents.model import (
    MOST_BYTES,
    MOST_PAGES,
    DocumentError,
    DocumentText,
    document_text,
)
from queries.sources.documents.pdf.furniture import without_furniture
from queries.sources.documents.pdf.placing import PlacedPage, place_page
from queries.sources.documents.pdf.runs import PageReader
from queries.sources.documents.placed import PlacedLine, without_bullet
from queries.sources.documents.remarks import listed, note, warning
from queries.sources.incoming import Finding

_PARAGRAPH = 1.75  # times the height of the letters from one baseline to the next
_DAMAGED = (
    "PDF-filen er beskadiget eller ikke hel og kan ikke læses. Hent den igen, eller åbn den og "
    "udskriv den til en ny PDF, og prøv igen."
)
_TOO_MUCH = (
    "PDF-filen pakker ud til mere, end der bliver læst af ét dokument (30 MB pr. side). Åbn den og "
    "udskriv siderne med tabellerne til en ny PDF, og prøv igen."
)
_MOST_UNREADABLE = 0.1
_MOST_WORDS = 2_000_000
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": MOST_BYTES,
    "array_based_stream_maximum_output_length": 30_000_000,
    "lzw_maximum_output_length": 30_000_000,
    "run_length_maximum_output_length": 30_000_000,
    "zlib_maximum_output_length": 30_000_000,
    "brotli_maximum_output_length": 30_000_000,
    "zlib_maximum_recovery_input_length": 1_000_000,
    "stream_decoding_work_maximum_length": 60_000_000,
    "stream_parsing_work_maximum_count": 1_000_000,
    "page_tree_maximum_entries": 20_000,
    "page_tree_maximum_page_entries": 200_000,
    "jbig2dec_binary": None,
}
"""What pypdf may do for one file; it starts no program."""


@dataclass
class _Found:
    """What was found on the pages, for the remarks."""

    words: int = 0
    marks: list[str] = field(default_factory=list)
    aslant: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    invisible: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)


def read_pdf(content: bytes) -> DocumentText:
    """Return the text of a PDF, page by page, without headers and footers.

    Raises DocumentError for a file that is damaged, locked, too large or has no text.
    """
    logging.disable(logging.CRITICAL)  # what it warns of may quote the document
    try:
        with apply_configuration(**_LIMITS):
            return _read(content)
    except DocumentError:
        raise
    except MemoryError:
        raise
    except RecursionError:
        raise DocumentError(_DAMAGED) from None
    except LimitReachedError:
        raise DocumentError(_TOO_MUCH) from None
    except (PyPdfError, DependencyError):
        raise DocumentError(_DAMAGED) from None
    except Exception:  # whatever a damaged file makes pypdf stumble over
        raise DocumentError(_DAMAGED) from None
    finally:
        logging.disable(logging.NOTSET)


def _read(content: bytes) -> DocumentText:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        _unlock(reader)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise DocumentError(
            f"PDF-filen har {count} sider; der læses højst {MOST_PAGES}. Gem siderne med "
            "tabellerne som en ny PDF, og prøv igen."
        )
    found = _Found()
    pages: list[PlacedPage] = []
    for number, page in enumerate(reader.pages, start=1):
        pages.append(_page(page, number, found))
        if found.words > _MOST_WORDS:
            raise DocumentError(
                "PDF-filen har mere end 2 millioner ord og bliver ikke læst. Gem siderne med "
                "tabellerne som en ny PDF, og prøv igen."
            )
    lines = without_furniture([page.lines for page in pages])
    if not any(lines):
        _refuse_empty(found, count)
    return document_text(_text_lines(lines), "PDF", _remarks(found))


def _unlock(reader: PdfReader) -> None:
    """Open a file that only its changing is locked of; DocumentError for one that cannot be."""
    try:
        opened = bool(reader.decrypt(""))
    except (PyPdfError, DependencyError, NotImplementedError, ValueError):
        opened = False
    if not opened:
        raise DocumentError(
            "PDF-filen er låst med en adgangskode eller kryptering og kan ikke læses. Åbn den, "
            "udskriv den til en ny PDF uden adgangskode, og prøv igen."
        )


def _page(page: PageObject, number: int, found: _Found) -> PlacedPage:
    reader = PageReader(page)
    pieces = reader.read()
    found.words += len(pieces)
    box = tuple(float(side) for side in page.cropbox)
    x0, y0, x1, y1 = box
    visible = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    placed = place_page(pieces, number, visible if x0 != x1 and y0 != y1 else None)
    letters = sum(len(piece.text) for piece in pieces)
    if reader.unreadable > _MOST_UNREADABLE * (letters + reader.unreadable):
        raise DocumentError(
            f"Side {number} i PDF-filen bruger en skrifttype, som ikke kan oversættes til "
            "bogstaver. Åbn filen, kopiér teksten ind i et Word-dokument, og sammenlign den med "
            "det, der ses; eller bed afsenderen om tabellen som regneark."
        )
    found.marks += [f"side {number}: »{mark}«" for mark in placed.marks]
    for kind, amount in (
        (found.aslant, placed.aslant),
        (found.outside, placed.outside),
        (found.invisible, placed.invisible),
        (found.unreadable, reader.unreadable),
        (found.pictures, not placed.lines and _has_picture(page)),
    ):
        if amount:
            kind.append(number)
    return placed


def _has_picture(page: PageObject) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    return bool(objects.get_object()) if objects is not None else False


def _refuse_empty(found: _Found, count: int) -> None:
    picture = "er scannet: siderne er billeder uden tekst" if found.pictures else "har ingen tekst"
    raise DocumentError(
        f"PDF-filen ({count} {'side' if count == 1 else 'sider'}) {picture}. Bed afsenderen om "
        "dokumentet med tekst eller om tabellen som regneark; en tekstgenkendt udgave skal "
        "sammenlignes tal for tal."
    )


def _text_lines(pages: list[list[PlacedLine]]) -> Iterator[tuple[str, str]]:
    starts_page = ""
    place = "side 1"
    for number, lines in enumerate(pages, start=1):
        place = f"side {number}"
        above: PlacedLine | None = None
        for line in with_whole_names(in_reading_order(lines)):
            place = f"side {line.page}, linje {line.number}"
            if above is not None and not 0 <= line.y - above.y <= _PARAGRAPH * max(
                line.size, above.size
            ):
                yield "", place
            yield starts_page + without_bullet(line.text), place
            starts_page = ""
            above = line
        starts_page = "\f"
    yield "", place  # the text is whole: it does not end inside a figure


def _remarks(found: _Found) -> Iterator[Finding]:
    if found.marks:
        yield note(
            "note_marks",
            f"Små hævede notetegn er ikke læst som en del af tal og navne ({listed(found.marks)}). "
            "Læs noterne i dokumentet.",
        )
    for pages, code, text in (
        (found.pictures, "page_is_picture", "er billeder uden tekst. En tabel dér er ikke læst"),
        (found.outside, "outside_page", "har tekst uden for den synlige side. Den er ikke læst"),
        (
            found.invisible,
            "invisible_text",
            "har usynlig tekst, som regel tekstgenkendt fra en scanning, og den kan være gættet "
            "forkert. Sammenlign tallene med det, der ses",
        ),
        (
            found.unreadable,
            "unreadable_letters",
            "har tegn, der ikke kan oversættes til bogstaver. Sammenlign med dokumentet",
        ),
    ):
        if pages:
            yield warning(code, f"Side {listed([str(page) for page in pages])} {text}.")
    if found.aslant:
        pages_with = listed([str(page) for page in found.aslant])
        yield note("turned_text", f"Tekst på tværs af siden er ikke læst (side {pages_with}).")
