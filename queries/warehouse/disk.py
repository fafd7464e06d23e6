"""Locks and syncing: one maker at a time, and bytes that are on the disk when they are said to."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path


def sync(path: Path) -> None:
    """Ask for the bytes to reach the disk, where the system lets a file or folder be synced."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def locked(path: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the file `path` alone; a second process calls `waiting` and waits for the first.

    The system lets go when the process dies. The file stays: it holds nothing.
    """
    with path.open("a+b") as file:
        if not _lock(file.fileno(), wait=False):
            waiting()
            while not _lock(file.fileno(), wait=True):
                pass
        yield


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Lock an open file until it is closed; return whether it is ours."""
    try:
        import fcntl
    except ImportError:  # Windows: waiting gives up after ten seconds
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        how = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined,unused-ignore]
        try:
            msvcrt.locking(descriptor, how, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
    else:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
    return True
