"""Jobs that a page has started: one process each, in a session of its own, one at a time.

What a process says about its progress comes as JSON lines through its pipe and is kept here in
memory, findings included; the same without findings stands in `jobs/<id>.json`, which outlives this
process. Nothing else of the folder of imports is read here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from queries.errors import UserError
from queries.imports.told import Progress, State, progress
from queries.warehouse.paths import ROOT, data_folder

SECONDS = 3600.0
"""How long one job may take."""
KEPT = 10
"""How many ended jobs are remembered in memory."""
NAME = re.compile(r"[0-9a-f]{16}")

CANCELLED = (
    "Afbrudt. Intet er ændret, medmindre importen allerede stod under »Indlæst«, da der blev "
    "trykket."
)
TIMEOUT = "Det tog for længe, og processen er stoppet. Intet er ændret. Prøv med en mindre fil."
FAILED = "Processen stoppede på grund af en fejl i programmet. Intet er ændret. Prøv igen."
STOPPED = (
    "Processen stoppede, før den var færdig, fx fordi maskinen blev slukket. Intet er halvt gjort: "
    "se under »Indlæst«, om importen nåede at blive taget i brug."
)


@dataclass
class _Job:
    process: subprocess.Popen[bytes]
    told: Progress
    ended_by: State | None = None


_jobs: dict[str, _Job] = {}
_lock = threading.Lock()


def folder() -> Path:
    """Return the folder that jobs tell their progress in."""
    return data_folder() / "import" / "jobs"


def begin(
    name: str,
    kind: str,
    command: list[str],
    given: bytes,
    environment: Mapping[str, str],
) -> None:
    """Start a job. Raises UserError where another one is running."""
    with _lock:
        if _running() is not None:
            raise UserError(
                "Der er allerede en import i gang. Vent, til den er færdig, eller afbryd den, og "
                "prøv igen."
            )
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=dict(environment),
            start_new_session=True,
        )
        began = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        _jobs[name] = _Job(process, Progress(name, kind, "running", began=began))
        for old in [key for key, one in _jobs.items() if one.told.over][:-KEPT]:
            del _jobs[old]
    threading.Thread(target=_follow, args=(_jobs[name], given), daemon=True).start()


def find(name: str) -> Progress | None:
    """Return how far a job is, of this process or of an earlier one; None for an unknown one."""
    with _lock:
        if name in _jobs:
            return _jobs[name].told
    return _written(name)


def running() -> Progress | None:
    """Return the job that is running, if any, also one that an earlier server has started."""
    with _lock:
        return _running()


def cancel(name: str) -> None:
    """Ask a job's processes to end; one that is taking its result into use ends by itself."""
    with _lock:
        one = _jobs.get(name)
        if one is not None and not one.told.over:
            one.ended_by = "cancelled"
            _signal(one.process.pid, signal.SIGTERM)
            return
    told, number = _written(name), _pid(name)
    if told is not None and not told.over and number:
        _signal(number, signal.SIGTERM)


def _running() -> Progress | None:
    for one in _jobs.values():
        if not one.told.over:
            return one.told
    names = [path.stem for path in folder().glob("*.json") if path.stem not in _jobs]
    told = [found for name in names if (found := _written(name)) and not found.over]
    return told[0] if told else None


def _follow(one: _Job, given: bytes) -> None:
    """Give the process what it shall work on, hear what it says, and notice how it ends."""
    clock = threading.Timer(SECONDS, _time_is_up, args=(one,))
    clock.daemon = True
    clock.start()
    assert one.process.stdin is not None
    assert one.process.stdout is not None
    with contextlib.suppress(OSError):
        one.process.stdin.write(given)
        one.process.stdin.close()
    del given
    for line in one.process.stdout:
        with contextlib.suppress(ValueError, TypeError):
            said = json.loads(line)
            one.told = progress({**vars(one.told), **said})
    one.process.wait()
    clock.cancel()
    if not one.told.over:
        state: State = one.ended_by or "failed"
        said_of = {"cancelled": CANCELLED, "timeout": TIMEOUT}
        one.told = replace(one.told, state=state, message=said_of.get(state, FAILED))


def _time_is_up(one: _Job) -> None:
    one.ended_by = "timeout"
    _signal(one.process.pid, signal.SIGKILL)


def _signal(number: int, what: signal.Signals) -> None:
    with contextlib.suppress(OSError):
        os.killpg(number, what)


def _fields(name: str) -> dict[str, Any]:
    if not NAME.fullmatch(name):
        return {}
    with contextlib.suppress(OSError, ValueError):
        found: dict[str, Any] = json.loads((folder() / f"{name}.json").read_text("utf-8"))
        return found
    return {}


def _pid(name: str) -> int:
    return int(_fields(name).get("pid", 0))


def _written(name: str) -> Progress | None:
    """Return what a job's file says; one whose process is gone has stopped."""
    fields = _fields(name)
    if not fields:
        return None
    told: Progress | None = None
    with contextlib.suppress(KeyError, TypeError, ValueError):
        told = progress(fields)
    if told is None or told.over:
        return told
    return told if _alive(_pid(name)) else replace(told, state="stopped", message=STOPPED)


def _alive(number: int) -> bool:
    """Whether the process runs and is a worker of ours: numbers are used again."""
    try:
        os.kill(number, 0)
        if Path("/proc/self/cmdline").exists():
            return b"queries.imports.worker" in Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return False
    return True
