"""Two registers of which the same is shown and the same hidden give the same file, byte for byte.

The file of disclosed cells is all that passes from the restricted zone to the warehouse, and with
it to pages, drawings and files. Here hidden kommuner get each other's persons. What then is hidden
beside them may change with it, for small numbers stand elsewhere; mostly it does not, and then no
number, note, order or size may tell which of the two registers was published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from queries.register.cell_file import synthetic_source
from queries.register.publish import disclosed_cells, write_cells
from tests.pages.attack.assembly import parts
from tests.queries.register.made_counts import made_counts

MONTH = "2018M06"
DAY = dt.date(2026, 1, 1)


def counted(seed: int, measures: tuple[str, ...]) -> pl.DataFrame:
    """Return what a small made-up register counts in one month."""
    counts = made_counts((MONTH,), seed=seed, size=0.3)
    other = (pl.col("measure") == "passive") & (pl.col("breakdown") == "kontanthjaelp")
    return counts.filter(pl.col("measure").is_in(measures) & ~other)


def published(counts: pl.DataFrame, path: Path) -> bytes:
    """Return the file of what may be shown."""
    source = synthetic_source(seed=1, recorded_at=DAY, choices={})
    cells = disclosed_cells(counts, source_id=source["source_id"], recorded_at=DAY)
    write_cells(cells, path, source=source)
    return path.read_bytes()


def everywhere_hidden(path: Path) -> Iterator[tuple[str, str]]:
    """Yield neighbours, next in the same area, of whom nothing is shown."""
    cells = pl.read_parquet(path)
    shown = set(cells.filter(pl.col("status") != "suppressed")["area_id"])
    hidden = set(cells["area_id"]) - shown
    for whole, below in parts().items():
        if not whole.startswith("J"):
            yield from list(combinations(sorted(hidden.intersection(below)), 2))[:3]


def what_is_told(path: Path) -> pl.DataFrame:
    """Return which areas are shown and which hidden."""
    return pl.read_parquet(path).select("indicator_id", "breakdown", "area_id", "status")


@pytest.mark.parametrize(
    ("measures", "seed", "least"),
    [
        (("passive",), 3, 15),
        (("passive",), 4, 15),
        (("gruppe_2_skiftet_ydelse",), 3, 8),
        (("virksomhedspraktik", "ordinaere_timer", "fuld_afgang"), 3, 1),
    ],
)
def test_hidden_kommuner_that_change_places_leave_no_trace(
    tmp_path: Path, measures: tuple[str, ...], seed: int, least: int
) -> None:
    counts = counted(seed, measures)
    first, second = tmp_path / "before.parquet", tmp_path / "after.parquet"
    before = published(counts, first)
    same = 0
    for one, other in everywhere_hidden(first):
        numbers = [
            counts.filter(pl.col("kommune") == code).drop("kommune") for code in (one, other)
        ]
        if not set(counts["kommune"]).issuperset((one, other)) or numbers[0].equals(numbers[1]):
            continue
        changed = counts.with_columns(pl.col("kommune").replace({one: other, other: one}))
        after = published(changed, second)
        if what_is_told(first).equals(what_is_told(second)):
            assert after == before, f"{one} and {other}"
            same += 1
    assert same >= least


def test_a_shown_kommune_that_changes_place_changes_the_file(tmp_path: Path) -> None:
    """The comparison sees what it should: with a shown number the file is another."""
    counts = counted(3, ("passive",))
    before = published(counts, tmp_path / "before.parquet")
    shown = pl.read_parquet(tmp_path / "before.parquet").filter(pl.col("status") == "shown")
    one, other = [area for area in shown["area_id"] if area in set(counts["kommune"])][:2]
    changed = counts.with_columns(pl.col("kommune").replace({one: other, other: one}))
    assert published(changed, tmp_path / "after.parquet") != before
