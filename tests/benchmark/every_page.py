"""Every page with all series loaded: bytes and processor time per change, worst page first.

Without a browser, so that bytes are exact whatever else the machine does; with one for the first
visit, which loads scripts as they are needed.
"""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote, urlencode

from playwright.sync_api import Browser

from queries import Atlas, Level
from tests.benchmark.browser import tab
from tests.benchmark.proxy import counting
from tests.benchmark.report import Row, median, number
from tests.benchmark.servers import Server
from tests.benchmark.session import Session
from tests.benchmark.views import LEVEL, PLACE

CHANGE_KB, CPU_MS, FIRST_VISIT_KB, MONTHS_KB, QUERY_MS = 15, 25, 3000, 100, 5
OPTIONS, ROUNDS = 8, 4
TEN = "0101,0147,0259,0316,0330,0370,0400,0461,0751,0851"
MONTH, FIND = "Periode", "Find kommune"
UNFOLDED = dict.fromkeys(
    ("udvikling", "usikkerhed", "potentiale", "tid", "tilbud", "vejen", "side_om_side"), "vis"
)
QUESTIONS = ("passive holbæk", "gruppe 2", "spm 554", "jobcenter ishøj", "praktik", "fyn", "hals")


@dataclass(frozen=True)
class Opened:
    """A page as a reader has opened it, and the filters that are changed on it.

    Without filters the `addresses` are gone to in turn; a single one is drawn again and again.
    """

    name: str
    path: str
    query: str = ""
    filters: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ("",)


PAGES = (
    Opened("Overblik, søgning", "/", addresses=tuple(f"soeg={quote(q)}" for q in QUESTIONS)),
    Opened("Passive, offentliggjort", "/passive", filters=(PLACE, FIND)),
    Opened(
        "Passive, 240 måneder",
        "/passive",
        "periode=2018M12&udvikling=vis",
        (MONTH, FIND, PLACE, "Ydelse"),
    ),
    Opened("Gruppe 2", "/gruppe-2", "kommune=0751", (MONTH, FIND, PLACE, LEVEL)),
    Opened("Virksomhedspraktik", "/virksomhedspraktik", "kommune=0751", (MONTH, FIND, PLACE)),
    Opened(
        "Sammenlign, 10 kommuner",
        "/sammenlign",
        f"sammenlign={TEN}&udvikling=vis",
        ("Mål i tabel og kurver", LEVEL),
    ),
    Opened("Kommuneprofil", "/kommune", "kommune=0316", (FIND,)),
    Opened("Initiativer", "/initiativer", "udvikling=vis", ("Initiativ",)),
    Opened("Kilder og metode", "/kilder"),
)
ALL_UNFOLDED = (
    Opened("Passive, alt foldet ud", "/passive", urlencode(UNFOLDED), (PLACE, FIND)),
    Opened("Gruppe 2, alt foldet ud", "/gruppe-2", urlencode(UNFOLDED), (MONTH, FIND)),
    Opened("Praktik, alt foldet ud", "/virksomhedspraktik", urlencode(UNFOLDED), (MONTH, FIND)),
)
PLAIN = Opened("Den enkle side", "/", filters=(PLACE,))


@dataclass(frozen=True)
class Cost:
    """Of one page: WebSocket bytes of opening it and of each filter's changes, and CPU.

    `new` is milliseconds of a choice that nobody has made before, `again` of one that somebody has.
    """

    page: Opened
    opened: int
    by_filter: dict[str, list[int]]
    new: float
    again: float

    @property
    def worst(self) -> int:
        """The bytes of the largest change."""
        return max(max(sizes) for sizes in self.by_filter.values())


def measure(atlas: Server, plain: Server, pages: Sequence[Opened] = PAGES) -> list[Row]:
    """Measure the changes of every page on the atlas, and of the plain page beside them."""
    base = asyncio.run(_cost(plain, PLAIN))
    costs = [asyncio.run(_cost(atlas, page)) for page in (*pages, *ALL_UNFOLDED)]
    sent = sorted(costs, key=lambda cost: -cost.worst)
    cpu = sorted(costs, key=lambda cost: -cost.again)
    plain_kb = base.worst / 1000
    return [
        Row("  den enkle side: skift over WebSocket", plain_kb, "kB"),
        *(_bytes_row(cost, plain_kb) for cost in sent),
        Row("  den enkle side: CPU-tid pr. skift", base.again, "ms"),
        *(_cpu_row(cost, base.again) for cost in cpu),
    ]


def _bytes_row(cost: Cost, plain_kb: float) -> Row:
    told = [
        f"{name} {number(median(sizes) / 1000)} (størst {number(max(sizes) / 1000)})"
        for name, sizes in cost.by_filter.items()
    ]
    note = f"{'; '.join(told)}; åbnet {number(cost.opened / 1000)} kB"
    return Row(cost.page.name, cost.worst / 1000, "kB", CHANGE_KB, baseline=plain_kb, note=note)


def _cpu_row(cost: Cost, plain_ms: float) -> Row:
    note = f"nye valg: {number(cost.new)} ms"
    return Row(f"{cost.page.name}: CPU", cost.again, "ms", CPU_MS, baseline=plain_ms, note=note)


async def _cost(server: Server, page: Opened) -> Cost:
    here = replace(server, page=page.path)
    with counting(server.port) as relay:
        by_filter: dict[str, list[int]] = {}
        async with Session(replace(here, port=relay.port), page.query) as session:
            opened = relay.socket.both
            for name, option in _changes(session, page):
                relay.reset()
                await _make(session, name, option)
                by_filter.setdefault(name, []).append(relay.socket.both)
    # Choices of its own, that the measuring of bytes has not made.
    new: list[float] = []
    again: list[float] = []
    async with Session(here, page.query) as session:
        for skipped, used in ((OPTIONS, new), *((0, again) for _ in range(ROUNDS))):
            changes = _changes(session, page, skipped)
            before = server.cpu_seconds()
            for name, option in changes:
                await _make(session, name, option)
            used.append((server.cpu_seconds() - before) * 1000 / len(changes))
    return Cost(page, opened, by_filter, median(new), median(again))


def _changes(session: Session, page: Opened, skipped: int = 0) -> list[tuple[str, str]]:
    if not page.filters:
        return [("adresse", one) for one in islice(cycle(page.addresses), OPTIONS)]
    return [
        (name, option)
        for name in page.filters
        for option in islice(cycle(session.options(name)), skipped + 1, skipped + 1 + OPTIONS)
    ]


async def _make(session: Session, name: str, option: str) -> None:
    if name == "adresse":
        await session.go(option)
    else:
        await session.choose(name, option)


def first_visits(browser: Browser, atlas: Server) -> list[Row]:
    """Measure every byte of a first visit to each page, the largest first."""
    found = []
    for page in PAGES:
        with counting(atlas.port) as relay, tab(browser) as here:
            query = f"?{page.query}" if page.query else ""
            here.page.goto(f"http://127.0.0.1:{relay.port}{page.path}{query}")
            here.page.locator(".sidefod").wait_for()
            here.settle(relay)
            split = f"WebSocket {number(relay.socket.both / 1000)} kB"
            found.append((relay.both / 1000, page.name, split))
    return [
        Row(f"Første besøg: {name}", size, "kB", FIRST_VISIT_KB, note=split)
        for size, name, split in sorted(found, reverse=True)
    ]


def month_files(atlas: Server, data: Path) -> list[Row]:
    """Measure the file that a map's slider fetches once, for every indicator; the largest first."""
    facade = Atlas(data / "atlas.duckdb")
    rows = []
    levels: tuple[Level, ...] = ("kommune", "jobcenter")
    for level in levels:
        sizes = {}
        for indicator_id in facade.indicators:
            address = f"/maaneder/{indicator_id}/{level}.json?v={facade.version}"
            sizes[indicator_id] = _fetched(atlas, address)
        worst = max(sizes, key=lambda one: sizes[one])
        note = f"{worst}; median {number(median(list(sizes.values())) / 1000)} kB"
        what = f"240 måneder til kortets skyder, {level}"
        rows.append(Row(what, sizes[worst] / 1000, "kB", MONTHS_KB, note=note))
    return rows


def _fetched(server: Server, address: str) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{address}", headers={"Accept-Encoding": "br"}
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=60) as response:
        return len(response.read())


def questions(data: Path) -> list[Row]:
    """Measure what a page asks the long warehouse, each month for the first time."""
    facade = Atlas(data / "atlas.duckdb")
    times, series = [], []
    for indicator_id in facade.indicators:
        for month in facade.periods(indicator_id)[:20]:
            began = time.process_time()
            facade.cells(indicator_id, month)
            times.append((time.process_time() - began) * 1000)
        for area in ("0101", "0316", "0751", "0851"):
            began = time.process_time()
            facade.series(indicator_id, ["000", area])
            series.append((time.process_time() - began) * 1000)
    note = "median, CPU-tid, {} spørgsmål for første gang"
    return [
        Row("cells(), en måned", median(times), "ms", QUERY_MS, note=note.format(len(times))),
        Row("series(), 240 måneder", median(series), "ms", QUERY_MS, note=note.format(len(series))),
    ]
