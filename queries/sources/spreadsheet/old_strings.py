"""Texts in XLS: with one or two bytes for a sign, and shared ones cut into several records."""

from __future__ import annotations

import struct

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import damaged
from queries.sources.spreadsheet.tidying import tidy

_WIDE, _LANGUAGE, _RICH = 1, 4, 8


def read_text(body: bytes, at: int, *, short: bool = False) -> str:
    """Return the text at `at`; `short` where its length is one byte."""
    length = body[at] if short else struct.unpack_from("<H", body, at)[0]
    at += 1 if short else 2
    flags = body[at]
    at += 1 + 2 * bool(flags & _RICH) + 4 * bool(flags & _LANGUAGE)
    held = body[at : at + length * (2 if flags & _WIDE else 1)]
    if len(held) < length * (2 if flags & _WIDE else 1):
        raise damaged("en tekst er afbrudt")
    return _decoded(held, is_wide=bool(flags & _WIDE))


def read_shared(pieces: list[bytes]) -> list[str]:
    """Return the texts that cells share. Raises UserError where they do not hold together."""
    try:
        return _Shared(pieces).texts()
    except (struct.error, IndexError) as error:
        raise damaged("de fælles tekster er afbrudt") from error


def _decoded(held: bytes, *, is_wide: bool) -> str:
    return held.decode("utf-16-le", "replace") if is_wide else held.decode("latin-1")


class _Shared:
    """Reads on from one record into the next; a text that goes on says anew how wide it is."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._piece, self._at = pieces, 0, 8
        self._count = struct.unpack_from("<I", pieces[0], 4)[0]

    def texts(self) -> list[str]:
        if self._count > limits.STRINGS:
            raise limits.too_large("fælles tekster", limits.STRINGS, " i et regneark")
        return [tidy(self._text()) for _ in range(self._count)]

    def _text(self) -> str:
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & _RICH else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & _LANGUAGE else 0
        parts: list[str] = []
        while length:
            step = 2 if flags & _WIDE else 1
            held = self._pieces[self._piece][self._at : self._at + length * step]
            held = held[: len(held) // step * step]
            parts.append(_decoded(held, is_wide=bool(flags & _WIDE)))
            self._at += len(held)
            length -= len(held) // step
            if length:
                self._next()
                flags = flags & ~_WIDE | self._pieces[self._piece][0] & _WIDE
                self._at = 1
        self._skip(4 * runs + extra)
        return "".join(parts)

    def _take(self, count: int) -> bytes:
        if self._at == len(self._pieces[self._piece]):
            self._next()
        held = self._pieces[self._piece][self._at : self._at + count]
        self._at += len(held)
        return held + self._take(count - len(held)) if len(held) < count else held

    def _skip(self, count: int) -> None:
        while count > (here := len(self._pieces[self._piece]) - self._at):
            count -= here
            self._next()
        self._at += count

    def _next(self) -> None:
        self._piece, self._at = self._piece + 1, 0
        if self._piece >= len(self._pieces):
            raise IndexError
