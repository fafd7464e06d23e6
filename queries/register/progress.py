"""A progress bar that tells the truth: rows done of rows in all, and what is left at that pace."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO

WIDTH = 30
EVERY_SECONDS = 0.2


class Bar:
    """Draws itself on a terminal; elsewhere it writes a line for each tenth that is done."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._began = time.monotonic()
        self._first: int | None = None
        self._drawn = 0.0
        self._tenth = 0
        self._open = False

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._open:
            self._out.write("\n")
            self._out.flush()

    def show(self, done: int, total: int) -> None:
        """Show `done` of `total`; what was done before the first call is not this run's pace."""
        now = time.monotonic()
        if self._first is None:
            self._first = 0 if done >= total else done
        share = done / total if total else 1.0
        if self._out.isatty():
            if now - self._drawn < EVERY_SECONDS and done < total:
                return
            self._drawn = now
            full = int(WIDTH * share)
            bar = "█" * full + "░" * (WIDTH - full)
            text = f"[{bar}] {100 * share:3.0f} pct. {self._rest(done, total)}"
            self._out.write(f"\r{text:<70}")
            self._open = True
        elif int(10 * share) > self._tenth:
            self._tenth = int(10 * share)
            self._out.write(f"{100 * share:.0f} pct. {self._rest(done, total)}\n")
        self._out.flush()

    def _rest(self, done: int, total: int) -> str:
        taken = time.monotonic() - self._began
        here = done - (self._first or 0)
        if done >= total:
            return f"på {taken:.0f} s"
        if here <= 0:
            return ""
        return f"ca. {taken / here * (total - done):.0f} s tilbage"
