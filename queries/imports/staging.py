"""New imports are made aside and moved to their place; what a killed import left is removed.

`staging/<run>/plan.json` names the folders that a run moves to `batches`, from before the first is
moved until the journal tells of them: a folder in `batches` that neither names is a sign of a
journal that was put back, not of an import that was interrupted.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from queries.imports.files import as_json, checksum, private_folder, write_private
from queries.imports.journal import NAME, read_events, write_events
from queries.imports.store import CELLS, MANIFEST, PLAN, Store, planned
from queries.warehouse.disk import sync


class Staged:
    """The new imports of one run: `begin`, `add` and `place` them, `give_up` what is not told."""

    def __init__(self, store: Store, run: str) -> None:
        self._store = store
        self._folder = store.folder / "staging" / run
        self._names: list[str] = []

    def begin(self) -> None:
        """Make the folders, and a journal of nothing where there is none."""
        store = self._store
        for folder in (store.folder, self._folder.parent, self._folder, self.work):
            private_folder(folder)
        if not (store.folder / NAME).exists():
            write_events(store.folder, read_events(store.folder))

    def add(self, name: str, manifest: Mapping[str, Any], cells: Path) -> str:
        """Stage one import under a folder's name, moving its file of cells; return the seal.

        The seal is the SHA-256 of its manifest, to which the checksum of the cells is added.
        """
        aside = private_folder(self._folder / name)
        file = aside / CELLS[str(manifest["form"])]
        cells.replace(file)
        sync(file)
        path = aside / MANIFEST
        write_private(path, as_json({**manifest, "sha256": checksum(file)}))
        sync(aside)
        self._names.append(name)
        return checksum(path)

    @property
    def work(self) -> Path:
        """A folder of its own for files on their way."""
        return self._folder / "work"

    def place(self) -> None:
        """Move all of them to `batches`; they do not count before the journal tells of them."""
        write_private(self._folder / PLAN, as_json(self._names))
        sync(self._folder)
        private_folder(self._store.batches)
        for name in self._names:
            (self._folder / name).rename(self._store.batches / name)
        sync(self._store.batches)

    def give_up(self, told: Collection[str]) -> None:
        """Remove what is left aside, and the imports that the journal has not `told` of."""
        _remove(self._store, self._folder, set(self._names) - set(told))


def recover(store: Store) -> None:
    """Remove what killed imports have left; the caller holds the lock.

    Raises UserError for a damaged journal: then nothing is removed.
    """
    left = store.runs()
    if not left:
        return
    told = {str(one["folder"]) for one in store.history() if one["event"] == "import"}
    for run in left:
        _remove(store, run, planned(run) - told)


def _remove(store: Store, run: Path, names: Collection[str]) -> None:
    """Remove placed imports, and then the run that says whose they were."""
    for name in names:
        shutil.rmtree(store.batches / name, ignore_errors=True)
    if not any((store.batches / name).exists() for name in names):
        shutil.rmtree(run, ignore_errors=True)


def free_name(import_id: str, taken: Collection[str]) -> str:
    """Return the name of a new folder: one that was undone keeps its own."""
    name, again = import_id, 1
    while name in taken:
        again += 1
        name = f"{import_id}-{again}"
    return name
