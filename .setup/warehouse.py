"""Make sure that the numbers are there before anybody asks for them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from environment import ROOT
from programs import child_environment
from terminal import SetupError

if TYPE_CHECKING:
    from pathlib import Path


def build_warehouse(python: Path) -> None:
    """Build the warehouse where it is missing or out of date.

    The build tells its own progress and explains its own failure. Errors: SetupError if it
    ended without a warehouse.
    """
    done = subprocess.run(
        [str(python), "-m", "queries", "build", "--if-needed"],
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        env=child_environment(),
    )
    if done.returncode != 0:
        raise SetupError(
            "Datavarehuset kunne ikke bygges; årsagen står ovenfor. "
            "Prøv igen for sig med: " + f'"{python}" -m queries build'
        )
