"""Builds that are killed or fail: `python -m tests.queries.warehouse.archive_victim`.

One order a line on stdin, each carried out in a fork of its own, as in `imports.victim`. An order
is JSON: `folder`, `content` (a pickled Content), `most` kept versions, and what goes wrong: a kill
at the nth `operation` or `line`, the nth operation that `fails` for want of room, or a `room` in
bytes that no file may exceed, from the start or only `after` the new warehouse is in force.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from queries.errors import UserError
from queries.warehouse import archive, build
from tests.queries.imports.victim import Counter


class Failing(Counter):
    """Counts as its parent does; one of the operations fails as on a full disk."""

    def __init__(self, folder: Path, order: dict[str, Any]) -> None:
        super().__init__(folder, order)
        self.fails = order.get("fails")

    def _happens(self, event: str, path: object) -> None:
        before = len(self.seen)
        super()._happens(event, path)
        if before == self.fails and len(self.seen) > before:
            raise OSError(28, "No space left on device")


def bound(room: int) -> None:
    """Let no file grow beyond some bytes: a write then fails, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def carry_out(order: dict[str, Any], told: int) -> None:
    folder = Path(order["folder"])
    content = pickle.loads(Path(order["content"]).read_bytes())
    archive.MOST_KEPT = order["most"]
    build.verify = lambda *_: None  # type: ignore[attr-defined]  # what it finds is not asked here
    if order.get("after"):
        usual = build._archive

        def then(target: Path) -> None:
            bound(order["room"])
            usual(target)

        build._archive = then
    elif "room" in order:
        bound(order["room"])
    counter = Failing(folder, order)
    counter.begin()
    error = ""
    try:
        build.build(content, folder / "atlas.duckdb")
    except UserError as problem:
        error = str(problem)
    sys.settrace(None)
    os.write(told, json.dumps([counter.seen, counter.lines, error]).encode())


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.close(read)
                carry_out(order, write)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as answers:
            seen, lines, error = json.loads(answers.read() or '[[], [], ""]')
        _, status = os.waitpid(child, 0)
        ended = os.waitstatus_to_exitcode(status)
        answer = {"ended": ended, "seen": seen, "lines": lines, "error": error}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
