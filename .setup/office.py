"""Find LibreOffice and poppler for the tests of documents, or bring them to the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chromium import UNATTENDED, is_root, package_manager
from programs import child_environment, run_logged
from terminal import SetupError, say

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = ("soffice", "libreoffice")
MAC_PROGRAM = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
WINDOWS_PROGRAM = r"LibreOffice\program\soffice.com"
PAINTER = "pdftoppm"
# Each system's package manager: what refreshes its lists (if anything), and what installs.
PACKAGE_MANAGERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "apt-get": (
        ("apt-get", "update", "-q"),
        (
            "apt-get",
            "install",
            "-q",
            "-y",
            "--no-install-recommends",
            "libreoffice-writer",
            "libreoffice-calc",
            "libreoffice-impress",
            "poppler-utils",
            "fonts-liberation",
        ),
    ),
    "dnf": (
        (
            "dnf",
            "install",
            "-y",
            "libreoffice-writer",
            "libreoffice-calc",
            "libreoffice-impress",
            "poppler-utils",
        ),
    ),
    "apk": (("apk", "add", "--no-cache", "libreoffice", "poppler-utils"),),
    "pacman": (("pacman", "-Sy", "--noconfirm", "libreoffice-still", "poppler"),),
    "zypper": (
        (
            "zypper",
            "--non-interactive",
            "install",
            "libreoffice-writer",
            "libreoffice-calc",
            "libreoffice-impress",
            "poppler-tools",
        ),
    ),
}


@dataclass(frozen=True)
class Office:
    """LibreOffice's program, and the one that draws the pages of a PDF."""

    soffice: Path
    pdftoppm: Path

    def environment(self) -> dict[str, str]:
        """Return the variables by which the tests find them."""
        return {"SOFFICE": str(self.soffice), "PDFTOPPM": str(self.pdftoppm)}


def find_office() -> Office | None:
    """Return LibreOffice and pdftoppm, or None where one of them is not here.

    Looked for in this order: the variables SOFFICE and PDFTOPPM, the PATH, and LibreOffice's usual
    places on macOS and Windows. Errors: SetupError if a variable names no program.
    """
    soffice = _named("SOFFICE", "LibreOffice (soffice)") or next(
        (program for program in _candidates() if starts(program)), None
    )
    painter = _named("PDFTOPPM", "popplers pdftoppm") or _on_path(PAINTER)
    return Office(soffice, painter) if soffice and painter else None


def ensure_office(log: Path) -> Office:
    """Return LibreOffice and pdftoppm, installing them if the machine has them not and we may.

    What the installer says goes to ``log``. Errors: SetupError with the line that installs them.
    """
    if found := find_office():
        return found
    say("Testene af dokumenter kræver LibreOffice og poppler, og de er ikke begge fundet.")
    manager = package_manager()
    if manager in PACKAGE_MANAGERS and is_root():
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w", encoding="utf-8") as out:
            for step in PACKAGE_MANAGERS[manager]:
                run_logged(step, f"Installerer LibreOffice med {manager}", out, UNATTENDED)
        if found := find_office():
            return found
        raise SetupError(f"{missing_office()} Alle detaljer står i {log}")
    raise SetupError(missing_office())


def missing_office() -> str:
    """Say in Danish which line installs LibreOffice and poppler on this machine."""
    manager = package_manager()
    if manager in PACKAGE_MANAGERS:
        sudo = "" if is_root() else "sudo "
        line = " && ".join(sudo + " ".join(step) for step in PACKAGE_MANAGERS[manager])
    elif sys.platform == "darwin":
        line = "brew install --cask libreoffice && brew install poppler"
    elif sys.platform == "win32":
        line = "winget install TheDocumentFoundation.LibreOffice oschwartz10612.Poppler"
    else:
        line = "systemets pakkehåndtering (pakkerne libreoffice og poppler)"
    return (
        f"Testene af dokumenter mangler LibreOffice eller poppler. Installér dem med: {line} "
        "- eller sæt miljøvariablerne SOFFICE og PDFTOPPM til stierne til dem, der findes."
    )


def starts(program: Path) -> bool:
    """Say whether a program is a LibreOffice that runs here."""
    if sys.platform == "win32":  # --version waits for a key there
        return program.is_file()
    try:
        done = subprocess.run(
            [str(program), "--version"],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            env=child_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "Office" in done.stdout


def _named(variable: str, what: str) -> Path | None:
    named = os.environ.get(variable)
    if not named:
        return None
    program = shutil.which(named)
    if program is None:
        raise SetupError(
            f"Miljøvariablen {variable} peger på »{named}«, som ikke er et program. "
            f"Ret den til stien til {what}, eller fjern den."
        )
    return Path(program)


def _on_path(name: str) -> Path | None:
    program = shutil.which(name)
    return Path(program) if program else None


def _candidates() -> Iterator[Path]:
    for name in COMMANDS:
        if program := _on_path(name):
            yield program
    if sys.platform == "darwin" and MAC_PROGRAM.is_file():
        yield MAC_PROGRAM
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
        if folder := os.environ.get(variable):
            candidate = Path(folder) / WINDOWS_PROGRAM
            if candidate.is_file():
                yield candidate
