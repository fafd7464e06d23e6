"""Static files: what is sent, how it is cached, and that nothing else can be fetched."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import brotli
import pytest
from starlette.responses import PlainTextResponse

from pages.frame import bundle
from pages.frame.compression import (
    FOREVER,
    OWN_DIR,
    AssetStore,
    StaticAssets,
    accepted_codings,
    etag_matches,
)
from tests.pages.frame.asgi import ask

STORE = AssetStore(bundle.bundle_dir(), OWN_DIR)
APP = StaticAssets(PlainTextResponse("passed on"), STORE)
[SELECTBOX] = list((bundle.bundle_dir() / "js").glob("Selectbox.*.js"))
CURRENT = f"/static/{STORE.version}/js/{SELECTBOX.name}"


def test_danish_text_is_sent_in_every_coding() -> None:
    plain = ask(APP, CURRENT)
    assert "`Ingen resultater`" in plain.body.decode()
    assert "`No results`" not in plain.body.decode()
    assert "content-encoding" not in plain.headers
    packed = ask(APP, CURRENT, accept_encoding="gzip, deflate, br, zstd")
    assert packed.headers["content-encoding"] == "br"
    assert brotli.decompress(packed.body) == plain.body
    assert len(packed.body) < 0.4 * len(plain.body)
    older = ask(APP, CURRENT, accept_encoding="gzip")
    assert older.headers["content-encoding"] == "gzip"
    assert gzip.decompress(older.body) == plain.body
    for answer in (plain, packed, older):
        assert answer.status == 200
        assert answer.headers["content-length"] == str(len(answer.body))
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["vary"] == "Accept-Encoding"


def test_the_etag_is_of_the_danish_content_and_differs_by_coding() -> None:
    plain, packed = ask(APP, CURRENT), ask(APP, CURRENT, accept_encoding="br")
    digest = hashlib.sha256(plain.body).hexdigest()[:32]
    assert plain.headers["etag"] == f'"{digest}-identity"'
    assert packed.headers["etag"] == f'"{digest}-br"'


def test_a_known_etag_gets_304_without_a_body() -> None:
    etag = ask(APP, CURRENT, accept_encoding="br").headers["etag"]
    again = ask(APP, CURRENT, accept_encoding="br", if_none_match=f'"other", W/{etag}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == etag
    assert again.headers["cache-control"] == FOREVER
    # The same content in another coding is another representation.
    assert ask(APP, CURRENT, accept_encoding="gzip", if_none_match=etag).status == 200


@pytest.mark.parametrize(
    ("address", "cache_control"),
    [
        (CURRENT, FOREVER),
        (f"/static/{'0' * 16}/js/{SELECTBOX.name}", "no-cache"),  # a page open during an upgrade
        (f"/static/js/{SELECTBOX.name}", "no-cache"),  # Streamlit's name, our content
        (f"/static/{STORE.version}/frame/screen.css", FOREVER),
    ],
)
def test_only_an_address_with_the_current_version_is_kept(address: str, cache_control: str) -> None:
    answer = ask(APP, address)
    assert answer.status == 200
    assert answer.headers["cache-control"] == cache_control


def test_head_tells_the_size_and_sends_nothing() -> None:
    got = ask(APP, CURRENT, accept_encoding="br")
    head = ask(APP, CURRENT, method="HEAD", accept_encoding="br")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))
    assert head.headers["etag"] == got.headers["etag"]


def test_other_methods_are_refused() -> None:
    answer = ask(APP, CURRENT, method="POST")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_font_is_sent_as_it_is() -> None:
    font = next((bundle.bundle_dir() / "media").glob("SourceSansVF-Upright.*.woff2"))
    answer = ask(APP, f"/static/{STORE.version}/media/{font.name}", accept_encoding="br, gzip")
    assert answer.body == font.read_bytes()
    assert answer.headers["content-type"] == "font/woff2"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../index.html",
        "/static/js/../../index.html",
        "/static/js/..%2f..%2findex.html",
        "/static/js//etc/passwd",
        "/static/js/..",
        "/static/js/.",
        "/static/js/",
        "/static/js/Selectbox.js\x00.js",
        f"/static/{STORE.version}/frame/../shell.py",
        f"/static/{STORE.version}/frame/shell.py",
        f"/static/js\\{SELECTBOX.name}",
        f"/static/js/{SELECTBOX.name}/",
        f"/static/{STORE.version}/{STORE.version}/js/{SELECTBOX.name}",
        "/static/index.html",
    ],
)
def test_nothing_but_listed_files_can_be_fetched(path: str) -> None:
    answer = ask(APP, path)
    assert (answer.status, answer.body.decode()) == (404, "Filen findes ikke.")


@pytest.mark.parametrize("path", ["/", "/passive", "/data/x.csv", "/staticx/js/a.js", "/static"])
def test_other_addresses_pass_through(path: str) -> None:
    assert ask(APP, path).body == b"passed on"


def test_the_version_follows_the_dictionary_and_our_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version() -> str:
        return AssetStore(bundle.bundle_dir(), tmp_path).version

    (tmp_path / "screen.css").write_text("a{}")
    first = version()
    assert version() == first
    (tmp_path / "screen.css").write_text("b{}")
    second = version()
    monkeypatch.setattr(bundle, "DICTIONARY_PATH", tmp_path / "screen.css")
    assert len({first, second, version()}) == 3


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("", ["identity"]),
        ("gzip, deflate, br, zstd", ["br", "gzip", "identity"]),
        ("gzip;q=1.0, br;q=0", ["gzip", "identity"]),
        ("GZIP , identity;q=0.5", ["gzip", "identity"]),
        ("br; q=0.000", ["identity"]),
        ("*", ["br", "gzip", "identity"]),
        ("br;q=0, *;q=0.1", ["gzip", "identity"]),
        ("gzip, *;q=0", ["gzip", "identity"]),
    ],
)
def test_accepted_codings(header: str, codings: list[str]) -> None:
    assert accepted_codings(header) == codings


@pytest.mark.parametrize(
    ("header", "matches"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("", False)],
)
def test_etag_matches(header: str, *, matches: bool) -> None:
    assert etag_matches(header, '"a"') is matches
    assert etag_matches(header, 'W/"a"') is matches
