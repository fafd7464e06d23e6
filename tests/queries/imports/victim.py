"""Imports that are killed: `python -m tests.queries.imports.victim`, one order a line on stdin.

It imports all modules once and uses none of them, so that each order can be carried out in a fork
of its own within milliseconds, with threads and files of its own. An order is JSON: `base` (a
pickled Content), `folder` (the data folder), `what` ("import" or "undo"), `arguments`, and where to
be killed: at the nth `operation` that changes a file of the folder, at the nth `line` of our own
code, or after some `seconds`.
Answers are JSON: the signal or exit code, and what was counted, the operations and the lines.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from queries.imports import run, staging, store
from queries.warehouse import archive, build, disk, history
from tests.queries.imports.small import batch, importer

AUDITED = ("open", "os.link", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod")
TRACED = {
    str(Path(module.__file__ or ""))
    for module in (run, staging, store, archive, build, disk, history)
} | {str(Path(store.__file__).parent / name) for name in ("journal.py", "files.py", "prepare.py")}


ROOT = Path(__file__).parents[3]
Order = dict[str, Any]


class Counter:
    """Counts what happens to files of a folder, and lines of our own code; kills at one of them."""

    def __init__(self, folder: Path, order: Order) -> None:
        self.folder = str(folder)
        self.operation, self.line = order.get("operation"), order.get("line")
        self.seen: list[str] = []
        self.lines: list[str] = []

    def begin(self) -> None:
        sync, main = os.fsync, threading.get_ident()

        def fsync(descriptor: int) -> None:
            self._happens("fsync", Path(f"/proc/self/fd/{descriptor}").readlink())
            sync(descriptor)

        def audit(event: str, arguments: tuple[Any, ...]) -> None:
            if event not in AUDITED or threading.get_ident() != main:
                return
            if event != "open" or arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self._happens(event, arguments[0])

        os.fsync = fsync  # type: ignore[assignment]  # only files' numbers are given
        sys.addaudithook(audit)
        sys.settrace(self._trace)

    def _happens(self, event: str, path: object) -> None:
        if not isinstance(path, (str, os.PathLike)):
            return
        relative = not Path(path).is_absolute()  # inside a folder that is being removed
        if not relative and not str(path).startswith(self.folder):
            return
        if len(self.seen) == self.operation:
            os.kill(os.getpid(), signal.SIGKILL)
        self.seen.append(f"{event} {str(path).removeprefix(self.folder)}")

    def _trace(self, frame: Any, event: str, _argument: object) -> Any:
        if frame.f_code.co_filename not in TRACED:
            return None
        if event == "line":
            if len(self.lines) == self.line:
                os.kill(os.getpid(), signal.SIGKILL)
            self.lines.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
        return self._trace

    def end(self) -> Order:
        """Count no more lines; return what was counted."""
        sys.settrace(None)
        return {"seen": self.seen, "lines": self.lines}


class Victims:
    """The process that forks per order, as the tests ask it."""

    def __init__(self, module: str = __name__) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **order: Any) -> Order:
        """Return how an order ended, and what was counted."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        found: Order = json.loads(self._process.stdout.readline())
        return found

    def end(self) -> None:
        self._process.communicate()


def carry_out(order: Order) -> Order:
    folder = Path(order["folder"])
    made = importer(folder, pickle.loads(Path(order["base"]).read_bytes()))
    counter = Counter(folder, order)
    counter.begin()
    if order["what"] == "undo":
        made.undo(*order["arguments"])
    else:
        made.import_batches([batch(period, first=first) for period, first in order["arguments"]])
    return counter.end()


def serve(carry_out: Callable[[Order], Order]) -> None:
    """Carry out each order on stdin in a fork; answer how it ended, and what it returned if so."""
    for line in sys.stdin:
        order = json.loads(line)
        read, told = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.close(read)
                os.write(told, json.dumps(carry_out(order)).encode())
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        os.close(told)
        if "seconds" in order:
            threading.Timer(order["seconds"], os.kill, (child, signal.SIGKILL)).start()
        with os.fdopen(read) as answers:
            returned = json.loads(answers.read() or "{}")
        _, status = os.waitpid(child, 0)
        answer = {"ended": os.waitstatus_to_exitcode(status), "seen": [], "lines": [], **returned}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve(carry_out)
