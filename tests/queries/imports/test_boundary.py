"""The processes behind the page 'Data': what they say, how they end, and that nothing is left."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from queries import importing
from queries.errors import UserError
from queries.imports import boundary, jobs, told, worker
from queries.imports.told import About, Inspection, Progress, Question, Told
from queries.sources.incoming import Finding, ImportRefusedError

ROOT = Path(__file__).parents[3]
# Made anew each time: what is found was left by this run, and no file of code holds it.
WORD, NAME = f"By{secrets.token_hex(6)}", f"ark-{secrets.token_hex(6)}"
NUMBER = str(900_000 + secrets.randbelow(90_000))
SAYS = """
import json, sys, time, os
head, _, content = sys.stdin.buffer.read().partition(b"\\n")
request = json.loads(head)
def say(**more):
    told = {"job": request["job"], "kind": request["kind"], "state": "running", **more}
    print(json.dumps(told), flush=True)
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own, and no jobs from elsewhere."""
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    monkeypatch.setattr(jobs, "_jobs", {})
    yield tmp_path
    for name in list(jobs._jobs):
        importing.cancel(name)
        ended(name)


Script = Callable[[str], None]


@pytest.fixture
def script(data: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """`script(text)`: let that be what a job's process does."""
    assert data

    def chosen(text: str) -> None:
        monkeypatch.setattr(boundary, "_command", lambda _: [sys.executable, "-c", SAYS + text])

    return chosen


def ended(name: str, seconds: float = 30) -> Progress:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = importing.job(name)
        assert found is not None
        if found.over:
            return found
        time.sleep(0.02)
    raise AssertionError(f"the job did not end: {importing.job(name)}")


def reached(name: str, step: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = importing.job(name)
        if found is not None and found.step == step:
            return
        time.sleep(0.02)
    raise AssertionError(f"never {step}")


def begun(content: bytes = b"x") -> str:
    return importing.begin_import(content, NAME, "fil", about=About(title=WORD), answers={})


def test_a_job_tells_its_steps_and_its_outcome(script: Script) -> None:
    script(
        "say(step='gate', fraction=0.4)\n"
        "say(state='done', step='use', fraction=1, outcome={'added': len(content)})\n"
    )
    name = begun(b"12345")
    found = ended(name)
    assert (found.state, found.outcome, found.kind) == ("done", {"added": 5}, "fil")
    assert importing.running() is None


def test_findings_of_a_refusal_come_through_the_pipe(script: Script) -> None:
    script(
        "say(state='refused', message='Nej', findings=[{'level': 'error', 'code': 'gate', "
        "'text': 'Et tal', 'where': 'række 3', 'value': '4'}])\n"
    )
    found = ended(begun())
    assert (found.state, found.message) == ("refused", "Nej")
    assert found.findings == (Told("error", "gate", "Et tal", "række 3", "4"),)


def test_only_one_job_runs_at_a_time(script: Script) -> None:
    script("say(step='check')\ntime.sleep(60)\n")
    name = begun()
    assert importing.running() == importing.job(name)
    with pytest.raises(UserError, match="allerede en import i gang"):
        importing.begin_undo("a" * 12)
    importing.cancel(name)
    assert ended(name).state == "cancelled"
    script("say(state='done')\n")
    assert ended(importing.begin_undo("a" * 12)).state == "done"


def test_a_cancelled_job_takes_its_children_with_it(script: Script) -> None:
    script(
        "import subprocess\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "say(step='build', message=str(child.pid))\ntime.sleep(60)\n"
    )
    name = begun()
    reached(name, "build")
    found = importing.job(name)
    assert found is not None
    child = int(found.message)
    importing.cancel(name)
    assert "Afbrudt. Intet er ændret" in ended(name).message
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _runs(child):
        time.sleep(0.05)
    assert not _runs(child)


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_what_is_being_taken_into_use_is_not_stopped_halfway(script: Script) -> None:
    script(
        "from queries.imports.worker import Teller\n"
        "import signal\n"
        "teller = Teller(request['job'], request['kind'])\n"
        "teller.step('use', 0.95)\n"
        "time.sleep(1)\n"
        "teller.end('done', outcome={'version': 'abc'})\n"
    )
    name = begun()
    reached(name, "use")
    importing.cancel(name)
    found = ended(name)
    assert (found.state, found.outcome) == ("done", {"version": "abc"})


def test_a_job_that_takes_too_long_is_stopped(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SECONDS", 0.5)
    script("import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)\n")
    found = ended(begun())
    assert found.state == "timeout"
    assert "tog for længe" in found.message


@pytest.mark.parametrize("end", ["os._exit(3)", "raise ValueError(content)", "print('ikke json')"])
def test_a_process_that_dies_is_told_in_danish(script: Script, end: str) -> None:
    script(f"say(step='gate')\n{end}\n")
    found = ended(begun(WORD.encode()))
    assert found.state == "failed"
    assert "fejl i programmet" in found.message
    assert WORD not in repr(found)


def test_another_server_finds_the_job_by_its_file(
    script: Script, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is loaded anew by a server that was started anew, while the job runs on."""
    script(
        "sys.argv = ['queries.imports.worker']\n"
        "from queries.imports.worker import Teller\n"
        "teller = Teller(request['job'], request['kind'])\n"
        "teller.step('gate', 0.5)\n"
        "time.sleep(60)\n"
    )
    # What runs is told from what has its number by now by the words of its command.
    real = boundary._command("job")
    monkeypatch.setattr(boundary, "_command", lambda _: [*real, "queries.imports.worker"])
    name = begun()
    reached(name, "gate")
    kept = dict(jobs._jobs)
    jobs._jobs.clear()
    found = importing.job(name)
    assert found is not None
    assert (found.state, found.step, found.fraction) == ("running", "gate", 0.5)
    assert importing.running() == found
    importing.cancel(name)
    kept[name].process.wait(timeout=10)
    stopped = importing.job(name)
    assert stopped is not None
    assert stopped.state == "stopped"
    assert "før den var færdig" in stopped.message
    assert importing.running() is None
    files = list((data / "import" / "jobs").iterdir())
    assert [path.stat().st_mode & 0o777 for path in files] == [0o600]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 16, "", "A" * 16, "a" * 17])
def test_a_job_that_is_not_known(data: Path, name: str) -> None:
    assert importing.job(name) is None
    importing.cancel(name)
    assert not list(data.iterdir())


def request(kind: str, **more: Any) -> bytes:
    return json.dumps({"job": "0" * 16, "kind": kind, **more}).encode() + b"\n" + WORD.encode()


def said(capfdbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("error", "state", "message"),
    [
        (UserError(f"Rettes: {WORD}"), "refused", f"Rettes: {WORD}"),
        (MemoryError(), "failed", worker.TOO_LARGE),
        (KeyError(WORD), "failed", "Fejl i programmet (KeyError"),
    ],
    ids=["user_error", "memory_error", "key_error"],  # the word is another in every process
)
def test_what_the_process_says_of_an_error(
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    error: Exception,
    state: str,
    message: str,
) -> None:
    def fails(*_: Any) -> None:
        raise error

    monkeypatch.setattr("queries.imports.inspect.carry_out", fails)
    worker.run(request("fil"))
    last = said(capfdbinary)[-1]
    assert last["state"] == state
    assert last["message"].startswith(message)
    written = (data / "import" / "jobs" / f"{'0' * 16}.json").read_text()
    assert WORD not in written
    if state == "failed":
        assert WORD not in last["message"]


def test_a_refusal_leaves_no_findings_in_the_file(
    data: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def refuses(*_: Any) -> None:
        raise ImportRefusedError(WORD, [Finding("error", "x", WORD, WORD, 3, "B", NUMBER)])

    monkeypatch.setattr("queries.imports.inspect.carry_out", refuses)
    worker.run(request("fil"))
    last = said(capfdbinary)[-1]
    assert last["findings"][0]["where"] == f"ark »{WORD}«, række 3, kolonne B"
    written = (data / "import" / "jobs" / f"{'0' * 16}.json").read_text()
    assert json.loads(written)["state"] == "refused"
    assert WORD not in written
    assert NUMBER not in written


def test_nor_does_a_result(
    data: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A warning that was said yes to quotes a number that nobody has published."""
    found = {"level": "warning", "code": "unusual_jump", "text": f"{WORD} er {NUMBER}"}
    outcome = {"status": "imported", "hidden": 4, "findings": [found]}
    monkeypatch.setattr("queries.imports.inspect.carry_out", lambda *_: dict(outcome))
    worker.run(request("fil"))
    assert said(capfdbinary)[-1]["outcome"] == outcome
    written = (data / "import" / "jobs" / f"{'0' * 16}.json").read_text()
    assert json.loads(written)["outcome"] == {"status": "imported", "hidden": 4}
    assert WORD not in written
    assert NUMBER not in written


def test_old_files_of_jobs_are_forgotten(
    data: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = data / "import" / "jobs"
    folder.mkdir(parents=True)
    for name, age in (("a" * 16, 8), ("b" * 16, 6)):
        (folder / f"{name}.json").write_text("{}")
        then = time.time() - age * 86_400
        os.utime(folder / f"{name}.json", (then, then))
    monkeypatch.setattr("queries.imports.inspect.carry_out", lambda *_: {"status": "unchanged"})
    worker.run(request("fortryd", import_id="x"))
    assert said(capfdbinary)[-1]["outcome"] == {"status": "unchanged"}
    assert {path.stem for path in folder.iterdir()} == {"b" * 16, "0" * 16}


def raised(call: Callable[[], object]) -> str:
    """What is left of an error where somebody logs all of it."""
    with pytest.raises(UserError) as refused:
        call()
    error: BaseException | None = refused.value
    left = []
    while error is not None:
        left += [*traceback.format_exception(error), repr(error), repr(vars(error))]
        error = error.__cause__ or error.__context__
    return "".join(left)


def test_a_look_that_takes_too_long_is_given_up(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data
    monkeypatch.setattr(boundary, "SECONDS", 0.01)
    left = raised(lambda: importing.inspect(WORD.encode(), NAME, "fil"))
    assert "Det tog mere end" in left
    assert WORD not in left
    assert NAME not in left


def test_a_process_of_looking_that_dies_is_an_error_in_danish(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    left = raised(lambda: importing.inspect(WORD.encode(), NAME, "fil"))
    assert "processen stoppede" in left
    assert WORD not in left


def test_a_file_that_is_too_large_is_not_even_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary, "MOST_BYTES", 3)
    monkeypatch.setattr(subprocess, "run", None)
    for call in (lambda: importing.inspect(b"1234", NAME, "fil"), lambda: begun(b"1234")):
        assert "fylder mere end" in raised(call)


def test_neither_arguments_nor_environment_hold_anything(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data
    calls: list[tuple[Any, dict[str, Any]]] = []

    def spied(arguments: Any, **more: Any) -> Any:
        calls.append((arguments, more))
        raise OSError("not started")

    monkeypatch.setattr(subprocess, "run", spied)
    monkeypatch.setattr(subprocess, "Popen", spied)
    about = About(title=WORD)
    with pytest.raises(OSError, match="not started"):
        importing.inspect(NUMBER.encode(), NAME, "fil", about=about, answers={WORD: NUMBER})
    with pytest.raises(OSError, match="not started"):
        begun(NUMBER.encode())
    assert len(calls) == 2
    for arguments, more in calls:
        shown = repr(arguments) + repr(more["env"])
        assert not any(mark in shown for mark in (WORD, NAME, NUMBER))
        assert more["stderr"] == subprocess.DEVNULL


def test_records_go_through_json_and_print_nothing() -> None:
    seen = Inspection(
        form="CSV",
        remarks=(WORD,),
        preview=((WORD, NUMBER),),
        columns=(told.Column("A", WORD, "area", "k"),),
        questions=(Question("k", WORD, (("a", WORD),), "a", WORD, asked=True, free=True),),
        findings=(Told("error", "x", WORD, WORD, NUMBER),),
        series=(told.Series("i", "2017M06", "alle", 1, 2, 3, 4, 5),),
        about=About(title=WORD, is_published=False),
        refused=b"\xef\xbb\xbf" + WORD.encode(),
        can_import=True,
    )
    assert told.inspection(json.loads(json.dumps(told.plain(seen)))) == seen
    progress = Progress("j", "fil", "refused", message=WORD, findings=seen.findings)
    assert told.progress(json.loads(json.dumps(told.plain(progress)))) == progress
    for record in (seen, progress, *seen.questions, *seen.columns, *seen.findings):
        assert WORD not in repr(record)
        assert NUMBER not in repr(record)


def test_the_web_process_loads_no_reader() -> None:
    code = (
        "import sys; import queries; print(sorted(m for m in sys.modules if m.startswith(("
        "'queries.imports.inspect', 'queries.imports.run', 'queries.imports.of_', "
        "'queries.imports.store', 'queries.sources.spreadsheet', 'queries.sources.documents', "
        "'queries.sources.http', 'pypdf', 'requests'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_looking_leaves_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever comes of it: no file of the process, and nothing in the log."""
    caplog.set_level(logging.DEBUG)
    for variable in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):
        (data / variable).mkdir()
        monkeypatch.setenv(variable, str(data / variable))
    content = f"Kommune;{WORD}\nHolbæk;{NUMBER}\n".encode()
    for kind in ("fil", "svar", "register", WORD[:8]):
        with contextlib.suppress(UserError):
            importing.inspect(content, NAME, kind)
    assert [path for path in data.rglob("*") if path.is_file()] == []
    assert WORD not in caplog.text
