"""What a file is, told by its bytes: a spreadsheet, a table in text, or something to be told of."""

from __future__ import annotations

import re
from typing import Literal

from queries.errors import UserError

Kind = Literal["zip", "ole", "html", "flat_ods", "text"]

OLE = b"\xd0\xcf\x11\xe0"
HOW = "Gem tabellen som XLSX, ODS eller CSV, og prøv igen."
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "et billede (PNG)"),
    (b"\xff\xd8\xff", "et billede (JPEG)"),
    (b"GIF8", "et billede (GIF)"),
    (b"II*\x00", "et billede (TIFF)"),
    (b"MM\x00*", "et billede (TIFF)"),
    (b"RIFF", "et billede, en lyd eller en film"),
    (b"{\\rtf", "et tekstdokument (RTF)"),
    (b"\x1f\x8b", "en pakket fil (gzip). Pak den ud først"),
    (b"BZh", "en pakket fil (bzip2). Pak den ud først"),
    (b"\xfd7zXZ\x00", "en pakket fil (xz). Pak den ud først"),
    (b"7z\xbc\xaf\x27\x1c", "en pakket fil (7-Zip). Pak den ud først"),
    (b"Rar!\x1a", "en pakket fil (RAR). Pak den ud først"),
    (b"\x28\xb5\x2f\xfd", "en pakket fil (Zstandard). Pak den ud først"),
    (b"PAR1", "en datafil (Parquet), som læses med »indlaes register«"),
    (b"ARROW1", "en datafil (Arrow)"),
    (b"SQLite format 3", "en database (SQLite)"),
    (b"\x00\x01\x00\x00Standard", "en database (Access)"),
    (b"$FL2", "en SPSS-fil"),
    (b"$FL3", "en SPSS-fil"),
    (b"<stata_dta>", "en Stata-fil"),
    (b"MZ", "et program"),
    (b"\x7fELF", "et program"),
)
_SAS = bytes.fromhex("c2ea8160b31411cfbd92080009c7318c")
_HTML = (
    r"<(?:!doctype html|html|head|body|meta|table|style|title|frameset|div|center|font|p|h[1-6])\b"
)
_JSON = re.compile(r"""\{\s*["}]|\[\s*(?:[{\["\]]|-?\d+\s*,)""")
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))


def kind_of(content: bytes) -> Kind:
    """Return what a file is. Raises UserError that names what is no spreadsheet and no text."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe\x1a"):
        raise UserError(f"Filen er tom: der er ingen tabel i den. {HOW}")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if content.startswith(OLE):
        return "ole"
    for start, name in _OTHERS:
        if content.startswith(start) and not (start in {b"MZ", b"RIFF"} and 0 not in content[:64]):
            raise _other(name)
    if b"%PDF-" in content[:1024]:
        raise _other("en PDF. En PDF med et svar læses med »indlaes svar«")
    if _SAS in content[:64]:
        raise _other("en SAS-fil")
    return _kind_of_text(_head(content))


def _kind_of_text(head: str) -> Kind:
    if re.match(_HTML, head) or ("<html" in head[:500] and head.startswith("<")):
        return "html"
    if "mime-version:" in head[:2000] and "content-type:" in head:
        raise UserError(
            "Filen er en webside i én fil (MHTML), selv om den måske hedder .xls. Åbn den i et "
            f"regneark. {HOW}"
        )
    if head.startswith("<?xml") or head.startswith("<office:document"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in head:
            raise UserError(
                "Filen er et XML-regneark fra Excel 2003, som ikke kan læses her. Åbn den i et "
                f"regneark. {HOW}"
            )
        if "<office:document" in head:
            return "flat_ods"
        if re.search(_HTML, head):
            return "html"
        raise _other("et XML-dokument")
    if _JSON.match(head):
        raise _other("en JSON-fil")
    return "text"


def _head(content: bytes) -> str:
    """Return the start of a text in small letters, whatever its encoding."""
    start = content[:8000]
    for mark, codec in _BOMS:
        if start.startswith(mark):
            return start[len(mark) :].decode(codec, "replace").lstrip().casefold()
    if start[1:200:2].count(0) > len(start[1:200:2]) // 2:
        return start.decode("utf-16-le", "replace").lstrip().casefold()
    return start.decode("latin-1").lstrip().casefold()


def _other(name: str) -> UserError:
    return UserError(f"Filen er hverken et regneark eller en tabel i tekst, men {name}. {HOW}")
