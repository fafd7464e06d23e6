"""Two at once: imports, and an import beside a build. One waits, and nothing is lost."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from queries.__main__ import main
from queries.imports.run import Importer, nobody_imports
from queries.imports.store import Store
from queries.warehouse import content
from queries.warehouse.content import Content
from queries.warehouse.disk import locked
from tests.queries.imports.small import ask, batch, importer, numbers, total

ROOT = Path(__file__).parents[3]
TIMES = 10
"""Imports of each of the two."""
MANY = """
import pickle, sys
from pathlib import Path
from tests.queries.imports.small import batch, importer
folder, first, times = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
made = importer(folder, pickle.loads((folder / "base").read_bytes()))
print("ready", flush=True)
sys.stdin.readline()
for number in range(first, first + times):
    made.import_batches([batch(f"20{number:02}M01", first=number)])
"""


def test_two_at_once_lose_nothing(data: Path, base: Content) -> None:
    (data / "base").write_bytes(pickle.dumps(base))
    both = [
        subprocess.Popen(
            [sys.executable, "-c", MANY, str(data), str(first), str(TIMES)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first in (10, 10 + TIMES)
    ]
    for one in both:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    assert [one.wait(timeout=300) for one in both] == [0, 0]
    made = importer(data, base)
    sums = {period: number for (period, _), number in numbers(made.target).items()}
    assert sums == {f"20{n:02}M01": total(n) for n in range(10, 10 + 2 * TIMES)}
    assert len(made.store.active()) == 2 * TIMES
    assert made.import_batches([]).before == made.import_batches([]).version
    assert made.store.runs() == []
    for one in both:
        one.communicate()


def test_the_second_says_that_it_waits(data: Path, base: Content) -> None:
    steps: list[str] = []
    made = importer(data, base, progress=lambda step, _: steps.append(step))
    entered, leave = threading.Event(), threading.Event()

    def first() -> None:
        with importer(data, base).alone():
            entered.set()
            assert leave.wait(60)

    def second() -> None:
        made.import_batches([batch()])

    threads = [threading.Thread(target=one) for one in (first, second)]
    threads[0].start()
    assert entered.wait(60)
    threads[1].start()
    until = time.monotonic() + 60
    while "wait" not in steps and time.monotonic() < until:
        time.sleep(0.01)
    assert steps == ["wait"]
    assert not made.target.exists()
    leave.set()
    for thread in threads:
        thread.join(60)
    assert steps[:2] == ["wait", "check"]
    assert list(numbers(made.target).values()) == [total(100)]


def test_a_lock_that_is_free_is_not_waited_for(tmp_path: Path) -> None:
    waited: list[int] = []
    with locked(tmp_path / "lock", lambda: waited.append(1)):
        pass
    with locked(tmp_path / "lock", lambda: waited.append(1)):
        pass
    assert waited == []


def test_a_build_waits_for_an_import_and_holds_what_it_brought(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(content, "SYNTHETIC_REGISTER", data / "none")
    inside, go_on = threading.Event(), threading.Event()

    def progress(step: str, _fraction: float) -> None:
        if step == "build":
            inside.set()
            assert go_on.wait(60)

    made = Importer(progress=progress)
    codes: list[int] = []
    importing = threading.Thread(target=lambda: made.import_batches([batch()]))
    building = threading.Thread(target=lambda: codes.append(main(["build"])))
    importing.start()
    assert inside.wait(60)
    building.start()
    time.sleep(0.3)
    assert building.is_alive()
    assert not made.target.exists()
    go_on.set()
    for thread in (importing, building):
        thread.join(120)
    assert codes == [0]
    assert "Venter på en import, der er i gang." in capsys.readouterr().err
    assert list(numbers(made.target).values()) == [total(100)]
    assert main(["build", "--if-needed"]) == 0
    assert capsys.readouterr().out == ""


def test_a_build_that_finds_a_killed_import_removes_what_it_left(
    data: Path, base: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = importer(data, base)
    made.import_batches([batch()])
    run = data / "import" / "staging" / "killed"
    run.mkdir(parents=True)
    (run / "plan.json").write_text(json.dumps(["abc", "../../atlas.duckdb"]), "utf-8")
    (data / "import" / "batches" / "abc").mkdir()
    with nobody_imports():
        assert not run.exists()
        assert not (data / "import" / "batches" / "abc").exists()
    assert [one.import_id for one in Store().active()] == [
        one.import_id for one in made.store.active()
    ]
    assert ask(made.target, "SELECT count(*) FROM import") == [(1,)]


def test_a_build_where_nobody_can_import_goes_on(data: Path) -> None:
    (data / "import").write_bytes(b"")  # a file, so that no folder can be made
    with nobody_imports():
        pass
