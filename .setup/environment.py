"""The isolated environment below the repository: made once, checked in milliseconds after that.

Only the standard library: this runs on the host's own Python before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from filelock import exclusive, shared
from installing import install, package_count
from terminal import Progress, SetupError, say

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
MINIMUM_PYTHON = (3, 11)
STAMP_NAME = "indsatsatlas.json"
WAITING = "Venter på en anden start, som er ved at gøre Python-miljøet klar"


@dataclass(frozen=True)
class Layout:
    """Where the environment of one checkout lies."""

    root: Path = ROOT

    @property
    def venv(self) -> Path:
        """The environment itself."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's Python."""
        if os.name == "nt":
            return self.venv / "Scripts" / "python.exe"
        return self.venv / "bin" / "python"

    @property
    def log(self) -> Path:
        """What pip said the last time it ran."""
        return self.root / ".data" / "log" / "installation.log"

    @property
    def lockfile(self) -> Path:
        """Held while the environment is being changed."""
        return self.root / ".data" / "installation.lock"

    @property
    def in_use(self) -> Path:
        """Shared by those who run in the environment; it is only replaced when nobody does."""
        return self.root / ".data" / "environment-in-use.lock"

    def requirements(self, *, tests: bool) -> Path:
        """The lock to install; the one for tests holds everything in the other one too."""
        return self.root / ("requirements-test.lock" if tests else "requirements.lock")


@dataclass(frozen=True)
class Stamp:
    """What the environment holds, written when an installation is complete and not before."""

    python: str
    locks: tuple[str, ...]

    @classmethod
    def read(cls, venv: Path) -> Stamp | None:
        """Return the stamp, or None where an installation never finished."""
        try:
            found = json.loads((venv / STAMP_NAME).read_text(encoding="utf-8"))
            return cls(str(found["python"]), tuple(str(lock) for lock in found["locks"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, venv: Path) -> None:
        """Put the stamp in place in one step."""
        aside = venv / f"{STAMP_NAME}.tmp"
        aside.write_text(json.dumps({"python": self.python, "locks": self.locks}), encoding="utf-8")
        aside.replace(venv / STAMP_NAME)


def ensure(*, tests: bool = False, layout: Layout | None = None) -> Path:
    """Return the path of a Python that has everything in the lock, installing what is missing.

    Errors: SetupError (Danish) for an old Python, a missing pip, no network, wrong hashes or a
    full disk.
    """
    check_python()
    layout = Layout() if layout is None else layout
    if is_ready(layout, tests=tests):
        return layout.python
    waiting = Progress(WAITING)
    with exclusive(layout.lockfile, waiting.tick) as descriptor:
        waiting.close()
        if not is_ready(layout, tests=tests):
            _make(layout, tests=tests, lock_descriptor=descriptor)
    return layout.python


@contextmanager
def used(*, layout: Layout | None = None) -> Iterator[tuple[Path, int]]:
    """Ensure the environment, and keep other starts from replacing it during the block.

    Yields its Python and the descriptor of the lock: a child that inherits it keeps the lock too.
    Errors: those of ``ensure``.
    """
    layout = Layout() if layout is None else layout
    while True:
        python = ensure(layout=layout)
        waiting = Progress(WAITING)
        with shared(layout.in_use, waiting.tick) as descriptor:
            waiting.close()
            if is_ready(layout, tests=False):  # else another start got in between
                yield python, descriptor
                return


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    """Refuse a Python that the locked packages do not support."""
    if version[:2] < MINIMUM_PYTHON:
        found = ".".join(str(part) for part in version[:3])
        raise SetupError(
            f"Indsatsatlas kræver Python 3.11 eller nyere, men {sys.executable} er Python {found}. "
            "Installér en nyere Python, og kør kommandoen med den, fx: python3.11 dashboard.py"
        )


def is_ready(layout: Layout, *, tests: bool) -> bool:
    """Say whether the environment holds exactly what the lock asks for, made by such a Python."""
    stamp = Stamp.read(layout.venv)
    return (
        stamp is not None
        and stamp.python == interpreter()
        and digest(layout.requirements(tests=tests)) in stamp.locks
        and layout.python.exists()
    )


def interpreter() -> str:
    """Name what an environment depends on: kind and minor version of Python, and the machine."""
    return f"{sys.implementation.cache_tag}-{platform.system()}-{platform.machine()}"


def digest(lock: Path) -> str:
    """Return the SHA-256 of a lock file, whatever line ends the checkout has."""
    try:
        return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except FileNotFoundError:
        raise SetupError(
            f"Filen {lock} mangler. Hent projektet igen, eller genskab filen med: git restore ."
        ) from None


def _make(layout: Layout, *, tests: bool, lock_descriptor: int) -> None:
    runtime = digest(layout.requirements(tests=False))
    stamp = Stamp.read(layout.venv)
    if (
        stamp is None
        or stamp.python != interpreter()
        or runtime not in stamp.locks
        or not layout.python.exists()
    ):
        # Without a stamp an installation was interrupted, and pip takes a half-written package
        # for an installed one: only a new environment is certain. Its downloads are cached.
        with exclusive(layout.in_use, lambda: _refuse(layout)):
            _remove(layout.venv)
            _fill(layout, tests=tests, lock_descriptor=lock_descriptor)
    else:
        # What the tests need comes beside the rest and changes nothing of it: a server may run on.
        (layout.venv / STAMP_NAME).unlink()
        _fill(layout, tests=tests, lock_descriptor=lock_descriptor)


def _refuse(layout: Layout) -> NoReturn:
    raise SetupError(
        f"Python-miljøet i {layout.venv} passer ikke længere til projektet og skal laves på ny, "
        "men en server, der er startet fra samme mappe, bruger det. Intet er ændret. "
        "Stop serveren (Ctrl+C i det vindue, hvor den kører), og kør kommandoen igen."
    )


def _fill(layout: Layout, *, tests: bool, lock_descriptor: int) -> None:
    wanted = layout.requirements(tests=tests)
    # Of the locks as pip is about to read them: one that is changed meanwhile is not this one.
    locks = dict.fromkeys((digest(layout.requirements(tests=False)), digest(wanted)))
    say(
        f"Gør Python-miljøet klar i {layout.venv} ({package_count(wanted)} pakker). "
        "Det sker kun første gang og tager et par minutter."
    )
    install(
        layout.venv,
        layout.python,
        wanted,
        log=layout.log,
        lock_descriptor=lock_descriptor,
    )
    Stamp(interpreter(), tuple(locks)).write(layout.venv)


def _remove(venv: Path) -> None:
    if not venv.exists() and not venv.is_symlink():
        return
    say(f"Fjerner det gamle eller ufærdige Python-miljø i {venv}.")
    try:
        if venv.is_symlink() or venv.is_file():
            venv.unlink()
        else:
            # The stamp goes first: a removal that is interrupted must not look complete.
            (venv / STAMP_NAME).unlink(missing_ok=True)
            shutil.rmtree(venv)
    except OSError as error:
        raise SetupError(
            f"Det gamle Python-miljø kan ikke fjernes ({error}). "
            f"Stop programmer, der bruger det, slet mappen {venv}, og kør kommandoen igen."
        ) from error
