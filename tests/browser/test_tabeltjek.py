"""A table of one's own in a real browser: given, judged, saved; and what stays of it: nothing."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, OpenPage, Server, ready, serve
from tests.browser.test_frame import assert_danish
from tests.browser.views import assert_accessible

MARKER = "Qvistbjerg Kommune 4711"
PASTED = f"Kommune;Mænd;Kvinder;I alt\n{MARKER};12;8;20\nSønderby;7;.;9\nI alt;19;10;29\n"
EXAMPLE = "En tabel, der skjuler for lidt (opdigtede tal)"


@pytest.fixture(scope="module")
def own_server(
    warehouse_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Path]]:
    """A server of its own, all of whose files would lie in one folder."""
    folder = tmp_path_factory.mktemp("tabeltjek")
    for name in ("data", "tmp", "home", "cache"):
        (folder / name).mkdir()
    shutil.copy(warehouse_file, folder / "data" / warehouse_file.name)
    places = {
        "TMPDIR": str(folder / "tmp"),
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in places.items():
            patch.setenv(name, value)
        with serve(ROOT / "dashboard.py", folder / "log", data=folder / "data") as running:
            yield running, folder


def give(page: Page, table: str = PASTED) -> None:
    page.get_by_role("textbox", name="Indsæt tabellen").fill(table)
    page.get_by_role("button", name="Tjek tabellen").click()
    judged(page)


def judged(page: Page) -> None:
    page.locator(".dom").wait_for(timeout=60_000)
    ready(page)


def upload(page: Page, name: str, content: bytes) -> None:
    payload = {"name": name, "mimeType": "text/csv", "buffer": content}
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    field.set_input_files(payload)  # type: ignore[arg-type]  # a FilePayload by shape
    judged(page)


@pytest.mark.parametrize("width", [1400, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    open_page: OpenPage, own_server: tuple[Server, Path], scheme: str, width: int
) -> None:
    page = open_page(
        f"{own_server[0].address}/tabeltjek",
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        bypass_csp=True,
    )
    for example in (None, EXAMPLE):
        if example:
            page.get_by_role("button", name=example).click()
            judged(page)
            page.locator("[data-testid=stExpander] summary").click()
        assert_accessible(page)


def test_all_is_danish(open_page: OpenPage, own_server: tuple[Server, Path]) -> None:
    page = open_page(f"{own_server[0].address}/tabeltjek")
    assert_danish(page, "Tjek tabellen", "Eller prøv med et eksempel:", "Vælg fil")
    page.get_by_role("button", name=EXAMPLE).click()
    judged(page)
    assert_danish(page, "Tabellen røber for meget: 3 skjulte tal kan regnes ud.")


def test_a_leak_is_found_read_and_left_by_keyboard(
    open_page: OpenPage, own_server: tuple[Server, Path], console_errors: list[str]
) -> None:
    page = open_page(f"{own_server[0].address}/tabeltjek")
    page.get_by_role("textbox", name="Indsæt tabellen").focus()
    page.keyboard.insert_text(PASTED)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Tjek tabellen")).to_be_focused()
    page.keyboard.press("Enter")
    judged(page)
    cell = page.locator("td.maerket button")
    for _ in range(40):
        page.keyboard.press("Tab")
        if cell.evaluate("e => e === document.activeElement"):
            break
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    told = page.locator(".boble")
    expect(told).to_be_visible()
    expect(told).to_contain_text("Sønderby, Kvinder")
    expect(told).to_contain_text("er summen af")
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(cell).to_be_focused()
    assert console_errors == []


def test_files_are_made_in_the_browser(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    page = open_page(f"{own_server[0].address}/tabeltjek")
    give(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Hent som CSV").first.click()
    assert started.value.suggested_filename == "tabel_skjul.csv"
    assert started.value.url.startswith("blob:")
    saved = Path(started.value.path()).read_text(encoding="utf-8-sig")
    assert MARKER in saved
    assert len(saved.splitlines()) >= 4
    with page.expect_download() as started:
        page.get_by_role("link", name="Hent som Excel").first.click()
    assert Path(started.value.path()).read_bytes()[:2] == b"PK"
    with page.expect_download() as started:
        page.get_by_role("link", name="Hent rapport til eget brug").click()
    assert started.value.suggested_filename == "tabeltjek_rapport_INTERN.json"
    report = json.loads(Path(started.value.path()).read_text(encoding="utf-8"))
    assert report["summary"]["computable"] == 1
    assert [one["method"] for one in report["proposals"]] == ["hide", "round", "merge"]


@pytest.mark.parametrize("width", [1400, 320])
def test_why_a_file_is_refused_stands_on_the_page(
    open_page: OpenPage, own_server: tuple[Server, Path], width: int
) -> None:
    page = open_page(f"{own_server[0].address}/tabeltjek", viewport={"width": width, "height": 900})
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    large = {"name": "stor.csv", "mimeType": "text/csv", "buffer": b"a;1\n" * 800_000}
    field.set_input_files(large)  # type: ignore[arg-type]  # a FilePayload by shape
    told = page.locator("[data-testid=stFileChip] > [role=alert]")
    expect(told).to_contain_text("Filen må højst fylde 2,0 MB. Gem kun det ark")
    box = told.bounding_box()
    assert box is not None
    assert box["width"] > 150
    assert box["height"] > 15
    assert box["x"] + box["width"] <= width


def test_on_paper_stands_what_was_found_and_nothing_to_press(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    page = open_page(f"{own_server[0].address}/tabeltjek")
    give(page)
    page.emulate_media(media="print")
    expect(page.locator(".dom")).to_be_visible()
    expect(page.locator(".brugertabel").first).to_be_visible()
    expect(page.get_by_role("heading", name="Det røber tabellen")).to_be_visible()
    expect(page.locator(".forslag").first).to_be_visible()
    expect(page.get_by_role("button", name="Fjern tabellen")).to_be_hidden()
    expect(page.get_by_role("combobox", name="Et lille tal er")).to_be_hidden()


def found_on_disk(folder: Path, marker: str) -> list[str]:
    """The files below a folder that hold the marker, in UTF-8 or UTF-16, or in their name."""
    spelled = [marker.encode(), marker.encode("utf-16-le")]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file()
        and (marker in path.name or any(one in path.read_bytes() for one in spelled))
    ]


def open_files(process: int) -> list[str]:
    """The files that a process and its children hold open, also those that have no name."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    links = []
    for number in [str(process), *children]:
        for entry in Path(f"/proc/{number}/fd").iterdir():
            try:
                links.append(str(entry.readlink()))
            except OSError:
                continue  # closed since
    return links


def test_nothing_of_a_table_is_left_anywhere(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    """Pasted, uploaded above 1 MB, broken: then search disk, log, addresses, arguments, others."""
    server, folder = own_server
    page = open_page(f"{server.address}/tabeltjek")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.method}"))
    give(page)
    ready(page)
    page.get_by_role("combobox", name="Krav til de skjulte tal").click()
    page.get_by_role("option", name="Efter reglen").click()
    expect(page).to_have_url(re.compile("kriterium=regel"))
    ready(page)
    page.get_by_text("Ret tabellen, eller giv en anden").click()
    # So large that a server with Streamlit's settings would put it in a temporary file.
    upload(page, f"{MARKER}.csv", PASTED.encode() + b";;;\n" * 350_000)
    held = open_files(server.process.pid)
    broken = f"PK\x03\x04{MARKER}".encode()
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    field.set_input_files({"name": f"{MARKER}.xlsx", "mimeType": "x", "buffer": broken})
    alert = page.locator("[data-testid=stAlert]")
    expect(alert).to_contain_text("Gem tabellen som", timeout=60_000)  # the large one comes first
    ready(page)
    assert MARKER not in alert.inner_text()

    other = open_page(f"{server.address}/tabeltjek")
    assert MARKER not in other.content()
    expect(other.locator(".dom")).to_have_count(0)
    assert not [link for link in held if "(deleted)" in link or str(folder / "tmp") in link]
    assert found_on_disk(folder, MARKER) == []
    assert found_on_disk(folder, "Qvistbjerg") == []
    for url in (*asked, page.url):
        assert "Qvistbjerg" not in url
        assert not re.search(r"/media/", url)
    assert not Path(server.log).read_text(errors="replace").count("Qvistbjerg")


def test_the_file_field_stays_the_same_so_that_no_file_on_its_way_is_lost(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    page = open_page(f"{own_server[0].address}/tabeltjek")
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    expect(page.get_by_text("Eller prøv med et eksempel:")).to_be_visible()
    expect(page.get_by_text("Ret tabellen, eller giv en anden")).to_be_hidden()
    field.evaluate("e => { e.sameAsBefore = true }")
    upload(page, "tabel.csv", PASTED.encode())
    assert field.evaluate("e => e.sameAsBefore")
    expect(page.get_by_text("Eller prøv med et eksempel:")).to_be_hidden()
    broken = {"name": "tabel.xlsx", "mimeType": "x", "buffer": b"PK\x03\x04"}
    field.set_input_files(broken)  # type: ignore[arg-type]  # a FilePayload by shape
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("Gem tabellen som")
    ready(page)
    assert field.evaluate("e => e.sameAsBefore")
    expect(page.get_by_text("Eller prøv med et eksempel:")).to_be_visible()


def test_forgetting_empties_the_page_and_the_file_field(
    open_page: OpenPage, own_server: tuple[Server, Path]
) -> None:
    page = open_page(f"{own_server[0].address}/tabeltjek")
    upload(page, "tabel.csv", PASTED.encode())
    assert MARKER in page.content()
    page.get_by_role("button", name="Fjern tabellen").click()
    expect(page.locator(".dom")).to_have_count(0)
    ready(page)
    assert MARKER not in page.content()
    expect(page.get_by_role("textbox", name="Indsæt tabellen")).to_have_value("")
    expect(page.locator("[data-testid=stFileUploaderFile]")).to_have_count(0)
    page.reload()
    ready(page)
    assert MARKER not in page.content()
