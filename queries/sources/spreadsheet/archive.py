"""The parts of a workbook that is a zip archive: looked up and unpacked within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from queries.errors import UserError
from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.kinds import HOW

_PIECE = 1 << 18
_ENTRY = b"PK\x01\x02"


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

    All that is unpacked counts against `limits.UNPACKED_BYTES`, as it unpacks: what the directory
    says of sizes is not believed. Parts that nobody asks for (pictures, embedded files, other
    archives) are never unpacked.
    """

    def __init__(self, content: bytes) -> None:
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
        self._left = limits.UNPACKED_BYTES

    @property
    def is_locked(self) -> bool:
        """Whether any part is encrypted."""
        return any(entry.flag_bits & 1 for entry in self._entries.values())

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._entries

    def read(self, name: str) -> bytes:
        """Return a whole part; b'' where there is none."""
        return b"".join(self.pieces(name)) if name in self else b""

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
                            "Regnearket pakker sig ud til mere end "
                            f"{limits.megabytes(limits.UNPACKED_BYTES)}, og mere læses ikke. Slet "
                            "overflødige ark og rækker, eller gem tabellen som CSV."
                        )
                    yield piece
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError) as error:
            raise damaged() from error
        except (NotImplementedError, RuntimeError) as error:
            raise damaged("ukendt pakning") from error


def _plain(name: str) -> str:
    """Return a part's name as it is compared: some programs write it in other ways."""
    return name.replace("\\", "/").lstrip("/").casefold()
