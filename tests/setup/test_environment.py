"""The environment: when it counts as complete, and how it is made, added to and repaired."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import environment
import pytest
from diagnosis import diagnose, no_pip
from environment import Layout, Stamp, check_python, ensure, interpreter, is_ready
from filelock import exclusive
from installing import package_count
from programs import child_environment
from terminal import Progress, SetupError, guarded

RUNTIME_LOCK = """\
# made by a tool
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:aa
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:bb
polars==2.1.0 \\
    --hash=sha256:cc
    # via numpy==1
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:dd
"""


class FakePip:
    """Makes what pip would make, and counts how often it was asked."""

    def __init__(self, *, fails: bool = False) -> None:
        self.asked: list[str] = []
        self.fails = fails

    def __call__(
        self, folder: Path, python: Path, requirements: Path, *, log: Path, lock_descriptor: int
    ) -> None:
        assert log.name == "installation.log"
        assert lock_descriptor >= 0
        self.asked.append(requirements.name)
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        (folder / "half-written").touch()
        if self.fails:
            raise SetupError("intet net")


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    (tmp_path / "requirements.lock").write_text(RUNTIME_LOCK, encoding="utf-8")
    (tmp_path / "requirements-test.lock").write_text(RUNTIME_LOCK + "# tests", encoding="utf-8")
    return Layout(tmp_path)


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> FakePip:
    fake = FakePip()
    monkeypatch.setattr(environment, "install", fake)
    return fake


def test_the_second_start_installs_nothing(layout: Layout, pip: FakePip) -> None:
    assert ensure(layout=layout) == layout.python
    with exclusive(layout.lockfile, lambda: None):  # not even the lock is waited for
        assert ensure(layout=layout) == layout.python
    assert pip.asked == ["requirements.lock"]


def test_the_tests_packages_are_added_to_the_same_environment(layout: Layout, pip: FakePip) -> None:
    ensure(layout=layout)
    kept = layout.venv / "kept"
    kept.touch()
    ensure(tests=True, layout=layout)
    assert kept.exists()
    assert pip.asked == ["requirements.lock", "requirements-test.lock"]
    ensure(layout=layout)  # everything the dashboard needs is in it too
    assert len(pip.asked) == 2


def test_an_interrupted_installation_is_made_anew(layout: Layout, pip: FakePip) -> None:
    pip.fails = True
    with pytest.raises(SetupError, match="intet net"):
        ensure(layout=layout)
    assert (layout.venv / "half-written").exists()
    assert not is_ready(layout, tests=False)
    (layout.venv / "old").touch()
    pip.fails = False
    ensure(layout=layout)
    assert not (layout.venv / "old").exists()
    assert is_ready(layout, tests=False)


def test_an_interrupted_addition_is_made_anew(layout: Layout, pip: FakePip) -> None:
    ensure(layout=layout)
    (layout.venv / "old").touch()
    pip.fails = True
    with pytest.raises(SetupError):
        ensure(tests=True, layout=layout)
    assert Stamp.read(layout.venv) is None
    pip.fails = False
    ensure(layout=layout)
    assert not (layout.venv / "old").exists()


def test_a_changed_lock_makes_the_environment_anew(layout: Layout, pip: FakePip) -> None:
    ensure(layout=layout)
    (layout.venv / "old").touch()
    layout.requirements(tests=False).write_text(RUNTIME_LOCK + "new==1\n", encoding="utf-8")
    ensure(layout=layout)
    assert not (layout.venv / "old").exists()
    assert pip.asked == ["requirements.lock", "requirements.lock"]


def test_another_python_makes_the_environment_anew(layout: Layout, pip: FakePip) -> None:
    ensure(layout=layout)
    stamp = Stamp.read(layout.venv)
    assert stamp is not None
    assert stamp.python == interpreter()
    Stamp("cpython-399-Linux-x86_64", stamp.locks).write(layout.venv)
    (layout.venv / "old").touch()
    ensure(layout=layout)
    assert not (layout.venv / "old").exists()
    assert len(pip.asked) == 2


def test_an_environment_whose_python_is_gone_is_made_anew(layout: Layout, pip: FakePip) -> None:
    ensure(layout=layout)
    layout.python.unlink()
    layout.python.symlink_to(layout.root / "uninstalled")
    assert not is_ready(layout, tests=False)
    ensure(layout=layout)
    assert len(pip.asked) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"python": "x"}', '{"python": 1, "locks": 2}'])
def test_a_broken_stamp_is_no_stamp(layout: Layout, text: str) -> None:
    layout.venv.mkdir()
    (layout.venv / environment.STAMP_NAME).write_text(text, encoding="utf-8")
    assert Stamp.read(layout.venv) is None


def test_line_ends_do_not_change_a_lock(tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix", tmp_path / "windows"
    unix.write_bytes(b"a==1\nb==2\n")
    windows.write_bytes(b"a==1\r\nb==2\r\n")
    assert environment.digest(unix) == environment.digest(windows)


def test_a_missing_lock_says_how_to_get_it_back(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"requirements\.lock mangler.*git restore"):
        ensure(layout=Layout(tmp_path))


def test_two_starts_at_once_install_once(layout: Layout, pip: FakePip) -> None:
    with exclusive(layout.lockfile, lambda: None):
        other = threading.Thread(target=ensure, kwargs={"layout": layout})
        other.start()
        other.join(0.3)
        assert other.is_alive()
        assert pip.asked == []
        pip(layout.venv, layout.python, Path("first"), log=layout.log, lock_descriptor=0)
        lock = environment.digest(layout.requirements(tests=False))
        Stamp(interpreter(), (lock,)).write(layout.venv)
    other.join(5)
    assert pip.asked == ["first"]


@pytest.mark.skipif(os.name == "nt", reason="there a lock ends with the process that took it")
def test_the_lock_lasts_as_long_as_a_child_that_writes(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with exclusive(path, lambda: None) as descriptor:
        child = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(descriptor,)
        )
    assert child.stdin is not None
    ends_child = child.stdin.close  # the first wait ends what it waits for
    with exclusive(path, ends_child):
        assert child.wait(5) is not None
    assert child.stdin.closed


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 8, 0), (2, 7, 18)])
def test_an_old_python_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(SetupError, match=r"kræver Python 3\.11 eller nyere, men .* er Python"):
        check_python(version)


def test_python_311_is_enough() -> None:
    check_python((3, 11, 0))


def test_packages_are_counted_once(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(RUNTIME_LOCK, encoding="utf-8")
    assert package_count(lock) == 2  # numpy, polars; colorama is for Windows alone


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        # A full disk may follow broken connections: the last word counts.
        ("Retrying NewConnectionError\nERROR: [Errno 28] No space left on device", "Disken blev"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "forkert kontrolsum"),
        # Without a connection pip ends by saying that there is no such package.
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError'\n"
            "ERROR: No matching distribution found for altair==6.3.0",
            "pakkekilden ikke svarer",
        ),
        ("ERROR: No matching distribution found for scipy==1.17.1", "scipy==1.17.1 findes ikke"),
        ("anything else", "Pakkerne kunne ikke lægges ind. Kør kommandoen igen."),
    ],
)
def test_a_failed_installation_is_explained(output: str, expected: str) -> None:
    assert expected in diagnose(output)


def test_a_missing_pip_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert "mangler pip" in no_pip()
    assert "sudo apt-get install python3-pip" in no_pip()


def test_children_keep_the_package_source_and_lose_a_false_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_CERT", "kept.pem")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("HOME", "")
    env = child_environment()
    assert env["PIP_CERT"] == "kept.pem"
    assert env["PIP_USER"] == "0"
    assert "HOME" not in env
    monkeypatch.setenv("HOME", str(tmp_path))
    assert child_environment()["HOME"] == str(tmp_path)


def test_a_setup_error_is_one_message(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> int:
        raise SetupError("Porten er optaget.")

    assert guarded(fails) == 1
    assert capsys.readouterr().err == "Fejl: Porten er optaget.\n"


def test_a_full_disk_and_a_foreign_folder_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    def fails(code: int) -> int:
        raise OSError(code, "English", "/a/b")

    assert guarded(lambda: fails(errno.ENOSPC)) == 1
    assert "Disken er fuld (/a/b)" in capsys.readouterr().err
    assert guarded(lambda: fails(errno.EACCES)) == 1
    assert "Der kan ikke skrives her (/a/b)" in capsys.readouterr().err
    with pytest.raises(OSError, match="English"):  # a fault of ours stays loud
        guarded(lambda: fails(errno.EBADF))


def test_an_interruption_is_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert guarded(interrupted) == 130
    assert "Afbrudt" in capsys.readouterr().out


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def ticks(stream: io.StringIO, seconds: list[float]) -> str:
    now = iter([0.0])
    moment = 0.0

    def clock() -> float:
        nonlocal moment
        moment = next(now, moment)
        return moment

    progress = Progress("Henter", stream, clock)
    for second in seconds:
        now = iter([second])
        progress.tick("3 af 9")
    progress.close()
    return stream.getvalue()


def test_two_seconds_need_no_progress() -> None:
    assert ticks(io.StringIO(), [0.5, 1.9]) == ""


def test_a_file_gets_a_line_now_and_then() -> None:
    assert ticks(io.StringIO(), [2, 5, 11.9, 12, 21]) == (
        "Henter: 3 af 9 (2 sek.)\nHenter: 3 af 9 (12 sek.)\n"
    )


def test_a_terminal_gets_one_line_that_is_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    written = ticks(Terminal(), [1, 3, 4])
    assert written == f"\r{'Henter: 3 af 9 (3 sek.)':<29}\r{'Henter: 3 af 9 (4 sek.)':<29}\n"
