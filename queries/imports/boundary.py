"""What the page `/indlaes` may ask: each answer is made by a process of its own.

The web process reads neither what a data owner gives nor the folder of imports. A file goes through
a pipe, so nothing of it stands in arguments, environment or on disk; what comes back are the
records of `told`. Of the folder only `jobs/<id>.json` is read here: how far a job is, written by
its process, without anything of the file. So a page that is loaded anew, or by a server that was
started anew, finds the job again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from threading import BoundedSemaphore
from typing import Any

from queries.errors import UserError
from queries.imports import jobs
from queries.imports.told import (
    STEPS,
    WAITS,
    About,
    Column,
    Inspection,
    Progress,
    Question,
    Series,
    Told,
    day,
    inspection,
    plain,
)
from queries.process import NoAnswerError, ask, command, environment

__all__ = [
    "MOST_BYTES",
    "STEPS",
    "WAITS",
    "About",
    "Column",
    "Inspection",
    "Progress",
    "Question",
    "Series",
    "Told",
    "begin_fetch",
    "begin_import",
    "begin_undo",
    "cancel",
    "day",
    "inspect",
    "job",
    "overview",
    "running",
]

SECONDS = 120.0
"""How long one look at a file may take."""
AT_ONCE = 2
"""How many looks are taken side by side; others wait."""
MOST_BYTES = 50 * 2**20
"""The largest file; the server's own limit is the same."""

_room = BoundedSemaphore(AT_ONCE)
_WORKER = "queries.imports.worker"


def inspect(
    content: bytes,
    name: str,
    kind: str,
    *,
    about: About | None = None,
    answers: Mapping[str, str] | None = None,
    sheet: str = "",
) -> Inspection:
    """Return how a file would be read, and what importing it would change. Nothing is stored.

    `kind` is 'fil' (spreadsheet or CSV), 'svar' (PDF, DOCX or text) or 'register' (a file of a
    register run's cells). `answers` are the data owner's to `Inspection.questions`, by key. Raises
    UserError (Danish) for what cannot be read.
    """
    request = {
        "kind": kind,
        "name": name,
        "sheet": sheet,
        "about": plain(about or About()),
        "answers": dict(answers or {}),
    }
    return inspection(_ask("inspect", request, content))


def overview() -> dict[str, Any]:
    """Return what only the folder of imports knows, as plain values.

    Keys: imports (in use, newest first), calendar (next publications), catalogue (what can be
    fetched, with key state), register (files in the folder `register`). See `overview.overview`.
    """
    return _ask("overview", {}, b"")


def begin_import(
    content: bytes,
    name: str,
    kind: str,
    *,
    about: About,
    answers: Mapping[str, str],
    sheet: str = "",
    accept: Sequence[str] = (),
    remember: bool = False,
) -> str:
    """Start an import of what `inspect` was shown; return the job's id at once.

    `accept` are the codes of the warnings that the data owner accepts. `remember` keeps how the
    file was read, for the next one of the same layout. Raises UserError where a job is running.
    """
    request = {
        "kind": kind,
        "name": name,
        "sheet": sheet,
        "about": plain(about),
        "answers": dict(answers),
        "accept": list(accept),
        "remember": remember,
    }
    return _begin(request, content)


def begin_fetch(entries: Sequence[str], *, accept: Sequence[str] = ()) -> str:
    """Start to fetch and import entries of the catalogue; return the job's id at once."""
    return _begin({"kind": "hent", "entries": list(entries), "accept": list(accept)}, b"")


def begin_undo(import_id: str) -> str:
    """Start to undo an import; return the job's id at once."""
    return _begin({"kind": "fortryd", "import_id": import_id}, b"")


def job(name: str) -> Progress | None:
    """Return how far a job is; None for one that is not known."""
    return jobs.find(name)


def running() -> Progress | None:
    """Return the job that is running, if any."""
    return jobs.running()


def cancel(name: str) -> None:
    """Stop a job and all its processes; one that is being taken into use ends by itself."""
    jobs.cancel(name)


def _begin(request: dict[str, Any], content: bytes) -> str:
    _check_size(content)
    name = secrets.token_hex(8)
    head = json.dumps(request | {"job": name}).encode() + b"\n"
    jobs.begin(name, request["kind"], _command("job"), head + content, environment())
    return name


def _check_size(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise UserError(
            f"Filen fylder mere end {MOST_BYTES // 2**20} MB og kan ikke læses her. Gem kun det "
            "ark, der skal indlæses, eller brug kommandoen »python -m queries indlaes«."
        )


def _command(what: str) -> list[str]:
    return command(_WORKER, what)


def _ask(what: str, request: dict[str, Any], content: bytes) -> dict[str, Any]:
    _check_size(content)
    if not _room.acquire(timeout=SECONDS):
        raise UserError("Der læses mange filer lige nu. Prøv igen om et øjeblik.")
    try:
        answer = _run(what, json.dumps(request).encode() + b"\n" + content)
    finally:
        _room.release()
    if "error" in answer:
        raise UserError(answer["error"])
    found: dict[str, Any] = answer["answer"]
    return found


def _run(what: str, request: bytes) -> dict[str, Any]:
    ended_in_time = True
    try:
        return ask(_command(what), request, seconds=SECONDS, around=environment())
    except NoAnswerError as error:
        ended_in_time = error.in_time
    if not ended_in_time:
        raise UserError(
            f"Det tog mere end {SECONDS:.0f} sekunder at læse filen. Gem kun det ark, der skal "
            "indlæses, som CSV, og prøv med det."
        )
    raise UserError(
        "Filen kunne ikke læses: processen stoppede. Er filen meget stor, så gem kun det ark, "
        "der skal indlæses. Intet er gemt."
    )
