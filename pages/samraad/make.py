"""Make one document, in a process of its own: asked by stdin, answering line by line on stdout.

The question is a line with a JSON object (see `making.Question`); each line of the answer is one
too: `done` and `of` while it works, and last `files` (names and contents in base64) with `told`, or
`error`. Where stdin is closed before, nobody waits for the document any more: the process ends,
with those it has started.
Nothing of a folder is in arguments, environment, log or on the disk.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
import threading
from collections.abc import Mapping
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any, TextIO

from pages.samraad import draft_check, folder, shown, writers
from pages.samraad.documents.short import shortened
from queries import Atlas, UserError

if TYPE_CHECKING:
    from pages.samraad.documents.note import Notes

FAILED = (
    "Dokumentet kunne ikke laves på grund af en fejl i programmet ({}). Prøv uden den post, der "
    "sidst blev lagt i, og oplys fejlen til den, der driver løsningen."
)
SHORT = ("word", "pdf")
"""The documents that have a short edition."""
LOOKED_UP = 0.4
"""The part of the work that goes with looking the entries up."""


def answer(asked: Mapping[str, Any], out: TextIO) -> None:
    """Write the answer to a question, whatever happens."""

    def say(**told: Any) -> None:
        out.write(json.dumps(told) + "\n")
        out.flush()

    try:
        files, told = _made(asked, lambda done, of: say(done=done, of=of))
        packed = [[name, base64.b64encode(content).decode()] for name, content in files]
        say(files=packed, told=told)
    except UserError as error:
        say(error=str(error))
    except Exception as error:  # its message may quote the folder, so only its kind is told
        say(error=FAILED.format(type(error).__name__))


def _made(asked: Mapping[str, Any], progress: Any) -> tuple[list[tuple[str, bytes]], list[str]]:
    atlas, what = Atlas(), asked["what"]
    write = writers.writer(what)
    if what == "note":
        return _notes(write(atlas, asked["codes"], progress)), []
    given = folder.read(asked["folder"]).folder
    whole = 1000

    def looking(done: int, of: int) -> None:
        progress(round(whole * LOOKED_UP * done / max(of, 1)), whole)

    def writing(done: int, of: int) -> None:
        progress(round(whole * (LOOKED_UP + (1 - LOOKED_UP) * done / max(of, 1))), whole)

    briefing, left_out = shown.briefing(atlas, given, looking, host=asked.get("host", ""))
    if asked.get("short") and what in SHORT:
        briefing = shortened(briefing)
    more = {}
    if what == "word" and asked.get("template"):
        more["template"] = base64.b64decode(asked["template"])
    content = write(briefing, progress=writing, **more)
    name = folder.file_name(given, writers.DOCUMENTS[what].extension, made_up=briefing.made_up)
    return [(name, content)], [*left_out, *draft_check.told(atlas, given.answer)]


def _notes(notes: Notes) -> list[tuple[str, bytes]]:
    """Return one note as it is, and several in one archive and in one PDF to print."""
    if len(notes) == 1:
        return list(notes.items())
    return [(notes.zip_name, notes.zipped), (notes.joined_name, notes.joined)]


def _end_with_stdin() -> None:
    while os.read(0, 4096):  # not the buffer of stdin, whose lock would be held to the end
        pass
    if os.name != "nt" and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def main() -> None:
    """Answer the question on stdin; what others print goes nowhere near the answer."""
    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    with redirect_stdout(sys.stderr):
        answer(asked, sys.__stdout__)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
