"""Find a browser of the Chromium family for the browser tests, or bring one to the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from programs import child_environment, run_logged
from terminal import SetupError, say

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "brave-browser",
)
MAC_APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
WINDOWS_PROGRAMS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)
PLAYWRIGHT_BROWSERS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
    "chromium_headless_shell-*/*/*headless*shell*",
)
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
            "chromium",
            "fonts-liberation",
        ),
    ),
    "dnf": (("dnf", "install", "-y", "chromium"),),
    "apk": (("apk", "add", "--no-cache", "chromium"),),
    "pacman": (("pacman", "-Sy", "--noconfirm", "chromium"),),
    "zypper": (("zypper", "--non-interactive", "install", "chromium"),),
}
UNATTENDED = {"DEBIAN_FRONTEND": "noninteractive"}


def find_chromium() -> Path | None:
    """Return the program of a Chromium that starts, or None.

    Looked for in this order: the variable CHROMIUM, the PATH, the usual places on macOS and
    Windows, and Playwright's own folder. Errors: SetupError if CHROMIUM names no such program.
    """
    if named := os.environ.get("CHROMIUM"):
        program = shutil.which(named)
        if program is None:
            raise SetupError(
                f"Miljøvariablen CHROMIUM peger på »{named}«, som ikke er et program. "
                "Ret den til stien til Chromium, Chrome eller Edge, eller fjern den."
            )
        return Path(program)
    return next((program for program in _candidates() if starts(program)), None)


def ensure_chromium(python: Path, log: Path) -> Path:
    """Return a Chromium, installing one if the machine has none.

    ``python`` is the environment's (it has Playwright); what the installers say goes to ``log``.
    Errors: SetupError with the line that installs a Chromium here.
    """
    if found := find_chromium():
        return found
    say("Browsertestene kræver Chromium, Chrome eller Edge, og ingen af dem er fundet.")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as out:
        playwright = (str(python), "-m", "playwright", "install", "chromium")
        run_logged(playwright, "Henter Chromium med Playwright", out)
        if found := find_chromium():
            return found
        manager = package_manager()
        if manager and is_root():
            for step in PACKAGE_MANAGERS[manager]:
                run_logged(step, f"Installerer Chromium med {manager}", out, UNATTENDED)
            if found := find_chromium():
                return found
    raise SetupError(f"{missing_chromium()} Alle detaljer står i {log}")


def missing_chromium() -> str:
    """Say in Danish which line installs a Chromium on this machine."""
    manager = package_manager()
    if manager:
        sudo = "" if is_root() else "sudo "
        line = " && ".join(sudo + " ".join(step) for step in PACKAGE_MANAGERS[manager])
    elif sys.platform == "darwin":
        line = "brew install --cask google-chrome"
    elif sys.platform == "win32":
        line = "winget install Google.Chrome"
    else:
        line = ".venv/bin/python -m playwright install --with-deps chromium"
    return (
        f"Browsertestene mangler en Chromium. Installér den med: {line} "
        "- eller sæt miljøvariablen CHROMIUM til stien til en, der findes."
    )


def package_manager() -> str | None:
    """Name the system's package manager, or None where there is none that we know."""
    return next((name for name in PACKAGE_MANAGERS if shutil.which(name)), None)


def starts(program: Path) -> bool:
    """Say whether a program is a Chromium that runs here.

    A file may be there and yet be of no use: libraries are missing, or it is a stand-in that
    tells the user to install something else (Ubuntu's chromium-browser without snap).
    """
    if sys.platform == "win32":  # --version opens a window there
        return program.is_file()
    try:
        done = subprocess.run(
            [str(program), "--version"],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=30,
            env=child_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and any(character.isdigit() for character in done.stdout)


def is_root() -> bool:
    """Say whether packages can be installed without asking for a password."""
    return sys.platform != "win32" and os.geteuid() == 0


def _candidates() -> Iterator[Path]:
    for name in COMMANDS:
        if program := shutil.which(name):
            yield Path(program)
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home() fails for a user without one)
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), home / "Applications"):
            for name in MAC_APPLICATIONS:
                yield from folder.glob(f"{name}.app/Contents/MacOS/{name}")
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder_name := os.environ.get(variable):
            for program_path in WINDOWS_PROGRAMS:
                if (candidate := Path(folder_name) / program_path).is_file():
                    yield candidate
    for pattern in PLAYWRIGHT_BROWSERS:
        # The newest first: folders end in a build number.
        yield from sorted(_playwright_folder(home).glob(pattern), reverse=True)


def _playwright_folder(home: Path) -> Path:
    if named := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(named)
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home)) / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "ms-playwright"
