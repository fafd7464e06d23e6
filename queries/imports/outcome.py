"""What an import or an undo did: the version before and after, and the cells that differ."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from queries.atlas import Atlas
from queries.errors import UserError
from queries.sources.incoming import Finding
from queries.warehouse.connection import Warehouse


@dataclass(frozen=True)
class Outcome:
    """The result of an import or an undo.

    `status` is imported, unchanged or undone. `import_ids` are those asked for, also where they
    were there already. `version` and `before` are data versions, `before` '' where there was no
    readable warehouse. `added`, `changed` and `withdrawn` count cells between the two; `conflicts`
    counts cells of the new version that sources disagree on.
    """

    status: str
    import_ids: tuple[str, ...]
    version: str
    before: str
    added: int
    changed: int
    withdrawn: int
    conflicts: int
    findings: tuple[Finding, ...]
    seconds: float
    hidden: int | None = None
    """Of what nobody has published: how many of its cells the disclosure control hides; None where
    nothing was imported that it asks about."""

    def as_json(self) -> dict[str, Any]:
        """Return the fields as JSON can hold them."""
        return {**asdict(self), "seconds": round(self.seconds, 3)}


def built_from(target: Path) -> tuple[str, str]:
    """Return the version of the warehouse and the hash of what it was made of; else two ''."""
    try:
        made = Warehouse(target).frame("SELECT version, inputs_hash FROM build")
    except UserError:
        return "", ""
    return (str(made.item(0, 0)), str(made.item(0, 1))) if made.height == 1 else ("", "")


def difference(target: Path, before: str) -> tuple[int, int, int, int]:
    """Return how many cells were added, changed and withdrawn since a version, and conflicts.

    Where the version before is not known here, all cells were added.
    """
    atlas = Atlas(target)
    conflicts = atlas.conflicts().height
    changes = atlas.changes(before)
    if changes is None:
        cells = Warehouse(target).frame("SELECT observations FROM build").item()
        return int(cells), 0, 0, conflicts
    added, changed, withdrawn = (int(changes[c].sum()) for c in ("added", "changed", "withdrawn"))
    return added, changed, withdrawn, conflicts
