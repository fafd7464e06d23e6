"""`python -m tests.screenshots [NAME …]`: take the README's pictures of the pages as they are."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from queries.sources import facts
from queries.warehouse.build import build
from queries.warehouse.content import shipped_content
from tests.browser.conftest import ARGUMENTS, ROOT, find_chromium, ready, serve

FOLDER = ROOT / ".readme"
PICTURES = {
    "overblik": ("", 1400, 900, "light"),
    "passive": ("passive?kommune=0316", 1400, 1000, "light"),
    "passive-dark": ("passive?kort=fliser&omraade=1084&kommune=0155", 1400, 1000, "dark"),
    "tragt": ("passive?kommune=0316&usikkerhed=vis", 1400, 1000, "light"),
    "gruppe-2": ("gruppe-2?kommune=0316#kort", 1400, 1000, "light"),
    "virksomhedspraktik": ("virksomhedspraktik?kommune=0316&vejen=vis", 1400, 1000, "light"),
    "sammenlign": ("sammenlign?sammenlign=0316,0330,0320", 1400, 1000, "light"),
    "kommune": ("kommune?kommune=0316", 1400, 1000, "light"),
    "initiativer": ("initiativer", 1400, 1000, "light"),
    "tabeltjek": ("tabeltjek", 1400, 1000, "light"),
    "fortrolighed": ("fortrolighed", 1400, 1000, "light"),
    "samraad": ("samraad", 1400, 1000, "light"),
    "paastandstjek": ("paastandstjek", 1400, 1000, "light"),
    "data": ("indlaes?vis=ny", 1400, 1000, "light"),
}
UNFOLDED = "[data-testid=stExpander]:has-text('%s')"
SHOWN = {
    "usikkerhed=vis": UNFOLDED % "Er forskellen tilfældig?",
    "vejen=vis": UNFOLDED % "Vejen fra indsatsgruppe",
    "#kort": ".st-key-valgt",
}
"""What a picture is taken of: a part that its address unfolds, or the figures."""


def main() -> None:
    """Serve the shipped warehouse and write one PNG per picture."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        build(shipped_content(), data / "atlas.duckdb")
        with serve(ROOT / "dashboard.py", data / "log", data=data) as server:
            take(server.address)


def take(address: str) -> None:
    """Open each page in a fresh browser context and save what a reader sees first."""
    wanted = sys.argv[1:] or list(PICTURES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for name, (path, width, height, scheme) in PICTURES.items():
            if name not in wanted:
                continue
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="da-DK",
            )
            page.goto(f"{address}/{path}")
            ready(page)
            if not path:
                page.get_by_role("button", name="Spring over").click()
            if path == "tabeltjek":
                page.get_by_role("button", name="En tabel, der skjuler for lidt").click()
                page.locator(".dom").wait_for()
                ready(page)
            if path in MADE:
                MADE[path](page)
            if path.startswith(("passive", "gruppe")):
                page.locator(".js-plotly-plot .point").first.wait_for(state="attached")
            for part, selector in SHOWN.items():
                if part in path:
                    page.locator(selector).evaluate("element => element.scrollIntoView()")
            page.wait_for_timeout(800)
            page.screenshot(path=FOLDER / f"{name}.png")
            sys.stdout.write(f"{FOLDER / name}.png\n")
            page.close()
        browser.close()


def give(page: Page) -> None:
    """Give the page 'Data' a made-up file, and show how it is read."""
    kommuner = facts.read_facts("kommuner")["navn"]
    rows = [f"{name};{40 + 7 * at % 90};{200 + 11 * at % 300}" for at, name in enumerate(kommuner)]
    head = ["Passive i ressourceforløb, september 2018 (opdigtede tal)", "Kommune;Antal;I alt"]
    made_up = {"name": "opdigtet.csv", "mimeType": "text/csv"}
    content = "\n".join([*head, *rows, ""]).encode()
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    field.set_input_files(made_up | {"buffer": content})  # type: ignore[arg-type]
    page.get_by_role("heading", name="Rapport", exact=True).wait_for(timeout=60_000)
    ready(page)
    page.get_by_role("heading", name="Sådan er filen læst").evaluate("one => one.scrollIntoView()")


def collect(page: Page) -> None:
    """Put map and sentence of a kommune into the folder, and show it."""
    address = page.url
    page.goto(f"{address.rpartition('/')[0]}/passive?kommune=0316")
    ready(page)
    page.locator(".mapperaekke").first.get_by_role("button", name="Kortet").click()
    page.get_by_role("button", name="Læg i mappe: sætningen om Holbæk").click()
    page.goto(address)
    ready(page)
    page.get_by_label("Mappens titel").fill("Samråd om passive i ressourceforløb")
    page.get_by_label("Betegnelse").fill("BEU alm. del, samrådsspørgsmål CI")
    page.get_by_label("Spørgsmålet").fill("Hvor mange borgere får hverken tilbud eller mentor?")
    page.get_by_label("Udkast til svar").fill("I juni 2017 var det 2.790 borgere, 21 pct.")
    page.locator("li.entry .standing").nth(1).wait_for()
    page.wait_for_timeout(2000)


def check(page: Page) -> None:
    """Check the page's own example of a draft."""
    page.get_by_role("button", name="Prøv et eksempel").click()
    page.locator("article.paastandsfund").last.wait_for()
    ready(page)
    page.get_by_label("Udkast", exact=True).evaluate("one => one.scrollIntoView()")


MADE = {"indlaes?vis=ny": give, "samraad": collect, "paastandstjek": check}
"""What is done on a page before its picture is taken, by its address."""


if __name__ == "__main__":
    main()
