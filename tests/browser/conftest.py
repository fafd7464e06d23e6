"""A real server and a real browser for the tests in this folder.

Every page is watched: a request to another host than the server fails the test. The browser
prefers English, so that whatever is Danish is so by the application's doing.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).parents[2]
# A failing test may be slow; a passing one must not fail because the machine is busy.
expect.set_options(timeout=20_000)
SAMPLE_APP = Path(__file__).parent / "sample_app" / "dashboard.py"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # The dashboard under a name: no secure context, hence other rules than on localhost.
    "--host-resolver-rules=MAP atlas.test 127.0.0.1",
]
LOCAL_HOSTS = {"127.0.0.1", "localhost", "atlas.test"}
# Streamlit says in this attribute whether the script is done; skeletons are parts still loading.
READY = """() =>
  document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
  && document.querySelector("h1, [data-testid=stAlert]")
  && !document.querySelector("[data-testid=stSkeleton]")"""


def find_chromium() -> str:
    """Path of a Chromium-family browser: the variable CHROMIUM, else the first one on PATH."""
    names = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("No Chromium-family browser found: run `python3 tests`, or set CHROMIUM")
    return found


@dataclass(frozen=True)
class Server:
    """A running application; `address` has no slash at its end."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def serve(
    dashboard: Path, log: Path, data: Path | None = None, health: str = "/healthz"
) -> Iterator[Server]:
    """Serve `dashboard` on a free port with the repository's settings, until the block ends.

    `data` is the folder of the warehouse; without it the application's own. `health` is the
    address that answers when the server is ready.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(dashboard), *options],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "PYTHONUNBUFFERED": "1",
                **({"INDSATSATLAS_DATA": str(data)} if data else {}),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait_until_healthy(server, health)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(server: Server, path: str, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.address}{path}", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"The server did not start:\n{server.log.read_text(errors='replace')}")


@pytest.fixture(scope="package")
def server(warehouse_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The application itself, over the warehouse of what the repository ships."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serve(ROOT / "dashboard.py", log, data=warehouse_file.parent) as running:
        yield running


@pytest.fixture(scope="package")
def sample_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample application: every widget of the frame once (`sample_app`)."""
    with serve(SAMPLE_APP, tmp_path_factory.mktemp("sample") / "log") as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests here; each test gets contexts of its own.

    Not longer than the package: Playwright keeps an event loop running, and tests elsewhere that
    start their own would fail.
    """
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield started
        started.close()


@dataclass
class Watch:
    """What pages did that a reader does not see."""

    console_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Record the errors of all pages of `context` and their requests to other hosts."""
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.console_errors.append(str(error.error)))
        context.on("request", lambda request: self._see(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._see(socket.url)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _see(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.hostname not in LOCAL_HOSTS:
            self.foreign_requests.append(url)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Console errors and foreign requests of this test's pages; the latter fail it at the end."""
    seen = Watch()
    yield seen
    assert seen.foreign_requests == []


@pytest.fixture
def console_errors(watch: Watch) -> list[str]:
    """Errors in the console of this test's pages, so far."""
    return watch.console_errors


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[OpenPage]:
    """`open_page(url, **context options)`: a page in a new context, drawn to its end."""
    contexts: list[BrowserContext] = []

    def open_(url: str, **options: object) -> Page:
        given = {"locale": "en-US", "viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(**given)  # type: ignore[arg-type]  # Playwright's own names
        contexts.append(context)
        watch.follow(context)
        page = context.new_page()
        page.goto(url)
        ready(page)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage, server: Server) -> Page:
    """The front page of the application."""
    return open_page(server.address)


def ready(page: Page) -> None:
    """Wait until the script is done and all its elements are drawn."""
    page.wait_for_function(READY, timeout=60_000)
