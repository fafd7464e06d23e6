"""Builds that are killed or fail: `python -m tests.queries.warehouse.archive_victim`.

One order a line on stdin, each carried out in a fork of its own, as in `imports.victim`. An order
is JSON: `folder`, `content` (a pickled Content), `most` kept versions, and what goes wrong: a kill
at the nth `operation` or `line`, the nth operation that `fails` for want of room, or a `room` in
bytes that no file may exceed, from the start or only `after` the new warehouse is in force.
"""

from __future__ import annotations

import pickle
import resource
import signal
from pathlib import Path

from queries.errors import UserError
from queries.warehouse import archive, build
from tests.queries.imports.victim import Counter, Order, serve


class Failing(Counter):
    """Counts as its parent does; one of the operations fails as on a full disk."""

    def __init__(self, folder: Path, order: Order) -> None:
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


def carry_out(order: Order) -> Order:
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
    return {**counter.end(), "error": error}


if __name__ == "__main__":
    serve(carry_out)
