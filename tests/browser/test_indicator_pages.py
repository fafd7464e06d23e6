"""The synthetic register in a real browser: chosen, told, unfolded and left again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Server, ready


def drawn(page: Page) -> Page:
    ready(page)
    page.locator(".js-plotly-plot .bars .point").first.wait_for(state="attached")
    return page


@pytest.fixture
def passive(open_page: OpenPage, server: Server) -> Page:
    page = drawn(open_page(f"{server.address}/passive?kommune=0316"))
    # Map and table push what is below them down when they come.
    page.get_by_role("option", name=re.compile("^Holbæk")).wait_for()
    page.get_by_role("button", name="Holbæk", exact=True).wait_for()
    return page


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.click()
    box.fill(option)
    page.keyboard.press("Enter")


def test_a_made_up_month_is_chosen_told_and_left_again(passive: Page) -> None:
    expect(passive.get_by_text("Syntetiske tal.")).to_have_count(0)
    choose(passive, "Periode", "marts 2018 (syntetisk)")
    expect(passive).to_have_url(re.compile("periode=2018M03"))
    notice = passive.locator(".syntetisk").first
    expect(notice).to_contain_text("Tallene herunder for marts 2018 er opdigtede")
    expect(passive.locator(".js-plotly-plot").first).to_contain_text("SYNTETISKE TAL")
    notice.get_by_role("link").click()
    expect(passive.get_by_text("Berigtiget svar").first).to_be_visible()
    expect(passive).to_have_url(re.compile(r"/passive\?kommune=0316$"))


def test_parts_unfold_by_the_readers_choice_which_the_address_keeps(
    passive: Page, console_errors: list[str]
) -> None:
    passive.get_by_text("Udvikling over tid").click()
    expect(passive).to_have_url(re.compile("udvikling=vis"))
    series = passive.locator(".st-key-udvikling .js-plotly-plot, .js-plotly-plot").nth(1)
    expect(series).to_contain_text("SYNTETISKE TAL")
    expect(series).to_contain_text("Offentliggjort: 52 pct.")
    passive.get_by_text("Offentliggjort og syntetisk side om side").click()
    expect(passive).to_have_url(re.compile("side_om_side=vis"))
    expect(passive.get_by_text("Af 96 offentliggjorte rækker")).to_be_visible()
    passive.reload()
    expect(passive.get_by_text("Af 96 offentliggjorte rækker")).to_be_visible()
    passive.get_by_text("Udvikling over tid").click()
    expect(passive).not_to_have_url(re.compile("udvikling"))
    assert console_errors == []


def test_the_series_speaks_danish_when_pointed_at(open_page: OpenPage, server: Server) -> None:
    page = drawn(open_page(f"{server.address}/passive?udvikling=vis&kommune=0316"))
    plot = page.locator(".js-plotly-plot").nth(1)
    plot.scroll_into_view_if_needed()
    area = plot.locator(".nsewdrag").first
    box = area.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    hover = plot.locator(".hoverlayer")
    expect(hover).to_contain_text(re.compile(r"(januar|december|februar|november) 201[78]"))
    expect(hover).to_contain_text("Holbæk (syntetisk)")
    expect(hover).to_contain_text("pct.")


def test_a_kommune_follows_to_another_page_and_a_made_up_month_does_not(
    open_page: OpenPage, server: Server
) -> None:
    page = drawn(open_page(f"{server.address}/gruppe-2?kommune=0316&periode=2019M01"))
    page.get_by_role("link", name="Passive i ressourceforløb").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passive i ressourceforløb")
    expect(page.locator(".st-key-valgt")).to_contain_text("Holbæk: 117")
    expect(page.locator(".syntetisk")).to_have_count(0)
    page.get_by_role("link", name="Flere skal med: gruppe 2").first.click()
    expect(page).to_have_url(re.compile("periode=2019M01"))


def test_a_jobcentre_is_clicked_and_a_measure_chosen(open_page: OpenPage, server: Server) -> None:
    page = drawn(open_page(f"{server.address}/gruppe-2"))
    page.get_by_role("option", name=re.compile("^Jobcenter Holbæk")).click()
    expect(page.locator(".st-key-valgt")).to_contain_text("SYNTETISKE TAL: Jobcenter Holbæk")
    choose(page, "Mål", "Uden aktivt tilbud")
    expect(page).to_have_url(re.compile("maal=uden_tilbud"))
    expect(page.locator(".manchet")).to_contain_text("uden et aktivt tilbud")
    expect(page.locator(".st-key-valgt")).to_contain_text("Jobcenter Holbæk")


def test_a_deep_link_to_a_new_page_is_answered(open_page: OpenPage, server: Server) -> None:
    page = drawn(open_page(f"{server.address}/virksomhedspraktik?maal=job&kommune=0316"))
    expect(page.locator(".manchet")).to_contain_text("helt afgået til beskæftigelse")
    expect(page.get_by_text("Offentliggjort for hele landet")).to_be_visible()


def test_labels_are_on_paper_too(open_page: OpenPage, server: Server) -> None:
    page = drawn(open_page(f"{server.address}/gruppe-2", color_scheme="dark"))
    page.emulate_media(media="print")
    badge = page.locator(".js-plotly-plot .annotation").filter(has_text="SYNTETISKE TAL").first
    expect(badge.locator(".bg")).to_have_css("fill", "rgb(255, 255, 255)")
    expect(badge.locator("text")).to_have_css("fill", "rgb(27, 31, 36)")
    line = page.locator(".js-plotly-plot .scatterlayer .js-line").first
    expect(line).to_have_css("stroke", "rgb(27, 31, 36)")
