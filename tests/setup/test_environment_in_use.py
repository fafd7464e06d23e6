"""An environment that a server runs in is not replaced under it. Real processes, no network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import environment
import pytest
import serve
from environment import Layout, Stamp, ensure, interpreter, is_ready, used
from filelock import exclusive, shared
from options import Options
from terminal import SetupError

from pages.frame.environment_in_use import environment_in_use
from tests.setup.conftest import Checkout
from tests.setup.test_commands import Started, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins need symbolic links")

SERVED = "Indsatsatlas kører på http://localhost:{}\n"


class TakenError(Exception):
    """Another has the lock."""


def taken() -> None:
    raise TakenError


def change_lock(checkout: Checkout) -> None:
    """Ask for other packages than those installed: none, so that pip needs no network."""
    (checkout.root / "requirements.lock").write_text("# none\n", encoding="utf-8")


@contextmanager
def serving(checkout: Checkout, port: int) -> Iterator[Started]:
    with Started(checkout, "dashboard.py", "--port", str(port)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == SERVED.format(port)
        yield process


def refused(checkout: Checkout) -> str:
    """Start once more; return what it says on its way out."""
    with Started(checkout, "dashboard.py", "--port", str(free_port())) as process:
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out) == (1, "")
    return err


def refusal(layout: Layout) -> str:
    return (
        f"Fejl: Python-miljøet i {layout.venv} passer ikke længere til projektet og skal laves på "
        "ny, men en server, der er startet fra samme mappe, bruger det. Intet er ændret. "
        "Stop serveren (Ctrl+C i det vindue, hvor den kører), og kør kommandoen igen.\n"
    )


def test_a_changed_lock_waits_for_the_server_to_stop(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    layout, port = Layout(checkout.root), free_port()
    old, stamp = layout.venv / "old", Stamp.read(layout.venv)
    old.touch()
    with serving(checkout, port) as first:
        change_lock(checkout)
        assert refused(checkout) == refusal(layout)
        assert old.exists()
        assert Stamp.read(layout.venv) == stamp
        assert serve.answers(Options(port=port))
        first.send_signal(signal.SIGINT)
        assert first.wait(10) == 0
    again = free_port()
    with Started(checkout, "dashboard.py", "--port", str(again)) as second:
        assert second.stdout is not None
        told = [second.stdout.readline() for _ in range(2)]
        assert told[0].startswith("Fjerner det gamle eller ufærdige Python-miljø")
        assert told[1].startswith("Gør Python-miljøet klar")
        assert SERVED.format(again) in iter(second.stdout.readline, "")
        assert not old.exists()
        assert is_ready(layout, tests=False)


def test_a_server_whose_start_was_killed_is_still_heeded(checkout: Checkout) -> None:
    layout, port = Layout(checkout.root), free_port()
    noted = checkout.root / "server.pid"
    served = (checkout.root / "streamlit" / "__main__.py").read_text(encoding="utf-8")
    note = f"import os, pathlib; pathlib.Path({str(noted)!r}).write_text(str(os.getpid()))"
    checkout.module("streamlit", f"{note}\n{served}")
    with serving(checkout, port) as first:
        server = int(noted.read_text(encoding="utf-8"))
        try:
            first.kill()
            first.wait(10)
            change_lock(checkout)
            assert refused(checkout) == refusal(layout)
            assert serve.answers(Options(port=port))
        finally:
            os.kill(server, signal.SIGKILL)


def test_two_servers_share_an_environment_that_is_complete(checkout: Checkout) -> None:
    one, other = free_port(), free_port()
    with serving(checkout, one), serving(checkout, other):
        assert serve.answers(Options(port=one))
        assert serve.answers(Options(port=other))


def test_the_tests_packages_are_added_beside_a_server(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = Layout(checkout.root)
    runtime = environment.digest(layout.requirements(tests=False))
    Stamp(interpreter(), (runtime,)).write(layout.venv)
    monkeypatch.setattr(environment, "install", lambda *_, **__: None)
    with shared(layout.in_use, taken):
        ensure(tests=True, layout=layout)
    assert is_ready(layout, tests=True)


def test_an_environment_that_changes_before_it_is_held_is_looked_at_again(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout, asked = Layout(checkout.root), []

    def ensured(*, layout: Layout) -> Path:
        asked.append(is_ready(layout, tests=False))
        stamp = layout.venv / environment.STAMP_NAME
        if len(asked) == 1:  # another start takes it away between the two looks
            stamp.rename(stamp.with_suffix(".gone"))
        else:
            stamp.with_suffix(".gone").rename(stamp)
        return layout.python

    monkeypatch.setattr(environment, "ensure", ensured)
    with used(layout=layout) as (python, _):
        assert python == layout.python
        assert asked == [True, False]
        with pytest.raises(TakenError), exclusive(layout.in_use, taken):
            pass
    with exclusive(layout.in_use, taken):
        pass


HOLDS = """
import sys
from pathlib import Path
from pages.frame.environment_in_use import environment_in_use
with environment_in_use(Path(sys.argv[1]), Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(("folder", "held"), [(".venv", True), ("elsewhere", False)])
def test_a_server_started_by_hand_holds_its_own_environment(
    tmp_path: Path, folder: str, held: bool
) -> None:
    layout = Layout(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path), str(tmp_path / folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=environment.ROOT,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"held\n"
        if held:
            with pytest.raises(TakenError), exclusive(layout.in_use, taken):
                pass
        else:
            with exclusive(layout.in_use, taken):
                pass
    with exclusive(layout.in_use, taken):  # its end lets go
        pass


def test_a_server_started_by_hand_waits_for_nobody(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    with exclusive(layout.in_use, taken), environment_in_use(tmp_path, layout.venv):
        pass


def test_a_refusal_is_a_setup_error(checkout: Checkout) -> None:
    layout = Layout(checkout.root)
    change_lock(checkout)
    with (
        shared(layout.in_use, taken),
        pytest.raises(SetupError, match=r"Stop serveren \(Ctrl\+C"),
    ):
        ensure(layout=layout)
