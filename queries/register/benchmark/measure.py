"""Measurements of one register, scan and count by turns, so that both meet the same machine."""

from __future__ import annotations

import json
import os
import statistics
import subprocess  # our own interpreter with arguments of our own
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from queries.errors import UserError
from queries.register.benchmark.registers import Made, Say
from queries.register.benchmark.worker import COUNT, SCAN, STRAIGHTFORWARD, Task, as_argument
from queries.register.reading.formats import BENEFITS, HOURS, MEMBERS, MENTORS, OFFERS

THREADS = 2
PASSIVE_STEMS = (BENEFITS.stem, OFFERS.stem, MENTORS.stem)
ALL_STEMS = (*PASSIVE_STEMS, MEMBERS.stem, HOURS.stem)
CHECKSUMS = "kontrolsummer"
_ROOT = Path(__file__).resolve().parents[3]
_MANY_SPELLS = 50_000_000


@dataclass(frozen=True)
class Sample:
    """One run in a process of its own; `parts` are seconds by what they went to."""

    seconds: float
    cpu_seconds: float
    memory_mb: float
    parts: dict[str, float] = field(default_factory=dict)

    @property
    def counting(self) -> float:
        """The seconds without the checksums of the files."""
        return self.seconds - self.parts.get(CHECKSUMS, 0.0)


@dataclass(frozen=True)
class Turns:
    """Scans and counts of the same inputs, the first count after the first scan, and so on."""

    scans: tuple[Sample, ...]
    counts: tuple[Sample, ...]

    @property
    def scan_seconds(self) -> float:
        """The scan in the middle."""
        return statistics.median(scan.seconds for scan in self.scans)

    @property
    def seconds(self) -> float:
        """The count in the middle, without checksums."""
        return statistics.median(count.counting for count in self.counts)

    @property
    def memory_mb(self) -> float:
        """The most memory that any of the counts held."""
        return max(count.memory_mb for count in self.counts)

    def ratios(self, *, checksums: bool = False) -> list[float]:
        """Each count over the mean of the scans before and after it, rising."""
        found = []
        for turn, count in enumerate(self.counts):
            around = statistics.mean(scan.seconds for scan in self.scans[turn : turn + 2])
            found.append((count.seconds if checksums else count.counting) / around)
        return sorted(found)

    @property
    def cpu_ratio(self) -> float:
        """The processor time of the counts over that of the scans."""
        used = statistics.median(count.cpu_seconds for count in self.counts)
        return used / statistics.median(scan.cpu_seconds for scan in self.scans)


class Bench:
    """Where and how measurements are made."""

    def __init__(self, work: Path, tiny: Made, say: Say) -> None:
        self._work, self._tiny, self._say = work / "arbejde", tiny, say
        self._work.mkdir(parents=True, exist_ok=True)

    def turns(self, made: Made, stems: Sequence[str], what: str) -> tuple[Turns, pl.DataFrame]:
        """Scan and count by turns, with a scan at both ends; return also what was counted."""
        rounds = 3 if made.spells > _MANY_SPELLS else 5
        self._say(f"Måler {what} i {millions(made)}, {rounds} gange …")
        scans, counts = [self._sample(SCAN, made, stems)], []
        for _ in range(rounds):
            counts.append(self._sample(COUNT, made, stems))
            scans.append(self._sample(SCAN, made, stems))
        return Turns(tuple(scans), tuple(counts)), self._counted()

    def straightforward(self, made: Made) -> tuple[Sample, pl.DataFrame]:
        """Count the passive shares in the straightforward way, once."""
        self._say(f"Måler den ligefremme udgave i {millions(made)} …")
        return self._sample(STRAIGHTFORWARD, made, PASSIVE_STEMS), self._counted()

    def _sample(self, what: str, made: Made, stems: Sequence[str]) -> Sample:
        task = Task(
            what,
            str(made.folder.path),
            str(self._tiny.folder.path),
            tuple(stems),
            str(self._work),
            str(self._result),
            THREADS,
        )
        done = subprocess.run(
            [sys.executable, "-m", "queries.register.benchmark.worker", as_argument(task)],
            cwd=_ROOT,
            env=os.environ | {"POLARS_MAX_THREADS": str(THREADS)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or [f"kode {done.returncode}"])[-1]
            raise UserError(f"{what} i {made.folder.path} kunne ikke måles: {reason}")
        return Sample(**json.loads(done.stdout.splitlines()[-1]))

    @property
    def _result(self) -> Path:
        return self._work / "antal.parquet"

    def _counted(self) -> pl.DataFrame:
        return pl.read_parquet(self._result)


def millions(made: Made) -> str:
    """Return the size of a register in Danish."""
    number = made.spells / 1e6
    return f"{number:.{0 if number >= 100 else 1}f} mio. forløb".replace(".", ",", 1)
