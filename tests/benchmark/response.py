"""Time from a key press to redrawn map, bars and table, beside the plain page in the same run."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser

from tests.benchmark.browser import Tab, tab
from tests.benchmark.report import Row, median, number, p95
from tests.benchmark.servers import Server
from tests.benchmark.views import Change, Views

OF_PLAIN, MAP_MS = 0.35, 150


@dataclass
class Times:
    """Milliseconds of one application: the map, and the last of map, bars and table."""

    map: list[float] = field(default_factory=list)
    all: list[float] = field(default_factory=list)

    def add(self, painted: dict[str, float]) -> None:
        """Take one change."""
        self.map.append(painted["map"])
        self.all.append(max(painted.values()))


def measure(browser: Browser, atlas: Server, plain: Server, seen: Views, rounds: int) -> list[Row]:
    """Make the same changes on both pages in turn, `rounds` times each."""
    with tab(browser) as here, tab(browser) as there:
        pages = (here, there)
        for page, server in zip(pages, (atlas, plain), strict=True):
            page.open(f"http://127.0.0.1:{server.port}{server.page}", seen.everywhere)
        rows = _rows("område", _alternate(pages, (seen.to_region, seen.to_land), rounds))
        rows += _rows("niveau", _alternate(pages, (seen.to_jobcentres, seen.to_kommuner), rounds))
    return rows


def _alternate(
    pages: tuple[Tab, Tab], changes: tuple[Change, Change], rounds: int
) -> tuple[Times, Times]:
    times = Times(), Times()
    for turn in range(rounds + 1):
        for change in changes:
            for page, taken in zip(pages, times, strict=True):
                painted = page.change(change.label, change.option, change.areas)
                if turn:  # the first round loads what is fetched on demand
                    taken.add(painted)
    return times


def _rows(name: str, times: tuple[Times, Times]) -> list[Row]:
    ours, plain = times
    note = f"median af {len(ours.all)}; p95 {number(p95(ours.all))} mod {number(p95(plain.all))} ms"
    return [
        Row(
            f"Skift af {name} → kort, søjler og tabel",
            median(ours.all),
            "ms",
            baseline=median(plain.all),
            budget_ratio=OF_PLAIN,
            note=note,
        ),
        Row(
            f"Skift af {name} → kortet alene",
            median(ours.map),
            "ms",
            MAP_MS,
            note=f"median; den enkle sides kort {number(median(plain.map))} ms",
        ),
    ]
