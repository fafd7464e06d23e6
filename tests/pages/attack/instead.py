"""What a stranger learns from the file of what is told instead of hidden numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from starlette.applications import Starlette

from queries.disclosure.publication import Relation
from tests.pages.attack.reading import csv_rows
from tests.pages.frame.asgi import ask

ADDRESS = "/data/alternativer.csv"
GROUPS = {
    "tid_under_6": ("tid_under_3", "tid_3_til_6"),
    "tid_3_til_9": ("tid_3_til_6", "tid_6_til_9"),
    "tid_over_6": ("tid_6_til_9", "tid_over_9"),
    "tid_under_9": ("tid_under_3", "tid_3_til_6", "tid_6_til_9"),
}
"""What the titles of the coarser groups say."""


def learned(app: Starlette) -> dict[tuple[str, str], list[Relation]]:
    """Return what is learned by (indicator, period)."""
    found: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for row in csv_rows(ask(app, ADDRESS).body):
        found[row["indikator"], row["periode"]] += relations(row)
    return found


def relations(row: Mapping[str, str]) -> Iterator[Relation]:
    """Yield what one row says of numbers ('n/') and rests ('r/')."""
    name, least, most = row["indikator"], int(row["antal_mindst"]), int(row["antal_hoejst"])
    areas = row["omraader"].split("+")
    parts = [
        (breakdown, area) for breakdown in GROUPS.get(row["opdeling"], ("alle",)) for area in areas
    ]
    numbers = tuple((f"n/{name}|{breakdown}/{area}", 1) for breakdown, area in parts)
    yield Relation(numbers, least, most, f"{name}: {row['vist']}")
    if row["naevner"] and len(areas) > 1:
        rest = int(row["naevner"]) - least
        yield Relation(
            tuple((f"r/{name}|alle/{area}", 1) for area in areas), rest, rest, f"{name}: the rest"
        )
