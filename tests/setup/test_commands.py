"""The two commands as a newcomer runs them, with stand-ins for what takes long."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import serve
from options import Options, parse
from terminal import SetupError

from tests.setup.conftest import ROOT, Checkout

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins need symbolic links")


STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def heed_signals() -> None:
    """Undo that these tests themselves may run in the background or under nohup."""
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)


class Started(subprocess.Popen[str]):
    """A command on a Python without any packages (-S: no site-packages), ended with its test."""

    def __init__(self, checkout: Checkout, *arguments: str) -> None:
        super().__init__(
            [sys.executable, "-S", *arguments],
            cwd=checkout.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            preexec_fn=heed_signals,
        )

    def __exit__(self, *error: object) -> None:
        self.terminate()
        self.communicate(timeout=10)


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def free_port() -> int:
    with taken_port() as port:
        return port


@pytest.mark.parametrize("stop", STOPS)
def test_the_dashboard_is_served_until_it_is_stopped(
    checkout: Checkout, stop: signal.Signals
) -> None:
    port = free_port()
    with Started(checkout, "dashboard.py", "--port", str(port)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == f"Indsatsatlas kører på http://localhost:{port}\n"
        assert checkout.calls == ["queries build --if-needed"]
        assert serve.answers(Options(port=port))
        process.send_signal(stop)
        # Not communicate(): the lines read ahead with the first one would be lost.
        out, err = process.stdout.read(), process.stderr.read()
        assert (process.wait(10), err) == (0, "")
        lines = [line for line in out.splitlines() if line]
        assert lines == ["Stop med Ctrl+C.", "Indsatsatlas er stoppet."]
        assert not serve.answers(Options(port=port))
        log = checkout.root / ".data" / "log" / f"server-{port}.log"
        assert log.read_text(encoding="utf-8").startswith("English banner")


def test_a_server_that_cannot_start_is_one_message(checkout: Checkout) -> None:
    checkout.module("streamlit", "raise ValueError('bad config')")
    with Started(checkout, "dashboard.py", "--port", str(free_port())) as process:
        out, err = process.communicate(timeout=10)
        assert (process.returncode, out) == (1, "")
        assert err.startswith(
            "Fejl: Serveren kunne ikke starte: ValueError: bad config Alle detaljer"
        )
        assert "Traceback" not in err


def test_a_running_server_complains_on_the_terminal(checkout: Checkout) -> None:
    served = (checkout.root / "streamlit" / "__main__.py").read_text(encoding="utf-8")
    late = "import threading; threading.Timer(1, lambda: print('page failed', flush=True)).start()"
    checkout.module("streamlit", f"{late}\n{served}")
    with Started(checkout, "dashboard.py", "--port", str(free_port())) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "page failed\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_a_failed_build_serves_nothing(checkout: Checkout) -> None:
    checkout.records("queries", code=1)
    with Started(checkout, "dashboard.py", "--port", str(free_port())) as process:
        out, err = process.communicate(timeout=10)
        assert (process.returncode, out) == (1, "")
        assert err.startswith("Fejl: Datavarehuset kunne ikke bygges")


def test_a_taken_port_is_named_and_another_offered(checkout: Checkout) -> None:
    with (
        taken_port() as port,
        Started(checkout, "dashboard.py", "--port", str(port)) as process,
    ):
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (1, "")
    assert err == (
        f"Fejl: Port {port} er optaget. Kører Indsatsatlas allerede, så åbn "
        f"http://localhost:{port}. Ellers vælg en anden port: "
        f"python3 dashboard.py --port {port + 1}\n"
    )
    assert not (checkout.root / "calls.txt").exists()


def test_an_address_of_another_machine_is_refused() -> None:
    # 192.0.2.0/24 is set aside for documentation: no machine has it.
    with pytest.raises(SetupError, match=r"adressen »192\.0\.2\.1«"):
        serve.check_port(Options(host="192.0.2.1", port=free_port()))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], Options("localhost", 8501)),
        (["--port", "80"], Options("localhost", 80)),
        (["--host=0.0.0.0", "--port=65535"], Options("0.0.0.0", 65535)),
        (["--hjælp"], Options(help=True)),
    ],
)
def test_options(arguments: list[str], expected: Options) -> None:
    assert parse(arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--port", "0"], "helt tal fra 1 til 65535, men var »0«"),
        (["--port=x"], "helt tal fra 1 til 65535, men var »x«"),
        (["--port"], "mangler en værdi efter --port"),
        (["--prot", "1"], "Ukendt tilvalg: --prot"),
    ],
)
def test_wrong_options_are_named(arguments: list[str], message: str) -> None:
    with pytest.raises(SetupError, match=message):
        parse(arguments)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://localhost:8501"),
        ("::1", "http://[::1]:8501"),
        ("atlas.kommune.example", "http://atlas.kommune.example:8501"),
    ],
)
def test_the_address_to_open(host: str, url: str) -> None:
    assert Options(host=host).url == url


@pytest.fixture
def tools(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A checkout where every tool of `python3 tests` only notes that it was called."""
    (checkout.root / "tests" / "queries").mkdir(parents=True)
    for source in ("__init__.py", "__main__.py"):
        text = (ROOT / "tests" / source).read_text(encoding="utf-8")
        (checkout.root / "tests" / source).write_text(text, encoding="utf-8")
    # Would hide the package queries if tests/ came first on the path.
    (checkout.root / "tests" / "queries" / "__init__.py").write_text("raise RuntimeError('hidden')")
    for name in ("ruff", "mypy", "pytest"):
        checkout.records(name)
    monkeypatch.setenv("CHROMIUM", sys.executable)
    return checkout


WHOLE_RUN = "pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder"
CHECKS = ["ruff check .", "ruff format --check .", "mypy .setup ."]


def test_every_check_and_every_test_runs(tools: Checkout) -> None:
    with Started(tools, "tests") as process:
        out, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (0, "")
        assert tools.calls == [
            "queries build --if-needed",
            *CHECKS,
            WHOLE_RUN,
        ]
        assert out.splitlines() == ["== ruff check", "== ruff format", "== mypy", "== pytest"]


@pytest.mark.parametrize("failing", ["ruff", "mypy", "pytest", "queries"])
def test_one_failure_is_enough_and_stops_nothing(tools: Checkout, failing: str) -> None:
    tools.records(failing, code=1)
    with Started(tools, "tests") as process:
        _, err = process.communicate(timeout=20)
        assert process.returncode == 1
        assert len(tools.calls) == 5
        named = {"ruff": "ruff check, ruff format", "queries": "datavarehus"}.get(failing, failing)
        assert err.endswith(f"Fejl: ikke bestået: {named}\n")


def test_arguments_go_to_pytest_alone(tools: Checkout) -> None:
    with Started(tools, "tests", "tests/queries", "-k", "a or b") as process:
        process.communicate(timeout=20)
        assert process.returncode == 0
        assert tools.calls == ["queries build --if-needed", "pytest tests/queries -k a or b"]


def test_a_missing_chromium_fails_aloud_and_stops_nothing(
    tools: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", "/findes/ikke")
    with Started(tools, "tests") as process:
        _, err = process.communicate(timeout=20)
        assert process.returncode == 1
        assert "CHROMIUM peger på »/findes/ikke«" in err
        assert err.endswith("Fejl: ikke bestået: Chromium\n")
        assert tools.calls[-1] == WHOLE_RUN


def test_ci_runs_the_line_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "python3 tests"
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "python3 tests" in readme
    assert "python3 dashboard.py" in readme
