"""What a part of an XLSX or XLSB refers to inside the archive; nothing outside it is followed."""

from __future__ import annotations

import posixpath

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import Archive, damaged
from queries.sources.spreadsheet.xml import Budget, read_xml


def relations(archive: Archive, path: str, budget: Budget) -> dict[str, tuple[str, str]]:
    """Return what a part refers to inside the archive: id -> (kind, path)."""
    folder, name = posixpath.split(path)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    found = _Relations()
    if listed in archive:
        read_xml(archive.pieces(listed), found, budget)
    return {
        key: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for key, (kind, target) in found.targets.items()
    }


class Quiet:
    """Tells nothing of text and ends; readers of attributes start from it."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text stands here."""


class _Relations(Quiet):
    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            if len(self.targets) > limits.ENTRIES:
                raise damaged("for mange henvisninger")
            kind, target = attributes.get("Type", ""), attributes.get("Target", "")
            self.targets[attributes.get("Id", "")] = (kind, target)
