"""Programmes, sources, accessibility and about in a real browser: reached, folded, printed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Server, ready
from tests.browser.test_frame import assert_danish
from tests.browser.views import assert_accessible, every_view

CITED = "slags=saetning&indikator=passive_ressourceforloeb&periode=2017M06&kommune=0316"
NAMED = "initiativer?initiativ=bedre_ressourceforloeb"
PAGES = (
    "initiativer",
    f"{NAMED}&kommune=0316&udvikling=vis",
    "initiativer?initiativ=flere_skal_med",
    "kilder",
    "fortrolighed",
    "tilgaengelighed",
    "om",
    "henvisning",
    "henvisning?slags=soejler&indikator=passive_ressourceforloeb&periode=2017M06&kommune=0316",
    "henvisning?slags=kort&indikator=gruppe_2_over_9_maaneder&niveau=region",
    "henvisning?slags=profil&kommune=0316",
)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    open_page: OpenPage, server: Server, path: str
) -> None:
    page = open_page(f"{server.address}/{path}", bypass_csp=True)
    for view in every_view(page):
        for folded in page.locator("details.fold, details.tabel").all():
            folded.evaluate("part => { part.open = true; }")
        assert_accessible(page, view)


@pytest.mark.parametrize("path", PAGES)
def test_all_is_danish(open_page: OpenPage, server: Server, path: str) -> None:
    page = open_page(f"{server.address}/{path}")
    if "udvikling" in path:
        page.locator(".js-plotly-plot").nth(2).wait_for()
    # References are in the language of their journals, and say so.
    page.locator("#statistik [lang=en]").evaluate_all("parts => parts.forEach(p => p.remove())")
    assert_danish(page)


def test_the_contents_lead_to_their_parts_and_back(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/kilder")
    page.get_by_role("link", name="Statistiske metoder").click()
    expect(page.get_by_role("heading", name="Statistiske metoder")).to_be_in_viewport()
    page.locator("#statistik").get_by_role("link", name="Til indhold").click()
    expect(page.get_by_role("heading", name="Indhold")).to_be_in_viewport()


@pytest.mark.parametrize("part", ["ord-passiv", "kilde-beu-spm-601", "statistik"])
def test_an_address_of_a_part_opens_there(
    open_page: OpenPage, server: Server, part: str, console_errors: list[str]
) -> None:
    page = open_page(f"{server.address}/kilder#{part}")
    expect(page.locator(f"#{part}")).to_be_in_viewport()
    if part.startswith("kilde-"):
        expect(page.get_by_text("cebd2e8ee79c")).to_be_visible()
    assert console_errors == []


def test_a_programme_is_chosen_by_bar_link_and_box(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/initiativer")
    bars = page.locator(".js-plotly-plot .bars .point")
    bars.nth(2).wait_for(state="attached")
    box = bars.nth(2).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("initiativ=flere_skal_med$"))
    expect(page.get_by_text("navngiver ikke de 88 kommuner")).to_be_visible()
    page.get_by_role("link", name="Bedre Ressourceforløb").click()
    expect(page).to_have_url(re.compile("initiativ=bedre_ressourceforloeb$"))
    expect(page.get_by_role("heading", name="De 17 navngivne kommuner")).to_be_visible()


def test_a_named_kommune_is_chosen_on_the_map_and_leads_to_its_profile(
    open_page: OpenPage, server: Server
) -> None:
    page = open_page(f"{server.address}/{NAMED}")
    page.get_by_role("option", name=re.compile("^Holbæk")).click()
    expect(page).to_have_url(re.compile("kommune=0316"))
    told = page.locator(".valgt-kommune")
    expect(told).to_contain_text("Holbæk: 52 pct. (117 af ca. 225)")
    told.get_by_role("link").click()
    ready(page)
    expect(page).to_have_url(re.compile(r"/kommune\?kommune=0316"))


def test_folded_parts_are_open_on_paper(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/kilder")
    page.emulate_media(media="print")
    expect(page.get_by_text("Wilsons interval med 95 pct. sikkerhed")).to_be_visible()
    expect(page.locator(".indhold")).to_be_hidden()


def test_before_and_after_is_marked_on_the_figure(open_page: OpenPage, server: Server) -> None:
    page: Page = open_page(f"{server.address}/{NAMED}")
    page.get_by_text("Før, under og efter projektet (syntetiske tal)").click()
    expect(page).to_have_url(re.compile("udvikling=vis"))
    series = page.locator(".js-plotly-plot").nth(2)
    expect(series).to_contain_text("SYNTETISKE TAL")
    expect(series).to_contain_text("projektperioden")


def test_a_number_is_copied_with_its_source(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/henvisning?{CITED}")
    page.get_by_role("button", name="Kopiér med kilde").click()
    expect(page.get_by_role("button", name="Kopieret")).to_be_visible()
    copied = page.evaluate("getSelection().toString()").replace("\N{NO-BREAK SPACE}", " ")
    for part in ("Holbæk: 117 af ca. 225 borgere, 52 pct.", "spm. 554", "dataversion", "Hentet "):
        assert part in copied
    # What it was called comes back, and not what another button is called.
    expect(page.get_by_role("button", name="Kopiér med kilde")).to_be_visible()


def test_a_drawing_of_a_permanent_address_is_drawn(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/henvisning?{CITED.replace('saetning', 'kort')}")
    drawing = page.get_by_role("img", name=re.compile("Passive i ressourceforløb, juni 2017"))
    expect(drawing).to_be_visible()
    assert drawing.evaluate("e => e.complete && e.naturalWidth > 100 || e.decode().then(() => 1)")
