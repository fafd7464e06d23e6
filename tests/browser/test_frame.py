"""The frame in a real browser, on the sample application: Danish, accessible, printable, closed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SAMPLE_APP, OpenPage, Server, ready, serve
from tests.browser.views import assert_accessible, every_view

# Whole English words that Streamlit, React Aria, glide-data-grid or Plotly would show. Words that
# are Danish too (menu, data, start, for, is, end) cannot be told apart and are left out.
ENGLISH = re.compile(
    r"\b(add|all|available|choose|clear|close|collapse|column|connect\w*|copy|copied|create|date"
    r"|dates|decrement|delete|does|download|drag|drop|edit|empty|enter to|error|expand|file"
    r"|files|found|fullscreen|hide|hours?|increment|index|limit|loading|march|matches|may|minutes"
    r"|month|navigate|next|no|not|notifications|october|of|open|options?|out|page|per|pin|plot"
    r"|please|press|previous|progress|pages|range|remove|reset|results?|running|scroll|search"
    r"|seconds|select\w*|settings|show|skip|sort|statistics|stop|streamlit|suggestions|sunday|the"
    r"|this|to main|try again|unknown|unpin|upload|use arrow|value|view|wait|year|you|your)\b",
    re.IGNORECASE,
)
# All text a reader can see or hear, but for ligature names of icons and what is marked as English.
TEXTS = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest("script, style, noscript, [data-testid*=Icon], [lang=en]"))
      found.add(walker.currentNode.textContent.trim());
  }
  const names = ["alt", "aria-description", "aria-label", "aria-placeholder",
    "aria-roledescription", "aria-valuetext", "data-title", "placeholder", "title"];
  for (const element of document.querySelectorAll("*"))
    for (const name of names)
      if (element.hasAttribute(name)) found.add(element.getAttribute(name));
  found.delete("");
  return [...found];
}"""


def texts(page: Page) -> set[str]:
    page.wait_for_timeout(400)  # menus and messages are drawn after the event that opens them
    return set(page.evaluate(TEXTS))


def assert_danish(page: Page, *expected: str) -> None:
    """No English word is on the page, and the expected Danish texts are."""
    shown = texts(page)
    assert sorted(text for text in shown if ENGLISH.search(text)) == []
    assert sorted(set(expected) - shown) == []


def test_a_deep_link_is_the_first_request_of_a_fresh_server(
    open_page: OpenPage, console_errors: list[str], tmp_path: Path
) -> None:
    with serve(SAMPLE_APP, tmp_path / "log") as fresh:
        page = open_page(f"{fresh.address}/figurer?kommune=0316")
        expect(page.get_by_role("heading", level=1)).to_have_text("Figurer")
        expect(page).to_have_title("Figurer – Indsatsatlas")
        assert page.locator("html").get_attribute("lang") == "da"
        assert page.url.endswith("/figurer?kommune=0316")
        assert console_errors == []


class TestDanish:
    @pytest.fixture
    def widgets(self, open_page: OpenPage, sample_server: Server) -> Page:
        return open_page(sample_server.address)

    @pytest.fixture
    def charts(self, open_page: OpenPage, sample_server: Server) -> Page:
        page = open_page(f"{sample_server.address}/figurer")
        page.locator(".js-plotly-plot .modebar-btn").first.wait_for(state="attached")
        return page

    def test_at_rest(self, widgets: Page) -> None:
        assert_danish(
            widgets,
            "Gå til hovedindholdet",
            "Vælg",
            "Vælg eller tilføj",
            "Skjul sidepanelet",
            "Hjælp til Kommune",
            "Fjern Ærø",
            "Højst 50 MB pr. fil",
            "Uger — fra",
            "3 af 5 stjerner",
            "06 – juni",
        )

    def test_select_box(self, widgets: Page) -> None:
        field = widgets.locator("[data-testid=stSelectbox] input").first
        field.click()
        assert_danish(widgets, "6 muligheder tilgængelige.")
        field.fill("zzz")
        assert_danish(widgets, "Ingen resultater")
        for _ in range(2):
            widgets.keyboard.press("Escape")
        field = widgets.locator("[data-testid=stSelectbox] input").nth(1)
        field.click()
        field.fill("Ny by")
        assert_danish(widgets, "Tilføj: Ny by")

    def test_multiselect(self, widgets: Page) -> None:
        field = widgets.locator("[data-testid=stMultiSelect] input").first
        field.click()
        assert_danish(widgets, "Vælg alle")
        widgets.get_by_role("option", name="Aalborg").click()
        assert_danish(widgets, "Der kan højst vælges 2. Fjern først et valg.")

    def test_text_and_numbers(self, widgets: Page) -> None:
        widgets.get_by_role("textbox", name="Søg").fill("abc")
        assert_danish(widgets, "Tryk Enter for at anvende")
        widgets.get_by_role("textbox", name="Bemærkning").fill("abc")
        assert_danish(widgets, "Tryk Ctrl+Enter for at anvende")
        number = widgets.locator("[data-testid=stNumberInput] input")
        number.fill("99")
        number.press("Enter")
        assert_danish(widgets, "Fejl: Tallet skal ligge mellem 1 og 10.")

    def test_calendar(self, widgets: Page) -> None:
        segment = widgets.locator("[data-testid=stDateInput] [role=spinbutton]").first
        segment.click()
        assert_danish(widgets, "juni 2017", "Næste måned", "torsdag den 1. juni 2017 valgt")

    def test_files(self, widgets: Page, console_errors: list[str]) -> None:
        fields = widgets.locator("[data-testid=stFileUploaderDropzoneInput]")
        wrong = {"name": "x.txt", "mimeType": "text/plain", "buffer": b"abc"}
        fields.first.set_input_files(wrong)  # type: ignore[arg-type]  # a FilePayload by shape
        assert_danish(widgets, "Filer af typen text/plain kan ikke bruges her.")
        right = {"name": "tal.csv", "mimeType": "text/csv", "buffer": b"abcd"}
        fields.nth(1).set_input_files(right)  # type: ignore[arg-type]  # as above
        assert_danish(widgets, "tal.csv", "4,0 B", "Fjern tal.csv")
        assert console_errors == []

    def test_messages_and_waiting(self, widgets: Page) -> None:
        widgets.get_by_role("button", name="Vis besked").click()
        expect(widgets.get_by_text("vis mere")).to_be_visible()
        assert_danish(widgets, "Beskeder")
        widgets.get_by_role("button", name="Åbn dialog").click()
        expect(widgets.get_by_role("dialog")).to_be_visible()
        assert_danish(widgets, "Luk")
        widgets.keyboard.press("Escape")
        widgets.get_by_role("button", name="Regn længe").click()
        expect(widgets.get_by_text(re.compile(r"^\(\d+ sek\.\)$"))).to_be_visible()
        assert_danish(widgets)

    def test_unknown_page(self, open_page: OpenPage, sample_server: Server) -> None:
        for path in ("findes-ikke", "a/b"):
            page = open_page(f"{sample_server.address}/{path}")
            expect(page.get_by_role("dialog")).to_be_visible()
            assert_danish(page, "Siden findes ikke", "Siden findes ikke. Forsiden vises i stedet.")

    def test_failing_page(self, open_page: OpenPage, sample_server: Server) -> None:
        page = open_page(f"{sample_server.address}/fejl")
        expect(page.get_by_role("alert")).to_contain_text("hændelsesnummer")
        assert_danish(page)
        assert "secret detail" not in page.content()
        page = open_page(f"{sample_server.address}/fejl?slags=bruger")
        expect(page.get_by_role("alert")).to_contain_text("Filen mangler kolonnen »kommune«.")

    def test_lost_connection(self, open_page: OpenPage, tmp_path: Path) -> None:
        with serve(SAMPLE_APP, tmp_path / "log") as doomed:
            page = open_page(f"{doomed.address}/figurer")
            doomed.process.terminate()
            expect(page.get_by_role("dialog")).to_be_visible(timeout=60_000)
            assert_danish(page, "Ingen forbindelse")

    def test_plotly(self, charts: Page) -> None:
        charts.locator(".js-plotly-plot").hover()
        titles = charts.locator(".modebar-btn").evaluate_all("all => all.map(b => b.dataset.title)")
        assert titles == ["Fuld skærm"]
        ticks = charts.locator(".xtick text").all_text_contents()
        assert "5. feb." in ticks
        bar = charts.locator(".js-plotly-plot .point").nth(1)
        bar.hover(force=True)  # a transparent layer over the bars takes the pointer
        expect(charts.locator(".hoverlayer")).to_contain_text("2.345,5")
        assert_danish(charts)

    def test_data_frame(self, charts: Page) -> None:
        frame = charts.locator("[data-testid=stDataFrame]").first
        frame.hover()
        assert_danish(charts, "Vis eller skjul kolonner", "Hent som CSV", "Søg", "Fuld skærm")
        charts.get_by_role("button", name="Søg").click()
        charts.keyboard.type("a")
        expect(charts.get_by_text("3 resultater")).to_be_visible()
        assert_danish(charts, "Forrige resultat", "Næste resultat", "Luk søgning")
        charts.keyboard.press("Escape")

    def test_data_frame_column_menu(self, charts: Page) -> None:
        box = charts.locator("[data-testid=stDataFrame]").first.bounding_box()
        assert box is not None
        # The grid is a canvas: the menu's dots stand at the right end of a column's heading.
        edge = box["x"] + 34 + (box["width"] - 34) * 2 / 3
        charts.mouse.move(edge - 40, box["y"] + 18)
        charts.mouse.click(edge - 14, box["y"] + 18)
        expect(charts.get_by_role("menu", name="Kolonnens menu")).to_be_visible()
        assert_danish(charts, "Sortér stigende", "Sortér faldende", "Skjul kolonnen", "Tal")
        charts.get_by_text("Talformat").hover()
        assert_danish(charts, "Automatisk", "Procent", "Regnskab")
        charts.get_by_text(re.compile("Statistik$")).hover()
        expect(charts.get_by_text("Gennemsnit")).to_be_visible()
        assert_danish(charts, "Mindst", "Øvre kvartil", "434,67")

    def test_sorting_puts_the_last_letters_last(self, charts: Page) -> None:
        names = "['Åbenrå', 'Zealand', 'Ærø', 'Aalborg', 'Østerbro']"
        sort = f"{names}.sort((a, b) => a.localeCompare(b))"
        # Danish sorts aa as å: Aalborg comes among the last too.
        order = ["Zealand", "Ærø", "Østerbro", "Åbenrå", "Aalborg"]
        assert charts.evaluate(sort) == order
        assert charts.evaluate("(1234.5).toLocaleString()") == "1.234,5"


@pytest.mark.parametrize("path", ["", "figurer", "fejl"])
def test_axe_finds_no_violation(open_page: OpenPage, sample_server: Server, path: str) -> None:
    """The policy is off for axe itself, which is an inline script."""
    page = open_page(f"{sample_server.address}/{path}", bypass_csp=True)
    for view in every_view(page, widths=(1280,)):
        assert_accessible(page, view)


@pytest.mark.parametrize("path", ["", "figurer"])
def test_320_pixels_without_sideways_scrolling(
    open_page: OpenPage, sample_server: Server, path: str
) -> None:
    size = {"width": 320, "height": 700}
    page = open_page(f"{sample_server.address}/{path}", viewport=size)
    for element in ("html", "[data-testid=stMain]"):
        assert page.locator(element).evaluate("e => e.scrollWidth") == 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper(open_page: OpenPage, sample_server: Server, scheme: str) -> None:
    page = open_page(f"{sample_server.address}/figurer", color_scheme=scheme)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    # A4 across, in points.
    boxes = {
        tuple(round(float(side)) for side in box.split())
        for box in re.findall(rb"/MediaBox \[([^]]+)\]", pdf)
    }
    assert boxes == {(0, 0, 842, 595)}
    page.emulate_media(media="print")
    for hidden in ("stSidebar", "stHeader", "stElementToolbar"):
        expect(page.get_by_test_id(hidden).first).to_be_hidden()
    for shown in ("stTable", "stPlotlyChart", "stMetric"):
        expect(page.get_by_test_id(shown).first).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollHeight - e.clientHeight") <= 1
    assert main.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    heading = page.get_by_role("heading", level=1)
    assert heading.evaluate("e => getComputedStyle(e).color") == "rgb(27, 31, 36)"


def test_the_policy_stops_nothing_that_pages_need(
    open_page: OpenPage, sample_server: Server, console_errors: list[str]
) -> None:
    page = open_page(f"{sample_server.address}/figurer")
    expect(page.get_by_text("tegnet")).to_be_visible()  # a component's script, from a blob
    page = open_page(sample_server.address)
    with page.expect_download() as table:
        page.get_by_role("button", name="Hent CSV").click()
    assert table.value.path().read_bytes() == b"a;b\n1;2\n"
    assert console_errors == []


def test_the_policy_stops_an_injected_script(
    open_page: OpenPage, sample_server: Server, console_errors: list[str]
) -> None:
    page = open_page(sample_server.address)
    page.evaluate(
        """() => {
          const image = document.createElement("img");
          image.setAttribute("onerror", "window.stolen = 1");
          image.src = "data:,";
          const script = document.createElement("script");
          script.textContent = "window.stolen = 2";
          document.body.append(image, script);
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.stolen") is None
    assert sum("Content Security Policy" in error for error in console_errors) == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "atlas.test"])
def test_first_visit_and_repeat_visit_are_small(
    open_page: OpenPage, sample_server: Server, console_errors: list[str], host: str
) -> None:
    """Under a name without TLS browsers ask for gzip only; both are within 3 MB."""
    address = sample_server.address.replace("127.0.0.1", host)
    page = open_page(f"{address}/fejl")
    page = page.context.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"{address}/figurer")
    ready(page)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert 1_000_000 < sum(received) < 3_000_000
    received.clear()
    page.reload()
    ready(page)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert sum(received) < 50_000
    assert console_errors == []
