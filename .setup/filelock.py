"""Locks between processes: one start at a time makes the environment, and none that is in use."""

from __future__ import annotations

import os
import secrets
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POLL_SECONDS = 0.2

if sys.platform == "win32":
    import msvcrt

    PLACES = 65_536  # there locks are of bytes: one for each that shares, all of them for one alone

    def _try_lock(descriptor: int, *, alone: bool) -> bool:
        os.lseek(descriptor, 0 if alone else secrets.randbelow(PLACES), os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, PLACES if alone else 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int, *, alone: bool) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # Some network file systems have no locks. One start at a time is then up to the user.
            return True
        return True


@contextmanager
def exclusive(path: Path, waiting: Callable[[], None]) -> Iterator[int]:
    """Hold the lock at ``path`` for the block, calling ``waiting`` while another process has it.

    Yields the file descriptor. A child that inherits it (``pass_fds``) keeps the lock until it
    ends too, so the lock also outlives a parent that was killed while its child still writes.
    The operating system releases the lock of a dead process; no lock is ever left behind.
    """
    with _locked(path, waiting, alone=True) as descriptor:
        yield descriptor


@contextmanager
def shared(path: Path, waiting: Callable[[], None]) -> Iterator[int]:
    """Hold the lock at ``path`` as any number may at once, but nobody beside ``exclusive``."""
    with _locked(path, waiting, alone=False) as descriptor:
        yield descriptor


@contextmanager
def _locked(path: Path, waiting: Callable[[], None], *, alone: bool) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        while not _try_lock(file.fileno(), alone=alone):
            waiting()
            time.sleep(POLL_SECONDS)
        yield file.fileno()
