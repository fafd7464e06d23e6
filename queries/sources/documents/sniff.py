"""What kind of document some bytes are, whatever their name says."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from queries.sources.documents.model import MOST_BYTES, DocumentError

Form = Literal["pdf", "word", "web", "plain"]

_MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta|span|h[1-6]|ul|ol|article|section)"
    rb"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_SAVE = "Åbn filen, gem den som .docx eller PDF, og prøv igen."


def form_of(content: bytes) -> Form:
    """Return the form of a document by its content.

    Raises DocumentError for an empty or too large file and for a form that is not read.
    """
    if len(content) > MOST_BYTES:
        raise DocumentError(
            f"Filen fylder mere end {MOST_BYTES // 1_000_000} MB. Gem siderne med tabellerne som "
            "et dokument for sig, og prøv igen."
        )
    if not content.strip():
        raise DocumentError("Filen er tom. Tjek, at det er den rigtige fil.")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    start = content.lstrip()[:8]
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(
            "Filen er et ældre Office-dokument (.doc) eller låst med en adgangskode. " + _SAVE
        )
    if start.startswith(b"{\\rtf"):
        raise DocumentError("Filen er i formatet RTF, som ikke læses. " + _SAVE)
    if content.startswith(_PICTURES) or _is_bitmap(content):
        raise DocumentError(
            "Filen er et billede. Bed afsenderen om dokumentet med tekst eller om tabellen som "
            "regneark."
        )
    if re.match(rb"(?:from|mime-version|content-type|date|subject):", content[:200].lower()):
        raise DocumentError(
            "Filen er en mail eller et webarkiv (.eml, .mht). Gem dokumentet eller websiden for "
            "sig (.pdf, .docx eller .html), og prøv igen."
        )
    if _MARKUP.search(_narrow(content[:20_000])):
        return "web"
    if _is_binary(content):
        raise DocumentError(
            "Filen er hverken PDF, Word (.docx), webside eller tekst. Tjek, at det er den rigtige "
            "fil, eller gem den som .docx eller PDF."
        )
    return "plain"


def _is_bitmap(content: bytes) -> bool:
    return content[:2] == b"BM" and b"\0" in content[2:14]


def _narrow(content: bytes) -> bytes:
    return content.replace(b"\0", b"")


def _is_binary(content: bytes) -> bool:
    """Tell whether bytes are no text: control characters, and not those of wide encodings."""
    sample = content[:4000]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return False
    zeros = sample.count(0)
    controls = sum(byte < 32 and byte not in (0, 9, 10, 11, 12, 13, 27) for byte in sample)
    one_sided = not any(sample[0::2]) or not any(sample[1::2])
    wide = zeros > len(sample) // 4 and (one_sided or zeros < len(sample) * 0.6)
    return controls > len(sample) // 100 or (zeros > 0 and not wide)


def _zipped(content: bytes) -> Form:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = set(file.namelist()[:10_000])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise DocumentError(
            "Filen er pakket og beskadiget og kan ikke læses. Hent den igen, eller gem den i Word "
            "som en ny .docx-fil."
        ) from None
    if any(name.startswith("word/") for name in names):
        return "word"
    if any(name.startswith("xl/") for name in names):
        raise DocumentError("Filen er et regneark. Indlæs den som regneark i stedet for som svar.")
    raise DocumentError("Filen er pakket (zip) eller i et format, som ikke læses. " + _SAVE)
