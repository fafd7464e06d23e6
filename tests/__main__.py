"""`python3 tests`: fetch what the tests need, then run every check and every test.

With arguments only pytest runs, and gets them: `python3 tests tests/queries -k laeser`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Python puts this file's folder first, where tests/queries would hide the package queries.
sys.path[:] = [str(ROOT / ".setup"), *(p for p in sys.path if Path(p).resolve() != ROOT / "tests")]

from chromium import ensure_chromium  # noqa: E402
from environment import ensure  # noqa: E402
from office import ensure_office  # noqa: E402
from programs import child_environment  # noqa: E402
from terminal import SetupError, complain, guarded, say  # noqa: E402
from warehouse import build_warehouse  # noqa: E402

CHECKS = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    # mypy skips folders with a leading dot unless they are named.
    "mypy": ("mypy", ".setup", "."),
}
# A file's tests stay together: they share a server or a warehouse. tests/conftest.py orders them.
IN_PARALLEL = (
    *("--numprocesses=auto", "--maxprocesses=4"),
    *("--dist=loadfile", "--no-loadscope-reorder"),
)
PYTEST = ("pytest", *IN_PARALLEL)


def main(arguments: list[str]) -> int:
    """Return 0 if every check and every test passed, otherwise 1."""
    python = ensure(tests=True)
    env = child_environment()
    failed = []
    # What is missing fails its own tests, with the same words; the others still run.
    try:
        env["CHROMIUM"] = str(ensure_chromium(python, ROOT / ".data" / "log" / "chromium.log"))
    except SetupError as error:
        complain(str(error))
        failed.append("Chromium")
    try:
        env |= ensure_office(ROOT / ".data" / "log" / "office.log").environment()
    except SetupError as error:
        complain(str(error))
        failed.append("LibreOffice")
    try:
        build_warehouse(python)
    except SetupError as error:
        complain(str(error))
        failed.append("datavarehus")
    steps = {"pytest": ("pytest", *arguments)} if arguments else {**CHECKS, "pytest": PYTEST}
    for name, step in steps.items():
        say(f"== {name}")
        if subprocess.run([str(python), "-m", *step], check=False, cwd=ROOT, env=env).returncode:
            failed.append(name)
    if failed:
        complain(f"ikke bestået: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    raise SystemExit(guarded(lambda: main(sys.argv[1:])))
