"""`python3 dashboard.py`: everything from a fresh checkout to a page that answers."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING

from environment import ROOT, check_python, used
from options import HELP, Options, parse
from programs import child_environment
from terminal import Progress, SetupError, guarded, say
from warehouse import build_warehouse

if TYPE_CHECKING:
    from pathlib import Path

POLL_SECONDS = 0.1
START_SECONDS = 120.0  # a slow, loaded machine; a healthy one needs two
STOP_SECONDS = 5.0


def main(arguments: list[str]) -> int:
    """Serve until Ctrl+C; return the exit code."""
    return guarded(lambda: _main(arguments))


def _main(arguments: list[str]) -> int:
    check_python()
    options = parse(arguments)
    if options.help:
        say(HELP)
        return 0
    check_port(options)  # before minutes are spent on what could not be served
    with used() as (python, lock_descriptor):
        build_warehouse(python)
        return _serve(python, options, lock_descriptor)


def check_port(options: Options) -> None:
    """Refuse a port that is taken and an address that is not this machine's."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            if os.name != "nt":  # on Windows the option hides that a port is taken
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((options.host, options.port))
    except OSError as error:
        raise SetupError(_refusal(options, error)) from error


def _refusal(options: Options, error: OSError) -> str:
    other = options.port + 1 if options.port < 65535 else 8501
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {options.port} er optaget. Kører Indsatsatlas allerede, så åbn {options.url}. "
            f"Ellers vælg en anden port: python3 dashboard.py --port {other}"
        )
    if error.errno == errno.EACCES:
        return (
            f"Port {options.port} må ikke bruges af denne bruger. "
            "Vælg en port over 1024: python3 dashboard.py --port 8501"
        )
    return (
        f"Der kan ikke svares på adressen »{options.host}« ({error}). "
        "Brug localhost, 0.0.0.0 eller en af maskinens egne adresser efter --host."
    )


def command(python: Path, options: Options) -> list[str]:
    """Return the command that starts the server; `.streamlit/config.toml` says all the rest."""
    return [
        str(python),
        *("-m", "streamlit", "run", "dashboard.py"),
        f"--server.address={options.host}",
        f"--server.port={options.port}",
    ]


def _serve(python: Path, options: Options, lock_descriptor: int) -> int:
    log = ROOT / ".data" / "log" / f"server-{options.port}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    started, stopping = threading.Event(), threading.Event()
    server = subprocess.Popen(
        command(python, options),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=child_environment(),
        # Ctrl+C is for this process alone, which then asks the server to stop.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        # Should this process be killed, the server still holds the environment.
        pass_fds=() if os.name == "nt" else (lock_descriptor,),
    )
    assert server.stdout is not None
    reader = threading.Thread(
        target=_copy, args=(server.stdout, log, started, stopping), daemon=True
    )
    try:
        reader.start()
        _await_answer(server, options, log)
        started.set()
        say(f"Indsatsatlas kører på {options.url}\nStop med Ctrl+C.")
        code = server.wait()
    except KeyboardInterrupt:
        stopping.set()
        say("\nIndsatsatlas er stoppet.")
        return 0
    finally:
        stopping.set()
        _stop(server)
        if reader.is_alive():
            reader.join(STOP_SECONDS)
    raise SetupError(f"Serveren stoppede uventet (kode {code}). Se hvorfor i {log}")


def _await_answer(server: subprocess.Popen[bytes], options: Options, log: Path) -> None:
    progress = Progress("Starter serveren")
    try:
        while not answers(options):
            if server.poll() is not None:
                raise SetupError(
                    f"Serveren kunne ikke starte: {_last_line(log)} Alle detaljer står i {log}"
                )
            if progress.elapsed > START_SECONDS:
                raise SetupError(
                    f"Serveren svarer ikke på {options.url}/healthz efter {START_SECONDS:.0f} "
                    f"sekunder. Se hvorfor i {log}, og prøv igen."
                )
            progress.tick()
            time.sleep(POLL_SECONDS)
    finally:
        progress.close()


def answers(options: Options) -> bool:
    """Say whether the server reports that it is ready (past any proxy the machine has set up)."""
    connection = http.client.HTTPConnection(options.reachable_host, options.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _copy(
    source: IO[bytes], log: Path, started: threading.Event, stopping: threading.Event
) -> None:
    """Copy the server's words to its log, and its complaints to the terminal while it runs."""
    with log.open("wb") as out:
        for line in source:
            out.write(line)
            out.flush()
            text = line.decode("utf-8", errors="replace").rstrip()
            if started.is_set() and not stopping.is_set() and text and "INFO:" not in text:
                print(text, file=sys.stderr, flush=True)


def _last_line(log: Path) -> str:
    time.sleep(POLL_SECONDS)  # the thread that copies may be a moment behind
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "ingen besked.")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    except KeyboardInterrupt:  # an impatient second Ctrl+C
        server.kill()
        server.wait()
