"""Typesets documents in a process of its own, bounded in time and memory.

The text of a document is data: it goes as JSON through a pipe and is never read as markup. The
process sees the templates in this folder's parent and the fonts of the repository, nothing else;
it needs no network. The same data give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from queries import UserError

ROOT = Path(__file__).parents[4]
WORKER = "pages.samraad.documents.pdf.worker"
SECONDS = 120
TOO_LONG = (
    "PDF-filen blev ikke færdig inden for {} sekunder. Tag nogle af posterne ud, eller del mappen "
    "i to, og prøv igen."
)
TOO_BIG = (
    "PDF-filen kræver mere hukommelse, end der er sat af til den. Tag nogle af posterne ud, eller "
    "del mappen i to, og prøv igen."
)
FAILED = (
    "PDF-filen kunne ikke sættes. Hent mappen som Word i stedet, og fortæl dem, der driver "
    "atlasset, hvilke poster der er i den."
)
STARVED = (b"MemoryError", b"memory allocation", b"Resource temporarily unavailable")
"""What a process says that is not given the memory, or the threads, that it asks for."""
_TWO_AT_A_TIME = threading.Semaphore(2)


def typeset(
    template: str,
    documents: Sequence[Mapping[str, Any]],
    date: dt.date,
    *,
    seconds: float = SECONDS,
) -> list[bytes]:
    """Return one PDF for each document's data, by a template of this folder's parent.

    `date` is written into the files as the day they are from. They keep to PDF/A-2a (for archives)
    and PDF/UA-1 (accessible). At most two processes run at a time. Raises UserError where it takes
    too long or too much memory, or cannot be done.
    """
    question = {
        "template": template,
        "documents": list(documents),
        "date": date.isoformat(),
    }
    asked = json.dumps(question, ensure_ascii=False).encode("utf-8", "replace")
    try:
        with _TWO_AT_A_TIME:
            done = subprocess.run(
                [sys.executable, "-m", WORKER],
                input=asked,
                capture_output=True,
                cwd=ROOT,
                timeout=seconds,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise UserError(TOO_LONG.format(f"{seconds:g}")) from None
    if done.returncode:
        starved = done.returncode < 0 or any(sign in done.stderr for sign in STARVED)
        raise UserError(TOO_BIG if starved else FAILED)
    return _parted(done.stdout)


def _parted(answer: bytes) -> list[bytes]:
    """Return the files of an answer: each has its length in eight bytes before it."""
    files, at = [], 0
    while at < len(answer):
        size = int.from_bytes(answer[at : at + 8], "big")
        files.append(answer[at + 8 : at + 8 + size])
        at += 8 + size
    return files
