"""Check a table in a process of its own: what is uploaded never touches disk, log or cache.

The table goes through a pipe and so does the report. Nothing of it is in the arguments or the
environment of the process, which others on the machine can see, and no message of an exception
quotes it. What the process held is gone when it ends.
"""

from __future__ import annotations

import dataclasses
import json
from threading import BoundedSemaphore
from typing import Any

from queries.errors import UserError
from queries.process import NoAnswerError, ask, command, environment
from queries.tables.options import Options
from queries.tables.report import TableReport

SECONDS = 90.0
"""How long one table may take."""
AT_ONCE = 2
"""How many tables are checked side by side; others wait."""

_WORKER = "queries.tables.worker"
_room = BoundedSemaphore(AT_ONCE)


def check_table(content: bytes, name: str = "", **options: Any) -> TableReport:
    """Return the report on a table given as a file's bytes, or as text in UTF-8.

    `name` is the file's name; it is not needed to read it and goes nowhere. `options` are the
    fields of `queries.tables.options.Options`. Nothing is stored. Raises UserError (Danish, quoting
    nothing of the table) for a table that cannot be read, options that are not allowed, or one
    that takes more than SECONDS.
    """
    del name
    chosen = Options.from_fields(options)
    request = json.dumps(dataclasses.asdict(chosen)).encode() + b"\n" + content
    if not _room.acquire(timeout=SECONDS):
        raise UserError("Der undersøges mange tabeller lige nu. Prøv igen om et øjeblik.")
    try:
        answer = _ask(request)
    finally:
        _room.release()
    if "error" in answer:
        raise UserError(answer["error"])
    return TableReport.from_json(json.dumps(answer["report"]))


def _ask(request: bytes) -> dict[str, Any]:
    ended_in_time = True
    try:
        return ask(command(_WORKER), request, seconds=SECONDS, around=environment())
    except NoAnswerError as error:
        ended_in_time = error.in_time
    if not ended_in_time:
        raise UserError(
            f"Det tog mere end {SECONDS:.0f} sekunder at undersøge tabellen. Del den i mindre "
            "tabeller, eller se bort fra nogle af sumforholdene."
        )
    raise UserError(
        "Tabellen kunne ikke undersøges: processen stoppede. Er tabellen meget stor, så del "
        "den i mindre. Den er ikke gemt."
    )
