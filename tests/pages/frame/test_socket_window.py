"""The pinned uvicorn takes our compression, and it looks back over a whole change of a filter."""

from __future__ import annotations

import asyncio
import random

import pytest
import uvicorn
from uvicorn.protocols.websockets import websockets_sansio_impl
from uvicorn.server import ServerState
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode

from pages.frame import socket_window


async def _nothing(scope: object, receive: object, send: object) -> None:
    """Answer nobody."""


async def _offered() -> ServerPerMessageDeflateFactory:
    """Return what a new socket of uvicorn's offers."""
    config = uvicorn.Config(_nothing, ws="websockets-sansio")
    config.load()
    socket = websockets_sansio_impl.WebSocketsSansIOProtocol(config, ServerState(), {})
    (factory,) = socket.conn.available_extensions or ()
    assert isinstance(factory, ServerPerMessageDeflateFactory)
    return factory


def test_what_was_sent_before_costs_next_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "ServerPerMessageDeflateFactory"
    monkeypatch.setattr(websockets_sansio_impl, name, getattr(websockets_sansio_impl, name))
    socket_window.widen()
    factory = asyncio.run(_offered())
    answer, extension = factory.process_request_params([("client_max_window_bits", None)], [])
    assert answer == [("client_max_window_bits", "12")]  # the server's own stays the largest
    noise = random.Random(1).randbytes(20_000)
    first, second = (len(extension.encode(Frame(Opcode.BINARY, noise)).data) for _ in range(2))
    assert first > 20_000
    assert second < 300
