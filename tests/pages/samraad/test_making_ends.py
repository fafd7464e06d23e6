"""A document that nobody waits for any more: its process and what that started end at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.state import SessionState

from pages.frame import closed_sessions
from pages.samraad import making
from pages.samraad.making import ENDED, Job, Question, begin

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
SLOW = """import json, os, subprocess, sys, time
started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
sys.path.insert(0, {root!r})
from pages.samraad import make
def made(asked, progress):
    progress(started.pid, 10**9)
    time.sleep(600)
make._made = made
make.main()
"""
"""Stands for a process that typesets: it tells the id of a process that it has started itself."""


def slow_program(folder: Path) -> Path:
    """A program that takes the place of Python, whatever the path to that looks like."""
    code, program = folder / "slow.py", folder / "slow"
    code.write_text(SLOW.format(root=str(making.ROOT)), "utf-8")
    program.write_text(f"#!/bin/sh\nexec {quote(sys.executable)} {quote(str(code))}\n", "utf-8")
    program.chmod(0o700)
    return program


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every document is a slow one, and has a turn of its own."""
    script = slow_program(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(script))
        patch.setattr(making, "_under_way", [])
        yield


def until(what: Any) -> None:
    end = time.monotonic() + 20
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def begun() -> tuple[Job, int, int]:
    """A document in the making, its process, and the one that that has started."""
    job = begin(Question("pdf", '{"titel": "FORTROLIGT"}', b"SKABELON"))
    until(lambda: job.done)
    assert job._process is not None
    pid, started = job._process.pid, job.done
    assert runs(pid)
    assert runs(started)
    return job, pid, started


@pytest.mark.usefixtures("slow")
def test_one_who_gives_up_ends_the_process_and_what_it_started() -> None:
    job, pid, started = begun()
    job.stop()
    job.wait()
    until(lambda: not runs(pid) and not runs(started))
    assert (job.state, job.error, job.question) == ("stopped", "", Question("pdf"))


@pytest.mark.usefixtures("slow")
def test_a_forgotten_session_ends_its_own_document_alone() -> None:
    job, pid, started = begun()
    finished = Job(Question("word", "{}"), "done", files=[("samraad_x.docx", b"PK")])
    state, other = SessionState(), SessionState()
    state["samraad_job"], other["samraad_job"] = job, finished
    storage = MemorySessionStorage(ttl_seconds=0)
    kept = MemorySessionStorage(ttl_seconds=60)
    for place, name, one in ((storage, "a", state), (kept, "b", other)):
        session = SimpleNamespace(id=name, session_state=one, shutdown=lambda: None)
        place.save(SimpleNamespace(session=session))  # type: ignore[arg-type]
    assert closed_sessions.forget_expired(kept) == 0
    assert runs(pid)
    assert closed_sessions.forget_expired(storage) == 1
    job.wait()
    until(lambda: not runs(pid) and not runs(started))
    assert job.state == "stopped"
    assert (finished.state, finished.files) == ("done", [("samraad_x.docx", b"PK")])
    finished.end_with_session()
    assert (finished.state, finished.files) == ("done", [("samraad_x.docx", b"PK")])


def test_a_session_that_the_storage_dropped_by_itself_ends_too() -> None:
    job = Job(Question("word", "{}"))
    session: Any = SimpleNamespace(id="a", session_state={"j": job}, shutdown=lambda: None)
    storage = MemorySessionStorage(ttl_seconds=60)
    info: Any = SimpleNamespace(session=session)
    storage.save(info)
    before: dict[str, Any] = {}
    assert closed_sessions.forget_expired(storage, before) == 0
    storage.delete("a")
    assert closed_sessions.forget_expired(storage, before, lambda key: key == "a") == 0
    assert (job.state, before) == ("waits", {})  # resumed, so it is in use
    storage.save(info)
    assert closed_sessions.forget_expired(storage, before) == 0
    storage.delete("a")
    assert closed_sessions.forget_expired(storage, before) == 1
    assert (job.state, session.session_state) == ("stopped", {})


@pytest.mark.usefixtures("slow")
def test_a_process_that_is_killed_says_so_and_leaves_the_turn_to_the_next() -> None:
    job, pid, started = begun()
    os.kill(pid, signal.SIGKILL)
    job.wait()
    until(lambda: not runs(started))
    assert (job.state, job.error) == ("failed", ENDED)
    assert "Prøv igen." in job.error
    again, pid, _ = begun()
    again.stop()
    again.wait()
    assert not runs(pid)


def test_one_that_cannot_be_started_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/there/is/none")
        job = begin(Question("word", "{}"))
        job.wait()
    assert (job.state, job.error) == ("failed", ENDED)


SERVER = """
import sys, time
sys.path.insert(0, {root!r})
from pages.samraad import making
sys.executable = {slow!r}
job = making.begin(making.Question("pdf", "{{}}"))
while not job.done:
    time.sleep(0.02)
print(job._process.pid, job.done, flush=True)
time.sleep(600)
"""


def test_a_server_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    slow = slow_program(tmp_path)
    code = SERVER.format(root=str(making.ROOT), slow=str(slow))
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        pid, started = map(int, server.stdout.readline().split())
        assert runs(pid)
        server.send_signal(signal.SIGKILL)
    until(lambda: not runs(pid) and not runs(started))
