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


def measure(server: Server, changes: int = CHANGES, seconds: float = SECONDS) -> list[Row]:
    """Measure one reader who does not stop to think, then fifty who do."""
    return [
        asyncio.run(_alone(server, changes)),
        *asyncio.run(_crowd(server, seconds)),
    ]


async def _alone(server: Server, changes: int) -> Row:
    async with Session(server) as session:
        places = session.options(PLACE)
        times = []
        for turn in range(WARM_UP + changes):
            if turn == WARM_UP:
                before = server.cpu_seconds()
            began = time.perf_counter()
            await session.choose(PLACE, places[turn % len(places)])
            times.append((time.perf_counter() - began) * 1000)
        used = (server.cpu_seconds() - before) * 1000 / changes
    waited = number(median(times[WARM_UP:]))
    note = f"gennemsnit af {changes} skift af område; ventetid uden browser, median {waited} ms"
    return Row("CPU-tid i serveren pr. filterskift", used, "ms", CPU_MS, note=note)


@dataclass
class Crowd:
    """What fifty readers met, once all had come: milliseconds per change, and faults."""

    counting: bool = False
    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


async def _crowd(server: Server, seconds: float) -> list[Row]:
    crowd, stop = Crowd(), asyncio.Event()
    readers = [asyncio.create_task(_reader(server, crowd, stop, n)) for n in range(SESSIONS)]
    await asyncio.sleep(OPENING_SECONDS)
    crowd.counting, before, began = True, server.cpu_seconds(), time.perf_counter()
    await asyncio.sleep(seconds)
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
