"""Start other programs: with which environment, and how to wait for them without silence."""

from __future__ import annotations

import os
import subprocess
from typing import IO, TYPE_CHECKING

from terminal import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TICK_SECONDS = 0.2


def child_environment() -> dict[str, str]:
    """Return the environment for the programs the commands start.

    Everything is kept (pip finds its package source there), except what would lead astray: a
    setting that sends packages to the user's own folder, and a HOME that is not a folder.
    """
    env = {**os.environ, "PIP_USER": "0", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    env.pop("PYTHONHOME", None)
    if "HOME" in env and not os.path.isdir(env["HOME"]):  # noqa: PTH112 (Path("") is a folder)
        del env["HOME"]  # programs then look the user up
    return env


def run_logged(
    command: Sequence[str], what: str, log: IO[str], extra: dict[str, str] | None = None
) -> bool:
    """Run a program to its end, its words in ``log``; say whether it succeeded.

    ``what`` is shown while it takes long, ``extra`` is added to its environment.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**child_environment(), **(extra or {})},
        )
    except OSError as error:  # this way is closed; the caller knows of others or says so
        log.write(f"{command[0]}: {error}\n")
        return False
    return wait(process, what) == 0


def wait(
    process: subprocess.Popen[str] | subprocess.Popen[bytes],
    what: str,
    detail: Callable[[], str] = str,
) -> int:
    """Wait for a program, showing ``what`` and ``detail()``; return its exit code.

    An interruption ends the program too.
    """
    progress = Progress(what)
    try:
        while True:
            try:
                return process.wait(TICK_SECONDS)
            except subprocess.TimeoutExpired:
                progress.tick(detail())
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        progress.close()
