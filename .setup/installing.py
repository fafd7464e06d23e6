"""Fill an environment from a lock with the pip that the machine has, and say how far it is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import venv
from typing import TYPE_CHECKING

from diagnosis import diagnose, no_pip
from programs import child_environment, run_logged, wait
from terminal import SetupError

if TYPE_CHECKING:
    from pathlib import Path

FIRST_PIP_WITH_PYTHON_OPTION = (22, 3)


def install(
    folder: Path, python: Path, requirements: Path, *, log: Path, lock_descriptor: int
) -> None:
    """Make the environment in ``folder`` if it is missing and install ``requirements`` into it.

    pip's words go to ``log``. Errors: SetupError with the cause, the remedy and the log's path.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("", encoding="utf-8")
    if not python.exists():
        venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(folder)
    command = [
        *_pip(python, log),
        "install",
        "--require-hashes",
        "--no-deps",  # the lock is complete: nothing to resolve, nothing to change one's mind about
        "--only-binary=:all:",  # no compiler is expected on the machine
        "--no-input",
        "--progress-bar=off",
        "--requirement",
        str(requirements),
    ]
    code = _run(command, folder, log, package_count(requirements), lock_descriptor)
    if code != 0:
        cause = diagnose(log.read_text(encoding="utf-8", errors="replace"))
        raise SetupError(f"{cause} Alle detaljer står i {log}")


def package_count(requirements: Path) -> int:
    """Count the packages a lock names; one that is pinned per Python version counts once."""
    text = requirements.read_text(encoding="utf-8")
    return len(set(re.findall(r"^([A-Za-z0-9][\w.-]*)==(?!.*sys_platform == 'win32')", text, re.M)))


def _pip(python: Path, log: Path) -> list[str]:
    """Return the start of a pip command that installs into ``python``'s environment."""
    for host in dict.fromkeys((sys.executable, getattr(sys, "_base_executable", sys.executable))):
        answer = _ask([host, "-m", "pip", "--version"])
        version = re.match(r"pip (\d+)\.(\d+)", answer)
        if version and (int(version[1]), int(version[2])) >= FIRST_PIP_WITH_PYTHON_OPTION:
            return [host, "-m", "pip", "--python", str(python)]
    with log.open("a", encoding="utf-8") as out:
        if not run_logged([str(python), "-m", "ensurepip"], "Lægger pip ind", out):
            raise SetupError(no_pip())
    return [str(python), "-m", "pip"]


def _ask(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=child_environment(),
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _run(command: list[str], folder: Path, log: Path, total: int, lock_descriptor: int) -> int:
    """Run pip, copying its output to the log and counting on the way; return its exit code."""
    state = {"collected": 0, "installing": 0}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=child_environment(),
        pass_fds=() if os.name == "nt" else (lock_descriptor,),
    )

    def read() -> None:
        assert process.stdout is not None
        with log.open("a", encoding="utf-8") as out:
            for line in process.stdout:
                out.write(line)
                out.flush()
                if line.startswith(("Collecting ", "Requirement already satisfied")):
                    state["collected"] += 1
                elif line.startswith("Installing collected packages"):
                    state["installing"] = line.count(",") + 1

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    before = _installed(folder)
    try:
        return wait(
            process,
            "Henter og lægger pakker ind",
            lambda: _stage(state, total, _installed(folder) - before),
        )
    finally:
        reader.join()


def _stage(state: dict[str, int], total: int, installed: int) -> str:
    if state["installing"]:
        return f"{min(installed, state['installing'])} af {state['installing']} lagt ind"
    return f"{min(state['collected'], total)} af {total} hentet"


def _installed(folder: Path) -> int:
    place = "Lib" if os.name == "nt" else "lib/python*"
    return sum(1 for _ in folder.glob(f"{place}/site-packages/*.dist-info"))
