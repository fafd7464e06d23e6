"""Ask a process of its own: what it is given touches no disk, log or cache, and is gone with it.

The question goes through a pipe and so does the answer, a JSON object. Nothing of it is in the
arguments or the environment of the process, which others on the machine can see.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from queries.warehouse.paths import ROOT


class NoAnswerError(Exception):
    """The process took too long (`in_time` is False) or ended without an answer."""

    def __init__(self, *, in_time: bool) -> None:
        super().__init__("no answer")
        self.in_time = in_time


def command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module of ours by this Python."""
    return [sys.executable, "-m", module, *arguments]


def environment(**more: str) -> Mapping[str, str]:
    """Return this process's environment for one of ours, which then leaves nothing behind."""
    return os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONFAULTHANDLER": "", **more}


def ask(
    asked: Sequence[str], question: bytes, *, seconds: float, around: Mapping[str, str]
) -> dict[str, Any]:
    """Return the JSON object that a command answers a question on stdin with.

    Raises NoAnswerError, which holds nothing of question or answer, where there is none.
    """
    said: bytes | None = None
    answer: dict[str, Any] | None = None
    # Errors are raised after the handling: those met on the way hold what was written.
    with contextlib.suppress(subprocess.TimeoutExpired, BrokenPipeError):
        said = subprocess.run(
            asked,
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=around,
            timeout=seconds,
            check=False,
        ).stdout
    with contextlib.suppress(ValueError, TypeError):
        answer = json.loads(said)  # type: ignore[arg-type]
    if answer is None:
        raise NoAnswerError(in_time=said is not None)
    return answer


def where(error: BaseException) -> str:
    """Return the kind of an error and the line of ours it comes from, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "queries" in Path(frame.filename).parts] or frames
    place = f", {Path(ours[-1].filename).name} linje {ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"
