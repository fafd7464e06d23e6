"""The data owner's page in a real browser: a file is brought in, shown everywhere, and undone."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from queries.register.cell_file import read_cells, write_cells
from queries.sources import facts
from queries.warehouse.build import build
from queries.warehouse.content import SYNTHETIC_REGISTER, full_content
from tests.browser.conftest import ROOT, OpenPage, Server, ready, serve
from tests.browser.test_frame import assert_danish
from tests.browser.views import assert_accessible

MARKER = "Qvistbjerg 4711"
TITLE = "Passive borgere i ressourceforløb, september 2017;;;\n"
HEAD = f"{TITLE}Kommune;Antal passive;Antal i alt;Andel i pct.\n"


def table(*, wrong: bool = False) -> bytes:
    """98 kommuner: number n has 100 + n of 1000 people; the wrong one has a name too many."""
    kommuner = facts.areas().filter(pl.col("level") == "kommune").sort("area_id")["name"]
    counts = [("Hele landet", 100 * 98 + sum(range(98)), 98_000)]
    counts += [(name, 100 + n, 1000) for n, name in enumerate(kommuner)]
    counts += [(MARKER, 100, 1000)] if wrong else []
    rows = [f"{name};{n};{of};{100 * n / of:.1f}\n".replace(".", ",") for name, n, of in counts]
    return (HEAD + "".join(rows)).encode()


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server of its own with few numbers, so that an import takes seconds."""
    folder = tmp_path_factory.mktemp("indlaes")
    for name in ("data", "tmp", "home", "cache"):
        (folder / name).mkdir()
    places = {
        "INDSATSATLAS_DATA": str(folder / "data"),
        "TMPDIR": str(folder / "tmp"),
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    cells, source = read_cells(SYNTHETIC_REGISTER)
    few = cells.filter(indicator_id="passive_ressourceforloeb", period="2018M11")
    (folder / "data" / "register").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in places.items():
            patch.setenv(name, value)
        patch.delenv("INDSATSATLAS_INDLAES", raising=False)
        write_cells(few, folder / "data" / "register" / "lille.parquet", source=source.as_dict())
        build(full_content(), folder / "data" / "atlas.duckdb")
        with serve(ROOT / "dashboard.py", folder / "log", data=folder / "data") as running:
            yield running, folder


def upload(page: Page, name: str, content: bytes, heading: str = "Rapport") -> None:
    payload = {"name": name, "mimeType": "text/csv", "buffer": content}
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    field.set_input_files(payload)  # type: ignore[arg-type]  # a FilePayload by shape
    page.get_by_role("heading", name=heading, exact=True).wait_for(timeout=60_000)
    ready(page)


def say(page: Page) -> None:
    """Say where the numbers come from, by keyboard: the focus stays where the reader left it."""
    fields = {
        "Udgiver": "Styrelsen",
        "Dokument eller journalnummer": "2026-17",
        "Offentliggjort den (dd-mm-åååå)": "12.10.2017",
        "Titel": "Prøvetal",
        "Vilkår for brug": "Offentligt dokument",
    }
    page.get_by_label("Udgiver", exact=True).focus()
    for label, text in fields.items():
        expect(page.get_by_label(label, exact=True)).to_be_focused()
        page.keyboard.insert_text(text)
        page.keyboard.press("Tab")
        ready(page)
    radio = page.get_by_role("radio", name="Ja, andre har offentliggjort dem")
    radio.focus()
    page.keyboard.press("Space")
    ready(page)
    # The numbers are far from those of the month before.
    accepted = page.get_by_role("checkbox", name=re.compile("indlæses alligevel.* gange"))
    accepted.focus()
    page.keyboard.press("Space")
    begin = page.get_by_role("button", name="Indlæs tallene")
    expect(begin).to_be_enabled(timeout=60_000)
    ready(page)


def done(page: Page, text: str) -> None:
    expect(page.locator(".dom")).to_contain_text(text, timeout=240_000)
    ready(page)


def brought_to(page: Page) -> None:
    """The message is in sight, and the keyboard goes on from it."""
    message = page.locator(".dom")
    expect(message).to_be_focused()
    expect(message).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Se overblikket")).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (768, "dark"), (320, "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    open_page: OpenPage, own_server: tuple[Server, Path], scheme: str, width: int
) -> None:
    address = f"{own_server[0].address}/indlaes"
    size = {"width": width, "height": 900}
    page = open_page(f"{address}?vis=ny", color_scheme=scheme, viewport=size, bypass_csp=True)
    upload(page, "tal.csv", table(wrong=True))
    page.locator("[data-testid=stExpander] summary").click()
    assert_accessible(page)
    for part in ("indlaest", "kalender"):
        page.goto(f"{address}?vis={part}")
        ready(page)
        assert_accessible(page)


def test_on_a_phone_nothing_of_the_sources_is_beyond_the_edge(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    size = {"width": 390, "height": 900}
    page = open_page(f"{own_server[0].address}/indlaes", viewport=size)
    table = page.locator(".friskhed .rul")
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")
    period = table.locator("td").nth(2)
    expect(period).to_be_visible()
    label = period.evaluate("e => getComputedStyle(e, '::before').content")
    assert label == '"Nyeste periode: "'
    heads = table.locator("thead th").all_text_contents()
    said = (
        table.locator("tbody tr")
        .first.locator("td")
        .evaluate_all("all => all.map(e => getComputedStyle(e, '::before').content)")
    )
    assert [f'"{one}: "' for one in heads[1:]] == said


def test_all_is_danish(open_page: OpenPage, own_server: tuple[Server, Path]) -> None:
    page = open_page(f"{own_server[0].address}/indlaes")
    assert_danish(page, "Kilder og friskhed", "Indlæs nye tal", "Uenige kilder")
    page.get_by_role("radio", name="Indlæs nye tal").click()
    expect(page).to_have_url(re.compile("vis=ny"))
    ready(page)
    assert_danish(page, "Hvad vil du indlæse?", "Filen gemmes ikke.", "Vælg fil")
    upload(page, "tal.csv", table(wrong=True))
    assert_danish(page, "Sådan er filen læst", "Rigtigt forstået?", "Rapport")


def test_a_file_is_brought_in_shown_everywhere_and_undone(
    open_page: OpenPage, own_server: tuple[Server, Path], console_errors: list[str]
) -> None:
    """The pages switch to the new version while the server runs, and back again."""
    server, folder = own_server
    other = open_page(f"{server.address}/passive?periode=2017M09")
    assert "ca. 1.000" not in other.content()
    page = open_page(f"{server.address}/indlaes?vis=ny")
    upload(page, "tal.csv", table())
    say(page)
    before = page.locator("footer code").inner_text()
    page.get_by_role("button", name="Indlæs tallene").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("progressbar", name="Indlæsningen")).to_be_visible()
    watching = open_page(f"{server.address}/indlaes")  # another page, or this one loaded anew
    done(page, "Tallene er taget i brug.")
    brought_to(page)
    done(watching, "Tallene er taget i brug.")
    assert page.locator("footer code").inner_text() != before
    expect(page.locator(".dom")).to_contain_text("vises nu på alle sider")

    other.goto(f"{server.address}/passive?periode=2017M09&kommune=0101")
    ready(other)
    expect(other.locator("[data-testid=stMain]")).to_contain_text("100 af 1.000")

    page.get_by_role("button", name="Luk beskeden").click()
    page.get_by_role("radio", name="Indlæst", exact=True).click()
    row = page.get_by_role("row", name=re.compile("^Prøvetal"))
    expect(row).to_contain_text("12. oktober 2017")
    page.set_viewport_size({"width": 390, "height": 500})  # what is undone stands far below
    page.get_by_role("button", name="Fortryd »Prøvetal«").click()
    expect(page.get_by_role("alert")).to_contain_text("celler tages ud af atlasset")
    page.get_by_role("button", name="Ja, fortryd").click()
    done(page, "Indlæsningen er fortrudt.")
    brought_to(page)
    assert page.locator("footer code").inner_text() == before
    expect(page.get_by_role("row", name=re.compile("^Prøvetal"))).to_have_count(0)
    assert console_errors == []
    assert not list((folder / "tmp").iterdir())


def test_the_focus_stays_where_a_question_is_answered(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    page = open_page(f"{own_server[0].address}/indlaes?vis=ny")
    upload(page, "tal.csv", table())
    box = page.get_by_role("combobox", name="Hvad er rækkerne?")
    box.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    ready(page)
    expect(box).to_be_focused()


def test_refused_rows_are_made_in_the_browser(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    page = open_page(f"{own_server[0].address}/indlaes?vis=ny")
    upload(page, "tal.csv", table(wrong=True))
    with page.expect_download() as started:
        page.get_by_role("link", name="Hent som CSV").click()
    assert started.value.suggested_filename == "afvist.csv"
    assert started.value.url.startswith("blob:")
    saved = Path(started.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(saved) == 102
    assert [line for line in saved if MARKER in line and "række 102" in line]
    # Mended and given again as it is, reasons and all.
    mended = "\r\n".join(line for line in saved if MARKER not in line)
    upload(page, "afvist.csv", mended.encode("utf-8-sig"))
    report = page.locator(".st-key-indlaes_rapport")
    expect(report).to_contain_text("Fundet: 1 advarsel og 1 oplysning.", timeout=60_000)


def test_nothing_of_a_file_is_left_anywhere(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    """Read, refused, broken, and larger than what a server would keep in memory."""
    server, folder = own_server
    page = open_page(f"{server.address}/indlaes?vis=ny")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    upload(page, f"{MARKER}.csv", table(wrong=True) + b";;;\n" * 400_000)
    expect(page.locator(".fundliste")).to_contain_text(MARKER)
    page.get_by_role("button", name="Fjern filen igen").click()
    # The field is made anew without the file; one that is given before is given to the old one.
    expect(page.get_by_role("button", name="Fjern filen igen")).to_have_count(0)
    expect(page.locator(".fundliste")).to_have_count(0)
    ready(page)
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    broken = {"name": f"{MARKER}.xlsx", "mimeType": "x", "buffer": f"PK\x03\x04{MARKER}".encode()}
    field.set_input_files(broken)  # type: ignore[arg-type]  # a FilePayload by shape
    expect(page.locator("[data-testid=stAlert]")).to_be_visible(timeout=60_000)
    assert MARKER not in page.locator("[data-testid=stAlert]").inner_text()
    assert "Qvistbjerg" not in open_page(f"{server.address}/indlaes?vis=ny").content()
    spelled = [
        one.encode(form) for one in (MARKER, "Qvistbjerg") for form in ("utf-8", "utf-16-le")
    ]
    left = [
        path
        for path in folder.rglob("*")
        if path.is_file() and any(one in path.read_bytes() for one in spelled)
    ]
    assert left == []
    assert not [url for url in (*asked, page.url) if "Qvistbjerg" in url]


def test_another_name_of_the_machine_is_refused_and_not_in_the_menu(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    address = own_server[0].address.replace("127.0.0.1", "atlas.test")
    _is_refused(open_page(f"{address}/indlaes?vis=ny"))
    here = open_page(own_server[0].address)
    expect(here.get_by_role("link", name="Data", exact=True)).to_be_visible()


def test_a_proxied_request_is_refused(open_page: OpenPage, own_server: tuple[Server, Path]) -> None:
    """Both the name and the page's origin are this machine's: what the proxy adds decides."""
    with proxied(own_server[0]) as address:
        _is_refused(open_page(f"{address}/indlaes?vis=ny"))
    with proxied(own_server[0], header=b"") as address:
        page = open_page(f"{address}/indlaes?vis=ny")
        expect(page.locator("[data-testid=stFileUploaderDropzoneInput]")).to_have_count(1)


def _is_refused(page: Page) -> None:
    expect(page.get_by_text("Siden er kun for dataejeren")).to_be_visible()
    expect(page.locator("[data-testid=stFileUploaderDropzoneInput]")).to_have_count(0)
    expect(page.get_by_role("link", name="Data", exact=True)).to_have_count(0)


@contextmanager
def proxied(server: Server, header: bytes = b"X-Forwarded-For: 203.0.113.7\r\n") -> Iterator[str]:
    """A proxy on this machine that adds a header to the first request of each connection."""
    target = int(server.address.rpartition(":")[2])
    listening = socket.create_server(("127.0.0.1", 0))
    ends: list[socket.socket] = [listening]

    def pass_on(source: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while part := source.recv(65_536):
                to.sendall(part)
            to.shutdown(socket.SHUT_WR)

    def answer(one: socket.socket) -> None:
        with suppress(OSError):
            other = socket.create_connection(("127.0.0.1", target))
            ends.append(other)
            head = b""
            while b"\r\n" not in head and (part := one.recv(65_536)):
                head += part
            first, _, rest = head.partition(b"\r\n")
            closing = b"" if b"pgrade" in rest else b"Connection: close\r\n"
            other.sendall(first + b"\r\n" + header + closing + rest)
            threading.Thread(target=pass_on, args=(other, one), daemon=True).start()
            pass_on(one, other)

    def listen() -> None:
        with suppress(OSError):
            while True:
                one, _ = listening.accept()
                ends.append(one)
                threading.Thread(target=answer, args=(one,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        time.sleep(0.1)
        for end in ends:
            with suppress(OSError):
                end.close()
