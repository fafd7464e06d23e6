"""The streams of a compound file (OLE), which old office formats and locked new ones lie in."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import damaged

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_SHORT = 4096  # bytes of the smallest stream that has sectors of its own
_ENTRY = 128


@dataclass(frozen=True, slots=True)
class _Stream:
    kind: int
    start: int
    size: int


class Compound:
    """A compound file in memory. Raises UserError where its chains do not hold."""

    def __init__(self, content: bytes) -> None:
        """Read the directory."""
        limits.check_bytes(content, limits.OLD_WORKBOOK_BYTES, "et regneark i det gamle format")
        self._content = content
        if len(content) < 512:
            raise damaged()
        major, order, power, short_power = struct.unpack_from("<4H", content, 26)
        if order != 0xFFFE or power not in {9, 12} or short_power != 6 or major not in {3, 4}:
            raise damaged()
        self._sector = 1 << power
        directory, short_fat, more, more_count = (
            *struct.unpack_from("<I", content, 48),
            *struct.unpack_from("<I", content, 60),
            *struct.unpack_from("<2I", content, 68),
        )
        self._fat = self._read_fat(more, more_count)
        listed = self._chain(directory)
        self.streams: dict[str, _Stream] = {}
        for at in range(0, len(listed) - _ENTRY + 1, _ENTRY):
            self._add(listed[at : at + _ENTRY])
            if len(self.streams) > limits.ENTRIES:
                raise limits.too_large("dele i et regneark", limits.ENTRIES)
        chained = self._chain(short_fat) if short_fat < _END else b""
        self._short_fat = struct.unpack(f"<{len(chained) // 4}I", chained[: len(chained) // 4 * 4])
        root = next((each for each in self.streams.values() if each.kind == 5), None)
        self._shorts = self._chain(root.start) if root and root.start < _END else b""

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.streams

    def read(self, name: str) -> bytes:
        """Return a stream. Raises UserError where there is none or it is cut off."""
        stream = self.streams.get(name.casefold())
        if stream is None:
            raise damaged("en del mangler")
        if stream.size < _SHORT:
            held = self._short_chain(stream.start) if stream.size else b""
        else:
            held = self._chain(stream.start)
        if len(held) < stream.size:
            raise damaged("filen er afbrudt")
        return held[: stream.size]

    def _add(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        if kind in {1, 2, 5} and 2 <= length <= 64:
            name = entry[: length - 2].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<2I", entry, 116)
            self.streams.setdefault(name.casefold(), _Stream(kind, start, size))

    def _read_fat(self, more: int, more_count: int) -> tuple[int, ...]:
        """Return the table that tells which sector follows which."""
        most = len(self._content) // self._sector + 1
        places = list(struct.unpack_from("<109I", self._content, 76))
        entries = self._sector // 4
        seen = 0
        while more < _END and seen < min(more_count, most):
            held = struct.unpack(f"<{entries}I", self._piece(more))
            places += held[:-1]
            more, seen = held[-1], seen + 1
        fat: list[int] = []
        for place in places:
            if place < _END:
                fat += struct.unpack(f"<{entries}I", self._piece(place))
                if len(fat) > most + entries:
                    break
        return tuple(fat)

    def _piece(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        piece = self._content[start : start + self._sector]
        if not piece:
            raise damaged("filen er afbrudt")
        return piece.ljust(self._sector, b"\0")  # some programs cut the last one short

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _END:
            pieces.append(self._piece(sector))
            if sector >= len(self._fat) or len(pieces) > len(self._fat):
                raise damaged("dens dele hænger ikke sammen")
            sector = self._fat[sector]
        return b"".join(pieces)

    def _short_chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _END:
            pieces.append(self._shorts[sector * 64 : sector * 64 + 64])
            if sector >= len(self._short_fat) or len(pieces) > len(self._short_fat):
                raise damaged("dens dele hænger ikke sammen")
            sector = self._short_fat[sector]
        return b"".join(pieces)
