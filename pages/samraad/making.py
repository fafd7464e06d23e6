"""Documents in the making: each in a process of its own, so that no other reader waits for it.

One process at a time: a server keeps a core for its readers, and who comes second is told to wait.
Each process leads a group of its own, with what it starts to typeset: it is stopped as a whole, by
its reader, when the session of a reader who left is forgotten, and by itself when the server ends.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]
SECONDS = 300
LOG = logging.getLogger(__name__)
MOST_WAITING = 12
"""Documents on their way at once; each holds a folder and maybe a template in memory."""
_ONE_AT_A_TIME = threading.Semaphore(1)
_counting = threading.Lock()
_under_way: list[weakref.ref[Job]] = []
TOO_LONG = (
    f"Dokumentet blev ikke færdigt på {SECONDS // 60} minutter og er opgivet. Prøv med færre "
    "poster."
)
FULL = "Der laves så mange dokumenter lige nu, at der ikke er plads til flere. Prøv igen om lidt."
ENDED = "Dokumentet kunne ikke laves: Programmet, der laver det, stoppede. Prøv igen."


@dataclass(frozen=True)
class Question:
    """What is to be made: a key of `writers.DOCUMENTS`, of a folder's text or of kommuner.

    `host` is what the reader's addresses begin with ('https://atlas.dk'), '' where unknown;
    `short` asks for the short edition, see `documents.short`.
    """

    what: str
    folder: str = field(default="", repr=False)
    template: bytes = field(default=b"", repr=False)
    codes: tuple[str, ...] = ()
    host: str = field(default="", repr=False)
    short: bool = field(default=False, repr=False)

    def as_json(self) -> bytes:
        """Return the question as the process reads it."""
        template = base64.b64encode(self.template).decode()
        told = {"what": self.what, "folder": self.folder, "template": template}
        return json.dumps(
            told | {"codes": self.codes, "host": self.host, "short": self.short}
        ).encode()


@dataclass
class Job:
    """A document on its way; `state` is 'waits', 'runs', 'done', 'failed' or 'stopped'."""

    question: Question
    state: str = "waits"
    done: int = 0
    of: int = 0
    files: list[tuple[str, bytes]] = field(default_factory=list, repr=False)
    told: list[str] = field(default_factory=list, repr=False)
    error: str = ""
    _thread: threading.Thread | None = field(default=None, repr=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @property
    def over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.state in {"done", "failed", "stopped"}

    @property
    def fraction(self) -> float:
        """How much is done, from 0 to 1."""
        return min(self.done / self.of, 1.0) if self.of else 0.0

    def wait(self) -> None:
        """Wait until nothing more is done about it."""
        if self._thread is not None:
            self._thread.join()

    def stop(self) -> None:
        """Give the document up: its process ends, and nothing of the folder is held any longer."""
        with self._lock:
            if not self.over:
                self.state = "stopped"
                self.question = Question(self.question.what)
                if self._process is not None:
                    _kill_group(self._process)

    def end_with_session(self) -> None:
        """Give the document up when nobody can fetch it any more, see `frame.closed_sessions`."""
        self.stop()


def begin(question: Question, around: Mapping[str, str] | None = None) -> Job:
    """Start making a document, and return the job to be looked at from time to time.

    `around` is added to the environment of the process. Where too many wait already, the job has
    failed at once and says so.
    """
    job = Job(question)
    with _counting:
        here = [one for one in _under_way if (other := one()) is not None and not other.over]
        if len(here) >= MOST_WAITING:
            job.state, job.error = "failed", FULL
            return job
        _under_way[:] = [*here, weakref.ref(job)]
    job._thread = threading.Thread(target=_run, args=(job, dict(around or {})), daemon=True)
    job._thread.start()
    return job


def _run(job: Job, around: dict[str, str]) -> None:
    with _ONE_AT_A_TIME:
        try:
            process = _started(job, around)
        except OSError as error:  # no memory or no files left for one more
            LOG.error("the process of a document could not be started: %s", error)
            job.error, job.state = ENDED, "failed"
            return
        if process is None:
            return
        late = threading.Event()

        def give_up() -> None:
            late.set()
            with job._lock:
                if job._process is not None:
                    _kill_group(process)

        def end() -> None:
            process.wait()
            with job._lock:
                job._process = None
                _kill_group(process)  # what it had started, where it was killed itself

        watch, ending = threading.Timer(SECONDS, give_up), threading.Thread(target=end)
        for thread in (watch, ending):
            thread.daemon = True
            thread.start()
        try:
            _follow(job, process)
        finally:
            ending.join()
            watch.cancel()
        with job._lock:
            if not job.over:
                job.error = TOO_LONG if late.is_set() else ENDED
                job.state = "failed"
                LOG.error("the process of a document ended with %s", process.returncode)


def _started(job: Job, around: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
    """Start the process of a job, unless it has been given up."""
    with job._lock:
        if job.over:
            return None
        job._process = subprocess.Popen(
            [sys.executable, "-m", "pages.samraad.make"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", **around},
            start_new_session=True,
        )
        job.state = "runs"
        return job._process


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended, or is ending
        os.killpg(process.pid, signal.SIGKILL)


def _follow(job: Job, process: subprocess.Popen[bytes]) -> None:
    """Put the question, hear the answer, and close the pipe of questions when there is no more."""
    questions, answers = _pipes(process)
    asked = job.question.as_json()
    try:
        with contextlib.suppress(BrokenPipeError):
            questions.write(asked + b"\n")
            questions.flush()
        with answers:
            for line in answers:
                with contextlib.suppress(ValueError):
                    _hear(job, json.loads(line))
    finally:
        with contextlib.suppress(BrokenPipeError):
            questions.close()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the process was started without pipes")
    return process.stdin, process.stdout


def _hear(job: Job, told: Mapping[str, Any]) -> None:
    with job._lock:
        if job.over:
            return
        if "files" in told:
            job.files = [(name, base64.b64decode(content)) for name, content in told["files"]]
            job.told = list(told["told"])
            job.state = "done"
        elif "error" in told:
            job.error, job.state = str(told["error"]), "failed"
        else:
            job.done, job.of = int(told["done"]), int(told["of"])
