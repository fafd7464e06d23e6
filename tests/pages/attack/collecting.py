"""Every number by address: files asked of the application as a stranger's program would."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.applications import Starlette

from tests.pages.attack import reading
from tests.pages.attack.reading import Key, Told
from tests.pages.frame.asgi import ask

LEVELS = ("land", "region", "landsdel", "jobcenter", "kommune")
READERS = {"csv": reading.csv_rows, "json": reading.json_rows, "xlsx": reading.xlsx_rows}


@dataclass
class Collected:
    """What the outputs told of each cell; `clashes` are outputs that do not agree."""

    first: dict[Key, Told] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    clashes: list[str] = field(default_factory=list)

    def add(self, key: Key, told: Told, kind: str) -> None:
        """Compare what one more output tells with what is known."""
        self.read[kind] += 1
        if told.status != reading.SHOWN:
            self.clashes += self._beside(key, told)
        before = self.first.setdefault(key, told)
        both = before.numbers.keys() & told.numbers.keys()
        if before.status != told.status:
            self.clashes.append(f"{key}: {before.status!r} or {told.status!r} in {told.where}")
        elif any(before.numbers[name] != told.numbers[name] for name in both):
            self.clashes.append(f"{key}: other numbers in {told.where}")

    def _beside(self, key: Key, told: Told) -> Iterator[str]:
        """Yield what stands beside a hidden number; a share that is printed is the source's."""
        allowed = set() if key.made_up else {"andel_pct"}
        for name in told.numbers.keys() - allowed:
            yield f"{key}: hidden, with {name} in {told.where}"
        if told.words.get("vurdering"):
            yield f"{key}: hidden, with a judgement in {told.where}"


def index(app: Starlette) -> list[dict[str, object]]:
    """Return the list of data, which a program starts from."""
    listed: list[dict[str, object]] = json.loads(ask(app, "/data/").body)["indikatorer"]
    return listed


def rows(app: Starlette, address: str, **known: str) -> Iterator[tuple[Key, Told]]:
    """Yield what a file tells; nothing where there is no such file."""
    answer = ask(app, f"/data/{address}")
    extension = address.partition("?")[0].rpartition(".")[2]
    assert answer.status in {200, 400}, f"{address}: {answer.status}"
    if answer.status == 200:
        yield from reading.told(READERS[extension](answer.body), address, **known)
