"""The two servers that are compared: the atlas as it is served, and the plain page."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from queries.warehouse.build import build
from queries.warehouse.content import shipped_content

ROOT = Path(__file__).resolve().parents[2]
PLAIN = Path(__file__).parent / "plain_app"
START_SECONDS = 120.0
_HERE = "127.0.0.1"
# Requests to this machine must not go through a proxy that the environment names.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class MeasureError(Exception):
    """Something could not be measured; the message is Danish."""


@dataclass(frozen=True)
class Server:
    """A running server of this benchmark; `page` is the path of its map page."""

    name: str
    port: int
    pid: int
    page: str

    def cpu_seconds(self) -> float:
        """Processor time that the process has used, user and system, all threads."""
        try:
            stat = Path(f"/proc/{self.pid}/stat").read_text("ascii")
        except OSError as error:
            raise MeasureError("CPU-tid aflæses i /proc, som kun findes på Linux.") from error
        fields = stat.rpartition(")")[2].split()  # the name before it may hold spaces
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def build_data(folder: Path) -> None:
    """Build the warehouse of what the repository ships in `folder`."""
    build(shipped_content(), folder / "atlas.duckdb")


@contextlib.contextmanager
def atlas_server(data: Path) -> Iterator[Server]:
    """Serve the atlas with its own settings, on a free port."""
    with _served("Indsatsatlas", ROOT, data, "/healthz", "/passive") as server:
        yield server


@contextlib.contextmanager
def plain_server(data: Path) -> Iterator[Server]:
    """Serve the plain page with Streamlit's own settings, on a free port."""
    with _served("Enkel side", PLAIN, data, "/_stcore/health", "/") as server:
        yield server


@contextlib.contextmanager
def _served(name: str, folder: Path, data: Path, health: str, page: str) -> Iterator[Server]:
    port = _free_port()
    options = {
        "server.address": _HERE,
        "server.port": port,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    log = data / f"{folder.name}-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", "dashboard.py"),
                *(f"--{key}={value}" for key, value in options.items()),
            ],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "INDSATSATLAS_DATA": str(data)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _await_health(process, f"http://{_HERE}:{port}{health}", log)
            yield Server(name, port, process.pid, page)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await_health(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with _direct.open(address, timeout=5) as response:
                if response.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    last = log.read_text("utf-8", errors="replace").strip().rpartition("\n")[2]
    raise MeasureError(f"Serveren på {address} svarer ikke. Sidste linje i dens log: {last}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HERE, 0))
        return int(probe.getsockname()[1])
