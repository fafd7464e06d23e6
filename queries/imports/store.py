"""What the data owner has imported, as it lies on the data owner's machine (restricted).

See `journal` for what counts as imported. Each import has a folder of its own in `batches`, which
is never changed: `import.json` (the manifest) and its cells, of the form `Imported.form` says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from queries.errors import UserError
from queries.imports.files import as_json, checksum, private_folder, replace_private
from queries.imports.journal import MEND, NAME, Event, read_events, standing
from queries.warehouse.paths import data_folder

if TYPE_CHECKING:  # only for their names: they load a validation library
    from queries.imports.refused import Given, Refusal
    from queries.sources.incoming import Finding

MANIFEST = "import.json"
PLAN = "plan.json"
"""In the folder of a run in `staging`: the folders that it moves to `batches`."""
CELLS = {"document": "cells.parquet", "run": "disclosed.parquet"}
"""The file of cells by form: `IncomingCells`, or what `register.cell_file` writes."""
MANIFEST_FORM = 1
_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True)
class Imported:
    """One import that counts: its cells lie in `cells`, and `manifest` says what they are.

    The manifest has `import_id`, `form`, `source_id` (that of the cells in the warehouse),
    `content` (hash of cells and identity), `recorded_at`, `is_published`, `provenance` (the fields
    of `Provenance`, dates as ISO texts), `findings` (as dicts), `accepted` (codes of warnings),
    `mapping` (of a spreadsheet, or null), `counts` (`cells`, and cells by status) and `sha256` (of
    the file of cells). `imported_at` has a time zone and whole seconds.
    """

    import_id: str
    form: str
    folder: Path
    manifest: Mapping[str, Any]
    imported_at: dt.datetime

    @property
    def source_id(self) -> str:
        """The id of its source in the warehouse."""
        return str(self.manifest["source_id"])

    @property
    def cells(self) -> Path:
        """The file of its cells."""
        return self.folder / CELLS[self.form]


class Store:
    """The folder of imports: `import` in the data folder, where none is given."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = data_folder() / "import" if folder is None else folder

    def history(self) -> list[Event]:
        """Return every import and undo, oldest first; see `journal`. Raises UserError."""
        return read_events(self.folder)

    def active(self) -> list[Imported]:
        """Return the imports that are not undone, in the order they were made.

        Raises UserError for a damaged journal, and for an import whose folder is missing or is not
        as it was when it was made: nothing is forgotten silently.
        """
        here = self._folders()
        events = self.history()
        known = {str(one["folder"]) for one in events if one["event"] == "import"}
        for name in here - known:
            if (self.batches / name).exists():  # one that failed is removed at any time
                raise self._broken(self.batches / name, "er ikke med i journalen")
        return [self.of_event(one) for one in standing(events) or []]

    def _folders(self) -> set[str]:
        """Return the folders of imports, but not those that a run in progress has just placed."""
        if not self.batches.is_dir():
            return set()
        here = {path.name for path in self.batches.iterdir()}
        return here - {name for run in self.runs() for name in planned(run)}

    def runs(self) -> list[Path]:
        """Return the folders of runs in progress, and of those that were killed."""
        staging = self.folder / "staging"
        return sorted(staging.iterdir()) if staging.is_dir() else []

    def of_event(self, event: Event) -> Imported:
        """Return the import that a journal's event tells of, checked against it."""
        folder = self.batches / str(event["folder"])
        try:
            written = (folder / MANIFEST).read_bytes()
        except OSError as error:
            raise self._broken(folder, "mangler eller kan ikke læses") from error
        if hashlib.sha256(written).hexdigest() != event["manifest"]:
            raise self._broken(folder, f"har en anden {MANIFEST} end da den blev lavet")
        imported = Imported(
            import_id=str(event["import_id"]),
            form=str((manifest := json.loads(written))["form"]),
            folder=folder,
            manifest=manifest,
            imported_at=dt.datetime.fromisoformat(event["at"]),
        )
        try:
            whole = checksum(imported.cells) == manifest["sha256"]
        except OSError as error:
            raise self._broken(folder, f"mangler filen {imported.cells.name}") from error
        if not whole:
            raise self._broken(folder, f"har fået ændret filen {imported.cells.name}")
        return imported

    @property
    def batches(self) -> Path:
        """The folder of imports that have been made."""
        return self.folder / "batches"

    def key(self) -> bytes:
        """Return this machine's secret, which exact numbers are hashed with; made at first need."""
        path = self.folder / "key"
        if not path.exists():
            private_folder(self.folder)
            replace_private(path, secrets.token_bytes(32))
        return path.read_bytes()

    def mapping(self, fingerprint: str) -> dict[str, Any] | None:
        """Return the saved mapping of spreadsheets with this layout; None where there is none.

        One that cannot be read is as none: the user is asked again.
        """
        try:
            found = json.loads(self._mapping(fingerprint).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def keep_mapping(self, fingerprint: str, mapping: Mapping[str, Any]) -> None:
        """Save how spreadsheets with this layout are read, in the place of what was saved."""
        path = self._mapping(fingerprint)
        private_folder(self.folder)
        private_folder(path.parent)
        replace_private(path, as_json(dict(mapping)))

    def keep_refusal(
        self,
        name: str,
        message: str,
        findings: Sequence[Finding],
        *,
        given: Given | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> Refusal:
        """Keep what was refused, with its reasons and the rows as given; see `refused.keep`."""
        from queries.imports.refused import keep

        private_folder(self.folder)
        return keep(self.folder / "refused", name, message, findings, given=given, about=about)

    def refused(self) -> list[Refusal]:
        """Return what was refused, the newest first."""
        from queries.imports.refused import kept

        return kept(self.folder / "refused")

    def _mapping(self, fingerprint: str) -> Path:
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise ValueError(f"not a fingerprint: {fingerprint!r}")
        return self.folder / "mappings" / f"{fingerprint}.json"

    def _broken(self, folder: Path, why: str) -> UserError:
        mend = MEND.format(name=NAME, folder=self.folder)
        return UserError(f"Importen i {folder} {why}. {mend}.")


def planned(run: Path) -> set[str]:
    """Return the folders in `batches` that a run in `staging` may have moved there."""
    try:
        names = json.loads((run / PLAN).read_bytes())
    except (OSError, ValueError):
        return set()  # killed before the plan was on the disk: nothing was moved
    return {str(name) for name in names if "/" not in str(name)}


def active_imports() -> list[Imported]:
    """Return what is imported and not undone on this machine, in order; see `Store.active`."""
    return Store().active()
