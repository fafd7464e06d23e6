"""Comparison and profile in a real browser: chosen, drilled into, printed, and free of barriers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Server, ready
from tests.browser.views import assert_accessible, every_view

COMPARE = "sammenlign?sammenlign=0316,0330,0563&udvikling=vis&fagfaelle_valg=vis"
PROFILE = "kommune?kommune=0316"


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.click()
    box.fill(option)
    page.keyboard.press("Enter")


def test_areas_are_chosen_and_lead_to_their_profiles(
    open_page: OpenPage, server: Server, console_errors: list[str]
) -> None:
    page = open_page(f"{server.address}/sammenlign")
    choose(page, "Kommuner (højst 10)", "Holbæk")
    expect(page).to_have_url(re.compile("sammenlign=0316$"))
    expect(page.locator(".stribe").first).to_contain_text("52 pct.")
    page.keyboard.press("Escape")  # an open list hides the page from assistive technology
    page.get_by_role("link", name="Holbæk", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kommuneprofil: Holbæk")
    page.get_by_role("link", name="Holstebro ›").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kommuneprofil: Holstebro")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kommuneprofil: Holbæk")
    assert console_errors == []


def test_marks_are_drawn_at_their_values(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/sammenlign?sammenlign=0316,0101")
    strip = page.locator(".stribe").first
    line, mark = strip.locator(".land"), strip.locator("g use").first
    country, holbaek = line.bounding_box(), mark.bounding_box()
    assert country is not None
    assert holbaek is not None
    assert holbaek["width"] > 8  # the shape is drawn, not only referred to
    assert holbaek["x"] > country["x"]  # 52 pct. beside 21
    signs = page.locator(".stribe li .tegn use")
    assert (signs.first.bounding_box() or {"width": 0})["width"] > 8


def test_a_legible_refusal_of_an_eleventh(open_page: OpenPage, server: Server) -> None:
    codes = "0316,0330,0370,0101,0147,0151,0153,0155,0157,0159"
    page = open_page(f"{server.address}/sammenlign?sammenlign={codes}")
    choose(page, "Kommuner (højst 10)", "Køge")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("flere ikke kan kendes fra hinanden på figurerne")
    expect(page).to_have_url(re.compile(codes.replace(",", "%2C") + "$"))


@pytest.mark.parametrize(
    "address", [COMPARE, PROFILE, f"{PROFILE}&tal=offentliggjorte", "sammenlign", "kommune"]
)
def test_axe_finds_nothing(
    open_page: OpenPage, server: Server, console_errors: list[str], address: str
) -> None:
    page = open_page(f"{server.address}/{address}")
    for view in every_view(page):
        assert_accessible(page, view)
    assert console_errors == []


# Many hidden cells, a shared jobcenter, an initiative, and the longest lists of reasons.
@pytest.mark.parametrize(
    "code", ["0316", "0825", "0155", "0101", "0492", "0316&tal=offentliggjorte"]
)
def test_a_profile_is_one_sheet_of_paper(open_page: OpenPage, server: Server, code: str) -> None:
    page = open_page(f"{server.address}/kommune?kommune={code}", color_scheme="dark")
    page.locator(".profilark").wait_for()
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 1
    page.emulate_media(media="print")
    expect(page.locator(".profilark .maerke")).to_have_count(0 if "tal=" in code else 1)
    expect(page.locator(".bladre")).to_be_hidden()


def test_peers_fill_the_comparison(open_page: OpenPage, server: Server) -> None:
    page = open_page(f"{server.address}/sammenlign?sammenlign=0316&fagfaelle_valg=vis")
    choose(page, "Regel", "Samme antal borgere i ressourceforløb")
    expect(page).to_have_url(re.compile("fagfaeller=stoerrelse"))
    page.get_by_role("button", name="Tilføj 9 sammenlignelige til Holbæk").click()
    expect(page.locator(".sammenligning tbody tr")).to_have_count(11)
    ready(page)
    page.reload()
    expect(page.locator(".sammenligning tbody tr")).to_have_count(11)
