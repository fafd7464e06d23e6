"""The components' loader, called as Streamlit calls it: again before the module has come."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from pages.components.browser_modules import loader, module_address

HOST = "http://atlas.test"
MODULE = """
export default ({ parentElement, data }) => {
  parentElement.textContent = data;
  window.seen.push(data);
  return () => { window.seen.push(`left ${data}`); };
};
"""
CALLED = """async () => {
  const { default: load } = await import("/loader.js");
  const place = document.querySelector("main");
  window.seen = [];
  const call = (data) => load({ parentElement: place, data });
  const [older, newer] = await Promise.all([call("older"), call("newer")]);
  older();
  const before = [...window.seen];
  const next = await call("next");
  newer();
  next();
  return [before, window.seen, place.textContent];
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that has the loader, and a module that tells what is done with it."""
    context = browser.new_context()
    found = context.new_page()
    served = {
        "/": ("text/html", "<main><div data-root></div></main>"),
        "/loader.js": ("text/javascript", loader("map.js")),
        module_address("map.js"): ("text/javascript", MODULE),
    }

    def answer(route: Route) -> None:
        kind, body = served[urlsplit(route.request.url).path]
        route.fulfill(content_type=kind, body=body)

    found.route(f"{HOST}/**", answer)
    found.goto(HOST)
    yield found
    context.close()


def test_only_the_newest_call_draws_and_takes_down(page: Page) -> None:
    before, seen, shown = page.evaluate(CALLED)
    assert before == ["newer"]
    assert seen == ["newer", "next", "left next"]
    assert shown == "next"


def test_what_cannot_be_fetched_is_told_in_danish(page: Page) -> None:
    page.route(HOST + module_address("map.js"), lambda route: route.abort())
    thrown = page.evaluate(
        """async () => {
          const { default: load } = await import("/loader.js");
          return load({ parentElement: document.querySelector("main") }).then(
            () => "", (error) => error.constructor.name);
        }"""
    )
    assert thrown == "TypeError"
    told = page.locator("[data-root]").inner_text()
    assert told == "Figuren kunne ikke hentes. Genindlæs siden."
