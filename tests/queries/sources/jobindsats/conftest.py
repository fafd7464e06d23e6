"""The stand-in of Jobindsats as a process of its own, and its numbers read by plain code."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

KEY = "vises-ALDRIG-3c81"
Rows = dict[tuple[str, str], dict[str, str]]
Start = Callable[..., str]


@pytest.fixture(scope="session")
def standin(shared: Path) -> Path:
    """The folder of the stand-in; without it these tests fail, not skip."""
    folder = shared / "jobindsats"
    if not (folder / "replica.py").is_file():
        pytest.fail(f"The stand-in of Jobindsats is not in {folder}")
    return folder


@contextmanager
def started(folder: Path, faults: str) -> Iterator[str]:
    command = [sys.executable, str(folder / "replica.py"), "--token", KEY, "--faults", faults]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture
def start(standin: Path) -> Iterator[Start]:
    """Start the stand-in with faults ('busy,broken'); gives its address."""
    with ExitStack() as running:
        yield lambda faults="": running.enter_context(started(standin, faults))


@pytest.fixture(scope="session")
def printed(standin: Path) -> Callable[[str], Rows]:
    """What the files beside the stand-in hold: (period, area code) -> text by label."""

    def read(table: str) -> Rows:
        with (standin / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return {(row["periode"], row["kommunekode"]): row for row in csv.DictReader(file)}

    return read
