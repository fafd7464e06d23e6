from __future__ import annotations

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response

from pages.components.browser_modules import (
    browser_modules,
    component_routes,
    loader,
    module_address,
)


def get(address: str) -> Response:
    """The route's answer to a request for `address`."""
    (route,) = component_routes()
    match, found = route.matches({"type": "http", "method": "GET", "path": address})
    assert match.name == "FULL", address
    request = Request({"type": "http", "method": "GET", "headers": [], **found})
    answer: Response = asyncio.run(found["endpoint"](request))
    return answer


def test_every_import_of_a_module_is_served() -> None:
    for name, source in browser_modules().items():
        for wanted in re.findall(r'from "\./([^"]+)"', source):
            assert wanted in browser_modules(), f"{name} imports {wanted}"
        answer = get(module_address(name))
        assert (answer.status_code, bytes(answer.body).decode()) == (200, source)
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]


def test_an_old_address_is_not_answered_with_new_content() -> None:
    unknown = module_address("map.js").replace("map.js", "intet.js")
    for address in ("/komponenter/000000000000/map.js", unknown):
        answer = get(address)
        assert (answer.status_code, bytes(answer.body).decode()) == (
            404,
            "Siden er fornyet. Genindlæs den.\n",
        )
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"


def test_the_loader_is_small_and_points_at_its_module() -> None:
    assert module_address("map.js") in loader("map.js")
    assert len(loader("map.js")) < 650  # it is repeated in every message


def test_colours_reach_the_browser_from_the_palette() -> None:
    assert "#6d1237" in browser_modules()["palette.js"]
    assert "Skjult (diskretion)" in browser_modules()["palette.js"]
    for name, source in browser_modules().items():
        if name != "palette.js":
            assert re.findall(r"#[0-9a-f]{6}\b", source) == [], name
