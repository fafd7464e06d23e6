"""A counting relay on this machine: what passes between a browser and a server, as sent.

A browser's own tools tell the size of WebSocket messages before compression; here the bytes are
counted on the connection itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

_REQUEST = re.compile(rb"(?:^|\n)(?:GET|POST) (\S+) HTTP/1\.1\r\n")
_SOCKET = b"/_stcore/stream"
_CHUNK = 65536


@dataclass
class Traffic:
    """Bytes in each direction; TCP's own headers are not counted."""

    up: int = 0
    down: int = 0

    @property
    def both(self) -> int:
        """All bytes."""
        return self.up + self.down


@dataclass
class Relay:
    """What has passed so far: over WebSockets, over HTTP, and the paths asked for."""

    port: int = 0
    socket: Traffic = field(default_factory=Traffic)
    http: Traffic = field(default_factory=Traffic)
    paths: list[str] = field(default_factory=list)
    last: float = 0.0

    def reset(self) -> None:
        """Count from zero."""
        self.socket, self.http, self.paths = Traffic(), Traffic(), []

    @property
    def both(self) -> int:
        """All bytes, in both directions."""
        return self.socket.both + self.http.both

    def quiet_for(self, seconds: float) -> bool:
        """Whether nothing has passed for so long."""
        return time.monotonic() - self.last >= seconds


@contextlib.contextmanager
def counting(upstream: int) -> Iterator[Relay]:
    """Relay a free port of this machine to the port `upstream`, counting, until the block ends."""
    relay, ready, stop = Relay(), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        server = await asyncio.start_server(
            lambda r, w: _connection(relay, upstream, r, w), "127.0.0.1", 0
        )
        relay.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield relay
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)


async def _connection(
    relay: Relay, upstream: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    far_reader, far_writer = await asyncio.open_connection("127.0.0.1", upstream)
    is_socket = False

    async def up() -> None:
        nonlocal is_socket
        while data := await reader.read(_CHUNK):
            if not is_socket:
                found = _REQUEST.findall(data)
                relay.paths += [path.decode("latin-1") for path in found]
                is_socket = any(path.startswith(_SOCKET) for path in found)
            (relay.socket if is_socket else relay.http).up += len(data)
            relay.last = time.monotonic()
            far_writer.write(data)
            await far_writer.drain()
        far_writer.close()

    async def down() -> None:
        while data := await far_reader.read(_CHUNK):
            (relay.socket if is_socket else relay.http).down += len(data)
            relay.last = time.monotonic()
            writer.write(data)
            await writer.drain()
        writer.close()

    with contextlib.suppress(OSError, asyncio.CancelledError):
        await asyncio.gather(up(), down())
    for end in (writer, far_writer):
        end.close()
