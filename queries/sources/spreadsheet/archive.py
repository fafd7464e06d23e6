"""The parts of a workbook that is a zip archive: looked up and unpacked within limits."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from queries.errors import UserError
from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.kinds import HOW

_PIECE = 1 << 18
_SHORT = 2_000_000
_ENTRY = b"PK\x01\x02"
_DOCUMENTS = {
    "word/": "et tekstdokument (DOCX). Et svar i DOCX læses med »indlaes svar«",
    "ppt/": "en præsentation (PPTX)",
    "index/document.iwa": "et Apple-dokument (Numbers, Pages eller Keynote)",
    "index.zip": "et Apple-dokument (Numbers, Pages eller Keynote)",
    "opendocument.text": "et tekstdokument (ODT)",
    "opendocument.presentation": "en præsentation (ODP)",
    "epub": "en bog (EPUB)",
}


def damaged(what: str = "") -> UserError:
    """Return the error for a workbook that is not as its format says; `what` is Danish."""
    return UserError(
        f"Regnearket er beskadiget eller afbrudt{what and f' ({what})'} og kan ikke læses sikkert. "
        f"Hent filen igen, eller åbn den i et regneark og gem den på ny. {HOW}"
    )


def locked() -> UserError:
    """Return the error for a workbook that needs a password."""
    return UserError(
        "Regnearket er beskyttet med adgangskode og kan ikke læses. Åbn det i et regneark, fjern "
        "adgangskoden (i Excel: Filer, Oplysninger, Beskyt projektmappe), gem det, og prøv igen."
    )


class Archive:
    """A zip archive in memory. No part is unpacked before it is asked for, and none to disk.

    All that is unpacked counts against `most_unpacked`, as it unpacks: what the directory
    says of sizes is not believed. Parts that nobody asks for (pictures, embedded files, other
    archives) are never unpacked.
    """

    def __init__(self, content: bytes, most_unpacked: int = limits.UNPACKED_BYTES) -> None:
        """Read the directory. Raises UserError where it is broken, locked or too long."""
        limits.check_bytes(content, limits.WORKBOOK_BYTES, "et regneark")
        if content.count(_ENTRY) > limits.ENTRIES:
            raise limits.too_large("filer i et regneark", limits.ENTRIES)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise damaged() from error
        entries = self._zip.infolist()
        self.names = tuple(entry.filename for entry in entries)
        self._entries = {_plain(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise damaged("to dele har samme navn")
        self._most = self._left = most_unpacked

    @property
    def is_locked(self) -> bool:
        """Whether any part is encrypted."""
        return any(entry.flag_bits & 1 for entry in self._entries.values())

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._entries

    def read(self, name: str) -> bytes:
        """Return a short part, b'' where there is none; raises UserError for a long one."""
        held = bytearray()
        for piece in self.pieces(name) if name in self else ():
            held += piece
            if len(held) > _SHORT:
                raise damaged("en del er for lang")
        return bytes(held)

    def unpack_all(self) -> None:
        """Unpack every part once, for one who will read them without limits."""
        for name in self.names:
            for _ in self.pieces(name):
                pass

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a part piece by piece. Raises UserError when it is broken or goes on too long."""
        entry = self._entries.get(_plain(name))
        if entry is None:
            raise damaged("en del mangler")
        if entry.flag_bits & 1:
            raise locked()
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise damaged("ukendt pakning")
        try:
            with self._zip.open(entry) as part:
                while piece := part.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise UserError(
                            "Filen er for stor: den pakker sig ud til mere end "
                            f"{limits.megabytes(self._most)}, og mere læses ikke. Slet overflødige "
                            "ark, rækker og billeder, eller gem tabellen som CSV."
                        )
                    yield piece
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError) as error:
            raise damaged() from error
        except (NotImplementedError, RuntimeError) as error:
            raise damaged("ukendt pakning") from error


def _ending(name: str) -> str:
    """Return what kind of file a name says, as a message may quote it."""
    _, dot, ending = name.rpartition(".")
    return f".{ending}" if dot and re.fullmatch("[a-z0-9]{1,5}", ending) else "uden endelse"


def _plain(name: str) -> str:
    """Return a part's name as it is compared: some programs write it in other ways."""
    return name.replace("\\", "/").lstrip("/").casefold()


def archive_kind(archive: Archive) -> Literal["xlsx", "xlsb", "ods"]:
    """Return which kind of workbook an archive is. Raises UserError that names what is none."""
    names = [_plain(name) for name in archive.names]
    if "xl/workbook.bin" in archive:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    mimetype = archive.read("mimetype")[:100] if "mimetype" in archive else b""
    if "content.xml" in archive and (not mimetype or b"spreadsheet" in mimetype):
        return "ods"
    for start, what in _DOCUMENTS.items():
        if any(name.startswith(start) for name in names) or start.encode() in mimetype:
            raise UserError(f"Filen er ikke et regneark, men {what}. {HOW}")
    endings = Counter(_ending(name) for name in names if not name.endswith("/"))
    if not endings:
        raise UserError(f"Filen er et tomt zip-arkiv. {HOW}")
    if "[content_types].xml" in archive:
        raise damaged("der er ingen ark i det")
    ending, count = endings.most_common(1)[0]
    raise UserError(
        f"Filen er et zip-arkiv med {sum(endings.values())} filer, heraf {count} {ending}. Pak "
        "det ud, og giv filerne hver for sig."
    )
