"""What the person at the terminal sees while the two commands work: messages and progress."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import TextIO

QUIET_SECONDS = 2.0  # shorter steps need no explanation
PLAIN_INTERVAL_SECONDS = 10.0  # a log file gets a line now and then, not a running counter


class SetupError(Exception):
    """Something the person at the terminal can mend.

    The message is Danish and says what is wrong and what to do; no traceback is shown.
    """


class Progress:
    """Tells what a long step is doing, and for how long it has been at it.

    Says nothing for the first two seconds. A terminal gets one line that is rewritten in
    place, anything else a plain line every ten seconds.
    """

    def __init__(
        self,
        what: str,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._what = what
        self._stream = sys.stdout if stream is None else stream
        self._clock = clock
        self._start = clock()
        self._last_plain: float | None = None
        self._shown = False
        self._live = self._stream.isatty()

    @property
    def elapsed(self) -> float:
        """Seconds since the step began."""
        return self._clock() - self._start

    def tick(self, detail: str = "") -> None:
        """Show ``detail`` and the elapsed seconds, if it is time to show anything."""
        if self.elapsed < QUIET_SECONDS:
            return
        text = f"{self._what}{': ' if detail else ''}{detail} ({self.elapsed:.0f} sek.)"
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r{text[:width]:<{width}}", end="", file=self._stream, flush=True)
        elif self._last_plain is None or self._clock() - self._last_plain >= PLAIN_INTERVAL_SECONDS:
            print(text, file=self._stream, flush=True)
            self._last_plain = self._clock()
        self._shown = True

    def close(self) -> None:
        """Leave the terminal's line, so that the next message starts on its own."""
        if self._shown and self._live:
            print(file=self._stream, flush=True)
        self._shown = False


def say(text: str) -> None:
    """Print a message at once, also where the output is a file."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print what went wrong where errors belong."""
    print(f"Fejl: {text}", file=sys.stderr, flush=True)


def guarded(command: Callable[[], int]) -> int:
    """Run a command and return its exit code; what a user can mend ends in one message and 1."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a terminal without æøå shows '?', not a traceback
            reconfigure(errors="replace")
    _stop_on_signals()
    try:
        return command()
    except SetupError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        say("\nAfbrudt. Kør kommandoen igen for at fortsætte.")
        return 130
    except OSError as error:
        message = _explain(error)
        if message is None:
            raise
        complain(message)
        return 1


def _stop_on_signals() -> None:
    """Let a service manager's stop and a closed terminal end the work as Ctrl+C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        # nohup has a signal ignored, and means it.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)


def _explain(error: OSError) -> str | None:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"Disken er fuld{where}. Frigør mindst 2 GB, og kør kommandoen igen."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"Der kan ikke skrives her{where}. Læg projektet i en mappe, som du selv ejer, "
            f"og kør kommandoen igen{_owner_hint()}."
        )
    return None


def _owner_hint() -> str:
    # A first run with sudo leaves files that the same person cannot change afterwards.
    return (
        "" if os.name == "nt" else " (eller slet mapperne .venv og .data, hvis root har lavet dem)"
    )
