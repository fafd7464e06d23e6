"""One import is one transaction: checked, staged, built with everything else, and then so.

The journal's rename is the commit. It happens when the new warehouse is verified and on the disk,
right before that takes the old one's place: killed before it, nothing has happened; killed between
the two, the next build makes the warehouse that the journal says.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from queries.errors import UserError
from queries.imports import prepare
from queries.imports.check import checked
from queries.imports.files import private_folder
from queries.imports.journal import Event, write_events
from queries.imports.outcome import Outcome, built_from, difference
from queries.imports.prepare import New
from queries.imports.staging import Staged, free_name, recover
from queries.imports.store import Imported, Store
from queries.imports.surroundings import Surroundings
from queries.register.cell_file import read_cells
from queries.sources.incoming import Batch, Finding, ImportRefusedError
from queries.warehouse.build import build
from queries.warehouse.disk import locked
from queries.warehouse.paths import warehouse_path

Progress = Callable[[str, float], None]
"""Called with a step and how far the whole is, from 0 to 1. The steps: wait (another import is
going on), check, gate (with the audit), build, verify, use (the result is taken into use)."""
LOCK = "lock"


@dataclass(frozen=True, eq=False)
class Importer:
    """Imports into a store and a warehouse, in surroundings; see `import_batches` and `undo`."""

    store: Store = field(default_factory=Store)
    target: Path = field(default_factory=warehouse_path)
    around: Surroundings = field(default_factory=Surroundings)
    progress: Progress = lambda _step, _fraction: None

    def import_batches(
        self,
        batches: Sequence[Batch],
        accept: Collection[str] = (),
        mapping: Mapping[str, Any] | None = None,
    ) -> Outcome:
        """See the function of the same name."""
        began = time.monotonic()
        with self.alone():
            self.progress("check", 0.05)
            active = self.store.active()
            sources = self.around.source_ids(active)
            found: list[Finding] = []
            cells = []
            refused: list[ImportRefusedError] = []
            for batch in batches:  # all of them, so that all faults are told at once
                try:
                    cells.append(checked(batch, sources, accept))
                    found += batch.findings
                except ImportRefusedError as error:
                    refused.append(error)
                    found += error.findings
            if refused:
                raise ImportRefusedError(str(refused[0]), found)
            new: list[New] = []
            known: list[str] = []
            for batch, frame in zip(batches, cells, strict=True):
                accepted = sorted({one.code for one in batch.findings} & set(accept))
                one = prepare.of_batch(
                    batch,
                    frame,
                    active,
                    new,
                    self.around,
                    key=self.store.key(),
                    accepted=accepted,
                    mapping=mapping,
                )
                if isinstance(one, New):
                    new.append(one)
                    found += one.notes
                else:
                    known.append(one)
            return self._imported(new, known, active, found, began)

    def import_register_file(self, path: Path) -> Outcome:
        """See the function of the same name."""
        began = time.monotonic()
        with self.alone():
            self.progress("check", 0.05)
            cells, source = read_cells(path)
            self.around.check_apart(source.source_id)
            active = self.store.active()
            one = prepare.of_register_file(path, cells, source, active, self.around)
            new, known = ([one], []) if isinstance(one, New) else ([], [one])
            return self._imported(new, known, active, (), began)

    def undo(self, import_id: str) -> Outcome:
        """See the function of the same name."""
        began = time.monotonic()
        with self.alone():
            self.progress("check", 0.05)
            active = self.store.active()
            gone = self._to_undo(import_id, active)
            event = {"event": "undo", "import_id": import_id, "at": _now()}
            rest = [one for one in active if one is not gone]
            version, before = self._build(rest, [event])
            return self._outcome("undone", [gone.import_id], before, version, (), began)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the right to import, undo or build: another process waits, and says so.

        What a killed import has left is removed first.
        """
        private_folder(self.store.folder)
        with locked(self.store.folder / LOCK, lambda: self.progress("wait", 0.0)):
            recover(self.store)
            yield

    def _imported(
        self,
        new: Sequence[New],
        known: Sequence[str],
        active: Sequence[Imported],
        findings: Sequence[Finding],
        began: float,
    ) -> Outcome:
        if not new:
            return self._unchanged(known, active, findings, began)
        staged = Staged(self.store, secrets.token_hex(8))
        try:
            staged.begin()
            events = self._stage(staged, new)
            staged.place()
            candidate = [*active, *(self.store.of_event(event) for event in events)]
            try:
                version, before = self._build(candidate, events)
            except UserError as error:
                if isinstance(error.__cause__, OSError):
                    raise
                told = f"{str(error).rstrip('.')}.{prepare.instead_of_correcting(new, active)}"
                gate = Finding("error", "gate", told)
                raise ImportRefusedError(told, (*findings, gate)) from error
        except BaseException:
            names = {str(one["folder"]) for one in self.store.history() if "folder" in one}
            staged.give_up(names)
            raise
        staged.give_up({str(event["folder"]) for event in events})
        ids = [*known, *(one.import_id for one in new)]
        done = self._outcome("imported", ids, before, version, findings, began)
        own = [one.hidden for one in new if one.source is not None]
        return replace(done, hidden=sum(own)) if own else done

    def _unchanged(
        self,
        known: Sequence[str],
        active: Sequence[Imported],
        findings: Sequence[Finding],
        began: float,
    ) -> Outcome:
        """Nothing is new; a warehouse that is behind the journal is brought up to it."""
        before, made_of = built_from(self.target)
        version = before
        if made_of != self.around.inputs_hash(active):
            version, before = self._build(active, [])
        return self._outcome("unchanged", known, before, version, findings, began)

    def _stage(self, staged: Staged, new: Sequence[New]) -> list[Event]:
        """Stage them all; return the events that make them count."""
        history = self.store.history()
        taken = {str(one["folder"]) for one in history if one["event"] == "import"}
        run, at = secrets.token_hex(8), _now()
        events: list[Event] = []
        for one in new:
            name = free_name(one.import_id, taken)
            taken.add(name)
            seal = staged.add(name, one.manifest, one.write(staged.work))
            events.append(
                {
                    "event": "import",
                    "import_id": one.import_id,
                    "folder": name,
                    "manifest": seal,
                    "at": at,
                    "run": run,
                }
            )
        return events

    def _build(self, imports: Sequence[Imported], events: Sequence[Event]) -> tuple[str, str]:
        """Build with these imports and make the events so; return the version and the one before.

        Where it fails, the journal and the warehouse are as they were.
        """
        history = self.store.history()
        before, _ = built_from(self.target)
        self.progress("gate", 0.1)
        content = self.around.content(imports)
        self.progress("build", 0.8)

        def commit() -> None:
            self.progress("use", 0.95)
            if events:
                write_events(self.store.folder, [*history, *events])

        try:
            codes, verifying = self.around.map_codes(), lambda: self.progress("verify", 0.9)
            return build(content, self.target, codes, commit, verifying), before
        except BaseException:
            if (
                self.store.history() != history
                and built_from(self.target)[1] != content.inputs_hash
            ):
                write_events(self.store.folder, history)
            raise

    def _to_undo(self, import_id: str, active: Sequence[Imported]) -> Imported:
        known = {str(one["import_id"]) for one in self.store.history()}
        found = next((one for one in active if one.import_id == import_id), None)
        if found is None and import_id in known:
            raise UserError(f"Importen {import_id} er allerede fortrudt. Intet er ændret.")
        if found is None:
            there = ", ".join(one.import_id for one in active) or "ingen"
            raise UserError(
                f"Der er ingen import {import_id!r}. Vælg en af dem, der er: {there}. "
                "Intet er ændret."
            )
        correcting = [
            one for one in active if one.manifest["provenance"]["corrects"] == found.source_id
        ]
        if correcting:
            first = correcting[0]
            raise UserError(
                f"Importen {import_id} kan ikke fortrydes, for {first.import_id} "
                f"(»{first.manifest['provenance']['title']}«) berigtiger den. Fortryd "
                f"{first.import_id} først. Intet er ændret."
            )
        return found

    def _outcome(  # noqa: PLR0917  # one call, in order
        self,
        status: str,
        ids: Sequence[str],
        before: str,
        version: str,
        findings: Sequence[Finding],
        began: float,
    ) -> Outcome:
        self.progress("use", 1.0)
        added, changed, withdrawn, conflicts = difference(self.target, before)
        return Outcome(
            status=status,
            import_ids=tuple(ids),
            version=version,
            before=before,
            added=added,
            changed=changed,
            withdrawn=withdrawn,
            conflicts=conflicts,
            findings=tuple(findings),
            seconds=time.monotonic() - began,
        )


def import_batches(
    batches: Sequence[Batch],
    *,
    accept: Collection[str] = (),
    target: Path | None = None,
    progress: Progress | None = None,
    mapping: Mapping[str, Any] | None = None,
) -> Outcome:
    """Import batches in one transaction: all of them or none.

    `accept` are the codes of warnings that the data owner has said yes to; `mapping` is how a
    spreadsheet was read, kept with the import. Numbers that are there already change nothing;
    newer ones of a series are added beside the older, and nothing is ever overwritten. Raises
    ImportRefusedError with all findings where there are errors or warnings without a yes, or where
    the disclosure gate, the audit or the verification stops it, and UserError for a damaged
    journal or a disk that cannot be written. Then nothing has changed.
    """
    return _importer(target, progress).import_batches(batches, accept, mapping)


def import_register_file(
    path: Path, *, target: Path | None = None, progress: Progress | None = None
) -> Outcome:
    """Import a register run's file of disclosed cells, as `import_batches` does a batch.

    Raises UserError for a file that is not one, see `register.cell_file.read_cells`.
    """
    return _importer(target, progress).import_register_file(path)


def undo(
    import_id: str, *, target: Path | None = None, progress: Progress | None = None
) -> Outcome:
    """Make a new version without an import; it stays on the disk and in the journal.

    Raises UserError for an id that is unknown or undone, for an import that another one corrects,
    and where the disclosure gate stops the version without it. Then nothing has changed.
    """
    return _importer(target, progress).undo(import_id)


@contextmanager
def nobody_imports(waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Hold off imports while a warehouse is built of what there is; what was left is removed.

    `waiting` is called where an import is going on, which is waited for. Where the folder of
    imports cannot be written, nobody can import.
    """

    def progress(_step: str, _fraction: float) -> None:
        waiting()

    importer = Importer(progress=progress)
    try:
        private_folder(importer.store.folder)
    except OSError:
        yield
        return
    with importer.alone():
        yield


def _importer(target: Path | None, progress: Progress | None) -> Importer:
    return Importer(
        target=warehouse_path() if target is None else target,
        progress=(lambda _step, _fraction: None) if progress is None else progress,
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
