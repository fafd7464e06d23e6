"""The list as the application takes it: order, and that a real application answers through it."""

from __future__ import annotations

from functools import reduce

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from pages.frame.compression import AssetStore, StaticAssets
from pages.frame.headers import SecurityHeaders
from pages.frame.middleware import MIDDLEWARE
from pages.frame.shell import DanishShell
from tests.pages.frame.asgi import ask


def _wrapped(inner: ASGIApp) -> ASGIApp:
    return reduce(lambda app, m: m.cls(app, *m.args, **m.kwargs), reversed(MIDDLEWARE), inner)


def test_order() -> None:
    """Headers outermost, so that files and redirects of the others carry them too."""
    classes: list[object] = [m.cls for m in MIDDLEWARE]
    assert classes == [SecurityHeaders, StaticAssets, DanishShell]


def test_every_kind_of_answer_has_the_security_headers() -> None:
    app = _wrapped(PlainTextResponse("inner"))
    store = MIDDLEWARE[1].kwargs["store"]
    assert isinstance(store, AssetStore)
    for path, status in (
        (f"/static/{store.version}/frame/start.js", 200),
        ("/static/nothing", 404),
        ("/_stcore/metrics", 404),
        ("/healthz", 200),
    ):
        answer = ask(app, path)
        assert answer.status == status, path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"], path
