"""Embedding: who may frame what, what is hidden, and the code that is offered."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.responses import PlainTextResponse

from pages.frame import embed
from pages.frame.headers import SecurityHeaders
from tests.pages.frame.asgi import Answer, ask

APP = SecurityHeaders(PlainTextResponse(""))


def ancestors(answer: Answer) -> str:
    return answer.headers["content-security-policy"].rpartition("frame-ancestors ")[2]


@pytest.mark.parametrize(
    "address", ["/passive?embed=1", "/?embed=1&figur=serie", "/passive?kommune=0316&embed=true"]
)
def test_others_may_frame_what_asks_for_it(address: str) -> None:
    answer = ask(APP, address)
    assert ancestors(answer) == "*"
    assert "x-frame-options" not in answer.headers
    plain = ask(APP, address.partition("?")[0])
    kept = answer.headers["content-security-policy"].removesuffix("*")
    assert plain.headers["content-security-policy"] == f"{kept}'self'"


@pytest.mark.parametrize(
    "address",
    [
        "/passive",
        "/passive?embed=0",
        "/passive?embed=",
        "/passive?embed=1&embed=2",
        "/passive?indlejr=1",
        "/passive?kommune=embed=1",
        "/passive?x=%26embed=1",
        "/data/passive_ressourceforloeb.svg?embed=1",
        "/_stcore/health?embed=1",
        "//evil?embed=1/",
        "/a/b?embed=1",
        "/tabeltjek?embed=1",
        "/samraad?embed=1",
        "/indlaes?embed=1",
        "/tabeltjek/?embed=true",
    ],
)
def test_nothing_else_may_be_framed(address: str) -> None:
    answer = ask(APP, address)
    if address != "//evil?embed=1/":
        assert ancestors(answer) == "'self'"
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    else:
        assert ancestors(answer) == "'self'"  # the value is not 1


def test_an_owner_can_say_who_may_embed() -> None:
    app = SecurityHeaders(PlainTextResponse(""), embed_ancestors="https://kommune.example.dk")
    assert ancestors(ask(app, "/passive?embed=1")) == "https://kommune.example.dk"
    assert ancestors(ask(app, "/passive")) == "'self'"
    closed = SecurityHeaders(PlainTextResponse(""), embed_ancestors="'none'")
    assert ask(closed, "/passive?embed=1").headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("figure", embed.FIGURES)
def test_the_code_names_the_figure_and_keeps_the_view(figure: str) -> None:
    code = embed.code("https://atlas.dk/passive?kommune=0316", figure, "Passive <juni>")
    (source,) = re.findall(r'src="([^"]+)"', code)
    path, _, query = unescape(source).partition("?")
    parts = dict(part.split("=") for part in query.split("&"))
    assert path == "https://atlas.dk/passive"
    assert (parts.pop("kommune"), parts.pop("embed")) == ("0316", "1")
    unfolded = {"udvikling": "vis"} if figure == "serie" else {}
    assert parts == ({} if figure == "kort" else {"figur": figure}) | unfolded
    assert 'title="Passive &lt;juni&gt;"' in code
    assert embed.code("/passive", "kort", "").startswith('<iframe src="/passive?embed=1"')


def test_a_part_that_is_unfolded_already_is_not_named_twice() -> None:
    code = embed.code("/passive?udvikling=vis", "serie", "")
    assert code.count("udvikling") == 1
