"""The façades over data versions that were in force before, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from queries.errors import UserError
from queries.warehouse import archive

MOST_OPEN = 4
"""Versions kept open at once, each with what its façade remembers."""


class Versioned(Protocol):
    """What is opened: it knows its data version."""

    @property
    def version(self) -> str:
        """The data version; raises UserError where the file cannot be read."""
        ...


T = TypeVar("T", bound=Versioned)


class Kept(Generic[T]):
    """The kept versions beside the warehouse file `target`; `opened` makes a façade over a file."""

    def __init__(self, target: Path, opened: Callable[[Path], T]) -> None:
        self._target = target
        # A file is opened and asked again when it or the version in force is another: one that was
        # written anew has the same version, and what a façade remembers goes by that.
        self._opened = lru_cache(maxsize=MOST_OPEN)(lambda path, _file: opened(path))
        self._clean = lru_cache(maxsize=archive.MOST_KEPT)(
            lambda path, _file, _in_force: archive.clean(path, target)
        )

    def at(self, version: str, in_force: str) -> T | None:
        """Return the façade over a version, None where it is not kept or may not be shown."""
        path = archive.path_of(self._target, version)
        try:
            state = path.stat() if path else None
        except OSError:
            return None
        if path is None or state is None:
            return None
        file = (state.st_ino, state.st_mtime_ns, state.st_size)
        if not self._clean(path, file, in_force):
            return None
        kept = self._opened(path, file)
        try:
            return kept if kept.version == version else None
        except UserError:
            return None
