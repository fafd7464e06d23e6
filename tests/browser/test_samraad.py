"""The samrådsmappe in a real browser: filled on the pages, edited, saved, opened, and made of."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, Server, ready
from tests.browser.test_frame import ENGLISH, assert_danish
from tests.browser.views import assert_accessible, every_view

HOLBAEK = "passive?kommune=0316"
ANSWER = "I juni 2017 havde 117 borgere i Holbæk hverken tilbud eller mentor."


def stored(page: Page) -> dict[str, Any]:
    """The folder as it lies in the browser."""
    found: dict[str, Any] = json.loads(
        page.evaluate("localStorage.getItem('indsatsatlas.mappe') ?? '{\"poster\": []}'")
    )
    return found


def kinds(page: Page) -> list[str]:
    return [entry["slags"] for entry in stored(page)["poster"]]


def put(page: Page, name: str) -> Locator:
    """The button of that name in the row under the figures."""
    return page.locator(".mapperaekke").first.get_by_role("button", name=name)


def fill(page: Page) -> None:
    """Put map, table and the sentence of Holbæk into the folder."""
    put(page, "Kortet").click()
    put(page, "Tabellen").click()
    page.get_by_role("button", name="Læg i mappe: sætningen om Holbæk").click()
    assert kinds(page) == ["kort", "tabel", "saetning"]


def to_folder(page: Page, entries: int) -> Locator:
    """Follow the menu to the folder; its entries, looked up."""
    page.get_by_role("link", name=re.compile("^Samråd")).first.click()
    return looked_up(page, entries)


def looked_up(page: Page, entries: int) -> Locator:
    expect(page.get_by_role("heading", level=1)).to_have_text("Samråd")
    found = page.locator("li.entry")
    expect(found).to_have_count(entries)
    expect(page.locator("li.entry .standing")).to_have_count(entries)
    ready(page)
    return found


@pytest.fixture
def filled(open_page: OpenPage, server: Server) -> Page:
    """The folder's page in a browser where three things were put into it."""
    page = open_page(f"{server.address}/{HOLBAEK}")
    fill(page)
    to_folder(page, 3)
    return page


def test_a_press_puts_in_and_takes_out_without_asking_the_server(
    open_page: OpenPage, server: Server, console_errors: list[str]
) -> None:
    page = open_page(f"{server.address}/{HOLBAEK}")
    sent: list[object] = []
    page.evaluate("window.before = document.querySelector('.mapperaekke')")
    page.on("websocket", lambda socket: socket.on("framesent", sent.append))
    button = put(page, "Kortet")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    said = page.get_by_role("status").filter(has_text="samrådsmappen")
    expect(said).to_have_text("Lagt i samrådsmappen (1)")
    sentence = page.get_by_role("button", name="Læg i mappe: sætningen om Holbæk")
    sentence.click()
    mine = page.get_by_role("button", name="I mappen – fjern: sætningen om Holbæk")
    expect(mine).to_have_text("I mappen – fjern")
    expect(said).to_have_text("Lagt i samrådsmappen (2)")
    entry = stored(page)["poster"][1]
    assert entry["slags"] == "saetning"
    assert entry["parametre"] == {
        "indikator": "passive_ressourceforloeb",
        "kommune": "0316",
        "periode": "2017M06",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry["lagt_i"])
    menu = page.locator("[data-testid=stSidebarNav] a[href$='/samraad']")
    expect(menu).to_have_attribute("data-mappeantal", " (2)")
    button.click()
    expect(said).to_have_text("Fjernet fra samrådsmappen (1)")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert kinds(page) == ["saetning"]
    assert page.evaluate("window.before.isConnected")
    assert sent == []
    assert console_errors == []


@pytest.mark.parametrize("width", [1366, 1440, 390])
def test_no_button_flees_the_mouse(open_page: OpenPage, server: Server, width: int) -> None:
    """The mouse goes there and presses, as a hand does: every press puts one thing in."""
    page = open_page(f"{server.address}/", viewport={"width": width, "height": 768})
    page.get_by_role("button", name="Spring over").click()  # the tour lies over a card
    buttons = page.locator("button.mappe").all()
    assert len(buttons) > 8
    assert page.locator("button.mappe.ikon").count() > 3
    for button in buttons:
        if button.get_attribute("aria-pressed") == "true":
            continue  # a card's number is one of the statements below it
        before = len(kinds(page))
        button.scroll_into_view_if_needed()
        still = button.bounding_box()
        assert still is not None
        assert min(still["width"], still["height"]) >= 24
        page.mouse.move(still["x"] + still["width"] / 2, still["y"] + still["height"] / 2, steps=4)
        assert button.bounding_box() == still
        page.mouse.down()
        page.mouse.up()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert len(kinds(page)) == before + 1
        button.focus()
        assert button.bounding_box() == still
    icon = page.locator("button.mappe.ikon").first
    assert icon.get_attribute("title") == icon.get_attribute("aria-label")


def test_buttons_are_right_after_every_change_of_the_page(
    open_page: OpenPage, server: Server
) -> None:
    page = open_page(f"{server.address}/{HOLBAEK}")
    fill(page)
    page.get_by_role("button", name="Fjern valg").click()
    ready(page)
    expect(page.get_by_role("button", name="sætningen om Holbæk")).to_have_count(0)
    expect(put(page, "Kortet")).to_have_attribute("aria-pressed", "false")
    page.go_back()
    expect(put(page, "Kortet")).to_have_attribute("aria-pressed", "true")
    expect(put(page, "Søjlerne")).to_have_attribute("aria-pressed", "false")
    page.reload()
    ready(page)
    expect(put(page, "Kortet")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Kommuneprofil", exact=True).first.click()
    profile = page.get_by_role("button", name="Profilen: læg i mappe")
    profile.click()
    expect(profile).to_have_attribute("aria-pressed", "true")
    page.goto(f"{server.address}/")
    ready(page)
    said = page.locator(".emner button.mappe").first
    said.click()
    expect(said).to_have_attribute("aria-pressed", "true")
    assert kinds(page) == ["kort", "tabel", "saetning", "profil", "udsagn"]


def test_the_folder_says_what_each_entry_holds(filled: Page, server: Server) -> None:
    entries = filled.locator("li.entry")
    expect(entries.first).to_contain_text("Holbæk: 117 af ca.")
    expect(entries.first).to_contain_text("Tallene er de nyeste")
    expect(entries.first).to_contain_text("BEU alm. del, berigtigelse af svar på spm. 554")
    drawing = entries.first.get_by_role("img")
    expect(drawing).to_have_js_property("complete", True)
    assert drawing.evaluate("img => img.naturalWidth") > 500
    assert "48 kommuner ligger over landets" in (drawing.get_attribute("alt") or "")
    expect(entries.nth(1).get_by_role("img")).to_have_count(0)
    permanent = entries.nth(2).get_by_role("link", name="Permanent adresse")
    assert "slags=saetning" in (permanent.get_attribute("href") or "")
    filled.wait_for_function(
        "JSON.parse(localStorage['indsatsatlas.mappe']).poster.every(e => e.fingeraftryk)"
    )


def test_what_is_typed_survives_answers_pages_and_reloads(filled: Page, server: Server) -> None:
    """Typed without pause while the server answers: not one letter is lost."""
    filled.get_by_label("Udkast til svar").click()
    filled.keyboard.type(ANSWER, delay=45)
    heading = filled.get_by_label("Egen overskrift til 2.")
    heading.click()
    filled.keyboard.type("Holbæk og de andre", delay=45)
    filled.get_by_label("Kommentar til 2.").fill("Se række 3.\n<b>Ikke HTML</b>")
    expect(filled.get_by_label("Udkast til svar")).to_have_value(ANSWER)
    expect(filled.get_by_text("Gemt i denne browser")).to_be_visible()
    ready(filled)
    expect(heading).to_have_value("Holbæk og de andre")
    entry = filled.locator("li.entry").nth(1)
    expect(entry.get_by_role("heading", level=3)).to_have_text("2. Holbæk og de andre")
    expect(entry.locator(".subtitle")).to_contain_text("ressourceforløb")
    expect(entry.locator(".subtitle")).to_contain_text(". Tabel. ")
    filled.get_by_role("link", name="Overblik").click()
    expect(filled.get_by_role("heading", level=1)).to_contain_text("Hvad gør kommuner")
    to_folder(filled, 3)
    expect(filled.get_by_label("Udkast til svar")).to_have_value(ANSWER)
    filled.reload()
    looked_up(filled, 3)
    expect(filled.get_by_label("Egen overskrift til 2.")).to_have_value("Holbæk og de andre")
    expect(filled.get_by_label("Kommentar til 2.")).to_have_value("Se række 3.\n<b>Ikke HTML</b>")
    assert stored(filled)["svar"] == ANSWER


SAID_AGAIN = """() => {
  const { send } = WebSocket.prototype;
  let last = null;
  WebSocket.prototype.send = function (message) {
    send.call(this, message);
    if (window.again && last) send.call(this, last);
    last = window.again ? null : message;
  };
}"""
"""What is sent next once `again` is set is followed by what was sent before it."""


def test_a_part_that_asks_after_the_page_was_left_does_not_empty_the_next_one(
    filled: Page, console_errors: list[str]
) -> None:
    """As where much is going on: a link is pressed, and what loses the focus by it tells late."""
    filled.evaluate(SAID_AGAIN)
    filled.get_by_text("Kort udgave af Word og PDF").click()
    ready(filled)
    filled.evaluate("window.again = true")
    filled.get_by_role("link", name="Overblik").click()
    expect(filled.get_by_role("heading", level=1)).to_contain_text("Hvad gør kommuner")
    ready(filled)
    filled.wait_for_timeout(500)
    expect(filled.get_by_role("heading", level=1)).to_contain_text("Hvad gør kommuner")
    to_folder(filled, 3)
    assert console_errors == []


def test_the_last_letters_are_in_the_document(filled: Page) -> None:
    """A press on 'Lav Excel' comes before anything typed has reached the server."""
    filled.get_by_label("Mappens titel").fill("Samråd CI")
    filled.get_by_label("Spørgsmålet").fill(ANSWER)
    filled.get_by_role("button", name="Lav Excel").click()
    link = filled.get_by_role("link", name="Hent Excel")
    expect(link).to_be_visible(timeout=120_000)
    with filled.expect_download() as started:
        link.click()
    assert started.value.suggested_filename == "samraad_samraad-ci.xlsx"
    content = Path(started.value.path()).read_bytes()
    assert content[:2] == b"PK"
    book = openpyxl.load_workbook(io.BytesIO(content))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert any(ANSWER in text for text in texts)
    expect(filled.get_by_text("Mappen er ændret, siden")).to_have_count(0)
    filled.get_by_label("Udkast til svar").fill("Et andet svar.")
    expect(filled.get_by_text("Mappen er ændret, siden")).to_be_visible()


def test_entries_are_moved_removed_and_brought_back_by_keyboard(filled: Page) -> None:
    filled.get_by_label("Kommentar til 1.").fill("Om kortet")
    down = filled.get_by_role("button", name=re.compile("^Flyt ned: 1"))
    down.focus()
    filled.keyboard.press("Enter")
    assert kinds(filled) == ["tabel", "kort", "saetning"]
    moved = filled.get_by_role("button", name=re.compile("^Flyt ned: 2"))
    expect(moved).to_be_focused()
    filled.keyboard.press("Enter")
    # At the end it cannot go further down: the other button has the focus.
    expect(filled.get_by_role("button", name=re.compile("^Flyt op: 3"))).to_be_focused()
    filled.keyboard.press("Alt+ArrowUp")
    assert kinds(filled) == ["tabel", "kort", "saetning"]
    expect(filled.get_by_label("Kommentar til 2.")).to_have_value("Om kortet")
    filled.get_by_role("button", name=re.compile("^Fjern: 2")).focus()
    filled.keyboard.press("Enter")
    assert kinds(filled) == ["tabel", "saetning"]
    undo = filled.get_by_role("button", name="Fortryd")
    expect(undo).to_be_focused()
    filled.keyboard.press("Enter")
    assert kinds(filled) == ["tabel", "kort", "saetning"]
    expect(filled.get_by_label("Kommentar til 2.")).to_have_value("Om kortet")
    filled.get_by_role("button", name="Tøm mappen").click()
    assert kinds(filled) == []
    expect(filled.get_by_text("Mappen er tom.")).to_be_visible()
    filled.get_by_role("button", name="Fortryd").click()
    assert kinds(filled) == ["tabel", "kort", "saetning"]
    looked_up(filled, 3)


def test_a_colleague_opens_the_file(
    filled: Page, open_page: OpenPage, server: Server, tmp_path: Path
) -> None:
    filled.get_by_label("Mappens titel").fill("Samråd: børn på Ærø")
    filled.get_by_label("Udkast til svar").fill(ANSWER)
    with filled.expect_download() as started:
        filled.get_by_role("button", name="Gem som fil").click()
    assert started.value.suggested_filename == "samraad_samraad-boern-paa-aeroe.samraad.json"
    file = tmp_path / "mappe.samraad.json"
    started.value.save_as(file)

    other = open_page(f"{server.address}/samraad")
    chooser = other.locator("input[type=file][accept='.json']")
    chooser.set_input_files(file)
    looked_up(other, 3)
    expect(other.get_by_label("Udkast til svar")).to_have_value(ANSWER)
    other.get_by_role("button", name=re.compile("^Fjern: 1")).click()
    chooser.set_input_files(file)
    expect(other.get_by_text("»Samråd: børn på Ærø« har 3 poster.")).to_be_visible()
    other.get_by_role("button", name="Læg til min mappe").click()
    looked_up(other, 3)
    assert kinds(other) == ["tabel", "saetning", "kort"]
    chooser.set_input_files(file)
    other.get_by_role("button", name="Erstat min mappe").click()
    expect(other.locator("li.entry").first.get_by_role("img")).to_be_visible()
    assert kinds(other) == ["kort", "tabel", "saetning"]


@pytest.mark.parametrize(
    ("octets", "told"),
    [
        (b"\x89PNG", "Filen er ikke en samrådsmappe"),
        (b'{"format":"indsatsatlas-samraad","udgave":2,"poster":[]}', "en anden udgave end 1"),
        (b"[" * 200_001, "men en mappe fylder højst 200 kB"),
        (
            b'{"format":"indsatsatlas-samraad","udgave":1,"poster":[{"slags":"kort","data":"x",'
            b'"parametre":{}}]}',
            "Post 1: Ukendt dataversion",
        ),
    ],
    ids=["picture", "edition", "size", "entry"],
)
def test_a_file_that_is_no_folder_changes_nothing(filled: Page, octets: bytes, told: str) -> None:
    before = kinds(filled)
    filled.locator("input[type=file][accept='.json']").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": octets}
    )
    expect(filled.locator(".opened .wrong")).to_contain_text(told)
    assert kinds(filled) == before


def test_two_tabs_keep_in_step(open_page: OpenPage, server: Server) -> None:
    one = open_page(f"{server.address}/{HOLBAEK}")
    other = one.context.new_page()
    other.goto(f"{server.address}/samraad")
    ready(other)
    expect(other.get_by_text("Mappen er tom.")).to_be_visible()
    other.get_by_label("Udkast til svar").fill("Skrevet i den anden fane")
    put(one, "Kortet").click()
    looked_up(other, 1)
    expect(other.get_by_label("Udkast til svar")).to_have_value("Skrevet i den anden fane")
    assert stored(one)["svar"] == "Skrevet i den anden fane"
    other.get_by_role("button", name=re.compile("^Fjern: 1")).click()
    expect(put(one, "Kortet")).to_have_attribute("aria-pressed", "false")


def test_one_bad_entry_takes_nothing_down(filled: Page) -> None:
    filled.evaluate(
        """() => {
          const folder = JSON.parse(localStorage["indsatsatlas.mappe"]);
          folder.poster.splice(1, 0, null, {slags: "<img src=x onerror=alert(1)>", parametre: 7});
          folder.poster[0].parametre.periode = "1999M01";
          localStorage["indsatsatlas.mappe"] = JSON.stringify(folder);
        }"""
    )
    filled.reload()
    ready(filled)
    entries = filled.locator("li.entry")
    expect(entries).to_have_count(5)
    expect(filled.locator("li.entry .standing")).to_have_count(2)
    expect(entries.nth(0)).to_contain_text("1999M01")
    expect(entries.nth(1)).to_contain_text("Post 2 kan ikke læses")
    expect(entries.nth(2)).to_contain_text("Post 3 mangler slags")
    filled.get_by_role("button", name=re.compile("^Fjern: 2")).click()
    expect(entries).to_have_count(4)
    filled.evaluate("localStorage['indsatsatlas.mappe'] = '{'")
    filled.reload()
    ready(filled)
    expect(filled.get_by_role("alert").first).to_contain_text("kan ikke læses")
    filled.get_by_role("button", name="Tøm mappen").click()
    expect(filled.get_by_text("Mappen er tom.")).to_be_visible()


def test_it_works_where_the_browser_may_not_remember(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/{HOLBAEK}")
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied') }})"
    )
    page.reload()
    ready(page)
    put(page, "Kortet").click()
    said = page.get_by_role("status").filter(has_text="samrådsmappen")
    expect(said).to_contain_text("Browseren tillader ikke siden at huske mappen")
    expect(put(page, "Kortet")).to_have_attribute("aria-pressed", "true")
    entries = to_folder(page, 1)
    expect(entries).to_contain_text("Holbæk: 117 af")
    expect(page.get_by_text("Den forsvinder, når fanen lukkes").first).to_be_visible()


def test_a_full_folder_says_so(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/{HOLBAEK}")
    page.evaluate(
        """() => localStorage["indsatsatlas.mappe"] = JSON.stringify({
          format: "indsatsatlas-samraad", udgave: 1,
          poster: Array.from({length: 100}, (_, n) => (
            {slags: "kort", parametre: {id: `${n}`}, data: "x"})),
        })"""
    )
    put(page, "Kortet").click()
    said = page.get_by_role("status").filter(has_text="Mappen er fuld")
    expect(said).to_contain_text("Der er plads til 100")
    expect(put(page, "Kortet")).to_have_attribute("aria-pressed", "false")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    open_page: OpenPage, server: Server
) -> None:
    page = open_page(f"{server.address}/{HOLBAEK}", bypass_csp=True)
    fill(page)
    for view in every_view(page, widths=(1400, 768, 320)):
        assert_accessible(page, view)
    page.goto(f"{server.address}/samraad")
    ready(page)
    for view in every_view(page, widths=(1400, 768, 320)):
        looked_up(page, 3)
        page.get_by_role("button", name=re.compile("^Fjern: 1")).click()
        assert_accessible(page, view)
        page.get_by_role("button", name="Fortryd").click()


def test_all_is_danish(filled: Page) -> None:
    # What stands inside the component is in a tree of its own.
    inside = filled.locator("li.entry").first.evaluate(
        "e => e.getRootNode().querySelector('[data-root]').innerText"
    )
    assert "Udkast til svar" in inside
    assert [word for word in ENGLISH.findall(inside) if word] == []
    assert_danish(filled, "Brug ministeriets egen Word-skabelon", "Vælg kommuner")


def test_on_paper_it_is_a_list_to_read(filled: Page) -> None:
    filled.get_by_label("Udkast til svar").fill(ANSWER)
    filled.get_by_label("Kommentar til 1.").fill("Vis kortet først.")
    ready(filled)
    filled.emulate_media(media="print")
    expect(filled.locator(".svar .printed")).to_have_text(ANSWER)
    expect(filled.locator(".svar .printed")).to_be_visible()
    expect(filled.get_by_text("Vis kortet først.", exact=True).first).to_be_visible()
    expect(filled.locator("li.entry img")).to_be_visible()
    for hidden in ("Gem som fil", "Lav Word", re.compile("^Flyt op: 2"), "Lav kommunenotater"):
        expect(filled.get_by_role("button", name=hidden)).to_be_hidden()
    expect(filled.get_by_label("Udkast til svar")).to_be_hidden()
    expect(filled.locator(".field.overskrift").first).to_be_hidden()


def test_nothing_is_offered_on_paper_or_inside_another_page(
    open_page: OpenPage, server: Server
) -> None:
    page = open_page(f"{server.address}/{HOLBAEK}")
    expect(page.locator("button.mappe").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("button.mappe").first).to_be_hidden()
    embedded = open_page(f"{server.address}/{HOLBAEK}&embed=1")
    for button in embedded.locator("button.mappe").all():
        expect(button).to_be_hidden()


def test_the_draft_is_taken_along_to_paastandstjek_as_it_was_typed(
    open_page: OpenPage, server: Server, console_errors: list[str]
) -> None:
    page = open_page(f"{server.address}/samraad")
    page.get_by_label("Udkast til svar").fill("I Holbæk var 54 pct. passive i ressourceforløb.")
    page.get_by_role("button", name="Tjek udkastets påstande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Påstandstjek")
    expect(page.get_by_label("Udkast", exact=True)).to_have_value(
        "I Holbæk var 54 pct. passive i ressourceforløb."
    )
    found = page.locator("article.paastandsfund")
    expect(found).to_have_count(1)
    expect(found.get_by_role("heading")).to_contain_text("holder ikke")
    expect(found).to_contain_text("I Holbæk var 52 pct. passive i ressourceforløb.")
    assert console_errors == []


def test_a_checked_draft_is_printed_with_all_that_was_found(
    open_page: OpenPage, server: Server
) -> None:
    page = open_page(f"{server.address}/paastandstjek")
    page.get_by_role("button", name="Prøv et eksempel").click()
    found = page.locator("article.paastandsfund")
    expect(found).to_have_count(6)
    ready(page)
    page.emulate_media(media="print")
    expect(page.locator(".udkast").first).to_be_visible()
    for claim in found.all():
        for part in (claim.locator("blockquote"), claim.locator("dl").last):
            expect(part).to_be_visible()
            assert (part.bounding_box() or {"height": 0})["height"] > 10
        expect(claim.get_by_text("Handler om")).to_be_visible()
        expect(claim.locator("dt", has_text="Tallet i datalageret")).to_be_visible()
        expect(claim.locator("dt", has_text="Kilde")).to_be_visible()
    expect(page.get_by_role("button", name="Kopiér").first).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (320, "dark")])
def test_a_checked_draft_is_accessible_danish_and_as_wide_as_the_window(
    open_page: OpenPage, server: Server, width: int, scheme: str
) -> None:
    page = open_page(
        f"{server.address}/paastandstjek",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    page.get_by_role("button", name="Prøv et eksempel").click()
    expect(page.locator("article.paastandsfund")).to_have_count(6)
    ready(page)
    assert_accessible(page)
    assert_danish(page)
