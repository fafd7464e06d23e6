"""The server's work: processor time per change of a filter, and fifty readers at once."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from dataclasses import dataclass, field

from tests.benchmark.report import Row, median, number, p95
from tests.benchmark.servers import MeasureError, Server
from tests.benchmark.session import Session
from tests.benchmark.views import PLACE

CPU_MS, P95_MS = 25, 1000
CHANGES, WARM_UP = 100, 20
SESSIONS, SECONDS, OPENING_SECONDS = 50, 30.0, 10.0
THOUGHT = (0.5, 1.5)  # one second on average; not in step with each other


def measure(atlas: Server, plain: Server) -> list[Row]:
    """Measure one reader who does not stop to think, on both servers, then fifty who do."""
    used, waited = asyncio.run(_alone(atlas))
    used_plain, waited_plain = asyncio.run(_alone(plain))
    return [
        _cpu_row("CPU-tid i serveren pr. filterskift", used, waited, CPU_MS),
        _cpu_row("  den enkle side til sammenligning", used_plain, waited_plain, None),
        *asyncio.run(_crowd(atlas)),
    ]


def _cpu_row(what: str, used: float, waited: float, budget: float | None) -> Row:
    note = (
        f"gennemsnit af {CHANGES} skift af område; ventetid uden browser, "
        f"median {number(waited)} ms"
    )
    return Row(what, used, "ms", budget, note=note)


async def _alone(server: Server) -> tuple[float, float]:
    """Return processor time per change and the median wait, both in milliseconds."""
    async with Session(server) as session:
        places = session.options(PLACE)
        times = []
        for turn in range(WARM_UP + CHANGES):
            if turn == WARM_UP:
                before = server.cpu_seconds()
            began = time.perf_counter()
            await session.choose(PLACE, places[turn % len(places)])
            times.append((time.perf_counter() - began) * 1000)
        used = (server.cpu_seconds() - before) * 1000 / CHANGES
    return used, median(times[WARM_UP:])


@dataclass
class Crowd:
    """What fifty readers met, once all had come: milliseconds per change, and faults."""

    counting: bool = False
    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


async def _crowd(server: Server) -> list[Row]:
    crowd, stop = Crowd(), asyncio.Event()
    readers = [asyncio.create_task(_reader(server, crowd, stop, n)) for n in range(SESSIONS)]
    await asyncio.sleep(OPENING_SECONDS)
    crowd.counting, before, began = True, server.cpu_seconds(), time.perf_counter()
    await asyncio.sleep(SECONDS)
    crowd.counting = False
    lasted, used = time.perf_counter() - began, server.cpu_seconds() - before
    stop.set()
    await asyncio.gather(*readers)
    if crowd.faults or not crowd.times:
        raise MeasureError(f"{len(crowd.faults)} læsere faldt fra: {crowd.faults[:1]}")
    rate = len(crowd.times) / lasted
    note = (
        f"median {number(median(crowd.times))} ms, {number(rate)} skift i sekundet, "
        f"serveren brugte {number(used / lasted)} kerner"
    )
    return [
        Row(f"{SESSIONS} læsere: ventetid, p95", p95(crowd.times), "ms", P95_MS, note=note),
        Row("  CPU-tid pr. skift imens", used * 1000 / len(crowd.times), "ms"),
    ]


async def _reader(server: Server, crowd: Crowd, stop: asyncio.Event, number_: int) -> None:
    chance = random.Random(number_)
    await asyncio.sleep(chance.uniform(0, OPENING_SECONDS / 2))
    try:
        async with Session(server) as session:
            places = session.options(PLACE)
            while not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), chance.uniform(*THOUGHT))
                    break
                began = time.perf_counter()
                await session.choose(PLACE, chance.choice(places))
                if crowd.counting:
                    crowd.times.append((time.perf_counter() - began) * 1000)
    except (OSError, TimeoutError, MeasureError) as error:
        crowd.faults.append(f"{type(error).__name__}: {error}")
