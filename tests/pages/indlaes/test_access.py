"""Who may see the page 'Data', case by case; and that nobody else gets anything done."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.indlaes import access
from pages.indlaes.access import PROXY_HEADERS, Request, is_local
from queries import importing
from tests.pages.running import run, text

DIRECT = {"host": "localhost:8501", "origin": "http://localhost:8501"}
PAGE = "indlaes.indlaes"


@pytest.mark.parametrize("server", ["localhost", "127.0.0.1", "::1", "127.0.0.2"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("name", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST"])
def test_the_one_at_the_machine_is_local(server: str, peer: str, name: str) -> None:
    assert is_local(Request(peer, {"host": name, "origin": f"http://{name}"}), server)


@pytest.mark.parametrize("server", ["", "0.0.0.0", "::", "192.168.1.20", "atlas.test", "None"])
def test_a_server_for_others_too_has_no_local_page(server: str) -> None:
    assert not is_local(Request("127.0.0.1", DIRECT), server)


@pytest.mark.parametrize("peer", ["", "192.168.1.20", "10.0.0.1", "2001:db8::1", "localhost.evil"])
def test_another_machine_is_not_local(peer: str) -> None:
    assert not is_local(Request(peer, DIRECT), "localhost")


@pytest.mark.parametrize("header", PROXY_HEADERS)
@pytest.mark.parametrize("value", ["127.0.0.1", "203.0.113.7", ""])
def test_a_proxied_request_is_not_local(header: str, value: str) -> None:
    assert not is_local(Request("127.0.0.1", {**DIRECT, header: value}), "localhost")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "localhost:8501"},
        {"origin": "http://localhost:8501"},
        {"host": "atlas.kommune.dk", "origin": "http://atlas.kommune.dk"},
        # A proxy that tells nothing of itself still passes on where the browser's page came from.
        {"host": "127.0.0.1:8501", "origin": "https://atlas.kommune.dk"},
        {"host": "localhost.kommune.dk", "origin": "http://localhost.kommune.dk"},
        {"host": "localhost:8501", "origin": "null"},
        {"host": "[::1", "origin": "http://[::1"},
        {"host": "kommune.dk@localhost", "origin": "http://localhost@kommune.dk"},
    ],
)
def test_another_name_or_origin_is_not_local(headers: dict[str, str]) -> None:
    assert not is_local(Request("127.0.0.1", headers), "localhost")


def test_an_unknown_request_is_not_local() -> None:
    assert not is_local(None, "localhost")


Allow = Callable[..., None]


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch) -> Allow:
    """Let the page see this setting, request and user."""

    def chosen(
        setting: str | None,
        request: Request | None = None,
        user: dict[str, Any] | None = None,
        owners: str | None = None,
        server: str = "localhost",
    ) -> None:
        for name, value in ((access.SETTING, setting), (access.OWNERS, owners)):
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        monkeypatch.setattr(access, "_request", lambda: request)
        monkeypatch.setattr(access, "_user", lambda: user)
        monkeypatch.setattr(access, "_server_address", lambda: server)

    return chosen


HERE = Request("127.0.0.1", DIRECT)
PROXIED = Request("127.0.0.1", {**DIRECT, "x-forwarded-for": "203.0.113.7"})
OWNER = {"is_logged_in": True, "email": "Ejer@Kommune.dk"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"setting": None, "request": HERE}, None),
        ({"setting": "lokal", "request": HERE}, None),
        ({"setting": " Lokal ", "request": HERE}, None),
        ({"setting": "lokal", "request": PROXIED}, access.NOT_LOCAL),
        ({"setting": "lokal", "request": HERE, "server": "0.0.0.0"}, access.NOT_LOCAL),
        ({"setting": "lokal"}, access.NOT_LOCAL),
        ({"setting": "lokal", "user": OWNER}, access.NOT_LOCAL),
        ({"setting": "fra", "request": HERE, "user": OWNER}, access.OFF),
        ({"setting": "alle", "request": HERE, "user": OWNER}, access.OFF),
        ({"setting": "", "request": HERE, "user": OWNER}, access.OFF),
        ({"setting": "login", "request": HERE}, access.NO_LOGIN),
        ({"setting": "login", "user": {}}, access.LOGIN),
        ({"setting": "login", "user": {"is_logged_in": False}}, access.LOGIN),
        ({"setting": "login", "user": {"is_logged_in": "ja"}}, access.LOGIN),
        ({"setting": "login", "user": OWNER}, None),
        ({"setting": "login", "user": OWNER, "owners": "a@b.dk, ejer@kommune.dk"}, None),
        ({"setting": "login", "user": OWNER, "owners": "a@b.dk"}, access.NOT_OWNER),
        ({"setting": "login", "user": OWNER, "owners": ""}, access.NOT_OWNER),
        ({"setting": "login", "user": OWNER, "owners": "kommune.dk"}, access.NOT_OWNER),
        ({"setting": "login", "user": {"is_logged_in": True}, "owners": ","}, access.NOT_OWNER),
        (
            {
                "setting": "login",
                "user": {**OWNER, "email_verified": False},
                "owners": "ejer@kommune.dk",
            },
            access.NOT_OWNER,
        ),
    ],
)
def test_who_may_see_it(allow: Allow, given: dict[str, Any], told: str | None) -> None:
    allow(**given)
    refused = access.refusal()
    assert (None if refused is None else refused.text) == told
    assert access.is_owner() == (told is None)
    if refused is not None:
        assert refused.can_log_in == (told == access.LOGIN)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the processes behind the page."""
    calls: list[str] = []
    for name in ("inspect", "overview", "begin_import", "begin_fetch", "begin_undo", "cancel"):
        monkeypatch.setattr(importing, name, lambda *_, name=name, **__: calls.append(name))
    return calls


@pytest.mark.parametrize("setting", ["lokal", "login", "fra"])
@pytest.mark.parametrize("part", ["indlaest", "ny", "kalender", "uenighed"])
def test_others_are_told_who_may_and_nothing_is_read(
    allow: Allow, asked: list[str], setting: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(setting, PROXIED)
    for name in ("job", "running"):
        monkeypatch.setattr(importing, name, lambda *_, name=name: asked.append(name))
    test = run(PAGE, vis=part)
    page = text(test)
    assert "Siden er" in page
    assert "INDSATSATLAS_INDLAES" in page
    assert asked == []
    assert not test.file_uploader
    assert not test.radio


def test_the_one_who_can_log_in_is_offered_it(allow: Allow) -> None:
    allow("login", user={"is_logged_in": False})
    assert [one.label for one in run(PAGE).button] == ["Log ind"]


def test_what_was_given_is_let_go_of_when_the_right_is_gone(allow: Allow) -> None:
    test = AppTest.from_string(
        "from pages.frame.data import atlas\n"
        "from pages.indlaes.indlaes import show\n"
        "import streamlit as st\n"
        "st.session_state.setdefault('indlaes_husk_set', 'Qvistbjerg')\n"
        "show(atlas())\n",
        default_timeout=60,
    )
    allow("fra")
    test.run()
    assert "indlaes_husk_set" not in test.session_state


CALLBACKS = [
    ("given", "give", ("fil", "a.csv", b"x")),
    ("given", "forget", ()),
    ("given", "uploaded", ("fil",)),
    ("given", "pasted", ()),
    ("new", "_start", ()),
    ("fetch", "_fetch", ("x", ("a",))),
    ("loaded", "_ask", ("a",)),
    ("loaded", "_undo", ("a",)),
    ("progress", "_cancel", ("a",)),
    ("progress", "_dismiss", ()),
    ("progress", "_fetch_again", ()),
    ("preview", "_sheet", ("a",)),
    ("questions", "_answered", ("a", "b")),
    ("findings", "_accepted", ("a", "b")),
    ("about", "_said", (None, "title", "x")),
    ("about", "_dated", (None, "x")),
    ("about", "_published", (None, "x")),
]


@pytest.mark.parametrize(("module", "name", "given"), CALLBACKS)
def test_no_callback_does_anything_for_others(
    allow: Allow,
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    name: str,
    given: tuple[Any, ...],
) -> None:
    loaded = importlib.import_module(f"pages.indlaes.{module}")
    state: dict[str, Any] = {"indlaes_givet": "før", "indlaes_job": "før"}
    monkeypatch.setattr("streamlit.session_state", state)
    allow("lokal", PROXIED)
    getattr(loaded, name)(*given)
    assert state == {"indlaes_givet": "før", "indlaes_job": "før"}
    assert asked == []


def test_every_callback_is_in_that_list() -> None:
    """What a widget calls is found in the text: `on_click=` and `on_change=`."""
    folder = Path(access.__file__).parent
    called = {
        (path.stem, found)
        for path in folder.glob("*.py")
        for found in re.findall(r"on_(?:click|change)=([\w.]+)", path.read_text("utf-8"))
    }
    listed = {(module, name) for module, name, _ in CALLBACKS}
    own = {
        (found.split(".")[0], found.split(".")[1]) if "." in found else (where, found)
        for where, found in called
    }
    assert own - listed == {("indlaes", "change"), ("st", "login")}
