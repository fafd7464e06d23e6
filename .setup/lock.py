"""Write both locks anew from pyproject.toml: `python3 .setup/lock.py` (needs uv on the machine).

Options are passed on to uv, for instance `--upgrade` or `--upgrade-package polars`; without any,
versions that still fit stay as they are.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from environment import ROOT
from terminal import SetupError, guarded, say

# One resolution for all systems and for every Python from 3.11 on; no address of a package
# source, so that each machine uses its own.
COMPILE = (
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=python3 .setup/lock.py",
    "pyproject.toml",
)


def main(arguments: list[str]) -> int:
    """Compile the runtime lock, then the test lock held to the same versions."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetupError("Programmet uv mangler. Installér det, fx med: pipx install uv")
    for options in (
        ["--output-file=requirements.lock"],
        [
            "--group=test",
            "--constraint=requirements.lock",
            "--no-annotate",
            "--output-file=requirements-test.lock",
        ],
    ):
        done = subprocess.run([uv, *COMPILE, *options, *arguments], check=False, cwd=ROOT)
        if done.returncode != 0:
            raise SetupError("uv kunne ikke finde versioner, der passer sammen; se ovenfor.")
    say("requirements.lock og requirements-test.lock er skrevet.")
    return 0


if __name__ == "__main__":
    raise SystemExit(guarded(lambda: main(sys.argv[1:])))
