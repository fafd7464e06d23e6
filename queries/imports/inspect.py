"""How what a data owner gives would be read, and the import of it: one reading for both.

Runs in the process of `worker`, never in the web process. Nothing is stored by `inspect`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from queries.errors import UserError
from queries.imports import compare, of_document, of_run, of_service, of_sheet
from queries.imports.reading import Reading
from queries.imports.run import import_batches, import_register_file, undo
from queries.imports.store import Store
from queries.imports.told import Inspection, Told
from queries.sources.incoming import Finding, ImportRefusedError

Step = Callable[[str, float], None]

READERS: dict[str, Callable[[Mapping[str, Any], bytes], Reading]] = {
    "fil": of_sheet.read,
    "svar": of_document.read,
    "register": of_run.read,
}


def inspect(request: Mapping[str, Any], content: bytes) -> Inspection:
    """Return how a file is read, with the data owner's answers so far, and what it would change.

    Raises UserError where it cannot be read at all.
    """
    found = _read(request, content)
    told = found.inspection
    findings = (*told.findings, *(as_told(one) for one in found.findings))
    errors = any(one.level == "error" for one in findings)
    return replace(
        told,
        findings=findings,
        series=told.series if found.is_run else compare.series(found.batches),
        can_import=(found.is_run or _is_whole(found)) and not errors,
    )


def carry_out(request: Mapping[str, Any], content: bytes, step: Step) -> dict[str, Any]:
    """Do what a job asks for and return the outcome's fields; `step` hears how far it is.

    Raises ImportRefusedError and UserError where nothing was changed.
    """
    kind = str(request.get("kind", ""))
    accept = [str(one) for one in request.get("accept", ())]
    if kind == "fortryd":
        return undo(str(request["import_id"]), progress=step).as_json()
    if kind == "register":
        with of_run.run_file(content) as path:
            return import_register_file(path, progress=step).as_json()
    if kind == "hent":
        return of_service.fetch(request, accept, step)
    found = _read(request, content)
    if not _is_whole(found):
        raise ImportRefusedError(
            "Filen giver ingen tal, der kan indlæses. Se rapporten, og prøv igen.", found.findings
        )
    if request.get("remember") and found.fingerprint:
        Store().keep_mapping(found.fingerprint, found.mapping)
    outcome = import_batches(
        found.batches, accept=accept, progress=step, mapping=found.mapping or None
    )
    return outcome.as_json()


def _is_whole(found: Reading) -> bool:
    """Whether there are cells, and it is said whether others have published them."""
    return bool(found.batches) and found.inspection.about.is_published is not None


def _read(request: Mapping[str, Any], content: bytes) -> Reading:
    kind = str(request.get("kind", ""))
    if kind not in READERS:
        raise UserError(f"Der kan ikke læses {kind[:20]!r} her. Vælg en anden slags.")
    return READERS[kind](request, content)


def as_told(one: Finding) -> Told:
    """Return a finding as the page shows it."""
    return Told(one.level, one.code, one.text, one.where, one.value)
