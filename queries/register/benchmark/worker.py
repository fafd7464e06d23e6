"""`python -m queries.register.benchmark.worker`: one measurement in a process of its own.

Takes what to do as JSON, prints what was measured as JSON. The process is warm before it is timed:
the same is first done to a tiny register, so that neither imports nor compilation are counted.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from queries.register.benchmark.scan import scan
from queries.register.calendar import parse_month
from queries.register.choices import Choices
from queries.register.mapping import read_code_list
from queries.register.plan import Plan, all_kommuner
from queries.register.reading.files import CODE_LIST, Folder, checksum, open_folder
from queries.register.report import peak_memory_mb

MONTHS = ("2010M01", "2019M12")
SCAN, COUNT, STRAIGHTFORWARD = "scan", "count", "straightforward"


@dataclass(frozen=True)
class Task:
    """What to do: `what` to the inputs `stems` of `folder`; counts go to the file `result`."""

    what: str
    folder: str
    tiny: str
    stems: tuple[str, ...]
    work: str
    result: str
    threads: int


def main(argument: str) -> int:
    """Carry out the task and print seconds, cpu_seconds, memory_mb and the parts of the time.

    The processor's seconds are those without the checksums of the files.
    """
    given = json.loads(argument)
    task = Task(**given | {"stems": tuple(given["stems"])})
    action = ACTIONS[task.what]
    if task.what != STRAIGHTFORWARD:  # nothing is compiled there
        action(_only(task.tiny, task.stems), task)
    folder = _only(task.folder, task.stems)
    cpu = _cpu_seconds()
    began = time.perf_counter()
    parts = action(folder, task)
    seconds = time.perf_counter() - began
    used = _cpu_seconds() - cpu
    if task.what == COUNT:
        used -= _checksum_cpu_seconds(folder)
    measured = {
        "seconds": seconds,
        "cpu_seconds": used,
        "memory_mb": _peak_memory_mb(),
        "parts": parts,
    }
    sys.stdout.write(json.dumps(measured) + "\n")
    return 0


def as_argument(task: Task) -> str:
    """Return a task as `main` takes it."""
    return json.dumps(asdict(task))


def plan_of(folder: Folder) -> Plan:
    """Return the question that is measured: every month of ten years, every kommune."""
    codes = read_code_list(folder.path / CODE_LIST)
    if codes.as_of is None:
        raise ValueError("the synthetic register says on which day it was read")
    first, last = (parse_month(month) for month in MONTHS)
    return Plan(codes, Choices(), first, last, codes.as_of, all_kommuner())


def _only(path: str, stems: tuple[str, ...]) -> Folder:
    whole = open_folder(Path(path))
    return Folder(whole.path, {stem: whole[stem] for stem in stems})


def _scan(folder: Folder, task: Task) -> dict[str, float]:
    scan(folder, task.stems)
    return {}


def _count(folder: Folder, task: Task) -> dict[str, float]:
    from queries.register.run import run

    # A work folder of its own: a run that went on from an earlier one's state would be no run.
    with tempfile.TemporaryDirectory(dir=task.work) as work:
        outcome = run(folder, plan_of(folder), Path(work))
    if outcome.report.resumed:
        raise RuntimeError("a run that is measured begins at the beginning")
    outcome.counts.write_parquet(task.result)
    return dict(outcome.report.seconds)


def _checksum_cpu_seconds(folder: Folder) -> float:
    """Return what the checksums of a count take of the processor, by doing them once more."""
    began = _cpu_seconds()
    for path in folder.files():
        checksum(path)
    return _cpu_seconds() - began


def _straightforward(folder: Folder, task: Task) -> dict[str, float]:
    from queries.register.benchmark.straightforward import passive_counts

    spill = Path(task.work) / "database"
    try:
        counts = passive_counts(folder, plan_of(folder), spill, threads=task.threads)
    finally:
        shutil.rmtree(spill, ignore_errors=True)
    counts.write_parquet(task.result)
    return {}


ACTIONS: dict[str, Callable[[Folder, Task], dict[str, float]]] = {
    SCAN: _scan,
    COUNT: _count,
    STRAIGHTFORWARD: _straightforward,
}


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak_memory_mb() -> float:
    """Return the most this program has held, in MB.

    Linux counts in ru_maxrss what the process was before it became this program, which can be as
    large as the one that started it; VmHWM begins anew.
    """
    status: Any = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    return float(peak_memory_mb())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
