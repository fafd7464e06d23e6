"""What the person at the terminal sees while an audit takes its minutes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

QUIET_SECONDS = 3.0
"""A file or a pipe hears nothing of an audit that is shorter."""
PLAIN_SECONDS = 10.0
"""And then a line so often; a terminal has one line, which is rewritten."""
REDRAWN_SECONDS = 0.2


class AuditProgress:
    """Tells which month of which indicators is at work, the how manieth it is and of how many."""

    def __init__(
        self, out: TextIO, total: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._out, self._total, self._clock = out, total, clock
        self._number = 0
        self._began = clock()
        self._live = out.isatty()
        self._width = 0
        self._next = self._began + (0 if self._live else QUIET_SECONDS)

    def __enter__(self) -> AuditProgress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._width:
            self._out.write(f"\r{' ' * self._width}\r")
            self._out.flush()

    def begin(self, what: str) -> None:
        """Say that `what` is audited now, if it is time to say anything."""
        self._number += 1
        now = self._clock()
        if now < self._next:
            return
        self._next = now + (REDRAWN_SECONDS if self._live else PLAIN_SECONDS)
        text = f"Efterprøver {self._number} af {self._total} ({now - self._began:.0f} s): {what}"
        if self._live:
            text = text[: shutil.get_terminal_size().columns - 1]
            self._out.write(f"\r{text:<{self._width}}")
            self._width = max(self._width, len(text))
        else:
            self._out.write(f"{text}\n")
        self._out.flush()
