"""Chromium without a graphics card, and a page of either application inside it."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

import geodata
from tests.benchmark.proxy import Relay
from tests.benchmark.servers import ROOT, MeasureError

sys.path.append(str(ROOT / ".setup"))
from chromium import find_chromium, missing_chromium

WATCH = Path(__file__).with_name("watch.js")
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL is then drawn by the processor, for the plain page
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LOAD_SECONDS, CHANGE_SECONDS = 90.0, 30.0
QUIET_SECONDS = 1.0
_POLL_MS = 50


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start a Chromium of the machine."""
    program = find_chromium()
    if program is None:
        raise MeasureError(missing_chromium())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Tab:
    """A page and the sizes of its WebSocket messages before compression."""

    page: Page
    received: int = 0
    sent: int = 0

    def open(self, address: str, areas: int) -> None:
        """Load a page and wait until map, bars and table show `areas`."""
        self.page.add_init_script(path=WATCH)
        self.page.on("websocket", self._count)
        self.page.goto(address)
        shown = f"Object.values(benchmark.counts()).every((count) => count === {areas})"
        self._until(shown, LOAD_SECONDS, f"{address} viste ikke {areas} områder")

    def _until(self, expression: str, seconds: float, otherwise: str) -> None:
        # Not `wait_for_function`: it evaluates text in the page, which the atlas's policy forbids.
        until = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            if time.monotonic() > until:
                counts = self.page.evaluate("benchmark.counts()")
                raise MeasureError(f"{otherwise}; siden viser {counts}.")
            self.page.wait_for_timeout(_POLL_MS)

    def _count(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: self._add(received=len(data)))
        socket.on("framesent", lambda data: self._add(sent=len(data)))

    def _add(self, *, received: int = 0, sent: int = 0) -> None:
        self.received += received
        self.sent += sent

    def settle(self, relay: Relay) -> None:
        """Wait until nothing has passed for a while."""
        self.page.wait_for_timeout(QUIET_SECONDS * 1000)
        while not relay.quiet_for(QUIET_SECONDS):
            self.page.wait_for_timeout(_POLL_MS)

    def change(self, label: str, option: str, areas: int) -> dict[str, float]:
        """Choose `option` in the filter `label` by keyboard.

        Returns the milliseconds from the key press until `map`, `bars` and `table` each show
        `areas` areas.
        """
        self.page.bring_to_front()
        box = self.page.get_by_role("combobox", name=label, exact=True)
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option, exact=True).first.wait_for()
        self.page.evaluate("(areas) => benchmark.watch(areas)", areas)
        self.page.keyboard.press("Enter")
        self._until(
            "benchmark.done", CHANGE_SECONDS, f"{label} = {option} gav ikke {areas} områder"
        )
        return {part: float(ms) for part, ms in self.page.evaluate("benchmark.done").items()}

    def click_area(self, area_id: str) -> None:
        """Click an area of the atlas's map where its label would stand."""
        label = next(a.label for a in geodata.load_map().levels["kommune"] if a.id == area_id)
        path = self.page.locator(f'.area[data-id="{area_id}"]')
        path.scroll_into_view_if_needed()
        x, y = path.evaluate(
            "(path, [x, y]) => { const m = path.ownerSVGElement.getScreenCTM();"
            " return [m.a * x + m.e, m.d * y + m.f]; }",
            list(label),
        )
        self.page.mouse.click(x, y)
        self.page.locator(f'.area[data-id="{area_id}"][aria-selected=true]').wait_for()


@contextlib.contextmanager
def tab(browser: Browser) -> Iterator[Tab]:
    """A page with an empty cache."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="da-DK")
    try:
        yield Tab(context.new_page())
    finally:
        context.close()
