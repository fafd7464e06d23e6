"""The HTML shell: what is rewritten, and which answers are left alone."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from email.utils import formatdate
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.types import Message, Scope
from streamlit import file_util

from pages.components.browser_modules import module_address
from pages.frame.shell import DanishShell, ShellChangedError, danish_shell, is_page_path
from tests.pages.frame.asgi import ask

INDEX = Path(file_util.get_static_dir()) / "index.html"
VERSION = "0123456789abcdef"
SHELL = danish_shell(INDEX.read_text(encoding="utf-8"), VERSION)
SEEN: list[Request] = []


async def _streamlit(scope: Scope, receive: object, send: object) -> None:
    """Like Streamlit: index.html for every address that nobody else knows."""
    SEEN.append(Request(scope))
    response: Response = FileResponse(INDEX, headers={"set-cookie": "_xsrf=1"})
    if scope["path"].startswith("/_stcore/health"):
        response = PlainTextResponse("ok")
    await response(scope, receive, send)  # type: ignore[arg-type]  # narrowed by the caller


async def _own_page(_: Request) -> Response:
    return HTMLResponse("<title>Data</title>")


INNER = Starlette(routes=[Route("/data/", _own_page), Mount("/", _streamlit)])
APP = DanishShell(INNER, INDEX, VERSION)


def test_the_shell_is_danish() -> None:
    assert '<html lang="da">' in SHELL
    assert re.findall("<title>.*</title>", SHELL) == ["<title>Indsatsatlas</title>"]
    assert "skal bruge JavaScript" in SHELL
    text = re.sub(r'(src|href)="[^"]*"', "", SHELL)
    english = ("You need to enable JavaScript", "Streamlit", "service-desc", "agent")
    assert [word for word in english if word in text] == []


def test_everything_comes_from_the_version_and_nothing_from_elsewhere() -> None:
    addresses = re.findall(r'(?:src|href)="([^"]+)"', SHELL)
    assert len(addresses) > 60
    elsewhere = {a for a in addresses if not a.startswith(f"/static/{VERSION}/")}
    assert elsewhere == {"/data/", module_address("words.js")}


def test_no_inline_script_or_style_is_left() -> None:
    assert re.findall(r"<script(?![^>]*\bsrc=)", SHELL) == []
    assert "<style" not in SHELL


def test_start_script_runs_before_the_modules() -> None:
    assert SHELL.index("/frame/start.js") < SHELL.index('type="module"')


def test_a_changed_shell_is_refused() -> None:
    html = INDEX.read_text(encoding="utf-8")
    with pytest.raises(ShellChangedError, match="<title>Streamlit</title>"):
        danish_shell(html.replace("<title>Streamlit</title>", ""), VERSION)
    with pytest.raises(ShellChangedError, match="main script"):
        danish_shell(html.replace("./static/js/index.", "./static/js/main."), VERSION)


@pytest.mark.parametrize("path", ["/", "/passive", "/findes-ikke", "/index.html"])
def test_a_page_gets_the_danish_shell(path: str) -> None:
    answer = ask(APP, path)
    assert answer.status == 200
    assert bool(answer.body.decode() == SHELL)  # a diff of the whole page would take minutes
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["set-cookie"] == "_xsrf=1"
    assert "last-modified" not in answer.headers


def test_the_shell_is_asked_for_whole_and_unconditionally() -> None:
    ask(
        APP,
        "/passive",
        accept_encoding="gzip",
        if_none_match='"x"',
        if_modified_since=formatdate(usegmt=True),
        range="bytes=0-9",
        cookie="a=b",
    )
    assert dict(SEEN[-1].headers) == {"cookie": "a=b"}


def test_an_unchanged_shell_is_not_sent_again() -> None:
    etag = ask(APP, "/passive").headers["etag"]
    again = ask(APP, "/kilder", if_none_match=etag)
    assert (again.status, again.body) == (304, b"")


def test_head() -> None:
    head = ask(APP, "/passive", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(SHELL.encode()))


@pytest.mark.parametrize("path", ["/a/b", "/komponenter/x/y.js", "/data/x/y", "/app/static/x"])
def test_a_deep_path_nobody_knows_leads_to_a_page(path: str) -> None:
    browser = ask(APP, path, accept="text/html,*/*")
    assert (browser.status, browser.headers["location"]) == (307, "/siden-findes-ikke")
    program = ask(APP, path, accept="*/*")
    assert (program.status, program.body.decode()) == (404, "Siden findes ikke.\n")


def test_streamlits_own_paths_are_never_redirected() -> None:
    assert ask(APP, "/_stcore/health", accept="text/html").body == b"ok"
    assert ask(APP, "/passive/_stcore/x", accept="text/html").status == 404


@pytest.mark.parametrize("path", ["/_stcore/agent/openapi.json", "/_stcore/metrics"])
def test_closed_paths_do_not_reach_streamlit(path: str) -> None:
    before = len(SEEN)
    assert ask(APP, path, method="POST").status == 404
    assert ask(APP, path).status == 404
    assert len(SEEN) == before


def test_own_pages_are_left_alone() -> None:
    assert ask(APP, "/data/").body == b"<title>Data</title>"


@pytest.mark.parametrize(
    ("refusal", "danish"),
    [
        (Response("Bad Request", 400), "Adressen er ikke gyldig.\n"),  # without a type
        (PlainTextResponse("Not Found", 404), "Siden findes ikke.\n"),
        (
            PlainTextResponse("XSRF token missing or invalid", 403),
            "Forbindelsen er udløbet. Genindlæs siden, og prøv igen.\n",
        ),
    ],
)
def test_a_refusal_is_danish_and_keeps_its_status(refusal: Response, danish: str) -> None:
    refusal.headers["x-own"] = "kept"
    answer = ask(DanishShell(refusal, INDEX, VERSION), "/a")
    assert (answer.status, answer.body.decode()) == (refusal.status_code, danish)
    assert answer.headers.getlist("content-type") == ["text/plain; charset=utf-8"]
    assert answer.headers.getlist("content-length") == [str(len(danish.encode()))]
    assert answer.headers["x-own"] == "kept"


def test_a_wrong_method_is_refused_in_danish() -> None:
    inner = Starlette(routes=[Route("/data/", _own_page)])
    answer = ask(DanishShell(inner, INDEX, VERSION), "/data/", method="POST")
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert answer.body.decode() == "Adressen kan ikke bruges på den måde.\n"


async def _parts() -> AsyncIterator[str]:
    yield "Not Found"
    yield ", or is it?"


@pytest.mark.parametrize(
    ("inner", "body"),
    [
        (PlainTextResponse("Not Found"), b"Not Found"),  # 200
        (PlainTextResponse("Not Found", 500), b"Not Found"),
        (PlainTextResponse("Kendt fejl", 404), b"Kendt fejl"),
        (PlainTextResponse("Bad Reward!", 400), b"Bad Reward!"),  # as long as a known one
        (HTMLResponse("Not Found", 404), b"Not Found"),
        (JSONResponse("Not Found", 404), b'"Not Found"'),
        (PlainTextResponse("Not Found", 404, {"content-encoding": "x"}), b"Not Found"),
        (StreamingResponse(_parts(), 404, media_type="text/plain"), b"Not Found, or is it?"),
    ],
)
def test_other_answers_are_not_translated(inner: Response, body: bytes) -> None:
    answer = ask(DanishShell(inner, INDEX, VERSION), "/a")
    assert (answer.status, answer.body) == (inner.status_code, body)
    assert list(answer.headers.raw) == list(inner.raw_headers)


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_other_scopes_pass_untouched(kind: str) -> None:
    seen: list[tuple[Scope, object, object]] = []

    async def inner(scope: Scope, receive: object, send: object) -> None:
        seen.append((scope, receive, send))

    async def receive() -> Message:
        return {"type": f"{kind}.receive"}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    scope: Scope = {"type": kind, "path": "/a/b", "headers": []}
    asyncio.run(_call(DanishShell(inner, INDEX, VERSION), scope, receive, send))
    assert seen == [(scope, receive, send)]
    assert seen[0][0] is scope


async def _call(app: DanishShell, scope: Scope, receive: object, send: object) -> None:
    await app(scope, receive, send)  # type: ignore[arg-type]  # as the server calls it


@pytest.mark.parametrize(
    ("path", "is_page"), [("/", True), ("/passive", True), ("/passive/", True), ("/a/b", False)]
)
def test_is_page_path(path: str, *, is_page: bool) -> None:
    assert is_page_path(path) is is_page
