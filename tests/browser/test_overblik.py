"""The front page in a real browser: one screen, the tour, the explained words and the search."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Server, ready
from tests.browser.views import assert_accessible, every_view

TOUR = "Velkommen til atlasset"


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    open_page: OpenPage, server: Server
) -> None:
    page = open_page(f"{server.address}/?rundvisning=vis", bypass_csp=True)
    for view in every_view(page):
        expect(page.get_by_role("region", name=TOUR)).to_be_visible()
        assert_accessible(page, view)


def test_the_national_picture_is_on_one_screen(open_page: OpenPage, server: Server) -> None:
    page = open_page(server.address, viewport={"width": 1400, "height": 900})
    for place in (".kortene", ".nyt", ".doere"):
        box = page.locator(place).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900, place


def test_the_tour_is_shown_once_hinders_nothing_and_is_found_again(page: Page) -> None:
    tour = page.get_by_role("region", name=TOUR)
    expect(tour).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    page.get_by_role("button", name="Næste").click()
    step = page.get_by_role("region", name="Søg efter ét tal")
    expect(step).to_contain_text("trin 2 af 6")
    expect(step.get_by_role("heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(step).to_have_count(0)
    page.reload()
    ready(page)
    expect(page.get_by_role("link", name="Vis rundvisningen")).to_be_visible()
    expect(tour).to_have_count(0)
    for _ in range(2):
        page.get_by_role("link", name="Vis rundvisningen").click()
        expect(tour.get_by_role("heading")).to_be_focused()
        page.get_by_role("button", name="Spring over").click()
        expect(tour).to_have_count(0)
        page.wait_for_url(lambda url: "rundvisning" not in url)


def test_the_tour_works_where_a_browser_keeps_nothing(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/kilder")
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('spærret'); } })"
    )
    page.goto(server.address)
    ready(page)
    page.get_by_role("button", name="Spring over").click()
    expect(page.get_by_role("region", name=TOUR)).to_have_count(0)


def test_a_word_is_explained_by_keyboard_pointer_and_touch(page: Page) -> None:
    page.get_by_role("button", name="Spring over").click()
    word = page.get_by_role("button", name="ressourceforløb", exact=True).first
    expect(word).to_have_accessible_description(re.compile("Ydelse og sammenhængende indsats"))
    shown = page.locator("#ordforklaring:popover-open")
    word.focus()
    page.keyboard.press("Enter")
    expect(shown).to_contain_text("Ressourceforløb: Ydelse")
    near, there = shown.bounding_box(), word.bounding_box()
    assert near
    assert there
    assert abs(near["y"] - there["y"]) < 200
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    word.hover()
    expect(shown).to_be_visible()
    page.locator("#ordforklaring").hover()
    page.wait_for_timeout(600)
    expect(shown).to_be_visible()
    page.get_by_role("heading", level=1).hover()
    expect(shown).to_have_count(0)
    word.hover()
    expect(shown).to_be_visible()
    word.click()  # keeps what pointing opened
    page.get_by_role("heading", level=1).hover()
    page.wait_for_timeout(600)
    expect(shown).to_be_visible()
    word.click()
    expect(shown).to_have_count(0)


def test_explanations_are_printed_at_the_end(page: Page) -> None:
    footnotes = page.locator(".ordfodnoter")
    expect(footnotes).to_be_hidden()
    page.emulate_media(media="print")
    expect(footnotes).to_contain_text("Ressourceforløb: Ydelse og sammenhængende indsats")
    expect(footnotes).to_be_visible()


def test_search_leads_there_and_back(page: Page) -> None:
    field = page.get_by_role("textbox", name="Søg i atlasset")
    field.fill("holbæk")
    field.press("Enter")
    expect(page.get_by_role("status").filter(has_text="steder for »holbæk«")).to_be_visible()
    field.fill("passive holbæk")
    field.press("Enter")
    page.wait_for_url("**/passive?kommune=0316")
    expect(page.get_by_role("heading", name="Passive i ressourceforløb", level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("status").filter(has_text="»passive holbæk«")).to_be_visible()
    expect(field).to_have_value("passive holbæk")
    page.get_by_role("link", name="Ryd søgningen").click()
    expect(field).to_have_value("")


@pytest.mark.parametrize("place", ["kilde-beu-spm-554-berigtigelse", "ord-mentor"])
def test_an_answer_inside_a_page_is_scrolled_to(
    open_page: OpenPage, server: Server, place: str
) -> None:
    page = open_page(f"{server.address}/kilder#{place}")
    expect(page.locator(f"#{place}")).to_be_in_viewport()
