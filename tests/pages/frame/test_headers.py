"""Security headers: their values, that they are on every answer, and that nothing is reflected."""

from __future__ import annotations

import asyncio
import logging
import re

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from pages.frame.headers import SecurityHeaders, security_headers
from tests.pages.frame.asgi import ask


def test_values() -> None:
    assert security_headers() == {
        "content-security-policy": (
            "default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; "
            "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
            "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'"
        ),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": (
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
        ),
        "cross-origin-resource-policy": "same-origin",
        "x-frame-options": "SAMEORIGIN",
    }


def test_embedding_is_a_parameter() -> None:
    assert security_headers("'none'")["x-frame-options"] == "DENY"
    intranet = security_headers("'self' https://intranet.example.dk")
    assert intranet["content-security-policy"].endswith(
        "frame-ancestors 'self' https://intranet.example.dk"
    )
    assert "x-frame-options" not in intranet  # it cannot name a host, and would forbid it


def test_every_answer_has_them_and_keeps_its_own() -> None:
    inner = PlainTextResponse("nej", 404, {"cache-control": "no-cache", "x-frame-options": "x"})
    answer = ask(SecurityHeaders(inner), "/x")
    assert (answer.status, answer.body) == (404, b"nej")
    assert answer.headers["cache-control"] == "no-cache"
    for name, value in security_headers().items():
        assert answer.headers.getlist(name) == [value]


def test_nothing_of_the_request_is_reflected() -> None:
    evil = "https://evil.example"
    answer = ask(
        SecurityHeaders(PlainTextResponse("")), f"/{evil}", host=evil, origin=evil, referer=evil
    )
    assert evil not in str(answer.headers.raw)


def test_opener_policy_goes_with_tls_only() -> None:
    app = SecurityHeaders(PlainTextResponse(""))
    assert "cross-origin-opener-policy" not in ask(app, "/").headers
    secure = ask(app, "/", x_forwarded_proto="https")
    assert secure.headers["cross-origin-opener-policy"] == "same-origin"
    assert "cross-origin-opener-policy" not in ask(app, "/", x_forwarded_proto="http, x").headers


def test_an_escaped_exception_is_answered_in_danish_by_number(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError("secret detail")

    answer = ask(SecurityHeaders(failing), "/x")
    [record] = [r for r in caplog.records if r.levelno >= logging.ERROR]
    [number] = re.findall(r"hændelsesnummer ([0-9a-f]{8}) til", answer.body.decode())
    assert record.getMessage() == f"incident {number}"
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], ZeroDivisionError)
    assert answer.status == 500
    assert answer.body.startswith("Siden kunne ikke vises på grund af en fejl".encode())
    assert b"secret detail" not in answer.body
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    for name, value in security_headers().items():
        assert answer.headers.getlist(name) == [value]


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_what_has_begun_or_is_no_request_fails_as_before(kind: str) -> None:
    sent: list[str] = []

    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ZeroDivisionError

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message["type"])

    scope: Scope = {"type": kind, "path": "/", "headers": []}
    with pytest.raises(ZeroDivisionError):
        asyncio.run(_call(SecurityHeaders(failing), scope, receive, send))
    assert sent == (["http.response.start"] if kind == "http" else [])


async def _call(app: SecurityHeaders, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)
