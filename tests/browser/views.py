"""A page as readers have it, narrow or wide, light or dark, and what axe finds in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import ready

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
"""WCAG 2.1, levels A and AA."""
HEIGHT = 900
STILL = "document.getAnimations().every(one => one.playState !== 'running')"


def every_view(
    page: Page, *, widths: Sequence[int] = (1400, 320), schemes: Sequence[str] = ("light", "dark")
) -> Iterator[str]:
    """Load the page anew in every view; yield the view's name, for messages.

    In one context, where a page that has been loaded before comes in half the time.
    """
    for scheme, width in product(schemes, widths):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # Playwright's own names
        page.reload()
        ready(page)
        yield f"{scheme} {width}"


def assert_accessible(page: Page, view: str = "") -> None:
    """Assert that axe finds no violation of WCAG, and that nothing scrolls sideways."""
    page.wait_for_function(STILL)
    page.wait_for_timeout(300)  # what fades in has its full colour
    found = Axe().run(page, options=WCAG)
    assert found.response["violations"] == [], f"{view}: {found.generate_report()}"
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0, view
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, view
