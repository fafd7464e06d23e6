"""Services on the loopback address that tests ask: made per test, and as hostile as they like."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What is sent: `length` is the Content-Length (None: none), `parts` follow `body`."""

    body: bytes = b"{}"
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = -1
    parts: Callable[[], Iterator[bytes]] | None = None


@dataclass
class Asked:
    """One request as the service got it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Service:
    """A running service: its address, and what it was asked."""

    base: str
    asked: list[Asked]
    most_at_once: int = 0


@contextmanager
def serving(answer: Callable[[Asked, int], Reply]) -> Iterator[Service]:
    """Serve `answer(request, its number from 1)` on a free port while the block runs."""
    service = Service("", [])
    lock, now = threading.Lock(), [0]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            with lock:
                now[0] += 1
                service.most_at_once = max(service.most_at_once, now[0])
                size = int(self.headers.get("Content-Length") or 0)
                asked = Asked(self.path, dict(self.headers.items()), self.rfile.read(size))
                service.asked.append(asked)
                number = len(service.asked)
            try:
                self.send(answer(asked, number))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                with lock:
                    now[0] -= 1

        do_POST = do_GET  # noqa: N815

        def send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            if reply.kind:
                self.send_header("Content-Type", reply.kind)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.length is not None:
                length = len(reply.body) if reply.length == -1 else reply.length
                self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(reply.body)
            for part in reply.parts() if reply.parts else ():
                self.wfile.write(part)
            if reply.length != -1:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    service.base = f"http://127.0.0.1:{server.server_port}/v3"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
