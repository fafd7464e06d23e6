"""Bytes: the first visit, the geometry, and one change of a filter."""

from __future__ import annotations

from playwright.sync_api import Browser, Response

from tests.benchmark.browser import Tab, tab
from tests.benchmark.proxy import Relay, counting
from tests.benchmark.report import Row, number
from tests.benchmark.servers import Server
from tests.benchmark.views import CLICKED, Change, Views

FIRST_VISIT_KB, GEOMETRY_KB, CHANGE_KB = 3000, 250, 15
GEOMETRY = "/geo/"


def measure(browser: Browser, atlas: Server, plain: Server, seen: Views) -> list[Row]:
    """Measure both servers' first visits, and what the atlas sends afterwards."""
    with counting(plain.port) as relay, tab(browser) as there:
        plain_first, plain_change = _visit_plain(there, relay, plain, seen)
    rows = []
    with counting(atlas.port) as relay, tab(browser) as here:
        bodies: list[Response] = []
        here.page.on("response", lambda r: bodies.append(r) if GEOMETRY in r.url else None)
        here.open(f"http://127.0.0.1:{relay.port}{atlas.page}", seen.everywhere)
        here.settle(relay)
        split = f"HTTP {_kb(relay.http.both)} kB, WebSocket {_kb(relay.socket.both)} kB"
        rows += [
            Row("Første besøg, alle bytes", relay.both / 1000, "kB", FIRST_VISIT_KB, note=split),
            Row("  den enkle side til sammenligning", plain_first, "kB"),
            _geometry(bodies),
        ]
        rows += [
            _change(here, relay, seen.to_region, "Område: hele landet → region"),
            _change(here, relay, seen.to_land, "Område: region → hele landet"),
            _click(here, relay),
            _change(here, relay, seen.to_jobcentres, "Niveau: kommuner → jobcentre"),
            _change(here, relay, seen.to_kommuner, "Niveau: jobcentre → kommuner"),
            Row("  den enkle side, område: region → hele landet", plain_change, "kB"),
        ]
        rows.insert(3, _second_visit(here, relay, atlas, seen))
    return rows


def _visit_plain(there: Tab, relay: Relay, plain: Server, seen: Views) -> tuple[float, float]:
    there.open(f"http://127.0.0.1:{relay.port}{plain.page}", seen.everywhere)
    there.settle(relay)
    first = relay.both / 1000
    there.change(seen.to_region.label, seen.to_region.option, seen.to_region.areas)
    there.settle(relay)
    relay.reset()
    there.change(seen.to_land.label, seen.to_land.option, seen.to_land.areas)
    there.settle(relay)
    return first, relay.socket.both / 1000


def _geometry(bodies: list[Response]) -> Row:
    sizes = [response.request.sizes()["responseBodySize"] for response in bodies]
    codings = {response.headers.get("content-encoding", "ukomprimeret") for response in bodies}
    note = f"{len(sizes)} forespørgsel, {', '.join(sorted(codings))}"
    return Row("Kortgrundlag som sendt", sum(sizes) / 1000, "kB", GEOMETRY_KB, note=note)


def _second_visit(here: Tab, relay: Relay, atlas: Server, seen: Views) -> Row:
    """Count what a second page in the same browser asks the server for."""
    relay.reset()
    again = Tab(here.page.context.new_page())
    again.open(f"http://127.0.0.1:{relay.port}{atlas.page}", seen.everywhere)
    again.settle(relay)
    asked = [path for path in relay.paths if path.startswith(GEOMETRY)]
    note = f"alle bytes ved andet besøg: {_kb(relay.both)} kB"
    again.page.close()
    return Row("Kortgrundlag hentet igen ved andet besøg", len(asked), "gange", 0, note=note)


def _change(here: Tab, relay: Relay, change: Change, what: str) -> Row:
    _forget(here, relay)
    here.change(change.label, change.option, change.areas)
    return _sent(here, relay, what)


def _click(here: Tab, relay: Relay) -> Row:
    _forget(here, relay)
    here.click_area(CLICKED)
    return _sent(here, relay, "Kommune: klik på kortet")


def _forget(here: Tab, relay: Relay) -> None:
    here.settle(relay)
    relay.reset()
    here.received = here.sent = 0


def _sent(here: Tab, relay: Relay, what: str) -> Row:
    here.settle(relay)
    down, up = relay.socket.down, relay.socket.up
    note = (
        f"ned {_kb(down)} kB, op {_kb(up)} kB; "
        f"før komprimering ned {_kb(here.received)} kB, op {_kb(here.sent)} kB"
    )
    return Row(what, (down + up) / 1000, "kB", CHANGE_KB, note=note)


def _kb(count: int) -> str:
    return number(count / 1000)
