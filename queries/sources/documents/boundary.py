"""A document is read in a process of its own: a hostile one can end that and nothing else."""

from __future__ import annotations

import contextlib
from typing import Any

from queries.process import NoAnswerError, ask, command, environment
from queries.sources.documents.extract import extract_form
from queries.sources.documents.model import DocumentError, DocumentText
from queries.sources.documents.sniff import form_of

SECONDS = 90.0
"""How long one document may take."""
_WORKER = "queries.sources.documents.worker"


def document_lines(content: bytes, name: str = "") -> DocumentText:
    """Return the text of a document: PDF, Word (.docx), web page or plain text.

    What it is is told by its content; `name` is not needed. Raises DocumentError (Danish) for a
    document that cannot be read, is locked, only has pictures, or takes more than the limits of
    `queries.sources.documents.model`, SECONDS or the memory of the worker.
    """
    del name
    form = form_of(content)
    if form == "plain":
        return extract_form(content, form)
    answer = _ask(content)
    if "error" in answer:
        raise DocumentError(answer["error"])
    return DocumentText.from_dict(answer["text"])


def _ask(content: bytes) -> dict[str, Any]:
    with contextlib.suppress(NoAnswerError):
        around = environment(POLARS_MAX_THREADS="1")
        return ask(command(_WORKER), content, seconds=SECONDS, around=around)
    raise DocumentError(
        "Dokumentet kunne ikke læses: det tog for lang tid eller krævede for meget. Gem "
        "siderne med tabellerne som et dokument for sig, og prøv igen."
    )
