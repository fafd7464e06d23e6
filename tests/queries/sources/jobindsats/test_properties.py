"""Whatever order and spelling a table comes in: the right rows; spoilt, never any others."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries.errors import UserError
from queries.sources.incoming import Batch
from queries.sources.jobindsats.fetch import fetch_table
from tests.queries.sources.jobindsats import made
from tests.queries.sources.jobindsats.made import Canned, Table
from tests.queries.sources.jobindsats.test_hostile_tables import check

RARE = [HealthCheck.too_slow]
ALIASES = {"Høje-Taastrup": "Høje Tåstrup", "Aarhus": "Århus", "Nordfyns": "Nordfyn"}


def fetched(table: Table, form: str = "json") -> Batch | None:
    with tempfile.TemporaryDirectory() as folder:
        return fetch_table(made.ENTRY, Canned(table, form), folder=Path(folder))


def outcome(table: Table) -> Batch | str:
    """The batch, or the one message."""
    try:
        batch = fetched(table)
    except UserError as error:
        return str(error)
    assert batch
    return batch


def respelt(label: str, chance: random.Random) -> str:
    """The same label in another spelling."""
    text = label.upper() if chance.random() < 0.3 else label
    text = text.replace(" ", chance.choice([" ", "  ", "\u00a0"]))
    return chance.choice(["", " "]) + text + chance.choice(["", " ", "\t", ":"])


def renamed(name: str, chance: random.Random) -> str:
    """The same area under another of its names."""
    text = ALIASES.get(name, name) if chance.random() < 0.5 else name
    if name != "Hele landet" and chance.random() < 0.5:
        text += " Kommune"
    return text.upper() if chance.random() < 0.2 else text


def shuffled(tree: Any, chance: random.Random) -> Any:
    """The same JSON with every list and object in another order."""
    if isinstance(tree, dict):
        parts = [(key, shuffled(value, chance)) for key, value in tree.items()]
        chance.shuffle(parts)
        return dict(parts)
    if isinstance(tree, list):
        items = [shuffled(value, chance) for value in tree]
        chance.shuffle(items)
        return items
    return tree


@settings(max_examples=25, deadline=None, suppress_health_check=RARE)
@given(st.integers(0, 2**32), st.sampled_from(["json", "csv"]))
def test_order_and_spelling_do_not_matter(seed: int, form: str) -> None:
    chance = random.Random(seed)
    table = made.made()
    table.metadata = shuffled(table.metadata, chance)
    table.tables = shuffled(table.tables, chance)
    for measure in table.metadata["mgroups"][0]["measures"]:
        measure["measure_name"] = respelt(measure["measure_name"], chance)
    order = list(range(len(table.columns)))
    chance.shuffle(order)
    titles = [chance.choice(["Måned", "Periode", "tid"]), chance.choice(["Kommune", "Område", "x"])]
    titles += [respelt(label, chance) for label in table.columns[2:]]
    rows = [[row[0], renamed(row[1], chance), *row[2:]] for row in table.rows]
    table.columns = [titles[place] for place in order]
    chance.shuffle(rows)
    first = order.index(0)
    table.rows = [[row[place] for place in order] for row in rows]

    class Ordered(Canned):
        def _rows(self, wanted: set[str]) -> list[list[Any]]:
            return [row for row in self.table.rows if row[first] in wanted]

    with tempfile.TemporaryDirectory() as folder:
        batch = fetch_table(made.ENTRY, Ordered(table, form), folder=Path(folder))
    assert batch
    check(batch)


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON tree: its container and the key or number in it."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in list(pairs):
        yield tree, key
        if isinstance(value, dict | list):
            yield from places(value)


JUNK: list[Any] = [None, "", "-", "x" * 5000, -1, 140, 1.5, 10**30, True, [], {}, [[]], "2024M13"]
JUNK += ["Hele landet", "Aarhus", "/", "_nykom", "M", "2024M01", {"value_id": "/", "x": [1]}]


@settings(max_examples=80, deadline=None, suppress_health_check=RARE)
@given(st.integers(0, 2**32), st.sampled_from(["tables", "metadata"]), st.sampled_from(JUNK))
def test_spoilt_metadata_never_give_wrong_rows(seed: int, part: str, junk: Any) -> None:
    chance = random.Random(seed)
    table = made.made()
    # Half of the time high up, where more depends on it.
    found = list(places(getattr(table, part)))
    container, key = chance.choice(found[:40] if seed % 2 else found)
    if chance.random() < 0.3 and isinstance(container, list | dict):
        del container[key]
    else:
        container[key] = junk
    batch = outcome(table)
    if isinstance(batch, str):
        assert batch.startswith("Jobindsats, ")
        assert "\n" not in batch
        return
    wanted = batch.cells["period"].unique().to_list()
    assert set(wanted) <= set(made.PERIODS)
    assert batch.cells.height == 99 * len(wanted)
    for row in batch.cells.to_dicts():
        count, share = made.numbers(row["period"], row["area_id"])[1:3]
        assert (row["numerator"], row["share_pct"], row["status"]) == (count, share, "shown")


@settings(max_examples=60, deadline=None, suppress_health_check=RARE)
@given(st.integers(0, 2**32), st.sampled_from(JUNK))
def test_a_spoilt_value_is_refused_or_the_only_other_one(seed: int, junk: Any) -> None:
    chance = random.Random(seed)
    table = made.made()
    row, column = chance.choice(table.rows), chance.randrange(6)
    period, name = row[0], row[1]
    row[column] = junk
    batch = outcome(table)
    if isinstance(batch, str):
        assert batch.startswith("Jobindsats, tabel y99x01: ")
        return
    code = next(code for code, official in made.areas() if official == name)
    assert column in (2, 3, 4, 5) or (junk, column) in ((period, 0), (name, 1))
    for found in batch.cells.to_dicts():
        count, share = made.numbers(found["period"], found["area_id"])[1:3]
        spoilt = (found["period"], found["area_id"]) == (period, code)
        if not (spoilt and column == 3):
            assert found["numerator"] == count
        if not (spoilt and column == 4):
            assert found["share_pct"] == share
        if spoilt and column in (3, 4):
            value = found["numerator"] if column == 3 else found["share_pct"]
            assert value in (None, 140, 1.5)
