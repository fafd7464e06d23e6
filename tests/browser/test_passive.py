"""The page 'Passive i ressourceforløb' in a real browser: selecting, moving, reading, printing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Server, ready
from tests.browser.test_frame import assert_danish
from tests.browser.views import assert_accessible, every_view

PAGES = (
    "",
    "passive?kommune=0316",
    "passive?niveau=jobcenter&kommune=0155",
    "passive?kommune=0316&side_om_side=vis&udvikling=vis",
    "passive?kommune=0316&periode=2018M03",
    "gruppe-2?kommune=0316",
    "virksomhedspraktik?maal=job",
    "kilder",
    "om",
)
HOLBAEK = "Holbæk: 117 af ca. 225 borgere, 52 pct."
HALSNAES = "Halsnæs: 35 af ca. 86 borgere, 41 pct."


def drawn(page: Page) -> Page:
    """Wait for map, table and bars."""
    ready(page)
    page.get_by_role("option", name=re.compile("^Holbæk")).wait_for()
    page.get_by_role("button", name="Holbæk", exact=True).wait_for()
    page.locator(".js-plotly-plot .bars .point").nth(95).wait_for(state="attached")
    return page


@pytest.fixture
def passive(open_page: OpenPage, server: Server) -> Page:
    return drawn(open_page(f"{server.address}/passive"))


def expect_selected(page: Page, sentence: str, name: str, code: str) -> None:
    """The same kommune is selected in sentence, address, map, table and bars."""
    text = re.compile(re.escape(sentence).replace(r"\ ", r"\s"))
    expect(page.locator(".st-key-valgt")).to_contain_text(text)
    expect(page).to_have_url(re.compile(rf"kommune={code}"))
    expect(page.get_by_role("option", name=re.compile(f"^{name}"))).to_have_attribute(
        "aria-selected", "true"
    )
    expect(page.locator("tr", has=page.get_by_role("button", name=name, exact=True))).to_have_class(
        re.compile("selected|valgt")
    )
    expect(page.locator(".js-plotly-plot .ytick text", has_text=name)).to_have_attribute(
        "data-unformatted", f"<b>{name}</b>"
    )


def click_bar(page: Page, number: int) -> None:
    page.wait_for_timeout(500)  # Plotly draws the bars anew when their data change
    box = page.locator(".js-plotly-plot .bars .point path").nth(number).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_on_the_map_selects_everywhere(passive: Page, console_errors: list[str]) -> None:
    passive.get_by_role("option", name=re.compile("^Holbæk")).click()
    expect_selected(passive, HOLBAEK, "Holbæk", "0316")
    assert console_errors == []


def test_a_click_in_the_table_selects_everywhere(passive: Page) -> None:
    passive.get_by_role("button", name="Holbæk", exact=True).click()
    expect_selected(passive, HOLBAEK, "Holbæk", "0316")


def test_a_click_on_a_bar_selects_everywhere_and_again(passive: Page) -> None:
    click_bar(passive, 2)  # the third row of the document
    expect_selected(passive, HOLBAEK, "Holbæk", "0316")
    click_bar(passive, 5)
    expect_selected(passive, HALSNAES, "Halsnæs", "0260")
    passive.get_by_role("button", name="Fjern valg").click()
    expect(passive.locator(".st-key-valgt")).to_contain_text("Vælg en kommune")
    click_bar(passive, 5)
    expect_selected(passive, HALSNAES, "Halsnæs", "0260")


def test_search_finds_an_old_name(passive: Page) -> None:
    box = passive.get_by_label("Find kommune")
    box.click()
    box.fill("Århus")
    passive.keyboard.press("Enter")
    expect(passive).to_have_url(re.compile("kommune=0751"))
    expect(passive.locator(".st-key-valgt")).to_contain_text("Aarhus: 46 af ca.")


def test_back_and_forward(passive: Page) -> None:
    passive.get_by_role("button", name="Holbæk", exact=True).click()
    expect(passive.locator(".st-key-valgt")).to_contain_text("Holbæk: 117")
    passive.get_by_role("button", name="Halsnæs", exact=True).click()
    expect(passive.locator(".st-key-valgt")).to_contain_text("Halsnæs: 35")
    passive.go_back()
    expect_selected(passive, HOLBAEK, "Holbæk", "0316")
    passive.go_forward()
    expect_selected(passive, HALSNAES, "Halsnæs", "0260")


def test_choices_survive_the_menu(passive: Page) -> None:
    passive.get_by_role("button", name="Holbæk", exact=True).click()
    expect(passive).to_have_url(re.compile("kommune=0316"))
    passive.get_by_role("link", name="Kilder og metode").first.click()
    expect(passive.get_by_role("heading", level=1)).to_have_text("Kilder og metode")
    passive.get_by_role("link", name="Passive i ressourceforløb").first.click()
    expect_selected(passive, HOLBAEK, "Holbæk", "0316")


def test_the_map_by_keyboard_alone(passive: Page) -> None:
    passive.get_by_role("option", name=re.compile("^Holbæk")).focus()
    passive.keyboard.press("Enter")
    expect_selected(passive, HOLBAEK, "Holbæk", "0316")
    # The focus is still on Holbæk; Kalundborg lies west of it.
    passive.keyboard.press("ArrowLeft")
    passive.keyboard.press("Enter")
    expect(passive).to_have_url(re.compile("kommune=0326"))


def test_the_table_answers_after_tabbing_through_the_filters(passive: Page) -> None:
    # Tabbing into a field marks its text, which must not be taken for text marked in the table.
    passive.get_by_role("combobox", name="Niveau").focus()
    passive.keyboard.press("Tab")
    passive.get_by_role("button", name="Holbæk", exact=True).click()
    expect_selected(passive, HOLBAEK, "Holbæk", "0316")
    passive.get_by_role("button", name="Holbæk", exact=True).focus()
    passive.keyboard.press("ArrowDown")  # Morsø is the row below
    passive.keyboard.press("Enter")
    expect(passive).to_have_url(re.compile("kommune=0773"))


def test_hidden_left_out_and_shown_look_different(passive: Page) -> None:
    def fill(name: str) -> str | None:
        option = passive.get_by_role("option", name=re.compile(f"^{name}"))
        return str(option.evaluate("e => getComputedStyle(e).fill"))

    fills = {name: fill(name) for name in ("Dragør", "Randers", "Fanø", "Viborg", "Guldborgsund")}
    assert fills["Dragør"] == fills["Randers"]
    assert len(set(fills.values())) == 4
    rows = {
        name: passive.locator("tr", has=passive.get_by_role("button", name=name, exact=True))
        for name in ("Dragør", "Fanø")
    }
    expect(rows["Dragør"]).to_contain_text("skjult")
    expect(rows["Fanø"]).to_contain_text("udeladt")
    legend = passive.get_by_text("Skjult (diskretion)")
    expect(legend).to_be_visible()


def test_downloads_arrive(passive: Page) -> None:
    with passive.expect_download() as waiting:
        passive.get_by_role("link", name="Tabel som CSV").click()
    assert waiting.value.suggested_filename == "passive_ressourceforloeb_2017M06_kommune.csv"
    lines = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + 98
    with passive.expect_download() as waiting:
        passive.get_by_role("link", name="Kort som PNG").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("address", PAGES)
def test_accessible_danish_and_as_wide_as_the_window(
    open_page: OpenPage, server: Server, console_errors: list[str], address: str
) -> None:
    page = open_page(f"{server.address}/{address}")
    for view in every_view(page):
        if address.startswith(("passive", "gruppe", "virk")):
            page.locator(".js-plotly-plot .bars .point").first.wait_for(state="attached")
            page.get_by_role("option").first.wait_for(state="attached")
        assert_accessible(page, view)
        assert_danish(page)
    assert console_errors == []


def test_paper_has_the_numbers_and_no_furniture(passive: Page, tmp_path: Path) -> None:
    passive.emulate_media(media="print")
    expect(passive.get_by_label("Find kommune")).to_be_hidden()
    expect(passive.locator("[data-testid=stSidebar]")).to_be_hidden()
    expect(passive.get_by_role("button", name="Læsø", exact=True)).to_be_visible()
    expect(passive.get_by_text("Berigtiget svar").first).to_be_visible()
    assert passive.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
