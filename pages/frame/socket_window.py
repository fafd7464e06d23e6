"""Let the WebSocket's compression look back as far as it can: 32 kB instead of 4 kB.

Most of what a change of a filter sends was sent at the change before. Uvicorn looks 4 kB back, and
that is forgotten by then; it offers no setting.
"""

from __future__ import annotations

from uvicorn.protocols.websockets import websockets_sansio_impl as uvicorn_socket
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

CLIENT_WINDOW_BITS = 12
"""What a browser sends is small."""
MEMORY_LEVEL = 8
"""zlib's own: with the window some 270 kB for each open page."""


def widen() -> None:
    """Change what uvicorn offers to the sockets that open from here on."""
    setattr(uvicorn_socket, "ServerPerMessageDeflateFactory", _factory)  # noqa: B010


def _factory(**_given: object) -> ServerPerMessageDeflateFactory:
    return ServerPerMessageDeflateFactory(
        client_max_window_bits=CLIENT_WINDOW_BITS, compress_settings={"memLevel": MEMORY_LEVEL}
    )
