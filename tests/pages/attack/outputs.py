"""The application, all that its series tell, and what an attacker first finds out about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from starlette.applications import Starlette

from queries import Atlas
from queries.disclosure.publication import Relation
from tests.pages.attack import assembly, collecting, instead, reading
from tests.pages.attack.assembly import Month
from tests.pages.attack.collecting import LEVELS, Collected
from tests.pages.attack.reading import Key, Told
from tests.pages.frame.asgi import ask

ZEROS_ARE_SHOWN = "nul vises"


@dataclass
class Outputs:
    """The application over one warehouse, and what it told; `hidden` are numbers not printed."""

    app: Starlette
    atlas: Atlas
    collected: Collected = field(default_factory=Collected)

    def collect_series(self) -> None:
        """Read every number of every indicator, breakdown, level and period."""
        for entry in self.listed:
            for breakdown in ("alle", *entry["opdelinger"]):
                for level in LEVELS:
                    address = f"{entry['id']}_serie.csv?niveau={level}&opdeling={breakdown}"
                    known = {"indicator": entry["id"], "breakdown": breakdown}
                    for key, told in collecting.rows(self.app, address, **known):
                        self.collected.add(key, told, "series")

    @cached_property
    def listed(self) -> list[dict[str, Any]]:
        return collecting.index(self.app)

    @cached_property
    def hidden(self) -> dict[Key, Told]:
        return {key: told for key, told in self.collected.first.items() if told.hidden}

    @cached_property
    def zeros(self) -> dict[str, bool]:
        """Whether an indicator's rule shows zeros, as its file says it, by series."""
        found: dict[str, bool] = {}
        for entry in self.listed:
            head = reading.head(ask(self.app, f"/data/{entry['id']}.json").body)
            shown = ZEROS_ARE_SHOWN in head["definition"]["diskretion"]
            found |= {f"{entry['id']}|{name}": shown for name in ("alle", *entry["opdelinger"])}
        return found

    @cached_property
    def months(self) -> list[Month]:
        made_up = {key: told for key, told in self.collected.first.items() if key.made_up}
        found = list(assembly.same_people(made_up))
        for month in found:
            for indicator in {key.partition("|")[0] for key in month.series}:
                month.learned += self.instead.get((indicator, month.period), [])
        return found

    @cached_property
    def instead(self) -> dict[tuple[str, str], list[Relation]]:
        """What is told instead of hidden numbers, by indicator and period."""
        return instead.learned(self.app)
