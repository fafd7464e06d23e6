"""An embedded figure in a real browser, on a page of another host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.conftest import OpenPage, Server

HOST = "localhost"
"""Another host than the atlas' 127.0.0.1, as a browser sees it."""


class Embedding(BaseHTTPRequestHandler):
    """A page of somebody else that frames the address given as `src`."""

    def do_GET(self) -> None:  # the base class' name
        """Answer with the page."""
        source = parse_qs(urlsplit(self.path).query).get("src", [""])[0]
        page = (
            '<!DOCTYPE html><html lang="da"><meta charset="utf-8"><title>Vært</title><h1>Vært</h1>'
            f'<iframe src="{source.replace("&", "&amp;")}" title="Figur" width="900" height="900">'
            "</iframe></html>"
        )
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Embedding)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{HOST}:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def framing(browser: Browser, host: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 1000}, locale="en-US")
    yield context.new_page()
    context.close()


def framed(page: Page, host: str, address: str) -> Frame:
    page.goto(f"{host}?src={address.replace('&', '%26')}")
    return page.frames[1]


@pytest.mark.parametrize(
    ("figure", "key"),
    [
        ("kort", "kort_kommune"),
        ("soejler", "soejler_kommune"),
        ("tabel", "tabel_kommune"),
        ("serie", "udvikling"),
    ],
)
def test_the_figure_stands_alone_with_source_and_the_way_to_the_whole(
    framing: Page, host: str, server: Server, figure: str, key: str
) -> None:
    frame = framed(framing, host, f"{server.address}/passive?kommune=0316&embed=1&figur={figure}")
    expect(frame.locator(f".st-key-{key}")).to_be_visible()
    line = frame.locator(".indlejret")
    expect(line).to_contain_text("berigtigelse af svar på spm. 554")
    expect(line).to_contain_text("Dataversion")
    if figure == "serie":
        expect(line).to_contain_text("SYNTETISKE TAL: opdigtede")
    link = line.get_by_role("link")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute(
        "href",
        f"{server.address}/passive?kommune=0316" + ("&udvikling=vis" if figure == "serie" else ""),
    )
    for gone in ("stSidebar", "stHeader"):
        expect(frame.get_by_test_id(gone)).to_be_hidden()
    for gone in (".st-key-filtre", ".sidefod", ".st-key-del", ".noegletal", ".definition"):
        expect(frame.locator(gone)).to_be_hidden()
    others = {"kort_kommune", "soejler_kommune", "tabel_kommune"} - {key}
    for other in others:
        expect(frame.locator(f".st-key-{other}")).to_be_hidden()


def test_a_click_in_the_frame_reaches_the_server(framing: Page, host: str, server: Server) -> None:
    frame = framed(framing, host, f"{server.address}/passive?embed=1&figur=tabel&omraade=1085")
    frame.locator(".st-key-tabel_kommune").get_by_text("Lejre", exact=True).click()
    expect(frame.locator(".indlejret a")).to_have_attribute(
        "href", f"{server.address}/passive?omraade=1085&kommune=0350"
    )


def test_a_page_that_does_not_ask_is_not_framed(framing: Page, host: str, server: Server) -> None:
    blocked: list[str] = []
    framing.on("console", lambda message: blocked.append(message.text))
    framed(framing, host, f"{server.address}/passive?kommune=0316")
    framing.wait_for_timeout(1000)
    assert any("frame-ancestors 'self'" in text for text in blocked)


def test_any_page_can_be_embedded(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/kilder?embed=1")
    expect(page.locator(".indlejret a")).to_have_attribute("href", f"{server.address}/kilder")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()


def test_the_shared_link_opens_the_same_view(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/passive?kommune=0316&omraade=1085")
    page.get_by_text("Del og henvis").click()
    link = page.locator(".del a").first
    expect(link).to_contain_text("&data=")
    other = open_page(str(link.get_attribute("href")))
    expect(other.locator(".st-key-valgt")).to_contain_text("Holbæk: 117")
    expect(other.get_by_text("Data er ændret")).to_have_count(0)


def test_an_old_link_says_that_data_have_changed(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/passive?kommune=0316&data=0123456789ab")
    note = page.get_by_text("Linkets dataversion kendes ikke her.")
    expect(note).to_be_visible()
    page.get_by_role("button", name="Vis ikke igen").click()
    expect(note).to_have_count(0)
    expect(page).to_have_url(f"{server.address}/passive?kommune=0316")
